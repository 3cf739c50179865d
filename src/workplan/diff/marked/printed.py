"""The official document with its changes, as values: each paragraph and table of either side once, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from workplan.diff.marked.align import PARAGRAPH, Line, align
from workplan.diff.marked.links import links
from workplan.diff.text import compare
from workplan.view.sequence import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.diff.change import Comparison, Mark
    from workplan.diff.marked.align import Step
    from workplan.view.blocks import Imprint, Letter, Official
    from workplan.view.sequence import Block, Cell

Fate = (
    str  #: what became of a whole paragraph or row: ``kept``, ``removed``, ``added``, ``left`` or ``arrived`` (a move)
)


@dataclass(frozen=True, slots=True)
class Said:
    """What one document says in one place: ``role`` is "" for running text, else the place's name."""

    block: Block
    role: str = ""

    @property
    def line(self) -> Line:
        """What is laid beside the other document's."""
        if isinstance(self.block, Paragraph):
            return Line(PARAGRAPH, self.block.printed, self.role)
        cells = chain.from_iterable(self.block.header + self.block.rows)
        return Line(f"table {len(self.block.widths)}", "\n".join(cell.text for cell in cells), self.role)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stayed, went or came; ``head`` says whether they are set as a title is."""

    mark: Mark
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
    here, there = list(_said(old)), list(_said(new))
    lines = [one.line for one in here], [one.line for one in there]
    for step in align(*lines, links(comparison, *lines)):
        one = None if step.old is None else here[step.old]
        other = None if step.new is None else there[step.new]
        yield _marked(one, other, step)


def _marked(old: Said | None, new: Said | None, step: Step) -> MarkedParagraph | MarkedTable:
    one, other = old.block if old else None, new.block if new else None
    if isinstance(one, Table) or isinstance(other, Table):
        return _table(one if isinstance(one, Table) else None, other if isinstance(other, Table) else None)
    said, block = (old, one) if new is None or step.leaves else (new, other)
    assert said is not None  # noqa: S101 - a step names a side
    assert block is not None  # noqa: S101 - likewise
    stretches = tuple(_stretches(one, other))
    gone = "+" if step.leaves else "-" if step.move else ""
    kept = tuple(one for one in stretches if one.mark != gone)
    return MarkedParagraph(said.role, block.level, _fate(old, new, step), step.move, kept)


def _fate(old: Said | None, new: Said | None, step: Step) -> Fate:
    if old is None or new is None:
        return "added" if old is None else "removed"
    return ("left" if step.leaves else "arrived") if step.move else "kept"


def _stretches(old: Paragraph | None, new: Paragraph | None) -> Iterator[Stretch]:
    """The words of both, cut where a title ends."""
    heads = len(old.head) if old else 0, len(new.head) if new else 0
    here = there = 0
    for mark, text in _compared(old.printed if old else None, new.printed if new else None):
        at, head = (here, heads[0]) if mark == "-" else (there, heads[1])
        cut = min(max(head - at, 0), len(text))
        yield from (
            Stretch(mark, words, is_head) for words, is_head in ((text[:cut], True), (text[cut:], False)) if words
        )
        here += len(text) if mark != "+" else 0
        there += len(text) if mark != "-" else 0


def _compared(old: str | None, new: str | None) -> Sequence[tuple[Mark, str]]:
    if old is None or new is None:
        return (("+", new or ""),) if old is None else (("-", old),)
    return compare(old, new)


def _table(old: Table | None, new: Table | None) -> MarkedTable:
    here, there = _rows(old), _rows(new)
    lines = [[Line(_shape(row), "\n".join(cell.text for cell in row[1])) for row in side] for side in (here, there)]
    rows = []
    for step in align(lines[0], lines[1], moves=False):
        one = None if step.old is None else here[step.old]
        other = None if step.new is None else there[step.new]
        rows.append(_row(one, other))
    widths = new.widths if new else old.widths if old else ()
    return MarkedTable(widths, tuple(rows))


_Row = tuple[bool, tuple["Cell", ...]]


def _rows(table: Table | None) -> list[_Row]:
    return [(True, row) for row in table.header] + [(False, row) for row in table.rows] if table else []


def _shape(row: _Row) -> str:
    return f"{row[0]} " + " ".join(f"{cell.column}/{cell.colspan}/{cell.rowspan}" for cell in row[1])


def _row(old: _Row | None, new: _Row | None) -> MarkedRow:
    shown = new or old
    assert shown is not None  # noqa: S101 - a step names a side
    fate = "kept" if old and new else "added" if new else "removed"
    cells = []
    for place, cell in enumerate(shown[1]):
        texts = (old[1][place].text if old else None), (new[1][place].text if new else None)
        stretches = tuple(Stretch(mark, text) for mark, text in _compared(*texts) if text)
        cells.append(MarkedCell(cell.rowspan, cell.colspan, stretches))
    return MarkedRow(shown[0], fate, tuple(cells))


def _said(official: Official) -> Iterator[Said]:
    yield from _plain("status", *official.marks, official.status)
    if official.masthead:
        *names, last = official.masthead.names or ("",)
        yield from _plain("masthead", *names, last + official.masthead.suffix)
    yield from _plain("number", official.number)
    if official.notice:
        yield from _letter(official.notice)
    yield from _plain("title", "\n".join(official.title))
    yield from _plain("subtitle", official.subtitle, official.speaker)
    yield from _plain("to", official.to)
    yield from (Said(block) for block in official.blocks)
    if official.attachments:
        yield from _plain("listed", *official.attachment_list)
    yield from _signed(official)
    for attachment in official.attachments:
        yield from _plain("label", attachment.label)
        yield from _plain("title", "\n".join(attachment.title))
        yield from (Said(block) for block in attachment.blocks)
    if official.imprint:
        yield from _imprint(official.imprint)


def _letter(letter: Letter) -> Iterator[Said]:
    yield from _plain("title", "\n".join(letter.title))
    yield from _plain("to", letter.to)
    yield from (Said(block) for block in letter.blocks)
    yield from _signed(letter)


def _signed(letter: Letter | Official) -> Iterator[Said]:
    yield from _plain("signature", *("".join(lines) for lines in letter.signature), letter.date)
    yield from _plain("note", letter.note)


def _imprint(imprint: Imprint) -> Iterator[Said]:
    yield from _plain("imprint", imprint.cc, imprint.office, imprint.date)


def _plain(role: str, *texts: str) -> Iterator[Said]:
    yield from (Said(Paragraph(text), role) for text in texts if text)
