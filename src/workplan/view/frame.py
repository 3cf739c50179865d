"""The paragraphs of the frame: what a key of the document or of a part says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.view import runs
from workplan.view.sequence import Element, Face, Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.language.scalar import Scalar
    from workplan.view.sequence import Run


def said(key: str, role: Role, printed: Iterable[Run], *, place: int = 1, owner: str = "document.") -> Paragraph:
    """A paragraph of the frame: its address is the key of the document, with its place where the key says several."""
    whole = f"{owner}{key}"
    return Paragraph((Element(whole if place == 1 else f"{whole}/{place}", role, tuple(printed), whole),))


def line(key: str, role: Role, scalar: Scalar | None, face: Face = Face.FANGSONG) -> Paragraph | None:
    """What a key says in one paragraph; None where it is not given, or for nothing."""
    printed = tuple(runs.paragraphs(scalar, face))
    return said(key, role, printed) if printed else None


def plain(key: str, role: Role, scalar: Scalar | None, owner: str = "document.") -> Iterator[Paragraph]:
    """What a key says, paragraph by paragraph."""
    for place, run in enumerate(runs.paragraphs(scalar), 1):
        yield said(key, role, (run,), place=place, owner=owner)
