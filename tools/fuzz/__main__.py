"""``python -m fuzz TARGET|all [FOLDER …] [-option=value …]``: atheris makes inputs for a target, starting from its kept ones.

Options are those of libFuzzer (``-runs=100000``, ``-max_total_time=600``). New inputs go into ``.cache/fuzz/TARGET``; what breaks
a law is written to ``.cache/fuzz/TARGET-crash-…``. A file in place of a folder is run once. Needs ``requirements-fuzz.lock``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import atheris

from fuzz import targets

_ROOT = Path(__file__).resolve().parents[2]
#: Inputs that are kept in the repository.
_KEPT = _ROOT / "tests" / "fuzz"
_MADE = _ROOT / ".cache" / "fuzz"
#: Seconds after which an input counts as one that hangs, and MB that the process may take.
_PATIENCE, _MEMORY = 10, 4096
_LONGEST = 16384
#: Of ten inputs so many are changed by the target's own rules, the others byte by byte.
_OWN = 8


def main(arguments: list[str]) -> int:
    """Run all targets, each in a process of its own; the number of those that broke a law."""
    name, *rest = arguments
    if name != "all":
        one(name, rest)
        return 0
    command = [sys.executable, "-m", "fuzz"]
    return sum(subprocess.call([*command, target, *rest]) != 0 for target in targets.NAMES)  # noqa: S603 - our own


def one(name: str, rest: list[str]) -> None:
    """Run one target until libFuzzer's options end it, and the process with it."""
    with atheris.instrument_imports(include=["workplan"], enable_loader_override=False):
        chosen = targets.target(name)
    options = [word for word in rest if word.startswith("-")]
    folders = [word for word in rest if not word.startswith("-")] or [str(_MADE / name), str(_KEPT / chosen.KEPT)]
    (_MADE / name).mkdir(parents=True, exist_ok=True)
    limits = [
        f"-timeout={_PATIENCE}",
        f"-rss_limit_mb={_MEMORY}",
        f"-max_len={_LONGEST}",
        f"-artifact_prefix={_MADE / name}-",
    ]
    mutate = chosen.MUTATE

    def changed(data: bytes, longest: int, seed: int) -> bytes:
        if mutate is None or seed % 10 >= _OWN:
            return bytes(atheris.Mutate(data, longest))
        return mutate(data, seed)[:longest]

    atheris.Setup([f"fuzz {name}", *limits, *options, *folders], chosen.run, custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
