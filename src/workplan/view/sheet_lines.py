"""How a task sheet is worded: one sequence of lines, in the order in which every format prints them.

Templates only give them form. What is told of a row, and in which order, stands in ``facts``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from workplan.plan.numbering import quoted
from workplan.view.facts import FACTS, ROLES
from workplan.view.located_text import asking, composed, in_line, joined, paragraphs
from workplan.view.sequence import Face

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.language.scalar import Scalar
    from workplan.view.assignments import PossibleGroup, Sheet, SheetRow
    from workplan.view.sequence import Run


class SheetRole(StrEnum):
    """What a line of a task sheet is.

    A list of its own beside that of the document (``sequence.Role``): a sheet is no 公文, GB/T 9704 knows none of its parts,
    and whoever deals with every role of a document has no task sheet to deal with.
    """

    STATUS = "status"  # 稿本标识
    TITLE = "title"  # …任务清单
    PLAN = "plan"  # the title of the document that it is drawn from
    ABOUT = "about"  # labelled: whose sheet it is, what it stands on, how much there is to do
    SECTION = "section"  # 任务（3项）, 可能涉及
    TASK = "task"  # number and title of a row
    OWN = "own"  # labelled: what the unit itself is in the row
    FACT = "fact"  # labelled: what else is told of the row
    TEXT = "text"  # a paragraph of the row's text
    BLANK = "blank"  # a label with room to write
    SIGN = "sign"  # a label with room to sign, once at the end
    NOTE = "note"  # what 可能涉及 means
    POSSIBLE = "possible"  # a group, and where it is named


#: What is set as one. A row's lines are one block, the blanks to fill in below them another, and so are those to sign in.
BlockKind = Literal["head", "about", "section", "task", "blanks", "possible"]
_KINDS: dict[SheetRole, BlockKind] = {
    SheetRole.STATUS: "head",
    SheetRole.TITLE: "head",
    SheetRole.PLAN: "head",
    SheetRole.ABOUT: "about",
    SheetRole.SECTION: "section",
    SheetRole.TASK: "task",
    SheetRole.OWN: "task",
    SheetRole.FACT: "task",
    SheetRole.TEXT: "task",
    SheetRole.BLANK: "blanks",
    SheetRole.SIGN: "blanks",
    SheetRole.NOTE: "possible",
    SheetRole.POSSIBLE: "possible",
}
_FACES = {
    SheetRole.STATUS: Face.HEITI,
    SheetRole.TITLE: Face.TITLE,
    SheetRole.SECTION: Face.HEITI,
    SheetRole.TASK: Face.HEITI,
    SheetRole.OWN: Face.HEITI,
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: what is printed, with its address (unique in one sheet: ``sheet/tasks/加强组织领导/own``) and its role.

    ``named`` are the runs of its label, empty for a line without; ``owner`` is the address of what it belongs to: the sheet,
    a section of it, a row. The label of what is to be filled in stands alone.
    """

    address: str
    role: SheetRole
    named: tuple[Run, ...]
    runs: tuple[Run, ...]
    owner: str

    @property
    def label(self) -> str:
        """The label; "" for a line without."""
        return "".join(run.text for run in self.named)

    @property
    def text(self) -> str:
        """What stands behind the label."""
        return "".join(run.text for run in self.runs)

    @property
    def printed(self) -> str:
        """The whole line."""
        return self.label + self.text


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """Lines that follow each other and are set as one."""

    kind: BlockKind
    lines: tuple[SheetLine, ...]


def blocks(lines: Iterable[SheetLine]) -> Iterator[SheetBlock]:
    """The lines in blocks that are set as one."""
    for (kind, _), group in groupby(lines, key=lambda line: (_KINDS[line.role], line.owner)):
        yield SheetBlock(kind, tuple(group))


def lines(sheet: Sheet) -> Iterator[SheetLine]:
    """Everything that a sheet says, in reading order."""
    yield from _head(sheet)
    yield from _about(sheet)
    for kind in _SECTIONS:
        yield from _section(sheet, kind, getattr(sheet, kind))
    yield from _possible(sheet)
    yield from _signatures(sheet)


def _line(role: SheetRole, owner: str, name: str, text: str, label: str = "") -> SheetLine:
    """A line at ``owner/name``."""
    face = _FACES.get(role, Face.FANGSONG)
    # What is to be filled in is set like what will be written there.
    of_label = face if role in (SheetRole.BLANK, SheetRole.SIGN) else Face.HEITI
    return SheetLine(
        address=f"{owner}/{name}" if name else owner,
        role=role,
        named=_set_in(of_label, label),
        runs=_set_in(face, text),
        owner=owner,
    )


def _set_in(face: Face, text: str) -> tuple[Run, ...]:
    """The runs of a text in one face."""
    return tuple(run if run.face is face else replace(run, face=face) for run in in_line(text).runs)


def _head(sheet: Sheet) -> Iterator[SheetLine]:
    """Status, title and the document's title."""
    if sheet.status:
        yield _line(SheetRole.STATUS, "sheet", "status", sheet.status)
    title = composed(_rows_key(sheet), sheet.unit, "任务清单")
    yield _line(SheetRole.TITLE, "sheet", "title", title)
    yield _line(SheetRole.PLAN, "sheet", "plan", sheet.title)


def _about(sheet: Sheet) -> Iterator[SheetLine]:
    """Whose sheet it is, what it stands on, and how much there is to do."""
    facts = (
        ("full", "单位全称", sheet.full if sheet.full != sheet.unit else ""),
        ("within", "隶属", sheet.within),
        ("members", "成员", joined(asking(sheet.keys, "members"), "、", sheet.members)),
        ("issuer", "印发单位", sheet.issuer),
        ("number", "文号", sheet.number),
        ("date", "日期", sheet.date),
        ("count", "共计", _count(sheet)),
        ("roles", "本单位角色", _shares(sheet)),
        ("return", "填报要求", _asked(sheet)),
    )
    for name, label, text in facts:
        if text:
            key = sheet.keys.get(name) or _rows_key(sheet)
            yield _line(SheetRole.ABOUT, "sheet", name, composed(key, text), composed(key, label))


def _rows_key(sheet: Sheet) -> Scalar:
    """The key of the document that lists its parts: from their rows a sheet is made."""
    return asking(sheet.keys, "parts")


def _count(sheet: Sheet) -> str:
    found = [(word, len(getattr(sheet, kind))) for kind, word in _SECTIONS.items()]
    counts = [f"{'其中' if word == '任务' else ''}{word}{count}项" for word, count in found if count]
    return "，".join([f"{len(sheet.entries)}项", *counts])


def _asked(sheet: Sheet) -> str:
    """Until when a sheet that is to be filled in comes back, and to whom; "" where nobody asks."""
    if not (sheet.blanks and sheet.return_by):
        return ""
    to = composed(_rows_key(sheet), "退回", sheet.issuer) if sheet.issuer else "退回"
    return composed(_rows_key(sheet), "请于", sheet.return_by, "前填写各项空栏，经审核、盖章后", to, "。")


def _shares(sheet: Sheet) -> str:
    """In how many rows the unit has each role."""
    counts = Counter(role for entry in sheet.entries for role in entry.roles)
    return "，".join(f"{word}{counts[role]}项" for role, word in ROLES.items() if counts[role])


#: The kinds of rows, in the order in which a sheet tells them, with their headings.
_SECTIONS = {"tasks": "任务", "safeguards": "保障措施", "duties": "职责", "goals": "目标", "prose": "其他要求"}


def _section(sheet: Sheet, kind: str, entries: Sequence[SheetRow]) -> Iterator[SheetLine]:
    """The rows of a kind under their heading."""
    if not entries:
        return
    owner = f"sheet/{kind}"
    heading = composed(_rows_key(sheet), f"{_SECTIONS[kind]}（{len(entries)}项）")
    yield _line(SheetRole.SECTION, owner, "", heading)
    for entry in entries:
        yield from _entry(entry, f"{owner}/{quoted(entry.row.id)}", sheet.blanks)


def _entry(entry: SheetRow, owner: str, blanks: Sequence[str]) -> Iterator[SheetLine]:
    """A row: number and title, what the unit is in it, its facts, its text, and what is to be filled in."""
    row = entry.row
    # The number of a table's line stands in a cell of its own and has no mark behind it.
    between = " " if row.mark[-1:].isalnum() else ""
    yield _line(SheetRole.TASK, owner, "", composed(asking(row.keys, "title"), row.mark, between, row.heading))
    yield _line(SheetRole.OWN, owner, "own", _own(entry), composed(entry.key, "本单位"))
    facts = [facts for fact in FACTS for facts in fact.lines(entry)]
    for name, one in zip(_names([one.key for one in facts]), facts, strict=True):
        yield _line(SheetRole.FACT, owner, name, one.text, one.label)
    text = tuple(paragraphs(row.text))
    for name, paragraph in zip(_names(["text"] * len(text)), text, strict=True):
        yield _line(SheetRole.TEXT, owner, name, paragraph)
    for place, blank in enumerate(blanks, 1):
        yield _line(SheetRole.BLANK, owner, f"blanks/{place}", "", blank)


def _names(keys: Sequence[str]) -> Iterator[str]:
    """Steps of an address: each key, with its place where it comes again."""
    seen: Counter[str] = Counter()
    for key in keys:
        seen[key] += 1
        yield key if seen[key] == 1 else f"{key}/{seen[key]}"


def _own(entry: SheetRow) -> str:
    """The unit's own roles, and the groups it is named through."""
    key = entry.key
    roles = "、".join(ROLES[role] for role in entry.roles)
    through = composed(key, "（通过", joined(key, "、", entry.via), "）") if entry.via else ""
    return composed(key, f"{roles}单位", through)


#: The address of the section of groups with open membership.
_POSSIBLE = "sheet/possible"


def _possible(sheet: Sheet) -> Iterator[SheetLine]:
    """The groups with open membership: nobody says whether the unit belongs."""
    if not sheet.possible:
        return
    key = sheet.possible[0].key
    yield _line(SheetRole.SECTION, _POSSIBLE, "", composed(key, "可能涉及"))
    office = composed(key, "（", sheet.issuer, "）") if sheet.issuer else ""
    note = ("下列单位范围在文中没有逐一列明。本单位是否在内，请与起草部门", office, "确认。")
    yield _line(SheetRole.NOTE, _POSSIBLE, "note", composed(key, *note))
    yield from (one.line for one in sheet.possible)


def of_possible(possible: PossibleGroup) -> SheetLine:
    """The line of a group with open membership, the same on all sheets."""
    key = possible.key
    places = composed(key, "：", joined(key, "；", possible.places))
    return _line(
        SheetRole.POSSIBLE, _POSSIBLE, f"groups/{quoted(possible.group)}", places, composed(key, possible.group)
    )


#: Who answers for what was filled in: once a sheet, below everything.
SIGNATURES = ("填报人", "审核人", "日期", "盖章")


def _signatures(sheet: Sheet) -> Iterator[SheetLine]:
    """Room to sign on a sheet that comes back."""
    if sheet.signed and sheet.entries:
        for place, label in enumerate(SIGNATURES, 1):
            yield _line(SheetRole.SIGN, "sheet/signatures", str(place), "", label)
