"""How ``check`` grows with what it is given: ``python tools/benchmark_hostile.py [BYTES …]`` prints seconds, memory and exponents.

Every case is a plan whose ``tasks.yaml`` (or registry) holds so many bytes of one thing; the command runs as its users run it.
Without sizes they are an eighth of a megabyte and the eightfold of it twice: 8 MB is the most that a file may have.
"""

from __future__ import annotations

import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENT = "issuer: 示例区人民政府办公室\ntitle: 要点\nparts: [tasks]\ndate: 2026-01-15\nnumber: 示府办〔2026〕1号\n"
UNITS = "units:\n  - {name: 区教育局}\n"
HEAD = "kind: tasks\ntitle: 重点任务\nitems:\n"
#: No case may take longer; what does is reported as such.
_LIMIT = 300


def _repeated(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
    return lambda size: before + piece * (size // len(piece.encode())) + after


def _numbered(piece: str, before: str = "") -> Callable[[int], str]:
    # no number has more than seven digits
    return lambda size: before + "".join(piece.format(n=n) for n in range(size // (len(piece.encode()) + 4)))


_TEXT = f"{HEAD}  - title: 甲\n    units: 区教育局\n    text: "
CASES: dict[str, Callable[[int], str]] = {
    "one long line": _repeated("甲", _TEXT, "\n"),
    "half-width marks": _repeated("甲,", _TEXT, "\n"),
    "nothing but commas": _repeated(",", _TEXT + "甲", "\n"),
    "half-width brackets": _repeated("(甲)", _TEXT, "\n"),
    "open brackets": _repeated("（", _TEXT, "\n"),
    "straight quotes": _repeated("'甲", _TEXT + "甲", "\n"),
    "colons": _repeated(":", _TEXT + "甲", "甲\n"),
    "blanks": _repeated(" 甲 ", _TEXT + "甲", "\n"),
    "one run of blanks": _repeated(" ", _TEXT + "甲", "乙\n"),
    "digits": _repeated("1", _TEXT, "\n"),
    "percent signs": _repeated("1%", _TEXT, "\n"),
    "dates": _repeated("2022年2月30日，", _TEXT, "\n"),
    "names of units": _repeated("区教育局、", _TEXT, "\n"),
    "annotations": _repeated("甲（责任单位：区教育局、区某局）。", _TEXT, "\n"),
    "sentences": _repeated("办好培训班，抓好落实。", _TEXT, "\n"),
    "paragraphs": _repeated("      甲。\n\n", f"{HEAD}  - title: 甲\n    units: 区教育局\n    text: >\n"),
    "units without an entry": _numbered("某局{n}、", f"{HEAD}  - title: 甲\n    text: 乙。\n    units: 区教育局、"),
    "tasks": _numbered("  - {{title: 任务{n}, text: 内容。, units: 区教育局}}\n", HEAD),
    "tasks of unknown units": _numbered("  - {{title: 任务{n}, text: 内容。, units: 某{n}局}}\n", HEAD),
    "tasks that need correcting": _repeated('  - {title: 甲, text: "内容,(甲)。", units: 区教育局}\n', HEAD),
    "keys": _numbered("k{n}: 1\n", HEAD.replace("items:\n", "")),
    "one key repeated": _repeated("title: 甲\n", HEAD.replace("items:\n", "")),
    "keys without blank": _repeated("  - title:甲\n    text:乙\n", HEAD),
    "comments": _repeated("# 注\n", HEAD + "  - {title: 甲, text: 乙。, units: 区教育局}\n"),
    "ignore comments": _repeated(
        "  # workplan: ignore[half-width-mark]\n  - {title: 甲, text: '乙,丙。', units: 区教育局}\n", HEAD
    ),
    "one comment": _repeated("# ", HEAD + "  - {title: 甲, text: 乙。, units: 区教育局}  ", "\n"),
    "markers of a merge": _repeated("<<<<<<< a\n=======\n", HEAD),
    "a quote not closed": _repeated("甲\n      ", _TEXT + '"'),
    "lists in brackets": _repeated("[], ", f"{HEAD}  - title: 甲\n    clauses: [", "]\n"),
    "control characters": _repeated("\u200b甲\n      ", _TEXT),
}


def seconds(text: str, registry: str = UNITS, *arguments: str) -> tuple[float, int]:
    """Processor seconds and the most memory (MB) of ``check`` with such tasks; infinite past the limit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "plan" / "2026"
        folder.mkdir(parents=True)
        for path, content in (("document.yaml", DOCUMENT), ("tasks.yaml", text), ("../units.yaml", registry)):
            (folder / path).write_text(content, encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.monotonic()
        command = [sys.executable, "-m", "workplan", "check", str(folder), *arguments]
        try:
            ended = subprocess.run(command, capture_output=True, check=False, timeout=_LIMIT)  # noqa: S603 - our own
        except subprocess.TimeoutExpired:
            return math.inf, 0
        if b"Traceback" in ended.stderr:
            print(ended.stderr.decode()[-600:])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return min(time.monotonic() - started, after.ru_utime - before.ru_utime), after.ru_maxrss // 1024


def main(arguments: list[str]) -> int:
    """Time each case for each size; the exponent is that of the last step, the start of the command taken off."""
    sizes = [int(word) for word in arguments if word.isdigit()] or [1 << 17, 1 << 20, (1 << 23) - (1 << 12)]
    wanted = [word for word in arguments if not word.isdigit()]
    idle, _ = seconds(HEAD + "  - {title: 甲, text: 乙。, units: 区教育局}\n")
    print(f"{'nothing':<28} {idle:7.2f} s")
    for name, made in CASES.items():
        if wanted and name not in wanted:
            continue
        taken: list[float] = []
        shown = ""
        for size in sizes:
            time_taken, memory = seconds(made(size))
            taken.append(time_taken)
            shown += f"  {size // 1024:5} KB {time_taken:7.2f} s {memory:5} MB"
            if math.isinf(time_taken):
                break
        exponent = math.nan
        if len(taken) > 1 and not math.isinf(taken[-1]):
            steps = math.log(sizes[len(taken) - 1] / sizes[len(taken) - 2])
            exponent = math.log(max(taken[-1] - idle, 0.01) / max(taken[-2] - idle, 0.01)) / steps
        print(f"{name:<28}{shown}  exponent {exponent:.2f}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
