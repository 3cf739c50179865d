"""An OFD as pieces in the order of reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.importing.package import Package
from workplan.importing.readers.layout.grid import MOST_RULES
from workplan.importing.readers.layout.reading import reading
from workplan.importing.readers.layout.sheet import MOST_GLYPHS, MOST_PAGES, Rule, Sheet
from workplan.importing.readers.ofd.values import Matrix, advances, boxed, numbers
from workplan.importing.record import Reading, Record
from workplan.lengths import Mm, mm_to_pt
from workplan.measure.page import Font, Glyph, GlyphLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element


#: The entry of every OFD (GB/T 33190, 7.1).
_ENTRY = "OFD.xml"
#: Greatest distance in mm of baselines in one line.
_ONE_LINE = 0.7
_USUAL_PAGE = (0.0, 0.0, 210.0, 297.0)
_BLACK = (0, 0, 0)
_STROKES = {"M": 1, "L": 1, "Q": 2, "B": 3, "A": 4}


def read(content: bytes, file: str) -> Reading:
    """The pieces of an OFD; ``file`` is what the user calls it. Raises Misuse where it is broken, locked or has no text."""
    document = _Document(Package(content, file), file)
    sheets = document.sheets()
    if not any(sheet.lines for sheet in sheets):
        raise Misuse("import-scan", path=file)
    found = reading(sheets, file)
    return Reading(found.pieces, (*document.records, *found.records))


@dataclass
class _Document:
    package: Package
    file: str
    records: list[Record] = field(default_factory=list)
    _glyphs: int = 0
    _parsed: dict[str, _Element] = field(default_factory=dict)

    def sheets(self) -> list[Sheet]:
        """The pages of all documents of the package, with what their templates put on them."""
        entry = self.package.tree(_ENTRY)
        made: list[Sheet] = []
        for root in (one.text or "" for one in entry.iter("{*}DocRoot")):
            main = self._part(_ENTRY, root)
            if not main:
                raise Misuse("import-part", path=self.file, part=root)
            tree = self.package.tree(main)
            usual = _page_box(tree, _USUAL_PAGE)
            templates = {one.get("ID", ""): one.get("BaseLoc", "") for one in tree.iter("{*}TemplatePage")}
            for page in tree.iter("{*}Page"):
                made.append(self._sheet(len(made) + 1, self._layers(main, page.get("BaseLoc", ""), templates), usual))
                self._bound(made)
        return made

    def _bound(self, made: list[Sheet]) -> None:
        """Refuse what is far longer than a document: nothing of one is passed over."""
        self._glyphs += sum(len(line.glyphs) for line in made[-1].lines)
        if len(made) > MOST_PAGES or self._glyphs > MOST_GLYPHS:
            raise Misuse("import-pages", path=self.file, limit=MOST_PAGES, most=MOST_GLYPHS)

    def _layers(self, main: str, location: str, templates: dict[str, str]) -> tuple[_Element, ...]:
        """The trees that make up a page: its templates, which lie below it, and itself."""
        part = self._part(main, location)
        if not part:
            raise Misuse("import-part", path=self.file, part=location)
        page = self.package.tree(part)
        # A template is parsed once, and lies below a page once.
        used = (templates.get(one.get("TemplateID", ""), "") for one in page.iter("{*}Template"))
        below = dict.fromkeys(self._part(main, one) for one in used if one)
        return (*(self._template(one) for one in below if one), page)

    def _template(self, part: str) -> _Element:
        if part not in self._parsed:
            self._parsed[part] = self.package.tree(part)
        return self._parsed[part]

    def _part(self, origin: str, location: str) -> str:
        return self.package.beside(origin, location.strip())

    def _sheet(self, number: int, layers: tuple[_Element, ...], usual: tuple[float, float, float, float]) -> Sheet:
        left, top, width, height = _page_box(layers[-1], usual)
        glyphs: list[Glyph] = []
        rules: list[Rule] = []
        for layer in layers:
            for one in layer.iter("{*}TextObject"):
                glyphs += islice(_glyphs(one, left, top), max(0, MOST_GLYPHS + 1 - len(glyphs)))
            for one in layer.iter("{*}PathObject"):
                rules += islice(_rules(one, left, top), max(0, MOST_RULES - len(rules)))
        glyphs.sort(key=lambda glyph: glyph.baseline)
        return Sheet(
            number=number,
            width=Mm(width),
            height=Mm(height),
            lines=tuple(_lines(glyphs, number)),
            rules=tuple(rules),
        )


def _page_box(tree: _Element, usual: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    area = next(tree.iter("{*}PageArea"), None)
    said = "" if area is None else next((one.text or "" for one in area.iter("{*}PhysicalBox")), "")
    return boxed(said) or usual


def _glyphs(one: _Element, left: float, top: float) -> Iterator[Glyph]:
    """The glyphs of a text object (GB/T 33190, 11.2): text by text, each character moved on by its own distance."""
    box, matrix = boxed(one.get("Boundary", "")), Matrix.of(one.get("CTM", ""))
    size = next(iter(numbers(one.get("Size", ""))), 0.0)
    if box is None or size <= 0 or one.get("Visible") == "false" or not matrix.is_level:
        return
    font = Font(one.get("Font", ""), embedded=True)
    x = y = 0.0
    for code in one.iter("{*}TextCode"):
        x, y = (next(iter(numbers(code.get(name, ""))), before) for name, before in (("X", x), ("Y", y)))
        text = code.text or ""
        across, down = advances(code.get("DeltaX", "")), advances(code.get("DeltaY", ""))
        at_x, at_y = x, y
        for character in text:
            along, below = matrix.at(at_x, at_y)
            em = size * matrix.scale
            wide = em if ord(character) > 0x2E7F or character in "“”‘’…—·" else em / 2  # noqa: PLR2004 - the first 汉字 radical
            if not character.isspace():
                yield Glyph(
                    text=character,
                    x=Mm(box[0] + along - left),
                    baseline=Mm(box[1] + below - top),
                    advance=Mm(wide * matrix.stretch),
                    size=mm_to_pt(Mm(em)),
                    font=font,
                    colour=_BLACK,
                )
            at_x += next(across, size)
            at_y += next(down, 0.0)


def _lines(glyphs: list[Glyph], page: int) -> Iterator[GlyphLine]:
    row: list[Glyph] = []
    for glyph in glyphs:
        if row and glyph.baseline - row[-1].baseline > _ONE_LINE:
            yield GlyphLine(page, tuple(sorted(row, key=lambda one: one.x)))
            row = []
        row.append(glyph)
    if row:
        yield GlyphLine(page, tuple(sorted(row, key=lambda one: one.x)))


def _rules(one: _Element, left: float, top: float) -> Iterator[Rule]:
    """The straight lines of a path (GB/T 33190, 9.1) that run level or upright."""
    box, matrix = boxed(one.get("Boundary", "")), Matrix.of(one.get("CTM", ""))
    if box is None:
        return
    said = next((path.text or "" for path in one.iter("{*}AbbreviatedData")), "").split()
    at: tuple[float, float] | None = None
    place = 0
    while place < len(said):
        step, place = said[place], place + 1
        count = _STROKES.get(step, 0)
        points = numbers(" ".join(said[place : place + 2 * count]))
        place += 2 * count
        if len(points) < 2 or step not in {"M", "L"}:  # noqa: PLR2004 - a point has two coordinates
            continue
        along, below = matrix.at(points[0], points[1])
        point = (box[0] + along - left, box[1] + below - top)
        if step == "L" and at is not None:
            yield Rule(
                Mm(min(at[0], point[0])), Mm(min(at[1], point[1])), Mm(max(at[0], point[0])), Mm(max(at[1], point[1]))
            )
        at = point
