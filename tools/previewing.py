"""A running preview, for tests and pictures: the command as a process of its own, and the system's Chromium to look at it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page

#: What Debian and others call the browser.
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/\?key=[^\s\x1b]+")
_BOX = """(selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return [box.left, box.top, box.width, box.height];
}"""
#: How often, and after how many milliseconds each time, it is asked whether something has come: long enough for a busy machine.
_PATIENCE, _PAUSE = 600, 50
#: Records which addresses a click would have opened outside the browser, and opens none.
_RECORDER = """
window.opened = [];
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='vscode:']");
  if (link) { window.opened.push(link.href); event.preventDefault(); }
});
"""


@dataclass(frozen=True, slots=True)
class Preview:
    """A running preview: the folder of its plan, and the address with the key."""

    plan: Path
    address: str

    def at(self, rest: str) -> str:
        """The address with something behind it, such as ``&at=tasks.yaml:6`` or ``#/tasks``."""
        return self.address + rest


@contextmanager
def preview(plan: Path) -> Iterator[Preview]:
    """``workplan preview`` of a plan, ended as Ctrl-C ends it."""
    command = [sys.executable, "-m", "workplan", "preview", str(plan), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "WORKPLAN_LANG": "zh", "NO_COLOR": "1"}
    process = subprocess.Popen(  # noqa: S603 - its own argument list
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
    )
    try:
        yield Preview(plan, _address(process))
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise


def _address(process: subprocess.Popen[bytes]) -> str:
    """The first address that it tells; what it said instead where it ends without one."""
    said = b""
    for line in process.stdout or ():
        said += line
        if found := _ADDRESS.search(line):
            return found[0].decode()
    raise AssertionError(said.decode(errors="replace"))


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's browser without a window; nothing is downloaded."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most tests have no browser

    with sync_playwright() as driver:
        # Not its own sandbox: tests run as root in containers, where it cannot start. It sees our own server alone.
        browser = driver.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody in front of the browser, who remembers what went wrong and what was asked."""

    page: Page
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def go(self, address: str, wait: str = ".line") -> Reader:
        """Opens an address and waits for the first text of a page."""
        self.page.goto(address)
        self.page.wait_for_selector(wait, state="attached")
        return self

    def view(self, name: str, wait: str) -> None:
        """Changes to a view by its tab."""
        self.page.evaluate("name => { location.hash = `#/${name}` }", name)
        self.page.wait_for_selector(wait)

    def until(self, condition: str) -> None:
        """Waits until a JavaScript expression holds; the driver's own way to wait needs ``eval``, which the page forbids."""
        for _ in range(_PATIENCE):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(_PAUSE)
        raise AssertionError(condition)

    def box(self, selector: str) -> tuple[float, float, float, float]:
        """Where the first such element is on the screen: left, top, width and height, in pixels."""
        self.page.wait_for_selector(selector)
        found = self.page.evaluate(_BOX, selector)
        return found[0], found[1], found[2], found[3]

    def built(self, revision: int) -> None:
        """Waits until the page shows a later build than this one."""
        self.until(f"Number(document.querySelector('.status').dataset.revision) > {revision}")

    def revision(self) -> int:
        """The number of the build that the page shows."""
        return int(self.page.locator(".status").get_attribute("data-revision") or 0)


def _is_fault(said: ConsoleMessage) -> bool:
    """What the browser complains of; that the server has no answer is a thing that the page tells by itself."""
    return said.type == "error" and "404" not in said.text


@contextmanager
def reader(browser: Browser, *, width: int = 1440, height: int = 900, **given: object) -> Iterator[Reader]:
    """A fresh window of that size, with cookies of its own. What goes wrong in its page fails the test."""
    context = browser.new_context(viewport={"width": width, "height": height}, **given)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    context.add_init_script(_RECORDER)
    one = Reader(context.new_page())
    one.page.on("pageerror", lambda fault: one.faults.append(str(fault)))
    one.page.on("console", lambda said: one.faults.append(said.text) if _is_fault(said) else None)
    one.page.on("request", lambda request: one.asked.append(request.url))
    yield one
    context.close()
    if one.faults:
        raise AssertionError(one.faults)
