"""A document longer than such documents should be: 5,000 characters, 4,000 for one that deals with one field.

Counted as printed, marks included, from the preamble to the last item; cover notice, signature and attachments do not count.
Speeches and reports have limits of their own, and so have the documents of the State Council and the Central Committee.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.model import Clause, ItemsPart
from workplan.registry import phrase
from workplan.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.numbering import Numbered
    from workplan.plan import Plan

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
_CENTRAL = re.compile("(?:中共中央|国务院)(?:办公厅|关于|印发|批转|转发|[ 、]|$)")
_NO_DOCUMENT = ("报告", "讲话", "总结", "规划")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at the title: a note above the lower limit, a warning above the higher."""
    length, title = count(plan), plan.document.title.line
    issuers = (title, *(issuer.line for issuer in plan.document.issuer or ()))
    if length <= SPECIAL or title.endswith(_NO_DOCUMENT) or any(map(_CENTRAL.match, issuers)):
        return
    over = length > GENERAL
    arguments = {"length": length, "limit": GENERAL if over else SPECIAL}
    severity = SEVERITY if over else Severity.INFO
    yield Diagnostic(ID, plan.document.title.span, arguments, severity, variant="" if over else "special")


def count(plan: Plan) -> int:
    """The printed characters from the preamble to the last item, blanks left out."""
    document = plan.document
    length = _length(document.preamble) + _length(document.closing)
    for part in plan.parts:
        length += len(part.mark) + _length(part.part.title) + _length(part.part.text)
        if isinstance(part.part, ItemsPart):
            length += sum(_of_item(numbered) for numbered in part.walk())
    return length


def _of_item(numbered: Numbered) -> int:
    item = numbered.item
    if isinstance(item, Scalar):
        return _length(item)
    stop = item.title is not None and item.text is not None and numbered.manner.titles == "run-in"
    return len(numbered.mark) + _length(item.title) + stop + _length(item.text) + _of_units(numbered, item)


def _of_units(numbered: Numbered, item: Clause) -> int:
    """The annotation with its brackets, label and colon."""
    if item.units is None or numbered.manner.annotations == "none":
        return 0
    if isinstance(item.units, Scalar):
        own = phrase.bracketed(item.units.text)
        return _length(item.units) + (0 if own else len(f"（{numbered.manner.label}：）"))
    return sum(len(f"{label}：；") + _length(words) for label, words in item.units.items()) + 1


def _length(text: Scalar | None) -> int:
    return len("".join(text.text.split())) if text is not None else 0
