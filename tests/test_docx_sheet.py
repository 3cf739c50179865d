"""The task sheet as DOCX: all that a department has to know, laid out like the PDF."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import docx as word
import pytest
from docx.enum.table import WD_ROW_HEIGHT_RULE

from validators import faults
from views import assignment_of, due_of, possible_of, target_of, unit_of
from workplan.render import docx
from workplan.resources.templates import Templates
from workplan.view.assignments import Sheet, SheetRow, TaskRow

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = Templates()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROW = TaskRow(
    id="扩大就业",
    number="13",
    mark="13．",
    path=("二", "（六）", "13"),
    part="重点任务",
    kind="tasks",
    section="劳务协作",
    title="扩大就业",
    text="第一段<b>&{{ x }}。\n第二段。",
    assignments=(
        assignment_of(
            "牵头单位", "区商务委", open=False, units=(unit_of("区商务委", "区商务委", "lead"),), source="units"
        ),
        assignment_of(
            "配合单位", "区总工会", open=True, units=(unit_of("区总工会", "区总工会", "support"),), source="units"
        ),
    ),
    due=(due_of("年底前", "2022-12-31"), due_of("2022年6月30日前", "2022-06-30")),
    targets=(target_of("就业人数", "1000人", 1000, "人"), target_of("", "不少于3场", 3, "场")),
)
ENTRY = SheetRow(row=ROW, roles=("lead",), via=(), others=(("support", ("区总工会",)),))
GUARD = SheetRow(
    row=replace(ROW, kind="safeguards", section="", part="保障措施", due=(), targets=()),
    roles=("responsible",),
    via=("各街镇",),
    others=(),
)
SHEET = Sheet(
    unit="区商务委",
    full="静安区商务委员会",
    kind="unit",
    within="区政府",
    members=(),
    stem="区商务委",
    plan="2022",
    title="2022年静安区工作要点",
    issuer="静安区某办公室",
    number="静办〔2022〕1号",
    date="2022年6月29日",
    status="征求意见稿",
    tasks=(ENTRY,),
    safeguards=(GUARD,),
    duties=(),
    possible=(possible_of("各相关部门", ("三（二）",)),),
    blanks=("联系人", "进展情况", "签收"),
)


def opened(sheet: Sheet) -> Any:  # noqa: ANN401 - what Word may leave out, the library's types do too; a test may not
    return word.Document(io.BytesIO(docx.sheet(sheet, SHIPPED)))


def made(sheet: Sheet) -> tuple[list[tuple[str, str]], list[list[str]]]:
    """Style and text of each paragraph, and the cells of each table."""
    document = opened(sheet)
    paragraphs = [(one.style.name, one.text) for one in document.paragraphs if one.text]
    return paragraphs, [[cell.text for row in table.rows for cell in row.cells] for table in document.tables]


def test_a_sheet_says_whose_it_is_what_it_stands_on_and_what_to_do_each_line_in_its_style() -> None:
    lines, tables = made(SHEET)
    assert lines == [
        ("稿本标识", "征求意见稿"),
        ("Title", "区商务委任务清单"),
        ("Subtitle", "2022年静安区工作要点"),
        ("单位情况", "单位全称\t静安区商务委员会"),
        ("单位情况", "隶属\t区政府"),
        ("单位情况", "印发单位\t静安区某办公室"),
        ("单位情况", "文号\t静办〔2022〕1号"),
        ("单位情况", "日期\t2022年6月29日"),
        ("单位情况", "共计\t2项，其中任务1项，保障措施1项"),
        ("单位情况", "本单位角色\t牵头1项，责任1项"),
        ("Heading 1", "任务（1项）"),
        ("Heading 2", "13．扩大就业"),
        ("本单位角色", "本单位\t牵头单位"),
        ("栏目", "所属部分\t重点任务—劳务协作"),
        ("栏目", "配合单位\t区总工会等"),
        ("栏目", "完成时限\t年底前；2022年6月30日前"),
        ("栏目", "目标\t就业人数：1000人"),
        ("栏目", "目标\t不少于3场"),
        ("Body Text", "第一段<b>&{{ x }}。"),
        ("Body Text", "第二段。"),
        ("Heading 1", "保障措施（1项）"),
        ("Heading 2", "13．扩大就业"),
        ("本单位角色", "本单位\t责任单位（通过各街镇）"),
        ("栏目", "所属部分\t保障措施"),
        ("栏目", "配合单位\t原文以“等”字结尾，未逐一列明"),
        ("Body Text", "第一段<b>&{{ x }}。"),
        ("Body Text", "第二段。"),
        ("Heading 1", "可能涉及"),
        ("说明", "下列单位范围在文中没有逐一列明。本单位是否在内，请与起草部门（静安区某办公室）确认。"),
        ("可能涉及", "各相关部门：三（二）"),
    ]
    assert tables == [["联系人", "", "进展情况", "", "签收", ""]] * 2


def test_the_page_stands_upright_with_a_running_head_and_the_number_of_the_page_among_all() -> None:
    section = opened(SHEET).sections[0]
    sizes = (section.page_width, section.page_height)
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(size.mm) for size in (*sizes, *margins)] == [210, 297, 25, 20, 20, 22]
    assert section.header.paragraphs[0].text == "区商务委任务清单\t2022年静安区工作要点"
    foot = section.footer.paragraphs[0]
    fields = [one.text.strip() for one in foot._p.iter(f"{W}instrText")]  # noqa: SLF001
    assert (foot.text, fields) == ("第 1 页　共 1 页", ["PAGE", "NUMPAGES"])


def test_sections_and_tasks_stand_in_the_navigation_pane() -> None:
    styles = opened(SHEET).styles
    levels = {
        name: styles[name].element.find(f"{W}pPr/{W}outlineLvl") for name in ("Heading 1", "Heading 2", "Body Text")
    }
    found = {name: level.get(f"{W}val") for name, level in levels.items() if level is not None}
    assert found == {"Heading 1": "0", "Heading 2": "1"}


def _kept(paragraph: Any) -> bool:  # noqa: ANN401 - as above
    own = paragraph.paragraph_format.keep_with_next
    return bool(paragraph.style.paragraph_format.keep_with_next if own is None else own)


def test_headings_and_facts_stay_with_what_follows_and_the_blanks_with_the_text() -> None:
    bare = replace(ENTRY, row=replace(ROW, text=""))
    (found, without) = (opened(replace(SHEET, tasks=(bare, ENTRY), blanks=blanks)) for blanks in (SHEET.blanks, ()))
    kept = {(one.style.name, one.text): _kept(one) for one in found.paragraphs}
    assert kept["Heading 2", "13．扩大就业"]
    assert kept["栏目", "目标\t就业人数：1000人"]
    assert kept["栏目", "目标\t不少于3场"], "the last line above the blanks of a row without text"
    assert not kept["Body Text", "第一段<b>&{{ x }}。"]
    assert kept["Body Text", "第二段。"], "the last line above the blanks"
    last = [one for one in without.paragraphs if one.text == "目标\t不少于3场"]
    assert [_kept(one) for one in last] == [False, True], "a row without text ends where the next begins"
    assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for one in found.tables for row in one.rows)  # noqa: SLF001


def _grid(table: Any) -> list[int]:  # noqa: ANN401 - as above
    grid = [int(column.get(f"{W}w", "0")) for column in table._tbl.tblGrid]  # noqa: SLF001
    for row in table.rows:
        assert [int(cell._tc.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for cell in row.cells] == grid  # noqa: SLF001
    return grid


@pytest.mark.parametrize("blanks", [("签收",), ("联系人", "进展情况", "签收", "备注")])
def test_each_field_has_a_row_with_144_mm_to_write_in(blanks: tuple[str, ...]) -> None:
    """Whatever their number; it is 8 mm high and the room above and below, as in the PDF, and grows with what is written."""
    (table,) = opened(replace(SHEET, blanks=blanks, tasks=(ENTRY,), safeguards=())).tables
    assert [row.cells[0].text for row in table.rows] == list(blanks)
    name, room = _grid(table)
    assert (name + room, round(room * 25.4 / 1440)) == (9525, 144)
    assert {(round(row.height.mm), row.height_rule) for row in table.rows} == {(10, WD_ROW_HEIGHT_RULE.AT_LEAST)}


def test_a_sheet_that_comes_back_says_until_when_and_is_signed_once() -> None:
    asked = replace(SHEET, return_by="2022年3月31日", signed=True)
    lines, tables = made(asked)
    wanted = "填报要求\t请于2022年3月31日前填写各项空栏，经审核、盖章后退回静安区某办公室。"
    assert ("单位情况", wanted) in lines
    assert tables[-1] == ["填报人", "审核人", "日期", "盖章"]
    assert len(tables) == 3
    grid = _grid(opened(asked).tables[-1])
    assert sum(grid) == 9525
    assert max(grid) - min(grid) <= 1


def test_an_untitled_row_and_a_sheet_without_rows_print() -> None:
    entry = replace(ENTRY, row=replace(ROW, title="", text="", section=""))
    lines, _ = made(replace(SHEET, kind="group", members=("甲街道", "乙镇"), tasks=(entry,)))
    assert ("单位情况", "成员\t甲街道、乙镇") in lines
    assert ("栏目", "所属部分\t重点任务") in lines
    lines, tables = made(replace(SHEET, tasks=(), safeguards=(), possible=(), status=""))
    assert tables == []
    assert lines[-1] == ("单位情况", "共计\t0项")


def test_validators_find_nothing(tmp_path: Path) -> None:
    empty = replace(ENTRY, row=replace(ROW, title="", text=""))
    for place, sheet in enumerate((SHEET, replace(SHEET, blanks=(), tasks=(empty,), possible=()))):
        path = tmp_path / f"{place}.docx"
        path.write_bytes(docx.sheet(sheet, SHIPPED))
        assert faults(path) == []


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_every_character(tmp_path: Path) -> None:
    long = replace(ENTRY, row=replace(ROW, text="长" * 1500 + "完"))
    path = tmp_path / "sheet.docx"
    path.write_bytes(docx.sheet(replace(SHEET, tasks=(ENTRY, long)), SHIPPED))
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    said = subprocess.run(["pdftotext", "-raw", str(path.with_suffix(".pdf")), "-"], check=True, capture_output=True)
    body = word.Document(str(path)).element.body.iter(f"{W}t")
    written = Counter("".join("".join(node.text or "" for node in body).split()))
    assert written - Counter(said.stdout.decode()) == Counter()


def test_a_sheet_is_the_same_each_time() -> None:
    sheet = replace(SHEET, tasks=(ENTRY,) * 14)
    different = {docx.sheet(sheet, SHIPPED) for _ in range(26)}
    assert len(different) == 1
