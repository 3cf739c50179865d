"""The workbook: read back with openpyxl, measured against LibreOffice, checked by a validator."""

from __future__ import annotations

import importlib
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from validators import faults
from views import due_of, official, target_of, unit_of
from views import replace as with_facts
from workplan.render import xlsx
from workplan.view.assignments import Assignment, Load, TaskRow

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from workplan.view.assignments import Role

HEADINGS = ["序号", "所属板块", "任务", "主要内容", "牵头单位", "配合单位", "责任单位", "完成时限", "截止日期", "目标"]


def assigned(role: Role, *names: str, is_open: bool = False) -> Assignment:
    return Assignment(
        label="",
        printed="、".join(names),
        open=is_open,
        units=tuple(unit_of(name, name, role) for name in names),
        source="units",
    )


def task(number: str = "1", text: str = "完成机组改造。", *assignments: Assignment, **changes: Any) -> TaskRow:  # noqa: ANN401
    row = TaskRow(
        id=f"task-{number}",
        number=number,
        mark=f"{number}．",
        path=(number,),
        part="重点任务",
        kind="tasks",
        section="产业合作",
        title=f"任务{number}",
        text=text,
        assignments=assignments,
        due=(),
        targets=(),
    )
    return replace(row, **changes)


def loads_of(rows: list[TaskRow]) -> list[Load]:
    units = dict.fromkeys(named.unit for row in rows for named in row.named)
    return [
        Load(
            unit=unit,
            kind="unit",
            printed=(unit,),
            tasks=(),
            safeguards=(),
            duties=(),
            lead=0,
            support=0,
            responsible=0,
        )
        for unit in units
    ]


OFFICIAL = official(
    plan="2022",
    status="征求意见稿",
    issuers=("静安区某办公室",),
    number="静办〔2022〕1号",
    title=("2022年静安区", "工作要点"),
    date="2022年6月29日",
)


def made(rows: list[TaskRow]) -> bytes:
    return xlsx.assignments(rows, loads_of(rows), OFFICIAL)


def read(content: bytes) -> tuple[Worksheet, Worksheet]:
    first, second, *_ = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return first, second


def ledger(rows: list[TaskRow]) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(made(rows)))["督查台账"]


def table(sheet: Worksheet, start: int = 4) -> list[list[str]]:
    return [[str(cell.value or "") for cell in line] for line in sheet.iter_rows(min_row=start)]


def test_first_sheet_has_title_headings_and_every_cell_of_a_row() -> None:
    row = task(
        "9",
        "做好《甲》。",
        assigned("lead", "市科委"),
        assigned("support", "市财政局", "各市、州、县人民政府", is_open=True),
        assigned("responsible", "市教委"),
        due=(due_of("2022年6月底前", "2022-06-30"),),
        targets=(target_of("示范家庭农场", "10000家", 10000, "家"),),
    )
    sheet, matrix = read(made([row]))
    assert (sheet.title, matrix.title) == ("任务分解表", "单位任务矩阵")
    assert sheet["A1"].value == "2022年静安区工作要点任务分解表"
    assert sheet["A2"].value == "征求意见稿　　静办〔2022〕1号　　2022年6月29日"
    assert [cell.value for cell in sheet[3]] == HEADINGS
    expected = ["9", "产业合作", "任务9", "做好《甲》。", "市科委", "市财政局、各市、州、县人民政府等", "市教委"]
    assert table(sheet) == [[*expected, "2022年6月底前", "2022-06-30 00:00:00", "示范家庭农场：10000家"]]


def test_what_a_row_belongs_to_stands_in_its_column_and_no_row_goes_astray_when_sorted() -> None:
    rows = [
        task("1"),
        task("一", kind="safeguards", part="保障措施", section=""),
        task("二", kind="safeguards", part="", section=""),
        task("1", kind="duties", part="任务分工", section=""),
    ]
    sheet, _ = read(made(rows))
    assert [line[:3] for line in table(sheet)] == [
        ["1", "产业合作", "任务1"],
        ["一", "保障措施", "任务一"],
        ["二", "保障措施", "任务二"],
        ["1", "任务分工", "任务1"],
    ]
    assert sheet.auto_filter.ref == "A3:J7"


def test_a_deadline_is_a_date_that_sorts_and_a_row_without_one_is_empty() -> None:
    due = (due_of("2022年6月底前", "2022-06-30"), due_of("2022年3月底前", "2022-03-31"))
    sheet, _ = read(made([task("1", due=due), task("2", due=(due_of("长期", None),))]))
    assert [sheet.cell(place, HEADINGS.index("截止日期") + 1).value for place in (4, 5)] == [
        datetime.fromisoformat("2022-03-31"),
        None,
    ]


def test_the_ledger_has_a_row_for_each_unit_and_task_and_one_for_a_task_that_names_none() -> None:
    rows = [
        task(
            "1", "内容", assigned("lead", "甲"), assigned("support", "甲", "乙"), due=(due_of("年底前", "2022-12-31"),)
        ),
        task("2", "内容"),
    ]
    sheet = ledger(rows)
    body = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=3)]
    assert [(line[0], line[1], line[4]) for line in body] == [
        ("甲", "牵头、配合", "任务1"),
        ("乙", "配合", "任务1"),
        (None, None, "任务2"),
    ]
    assert [line[7] for line in body] == [datetime.fromisoformat("2022-12-31")] * 2 + [None]
    assert sheet.auto_filter.ref == "A2:K5"
    choices = [(str(one.sqref), one.formula1) for one in sheet.data_validations.dataValidation]
    assert choices == [("J3:J5", '"未反馈,推进中,有困难,已完成"')]
    coloured = [rule.formula[0] for one in sheet.conditional_formatting for rule in one.rules]
    assert len(coloured) == 3
    assert "TODAY()" in coloured[0]


def test_the_charts_show_every_unit_and_every_month_from_the_first_deadline_to_the_last() -> None:
    rows = [
        task("1", "内容", assigned("lead", "甲"), due=(due_of("一月底前", "2022-01-31"),)),
        task("2", "内容", assigned("responsible", "乙"), due=(due_of("三月底前", "2022-03-31"),)),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(made(rows)))["图表"]
    assert [sheet.cell(row, 13).value for row in (2, 3)] == ["甲", "乙"]
    assert [(sheet.cell(row, 18).value, sheet.cell(row, 19).value) for row in (2, 3, 4)] == [
        ("2022-01", 1),
        ("2022-02", 0),
        ("2022-03", 1),
    ]
    with zipfile.ZipFile(io.BytesIO(made(rows))) as package:
        assert {"xl/charts/chart1.xml", "xl/charts/chart2.xml"} <= set(package.namelist())


def test_sheets_are_ready_to_filter_scroll_and_print() -> None:
    sheet, matrix = read(made([task(str(n), "内容", assigned("lead", "甲")) for n in range(1, 4)]))
    assert sheet.auto_filter.ref == "A3:J6"
    assert matrix.auto_filter.ref == "A5:H6"
    assert (sheet.freeze_panes, matrix.freeze_panes) == ("D4", "B6")
    assert (sheet.print_title_rows, matrix.print_title_rows, matrix.print_title_cols) == ("$3:$3", "$3:$5", "$A:$A")
    for page in (sheet, matrix):
        assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
        assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)  # 1 is the default
        assert page.sheet_properties.pageSetUpPr is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage
        footer = page.oddFooter
        assert footer is not None
        assert "&P" in str(getattr(footer.center, "text", ""))
        assert page.page_margins.left < 0.6


HOSTILE = [
    *("=1+1", "+8613800000000", "-2", "@SUM(A1)", "\t=1", "http://example.cn/a"),
    *("mailto:a@b.cn", "internal:Sheet1!A1", "001", "1.10", "4:30", "{=SUM(A1)}"),
    *("<r><t>x</t></r>", "<r>", "A&B <x> {{ y }} \"q\" 'z'", "_x0041_", "镕祎㎡𠮷", "TRUE"),
    *(" 前后有空 "),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_value_is_text_whatever_it_looks_like(text: str) -> None:
    """Title, text, units and numbers come back to the letter; no cell is a formula, a link or a number."""
    row = task(text, text, assigned("lead", text), title=text, section=text)
    content = made([row])
    sheet, matrix = read(content)
    assert table(sheet)[0][:5] == [text] * 5
    assert matrix["A6"].value == text
    assert matrix["B5"].value == text
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    assert not [name for name, part in parts.items() if "TargetMode" in part or "<hyperlink" in part]
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet4.xml"):
        assert "<f>" not in parts[name]
    kinds = [cell.data_type for cell in ledger([row])[3] if cell.value]
    assert kinds.count("f") == 1, "whether it is due in this quarter"
    assert set(kinds) == {"s", "f"}
    assert all(cell.data_type == "s" for cell in sheet[4] if cell.value)


def test_illegal_characters_do_not_break_the_file() -> None:
    sheet, _ = read(made([task("1", "前\x00\x1b\ufffe\ud800后", assigned("lead", "甲\x07"))]))
    assert table(sheet)[0][3:5] == ["前\ufffd\ufffd\ufffd\ufffd后", "甲\ufffd"]


def test_two_runs_give_the_same_bytes_and_no_date_of_today() -> None:
    rows = [task("1", "内容", assigned("lead", "甲", "乙", is_open=True), assigned("support", "丙"))]
    # The first run of a process must equal the later ones: XlsxWriter changes the options that it is handed.
    importlib.reload(xlsx)
    content = made(rows)
    assert content == made(rows)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
        assert set(re.findall(rb"\d{4}-\d\d-\d\dT", package.read("docProps/core.xml"))) == {b"2022-06-29T"}


@pytest.mark.parametrize("status", ["征求意见稿" * 20_000, "W" * 40_000])
def test_a_status_beyond_a_cell_is_cut_over_both_sheets_and_the_legend_stays(status: str) -> None:
    rows = [task("1", "甲。", assigned("lead", "甲"))]
    for sheet in read(xlsx.assignments(rows, loads_of(rows), with_facts(OFFICIAL, status=status))):
        second = str(sheet["A2"].value)
        assert second.startswith(status[:20])
        assert len(second) < 5000
        assert (sheet.row_dimensions[2].height or 0) <= 409.5
    assert "牵头" in second.rpartition("…")[2]


@pytest.mark.parametrize(
    "text",
    ["深入实施创新驱动发展战略，推动高质量发展。" * 2500, "没有句号" * 10000, "段\n" * 500, "𠮷" * 33000, "W" * 40000],
    ids=["sentences", "no-stop", "paragraphs", "astral", "one-word"],
)
def test_a_text_beyond_excels_limits_goes_on_in_further_rows_and_loses_nothing(text: str) -> None:
    sheet, _ = read(made([task("1", text, assigned("lead", "甲")), task("2", "下一项")]))
    body = table(sheet)
    parts = [line[3] for line in body if line[0] == "1"]
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")
    assert [line[2] for line in body] == ["任务1", *["任务1（续）"] * (len(parts) - 1), "任务2"]
    assert [line[4] for line in body] == ["甲", *[""] * len(parts)]
    assert all(len(part.encode("utf-16-le")) // 2 <= 32767 for part in parts)
    heights = [sheet.row_dimensions[place].height or 0 for place in range(1, sheet.max_row + 1)]
    assert max(heights) <= 409.5


def test_every_cell_of_a_row_shows_when_it_is_the_highest() -> None:
    """A list of units or a title too high for one row goes on below as well."""
    units = [f"区第{number}街道办事处" for number in range(200)]
    sheet, _ = read(made([task("1", "内容", assigned("responsible", *units), title="题" * 900)]))
    body = table(sheet)
    assert "".join(line[6] for line in body) == "、".join(units)
    assert "".join(line[2] for line in body).replace("（续）", "") == "题" * 900


def test_matrix_marks_each_role_and_adds_up() -> None:
    rows = [
        task("1", "内容", assigned("lead", "甲"), assigned("responsible", "乙"), assigned("support", "丙")),
        task("2", "内容", assigned("lead", "甲"), assigned("support", "甲", "乙")),
        task("一", "内容", assigned("responsible", "乙"), kind="safeguards", part="保障措施"),
    ]
    _, matrix = read(made(rows))
    assert matrix["A2"].value == "征求意见稿　　★牵头单位　　●责任单位　　○配合单位"
    assert [cell.value for cell in matrix[3]] == ["单位", "重点任务", None, "保障措施", "合计", None, None, None]
    assert [cell.value for cell in matrix[4]] == ["序号", "1", "2", "一", "总数", "★", "●", "○"]
    assert [cell.value for cell in matrix[5]][:4] == ["任务", "任务1", "任务2", "任务一"]
    assert matrix["B5"].alignment.textRotation == 255
    assert [[cell.value for cell in line] for line in matrix.iter_rows(min_row=6)] == [
        ["甲", "★", "★○", None, 2, 2, 0, 1],
        ["乙", "●", "○", "●", 3, 0, 2, 1],
        ["丙", "○", None, None, 1, 0, 0, 1],
        ["单位数", 3, 2, 1, 6, 2, 2, 3],
    ]


def test_a_long_title_in_the_matrix_lies_and_one_that_does_not_fit_says_so() -> None:
    _, matrix = read(made([task("1", title="题" * 30), task("2", title="题" * 500)]))
    assert matrix["B5"].value == "题" * 30
    assert matrix["B5"].alignment.textRotation == 90
    assert matrix["C5"].value.endswith("…")


def test_more_rows_than_excel_has_columns_take_several_matrix_sheets() -> None:
    rows = [task(str(number), "内容", assigned("lead", "甲")) for number in range(16_001)]
    book = openpyxl.load_workbook(io.BytesIO(made(rows)), read_only=True)
    assert book.sheetnames == ["任务分解表", "单位任务矩阵", "单位任务矩阵（2）", "督查台账", "图表"]
    assert [line[1] for line in book["单位任务矩阵（2）"].iter_rows(min_row=4, max_row=6, values_only=True)] == [
        "16000",
        "任务16000",
        "★",
    ]


def test_a_plan_without_rows_gives_headings_alone() -> None:
    sheet, matrix = read(made([]))
    assert [cell.value for cell in sheet[3]] == HEADINGS
    assert sheet.max_row == 3
    assert matrix["A6"].value == "单位数"


SAMPLE = [
    task("1", "=1+1", assigned("lead", "市科委", "<r>乙</r>"), due=(due_of("年底前", None),), title="题" * 40),
    task(
        "2", "按照《意见》（2022）要求，充分发挥“大平台、大流通”优势；" * 20, assigned("responsible", *"甲乙丙丁" * 8)
    ),
    task("3", "Wave MW GDP 2022 and " * 30, assigned("support", "市财政局", "各市、州、县人民政府", is_open=True)),
    task("4", "一，二。三；四：五、" * 30 + "\n" + "镕祎㎡" * 40, title="A Title of Many Wide Words MMMM WWWW"),
    task("一", "内容", assigned("responsible", "甲"), kind="safeguards", part="保障措施", section=""),
]


def test_validator_finds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "assignments.xlsx"
    file.write_bytes(made(SAMPLE))
    assert faults(file) == []


def converted(office: str, file: Path, ending: str) -> Path:
    """The file as LibreOffice saves it, in a profile of its own."""
    folder = file.parent / ending
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", ending, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{file.stem}.{ending}"


@pytest.mark.office
def test_no_row_is_lower_than_libreoffice_would_make_it(tmp_path: Path) -> None:
    """Heights are taken out, LibreOffice computes its own, and ours hold at least as much."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    content = made(SAMPLE)
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            target.writestr(name, re.sub(rb' (ht="[\d.]+"|customHeight="1")', b"", source.read(name)))
    flat = converted(office, bare, "fods")
    # LibreOffice computes heights on loading only for files that another program wrote.
    text = flat.read_text(encoding="utf-8")
    flat.write_text(re.sub("<meta:generator>[^<]*", "<meta:generator>Other", text), encoding="utf-8")
    theirs, _ = read(converted(office, flat, "xlsx").read_bytes())
    ours, _ = read(content)
    needed = [theirs.row_dimensions[place].height or 0 for place in range(4, ours.max_row + 1)]
    given = [ours.row_dimensions[place].height or 0 for place in range(4, ours.max_row + 1)]
    assert max(needed) > 100  # they were computed
    assert [place for place, (low, high) in enumerate(zip(needed, given, strict=True), 4) if low > high] == []


def test_the_ledger_loses_nothing_of_a_long_text() -> None:
    sheet = ledger(
        [task("1", "甲乙丙丁戊己庚辛。" * 300, assigned("lead", "甲"), due=(due_of("年底前", "2022-12-31"),))]
    )
    body = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=3)]
    assert "".join(str(line[5]) for line in body) == "甲乙丙丁戊己庚辛。" * 300
    assert {line[0] for line in body} == {"甲"}
    assert [line[7] is None for line in body] == [False] + [True] * (len(body) - 1)


@pytest.mark.parametrize(("epoch", "created"), [("86400", "1970-01-02"), ("", "2022-06-29"), ("某日", "2022-06-29")])
def test_the_workbook_is_as_old_as_the_build_says_or_the_plan(
    epoch: str, created: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    book = openpyxl.load_workbook(io.BytesIO(made([task()])))
    assert book.properties.created.date().isoformat() == created
