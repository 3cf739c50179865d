"""The task sheet is worded once: the lines know where their words stand, and every format says them in their order."""

from __future__ import annotations

import gc
import io
import pickle
import re
import shutil
import subprocess
import sys
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import docx as word
import pytest
from markdown_it import MarkdownIt

from full_plans import FULL, YEARS
from reading import squeezed
from reading import word as paragraphs_of
from workplan import view
from workplan.compiler import compile_plan
from workplan.render import docx, markdown, pdf
from workplan.resources.templates import Templates
from workplan.source import Directory
from workplan.view.sheet_lines import SheetLine, SheetRole

if TYPE_CHECKING:
    from workplan.view.assignments import Sheet

_OWN = Path(__file__).parents[1] / "plan"
PLANS = (_OWN / "2022", _OWN / "2023", *(FULL / "plan" / year for year in YEARS))
BLANKS = ("进展情况", "完成*时间")
LABELLED = (SheetRole.ABOUT, SheetRole.OWN, SheetRole.FACT)

every_plan = pytest.mark.parametrize("folder", PLANS, ids=lambda folder: folder.name)


@cache
def sheets(folder: Path) -> tuple[Sheet, ...]:
    """A sheet for every unit that the plan names and for every listed member of a group, with blanks."""
    plan = compile_plan(Directory(folder)).plan
    assert plan is not None
    named = dict.fromkeys(load.unit for load in view.loads(plan))
    listed = dict.fromkeys(member for unit in named for member in plan.book.members(unit))
    return view.sheets(plan, tuple(named | listed), BLANKS)


def said(sheet: Sheet) -> str:
    return squeezed("".join(line.printed for line in sheet.lines))


# ------------------------------------------------------------------------------------------- one wording


def in_markdown(line: SheetLine) -> str:
    """A line as Markdown shows it: a list has a colon behind its labels, and a rule to write on."""
    if line.role in LABELLED:
        return f"{line.label}：{line.text}"
    return f"{line.label}：________" if line.role is SheetRole.BLANK else line.printed


@every_plan
def test_markdown_says_the_lines_in_their_order(folder: Path) -> None:
    for sheet in sheets(folder):
        shown = MarkdownIt("commonmark").render(markdown.sheet(sheet, Templates()).decode())
        found = [body for _, body in re.findall(r"<(h\d|p|li)>(.*?)</\1>", shown, re.DOTALL)]
        plain = [squeezed(unescape(re.sub("<[^>]*>", "", body))) for body in found]
        assert plain == [squeezed(in_markdown(line)) for line in sheet.lines], sheet.unit


@every_plan
def test_word_says_the_lines_in_their_order(folder: Path, tmp_path: Path) -> None:
    for sheet in sheets(folder):
        path = tmp_path / "sheet.docx"
        path.write_bytes(docx.sheet(sheet, Templates()))
        assert squeezed("".join(paragraphs_of(path))) == said(sheet), sheet.unit


@every_plan
@pytest.mark.slow
def test_the_pdf_says_the_lines_in_their_order(folder: Path) -> None:
    """Within the margins: the running head and the numbers of pages are left out."""
    within = ("-r", "72", "-x", "0", "-y", "71", "-W", "595", "-H", "714")
    for sheet, content in pdf.sheets(sheets(folder), Templates()):
        read = subprocess.run(["pdftotext", "-raw", *within, "-", "-"], input=content, capture_output=True, check=True)
        assert squeezed(read.stdout.decode()) == said(sheet), sheet.unit


@every_plan
def test_blocks_hold_every_line_once_in_order_and_each_row_by_itself(folder: Path) -> None:
    for sheet in sheets(folder):
        assert tuple(line for block in sheet.blocks for line in block.lines) == sheet.lines
        rows = [block for block in sheet.blocks if block.kind == "task"]
        assert [block.lines[0].role for block in rows] == [SheetRole.TASK] * len(sheet.entries)
        assert len([block for block in sheet.blocks if block.kind == "blanks"]) == len(sheet.entries)


# ------------------------------------------------------------------------------------------- addresses and places


@every_plan
def test_no_two_lines_of_a_sheet_share_an_address(folder: Path) -> None:
    for sheet in sheets(folder):
        addresses = [line.address for line in sheet.lines]
        assert len(set(addresses)) == len(addresses)
        assert all(line.address.startswith("sheet/") for line in sheet.lines)


def test_a_line_is_named_after_its_row_and_what_it_tells() -> None:
    (sheet,) = (one for one in sheets(FULL / "plan" / "2031") if one.unit == "东川镇")
    of_row = [line.address for line in sheet.lines if line.owner == "sheet/tasks/供水提质"]
    told = ("", "/own", "/section", "/responsible", "/targets", "/targets/2", "/text", "/blanks/1", "/blanks/2")
    assert of_row == [f"sheet/tasks/供水提质{name}" for name in told]
    assert "sheet/possible/groups/有关部门" in {line.address for line in sheet.lines}


@every_plan
def test_every_word_stands_where_its_run_says(folder: Path) -> None:
    """To the letter for words of the plan or the registry; at a key that is there for words that workplan adds."""
    located = 0
    for line in (line for sheet in sheets(folder) for line in sheet.lines):
        for run in (*line.named, *line.runs):
            place, file = run.span(), run.scalar.file
            here = file.text[place.start : place.end]
            if run.start is not None:
                assert run.scalar.text[run.start :].startswith(run.text)
                assert squeezed(here) == squeezed(run.text), line.address
                located += 1
            elif line.role is SheetRole.BLANK:
                assert file.name == "", "the command line asks for it"
            else:
                assert run.scalar.text in here, line.address
                assert file.name.endswith(".yaml"), line.address
    assert located > 40


@every_plan
def test_names_titles_and_texts_have_places_of_their_own(folder: Path) -> None:
    """Only what joins them is added."""
    whole = (SheetRole.TEXT, SheetRole.PLAN, SheetRole.STATUS)
    for line in (line for sheet in sheets(folder) for line in sheet.lines):
        added = "".join(run.text for run in line.runs if run.start is None)
        key = line.address.removeprefix(line.owner).split("/")[1:2]
        if line.role is SheetRole.FACT and key in (["lead"], ["support"], ["responsible"]):
            assert re.fullmatch("、*等?|原文以“等”字结尾，未逐一列明", added), (line.address, added)
        if line.role is SheetRole.FACT and key in (["due"], ["targets"], ["section"]):
            assert re.fullmatch("[；：—]*", added), (line.address, added)
        if line.role in whole:
            assert len(added) < len(line.text) or not line.text, line.address


@every_plan
def test_labels_are_set_apart_and_the_units_own_part_stands_out(folder: Path) -> None:
    for line in sheets(folder)[0].lines:
        faces = {str(run.face) for run in line.runs}
        if line.role in (*LABELLED, SheetRole.POSSIBLE):
            assert {str(run.face) for run in line.named} == {"黑体"}
            assert faces == ({"黑体"} if line.role is SheetRole.OWN else {"仿宋"})


def test_a_sheet_keeps_the_places_of_its_words_on_the_way_to_another_process() -> None:
    for sheet in sheets(PLANS[0])[:3]:
        there = pickle.loads(pickle.dumps(sheet))  # noqa: S301 - its own bytes
        assert there.lines == sheet.lines
        assert [run.span() for line in there.lines for run in line.runs] == [
            run.span() for line in sheet.lines for run in line.runs
        ]


# ------------------------------------------------------------------------------------------- a new fact

_ROW = "    keys: Mapping[str, Scalar] = field(default_factory=dict, compare=False)\n\n    @property\n    def named"
_FACTS = ")\n\n#: The columns of all facts, in order; "
_BUDGET = """    Fact(
        key="budget",
        value=lambda row: row.budget,
        columns=(Column(key="budget", heading="资金", words=lambda row: row.budget, in_document=True, widths=(14, 9)),),
        lines=lambda entry: (Labelled("budget", "资金", entry.row.budget),),
    ),
"""
_TOLD = """
import dataclasses, io, sys
from pathlib import Path
import openpyxl
from workplan import view
from workplan.compiler import compile_plan
from workplan.render import docx, markdown, table, task_json, xlsx
from workplan.resources.templates import Templates
from workplan.source import Directory
from workplan.view import assignment_table

plan = compile_plan(Directory(Path(sys.argv[1]))).plan
rows = [dataclasses.replace(row, budget="100万元") for row in view.rows(plan)]
sheet = view.sheets(plan, ["区教育局"])[0]
entries = tuple(dataclasses.replace(entry, row=rows[0]) for entry in sheet.tasks)
sheet = dataclasses.replace(sheet, tasks=entries)
book = openpyxl.load_workbook(io.BytesIO(xlsx.assignments(rows, view.loads(plan), view.official(plan))))
told = {
    "json": task_json.tasks("2022", rows)["tasks"][0]["budget"],
    "csv": "资金" in table.rows_csv(rows).decode("utf-8-sig").splitlines()[0],
    "xlsx": [cell.value for cell in book.worksheets[0][3]][-1],
    "table": [cell.text for cell in assignment_table.build(plan.parts[-1], rows).header[0]][-1],
    "md": "- 资金：100万元" in markdown.sheet(sheet, Templates()).decode(),
    "docx": len(docx.sheet(sheet, Templates())) > 0,
    "lines": ("资金", "100万元") in [(line.label, line.text) for line in sheet.lines],
}
print(told)
"""


def test_a_new_fact_is_told_by_every_output_without_touching_a_renderer(tmp_path: Path) -> None:
    """workplan itself with a field more of ``Row`` and an entry more of ``FACTS``."""
    root = Path(view.__file__).parents[1]
    shutil.copytree(root, tmp_path / "src" / "workplan")
    shutil.copytree(Templates().folders[-1], tmp_path / "templates")
    for name, anchor, new in (
        ("assignments.py", _ROW, _ROW.replace("\n\n", '\n    budget: str = ""\n\n', 1)),
        ("facts.py", _FACTS, _BUDGET + _FACTS),
    ):
        path = tmp_path / "src" / "workplan" / "view" / name
        text = path.read_text("utf-8")
        assert text.count(anchor) == 1, name
        path.write_text(text.replace(anchor, new), "utf-8")
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'src')!r})\n{_TOLD}"
    ended = subprocess.run(
        [sys.executable, "-c", code, str(PLANS[0])], capture_output=True, encoding="utf-8", check=False, cwd=tmp_path
    )
    assert ended.stdout.strip() == str(
        {"json": "100万元", "csv": True, "xlsx": "资金", "table": "资金", "md": True, "docx": True, "lines": True}
    ), ended.stderr


def test_word_tells_labels_in_the_face_of_labels() -> None:
    document = word.Document(io.BytesIO(docx.sheet(sheets(PLANS[0])[0], Templates())))
    styles = [
        (one.style.name if one.style else "", [run.style.name for run in one.runs]) for one in document.paragraphs
    ]
    facts = [runs for name, runs in styles if name == "栏目"]
    assert facts
    assert {runs[0] for runs in facts} == {"栏目名字符"}


def test_no_sheet_holds_its_words_once_it_is_made() -> None:
    """A build of a thousand sheets needs room for the words of one; only what all of them say of open groups is kept."""
    plan = compile_plan(Directory(_OWN / "2022")).plan
    assert plan is not None
    sheets = view.sheets(plan, [load.unit for load in view.loads(plan)])
    before = _lines_held()
    for sheet in sheets:
        markdown.sheet(sheet, Templates())
    shared = {id(one.line) for sheet in sheets for one in sheet.possible}
    assert _lines_held() - before <= len(shared)


def _lines_held() -> int:
    gc.collect()
    return sum(isinstance(one, SheetLine) for one in gc.get_objects())


def test_what_is_said_of_an_open_group_is_worded_once_for_all_sheets() -> None:
    plan = compile_plan(Directory(_OWN / "2022")).plan
    assert plan is not None
    sheets = view.sheets(plan, [load.unit for load in view.loads(plan)])
    found = [line for sheet in sheets for line in sheet.lines if line.role is SheetRole.POSSIBLE]
    assert len(found) > len({id(line) for line in found}) == len({line.address for line in found}) > 0


def test_what_is_worded_once_does_not_go_to_other_processes() -> None:
    """One thread sends sheets while another one words their lines: what is sent must not change meanwhile."""
    plan = compile_plan(Directory(_OWN / "2022")).plan
    assert plan is not None
    possible = next(
        one for load in view.loads(plan) for sheet in view.sheets(plan, [load.unit]) for one in sheet.possible
    )
    before = pickle.dumps(possible)
    assert possible.line.printed
    assert possible.key.text
    assert possible.key.span.line
    assert pickle.dumps(possible) == before
    sent = pickle.loads(before)  # noqa: S301 - our own
    assert (sent, sent.line.printed) == (possible, possible.line.printed)
