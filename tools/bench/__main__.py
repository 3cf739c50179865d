"""workplan beside others, in one run, taking turns: ``make bench``, or ``python tools/bench [--runs N] [--sizes 2022,20] [--write]``.

Each line of the table is one whole call, start-up included: processor time, time on the clock and peak memory, medians.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # `python tools/bench` puts this folder itself there

from bench import plans, rivals
from bench.run import Cost, as_installed, cost

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"
#: The name of the example among the sizes.
EXAMPLE = "2022"
#: PDF of more tasks than this is left out unless it is asked for: it takes many minutes.
_PDF = 200


def calls(plan: str, *, with_pdf: bool) -> dict[str, dict[str, tuple[str, ...]]]:
    """What is compared, by subject: the arguments of Python for workplan, and for the other."""
    other = rivals.__file__

    def build(group: tuple[str, ...], form: str) -> tuple[str, ...]:
        return ("-m", "workplan", "build", plan, "--force", "--format", form, *group, "-o", "built")

    compared = {
        "check": {"workplan": ("-m", "workplan", "check", plan), "PyYAML, C loader": (other, "yaml", plan)},
        "official DOCX": {"workplan": build(("--only", "official"), "docx"), "docxtpl": (other, "docxtpl")},
    }
    if with_pdf:
        for name, group in (("official", ("--only", "official")), ("sheets", ("--only", "sheets")), ("all", ())):
            title = {"official": "official PDF", "sheets": "all sheets, PDF", "all": "official and sheets, PDF"}[name]
            compared[title] = {"workplan": build(group, "pdf"), "typst": (other, "typst", name)}
    return compared


def measured(compared: dict[str, tuple[str, ...]], folder: Path, runs: int) -> dict[str, Cost]:
    """The median costs of the calls of a subject, which take turns."""
    taken: dict[str, list[Cost]] = {name: [] for name in compared}
    for _ in range(runs):
        for name, call in compared.items():
            for made in ("built", "typst"):
                shutil.rmtree(folder / made, ignore_errors=True)
            taken[name].append(cost(call, folder))
    return {
        name: Cost(*(statistics.median(getattr(one, field) for one in costs) for field in Cost.__slots__))
        for name, costs in taken.items()
    }


def rows(sizes: list[str], runs: int, *, pdf: int) -> list[str]:
    """The lines of the table, told as they come."""
    lines = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="workplan-") as name:
            folder = Path(name)
            if size == EXAMPLE:
                shutil.copytree(ROOT / "plan", folder / "plan")
            else:
                plans.write(folder, int(size), plans.SIZES[int(size)])
            cost((rivals.__file__, "prepare", f"plan/{EXAMPLE}"), folder)
            told = "plan/2022" if size == EXAMPLE else f"{int(size):,} tasks, {plans.SIZES[int(size)]} units"
            with_pdf = size == EXAMPLE or int(size) <= pdf
            for subject, compared in calls(f"plan/{EXAMPLE}", with_pdf=with_pdf).items():
                costs = measured(compared, folder, runs)
                least = list(costs.values())[1].processor
                for program, one in costs.items():
                    ratio = f"{one.processor / least:.1f}"
                    lines.append(
                        f"| {told} | {subject} | {program} | {one.processor:.2f} | {ratio} | {one.wall:.2f} | {one.memory:.0f} |"
                    )
                    print(lines[-1], flush=True)
    return lines


def page(lines: list[str], runs: int) -> str:
    """The page of results."""
    cores, memory = os.cpu_count(), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    info = Path("/proc/cpuinfo")
    names = [line.partition(": ")[2] for line in info.read_text().splitlines() if line.startswith("model name")]
    machine = f"{names[0] if names else platform.processor()}, {cores} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}"
    used = ", ".join(f"{name} {version(name)}" for name in ("workplan", "typst", "PyYAML", "docxtpl", "weasyprint"))
    return f"""# Benchmarks

Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}; it measures again on any machine. Medians of {runs} runs in which the programs took turns.

- Machine: {machine}; Python {platform.python_version()}.
- Releases: {used}.
- Each line is a whole call, start-up included, nothing kept from an earlier one: `workplan build --force`, with its sources
  compiled as pip does when it installs. The others are handed the text worded beforehand and set nothing but it: typst with its fonts loaded once and templates of equal content
  (`tools/bench/*.typ`), docxtpl with a plain template of one paragraph, PyYAML loading the same files.
- Processor: seconds of all processes together. Times: by how much that is more than the other's. Memory: of the largest process.

| Plan | What | Program | Processor, s | Times | Clock, s | Memory, MB |
| --- | --- | --- | ---: | ---: | ---: | ---: |
{chr(10).join(lines)}
"""


def main() -> int:
    """Measure; with ``--write`` the page of results is written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", default=",".join((EXAMPLE, *map(str, plans.SIZES))))
    parser.add_argument("--pdf", type=int, default=_PDF, help="largest number of tasks of which PDFs are made")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    given = parser.parse_args()
    as_installed()
    lines = rows(given.sizes.split(","), given.runs, pdf=given.pdf)
    if given.write:
        PAGE.write_text(page(lines, given.runs), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
