"""How long the PDFs of a plan take: ``python tools/benchmark.py [PLAN]`` prints seconds on this machine."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from workplan import view
from workplan.compiler import compile_plan
from workplan.resources.templates import Templates
from workplan.source import find_plan


def main() -> int:
    """Time the import, the official document (first and again) and all task sheets."""
    plan = compile_plan(find_plan(sys.argv[1] if len(sys.argv) > 1 else None, Path.cwd())).plan
    if plan is None:
        print("the plan does not compile: run `workplan check`")
        return 1
    official = view.official(plan)
    sheets = view.sheets(plan, [load.unit for load in view.loads(plan)])
    started = time.perf_counter()
    from workplan.render import pdf  # noqa: PLC0415 - its import is what is timed

    marks = [("import", time.perf_counter())]
    for name in ("official.pdf, first", "official.pdf, again"):
        pdf.official(official, Templates())
        marks.append((name, time.perf_counter()))
    written = list(pdf.sheets(sheets, Templates()))
    marks.append((f"{len(written)} sheets", time.perf_counter()))
    for name, at in marks:
        print(f"{name:<20} {at - started:6.2f} s")
        started = at
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
