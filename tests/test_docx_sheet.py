"""The task sheet as DOCX: all that a department has to know, in a table whose head repeats."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import docx as word
import ooxml_integrity
import pytest
from openxml_audit import OpenXmlValidator

from workplan.render import docx
from workplan.resources.templates import Templates
from workplan.view.rows import Assignment, Due, Entry, Named, Possible, Row, Sheet, Target

if TYPE_CHECKING:
    from pathlib import Path

    from docx.table import Table

SHIPPED = Templates()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROW = Row(
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
        Assignment("牵头单位", "区商务委", open=False, units=(Named("区商务委", "区商务委", "lead"),), source="units"),
        Assignment(
            "配合单位", "区总工会", open=True, units=(Named("区总工会", "区总工会", "support"),), source="units"
        ),
    ),
    due=(Due("年底前", "2022-12-31"), Due("2022年6月30日前", "2022-06-30")),
    targets=(Target("就业人数", "1000人", 1000, "人"), Target("", "不少于3场", 3, "场")),
)
ENTRY = Entry(ROW, ("lead",), (), (("support", ("区总工会",)),))
GUARD = Entry(
    replace(ROW, kind="safeguards", section="", part="保障措施", due=(), targets=()), ("responsible",), ("各街镇",), ()
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
    possible=(Possible("各相关部门", ("三（二）",)),),
    blanks=("联系人", "进展情况", "签收"),
)


def made(sheet: Sheet) -> tuple[list[str], list[Table], str]:
    """The paragraphs, the tables and the running head of a sheet."""
    document = word.Document(io.BytesIO(docx.sheet(sheet, SHIPPED)))
    head = document.sections[0].header.paragraphs[0].text
    return [one.text for one in document.paragraphs if one.text], document.tables, head


def test_a_sheet_says_whose_it_is_and_what_it_stands_on() -> None:
    lines, _, head = made(SHEET)
    assert lines == [
        "征求意见稿",
        "区商务委任务清单",
        "依据《2022年静安区工作要点》（静办〔2022〕1号，2022年6月29日）",
        "印发单位：静安区某办公室",
        "单位全称：静安区商务委员会",
        "隶属：区政府",
        "本清单：任务1项，保障措施1项；本单位牵头1项，责任1项",
        "一、任务（1项）",
        "二、保障措施（1项）",
        "可能涉及",
        "下列单位范围在文中没有逐一列明。本单位是否在内，请与起草部门（静安区某办公室）确认。",
        "各相关部门：三（二）",
    ]
    assert head == "区商务委\t2022年静安区工作要点"


def test_each_row_has_role_text_others_deadline_and_targets() -> None:
    _, (tasks, safeguards), _ = made(SHEET)
    head = ["编号", "所属部分", "任务内容", "本单位角色", "其他单位", "时限和目标", "联系人", "进展情况", "签收"]
    assert [cell.text for cell in tasks.rows[0].cells] == head
    assert [cell.text for cell in tasks.rows[1].cells] == [
        "13",
        "劳务协作",
        "扩大就业\n第一段<b>&{{ x }}。\n第二段。",
        "牵头",
        "配合单位：区总工会等",
        "年底前（2022年12月31日）\n2022年6月30日前\n就业人数：1000人\n不少于3场",
        "",
        "",
        "",
    ]
    assert [cell.text for cell in safeguards.rows[1].cells][1:5:2] == ["保障措施", "责任\n（通过各街镇）"]
    for table in (tasks, safeguards):
        marked = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]  # noqa: SLF001
        assert marked == [True, False]


@pytest.mark.parametrize("blanks", [(), ("签收",), ("联系人", "进展情况", "签收", "备注")])
@pytest.mark.parametrize("timed", [True, False])
def test_the_columns_that_are_there_fill_the_width(blanks: tuple[str, ...], timed: bool) -> None:  # noqa: FBT001
    _, (table,), _ = made(
        replace(SHEET, blanks=blanks, tasks=(ENTRY,) if timed else (), safeguards=() if timed else (GUARD,))
    )
    grid = [int(column.get(f"{W}w", "0")) for column in table._tbl.tblGrid]  # noqa: SLF001
    assert len(grid) == 5 + timed + len(blanks) == len(table.rows[0].cells)
    assert sum(grid) == 14570
    assert min(grid) > 600
    for row in table.rows:
        widths = [int(cell._tc.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for cell in row.cells]  # noqa: SLF001
        assert widths == grid


def test_an_untitled_row_and_a_group_without_rows_print() -> None:
    entry = replace(ENTRY, row=replace(ROW, title="", text="", section=""))
    lines, (table, *_), _ = made(replace(SHEET, kind="group", members=("甲街道", "乙镇"), tasks=(entry,)))
    assert "成员：甲街道、乙镇" in lines
    assert [cell.text for cell in table.rows[1].cells][1:3] == ["重点任务", ""]
    lines, tables, _ = made(replace(SHEET, tasks=(), safeguards=(), possible=(), status=""))
    assert tables == []
    assert "一、任务（0项）" not in lines


def test_validators_find_nothing(tmp_path: Path) -> None:
    empty = replace(ENTRY, row=replace(ROW, title="", text=""))
    for place, sheet in enumerate((SHEET, replace(SHEET, blanks=(), tasks=(empty,), possible=()))):
        path = tmp_path / f"{place}.docx"
        path.write_bytes(docx.sheet(sheet, SHIPPED))
        assert not OpenXmlValidator().validate(path).errors
        assert not ooxml_integrity.check(path)


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
