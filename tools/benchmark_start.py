"""What a start costs: ``python tools/benchmark_start.py [RUNS]`` prints processor seconds, best and median.

Beside each call of workplan stands the least that such a call could cost: a program with two commands that shows help
of the same size, and a script that compiles the same plan and does nothing else. All take turns, so that what else the
machine does meets them alike.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKPLAN = (sys.executable, "-m", "workplan")
_HELPER = '''"""Two commands."""
import typer

app = typer.Typer(help={text!r}, rich_markup_mode="rich", pretty_exceptions_enable=False)


@app.command(help="The first.")
def first(name: str = "") -> None: ...


@app.command(help="The second.")
def second(name: str = "") -> None: ...


app()
'''
_COMPILER = '''"""One plan."""
from pathlib import Path

from workplan.compiler import compile_plan
from workplan.source import find_plan

compile_plan(find_plan("plan/2022", Path.cwd()))
'''


def shown(command: tuple[str, ...]) -> str:
    """What a program prints, which must end well."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout  # noqa: S603 - our own


def seconds(command: tuple[str, ...]) -> float:
    """The processor time of a program, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    shown(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def yardsticks(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The program that shows help and the script that compiles, written into a folder."""
    helper, compiler = folder / "helper.py", folder / "compiler.py"
    compiler.write_text(_COMPILER, encoding="utf-8")
    commands = (sys.executable, str(helper), "--help"), (sys.executable, str(compiler))
    wanted = shown((*WORKPLAN, "--help"))
    helper.write_text(_HELPER.format(text=""), encoding="utf-8")
    words = " ".join(word for word in wanted.split() if word.isalnum())
    rest = len(wanted) - len(shown(commands[0]))
    while len(words) < rest:
        words = f"{words}\n\n{words}"
    helper.write_text(_HELPER.format(text=words[:rest]), encoding="utf-8")
    return commands


def main() -> int:
    """Time every call and what it is measured by, turn by turn."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory(prefix="workplan-") as folder:
        helper, compiler = yardsticks(Path(folder))
        calls = {
            "workplan --version": (*WORKPLAN, "--version"),
            "workplan --help": (*WORKPLAN, "--help"),
            "  two commands, as much help": helper,
            "workplan check plan/2022": (*WORKPLAN, "check", "plan/2022"),
            "  compiling plan/2022 alone": compiler,
        }
        taken: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(runs):
            for name, command in calls.items():
                taken[name].append(seconds(command))
    for name, times in taken.items():
        print(f"{name:<30} best {min(times):.3f} s  median {statistics.median(times):.3f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
