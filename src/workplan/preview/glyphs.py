"""The pages of a finished PDF as PDFium sees them: where every character stands, and the picture of a page.

PDFium knows no threads: whoever asks holds ``PDFIUM``.
"""

from __future__ import annotations

import ctypes
import io
import math
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from workplan.measure.reader import characters

if TYPE_CHECKING:
    from collections.abc import Iterator

PDFIUM = threading.RLock()


class Glyph(NamedTuple):
    """One character and its em box, in points from the page's upper left corner; ``size`` is that of its face."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size in points, and its characters in the order in which they were drawn."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]


class Opened:
    """A PDF that PDFium keeps open for its pictures, until ``close``."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        with PDFIUM:
            self._file: Any = pypdfium2.PdfDocument(content)
            self.count = len(self._file)

    def close(self) -> None:
        """Give its memory back."""
        with PDFIUM:
            if self._file is not None:
                self._file.close()
                self._file = None

    def page(self, number: int) -> Page:
        """A page, counted from 1, with its characters."""
        with PDFIUM:
            page = self._file[number - 1]
            text = page.get_textpage()
            try:
                width, height = page.get_size()
                return Page(width, height, tuple(_glyphs(text, height)))
            finally:
                text.close()
                page.close()

    def picture(self, number: int, scale: float) -> bytes:
        """A page as PNG, ``scale`` pixels a point; raises KeyError where the file is closed."""
        with PDFIUM:
            if self._file is None:
                raise KeyError(number)
            page = self._file[number - 1]
            bitmap = page.render(scale=scale)
            try:
                image = bitmap.to_pil().convert("RGB")
            finally:
                bitmap.close()
                page.close()
        out = io.BytesIO()
        # What is seen once and over the loopback is better quickly made than small.
        image.save(out, "PNG", compress_level=1)
        return out.getvalue()


def _glyphs(text: Any, height: float) -> Iterator[Glyph]:  # noqa: ANN401 - PDFium's objects have no types
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    for index, character in characters(text):
        if not character:
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        yield Glyph(
            text=character,
            left=x.value,
            top=height - box.top,
            right=box.right,
            bottom=height - box.bottom,
            baseline=height - y.value,
            size=size,
        )
