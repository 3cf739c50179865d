"""What is handed out: all sheets in one file with an outline, and a folder for each unit with its sheets and a covering text."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium

from workplan import view
from workplan.compiler import compile_plan
from workplan.output.make import make
from workplan.output.wanted import Wanted
from workplan.resources.templates import Templates
from workplan.source import Directory

ROOT = Path(__file__).parents[1]
UNITS = ("区商务委", "区教育局")
WANTED = Wanted(
    only="sheets", units=UNITS, blanks=("进展情况",), return_by="2022年9月30日", signed=True, bundle=True, jobs=1
)


def made() -> dict[str, bytes]:
    plan = compile_plan(Directory(ROOT / "plan/2022")).plan
    assert plan is not None
    return dict(make(plan, WANTED, Templates(), lambda _: None).files)


def test_all_sheets_stand_in_one_file_in_order_and_each_unit_has_a_folder() -> None:
    files = made()
    plan = compile_plan(Directory(ROOT / "plan/2022")).plan
    assert plan is not None
    ordered = [str(sheet.unit) for sheet in view.sheets(plan, WANTED.sheet_units(plan))]
    whole = pdfium.PdfDocument(files["bundle/任务清单汇编.pdf"])
    single = [pdfium.PdfDocument(files[f"sheets/{unit}.pdf"]) for unit in ordered]
    assert len(whole) == sum(map(len, single))
    outline = [mark for mark in whole.get_toc() if mark.level == 0]
    assert [mark.get_title() for mark in outline] == [f"{unit}任务清单" for unit in ordered]
    starts = [mark.get_dest().get_index() for mark in outline]
    assert starts == [0, len(single[0])]
    for unit in UNITS:
        own = {path.rpartition("/")[2] for path in files if path.startswith(f"bundle/{unit}/")}
        assert own == {f"{unit}.pdf", f"{unit}.docx", f"{unit}.xlsx", "说明.txt"}
        assert files[f"bundle/{unit}/{unit}.docx"] == files[f"sheets/{unit}.docx"], "collected like the sheet itself"
        said = files[f"bundle/{unit}/说明.txt"].decode()
        assert said.startswith(f"{unit}：\n")
        assert "2022年9月30日前填写各项任务的进展情况" in said


def test_a_hand_out_is_the_same_each_time() -> None:
    assert made() == made()
