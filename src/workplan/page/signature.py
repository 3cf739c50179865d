"""署名与成文日期: where they stand at the right edge of the text block (GB/T 9704 7.3.5.1 and 7.3.5.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells
from workplan.page.geometry import MEASURE, MM, PITCH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SEALED, _UNSEALED = 4.0, 2.0  # 字 between date or name and the right edge: 右空四字, 右空二字
_LINE = 28.0  # 字 in a line of the text block
_SEAL = 43 * MM  # a seal is 42 mm wide; two must not touch
_USUAL_DATE = "2022年6月29日"
_IN_A_ROW = 3  # seals
_ROOM = 18  # lines that several signatories and the date may take, so that text stands with them on the page


def place(signature: Sequence[Sequence[str]], date: str) -> tuple[float, float]:
    """The width of the block that centres names over the date, and the room to its right, both in 字.

    The date keeps four 字 to its right unless a name is so long that it would leave the text block: then the block
    moves to the edge.
    """
    widest = min(max([cells(line) for lines in signature for line in lines], default=0.0), _LINE)
    dated = cells(date)
    room = max(0.0, _SEALED - max(0.0, widest - dated) / 2)
    return max(widest, dated), room


@dataclass(frozen=True, slots=True)
class SignaturePiece:
    """A name, a line of one or the date, and the room in points before it: from the left edge or the piece before."""

    room: float
    text: str


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A line of signatures, with the blank lines above it."""

    blank: int
    pieces: tuple[SignaturePiece, ...]


@dataclass(frozen=True, slots=True)
class Ruler:
    """What widths are measured with: a text's width in points, and that of a 字 with the room after it."""

    width: Callable[[str], float]
    em: float


def rows(
    signature: Sequence[Sequence[str]], date: str, rule: Ruler, *, seal: bool, close: bool = False
) -> tuple[SignatureRow, ...]:
    """The lines of signatures and date in order; ``signature`` holds the printed lines of every signatory.

    ``close`` leaves no room between rows of seals, for a page that would not hold them otherwise.
    """
    if not seal:
        return _unsealed(signature, date, rule)
    if len(signature) > 1 and all(len(lines) == 1 for lines in signature):
        found = _in_rows([lines[0] for lines in signature], date, rule)
    else:
        found = _stacked(signature, date, rule)
    return tuple(replace(row, blank=0) for row in found) if close else found


def _middle(texts: Sequence[str], date: str, rule: Ruler) -> float:
    """Where names and date are centred: the date keeps its four 字 unless a name would then leave the text block."""
    dated = rule.width(date or _USUAL_DATE)
    widest = max(map(rule.width, (*texts, date)))
    return max(min(MEASURE - _SEALED * rule.em - dated / 2, MEASURE - widest / 2), widest / 2)


def _row(texts: Sequence[str], middles: Sequence[float], rule: Ruler, blank: int = 0) -> SignatureRow:
    """Texts side by side, each centred on its middle."""
    pieces = []
    end = 0.0
    for text, middle in zip(texts, middles, strict=True):
        left = middle - rule.width(text) / 2
        pieces.append(SignaturePiece(left - end, text))
        end = left + rule.width(text)
    return SignatureRow(blank, tuple(pieces))


def _apart(count: int, lines: int) -> int:
    """How many blank lines keep the seals of ``count`` rows apart: enough for one to fit, fewer if the page has no room."""
    wanted = int(_SEAL / PITCH)
    return min(wanted, max((_ROOM - lines) // max(count - 1, 1), 0))


def _stacked(signature: Sequence[Sequence[str]], date: str, rule: Ruler) -> tuple[SignatureRow, ...]:
    texts = [line for lines in signature for line in lines]
    middle = _middle(texts, date, rule)
    apart = _apart(len(signature), len(texts))
    found = [
        _row([line], [middle], rule, apart if place and not at else 0)
        for place, lines in enumerate(signature)
        for at, line in enumerate(lines)
    ]
    return (*found, *([_row([date], [middle], rule)] if date else ()))


def _in_rows(names: Sequence[str], date: str, rule: Ruler) -> tuple[SignatureRow, ...]:
    """Several signatories in rows of three or two where their seals have room side by side; the last above the date."""
    middle = _middle(names, date, rule)
    widest = max(map(rule.width, names))
    for count in range(min(_IN_A_ROW, len(names)), 1, -1):
        step = min((middle - widest / 2) / (count - 1), MEASURE / count)
        if step >= max(widest + rule.em, _SEAL):
            break
    else:
        return _stacked([[name] for name in names], date, rule)
    groups = [names[start : start + count] for start in range(0, len(names), count)]
    apart = _apart(len(groups), len(groups))
    found = []
    for place, group in enumerate(groups):
        middles = [middle - step * back for back in range(len(group) - 1, -1, -1)]
        if place < len(groups) - 1 or len(groups) == 1:
            middles = [middle - step * (count - 1 - at) for at in range(len(group))]
        found.append(_row(group, middles, rule, apart if place else 0))
    return (*found, *([_row([date], [middle], rule)] if date else ()))


def _unsealed(signature: Sequence[Sequence[str]], date: str, rule: Ruler) -> tuple[SignatureRow, ...]:
    """The longest name keeps two 字 to the right, and so does the date where it ends further right than the name."""
    texts = [line for lines in signature for line in lines]
    right = MEASURE - _UNSEALED * rule.em
    step = _UNSEALED * rule.em if texts else 0.0
    left = right - max(map(rule.width, texts), default=0.0)
    if date:
        left = min(left, right - rule.width(date) - step)
    left = max(left, 0.0)
    found = [SignatureRow(0, (SignaturePiece(left, text),)) for text in texts]
    return (*found, *([SignatureRow(0, (SignaturePiece(left + step, date),))] if date else ()))
