"""A PDF as pieces in the order of reading."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw

from workplan.diagnostic import Misuse
from workplan.importing.piece import Outside, Paragraph, Place
from workplan.importing.readers.layout.reading import reading
from workplan.importing.readers.layout.sheet import MOST_GLYPHS, MOST_PAGES, Sheet
from workplan.importing.readers.pdf.rules import rules
from workplan.importing.record import Deed, Reading, Record
from workplan.measure.page import GlyphLine
from workplan.measure.reader import characters, document, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.measure.page import Page

#: The marks of Founder's typesetting programs, which their text layer has in place of those that are printed. The last is a
#: decimal point in the private area of plane 16.
_FOUNDER = {"ꎬ": "，", "ꎮ": "。", "ꎻ": "；", "ꎺ": "：", "ꎷ": "！", "ꎿ": "？", "\U001001b0": "．"}
#: Signs of other languages that the same programs write for the brackets of titles.
_BRACKETS = {"«": "《", "»": "》"}
#: A hyphen at which a program may break a word; what stands in a line of print is one.
_HYPHEN = {"\u00ad": "-"}
#: Largest share of characters for which the file does not say what they are.
_UNKNOWN = 0.02


def read(content: bytes, file: str) -> Reading:
    """The pieces of a PDF; ``file`` is what the user calls it.

    Raises Misuse where it is broken or locked, where it is a scan, where its fonts do not say which characters they have, and
    where its text runs in columns.
    """
    try:
        with document(content, file) as pdf:
            _refuse_endless(pdf, file)
            with opened(content, file) as pages:
                sheets, unread = _sheets(pdf, pages, file)
    except Misuse as refused:
        raise _reworded(refused, file) from refused
    mapped, records = _mapped(sheets)
    found = reading(mapped, file)
    return Reading((*found.pieces, *unread), (*records, *found.records))


def _refuse_endless(pdf: Any, file: str) -> None:  # noqa: ANN401 - PDFium's objects have no types
    """Refuse what is far longer than a document."""
    count = 0
    for number in range(min(len(pdf), MOST_PAGES + 1)):
        count += pdf[number].get_textpage().count_chars() if len(pdf) <= MOST_PAGES else 0
        if count > MOST_GLYPHS or len(pdf) > MOST_PAGES:
            raise Misuse("import-pages", path=file, limit=MOST_PAGES, most=MOST_GLYPHS)


def _reworded(refused: Misuse, file: str) -> Misuse:
    match refused.key:
        case "measure-locked":
            return Misuse("import-locked", path=file)
        case "measure-broken":
            return Misuse("import-broken", path=file)
        case "measure-page-size":
            return Misuse("import-page-size", path=file, page=refused.arguments["page"])
    return refused


def _sheets(pdf: Any, pages: Sequence[Page], file: str) -> tuple[list[Sheet], list[Paragraph]]:  # noqa: ANN401 - PDFium's objects have no types
    """The pages as they are laid out, and what on them is no line of text."""
    if not any(page.lines for page in pages):
        raise Misuse("import-scan", path=file)
    if scans := [page.number for page in pages if page.is_scan]:
        raise Misuse("import-scanned-pages", path=file, pages="、".join(map(str, scans[:10])), count=len(scans))
    sheets, unread = [], []
    total = unknown = 0
    for page in pages:
        said, without = _characters(pdf[page.number - 1].get_textpage())
        total, unknown = total + len(said), unknown + without
        sheets.append(
            Sheet(
                number=page.number,
                width=page.width,
                height=page.height,
                lines=page.lines,
                rules=tuple(rules(pdf[page.number - 1])),
            )
        )
        rest = Counter(said) - Counter("".join(line.text for line in page.lines))
        if left := "".join(character for character in said if _take(rest, character)):
            unread.append(Paragraph(left, Place(page=page.number), outside=Outside.WATERMARK))
    if unknown > _UNKNOWN * total:
        raise Misuse("import-no-characters", path=file)
    return sheets, unread


def _take(rest: Counter[str], character: str) -> bool:
    rest[character] -= 1
    return rest[character] >= 0


def _characters(text: Any) -> tuple[str, int]:  # noqa: ANN401 - likewise
    """The characters of a page without blanks, and the number of those that its fonts do not name."""
    said, unknown = "", 0
    for index, character in characters(text):
        unknown += not character or raw.FPDFText_HasUnicodeMapError(text, index) == 1
        said += character if character > " " and not character.isspace() else ""
    return said, unknown


def _mapped(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Record]]:
    """The lines with the marks of typesetting programs as they are printed, and a record for each mark."""
    used = {glyph.text for sheet in sheets for line in sheet.lines for glyph in line.glyphs}
    by_founder = bool(used & _FOUNDER.keys())
    marks = _HYPHEN | (_FOUNDER | _BRACKETS if by_founder else {})
    if not used & marks.keys():
        return list(sheets), []
    records: dict[str, Record] = {}
    done = []
    for sheet in sheets:
        lines = []
        for number, line in enumerate(sheet.lines, 1):
            glyphs = tuple(replace(one, text=marks[one.text]) if one.text in marks else one for one in line.glyphs)
            for one in line.glyphs:
                if one.text in marks:
                    place = Place(page=sheet.number, line=number)
                    records.setdefault(one.text, Record(Deed.MAPPED, place, one.text, marks[one.text]))
            lines.append(GlyphLine(line.page, glyphs))
        done.append(replace(sheet, lines=tuple(lines)))
    return done, list(records.values())
