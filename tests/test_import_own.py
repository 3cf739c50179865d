"""What workplan itself makes comes in like any other document: Word, PDF, web page and text of the example and of made-up plans."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from full_plans import FULL
from importing_files import REMARKS, registry
from test_import_law import _holds
from workplan import view
from workplan.compiler import compile_plan
from workplan.importing.bring import imported
from workplan.importing.intake.sources import is_wrapped, reading_of
from workplan.render import docx, html, pdf, text
from workplan.resources.templates import Templates
from workplan.source import Directory

if TYPE_CHECKING:
    from workplan.importing.bring import Imported
    from workplan.plan.compiled import Plan

EXAMPLE = Path(__file__).resolve().parents[1] / "plan" / "2022"
_RENDERERS = {"docx": docx.official, "pdf": pdf.official, "html": html.official, "txt": text.official}


def _plan(folder: Path) -> Plan:
    plan = compile_plan(Directory(folder)).plan
    assert plan
    return plan


def _again(plan: Plan, form: str) -> Imported:
    """A plan that was printed in some form, imported; the law is looked at on the way."""
    content = _RENDERERS[form](view.official(plan), Templates())
    kind, read = reading_of(content, f"official.{form}")
    made = imported(read, registry(), REMARKS, wrapped=is_wrapped(kind))
    _holds(read, made)
    return made


@pytest.mark.parametrize("form", _RENDERERS)
def test_the_example_comes_home_with_its_tasks(form: str) -> None:
    plan = _plan(EXAMPLE)
    made = _again(plan, form)
    assert _told(made.plan) == _told(plan)


def _told(plan: Plan) -> list[tuple[str, str, str, list[str]]]:
    """Number, title, text and names of every row; a web page sets a title apart, with the stop behind it."""
    return [
        (row.number, row.title.rstrip("。"), row.text, [name.printed for name in row.named]) for row in view.rows(plan)
    ]


@pytest.mark.parametrize("form", ["docx", "pdf", "txt"])
def test_the_example_comes_home_with_its_frame(form: str) -> None:
    ours, own = (view.official(plan) for plan in (_again(_plan(EXAMPLE), form).plan, _plan(EXAMPLE)))
    assert (ours.masthead, ours.number, ours.name, ours.date) == (own.masthead, own.number, own.name, own.date)


@pytest.mark.parametrize("year", ["2031", "2032", "2033", "2034"])
@pytest.mark.parametrize("form", ["docx", "html", "txt"])
def test_made_up_plans_with_everything_in_them_print_to_the_letter(form: str, year: str) -> None:
    made = _again(_plan(FULL / "plan" / year), form)
    assert made.whole == ""


def test_a_notice_that_lists_the_plan_and_its_attachments_comes_home() -> None:
    made = _again(_plan(FULL / "plan" / "2034"), "docx")
    official = view.official(made.plan)
    assert official.notice
    assert [one.label for one in official.attachments] == ["附件二", "附件三"]
    assert official.label == "附件一"


def test_the_masthead_of_joint_issuers_comes_home() -> None:
    ours = view.official(_again(_plan(FULL / "plan" / "2031"), "pdf").plan)
    assert ours.issuers == ("云州市云溪区农业农村局", "云州市云溪区财政局")
