"""The made-up plans of 云州市云溪区 in ``plans/full``, compiled.

2031 is issued by two offices with a cover notice, attachments and 版记; 2032 is a draft for comment without masthead;
2033 is a letter with a masthead of its own wording and no signature; 2034 is written as a web page has it, the attachment of its
notice, with tables among its items.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workplan import view
from workplan.compiler import Result, compile_plan
from workplan.source import Directory

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan
    from workplan.view.assignments import TaskRow
    from workplan.view.blocks import Official

FULL = Path(__file__).parent / "plans" / "full"
YEARS = ("2031", "2032", "2033", "2034")
EXPECTED = {
    "2031": "expected.txt",
    "2032": "expected-2032.txt",
    "2033": "expected-2033.txt",
    "2034": "expected-2034.txt",
}

every_year = pytest.mark.parametrize("year", YEARS)


@cache
def result(year: str) -> Result:
    return compile_plan(Directory(FULL / "plan" / year))


def plan(year: str) -> Plan:
    found = result(year).plan
    assert found is not None
    return found


def official(year: str) -> Official:
    return view.official(plan(year))


def rows(year: str) -> tuple[TaskRow, ...]:
    return view.rows(plan(year))


def expected(year: str) -> str:
    return (FULL / EXPECTED[year]).read_text("utf-8")
