"""Returned task sheets: what belongs is taken, what does not is told by name and changes nothing."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx as word
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from workplan.progress import answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]

ROOT = Path(__file__).parents[1]
UNIT, OTHER = "区商务委", "区教育局"


def fill_word(path: Path, text: str) -> None:
    """Write a text into the first field of each row of a DOCX."""
    document = word.Document(str(path))
    for table in document.tables:
        if len(table.columns) == 2:
            table.cell(0, 1).text = text
    document.save(str(path))


def fill_book(path: Path, text: str) -> None:
    """Write a text into the first field of each row of a workbook, a formula where it is one."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    last = sheet.max_column
    for row in range(1, sheet.max_row + 1):
        if str(sheet.cell(row, last).value or "").startswith("sheet/"):
            sheet.cell(row, 4).value = text
    book.save(path)


def rezipped(content: bytes, changes: dict[str, bytes]) -> bytes:
    """A package with other parts in place of its own, or besides them."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            new.writestr(name, changes[name] if name in changes else old.read(name))
    return file.getvalue()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the example and the sheets of two units, to be filled in."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "plan", project / "plan")
    command = [sys.executable, "-m", "workplan", "build", "2022", "--unit", UNIT, "--unit", OTHER]
    subprocess.run([*command, "--fields", "--format", "docx,xlsx"], cwd=project, capture_output=True, check=True)
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to work in, with a folder for what comes back."""
    shutil.copytree(built, tmp_path / "p")
    (tmp_path / "p/back").mkdir()
    monkeypatch.chdir(tmp_path / "p")
    return tmp_path / "p"


def sheet(project: Path, unit: str = UNIT, form: str = "docx") -> Path:
    return project / f"build/2022/sheets/{unit}.{form}"


def returned(project: Path, name: str, unit: str = UNIT, text: str = "已完成80%") -> Path:
    """A sheet that came back, filled in."""
    path = project / "back" / name
    shutil.copy(sheet(project, unit, path.suffix[1:]), path)
    (fill_word if path.suffix == ".docx" else fill_book)(path, text)
    return path


def trees(project: Path) -> dict[str, bytes]:
    return {str(one.relative_to(project)): one.read_bytes() for one in project.rglob("*") if one.is_file()}


def test_sheets_in_both_forms_are_collected_and_told_and_twice_changes_nothing(project: Path, run: Run) -> None:
    returned(project, "a.docx")
    returned(project, "b.xlsx", OTHER, "正在推进")
    ended = run("collect", "back", "--date", "2022-10-01")
    assert ended.returncode == 0, ended.stderr
    assert f"back/a.docx：{UNIT}" in ended.stderr
    state = answers.taken(project / "plan/2022/progress/2022-10-01.yaml")
    assert list(state.units) == [OTHER, UNIT] or list(state.units) == [UNIT, OTHER]
    assert {line for row in state.units[UNIT].rows.values() for line in row["进展情况"]} == {"已完成80%"}
    before = trees(project)
    assert run("collect", "back", "--date", "2022-11-01").returncode == 0
    assert trees(project) == before
    assert run("check", "2022").returncode == 0, "what is kept is no part of the plan"


def test_a_number_or_a_day_that_was_pasted_is_collected_as_it_shows(project: Path, run: Run) -> None:
    """Pasted cells bring their formats with them: 85% is no 0.85, and a day no count of days."""
    path = returned(project, "a.xlsx")
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        if str(row[-1].value or "").startswith("sheet/"):
            row[3].value, row[3].number_format = 0.85, "0%"
            row[4].value, row[4].number_format = dt.date(2022, 5, 1), "mm-dd-yy"
    book.save(path)
    assert run("collect", "back", "--date", "2022-10-01").returncode == 0
    rows = answers.taken(project / "plan/2022/progress/2022-10-01.yaml").units[UNIT].rows
    assert {(*row["进展情况"], *row["完成时间"]) for row in rows.values()} == {("85%", "2022年5月1日")}


RUN = "<w:r><w:t>{}</w:t></w:r>"
PICTURE = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata/></v:shape></w:pict></w:r>'
CELL = "<w:tc><w:p>" + RUN + "</w:p></w:tc>"
WRITTEN = {
    "a symbol": (RUN.format("完成") + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', ["完成☑"]),
    "a control": (f"<w:sdt><w:sdtContent>{RUN.format('控件')}</w:sdtContent></w:sdt>", ["控件"]),
    "a box to tick": (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
        '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' + RUN.format("完成"),
        ["☑完成"],
    ),
    "hidden text": (RUN.format("完成") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>不要看</w:t></w:r>", ["完成"]),
    "a change": (
        (
            f'<w:ins w:id="900" w:author="a">{RUN.format("新")}</w:ins>'
            '<w:del w:id="901" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>'
        ),
        ["新"],
    ),
    "a line end": ("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r>", ["一", "二"]),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_what_a_cell_of_word_shows_is_collected(how: str, project: Path, run: Run) -> None:
    """Symbols and boxes too, and nothing that does not show."""
    markup, lines = WRITTEN[how]
    _put_in_word(returned(project, "a.docx"), f"<w:p {nsdecls('w')}>{markup}</w:p>")
    assert run("collect", "back", "--date", "2022-10-01").returncode == 0
    rows = answers.taken(project / "plan/2022/progress/2022-10-01.yaml").units[UNIT].rows
    assert {row["进展情况"] for row in rows.values()} == {tuple(lines)}


def test_a_table_in_a_cell_is_a_line_for_each_of_its_rows(project: Path, run: Run) -> None:
    rows = "".join(f"<w:tr>{CELL.format(a)}{CELL.format(b)}</w:tr>" for a, b in (("镇", "个"), ("甲", "3")))
    path = returned(project, "a.docx")
    _put_in_word(path, f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{rows}</w:tbl>", f"<w:p {nsdecls('w')}/>")
    assert run("collect", "back", "--date", "2022-10-01").returncode == 0
    found = answers.taken(project / "plan/2022/progress/2022-10-01.yaml").units[UNIT].rows
    assert {row["进展情况"] for row in found.values()} == {("镇｜个", "甲｜3")}


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_picture_is_told_and_the_words_are_taken(form: str, project: Path, run: Run) -> None:
    """No answer can hold it, and to say nothing would lose it."""
    path = returned(project, f"a.{form}", text="见图")
    if form == "docx":
        _put_in_word(path, f"<w:p {nsdecls('w')}>{RUN.format('见图')}{PICTURE}</w:p>")
    else:
        path.write_bytes(rezipped(path.read_bytes(), {"xl/media/image1.png": b"\x89PNG"}))
    ended = run("collect", "back", "--date", "2022-10-01")
    assert (ended.returncode, "里有图片，只收了文字" in ended.stderr) == (0, True), ended.stderr
    rows = answers.taken(project / "plan/2022/progress/2022-10-01.yaml").units[UNIT].rows
    assert {row["进展情况"] for row in rows.values()} == {("见图",)}


def _put_in_word(path: Path, *blocks: str) -> None:
    """Write blocks into the first field of each row of a DOCX."""
    document = word.Document(str(path))
    for table in document.tables:
        if len(table.columns) == 2:
            cell = table.cell(0, 1)._tc  # noqa: SLF001 - the library has no way to it
            for paragraph in list(cell.iterchildren("{*}p")):
                cell.remove(paragraph)
            for block in blocks:
                cell.append(parse_xml(block))  # type: ignore[arg-type]  # as above
    document.save(str(path))


def test_a_formula_that_was_saved_without_its_value_is_told(project: Path, run: Run) -> None:
    """Nobody knows what the cell shows; to take the others and leave it out would lose an answer in silence."""
    path = returned(project, "a.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    line = next(number for number in range(1, sheet.max_row) if sheet.cell(number, 4).value == "已完成80%")
    sheet.cell(line, 5).value = "=TODAY()"
    book.save(path)
    ended = run("collect", "back", "--date", "2022-10-01")
    assert (ended.returncode, f"第 {line} 行的“完成时间”是公式" in ended.stderr) == (1, True), ended.stderr
    assert not (project / "plan/2022/progress").exists()


def _old(project: Path) -> Path:
    path = returned(project, "旧的.docx")
    plan = project / "plan/2022/tasks.yaml"
    plan.write_text(plan.read_text() + "# 改动\n")
    return path


def _bomb(project: Path) -> Path:
    path = returned(project, "炸弹.docx")
    path.write_bytes(rezipped(path.read_bytes(), {"word/document.xml": b" " * (400 << 20)}))
    return path


def _entity(project: Path) -> Path:
    path = returned(project, "实体.docx")
    content = zipfile.ZipFile(path).read("word/document.xml").decode()
    head, _, body = content.partition("?>")
    entity = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    path.write_bytes(rezipped(path.read_bytes(), {"word/document.xml": f"{head}?>{entity}{body}".encode()}))
    return path


def _empty(project: Path) -> Path:
    path = project / "back/空.docx"
    shutil.copy(sheet(project), path)
    return path


def _damaged(project: Path) -> Path:
    path = returned(project, "坏.xlsx")
    path.write_bytes(path.read_bytes()[:3000])
    return path


def _clean(project: Path) -> Path:
    path = returned(project, "没有标识.docx")
    content = path.read_bytes()
    path.write_bytes(rezipped(content, {"docProps/custom.xml": b"<Properties/>"}))
    return path


def _other_kind(project: Path) -> Path:
    path = project / "back/文字.docx"
    path.write_text("不是文档")
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_old, "改动以前"),
        (_bomb, "大得不合常理"),
        (_entity, "损坏"),
        (_empty, "一栏也没有填"),
        (_damaged, "损坏"),
        (_clean, "没有记着"),
        (_other_kind, "不是任务清单"),
    ],
)
def test_what_does_not_belong_is_told_by_name_and_changes_nothing(
    make: Callable[[Path], Path], said: str, project: Path, run: Run
) -> None:
    path = make(project)
    before = trees(project)
    ended = run("collect", f"back/{path.name}", "--into", "2022")
    assert ended.returncode == 1
    assert path.name in ended.stderr
    assert said in ended.stderr
    assert trees(project) == before


def test_a_sheet_of_another_plan_is_told(project: Path, run: Run) -> None:
    path = returned(project, "a.docx")
    before = trees(project)
    ended = run("collect", str(path), "--into", "2023")
    assert ended.returncode == 1
    assert "a.docx" in ended.stderr
    assert "“2022”的任务清单，不是“2023”的" in ended.stderr
    assert trees(project) == before


def test_what_is_wrong_keeps_nothing_else_out(project: Path, run: Run) -> None:
    returned(project, "a.docx")
    (project / "back/坏.docx").write_bytes(b"PK\x03\x04")
    ended = run("collect", "back", "--date", "2022-10-01")
    assert ended.returncode == 1
    assert "坏.docx" in ended.stderr
    assert list(answers.taken(project / "plan/2022/progress/2022-10-01.yaml").units) == [UNIT]


def test_two_sheets_of_a_unit_are_told_and_the_later_one_is_taken_where_asked(project: Path, run: Run) -> None:
    for name, text, saved in (("先.docx", "一", "2022-09-01"), ("后.docx", "二", "2022-09-02")):
        path = returned(project, name, text=text)
        core = zipfile.ZipFile(path).read("docProps/core.xml").decode()
        end = core.rindex("</")
        when = f'<t:modified xmlns:t="http://purl.org/dc/terms/">{saved}T08:00:00Z</t:modified>'
        core = core[:end] + when + core[end:]
        path.write_bytes(rezipped(path.read_bytes(), {"docProps/core.xml": core.encode()}))
    before = trees(project)
    ended = run("collect", "back")
    assert ended.returncode == 1
    assert "先.docx" in ended.stderr
    assert "后.docx" in ended.stderr
    assert trees(project) == before
    assert run("collect", "back", "--latest", "--date", "2022-10-01").returncode == 0
    rows = answers.taken(project / "plan/2022/progress/2022-10-01.yaml").units[UNIT].rows
    assert {line for row in rows.values() for line in row["进展情况"]} == {"二"}


def test_a_formula_is_never_worked_out(project: Path, run: Run) -> None:
    """What it showed when the file was saved counts; where nothing was saved with it, nobody knows."""
    returned(project, "a.xlsx", text='=HYPERLINK("http://example.com","点")')
    ended = run("collect", "back")
    assert ended.returncode == 1
    assert "是公式，没有存下结果" in ended.stderr


def test_a_workbook_that_somebody_works_in_is_not_overwritten(project: Path, run: Run) -> None:
    returned(project, "a.docx")
    assert run("collect", "back", "--date", "2022-10-01").returncode == 0
    book = openpyxl.load_workbook(project / "progress.xlsx")
    book.save(project / "progress.xlsx")
    returned(project, "b.docx", OTHER)
    before = trees(project)
    ended = run("collect", "back", "--date", "2022-10-02")
    assert ended.returncode == 2
    assert "progress.xlsx" in ended.stderr
    assert trees(project) == before
    assert run("collect", "back", "--date", "2022-10-02", "-o", "new.xlsx").returncode == 0


def test_a_broken_file_of_answers_is_a_finding_at_its_place(project: Path, run: Run) -> None:
    returned(project, "a.docx")
    folder = project / "plan/2022/progress"
    folder.mkdir()
    (folder / "2022-09-01.yaml").write_text("plan: '2022'\ndate: 2022-09-01\nunits:\n  - unt: 区教育局\n")
    ended = run("collect", "back", "--date", "2022-10-01")
    assert ended.returncode == 1
    assert "2022-09-01.yaml:4:5" in ended.stderr
    assert not (folder / "2022-10-01.yaml").exists()


def test_the_workbook_has_real_dates_lists_colours_and_who_is_missing(project: Path, run: Run) -> None:
    returned(project, "a.docx")
    assert run("collect", "back", "--date", "2022-10-01").returncode == 0
    book = openpyxl.load_workbook(project / "progress.xlsx")
    sheet = book["进展情况"]
    heads = [cell.value for cell in sheet[3]]
    assert heads == ["序号", "单位", "任务", "角色", "完成时限", "截止日期", "进展情况", "状态", "红黄绿"]
    assert sheet.data_validations.dataValidation[0].formula1 == '"未反馈,推进中,有困难,已完成"'
    assert len(sheet.conditional_formatting) == 2
    assert {cell.value for cell in sheet["H"][3:]} == {"未反馈", "推进中"}
    missing = [row[0].value for row in book["未反馈"].iter_rows(min_row=4)]
    assert UNIT not in missing
    assert OTHER in missing


def test_nothing_is_written_through_a_link_that_leads_out(project: Path, tmp_path: Path, run: Run) -> None:
    returned(project, "a.docx")
    (tmp_path / "elsewhere").mkdir()
    (project / "plan/2022/progress").symlink_to(tmp_path / "elsewhere")
    ended = run("collect", "back", "--date", "2022-10-01")
    assert ended.returncode == 2
    assert "elsewhere" in ended.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not (project / "progress.xlsx").exists()


def test_tasks_tell_who_has_not_answered_and_what_is_due(project: Path, run: Run) -> None:
    assert run("tasks", "2022", "--status", "未反馈").returncode == 2, "nothing was collected yet"
    returned(project, "a.docx")
    assert run("collect", "back", "--date", "2022-10-01").returncode == 0
    told = json.loads(run("tasks", "2022", "--status", "未反馈", "--format", "json").stdout)["rows"]
    assert UNIT not in {row["unit"] for row in told}
    assert OTHER in {row["unit"] for row in told}
    own = json.loads(run("tasks", "2022", "--status", "推进中", "--unit", UNIT, "--format", "json").stdout)["rows"]
    assert {row["unit"] for row in own} == {UNIT}
    late = run("tasks", "2023", "--due-before", "2023-07-01", "--format", "json")
    dates = [[due["date"] for due in row["due"]] for row in json.loads(late.stdout)["tasks"]]
    assert dates
    assert all(any(day and day < "2023-07-01" for day in days) for days in dates)
    assert run("tasks", "2023", "--due-before", "soon").returncode == 2
    assert run("tasks", "2022", "--status", "不知道").returncode == 2


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("已完成。", "已完成"),
        ("已全部完成，超额20个", "已完成"),
        ("完成100%", "推进中"),
        ("已完成80%", "推进中"),
        ("完成全年任务的60%", "推进中"),
        ("已完成招标，尚未开工", "推进中"),
        ("未完成", "推进中"),
        ("正在推进", "推进中"),
    ],
)
def test_done_is_only_what_says_so_without_a_rest(said: str, status: str, project: Path, run: Run) -> None:
    returned(project, "a.docx", text=said)
    assert run("collect", "back", "--date", "2022-10-01").returncode == 0
    rows = json.loads(run("tasks", "2022", "--unit", UNIT, "--status", status, "--format", "json").stdout)["rows"]
    assert rows
