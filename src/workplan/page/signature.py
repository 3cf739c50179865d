"""署名与成文日期: where they stand at the right edge of the text block (GB/T 9704 7.3.5.1 and 7.3.5.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.lengths import Mm, Pt, em_to_pt, mm_to_pt
from workplan.page.dimensions import DATE_SHIFT, MEASURE, PITCH, SEALED_INDENT, UNSEALED_INDENT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: The distance between the middles of two seals, which are 42 mm wide and must not touch.
_SEAL = mm_to_pt(Mm(43))
#: The date for which a document without one leaves room.
_USUAL_DATE = "2022年6月29日"
#: Largest number of seals side by side.
_IN_A_ROW = 3
#: Largest number of lines for several signatories and the date, so that text stands with them on the page.
_MOST_LINES = 18


@dataclass(frozen=True, slots=True)
class SignaturePiece:
    """A name, a line of one, or the date; ``room`` is the space in points from the left edge or the piece before it."""

    room: Pt
    text: str


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A line of signatures, with the number of blank lines above it."""

    blank: int
    pieces: tuple[SignaturePiece, ...]


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures texts in points; ``pitch`` is the width of a 字 with the space after it."""

    width: Callable[[str], Pt]
    pitch: Pt


def rows(
    signature: Sequence[Sequence[str]], date: str, ruler: Ruler, *, seal: bool, close: bool = False
) -> tuple[SignatureRow, ...]:
    """The lines of signatures and date in order; ``signature`` has the printed lines of every signatory.

    ``close`` leaves no blank lines between rows of seals, for a page that would not hold them otherwise.
    """
    if not seal:
        return _unsealed(signature, date, ruler)
    if len(signature) > 1 and all(len(lines) == 1 for lines in signature):
        signed = _side_by_side([lines[0] for lines in signature], date, ruler)
    else:
        signed = _stacked(signature, date, ruler)
    return tuple(replace(row, blank=0) for row in signed) if close else signed


def _middle(texts: Sequence[str], date: str, ruler: Ruler) -> Pt:
    """Where names and date are centred: the date keeps its four 字 unless a name would then leave the text block."""
    of_date = ruler.width(date or _USUAL_DATE)
    widest = max(map(ruler.width, (*texts, date)))
    indent = em_to_pt(SEALED_INDENT, ruler.pitch)
    return Pt(max(min(MEASURE - indent - of_date / 2, MEASURE - widest / 2), widest / 2))


def _row(texts: Sequence[str], middles: Sequence[float], ruler: Ruler, blank: int = 0) -> SignatureRow:
    """Texts side by side, each centred on its middle (in points)."""
    pieces = []
    end = 0.0
    for text, middle in zip(texts, middles, strict=True):
        left = middle - ruler.width(text) / 2
        pieces.append(SignaturePiece(Pt(left - end), text))
        end = left + ruler.width(text)
    return SignatureRow(blank, tuple(pieces))


def _blank_lines(count: int, lines: int) -> int:
    """Number of blank lines that keep the seals of ``count`` rows apart; fewer where ``lines`` leave the page no room."""
    wanted = int(_SEAL / PITCH)
    return min(wanted, max((_MOST_LINES - lines) // max(count - 1, 1), 0))


def _stacked(signature: Sequence[Sequence[str]], date: str, ruler: Ruler) -> tuple[SignatureRow, ...]:
    """Every line of every signatory in a row of its own, above the date."""
    texts = [line for lines in signature for line in lines]
    middle = _middle(texts, date, ruler)
    blank = _blank_lines(len(signature), len(texts))
    names = [
        _row([line], [middle], ruler, blank if number and not place else 0)
        for number, lines in enumerate(signature)
        for place, line in enumerate(lines)
    ]
    return (*names, *([_row([date], [middle], ruler)] if date else ()))


def _side_by_side(names: Sequence[str], date: str, ruler: Ruler) -> tuple[SignatureRow, ...]:
    """Several signatories in rows of three or two where their seals have room side by side; the last above the date."""
    middle = _middle(names, date, ruler)
    widest = max(map(ruler.width, names))
    for count in range(min(_IN_A_ROW, len(names)), 1, -1):
        step = min((middle - widest / 2) / (count - 1), MEASURE / count)
        if step >= max(widest + ruler.pitch, _SEAL):
            break
    else:
        return _stacked([[name] for name in names], date, ruler)
    groups = [names[start : start + count] for start in range(0, len(names), count)]
    blank = _blank_lines(len(groups), len(groups))
    signed = []
    for number, group in enumerate(groups):
        middles = [middle - step * back for back in range(len(group) - 1, -1, -1)]
        if number < len(groups) - 1 or len(groups) == 1:
            middles = [middle - step * (count - 1 - place) for place in range(len(group))]
        signed.append(_row(group, middles, ruler, blank if number else 0))
    return (*signed, *([_row([date], [middle], ruler)] if date else ()))


def _unsealed(signature: Sequence[Sequence[str]], date: str, ruler: Ruler) -> tuple[SignatureRow, ...]:
    """The longest name keeps two 字 to the right, and so does the date where it ends further right than the name."""
    texts = [line for lines in signature for line in lines]
    right = MEASURE - em_to_pt(UNSEALED_INDENT, ruler.pitch)
    shift = em_to_pt(DATE_SHIFT, ruler.pitch) if texts else 0.0
    left = right - max(map(ruler.width, texts), default=0.0)
    if date:
        left = min(left, right - ruler.width(date) - shift)
    left = max(left, 0.0)
    names = [SignatureRow(0, (SignaturePiece(Pt(left), text),)) for text in texts]
    return (*names, *([SignatureRow(0, (SignaturePiece(Pt(left + shift), date),))] if date else ()))
