"""Renew the pictures of the preview: ``python tools/preview_pictures.py [PLAN [PICTURES]]``.

The plan is previewed by the command itself, and the system's Chromium looks at its views as a reader does.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from previewing import CHROMIUM, Reader, chromium, preview, reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).resolve().parents[1]
#: Few colours keep a picture far below 150 kB; those of small things stay true only if each is settled once more (kmeans).
COLOURS = 128


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, the view, what shows that it has come, keys that are pressed then, and the size of the window."""

    name: str
    view: str
    wait: str
    keys: str = ""
    width: int = 1280
    height: int = 800


SHOTS = (
    Shot("preview.png", "document", ".line", "nn"),
    Shot("preview-sheets.png", "sheets/区教育局", ".sheets .paper"),
    Shot("preview-tasks.png", "tasks", ".task-table"),
    Shot("preview-compare.png", "compare", ".cards .change"),
    Shot("preview-phone.png", "document", ".line", "nn", 390, 780),
)


def picture(one: Reader, shot: Shot) -> bytes:
    """What the window shows of a view, as a small PNG."""
    one.page.evaluate("name => { location.hash = `#/${name}` }", shot.view)
    one.page.wait_for_selector(shot.wait)
    for key in shot.keys:
        one.page.keyboard.press(key)
    visible = "[...document.images].every((one) => one.complete || one.getBoundingClientRect().top > innerHeight)"
    one.until(visible)
    one.page.wait_for_timeout(800)
    seen = (
        Image.open(io.BytesIO(one.page.screenshot()))
        .convert("RGB")
        .quantize(COLOURS, kmeans=1, dither=Image.Dither.NONE)
    )
    done = io.BytesIO()
    seen.save(done, "PNG", optimize=True)
    return done.getvalue()


def take(browser: Browser, address: str, shot: Shot) -> bytes:
    """One picture, in a window of its own."""
    with reader(browser, width=shot.width, height=shot.height, reduced_motion="reduce") as one:
        return picture(one.go(address), shot)


def main(plan: Path, pictures: Path) -> int:
    """Take all pictures; 1 where there is no browser."""
    if CHROMIUM is None:
        print("no Chromium was found (Debian: chromium)")
        return 1
    pictures.mkdir(parents=True, exist_ok=True)
    with preview(plan) as running, chromium() as browser:
        for shot in SHOTS:
            content = take(browser, running.address, shot)
            (pictures / shot.name).write_bytes(content)
            print(f"{pictures / shot.name}: {len(content) / 1024:.0f} kB")
    return 0


if __name__ == "__main__":
    given = [Path(word) for word in sys.argv[1:3]]
    defaults = [REPOSITORY / "plan" / "2022", REPOSITORY / "docs" / "pictures"]
    sys.exit(main(*given, *defaults[len(given) :]))
