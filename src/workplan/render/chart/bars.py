"""What each unit carries, as bars by its roles: this year, last year, and how much of it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.render.chart.paper import BLACK, GREY, HATCHED, LINE, MARGIN, TEXT, WIDTH, Paper, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workplan.view.assignments import Load

#: Height of a bar, and of a row.
_BAR, _ROW = 9.0, 16.0
#: The widest column of names, and what the figures behind a bar take.
_NAMES, _FIGURES = 150.0, 92.0
_ROLES = (("牵头", BLACK), ("责任", HATCHED), ("配合", GREY))


@dataclass(frozen=True, slots=True)
class Compared:
    """What stands beside this year's loads: ``before`` has last year's by unit, ``done`` how many rows are, of how many."""

    before: Mapping[str, int] | None = None
    done: Mapping[str, tuple[int, int]] | None = None


def loads(title: str, loads: Sequence[Load], beside: Compared | None = None) -> bytes:
    """The picture of all loads in their order; ``title`` is the plan's."""
    beside = beside or Compared()
    before = beside.before or {}
    counts = {load.unit: (load.lead, load.responsible, load.support) for load in loads}
    told = "；".join(f"{unit}{_figures(count)}" for unit, count in counts.items())
    paper = Paper(title, "各单位承担任务情况", told)
    names = min(max((width(unit, TEXT) for unit in counts), default=0.0), _NAMES)
    left, most = MARGIN + names + 6, max((*(sum(count) for count in counts.values()), *before.values(), 1))
    step = (WIDTH - MARGIN - _FIGURES - left) / most
    _legend(paper, is_compared=beside.before is not None)
    for unit, count in counts.items():
        y = paper.height
        paper.text(unit, MARGIN + names, y + _BAR - 1.5, anchor="end", widest=names)
        _bar(paper, left, y, step, count)
        if beside.before is not None:
            at = left + before.get(unit, 0) * step
            paper.upright(at, y - 2, y + _BAR + 2, 1.6)
        behind = left + max(sum(count), before.get(unit, 0)) * step + 5
        paper.text(_behind(unit, count, beside), behind, y + _BAR - 1.5)
        paper.height += _ROW
    paper.upright(left, paper.height - _ROW * len(counts) - 4, paper.height - 4)
    _notes(paper, counts, before)
    return paper.svg()


def _figures(count: tuple[int, int, int]) -> str:
    shown = "、".join(f"{role}{number}" for (role, _), number in zip(_ROLES, count, strict=True) if number)
    return f"{sum(count)}项（{shown}）" if shown else "0项"


def _behind(unit: str, count: tuple[int, int, int], beside: Compared) -> str:
    """What stands behind a bar: its length, how that differs from last year's, and what is done."""
    words = f"{sum(count)}"
    if beside.before is not None:
        more = sum(count) - beside.before.get(unit, 0)
        words += f"（{'+' if more > 0 else '−' if more < 0 else '±'}{abs(more)}）"
    if beside.done is not None and unit in beside.done:
        done, rows = beside.done[unit]
        words += f"　完成{done}/{rows}"
    return words


def _bar(paper: Paper, left: float, y: float, step: float, count: tuple[int, int, int]) -> None:
    for (_, ink), number in zip(_ROLES, count, strict=True):
        if number:
            paper.box(left, y, (number * step, _BAR), ink)
            left += number * step


def _legend(paper: Paper, *, is_compared: bool) -> None:
    x: float = MARGIN
    for role, ink in _ROLES:
        paper.box(x, paper.height, (14, _BAR), ink)
        paper.text(role, x + 18, paper.height + _BAR - 1.5)
        x += 18 + width(role, TEXT) + 14
    if is_compared:
        paper.upright(x + 4, paper.height - 2, paper.height + _BAR + 2, 1.6)
        paper.text("上年合计（括号内为增减）", x + 10, paper.height + _BAR - 1.5)
    paper.text("单位：项次", WIDTH - MARGIN, paper.height + _BAR - 1.5, anchor="end")
    paper.height += 2 * _ROW


def _notes(paper: Paper, counts: Mapping[str, object], before: Mapping[str, int]) -> None:
    """Units that carried something last year and carry nothing now."""
    gone = [f"{unit}（{number}项）" for unit, number in before.items() if number and unit not in counts]
    if gone:
        paper.height += LINE
        for line in wrapped(f"上年有任务、今年没有的单位：{'、'.join(gone)}。", WIDTH - 2 * MARGIN):
            paper.text(line, MARGIN, paper.height)
            paper.height += LINE
