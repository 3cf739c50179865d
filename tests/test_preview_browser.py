"""The preview in a real browser, the view 公文: pages, findings, the way to the files, and what a save changes."""

from __future__ import annotations

import io
import re
import shutil
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from previewing import CHROMIUM, Preview, Reader, chromium, preview, reader
from repositories import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytest.importorskip("uvicorn", reason="the extra `preview` is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (Debian: chromium)")]

#: The line of the page that stands at the top of the screen: its address and text, and how far below the edge it is.
_TOP_LINE = """() => {
  const top = document.querySelector(".pages").getBoundingClientRect().top;
  const line = [...document.querySelectorAll(".line")].find((one) => one.line.address && one.getBoundingClientRect().bottom > top + 4);
  return [line.line.address, line.textContent, line.getBoundingClientRect().top - top];
}"""
#: For each picture whether it has as many pixels as the screen shows of it.
_SHARP = """() => [...document.querySelectorAll(".sheet img")].filter((one) => one.complete && one.naturalWidth).map((one) =>
  Math.abs(one.naturalWidth - one.getBoundingClientRect().width * devicePixelRatio) <= 2)"""

#: Where the active pin, its note and the lines with some words are: left, top and right, in one look.
_PINNED = """(words) => [document.querySelector(".pin.active"), document.querySelector(".note.active"),
  ...[...document.querySelectorAll(".line")].filter((one) => one.textContent.includes(words))].map((one) => {
    const box = one.getBoundingClientRect();
    return [box.left, box.top, box.right];
  })"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The plan of 2022 in a copy of its own, which tests put back as it was."""
    folder = tmp_path_factory.mktemp("preview") / "plan"
    shutil.copytree(ROOT / "plan", folder)
    with preview(folder / "2022") as running:
        yield running


@pytest.fixture
def opened(browser: Browser, shown: Preview) -> Iterator[Reader]:
    with reader(browser) as one:
        yield one.go(shown.address)


def _line(one: Reader, words: str) -> Any:  # noqa: ANN401 - a locator
    return one.page.locator(".line", has_text=words).first


def _at_the_top(one: Reader) -> tuple[str, str, float]:
    """What stands at the top of the screen, and how far below the edge."""
    address, text, offset = one.page.evaluate(_TOP_LINE)
    return address, text, offset


def _save(one: Reader, file: Path, old: str, new: str) -> None:
    """Writes a change into a file and waits until the page has it."""
    before = one.revision()
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    one.built(before)


# ---------------------------------------------------------------------------------------------------- pages


def test_every_page_is_shown_with_its_text_to_select_and_search(opened: Reader) -> None:
    pages = opened.page.locator(".paper")
    opened.until("document.querySelectorAll('.paper').length > 3")
    assert pages.count() == opened.page.evaluate(
        "fetch('/api/state').then(one => one.json()).then(one => one.pages.length)"
    )
    assert "静合组办〔2022〕1号" in opened.page.locator(".text").first.inner_text()
    assert opened.page.evaluate("window.find('四个不摘')") is True
    assert opened.page.evaluate("String(getSelection())") == "四个不摘"


def test_pictures_have_every_pixel_of_the_screen_at_any_zoom(browser: Browser, shown: Preview) -> None:
    with reader(browser, device_scale_factor=2) as one:
        one.go(shown.address)
        for _ in range(3):
            one.until(f"(({_SHARP})()).length > 0")
            assert all(one.page.evaluate(_SHARP))
            one.page.keyboard.press("-")


def test_the_text_lies_on_the_words_of_the_picture(opened: Reader) -> None:
    """Every line of the text layer is as wide as its words are on the page, within a pixel."""
    off = opened.page.evaluate("""() => [...document.querySelectorAll(".line")].filter((one) => {
      const box = one.getBoundingClientRect(), paper = one.closest(".paper"), k = Number(paper.style.getPropertyValue("--k"));
      const left = paper.querySelector(".sheet").getBoundingClientRect().left;
      return Math.abs(box.left - left - one.line.box[0] * k) > 1.5 || Math.abs(box.width - (one.line.box[2] - one.line.box[0]) * k) > 2;
    }).map((one) => one.textContent)""")
    assert off == []


# ---------------------------------------------------------------------------------------------------- places


def test_a_click_on_a_paragraph_shows_its_line_and_opens_it_in_the_editor(opened: Reader, shown: Preview) -> None:
    _line(opened, "多方动员、合力筹措").click()
    file, line = opened.page.locator(".dock .place").inner_text().split(":")[:2]
    assert file == "tasks.yaml"
    assert "拓展社会帮扶资金渠道" in "".join(
        (shown.plan / file).read_text(encoding="utf-8").splitlines()[int(line) - 3 : int(line) + 1]
    )
    (address,) = opened.page.evaluate("window.opened")
    path = (shown.plan / file).resolve().as_posix().lstrip("/")
    assert re.sub(r":\d+$", "", address) == f"vscode://file/{path}:{line}"


def test_one_can_read_on_without_the_editor_opening(opened: Reader) -> None:
    _line(opened, "多方动员、合力筹措").click()
    opened.page.locator(".dock input[type=checkbox]").uncheck()
    _line(opened, "迈向第二个百年").click()
    assert opened.page.locator(".dock .place").inner_text().startswith("document.yaml:")
    assert len(opened.page.evaluate("window.opened")) == 1
    opened.page.keyboard.press("o")
    assert len(opened.page.evaluate("window.opened")) == 2


def test_words_that_were_selected_are_not_taken_for_a_click(opened: Reader) -> None:
    left, top, _, _ = opened.box(".line.placed")
    opened.page.mouse.move(left + 5, top + 8)
    opened.page.mouse.down()
    opened.page.mouse.move(left + 200, top + 8, steps=4)
    opened.page.mouse.up()
    assert len(opened.page.evaluate("String(getSelection())")) > 3
    assert opened.page.evaluate("window.opened") == []


def test_an_address_with_a_line_shows_its_page(browser: Browser, shown: Preview) -> None:
    lines = (shown.plan / "tasks.yaml").read_text(encoding="utf-8").splitlines()
    number = next(place for place, line in enumerate(lines, 1) if "着力培育对口帮扶地区特色优势产业" in line)
    with reader(browser) as one:
        one.go(shown.at(f"&at=tasks.yaml:{number}"))
        picked = one.page.locator(".line.picked", has_text="着力培育").first
        picked.wait_for()
        one.until("""(() => {
          const box = document.querySelector(".line.picked").getBoundingClientRect();
          return box.top > 0 && box.top < innerHeight;
        })()""")


# ---------------------------------------------------------------------------------------------------- findings


def test_findings_are_pinned_to_their_words_and_told_beside_them(opened: Reader) -> None:
    finding = opened.page.locator(".finding", has_text="相关部门").first
    finding.locator("button").click()
    pin, note, *lines = opened.page.evaluate(_PINNED, "相关部门")
    assert any(abs(top - pin[1]) < 6 and left - 2 <= pin[0] < right for left, top, right in lines)
    assert "没有指明是哪些单位" in opened.page.locator(".note.active").inner_text()
    assert 0 <= note[1] - pin[1] < 80


def test_keys_go_from_finding_to_finding_and_a_click_on_a_pin_tells_it(opened: Reader) -> None:
    total = opened.page.locator(".finding").count()
    opened.page.keyboard.press("n")
    opened.page.keyboard.press("n")
    assert opened.page.locator(".steps output").inner_text() == f"2/{total}"
    opened.page.keyboard.press("p")
    opened.page.keyboard.press("p")
    assert opened.page.locator(".steps output").inner_text() == f"{total}/{total}"
    opened.page.keyboard.press("n")
    opened.page.wait_for_timeout(600)
    left, top, width, height = opened.box(".pin.active")
    opened.page.keyboard.press("Escape")
    assert opened.page.locator(".pin.active").count() == 0
    opened.page.mouse.click(left + width / 2, top + height / 2)
    assert opened.page.locator(".pin.active").count() > 0


# ---------------------------------------------------------------------------------------------------- saves


def test_a_save_changes_the_page_and_the_reader_keeps_place_zoom_and_selection(opened: Reader, shown: Preview) -> None:
    """The words of a task grow by two lines above what is read: pages before it are not even asked for again."""
    page = opened.page
    page.keyboard.press("+")
    _line(opened, "拓展社会帮扶资金渠道").evaluate("one => one.scrollIntoView({block: 'start'})")
    page.evaluate("words => { getSelection().removeAllRanges(); window.find(words) }", "合力筹措")
    page.wait_for_timeout(300)
    top, zoom = _at_the_top(opened), page.locator(".zoom output").inner_text()
    same: Any = (*top[:2], pytest.approx(top[2], abs=1.5))  # a browser scrolls by whole pixels
    first = page.locator(".sheet img").first.element_handle()
    opened.asked.clear()
    more = "每季度通报一次进展情况，" * 6
    _save(opened, shown.plan / "tasks.yaml", "做好市区两级", more + "做好市区两级")
    try:
        _line(opened, "每季度通报一次进展情况").wait_for(state="attached")
        assert _at_the_top(opened) == same
        assert page.locator(".zoom output").inner_text() == zoom
        assert page.evaluate("String(getSelection())") == "合力筹措"
        assert first.evaluate("one => one.isConnected")
        assert not [one for one in opened.asked if "/api/pages/1" in one]
    finally:
        _save(opened, shown.plan / "tasks.yaml", more, "")
    assert _at_the_top(opened) == same


def test_a_change_elsewhere_is_told_and_can_be_shown(opened: Reader, shown: Preview) -> None:
    _save(opened, shown.plan / "safeguards.yaml", "各部门、各单位主要领导", "全区各部门、各单位主要领导")
    try:
        opened.page.locator(".notice button").first.click()
        _line(opened, "全区各部门").wait_for()
        opened.until("""(() => {
          const line = [...document.querySelectorAll(".line")].find((one) => one.textContent.includes("全区各部门"));
          const box = line.getBoundingClientRect();
          return box.top > 0 && box.bottom < innerHeight;
        })()""")
    finally:
        _save(opened, shown.plan / "safeguards.yaml", "全区各部门、各单位主要领导", "各部门、各单位主要领导")


def test_a_plan_with_errors_shows_them_beside_the_last_good_pages(opened: Reader, shown: Preview) -> None:
    pages = opened.page.locator(".paper").count()
    _save(opened, shown.plan / "tasks.yaml", "kind: tasks", "kind: [")
    try:
        opened.page.locator(".stale-line").wait_for()
        assert opened.page.locator(".finding.error").count() > 0
        assert opened.page.locator(".finding.error .place").first.inner_text().startswith("tasks.yaml:")
        assert opened.page.locator(".paper").count() == pages
        assert "多方动员、合力筹措" in opened.page.locator(".pages").inner_text()
    finally:
        _save(opened, shown.plan / "tasks.yaml", "kind: [", "kind: tasks")
    opened.page.locator(".stale-line").wait_for(state="hidden")
    assert opened.page.locator(".finding.error").count() == 0


# ---------------------------------------------------------------------------------------------------- print


def test_it_prints_the_pages_alone_each_on_a_sheet(opened: Reader) -> None:
    """With a picture fine enough for paper, which the print of the page itself asks for."""
    pages = opened.page.locator(".paper").count()
    opened.page.evaluate("window.print = () => { window.printed = true }")
    opened.page.keyboard.press("Control+p")
    opened.until("window.printed === true")
    printed = pypdfium2.PdfDocument(io.BytesIO(opened.page.pdf(prefer_css_page_size=False, format="A4")))
    assert len(printed) == pages
    drawn = printed[1].render(scale=0.5).to_pil().convert("L")
    assert min(drawn.tobytes()) < 90
