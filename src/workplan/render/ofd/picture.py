"""Pages of a PDF as pictures, without their text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from workplan.lengths import Pt, pt_to_dots

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Dots to the inch: what printing needs.
_RESOLUTION = 300


def of_pages(content: bytes, places: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """The pages of those places, from 0, each as a PNG."""
    opened = pypdfium2.PdfDocument(content)
    try:
        for place in places:
            page = opened[place]
            for text in list(page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=1)):
                page.remove_obj(text)
            picture = page.render(scale=pt_to_dots(Pt(1), _RESOLUTION)).to_pil().convert("RGB")
            target = io.BytesIO()
            picture.save(target, "PNG")
            yield place, target.getvalue()
    finally:
        opened.close()
