"""A PDF as it was drawn: its bytes, and what other formats of fixed pages are made of, operation by operation.

What is kept is what WeasyPrint wrote down anyway; nobody looks at it unless such a format is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workplan.lengths import Pt, Px, px_to_pt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Face:
    """A font as it is embedded: its file, and the width (in thousandths of the size) and the text of each glyph."""

    name: str
    family: str
    data: bytes
    widths: Mapping[int, float]
    texts: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its size, and its operations as PDF has them (ISO 32000-1, annex A)."""

    width: Pt
    height: Pt
    operations: Sequence[object]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline: the page that it leads to, from 0, how far below its top, and the entries below it."""

    title: str
    page: int
    down: Pt
    below: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document: ``content`` is the PDF, ``faces`` are known by the names that the operations have for them."""

    content: bytes
    sheets: tuple[Sheet, ...]
    faces: Mapping[bytes, Face]
    outline: tuple[Entry, ...]
    title: str
    authors: tuple[str, ...]

    @classmethod
    def of(cls, content: bytes, document: Any, sheets: tuple[Sheet, ...], faces: Mapping[bytes, Face]) -> Drawn:  # noqa: ANN401 - WeasyPrint has no types
        """A document that is written."""
        known = document.metadata
        return cls(
            content=content,
            sheets=sheets,
            faces=faces,
            outline=_outline(document),
            title=known.title or "",
            authors=tuple(known.authors),
        )


def sheets(pdf: Any) -> tuple[Sheet, ...]:  # noqa: ANN401 - WeasyPrint's PDF, which has no types
    """The pages of a PDF whose streams are not packed yet."""
    made = []
    for reference in pdf.page_references:
        page = pdf.objects[int(reference.split()[0])]
        left, top, right, bottom = page["MediaBox"]
        stream = pdf.objects[int(page["Contents"].split()[0])]
        made.append(Sheet(Pt(right - left), Pt(bottom - top), tuple(stream.stream)))
    return tuple(made)


def faces(document: Any) -> dict[bytes, Face]:  # noqa: ANN401 - likewise
    """The fonts of a document while it is written, when they are embedded, by the names that its pages have for them."""
    found: dict[bytes, Face] = {}
    for font in document.fonts.values():
        known = found.get(font.hash.encode())
        found[font.hash.encode()] = Face(
            name=font.name.partition(b"+")[2].decode("utf-8", "replace"),
            family=font.family,
            data=known.data if known else font.file_content,
            widths={**known.widths, **font.widths} if known else font.widths,
            texts={**known.texts, **font.to_unicode} if known else font.to_unicode,
        )
    return found


def _outline(document: Any) -> tuple[Entry, ...]:  # noqa: ANN401 - likewise
    """The headings of a document as they lie below each other."""

    def entries(given: Any) -> tuple[Entry, ...]:  # noqa: ANN401 - likewise
        return tuple(
            Entry(title, page, px_to_pt(Px(down)), entries(below)) for title, (page, _, down), below, _ in given
        )

    return entries(document.make_bookmark_tree())
