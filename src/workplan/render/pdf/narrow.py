"""Makes readers of a PDF see squeezed marks as narrow, not as overlapping their neighbours.

A mark gives its blank half to the line by having the next character drawn over it. Programs that extract text from a PDF go
by the widths that it declares: they would see two characters at one place and break the line there. So a character that has
much less space than its width is drawn in a twin of its font, the same glyphs with smaller widths declared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]  # WeasyPrint's writer, which has no types

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Thousandths of the size of type: widths are narrowed by multiples of this. Programs take up to 100 for kerning.
_STEP = 150
_SQUEEZED = re.compile(rb"([0-9a-f]{4})>([0-9]{3,})<")
_FONT = re.compile(rb"/(\w+) (\S+) Tf")


def declare(pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint's PDF, which has no types
    """Draw every squeezed character of a finished PDF in a twin of its font."""
    twins: dict[tuple[bytes, int], set[int]] = {}
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and b"BT" in stream.stream:
            stream.stream = list(_drawn(stream.stream, twins))
    fonts = next((entry for entry in pdf.objects if _names_fonts(entry, twins)), None)
    if fonts is None:
        return
    for (name, step), glyphs in sorted(twins.items()):
        fonts[_twin_name(name, step).decode()] = _add_twin(pdf, fonts[name.decode()], step, glyphs)


def _twin_name(name: bytes, step: int) -> bytes:
    return b"%s-%d" % (name, step)


def _names_fonts(entry: object, twins: dict[tuple[bytes, int], set[int]]) -> bool:
    return isinstance(entry, dict) and bool(twins) and all(name.decode() in entry for name, _ in twins)


def _drawn(parts: list[Any], twins: dict[tuple[bytes, int], set[int]]) -> Iterator[Any]:
    """The stream's parts, those with squeezed characters cut up; ``twins`` collects the glyphs by font and step."""
    name = size = b""
    for part in parts:
        if isinstance(part, bytes) and (font := _FONT.fullmatch(part)):
            name, size = font[1], font[2]
        if isinstance(part, bytes) and part.endswith(b"] TJ") and name:
            yield _SQUEEZED.sub(lambda match: _shown(match, name, size, twins), part)  # noqa: B023 - used at once
        else:
            yield part


def _shown(match: re.Match[bytes], name: bytes, size: bytes, twins: dict[tuple[bytes, int], set[int]]) -> bytes:
    glyph, back = match[1], int(match[2])
    step = round(back / _STEP) * _STEP
    twins.setdefault((name, step), set()).add(int(glyph, 16))
    twin = _twin_name(name, step)
    return b">] TJ /%s %s Tf [<%s>%d] TJ /%s %s Tf [<" % (twin, size, glyph, back - step, name, size)


def _add_twin(pdf: Any, reference: bytes, step: int, glyphs: set[int]) -> bytes:  # noqa: ANN401 - likewise
    """Add the twin of a font to the PDF, and return the twin's reference."""
    font = pdf.objects[int(reference.split()[0])]
    inner = pdf.objects[int(font["DescendantFonts"][0].split()[0])]
    widths = dict(_widths(inner["W"]))
    narrowed = [item for glyph in sorted(glyphs) for item in (glyph, pydyf.Array([widths[glyph] - step]))]
    narrow = pydyf.Dictionary({**inner, "W": pydyf.Array(narrowed)})
    pdf.add_object(narrow)
    twin = pydyf.Dictionary({**font, "DescendantFonts": pydyf.Array([narrow.reference])})
    pdf.add_object(twin)
    return bytes(twin.reference)


def _widths(array: list[Any]) -> Iterator[tuple[int, int]]:
    """Glyphs and widths from a PDF's list, in which a first glyph is followed by the widths from there on."""
    for first, widths in zip(array[::2], array[1::2], strict=True):
        yield from enumerate(widths, first)
