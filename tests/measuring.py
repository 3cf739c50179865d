"""Documents of exact geometry for the tests of ``measure``: every part stands where the standard has it, or moved by millimetres."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from weasyprint import HTML

from workplan.measure import MeasureReport, measured
from workplan.resources import fontconfig

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan.diagnostic import Severity

POINT = 25.4 / 72
EM = 16 * POINT
GRID = 156 / 28
#: The line pitch and where the first em box begins, below the upper edge of the text block.
BOXES, EDGES = 28.97 * POINT, (225 - EM) / 21
MASTHEAD = "某某市人民政府文件"
#: 汉字 without marks, so that every line is its number of 字 times the pitch.
PASSAGE = "贯彻落实党中央关于巩固拓展脱贫攻坚成果同乡村振兴有效衔接重大部署和新时代治理方略并推动各项工作取得新进展"


@dataclass(frozen=True)
class Made:
    """A document; ``moved`` gives the millimetres by which a part is off, by the part's name.

    ``attachment`` ends the text on page 3 and begins an attachment on page 4.

    top left: the text block of page 2. pitch: every line. line: one line of page 3, downwards. width: one line, longer.
    masthead masthead-left number rule rule-left rule-width title title-size body-size; folio folio-side; signature; last imprint-width
    first-thick last-thick middle-thick imprint-left imprint-size; paper-width paper-height. Sizes are in points.
    """

    pitch: float = BOXES
    moved: Mapping[str, float] = field(default_factory=dict)
    lines: int = 22
    characters: int = 28
    mark: str = ""
    mirrored: bool = False
    attachment: bool = False
    faces: Mapping[str, str] = field(default_factory=dict)
    folio: str = "— {} —"
    no_first_folio: bool = False
    red: str = "#ff0000"

    def but(self, **changes: float) -> Made:
        """The same, with parts moved."""
        return replace(self, moved={name.replace("_", "-"): value for name, value in changes.items()})

    def by(self, part: str) -> float:
        return self.moved.get(part, 0.0)

    def face(self, part: str) -> str:
        usual = {"body": "FandolFang", "mark": "FandolSong", "title": "FandolSong", "folio": "FandolSong"}
        return self.faces.get(part, usual.get(part, "FandolFang"))


@cache
def _face(family: str, *, bold: bool) -> TTFont:
    weight = 200 if bold else 80
    found = next(face for face in fontconfig.installed() if family in face.families and face.weight == weight)
    return TTFont(found.file, fontNumber=found.index)


def blank_above(text: str, family: str, *, bold: bool) -> float:
    """How far below the upper edge of its em box the ink of a text begins, in em: from the outlines themselves."""
    font = _face(family, bold=bold)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    tops = []
    for character in text:
        pen = BoundsPen(glyphs)
        glyphs[names[ord(character)]].draw(pen)
        tops.append(pen.bounds[3])
    return float(font["hhea"].ascent - max(tops)) / float(font["head"].unitsPerEm)


def blank_below(text: str, family: str, *, bold: bool) -> float:
    """How far above the lower edge of its em box the ink of a text ends, in em."""
    font = _face(family, bold=bold)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    bottoms = []
    for character in text:
        pen = BoundsPen(glyphs)
        glyphs[names[ord(character)]].draw(pen)
        bottoms.append(pen.bounds[1])
    return float(min(bottoms) - font["hhea"].descent) / float(font["head"].unitsPerEm)


def pdf(made: Made) -> bytes:
    """Four pages: the head with seven lines, two full pages, and a last one with signature and 版记."""
    return _written(made, [_head(made) + _body(made, 1), _body(made, 2), _body(made, 3), _body(made, 4) + _end(made)])


def letter(made: Made) -> bytes:
    """The same as a letter (10.1); besides: mark rule low rule-left rule-width first number title above imprint."""
    last = _text(
        "抄送：某某局，某某委员会。", 262 - 14 * POINT - 1 + made.by("imprint"), 14, "FandolFang", more="left: 33mm"
    )
    return _written(made, [_letter_head(made) + _body(made, 1), _body(made, 2), _body(made, 3), _body(made, 4) + last])


def _letter_head(made: Made) -> str:
    name, size = MASTHEAD.removesuffix("文件"), 48.0
    top = 30 + made.by("mark")
    box = top - blank_above(name, "FandolSong", bold=True) * size * POINT
    ink = box + (1 - blank_below(name, "FandolSong", bold=True)) * size * POINT
    rule, low = ink + 4 + made.by("rule"), 297 - 20 - 1.15 + made.by("low")
    first = rule + 1.15 + 7 / 8 * EM + made.by("first")
    left, wide = 20 + made.by("rule-left"), 170 + made.by("rule-width")
    title = first + EM + 2 * made.pitch + 2 + made.by("title")
    above = low - 7 / 8 * EM - EM + made.by("above")
    thick, thin = (0.26, 0.53) if made.by("turned") else (0.53, 0.26)
    return (
        _text(name, box, size, "FandolSong", more=f"font-weight: bold; color: {made.red}; left: 47mm")
        + _bar(rule, left, wide, thick, made.red)
        + _bar(rule + 1.15 - thin, left, wide, thin, made.red)
        + _bar(low, left, wide, thin, made.red)
        + _bar(low + 1.15 - thick, left, wide, thick, made.red)
        + _text("某府函〔2022〕1号", first, 16, "FandolFang", more=f"right: {26 - made.by('number')}mm")
        + _text("某某市某年某某工作要点", title, 22, "FandolSong", more="font-weight: bold; left: 60mm")
        + (_text(PASSAGE[:20], above, 16, "FandolFang", more="left: 28mm") if "above" in made.moved else "")
    )


def _written(made: Made, pages: list[str]) -> bytes:
    width, height = 210 + made.by("paper-width"), 297 + made.by("paper-height")
    body = "".join(f"<section>{page}{_folio(made, number)}</section>" for number, page in enumerate(pages, 1))
    style = (
        f"@page {{ size: {width}mm {height}mm; margin: 0 }} body {{ margin: 0 }}"
        "section { position: relative; width: 210mm; height: 290mm; break-after: page } section:last-child { break-after: auto }"
        "section * { position: absolute; margin: 0; white-space: pre; line-height: 1 }"
    )
    written: bytes = HTML(string=f"<style>{style}</style><body>{body}</body>").write_pdf()
    return written


def _text(text: str, top: float, size: float, face: str, *, more: str) -> str:
    """A line whose em boxes begin at ``top``."""
    return f'<p style="top: {top}mm; font: {size}pt/1 {face}; {more}">{text}</p>'


def _bar(top: float, left: float, width: float, height: float, colour: str = "#000") -> str:
    place = f"top: {top}mm; left: {left}mm; width: {width}mm; height: {height}mm"
    return f'<div style="{place}; background: {colour}"></div>'


def _head(made: Made) -> str:
    size, rule = 48.0, 120.0
    above = blank_above(MASTHEAD, "FandolSong", bold=True) * size * POINT
    left = 28 + (156 - len(MASTHEAD) * size * POINT) / 2 + made.by("masthead-left")
    red = f"font-weight: bold; color: {made.red};"
    title = f"font-weight: bold; left: 60mm; {made.faces.get('title-style', '')}"
    number = rule - 4 - EM - made.by("number")
    return (
        _text(MASTHEAD, 72 - above + made.by("masthead"), size, made.face("mark"), more=f"{red} left: {left}mm")
        + _text("某政〔2022〕1号", number, 16, "FandolFang", more="left: 86mm")
        + _bar(rule + made.by("rule"), 28 + made.by("rule-left"), 156 + made.by("rule-width"), 0.5, made.red)
        + _text(
            "某某市某年某某工作要点",
            rule + 22 + made.by("title"),
            22 + made.by("title-size"),
            made.face("title"),
            more=title,
        )
    )


def _left(made: Made, page: int) -> float:
    return (26 if made.mirrored and page % 2 == 0 else 28) + made.by("left") * (page == 2)


def _body(made: Made, page: int) -> str:
    """Lines of 28 字; every sixth ends its paragraph, the next begins one. Page 1 has seven of them, page 4 six."""
    pitch = made.pitch + made.by("pitch")
    top = 37 + (0 if made.pitch == EDGES else (made.pitch - EM) / 2) + made.by("top") * (page == 2)
    first, count = {1: (made.lines - 7, 7), 4: (0, 6)}.get(page, (0, made.lines))
    count -= 10 if made.attachment and page == 3 else 0
    rows = []
    for row in range(count):
        down = top + (first + row) * pitch + (made.by("line") if (page, row) == (3, 8) else 0)
        wide = made.by("width") if (page, row) == (3, 8) else 0.0
        rows.append(_row(made, page, row, down, wide))
    return "".join(rows)


def _row(made: Made, page: int, row: int, top: float, wide: float) -> str:
    begins, ends = row % 6 == 1, row % 6 == 0
    count = made.characters - 2 * begins
    step = (156 - 2 * GRID * begins - EM + wide) / (count - 1)
    shown = 15 if ends else count
    text = (PASSAGE * 2)[row % 9 : row % 9 + shown]
    if made.attachment and (page, row) == (4, 0):
        text = "附件1"
    if made.mark and not ends and row % 6 == 3:
        text = text[:-1] + made.mark
    left = _left(made, page) + 2 * GRID * begins
    more = f"left: {left}mm; letter-spacing: {step - EM}mm"
    return _text(text, top, 16 + made.by("body-size"), made.face("body"), more=more)


def _end(made: Made) -> str:
    left = _left(made, 4) + 14 * POINT + made.by("imprint-left")
    right = 210 - _left(made, 4) - 156 + 14 * POINT
    signature = 210 - 28 - 156 + (2 if made.mirrored else 0) + 4 * GRID + made.by("signature")
    wide = 156 + made.by("imprint-width")
    thick = {name: made.by(f"{name}-thick") for name in ("first", "middle", "last")}
    little = 14 + made.by("imprint-size")
    small = f"left: {left}mm"
    down = 37 + (made.pitch - EM) / 2 * (made.pitch != EDGES)
    last = 0.35 + thick["last"]
    return (
        _text("某某市人民政府", down + 8 * made.pitch, 16, "FandolFang", more=f"right: {signature - 6}mm")
        + _text("2022年6月29日", down + 9 * made.pitch, 16, "FandolFang", more=f"right: {signature}mm")
        + _bar(244, _left(made, 4), wide, 0.35 + thick["first"])
        + _text("抄送：某某局，某某委员会。", 246, little, made.face("imprint"), more=small)
        + _bar(253, _left(made, 4), wide, 0.25 + thick["middle"])
        + _text("某某市人民政府办公室", 255, little, made.face("imprint"), more=small)
        + _text("2022年6月30日印发", 255, little, made.face("imprint"), more=f"right: {right}mm")
        + _bar(262 - last + made.by("last"), _left(made, 4), wide, last)
    )


def _folio(made: Made, page: int) -> str:
    if not made.folio or (page == 1 and made.no_first_folio):
        return ""
    size = 14 + made.by("folio-size")
    top = 269 - blank_above("—", "FandolSong", bold=False) * size * POINT + made.by("folio")
    side = 14 * POINT + made.by("folio-side")
    left = 28 if page % 2 or not made.mirrored else 26
    more = f"right: {210 - left - 156 + side}mm" if page % 2 else f"left: {left + side}mm"
    return _text(made.folio.format(page), top, size, made.face("folio"), more=more)


def look(made: Made) -> MeasureReport:
    return measured(pdf(made), "made.pdf")


def look_at_letter(made: Made) -> MeasureReport:
    return measured(letter(replace(made, no_first_folio=not made.by("page-number"))), "letter.pdf")


def rules(report: MeasureReport) -> dict[str, Severity]:
    return {finding.rule.removeprefix("measure-"): finding.severity for finding in report.diagnostics}


def values(report: MeasureReport) -> dict[str, float | str]:
    return {item.requirement.rule.removeprefix("measure-"): item.worst.value for item in report.items}
