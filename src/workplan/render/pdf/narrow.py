"""Makes readers of a PDF see squeezed marks as narrow, not as overlapping their neighbours.

A mark gives its blank half to the line by having the next character drawn over it. Programs that extract text from a PDF go
by the widths that it declares: they would see two characters at one place and break the line there. So a character that has
much less space than its width is drawn in a twin of its font, the same glyphs with smaller widths, declared and in the font file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]  # WeasyPrint's writer, which has no types

from workplan.resources import harfbuzz

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workplan.render.pdf.drawn import Face

#: Thousandths of the size of type: widths are narrowed by multiples of this. Programs take up to 100 for kerning.
_STEP = 150
#: The least width: a mark may be drawn over whole, and without any width PDFium passes it over.
_LEAST = 20
#: A glyph and what is taken from the space behind it, before another glyph or at the end of its text.
_SQUEEZED = re.compile(rb"([0-9a-f]{4})>([0-9]{3,})(<|(?=\] TJ$))")
_FONT = re.compile(rb"/(\w+) (\S+) Tf")


def declare(pdf: Any, faces: Mapping[bytes, Face]) -> None:  # noqa: ANN401 - WeasyPrint's PDF, which has no types
    """Draw every squeezed character of a finished PDF in a twin of its font; ``faces`` are its fonts by name."""
    twins: dict[tuple[bytes, int], set[int]] = {}
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and b"BT" in stream.stream:
            stream.stream = list(_drawn(stream.stream, faces, twins))
    fonts = next((entry for entry in pdf.objects if _names_fonts(entry, twins)), None)
    if fonts is None:
        return
    for (name, step), glyphs in sorted(twins.items()):
        fonts[_twin_name(name, step).decode()] = _add_twin(pdf, fonts[name.decode()], step, glyphs)


def _twin_name(name: bytes, step: int) -> bytes:
    return b"%s-%d" % (name, step)


def _names_fonts(entry: object, twins: dict[tuple[bytes, int], set[int]]) -> bool:
    return isinstance(entry, dict) and bool(twins) and all(name.decode() in entry for name, _ in twins)


def _drawn(parts: list[Any], faces: Mapping[bytes, Face], twins: dict[tuple[bytes, int], set[int]]) -> Iterator[Any]:
    """The stream's parts, those with squeezed characters cut up; ``twins`` collects the glyphs by font and step."""
    name = size = b""

    def shown(match: re.Match[bytes]) -> bytes:
        glyph, back = match[1], int(match[2])
        step = min(round(back / _STEP) * _STEP, int(faces[name].widths[int(glyph, 16)]) - _LEAST)
        twins.setdefault((name, step), set()).add(int(glyph, 16))
        twin = _twin_name(name, step)
        return b">] TJ /%s %s Tf [<%s>%d] TJ /%s %s Tf [%s" % (twin, size, glyph, back - step, name, size, match[3])

    for part in parts:
        if isinstance(part, bytes) and (font := _FONT.fullmatch(part)):
            name, size = font[1], font[2]
        if isinstance(part, bytes) and part.endswith(b"] TJ") and name:
            # PDFium takes no notice of a number before a string with nothing in it.
            yield _SQUEEZED.sub(shown, part).replace(b"<>", b" ")
        else:
            yield part


def _add_twin(pdf: Any, reference: bytes, step: int, glyphs: set[int]) -> bytes:  # noqa: ANN401 - likewise
    """Add the twin of a font to the PDF, with a font file of its own, and return the twin's reference."""
    font = _of(pdf, reference)
    inner = _of(pdf, font["DescendantFonts"][0])
    name = _twin_base(font["BaseFont"], step)
    describing = pydyf.Dictionary({**_of(pdf, inner["FontDescriptor"]), "FontName": name})
    for key in ("FontFile2", "FontFile3"):
        if key in describing:
            describing[key] = _narrow_file(pdf, describing[key], glyphs, step)
    widths = dict(_widths(inner["W"]))
    narrowed = [item for glyph in sorted(glyphs) for item in (glyph, pydyf.Array([widths[glyph] - step]))]
    narrow = {**inner, "BaseFont": name, "W": pydyf.Array(narrowed), "FontDescriptor": _add(pdf, describing)}
    descendants = pydyf.Array([_add(pdf, pydyf.Dictionary(narrow))])
    return _add(pdf, pydyf.Dictionary({**font, "BaseFont": name, "DescendantFonts": descendants}))


def _of(pdf: Any, reference: bytes) -> Any:  # noqa: ANN401 - likewise
    return pdf.objects[int(reference.split()[0])]


def _add(pdf: Any, entry: Any) -> bytes:  # noqa: ANN401 - likewise
    pdf.add_object(entry)
    return bytes(entry.reference)


def _twin_base(name: bytes, step: int) -> bytes:
    """The name of a twin: the prefix tells subsets of a face apart (ISO 32000-1, 9.6.4), and each is another one."""
    letters = bytes((letter - ord("A") + step) % 26 + ord("A") for letter in name[1:7])
    return b"/" + letters + name[7:]


def _narrow_file(pdf: Any, reference: bytes, glyphs: set[int], step: int) -> bytes:  # noqa: ANN401 - likewise
    """The font file of a twin; where its widths cannot be changed, that of the font, whose glyphs look the same."""
    file = _of(pdf, reference)
    try:
        data = harfbuzz.picked_narrow(b"".join(file.stream), glyphs, step)
    except ValueError:
        return reference
    extra = {**file.extra, "Length1": len(data)} if "Length1" in file.extra else file.extra
    return _add(pdf, pydyf.Stream([data], pydyf.Dictionary(extra), compress=file.compress))


def _widths(array: list[Any]) -> Iterator[tuple[int, int]]:
    """Glyphs and widths from a PDF's list, in which a first glyph is followed by the widths from there on."""
    for first, widths in zip(array[::2], array[1::2], strict=True):
        yield from enumerate(widths, first)
