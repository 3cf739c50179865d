"""The preview in a real browser: sheets, tables, comparison, small screens, languages, accessibility, hostile text."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from previewing import CHROMIUM, Preview, Reader, chromium, preview, reader
from repositories import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser

pytest.importorskip("uvicorn", reason="the extra `preview` is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (Debian: chromium)")]

#: Each view by its address, and what shows that it has come.
VIEWS = {
    "document": ".line",
    "sheets": ".units a",
    "sheets/区教育局": ".sheets .line, .sheets img",
    "tasks": ".task-table a",
    "compare?task=加大财政资金支持力度": ".change",
    "charts": ".charts figure",
}
HOSTILE = '<img src=x onerror="window.hurt=1"></script><script>window.hurt=2</script>{{7*7}}&lt;b&gt;'
HOSTILE_PLAN = {
    "plan/units.yaml": f"units:\n  - {{name: '{HOSTILE}'}}\n  - {{name: 区体育局}}\n",
    "plan/2024/document.yaml": f"title: '工作要点{HOSTILE}'\nparts: [tasks]\ndate: ''\nnumber: ''\n",
    "plan/2024/tasks.yaml": f"""kind: tasks
title: '任务{HOSTILE}'
items:
  - title: '教育{HOSTILE}'
    items:
      - {{id: '{HOSTILE}', title: '学位{HOSTILE}', text: '新增学位{HOSTILE}。', units: '{HOSTILE}'}} # {HOSTILE}
      - {{title: 体育, text: '建好步道，没有句号{HOSTILE}', units: '区体育局'}}
""",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview") / "plan"
    shutil.copytree(ROOT / "plan", folder)
    with preview(folder / "2023") as running:
        yield running


@pytest.fixture
def opened(browser: Browser, shown: Preview) -> Iterator[Reader]:
    with reader(browser) as one:
        yield one.go(shown.address)


# ---------------------------------------------------------------------------------------------------- views


def test_every_unit_is_listed_with_its_load_and_its_sheet_as_it_prints(opened: Reader) -> None:
    opened.view("sheets", ".units a")
    units = opened.page.evaluate(
        "fetch('/api/sheets').then(one => one.json()).then(one => one.units.map(unit => [unit.unit, unit.rows]))"
    )
    rows = opened.page.locator(".units tbody tr")
    assert [rows.nth(place).locator("a").inner_text() for place in range(rows.count())] == [name for name, _ in units]
    assert [rows.nth(place).locator("td").last.inner_text() for place in range(rows.count())] == [
        str(number) for _, number in units
    ]
    opened.page.locator(".units a", has_text="区教育局").click()
    opened.until("document.querySelector('.sheets .sheet img')?.naturalWidth > 300")
    assert opened.page.locator("h2.sheet-head").inner_text().endswith("区教育局的任务单")
    opened.page.locator(".panel .filter").fill("财政")
    assert rows.count() == 1


def test_tasks_are_filtered_by_unit_role_text_and_deadline(opened: Reader) -> None:
    opened.view("tasks", ".task-table")
    page, rows = opened.page, opened.page.locator(".task-table tbody tr")
    total = rows.count()
    page.get_by_label("单位", exact=True).select_option("区教育局")
    of_unit = rows.count()
    assert 0 < of_unit < total
    page.get_by_label("分工").select_option("lead")
    assert 0 < rows.count() < of_unit
    assert "牵头 区教育局" in rows.first.inner_text()
    page.get_by_role("button", name="清除").click()
    assert rows.count() == total
    page.get_by_label("文字").fill("消费")
    assert 0 < rows.count() < total
    assert all("消费" in (rows.nth(place).text_content() or "") for place in range(rows.count()))
    page.get_by_label("文字").fill("没有这样的任务")
    assert page.locator(".empty").inner_text() == "没有符合的任务"
    page.get_by_role("button", name="清除").click()
    page.get_by_label("时限").select_option("without")
    without = rows.count()
    page.get_by_label("时限").select_option("with")
    assert without + (0 if page.locator(".empty").count() else rows.count()) == total


def test_the_matrix_has_a_mark_for_each_unit_of_each_task(opened: Reader) -> None:
    opened.view("tasks", ".task-table")
    people = opened.page.locator(".people a").count()
    opened.page.get_by_role("button", name="单位 × 任务").click()
    assert opened.page.locator(".matrix td:not(:empty)").count() == people
    opened.page.locator(".matrix thead a").first.click()
    opened.page.locator(".line.picked").first.wait_for()


def test_two_years_stand_side_by_side_with_what_each_unit_gained_and_lost(opened: Reader) -> None:
    opened.view("compare", ".balance")
    assert [opened.page.get_by_label(name, exact=True).input_value() for name in ("从", "到")] == ["2022", "2023"]
    finance = opened.page.locator(".balance tr", has_text="区财政局")
    assert finance.locator(".gained").inner_text() == "加强帮扶项目资产管理"
    health = opened.page.locator(".balance tr", has_text="区卫生健康委")
    assert "组织开展干部人才培训" in health.locator(".lost").inner_text()
    change = opened.page.locator(".change", has_text="加大专业人才技术支援").first
    assert change.locator("del").all_inner_texts() == ["2"]
    assert change.locator("ins").all_inner_texts() == ["3"]
    opened.page.get_by_label("种类").select_option("removed")
    assert opened.page.locator(".cards .change").count() == opened.page.locator(".cards .kind.removed").count() > 0
    opened.page.get_by_role("button", name="对调").click()
    opened.until(
        "document.querySelector('.balance .lost')?.textContent.includes('加强帮扶项目资产管理') || [...document.querySelectorAll('.balance .lost')].some(one => one.textContent.includes('加强帮扶项目资产管理'))"
    )


def test_the_table_leads_to_the_page_the_sheet_and_the_life_of_a_task(opened: Reader) -> None:
    opened.view("tasks", ".task-table")
    opened.page.locator(".task-table .title a", has_text="加大财政资金支持力度").click()
    picked = opened.page.locator(".line.picked")
    picked.first.wait_for()
    assert "加大财政资金支持力度" in picked.first.inner_text()
    opened.page.go_back()
    opened.page.locator(".task-table tr", has_text="加大财政资金支持力度").get_by_role("link", name="历程").click()
    opened.page.locator(".life > li").first.wait_for()
    assert opened.page.get_by_label("任务", exact=True).input_value() == "加大财政资金支持力度"


# ---------------------------------------------------------------------------------------------------- ways to read


def test_keys_change_the_views_and_are_told(opened: Reader) -> None:
    for key, tab in zip("12345", ("公文", "任务单", "任务分解表", "对照", "图"), strict=True):
        opened.page.keyboard.press(key)
        opened.page.locator(".tabs a[aria-current]", has_text=tab).wait_for()
    opened.page.keyboard.press("?")
    assert "下一个、上一个问题" in opened.page.locator("dialog").inner_text()
    opened.page.keyboard.press("Escape")
    opened.page.keyboard.press("3")
    opened.page.locator(".task-table").wait_for()
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("1")
    assert opened.page.get_by_label("文字").input_value() == "1"
    assert opened.page.locator(".tabs a[aria-current]").inner_text() == "任务分解表"


def test_it_speaks_english(browser: Browser, shown: Preview) -> None:
    with reader(browser) as one:
        one.go(shown.address)
        one.page.get_by_role("link", name="English").click()
        one.page.locator(".tabs a", has_text="Task sheets").wait_for()
        assert one.page.evaluate("document.documentElement.lang") == "en"
        for view, wait in VIEWS.items():
            one.view(view, wait)
        assert one.page.get_by_role("link", name="中文").count() == 1


@pytest.mark.parametrize("width", [390, 1024])
def test_nothing_runs_out_of_a_small_screen(browser: Browser, shown: Preview, width: int) -> None:
    with reader(browser, width=width, height=844, has_touch=width == 390) as one:
        one.go(shown.address)
        for view, wait in VIEWS.items():
            one.page.evaluate("name => { location.hash = `#/${name}` }", view)
            one.page.wait_for_selector(wait, state="attached")
            assert one.page.evaluate("document.documentElement.scrollWidth") <= width, view
        one.view("document", ".line")
        left, _, wide, _ = one.box(".line.placed")
        assert left >= 0
        assert left + wide <= width


def test_a_phone_shows_findings_over_the_page_and_what_stands_under_a_finger(browser: Browser, shown: Preview) -> None:
    with reader(browser, width=390, height=844, has_touch=True, is_mobile=True) as one:
        one.go(shown.address)
        assert not one.page.locator(".panel").is_visible()
        one.page.get_by_role("button", name="大纲和问题").tap()
        one.page.locator(".finding .said").first.tap()
        assert not one.page.locator(".panel").is_visible()
        assert one.page.locator(".dock .found").is_visible()


@pytest.mark.parametrize(
    "given", [{}, {"color_scheme": "dark"}, {"width": 390, "height": 844}], ids=["light", "dark", "phone"]
)
def test_nothing_keeps_people_out(browser: Browser, shown: Preview, given: dict[str, object]) -> None:
    """axe-core finds nothing in any view, with a finding told where there are some."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - as the driver

    with reader(browser, **given) as one:  # type: ignore[arg-type]
        one.go(shown.address)
        for view, wait in VIEWS.items():
            one.page.evaluate("name => { location.hash = `#/${name}` }", view)
            one.page.wait_for_selector(wait, state="attached")
            one.page.keyboard.press("n")
            one.page.wait_for_timeout(200)
            found = Axe().run(one.page).response["violations"]
            assert [(view, fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def test_all_can_be_reached_by_tab_and_the_content_in_one_step(opened: Reader) -> None:
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "skip"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "main"


# ---------------------------------------------------------------------------------------------------- hostile text


def _written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "plan" / "2024"


def test_text_of_a_plan_is_text(browser: Browser, tmp_path: Path) -> None:
    """Markup in titles, names, ids and comments is shown as it was typed, in every view, and runs nowhere."""
    with preview(_written(tmp_path, HOSTILE_PLAN)) as running, reader(browser) as one:
        one.go(running.address, ".finding")
        for view in ("document", "sheets", "tasks", "compare", "charts"):
            one.page.evaluate("name => { location.hash = `#/${name}` }", view)
            one.page.wait_for_timeout(300)
            assert one.page.locator("main img[src=x], main script, main b:text-is('gt')").count() == 0
        one.view("tasks", ".task-table")
        assert HOSTILE in one.page.locator(".task-table").inner_text()
        assert one.page.evaluate("window.hurt") is None
        assert "49" not in one.page.locator(".task-table .title").first.inner_text()
        one.faults.clear()
