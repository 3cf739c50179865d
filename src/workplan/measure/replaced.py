"""Puts the faces that a DOCX asks for on the glyphs that LibreOffice printed, often in another face."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.measure.faces import is_same_face
from workplan.measure.page import Font, Glyph, GlyphLine, Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workplan.measure.asked import Asked

#: Number of characters after the line before in which the words of a line are looked for, and the long ones among them:
#: short ones come again and again.
_NEAR, _AHEAD, _LONG = 60, 20_000, 8
#: Number of characters at the beginning of a line that may be a number which Word makes, and no text.
_LABEL = 8


def as_asked(pages: Iterable[Page], asked: Asked) -> tuple[Page, ...]:
    """The pages with their fonts under the names that the document gives; of a replaced one, ``printed`` is the face seen."""
    faces = _Faces(asked)
    return tuple(replace(page, lines=tuple(map(faces.line, page.lines))) for page in pages)


class _Faces:
    """Follows the text of the document line by line."""

    def __init__(self, asked: Asked) -> None:
        self._asked, self._at = asked, 0
        self._fonts: dict[tuple[Font, str], Font] = {}

    def line(self, line: GlyphLine) -> GlyphLine:
        """The line with the faces that the document asks for; with none where its words are not found there."""
        text = line.text
        for skipped in range(min(_LABEL, len(text) - 1) + 1):
            found = self._find(text[skipped:])
            if found >= 0:
                return self._named(line, found - skipped, found)
        feet = self._asked.feet
        foot = next(iter(feet)) if len(feet) == 1 and len(text) <= _LABEL else ""
        return GlyphLine(line.page, tuple(self._font(one, foot if one.text.isdigit() else "") for one in line.glyphs))

    def _find(self, words: str) -> int:
        """Where the words stand: after those of the line before; long ones may be further on, since tables change the order."""
        near = self._asked.text.find(words, self._at, self._at + len(words) + _NEAR)
        if near >= 0:
            self._at = near + len(words)
        elif len(words) >= _LONG:
            near = self._asked.text.find(words, max(self._at - _AHEAD, 0), self._at + _AHEAD)
            self._at = near + len(words) if near >= 0 else self._at
        return near

    def _named(self, line: GlyphLine, start: int, known: int) -> GlyphLine:
        """The line whose first character is the document's at ``start``, and is its text from ``known`` on."""
        glyphs, at = [], start
        for glyph in line.glyphs:
            if glyph.text.isspace():
                glyphs.append(glyph)
                continue
            glyphs.append(self._font(glyph, self._asked.faces[at] if at >= known else ""))
            at += 1
        return GlyphLine(line.page, tuple(glyphs))

    def _font(self, glyph: Glyph, name: str) -> Glyph:
        key = (glyph.font, name)
        if key not in self._fonts:
            seen = glyph.font.name.rpartition("+")[2]
            same = is_same_face(name, seen) if name else True
            self._fonts[key] = replace(glyph.font, name=name, printed="" if same else seen)
        return replace(glyph, font=self._fonts[key])


def substitutions(pages: Iterable[Page]) -> dict[str, tuple[int, str]]:
    """Every face that was replaced, with its first page and the face that most of its characters are printed in."""
    printed: dict[str, Counter[str]] = {}
    first: dict[str, int] = {}
    for page in pages:
        for line in page.lines:
            for glyph in line.glyphs:
                if glyph.font.printed:
                    printed.setdefault(glyph.font.name, Counter())[glyph.font.printed] += 1
                    first.setdefault(glyph.font.name, page.number)
    return {name: (first[name], seen.most_common(1)[0][0]) for name, seen in printed.items()}
