"""Plans written in a test, for what their frame prints: read, compiled and told as lines."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

from reading import lines
from workplan import view
from workplan.compiler import compile_plan
from workplan.render import text
from workplan.resources.templates import Templates
from workplan.source import Memory

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan
    from workplan.view.blocks import Official

_PART = {
    "kind": "tasks",
    "title": "重点任务",
    "items": [{"title": "办班", "text": "办好培训班。", "units": "区教育局"}],
}
NOTICE = {"title": "样本办关于印发2026年工作要点的通知", "text": "现印发给你们。", "date": "2026-01-15"}
TABLE = {"kind": "table", "title": "项目表", "columns": ["项目", "经费"], "rows": [{"项目": "办班", "经费": "3万元"}]}
PROSE = {"kind": "prose", "title": "名单", "items": ["名单另发。"]}


def plan(**document: object) -> Plan:
    """A plan without errors; what is not given is a title, one part and a signature with its date."""
    given = {
        "title": "2026年工作要点",
        "number": "",
        "signature": "样本办",
        "date": "2026-01-15",
        "parts": [_PART],
        **document,
    }
    files = {
        "document.yaml": json.dumps({key: one for key, one in given.items() if one is not None}, ensure_ascii=False),
        "../units.yaml": "units: [{name: 区教育局}, {name: 区财政局}]\n",
    }
    result = compile_plan(Memory(files, "2026"))
    assert result.plan is not None
    assert result.clean, result.diagnostics
    return result.plan


def official(**document: object) -> Official:
    return view.official(plan(**document))


def printed(made: Official) -> list[str]:
    """The lines of the text form."""
    return lines(text.official(made, Templates()).decode())


def pages(content: bytes) -> list[list[str]]:
    """The lines of each page of a PDF, its number left out."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    found = [[line.strip() for line in lines(page)] for page in done.stdout.decode().split("\f")]
    return [[line for line in page if "—" not in line] for page in found if page]
