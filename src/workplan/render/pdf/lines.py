"""Prints paragraphs in WeasyPrint line by line, as ``page.paragraph`` composes them.

A paragraph with a ``data-first`` attribute is composed before it is laid out: line ends go into its text (its style keeps
them: ``white-space: pre``), and once WeasyPrint has put the lines on pages, each character gets its own spacing. WeasyPrint
itself has one letter spacing for an element; an element for every run of characters would take three times as long.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import Layout

from workplan.lengths import Em, Pt, Px, em_to_pt, pt_to_px, px_to_pt
from workplan.page.dimensions import BODY, INDENT, PITCH
from workplan.page.paragraph import compose
from workplan.page.typeset import PlacedImprint
from workplan.render.pdf.tables import tables
from workplan.resources import fonts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from weasyprint import Document

    from workplan.page.grids import Grid
    from workplan.page.table_pages import PlacedTable

#: Pango's units to the pixel.
_PANGO = 1024
_THOUSAND = 1000
_BODY_FACE = "仿宋"
#: Space before the first line, before the others and at both sides that the style sheet itself gives: most paragraphs have it.
_USUAL = (INDENT, Em(0.0), Em(0.0))
#: What may not stand on a page without text (GB/T 9704 7.3.5.5): 附件说明, or 署名 where there is none.
_WITH_TEXT = frozenset({"list", "signature"})
#: The space that ``official.css`` leaves below a table.
_TABLE_MARGIN = Pt(6.0)
#: Greatest distance from the grid that is invisible.
_ON_GRID = Pt(0.2)
_HEAD_FACES = {"level1": "黑体", "level2": "楷体"}


@dataclass(frozen=True, slots=True)
class _ComposedParagraph:
    """A composed paragraph: its text, the space after each character, and the indexes at which lines begin."""

    text: str
    spacings: tuple[Pt, ...]
    starts: frozenset[int]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """How a document came out when it was laid out: see ``typeset.LayoutOutcome``."""

    bare_first: bool
    imprint: PlacedImprint
    drift: tuple[Pt, ...] = ()
    tables: tuple[PlacedTable, ...] = ()

    @classmethod
    def of(cls, document: Document, root: Element, tables: tuple[PlacedTable, ...], *, onesided: bool) -> LaidOut:
        """Look through the pages of the tree ``root``, where its ``tables`` stand as placed; ``onesided`` if it prints so."""
        text = {part for p in root.iter("p") if p.get("class", "").startswith("level") for part in p.iter()}
        imprint = {part for div in root.iter("div") if div.get("class") == "imprint" for part in div.iter()}
        body = {part for element in root.iter("body") for part in element.iter()}
        shown = [{box.element for box in _texts(page)} & body for page in document.pages]
        with_imprint = [number for number, elements in enumerate(shown, 1) if elements & imprint]
        others = [number for number, elements in enumerate(shown, 1) if elements - imprint]
        place = PlacedImprint(with_imprint[-1] if with_imprint else 0, max(others, default=0), anywhere=onesided)
        return cls(bool(text) and not shown[0] & text, place, _drift(document, root), tables)


def _drift(document: Document, root: Element) -> tuple[Pt, ...]:
    """How far each table, and what follows it, must move down for the text to stand on the grid.

    The moves of the tables before it on the same page are taken into account.
    """
    wanted = tables(root)
    ends: dict[Element, tuple[int, Pt]] = {}
    for number, page in enumerate(document.pages if wanted else ()):
        top = page._page_box.content_box_y()  # noqa: SLF001 - as below
        for box in page._page_box.descendants():  # noqa: SLF001 - as below
            if getattr(box, "is_table_wrapper", False) and box.element in wanted:
                ends[box.element] = number, px_to_pt(Px(box.position_y + box.margin_height() - top))
    drifts = []
    page_before, moved = -1, 0.0
    for table in wanted:
        number, end = ends.get(table, (-1, 0.0))
        page_before, moved = number, moved if number == page_before else 0.0
        drift = -(end + moved) % PITCH
        drift = 0.0 if min(drift, PITCH - drift) < _ON_GRID else round(drift, 2)
        moved += drift
        drifts.append(Pt(drift))
    return tuple(drifts)


def _texts(page: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
    """The stretches of text on a page in the order they are painted in."""
    boxes = page._page_box.descendants()  # noqa: SLF001 - WeasyPrint has no other way to its lines
    return (box for box in boxes if isinstance(box, TextBox))


class Setter:
    """Composes the paragraphs of a page tree and spaces them once they are laid out."""

    def __init__(self, grid: Grid, choices: fonts.Choices) -> None:
        self._grid = grid
        self._choices = choices
        self._composed: list[_ComposedParagraph] = []
        self._owners: dict[Element, int] = {}

    def compose(self, root: Element, *, keep: bool = True) -> None:
        """Put line ends into every paragraph that asks for it; ``keep`` keeps two lines of text with a signature.

        ``data-first`` and ``data-turn`` are the space before the first line and before the others in 字, ``data-side`` that at
        both sides, ``data-size`` the size in points (16 unless given); ``data-measure`` of a section is the width of its
        lines in points.
        """
        sections = (section for section in root.iter("section") if section.get("data-measure"))
        measures = {p: Pt(float(section.get("data-measure", 0))) for section in sections for p in section.iter("p")}
        last: Element | None = None
        for element in root.iter():
            if element.tag == "p" and element.get("data-first") is not None:
                self._compose(element, measures.get(element) or self._grid.measure)
                last = element
            elif element.get("class") in _WITH_TEXT and last is not None and keep:
                self._keep(last)
                last = None

    @staticmethod
    def leave_room(root: Element, below: Sequence[Pt]) -> None:
        """Give each table the space below it that returns the text after it to the grid."""
        for table, space in zip(tables(root), below, strict=False):
            table.set("style", f"margin-bottom: {_TABLE_MARGIN + space:.2f}pt; {table.get('style', '')}")

    def _keep(self, paragraph: Element) -> None:
        """Keep the paragraph's last two lines with what follows; a lone line also takes one of those before it along."""
        is_lone = paragraph in self._owners and len(self._composed[self._owners[paragraph]].starts) == 1
        style = "break-before: avoid" if is_lone else "widows: 2"
        paragraph.set("style", f"{style}; {paragraph.get('style', '')}")

    def _compose(self, paragraph: Element, measure: Pt) -> None:
        first, turn, side = (Em(float(paragraph.get(f"data-{name}", 0))) for name in ("first", "turn", "side"))
        size = Pt(float(paragraph.get("data-size", BODY)))
        grid = replace(self._grid, measure=measure)
        if size != BODY or side:
            grid = replace(grid, size=size, tracking=Pt(0.0), measure=Pt(measure - 2 * side * size))
        grid = replace(grid, measure=Pt(grid.measure - turn * grid.pitch))
        parts = list(_parts(paragraph, _HEAD_FACES.get(paragraph.get("class", "").partition(" ")[0], _BODY_FACE)))
        text = "".join(part.text for part in parts)
        if not text:
            return
        widths = [width for part in parts for width in map(fonts.advances(part.face, self._choices), part.text)]
        lines = compose(text, grid, Em(first - turn), widths)
        _break(parts, {line.start for line in lines[1:]})
        if (first, turn, side) != _USUAL:
            left = em_to_pt(turn, grid.pitch) + em_to_pt(side, size)
            indent = f"text-indent: {em_to_pt(Em(first - turn), grid.pitch):.3f}pt; padding-left: {left:.3f}pt"
            paragraph.set("style", f"{indent}; {paragraph.get('style', '')}")
        spacings = tuple(run.spacing for line in lines for run in line.runs for _ in run.text)
        for element in paragraph.iter():
            self._owners[element] = len(self._composed)
        self._composed.append(_ComposedParagraph(text, spacings, frozenset(line.start for line in lines)))

    def space(self, document: Document) -> None:
        """Put every character of the composed paragraphs at its place."""
        places = [0] * len(self._composed)
        shift = 0.0
        for page in document.pages:
            for box in _texts(page):
                if (owner := self._owners.get(box.element)) is None:
                    continue
                paragraph, start = self._composed[owner], places[owner]
                shown = box.text.rstrip("\n")
                if not paragraph.text.startswith(shown, start):
                    continue
                places[owner] = end = start + len(shown)
                shift = 0.0 if start in paragraph.starts else shift
                spacings = list(map(pt_to_px, paragraph.spacings[start:end]))
                box.position_x += shift
                box.pango_layout = _SpacedLayout(box.pango_layout.text, spacings)
                shift += sum(spacings)


@dataclass(frozen=True, slots=True)
class _TextPart:
    """A part of a paragraph's text: the element whose text or tail it is, and the role of its face."""

    holder: Element
    tail: bool
    face: str

    @property
    def text(self) -> str:
        return (self.holder.tail if self.tail else self.holder.text) or ""

    def put(self, text: str) -> None:
        if self.tail:
            self.holder.tail = text
        else:
            self.holder.text = text


def _parts(paragraph: Element, head: str) -> Iterator[_TextPart]:
    yield _TextPart(paragraph, tail=False, face=_BODY_FACE)
    for inside in paragraph:
        yield _TextPart(inside, tail=False, face=head)
        yield _TextPart(inside, tail=True, face=_BODY_FACE)


def _break(parts: Sequence[_TextPart], starts: set[int]) -> None:
    """Put a line end before the characters at the indexes ``starts``, in the part of the character before each."""
    place = 0
    for part in parts:
        text = part.text
        part.put("".join(f"{one}\n" if at in starts else one for at, one in enumerate(text, place + 1)))
        place += len(text)


class _SpacedLayout(Layout):  # type: ignore[misc]  # WeasyPrint has no types
    """A line of text with its own space after every character."""

    def __init__(self, text: str, spacings: Sequence[Px]) -> None:
        self.text = text
        self.max_width = None
        self.justification_spacing = 0
        self.first_line_direction = 0
        self.spacings = spacings

    def get_first_line(self) -> tuple[Any, int | None]:
        """Pango's line with the glyphs moved; WeasyPrint draws what it finds there."""
        line, index = super().get_first_line()
        glyphs = [glyph for run in _runs(line) for glyph in run]
        if len(glyphs) == len(self.spacings):
            self._space(glyphs)
        return line, index

    def _space(self, glyphs: Sequence[Any]) -> None:
        """WeasyPrint writes whole thousandths of the size of type: what rounding takes from one glyph the next one gets."""
        size = self.style["font_size"]
        units = size * _PANGO / _THOUSAND
        share = _THOUSAND / size
        owed = 0.0
        for glyph, spacing in zip(glyphs, self.spacings, strict=True):
            geometry = glyph.geometry  # every step through Pango's structures costs time
            natural = geometry.width / units
            own = round(natural)
            owed += natural - own + spacing * share
            more = round(owed)
            owed -= more
            # A little beyond the whole number, since WeasyPrint cuts off the decimals.
            beyond = 0.3 if more > 0 else -0.3 if more else 0.0
            geometry.width = round((own + more + beyond) * units)


def _runs(line: Any) -> Iterator[Any]:  # noqa: ANN401 - a structure of Pango's
    run = line.runs
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        yield glyphs.glyphs[0 : glyphs.num_glyphs]
        run = run.next
