"""征求意见 from end to end: ten units return a copy of the built document, the office decides, the plan has what was adopted."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from edited import Copy
from repositories import commit, repository
from workplan import view
from workplan.compiler import compile_plan
from workplan.merge.opinions import words
from workplan.source import Directory

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

PLAN = Path(__file__).parents[1] / "plan"
TASK = "继续高标准、严要求"


def returned(document: bytes) -> dict[str, bytes]:
    """What ten units send back, by the names of their files."""
    made: dict[str, Copy] = {}

    def copy(unit: str, *, tracked: bool = True) -> Copy:
        made[unit] = Copy(document, author=f"{unit}办公室", tracked=tracked)
        return made[unit]

    copy("区教育局").retype(TASK, "坚持高标准、严要求")
    copy("区卫生健康委", tracked=False).retype(TASK, "坚持高标准、严要求")
    copy("区财政局").retype(TASK, "从严从实")
    copy("区委组织部").retype("新一轮援外干部选派", "第十一批援外干部选派")
    copy("区人力资源和社会保障局").comment("认真做好新一轮援外干部选派工作", "请写明", "人数。")
    copy("区司法局").delete("坚持推动消费协作进机关")
    copy("区商务委").insert("拓展社会帮扶资金渠道", "9．规范捐赠资金管理。建立台账，按季公开。（责任部门：区民政局）")
    copy("区国资委").retype("2022年6月29日", "2022年7月4日")
    copy("团区委")
    copy("区妇联").retype("人才支援", "人才智力支援")
    return {f"{unit}.docx": one.packed() for unit, one in made.items()}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """A repository with the plan, and a folder with what came back."""
    shutil.copytree(PLAN, tmp_path / "plan")
    repository(tmp_path)
    commit(tmp_path, {}, "送审稿")
    monkeypatch.chdir(tmp_path)
    assert run("build", "2022", "--only", "official", "--format", "docx").returncode == 0
    folder = tmp_path / "反馈"
    folder.mkdir()
    for name, content in returned((tmp_path / "build/2022/official.docx").read_bytes()).items():
        (folder / name).write_bytes(content)
    return tmp_path


def rows(table: Path) -> list[dict[str, str]]:
    """The rows of the table by its headings."""
    sheet = openpyxl.load_workbook(table).worksheets[0]
    lines = [[str(cell.value or "") for cell in line] for line in sheet.iter_rows()]
    head = next(place for place, line in enumerate(lines) if words.DECISION in line)
    return [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :] if line[0]]


def decide(table: Path, decision: Callable[[dict[str, str]], str]) -> None:
    """Fill in the decisions of all rows, and save as Excel does."""
    book = openpyxl.load_workbook(table)
    sheet = book.worksheets[0]
    head = next(line for line in sheet.iter_rows() if any(cell.value == words.DECISION for cell in line))
    column = next(cell.column for cell in head if cell.value == words.DECISION)
    for place, row in enumerate(rows(table), (head[0].row or 0) + 1):
        sheet.cell(place, column).value = decision(row)
    book.save(table)


def printed(folder: Path) -> list[str]:
    plan = compile_plan(Directory(folder / "plan/2022")).plan
    assert plan is not None
    return [str(block) for block in view.official(plan).sequence]


def test_ten_copies_give_one_table_and_what_is_adopted_comes_home(office: Path, run: Run) -> None:
    """Agreeing opinions are one row, clashing ones stand together, comments are rows; adopted rows change the plan, once."""
    table = office / "意见汇总.xlsx"
    gathered = run("merge", "反馈", "--opinions", table)
    assert gathered.returncode == 0, gathered.stderr
    told = {row[words.UNITS]: row for row in rows(table)}
    assert len(rows(table)) == 8
    assert set(told) == {
        "区教育局、区卫生健康委",
        "区财政局",
        "区委组织部",
        "区人力资源和社会保障局",
        "区司法局",
        "区商务委",
        "区国资委",
        "区妇联",
    }
    assert "冲突" in told["区财政局"][words.NOTE]
    assert told["区人力资源和社会保障局"][words.OPINION] == "批注：请写明\n人数。"
    assert told["区教育局、区卫生健康委"][words.PEOPLE] == "区教育局办公室"
    assert told["区国资委"][words.PLACE] == "成文日期"
    before = printed(office)
    decide(table, lambda row: "不采纳" if "财政" in row[words.UNITS] else "采纳")
    done = run("merge", "--opinions", table)
    assert done.returncode == 1, "a comment was adopted, which somebody has to do by hand"
    assert "批注" in done.stderr
    after = printed(office)
    assert next(line for line in after if line not in before and "第十一批" in line).count("坚持高标准、严要求") == 1
    assert "2022年7月4日" in after
    assert "（二）人才智力支援" in after
    assert "9．规范捐赠资金管理。建立台账，按季公开。（责任部门：区民政局）" in after
    assert not [line for line in after if "坚持推动消费协作进机关" in line]
    assert len(after) == len(before)
    files = {path: path.read_bytes() for path in sorted((office / "plan").rglob("*.yaml"))}
    run("merge", "--opinions", table)
    assert {path: path.read_bytes() for path in files} == files, "merging the table twice changes nothing"


def test_a_table_that_is_there_is_never_replaced(office: Path, run: Run) -> None:
    """Somebody may have filled it in."""
    table = office / "意见汇总.xlsx"
    table.write_bytes(b"filled in")
    refused = run("merge", "反馈", "--opinions", table)
    assert (refused.returncode, table.read_bytes()) == (2, b"filled in")


def test_copies_of_different_states_of_the_plan_are_not_gathered_together(office: Path, run: Run) -> None:
    """The words that opinions are on would be different ones."""
    document = office / "plan/2022/document.yaml"
    document.write_text(document.read_text("utf-8").replace("2022-06-29", "2022-06-30"), "utf-8")
    commit(office, {}, "再改一稿")
    run("build", "2022", "--only", "official", "--format", "docx")
    shutil.copy(office / "build/2022/official.docx", office / "反馈/区总工会.docx")
    refused = run("merge", "反馈", "--opinions", office / "意见汇总.xlsx")
    assert refused.returncode == 2
    assert not (office / "意见汇总.xlsx").exists()
