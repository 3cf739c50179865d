"""How much of the structure of real documents ``workplan import`` understands, against the keys of ``tests/importing``.

``python tools/import_structure.py [-v] [KEY]…`` prints a line of figures for each document and one for all; ``-v`` names what was missed.
The documents stand in ``../shared``, which is no part of the project.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from import_keys import keys  # noqa: E402 - the tests are no package
from import_structure import Figures, measured  # noqa: E402
from importing_files import imported_key, shared  # noqa: E402


def main(arguments: list[str]) -> int:
    """Print the figures of the keys that are named, or of all."""
    wanted = [word for word in arguments if word != "-v"]
    total = Figures()
    if shared() is None:
        print("the documents are not there: shared/ stands beside the checkout")
        return 1
    for name, key in keys().items():
        if wanted and name not in wanted:
            continue
        figures = measured(key, imported_key(key).plan)
        total.add(figures)
        _show(name, figures)
        for kind, figure in figures.named() if "-v" in arguments else ():
            for missed in figure.missed:
                print(f"    {kind}: {missed}")
    _show("all", total)
    return 0


def _show(name: str, figures: Figures) -> None:
    words = (f"{kind} {figure.found}/{figure.wanted}" for kind, figure in figures.named() if figure.wanted)
    print(f"{name:4} {'  '.join(words)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
