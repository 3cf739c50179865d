"""Prints paragraphs in WeasyPrint line by line, as ``layout.paragraph`` composes them.

A paragraph with a ``data-first`` attribute is composed before it is laid out: line ends go into its text (its style keeps them:
``white-space: pre``), and once WeasyPrint has put the lines on pages, each character gets its own room. WeasyPrint itself
knows one letter spacing for an element; an element for every run of characters takes three times as long.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import Layout

from workplan.page.geometry import PITCH
from workplan.page.paragraph import Grid, compose
from workplan.resources import fonts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from weasyprint import Document

_PIXEL = 0.75  # points
_PANGO = 1024  # Pango's units to the pixel
_THOUSAND = 1000
_SIZE = 16.0  # 三号
_BODY = "仿宋"
# Room before the first line, the others and at both sides that the style sheet itself gives: most paragraphs have it.
_USUAL = (2.0, 0.0, 0.0)
#: What may not stand on a page without text (GB/T 9704 7.3.5.5): 附件说明, or 署名 where there is none.
_WITH_TEXT = frozenset({"list", "signature"})
_TABLE_MARGIN = 6.0  # points: what the style sheet leaves below a table
_ON_GRID = 0.2  # points: what nobody sees
_HEADS = {"level1": "黑体", "level2": "楷体"}


@dataclass(frozen=True, slots=True)
class _Set:
    """A composed paragraph: its text, the room after each character in points, and where lines begin."""

    text: str
    rooms: tuple[float, ...]
    starts: frozenset[int]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What became of a document laid out: see ``typeset.Outcome``."""

    bare_first: bool
    imprint_alone: int
    drift: tuple[float, ...] = ()

    @classmethod
    def of(cls, document: Document, root: Element) -> LaidOut:
        """Look through the pages of the tree ``root``."""
        text = {part for p in root.iter("p") if p.get("class", "").startswith("level") for part in p.iter()}
        imprint = {part for div in root.iter("div") if div.get("class") == "imprint" for part in div.iter()}
        body = {part for found in root.iter("body") for part in found.iter()}
        shown = [{box.element for box in _texts(page)} & body for page in document.pages]
        alone = [number for number, seen in enumerate(shown, 1) if seen and seen <= imprint]
        return cls(bool(text) and not shown[0] & text, alone[0] if alone else 0, _drift(document, root))


def tables(root: Element) -> list[Element]:
    """The tables below which text is to return to the page's grid of lines."""
    return [table for table in root.iter("table") if table.get("data-grid") is not None]


def _drift(document: Document, root: Element) -> tuple[float, ...]:
    """How far each table, and what follows it, must go down for the text to stand on the grid, those before it once moved."""
    wanted = tables(root)
    ends: dict[Element, tuple[int, float]] = {}
    for number, page in enumerate(document.pages if wanted else ()):
        top = page._page_box.content_box_y()  # noqa: SLF001 - as below
        for box in page._page_box.descendants():  # noqa: SLF001 - as below
            if getattr(box, "is_table_wrapper", False) and box.element in wanted:
                ends[box.element] = number, (box.position_y + box.margin_height() - top) * _PIXEL
    found = []
    page_of, moved = -1, 0.0
    for table in wanted:
        number, end = ends.get(table, (-1, 0.0))
        page_of, moved = number, moved if number == page_of else 0.0
        off = -(end + moved) % PITCH
        off = 0.0 if min(off, PITCH - off) < _ON_GRID else round(off, 2)
        moved += off
        found.append(off)
    return tuple(found)


def _texts(page: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
    """The stretches of text on a page in the order they are painted in."""
    boxes = page._page_box.descendants()  # noqa: SLF001 - WeasyPrint has no other way to its lines
    return (box for box in boxes if isinstance(box, TextBox))


class Setter:
    """Composes the paragraphs of a page tree and spaces them once they are laid out."""

    def __init__(self, grid: Grid, choices: fonts.Choices) -> None:
        self._grid = grid
        self._choices = choices
        self._sets: list[_Set] = []
        self._owners: dict[Element, int] = {}

    def compose(self, root: Element, *, keep: bool = True) -> None:
        """Put line ends into every paragraph that asks for it; ``keep`` keeps two lines of text with a signature.

        ``data-first`` and ``data-turn`` are the room before the first line and before the others in 字, ``data-side`` that at
        both sides, ``data-size`` the size in points (16 unless given); ``data-measure`` of a section is its paragraphs' measure.
        """
        wide = {
            p: section for section in root.iter("section") if section.get("data-measure") for p in section.iter("p")
        }
        last: Element | None = None
        for element in root.iter():
            if element.tag == "p" and element.get("data-first") is not None:
                self._compose(element, float(wide[element].get("data-measure", 0)) if element in wide else 0.0)
                last = element
            elif element.get("class") in _WITH_TEXT and last is not None and keep:
                self._keep(last)
                last = None

    @staticmethod
    def leave_room(root: Element, below: Sequence[float]) -> None:
        """Give each table the room below it that returns the text after it to the grid."""
        for table, room in zip(tables(root), below, strict=False):
            table.set("style", f"margin-bottom: {_TABLE_MARGIN + room:.2f}pt; {table.get('style', '')}")

    def _keep(self, paragraph: Element) -> None:
        """Let the paragraph's last two lines go on with what follows; a lone line also takes one of those before it along."""
        one = paragraph in self._owners and len(self._sets[self._owners[paragraph]].starts) == 1
        style = "break-before: avoid" if one else "widows: 2"
        paragraph.set("style", f"{style}; {paragraph.get('style', '')}")

    def _compose(self, paragraph: Element, measure: float) -> None:
        first, turn, side = (float(paragraph.get(f"data-{name}", 0)) for name in ("first", "turn", "side"))
        size = float(paragraph.get("data-size", _SIZE))
        grid = replace(self._grid, measure=measure or self._grid.measure)
        if size != _SIZE or side:
            grid = replace(grid, em=size, tracking=0.0, measure=grid.measure - 2 * side * size)
        pitch = grid.em + grid.tracking
        grid = replace(grid, measure=grid.measure - turn * pitch)
        pieces = list(_pieces(paragraph, _HEADS.get(paragraph.get("class", "").partition(" ")[0], _BODY)))
        text = "".join(piece.text for piece in pieces)
        if not text:
            return
        widths = [width for piece in pieces for width in map(fonts.advances(piece.role, self._choices), piece.text)]
        lines = compose(text, grid, first - turn, widths)
        _break(pieces, {line.start for line in lines[1:]})
        if (first, turn, side) != _USUAL:
            indent = f"text-indent: {(first - turn) * pitch:.3f}pt; padding-left: {turn * pitch + side * size:.3f}pt"
            paragraph.set("style", f"{indent}; {paragraph.get('style', '')}")
        rooms = tuple(run.spacing for line in lines for run in line.runs for _ in run.text)
        for element in paragraph.iter():
            self._owners[element] = len(self._sets)
        self._sets.append(_Set(text, rooms, frozenset(line.start for line in lines)))

    def space(self, document: Document) -> None:
        """Give every character of the composed paragraphs its place."""
        places = [0] * len(self._sets)
        shift = 0.0
        for page in document.pages:
            for box in _texts(page):
                if (owner := self._owners.get(box.element)) is None:
                    continue
                paragraph, start = self._sets[owner], places[owner]
                shown = box.text.rstrip("\n")
                if not paragraph.text.startswith(shown, start):
                    continue
                places[owner] = end = start + len(shown)
                shift = 0.0 if start in paragraph.starts else shift
                rooms = [room / _PIXEL for room in paragraph.rooms[start:end]]
                box.position_x += shift
                box.pango_layout = _Spaced(box.pango_layout.text, rooms)
                shift += sum(rooms)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a paragraph's text: the element whose text or tail it is, and the role of its face."""

    holder: Element
    tail: bool
    role: str

    @property
    def text(self) -> str:
        return (self.holder.tail if self.tail else self.holder.text) or ""

    def put(self, text: str) -> None:
        if self.tail:
            self.holder.tail = text
        else:
            self.holder.text = text


def _pieces(paragraph: Element, head: str) -> Iterator[_Piece]:
    yield _Piece(paragraph, tail=False, role=_BODY)
    for inside in paragraph:
        yield _Piece(inside, tail=False, role=head)
        yield _Piece(inside, tail=True, role=_BODY)


def _break(pieces: Sequence[_Piece], starts: set[int]) -> None:
    """Put a line end before each of the ``starts``, behind the character before it."""
    place = 0
    for piece in pieces:
        text = piece.text
        piece.put("".join(f"{one}\n" if at in starts else one for at, one in enumerate(text, place + 1)))
        place += len(text)


class _Spaced(Layout):  # type: ignore[misc]  # WeasyPrint has no types
    """A line of text with its own room after every character, in pixels."""

    def __init__(self, text: str, rooms: Sequence[float]) -> None:
        self.text = text
        self.max_width = None
        self.justification_spacing = 0
        self.first_line_direction = 0
        self.rooms = rooms

    def get_first_line(self) -> tuple[Any, int | None]:
        """Pango's line with the glyphs moved; WeasyPrint draws what it finds there."""
        line, index = super().get_first_line()
        glyphs = [glyph for run in _runs(line) for glyph in run]
        if len(glyphs) == len(self.rooms):
            self._space(glyphs)
        return line, index

    def _space(self, glyphs: Sequence[Any]) -> None:
        """WeasyPrint writes whole thousandths of an em: what one glyph loses by that the next one gets."""
        size = self.style["font_size"]
        units = size * _PANGO / _THOUSAND
        share = _THOUSAND / size
        owed = 0.0
        for glyph, room in zip(glyphs, self.rooms, strict=True):
            geometry = glyph.geometry  # every step through Pango's structures costs
            natural = geometry.width / units
            own = round(natural)
            owed += natural - own + room * share
            more = round(owed)
            owed -= more
            # A little further than the whole number, since WeasyPrint cuts off what follows the point.
            beyond = 0.3 if more > 0 else -0.3 if more else 0.0
            geometry.width = round((own + more + beyond) * units)


def _runs(line: Any) -> Iterator[Any]:  # noqa: ANN401 - a structure of Pango's
    run = line.runs
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        yield glyphs.glyphs[0 : glyphs.num_glyphs]
        run = run.next
