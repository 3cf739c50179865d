"""How time and memory of single steps grow with the plan: ``python tools/benchmark_growth.py [STEP …] [--sizes 200,10000]``.

Plans of 20 to 10,000 tasks (26 to 500 units) are written; every step runs on each in a process of its own. What the same step
costs on a plan of one task, its start-up, is taken off. Printed are seconds of the processor, peak memory, and the exponents
between the first and the last size: 1 is in step with the size, 2 its square. The larger of two runs of the smallest is no
more than noise: only a difference in exponents above a tenth says something.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
from pathlib import Path

from bench.plans import SIZES, write
from bench.run import as_installed, cost

#: What every step begins with: ``plan`` is compiled, and objects are as rarely searched for cycles as by the command line.
_COMPILED = """
import gc
gc.set_threshold(100_000)
from pathlib import Path
from workplan import view
from workplan.compiler import compile_plan
from workplan.source import find_plan
plan = compile_plan(find_plan("plan/2022", Path.cwd())).plan
"""
_UNITS = "units = [load.unit for load in view.loads(plan)]\n"
_RENDER = "from workplan.resources.templates import Templates\nfrom workplan.render import {0}\n"
#: Steps that are a call of the command line, by the kind of plan and the arguments.
CALLS: dict[str, tuple[str, tuple[str, ...]]] = {
    "check": ("plain", ("check", "plan/2022")),
    "check, remarks": ("remarks", ("check", "plan/2022")),
    "check --fix": ("faulty", ("check", "--diff", "plan/2022")),
    "check, findings": ("faulty", ("check", "plan/2022")),
    "fmt": ("plain", ("fmt", "--diff", "plan/2022")),
    "tasks": ("plain", ("tasks", "plan/2022", "--format", "json")),
    "units": ("plain", ("units", "plan/2022", "--format", "json")),
    "diff": ("plain", ("diff", "plan/2022", "plan/2023", "--format", "json")),
}
#: Steps that are code after the compiling.
STEPS = {
    "compiled": "",
    "view.sheets": _UNITS + "view.sheets(plan, units)",
    "sheets as Markdown": _UNITS
    + _RENDER.format("markdown")
    + "for one in view.sheets(plan, units): markdown.sheet(one, Templates())",
    "matrix": "from workplan.render import xlsx\nxlsx.assignments(view.rows(plan), view.loads(plan), view.official(plan))",
    "official text": _RENDER.format("text") + "text.official(view.official(plan), Templates())",
    "official html": _RENDER.format("html") + "html.official(view.official(plan), Templates())",
    "official docx": _RENDER.format("docx") + "docx.official(view.official(plan), Templates())",
    "manifest": _UNITS
    + "from workplan.output import record\nfrom workplan.view.sheet import file_names\n"
    + "stems = file_names(units)\ndigests = {f'sheets/{stem}.{form}': '0' * 64 for stem in stems.values() for form in ('pdf', 'docx', 'md')}\n"
    + "record.manifest('2022', digests, stems)",
}


def plans(folder: Path, sizes: dict[int, int]) -> None:
    """Write the plans of every size and kind."""
    for tasks, units in {**sizes, 1: 1}.items():
        for kind in ("plain", "faulty", "remarks"):
            place = folder / f"{tasks}-{kind}"
            write(place, tasks, units, faulty=kind != "plain", remarks=kind == "remarks")
        write(folder / f"{tasks}-plain", tasks, units, year="2023")


def measured(name: str, folder: Path, tasks: int, runs: int) -> tuple[float, float]:
    """What a step costs for a size: medians of some runs."""
    kind, arguments = CALLS.get(name, ("plain", ()))
    call = ("-m", "workplan", *arguments) if arguments else ("-c", _COMPILED + STEPS[name])
    costs = [cost(call, folder / f"{tasks}-{kind}", (0, 1)) for _ in range(runs)]
    return statistics.median(one.processor for one in costs), statistics.median(one.memory for one in costs)


def report(name: str, folder: Path, sizes: list[int], runs: int) -> None:
    """Print the line of a step."""
    least = measured(name, folder, 1, runs)
    costs = [measured(name, folder, tasks, runs) for tasks in sizes]
    net = [tuple(max(one - own, 1e-9) for one, own in zip(each, least, strict=True)) for each in costs]
    span = math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 1
    time, memory = (math.log(net[-1][place] / net[0][place]) / span for place in (0, 1))
    told = "  ".join(
        f"{tasks}: {seconds:6.2f} s {room:5.0f} MB" for tasks, (seconds, room) in zip(sizes, costs, strict=True)
    )
    print(f"{name:<20} start {least[0]:.2f} s  {told}  exponents {time:.2f}, {memory:.2f}", flush=True)


def main() -> int:
    """Measure the steps that are named, all of them by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="*", choices=[[], *CALLS, *STEPS])
    parser.add_argument("--sizes", default=",".join(map(str, list(SIZES)[1:])))
    parser.add_argument("--runs", type=int, default=1)
    given = parser.parse_args()
    sizes = [int(one) for one in given.sizes.split(",")]
    as_installed()
    with tempfile.TemporaryDirectory(prefix="workplan-") as name:
        plans(Path(name), {tasks: SIZES.get(tasks, max(26, tasks // 20)) for tasks in sizes})
        for step in given.steps or (*CALLS, *STEPS):
            report(step, Path(name), sizes, given.runs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
