"""版记 at the end of a document: who gets copies, and who printed it when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.importing import wordings
from workplan.importing.marks import mark_at
from workplan.importing.piece import Paragraph, Table
from workplan.importing.wordings import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.importing.framed import Lines

    _Own = Paragraph | Table

#: 抄送 has at most so many lines.
_COPIES = 6


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: 抄送, 印发机关 and 印发日期, each as far as it is there."""

    cc: Lines = ()
    office: Lines = ()
    issued: Lines = ()


def imprint(pieces: Sequence[_Own]) -> tuple[Sequence[_Own], Imprint]:
    """版记, where a document ends with one: 抄送, and who printed it when; the rest before it."""
    last = pieces[-1] if pieces else None
    office: Lines = ()
    issued: Lines = ()
    words = told(last.text) if isinstance(last, Paragraph) else ""
    found = wordings.ISSUED.fullmatch(words) if words.endswith("印发") else None
    if isinstance(last, Paragraph) and found:
        pieces = pieces[:-1]
        office, issued = _halves(last) if found["office"] else ((), (last,))
        before = pieces[-1] if pieces else None
        if not office and isinstance(before, Paragraph) and wordings.is_organ(before.text):
            office, pieces = (before,), pieces[:-1]
    begin = _copies(pieces)
    cc = tuple(piece for piece in pieces[begin:] if isinstance(piece, Paragraph))
    return pieces[:begin], Imprint(cc, office, issued)


def _halves(last: Paragraph) -> tuple[Lines, Lines]:
    """Organ and date of one line as two paragraphs."""
    cut = wordings.DATE_BEGINS.search(last.text)
    at = cut.start() if cut else 0
    return (replace(last, text=last.text[:at]),), (replace(last, text=last.text[at:]),)


def _copies(pieces: Sequence[_Own]) -> int:
    """Where 抄送 begins, of which a few lines may end a document; its end for none."""
    for place in range(len(pieces) - 1, max(-1, len(pieces) - _COPIES), -1):
        piece = pieces[place]
        if not isinstance(piece, Paragraph) or mark_at(piece.text) is not None:
            break
        if wordings.COPIES.fullmatch(told(piece.text)):
            last = pieces[-1]
            stopped = isinstance(last, Paragraph) and told(last.text).endswith("。")
            return place if stopped else len(pieces)  # a plan prints no 抄送 without its stop
    return len(pieces)
