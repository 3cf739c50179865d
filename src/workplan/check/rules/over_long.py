"""A document longer than such documents should be: 5,000 characters, 4,000 for one that deals with one field.

Counted as printed, marks included, from the preamble to the last item; cover notice, signature and attachments do not count.
Speeches and reports have limits of their own, and so have the documents of the State Council and the Central Committee.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan import view
from workplan.diagnostic import Diagnostic, Severity
from workplan.view.sequence import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "over-long"
SEVERITY = Severity.WARNING
SOURCE = "《整治形式主义为基层减负若干规定》第一部分"
_EXAMPLE = """\
kind: tasks
items:
  - {{title: 加强培训, text: {text}, units: 区教育局}}
"""
BAD = _EXAMPLE.format(text="办好培训班。" * 900)
GOOD = _EXAMPLE.format(text="办好培训班。" * 600)

SPECIAL, GENERAL = 4000, 5000
#: The limits bind local governments and departments.
_CENTRAL = re.compile(
    "(?:中共中央|国务院)(?:办公厅|关于|印发|批转|转发|[ 、]|$)|(?:国办?|中办?|厅)(?:发|函|字|发明电)〔"
)
_NO_DOCUMENT = ("报告", "讲话", "总结", "规划")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at the title: a note above the lower limit, a warning above the higher."""
    length, title = count(plan), plan.document.title.line
    if length <= SPECIAL or title.endswith(_NO_DOCUMENT) or any(map(_CENTRAL.match, _issuers(plan))):
        return
    over = length > GENERAL
    arguments = {"length": length, "limit": GENERAL if over else SPECIAL}
    severity = SEVERITY if over else Severity.INFO
    yield Diagnostic(ID, plan.document.title.span, arguments, severity, variant="" if over else "special")


def _issuers(plan: Plan) -> Iterator[str]:
    """Whatever names the organ that issues the document, or sends it out by a cover notice."""
    document, notice = plan.document, plan.document.notice
    found = [document.title, document.number, *(document.issuer or ()), *(document.signature or ())]
    found += (notice.title, *(notice.signature or ())) if notice is not None else ()
    yield from (scalar.line for scalar in found if scalar is not None)


def count(plan: Plan) -> int:
    """The printed characters from the preamble to the last item, blanks and tables left out."""
    paragraphs = (block for block in view.official(plan).blocks if isinstance(block, Paragraph))
    return sum(len("".join(paragraph.printed.split())) for paragraph in paragraphs)
