"""Tasks that live in a table: which columns say who answers for what until when, and the tasks that its lines set."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast, get_args

from pydantic import PrivateAttr

from workplan.language.model import Clause, Column
from workplan.language.model.plan import ColumnRole
from workplan.plan.numbering import Numbered, quoted
from workplan.plan.registry import UnitReference, in_running_text, label_role, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workplan.language.model import Row, TablePart
    from workplan.language.scalar import Scalar
    from workplan.plan.numbering import NumberedPart
    from workplan.plan.registry import Book, Phrase
    from workplan.plan.registry.phrase import Role

#: The roles of columns that name units.
UNIT_ROLES = ("lead", "support", "responsible")
_ROLES = get_args(ColumnRole)
#: What the titles of columns say without more ado.
_BY_TITLE: tuple[tuple[ColumnRole, re.Pattern[str]], ...] = (
    ("lead", re.compile(r"(?:牵头|主办|主责)(?:责任)?(?:单位|部门|处室)")),
    ("support", re.compile(r"(?:配合|协办|协同|协助|参与|参加|支持)(?:责任)?(?:单位|部门|处室)")),
    ("responsible", re.compile(r"(?:责任|承办|落实|实施|负责)(?:单位|部门|处室)")),
    ("due", re.compile(r"(?:完成|办结|落实)?(?:时限|期限|时间|时间节点)(?:要求)?")),
    ("number", re.compile(r"序号|编号")),
    ("title", re.compile(r"(?:重点|主要|具体|工作)?(?:任务|事项|举措|措施|项目)(?:名称)?|任务分解|工作内容")),
)
#: What a title says besides: 责任单位（排第一的为牵头单位）.
_ASIDE = re.compile(r"\s|[（(〔][^（()）〔〕]*[）)〕]")
#: What stands in a cell for nobody.
_NOBODY = re.compile(r"[-—–－/／\\无]*")
_NUMERAL = re.compile(r"\d+|[一二三四五六七八九十百]+")


class _TaskLine(Clause):
    """A line of a table as a task: its cells under the names of an item's keys."""

    _keys: dict[str, Scalar] = PrivateAttr(default_factory=dict)

    def key(self, *keys: str) -> Scalar | None:
        """The key of the cell that says this: a column's title as it is written in the row."""
        return self._keys.get(keys[-1]) if keys else next(iter(self._keys.values()), None)


def roles(table: TablePart, book: Book) -> dict[str, ColumnRole]:
    """What the columns of a table say, by their titles; empty for a table that sets no tasks.

    ``roles`` of the table says it, else the titles do where a column of units (牵头单位) names one that the registry knows.
    """
    titles = tuple(_titles(table.columns))
    if table.roles is not None:
        return {title: table.roles[title] for title in titles if title in table.roles}
    found = {title: role for title in titles if (role := _by_title(title, book)) is not None}
    named = (column for column, role in found.items() if role in UNIT_ROLES)
    return found if any(_names_units(row, column, book) for column in named for row in table.rows) else {}


def _titles(columns: Sequence[Column | Scalar]) -> Iterator[str]:
    for column in columns:
        if isinstance(column, Column) and column.columns:
            yield from _titles(column.columns)
        else:
            yield column.title.line if isinstance(column, Column) else column.line


def _by_title(title: str, book: Book) -> ColumnRole | None:
    words = _ASIDE.sub("", title)
    role = next((role for role, pattern in _BY_TITLE if pattern.fullmatch(words)), None)
    return role or label_role(words, book)


def _names_units(row: Row, column: str, book: Book) -> bool:
    cell = row.cells.get(column)
    own = cell is not None and any(name.unit for phrase in parse(cell.text, book, column) for name in phrase.names)
    return own or any(_names_units(nested, column, book) for nested in row.rows)


def lines(part: NumberedPart, table: TablePart, book: Book) -> Iterator[Numbered]:
    """The tasks that the lines of a table set, in printed order, each at the address of the first line that says it.

    A line whose cells hold annotations is a task too, in any table.
    """
    declared = table.roles is not None
    reader = _Reader(part, book, roles(table, book), tuple(_titles(table.columns)), declared=declared)
    for place, row in enumerate(table.rows, 1):
        yield from reader.row(row, f"{part.address}/rows/{place}", {})


class _Reader:
    """Reads the lines of one table; a cell is given as the row that it is written in, by the title of its column."""

    def __init__(
        self,
        part: NumberedPart,
        book: Book,
        roles_: Mapping[str, ColumnRole],
        titles: tuple[str, ...],
        *,
        declared: bool,
    ) -> None:
        self.part = part
        self.book = book
        self.roles = roles_
        self.titles = titles
        self.units = {title for title, role in roles_.items() if role in UNIT_ROLES}
        self.declared = declared

    def row(self, row: Row, address: str, above: Mapping[str, Row]) -> Iterator[Numbered]:
        """The tasks of a row and of those nested under it: where units are named, or at the end of the nesting."""
        cells = {**above, **{title: row for title in self.titles if title in row.cells and title not in above}}
        if row.rows and (not self.units or any(self._names(nested) for nested in row.rows)):
            for place, nested in enumerate(row.rows, 1):
                yield from self.row(nested, f"{address}/rows/{place}", cells)
            return
        task = self._task(row, address, cells)
        if task is not None:
            yield task

    def _names(self, row: Row) -> bool:
        return bool(self.units & row.cells.keys()) or any(map(self._names, row.rows))

    def _task(self, row: Row, address: str, cells: Mapping[str, Row]) -> Numbered | None:
        by_role = {role: [title for title in cells if self.roles.get(title) == role] for role in _ROLES}
        titles = by_role["title"]
        texts = [(title, cells[title]) for title in cells if self.roles.get(title, "text") == "text"]
        texts += [(title, cells[title]) for title in titles[1:]]
        texts += list(self._below(row, set(cells)))
        numbers = [cells[title].cells[title] for title in by_role["number"]]
        first = address + "".join("/rows/1" for _ in _depth(row))
        inner = tuple(
            self._text(at.cells[title], f"{first}/{quoted(title)}/{n}") for n, (title, at) in enumerate(texts, 1)
        )
        references = tuple(self._references(cells))
        if not self.units and not any(one.unit_references for one in inner):
            return None
        number = numbers[-1].line if numbers else ""
        return Numbered(
            item=self._line(row, cells, titles[:1], by_role["due"]),
            printed_number=number,
            number=found[0] if (found := _NUMERAL.search(number)) else number,
            level=0,
            path=(*self.part.path, number) if number else self.part.path,
            style=self.part.style,
            items=tuple(replace(one, unit_references=()) for one in inner),
            unit_references=(*references, *(reference for one in inner for reference in one.unit_references or ())),
            address=first,
        )

    def _line(self, row: Row, cells: Mapping[str, Row], titles: list[str], due: list[str]) -> _TaskLine:
        units = {title: cells[title].cells[title] for title in cells if title in self.units}
        made = _TaskLine.model_construct(
            title=cells[titles[0]].cells[titles[0]] if titles else None,
            units={title: cell for title, cell in units.items() if not _is_nobody(cell)} or None,
            due=tuple(cells[title].cells[title] for title in due if not _is_nobody(cells[title].cells[title])),
        )
        made._node = row.node  # noqa: SLF001 - the line is written there
        keys = {title: at.node.key(title) for title, at in cells.items()}
        keys |= {"title": keys[titles[0]]} if titles else {}
        keys |= {"due": keys[due[0]]} if due else {}
        made._keys = {name: key for name, key in keys.items() if key is not None}  # noqa: SLF001 - likewise
        return made

    def _references(self, cells: Mapping[str, Row]) -> Iterator[UnitReference]:
        for title, row in cells.items():
            cell, role = row.cells[title], self.roles.get(title)
            if title in self.units and not _is_nobody(cell):
                phrases = parse(cell.text, self.book, title)
                said = tuple(_with_role(phrase, role) for phrase in phrases)
                yield UnitReference(said, cell, 0, "units", inferred=not self.declared)

    def _below(self, row: Row, taken: set[str]) -> Iterator[tuple[str, Row]]:
        for nested in row.rows:
            own = [title for title in self.titles if title in nested.cells and title not in taken]
            yield from ((title, nested) for title in own if self.roles.get(title, "text") in ("text", "title"))
            yield from self._below(nested, taken | set(own))

    def _text(self, cell: Scalar, address: str) -> Numbered:
        return Numbered(
            item=cell,
            printed_number="",
            number="",
            level=0,
            path=self.part.path,
            style=self.part.style,
            unit_references=tuple(in_running_text(cell, self.book)),
            address=address,
        )


def _with_role(phrase: Phrase, role: ColumnRole | None) -> Phrase:
    """The phrase with the role that the column declares, where its words give none."""
    if role not in {"lead", "support"}:
        return phrase
    names = (replace(name, role=cast("Role", role)) if name.role == "responsible" else name for name in phrase.names)
    return replace(phrase, names=tuple(names))


def _is_nobody(cell: Scalar) -> bool:
    return _NOBODY.fullmatch(cell.line.strip()) is not None


def _depth(row: Row) -> Iterator[Row]:
    """The first rows nested under a row: what is merged over several lines stands on the first of them."""
    while row.rows:
        row = row.rows[0]
        yield row
