"""Renew the pictures of the READMEs from the built plan: ``python tools/pictures.py [BUILT [PICTURES]]``.

``make demo`` comes first. pdftoppm (poppler-utils) draws the pages; Pillow, which WeasyPrint brings along, leaves few
colours in them, so that a page stays far below 150 kB.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from PIL import Image

REPOSITORY = Path(__file__).resolve().parents[1]
#: The first page of each of these is drawn: the picture's name, and the PDF below the build's folder.
PAGES = {"official.png": "official.pdf", "sheet.png": "sheets/区教育局.pdf"}
#: Dots per inch: small enough for two pages side by side, large enough to read.
DENSITY = 100
COLOURS = 24


def picture(pdf: Path) -> bytes:
    """The first page of a PDF as a small PNG."""
    command = ["pdftoppm", "-r", str(DENSITY), "-f", "1", "-l", "1", str(pdf)]
    drawn = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603 - its own argument list
    page = Image.open(io.BytesIO(drawn.stdout)).quantize(COLOURS, dither=Image.Dither.NONE)
    done = io.BytesIO()
    page.save(done, "PNG", optimize=True)
    return done.getvalue()


def main(built: Path, pictures: Path) -> int:
    """Draw all pictures; 1 where the plan has not been built."""
    missing = [name for name in PAGES.values() if not (built / name).is_file()]
    if missing:
        print(f"{built} has no {', '.join(missing)}: run `make demo` first")
        return 1
    pictures.mkdir(parents=True, exist_ok=True)
    for name, pdf in PAGES.items():
        content = picture(built / pdf)
        (pictures / name).write_bytes(content)
        print(f"{pictures / name}: {len(content) / 1024:.0f} kB")
    return 0


if __name__ == "__main__":
    given = [Path(word) for word in sys.argv[1:3]]
    defaults = [REPOSITORY / "build" / "2022", REPOSITORY / "docs" / "pictures"]
    sys.exit(main(*given, *defaults[len(given) :]))
