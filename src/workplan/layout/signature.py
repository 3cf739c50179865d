"""署名与成文日期: where they stand at the right edge of the text block (GB/T 9704 7.3.5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.layout.masthead import cells

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROOM = 4.0  # 字 between the date and the right edge: 右空四字
_LINE = 28.0  # 字 in a line of the text block


def place(signature: Sequence[Sequence[str]], date: str) -> tuple[float, float]:
    """The width of the block that centres names over the date, and the room to its right, both in 字.

    The date keeps four 字 to its right unless a name is so long that it would leave the text block: then the block
    moves to the edge.
    """
    widest = min(max([cells(line) for lines in signature for line in lines], default=0.0), _LINE)
    dated = cells(date)
    room = max(0.0, _ROOM - max(0.0, widest - dated) / 2)
    return max(widest, dated), room
