"""The official document with its changes, as values: each paragraph and table of either side once, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.compare.marked.align import PARAGRAPH, Alignable, align
from workplan.compare.marked.pairs import Pairs
from workplan.compare.text_diff import compare
from workplan.view.sequence import Paragraph, Role, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.compare.change import ChangeSign, Comparison
    from workplan.compare.marked.align import AlignmentStep
    from workplan.view.blocks import Official
    from workplan.view.sequence import Block, Cell

Fate = (
    str  #: what became of a whole paragraph or row: ``kept``, ``removed``, ``added``, ``left`` or ``arrived`` (a move)
)
#: The class under which the template sets a paragraph; running text has none.
_CLASSES = {
    **dict.fromkeys((Role.SERIAL, Role.SECRECY, Role.URGENCY, Role.STATUS), "status"),
    Role.MASTHEAD: "masthead",
    Role.NUMBER: "number",
    Role.TITLE: "title",
    **dict.fromkeys((Role.SUBTITLE, Role.SPEAKER), "subtitle"),
    Role.RECIPIENTS: "to",
    Role.LISTED: "listed",
    **dict.fromkeys((Role.SIGNATURE, Role.DATE), "signature"),
    Role.NOTE: "note",
    Role.LABEL: "label",
    **dict.fromkeys((Role.COPIES, Role.OFFICE, Role.ISSUED), "imprint"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stayed, went or came; ``head`` says whether they are set as a title is."""

    sign: ChangeSign
    text: str
    head: bool = False


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph: ``move`` is its number where it has moved, else 0."""

    role: str
    level: int
    fate: Fate
    move: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A cell of a table."""

    rowspan: int
    colspan: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row of a table; ``header`` for one of its head."""

    header: bool
    fate: Fate
    cells: tuple[MarkedCell, ...]


@dataclass(frozen=True, slots=True)
class MarkedTable:
    """A table: ``widths`` are its columns' shares."""

    widths: tuple[float, ...]
    rows: tuple[MarkedRow, ...]


def marked(comparison: Comparison, old: Official, new: Official) -> Iterator[MarkedParagraph | MarkedTable]:
    """Everything that either document prints."""
    pairs = Pairs(comparison)
    here, there = (_said(side) for side in (old, new))
    lines = [_line(block) for block in here], [_line(block) for block in there]
    for step in align(*lines, pairs.of(*lines)):
        one = None if step.old is None else here[step.old]
        other = None if step.new is None else there[step.new]
        if isinstance(one, Table) or isinstance(other, Table):
            yield _table(one if isinstance(one, Table) else None, other if isinstance(other, Table) else None, pairs)
        else:
            yield _paragraph(one, other, step)


def _said(official: Official) -> list[Block]:
    return [block for block in official.sequence if isinstance(block, Table) or block.printed]


def _line(block: Block) -> Alignable:
    """What is laid beside the other document's."""
    addresses = tuple(element.address for element in block.elements)
    if isinstance(block, Paragraph):
        return Alignable(PARAGRAPH, _text(block), addresses)
    return Alignable(f"tbl {len(block.widths)}", "\n".join(element.text for element in block.elements), addresses)


def _text(paragraph: Paragraph) -> str:
    """What a paragraph says; a title with the line ends that its author gave it."""
    return "\n".join(paragraph.lines) if paragraph.role is Role.TITLE else paragraph.printed


def _paragraph(old: Paragraph | None, new: Paragraph | None, step: AlignmentStep) -> MarkedParagraph:
    shown = old if new is None or step.leaves else new
    assert shown is not None  # noqa: S101 - a step names a side
    gone = "+" if step.leaves else "-" if step.move else ""
    kept = tuple(one for one in _stretches(old, new) if one.sign != gone)
    role = _CLASSES.get(shown.role, "")
    return MarkedParagraph(role=role, level=shown.level, fate=_fate(old, new, step), move=step.move, stretches=kept)


def _fate(old: Paragraph | None, new: Paragraph | None, step: AlignmentStep) -> Fate:
    if old is None or new is None:
        return "added" if old is None else "removed"
    return ("left" if step.leaves else "arrived") if step.move else "kept"


def _stretches(old: Paragraph | None, new: Paragraph | None) -> Iterator[Stretch]:
    """The words of both, cut where a title ends."""
    heads = len(old.head) if old else 0, len(new.head) if new else 0
    here = there = 0
    for sign, text in _compared(_text(old) if old else None, _text(new) if new else None):
        at, head = (here, heads[0]) if sign == "-" else (there, heads[1])
        cut = min(max(head - at, 0), len(text))
        yield from (
            Stretch(sign, words, is_head) for words, is_head in ((text[:cut], True), (text[cut:], False)) if words
        )
        here += len(text) if sign != "+" else 0
        there += len(text) if sign != "-" else 0


def _compared(old: str | None, new: str | None) -> Sequence[tuple[ChangeSign, str]]:
    if old is None or new is None:
        return (("+", new or ""),) if old is None else (("-", old),)
    return compare(old, new)


def _table(old: Table | None, new: Table | None, pairs: Pairs) -> MarkedTable:
    here, there = _rows(old), _rows(new)
    lines = [_row_line(row) for row in here], [_row_line(row) for row in there]
    rows = []
    for step in align(*lines, pairs.of(*lines), moves=False):
        one = None if step.old is None else here[step.old]
        other = None if step.new is None else there[step.new]
        rows.append(_row(one, other))
    widths = new.widths if new else old.widths if old else ()
    return MarkedTable(widths, tuple(rows))


_Row = tuple[bool, tuple["Cell", ...]]


def _rows(table: Table | None) -> list[_Row]:
    return [(True, row) for row in table.header] + [(False, row) for row in table.rows] if table else []


def _row_line(row: _Row) -> Alignable:
    header, cells = row
    shape = " ".join(f"{cell.column}/{cell.colspan}/{cell.rowspan}" for cell in cells)
    addresses = tuple(cell.element.address for cell in cells)
    return Alignable(f"tr {header} {shape}", "\n".join(cell.text for cell in cells), addresses)


def _row(old: _Row | None, new: _Row | None) -> MarkedRow:
    shown = new or old
    assert shown is not None  # noqa: S101 - a step names a side
    fate = "kept" if old and new else "added" if new else "removed"
    cells = []
    for place, cell in enumerate(shown[1]):
        texts = (old[1][place].text if old else None), (new[1][place].text if new else None)
        stretches = tuple(Stretch(sign, text) for sign, text in _compared(*texts) if text)
        cells.append(MarkedCell(cell.rowspan, cell.colspan, stretches))
    return MarkedRow(shown[0], fate, tuple(cells))
