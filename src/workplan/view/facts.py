"""What there is to tell of a row, described once for everything that lists rows.

``FACTS`` holds, in order, each fact with its value in JSON, its columns in tables and its lines on a task sheet. A new fact of
an item is a field of ``TaskRow`` and a ``Fact`` here; JSON, CSV, the workbook, the 任务分解表 and the task sheets then tell it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.view.located_text import asking, composed, joined
from workplan.view.runs import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from workplan.language.scalar import Scalar
    from workplan.view.assignments import Assignment, Role, SheetRow, Target, TaskRow

#: The roles that a unit can have in a row, strongest first.
ROLES: dict[Role, str] = {"lead": "牵头", "responsible": "责任", "support": "配合"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled line of a task sheet; ``key`` names it among the lines of its row, where the same key may come again."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A fact as a column of a table.

    ``words`` is what a cell says, ``brief`` the same where there is little room: in the 任务分解表 of the document, on the
    terminal (default: the same). The document has the column if it is ``in_document`` and some row fills it; ``widths`` are its
    widths in the workbook, with content and with none in the whole column. ``fixed`` keeps an empty column on the terminal,
    where only columns that are ``shown`` stand, under headings of its own language.
    """

    key: str
    heading: str
    words: Callable[[TaskRow], str]
    widths: tuple[int, int]
    brief: Callable[[TaskRow], str] | None = None
    in_document: bool = False
    centred: bool = False
    fixed: bool = False
    shown: bool = False

    @property
    def short(self) -> Callable[[TaskRow], str]:
        """The words of a cell where there is little room."""
        return self.brief or self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact of a row: its key and value in JSON, its columns, and its lines on the sheet of a unit."""

    key: str
    value: Callable[[TaskRow], object]
    columns: tuple[Column, ...] = ()
    lines: Callable[[SheetRow], Iterable[Labelled]] = lambda _: ()


def _people(role: Role, *, widths: tuple[int, int]) -> Column:
    return Column(
        key=role,
        heading=unit_label(role),
        words=lambda row: row.people(role),
        in_document=True,
        widths=widths,
        shown=True,
    )


def unit_label(role: Role) -> str:
    """What units with a role are called: 牵头单位, 责任单位, 配合单位."""
    return f"{ROLES[role]}单位"


def _where(entry: SheetRow) -> Iterator[Labelled]:
    """The titles of the part and the section that the row stands in."""
    row = entry.row
    titles = dict.fromkeys(title for title in (row.part, row.section) if title)
    if titles:
        key = row.keys.get("part", NOWHERE)
        yield Labelled("section", composed(key, "所属部分"), joined(key, "—", titles))


def _others(entry: SheetRow) -> Iterator[Labelled]:
    """The other units by role, those of the strongest first; a list that the plan leaves open keeps its 等."""
    row, named = entry.row, dict(entry.others)
    for role in ROLES:
        key = _naming(row, role)
        label = composed(key, ("其他" if role in entry.roles else "") + unit_label(role))
        if role in named:
            rest = "等" if role in row.open_roles else ""
            yield Labelled(role, label, composed(key, joined(key, "、", named[role]), rest))
        elif role in row.open_roles:
            yield Labelled(role, label, composed(key, "原文以“等”字结尾，未逐一列明"))


def _naming(row: TaskRow, role: Role) -> Scalar:
    """The key that names the units of a role."""
    naming = (one.key for one in row.assignments if any(named.role == role for named in one.units))
    return next(naming, NOWHERE)


def _due(entry: SheetRow) -> Iterator[Labelled]:
    key = asking(entry.row.keys, "due")
    if entry.row.due:
        yield Labelled("due", composed(key, "完成时限"), entry.row.deadlines)


def _targets(entry: SheetRow) -> Iterator[Labelled]:
    key = asking(entry.row.keys, "targets")
    for target in entry.row.targets:
        yield Labelled("targets", composed(key, "目标"), target.words)


def _notes(entry: SheetRow) -> Iterator[Labelled]:
    for note in entry.row.notes:
        yield Labelled("notes", note.label, note.text)


def _assignment(assignment: Assignment) -> dict[str, object]:
    return {
        "label": assignment.label,
        "printed": assignment.printed,
        "open": assignment.open,
        "source": assignment.source,
        "units": [{"printed": named.printed, "unit": named.unit, "role": named.role} for named in assignment.units],
    }


def _target(target: Target) -> dict[str, object]:
    value = target.value
    if isinstance(value, float) and not math.isfinite(value):
        value = None  # JSON has no infinity; the words still say what is meant
    return {"name": target.name, "text": target.text, "value": value, "unit": target.unit}


FACTS: tuple[Fact, ...] = (
    Fact(key="id", value=lambda row: row.id),
    Fact(
        key="number",
        value=lambda row: row.number,
        columns=(
            Column(
                key="number",
                heading="序号",
                words=lambda row: row.number,
                in_document=True,
                widths=(6, 6),
                centred=True,
                fixed=True,
                shown=True,
            ),
        ),
    ),
    Fact(key="path", value=lambda row: list(row.path)),
    Fact(key="part", value=lambda row: row.part),
    Fact(key="kind", value=lambda row: row.kind),
    Fact(
        key="section",
        value=lambda row: row.section,
        columns=(
            # An item that stands in no section belongs to its part.
            Column(
                key="section",
                heading="所属板块",
                words=lambda row: row.section or row.part,
                widths=(12, 9),
                shown=True,
            ),
        ),
        lines=_where,
    ),
    Fact(
        key="title",
        value=lambda row: row.title,
        columns=(
            Column(
                key="title",
                heading="任务",
                words=lambda row: row.title,
                brief=lambda row: row.heading,
                in_document=True,
                widths=(18, 12),
                fixed=True,
                shown=True,
            ),
        ),
    ),
    Fact(
        key="text",
        value=lambda row: row.text,
        columns=(Column(key="text", heading="主要内容", words=lambda row: row.text, widths=(54, 30)),),
    ),
    Fact(
        key="assignments",
        value=lambda row: [_assignment(one) for one in row.assignments],
        columns=(
            _people("lead", widths=(16, 9)),
            _people("support", widths=(20, 9)),
            _people("responsible", widths=(24, 9)),
        ),
        lines=_others,
    ),
    Fact(
        key="due",
        value=lambda row: [
            {"text": due.text, "date": due.date, "from": due.begins, "every": due.every} for due in row.due
        ],
        columns=(
            Column(
                key="due",
                heading="完成时限",
                words=lambda row: row.deadlines,
                in_document=True,
                widths=(14, 9),
                centred=True,
                shown=True,
            ),
        ),
        lines=_due,
    ),
    Fact(
        key="targets",
        value=lambda row: [_target(one) for one in row.targets],
        columns=(Column(key="targets", heading="目标", words=lambda row: row.goals, in_document=True, widths=(18, 7)),),
        lines=_targets,
    ),
    Fact(
        key="notes",
        value=lambda row: [{"label": note.label, "text": note.text} for note in row.notes],
        lines=_notes,
    ),
)

#: The columns of all facts, in order; ``columns`` adds those that the rows of a plan need besides.
COLUMNS: tuple[Column, ...] = tuple(column for fact in FACTS for column in fact.columns)


def columns(rows: Iterable[TaskRow]) -> tuple[Column, ...]:
    """The columns of all facts, then one for each label of notes such as 责任领导, in the order of the rows.

    More labels than any page has room for share one column, so that a table has no more cells than its rows have words.
    """
    labels = dict.fromkeys(str(note.label) for row in rows for note in row.notes)
    return (*COLUMNS, *(map(_noted, labels) if len(labels) <= _MOST_LABELS else (_LABELLED,)))


def _noted(label: str) -> Column:
    """What annotations say under one label that names no units."""
    return Column(
        key="notes",
        heading=label,
        words=lambda row: "；".join(note.text for note in row.notes if note.label == label),
        in_document=True,
        widths=(14, 9),
    )


#: The largest number of columns for labels of notes.
_MOST_LABELS = 30
_LABELLED = Column(
    key="notes",
    heading="其他",
    words=lambda row: "；".join(f"{note.label}：{note.text}" for note in row.notes),
    in_document=True,
    widths=(24, 16),
)


def standing(columns: Iterable[Column], rows: Sequence[TaskRow]) -> tuple[Column, ...]:
    """The columns that some row fills, and those that stand all the same."""
    return tuple(column for column in columns if column.fixed or filled((column,), rows))


def filled(columns: Iterable[Column], rows: Sequence[TaskRow]) -> tuple[Column, ...]:
    """The columns that some row fills."""
    return tuple(column for column in columns if any(column.short(row) for row in rows))
