"""How the time of single steps grows with what they are given: ``python tools/benchmark_growth.py`` prints seconds and the exponent.

An exponent of 1 is in step with the size, one of 2 is its square. Seconds are those of the processor, the best of three.
"""

from __future__ import annotations

import math
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from workplan import view
from workplan.compiler import compile_plan
from workplan.language.scalar import File
from workplan.language.syntax import parse
from workplan.render import docx
from workplan.resources import fonts, harfbuzz
from workplan.resources.templates import Templates
from workplan.source import find_plan

if TYPE_CHECKING:
    from collections.abc import Callable

#: Deep and endless files (``tests/test_syntax.py`` sees that they are refused).
HOSTILE = ("[", "{a: ", "- ", "? ")


def check_glyphs(count: int) -> None:
    """Look so many characters up in the faces of the body, none of them known from before."""
    harfbuzz.glyph.cache_clear()
    fonts.unprintable(chr(code) for code in range(0x4E00, 0x4E00 + count))


def print_sheets(count: int) -> None:
    """Make so many task sheets of the example as DOCX."""
    plan = compile_plan(find_plan("2022", Path.cwd())).plan
    assert plan is not None  # noqa: S101 - the example compiles
    sheets = view.sheets(plan, [load.unit for load in view.loads(plan)])
    for sheet in islice(cycle(sheets), count):
        docx.sheet(sheet, Templates())


def refuse(count: int) -> None:
    """Read hostile files with so many levels."""
    for opening in HOSTILE:
        parse(File("hostile.yaml", opening * count))


def seconds(work: Callable[[int], None], count: int) -> float:
    """The time of a step for one size."""
    taken = []
    for _ in range(3):
        started = time.process_time()
        work(count)
        taken.append(time.process_time() - started)
    return min(taken)


def main() -> int:
    """Time each step for a size and for ten times as much."""
    cases = (("glyphs of characters", check_glyphs, 800), ("DOCX sheets", print_sheets, 13))
    for name, work, size in (*cases, ("levels of hostile files", refuse, 10_000)):
        less, more = seconds(work, size), seconds(work, 10 * size)
        print(f"{name:<24} {size:6} {less:7.3f} s  {10 * size:6} {more:7.3f} s  exponent {math.log10(more / less):.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
