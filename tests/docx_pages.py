"""Reads a printed document: where its text stands and where there is ink, in millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MM = 25.4 / 72
DPI = 300


class Pages:
    """A printed document: where its text stands, and the ink of its pages."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reader = PdfReader(path)
        self._pdf = pypdfium2.PdfDocument(path)
        self._rows: dict[int, tuple[int, list[bytes]]] = {}

    def __len__(self) -> int:
        return len(self._reader.pages)

    def size(self, page: int) -> tuple[int, int]:
        box = self._reader.pages[page].mediabox
        return round(float(box.width) * MM), round(float(box.height) * MM)

    def lines(self, page: int) -> list[tuple[float, float, str]]:
        """Every line: its baseline from the top, its left end, its text; the page number's line is the last."""
        found: dict[float, tuple[float, str]] = {}
        height = float(self._reader.pages[page].mediabox.height)

        def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
            if text.strip():
                base = round((height - (tm[5] * cm[3] + cm[5])) * MM, 2)
                left = (tm[4] * cm[0] + cm[4]) * MM
                start, before = found.get(base, (left, ""))
                found[base] = (min(start, left), before + text.strip())

        self._reader.pages[page].extract_text(visitor_text=visit)
        return sorted((base, left, text) for base, (left, text) in found.items())

    def text(self, page: int) -> list[tuple[float, float, str]]:
        """The lines of the text block."""
        return [line for line in self.lines(page) if line[0] < 263]

    def _ink(self, page: int) -> tuple[int, list[bytes]]:
        if page not in self._rows:
            bitmap = self._pdf[page].render(scale=DPI / 72, grayscale=True)
            dark = bytes(bitmap.buffer).translate(bytes([1] * 200 + [0] * 56))
            rows = [dark[row * bitmap.stride :][: bitmap.width] for row in range(bitmap.height)]
            self._rows[page] = bitmap.width, rows
        return self._rows[page]

    def ink(self, page: int, top: float, bottom: float, left: float = 0, right: float = 297) -> tuple[float, ...]:
        """The edges of what is printed in a part of the page: top, bottom, left, right."""
        _, rows = self._ink(page)
        unit = 25.4 / DPI
        cut = [row[int(left / unit) : int(right / unit)] for row in rows[int(top / unit) : int(bottom / unit)]]
        inked = [place for place, row in enumerate(cut) if 1 in row]
        return (
            top + inked[0] * unit,
            top + (inked[-1] + 1) * unit,
            left + min(cut[place].find(1) for place in inked) * unit,
            left + (max(cut[place].rfind(1) for place in inked) + 1) * unit,
        )

    def rules(self, page: int) -> list[tuple[float, float, float, float]]:
        """Horizontal rules of more than 100 mm: upper and lower edge, left and right end."""
        return list(self._rules(page))

    def _rules(self, page: int) -> Iterator[tuple[float, float, float, float]]:
        _, rows = self._ink(page)
        unit, began = 25.4 / DPI, None
        for place, row in enumerate(rows):
            ruled = row.count(1) * unit > 100
            if ruled and began is None:
                began = place
            elif not ruled and began is not None:
                first = rows[began]
                yield began * unit, place * unit, first.find(1) * unit, (first.rfind(1) + 1) * unit
                began = None
