"""An attachment that no text refers to, by number or title, where the text refers to others, or where there are several.

附件 without a number, 附表 and the title (or its last words) refer too. One attachment alone needs none of that, nor does an
assignment table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.attachment_words import numbers, references
from workplan.check.rules.texts import TextKind, texts
from workplan.diagnostic import Diagnostic, Severity
from workplan.language.model import AssignmentsPart
from workplan.view import attached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import NumberedPart

ID = "unused-attachment"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 9704-2012 7.3.4"
BAD = """\
# document.yaml
title: 样本
parts: [tasks]
attachments:
  - {kind: table, title: 学位计划表, columns: [单位], rows: [{单位: 区教育局}]}
  - {kind: table, title: 经费安排表, columns: [单位], rows: [{单位: 区教育局}]}
preamble: 为办好培训班（见附件1），现提出如下要点。
date: ""
"""
GOOD = """\
# document.yaml
title: 样本
parts: [tasks]
attachments:
  - {kind: table, title: 学位计划表, columns: [单位], rows: [{单位: 区教育局}]}
  - {kind: table, title: 经费安排表, columns: [单位], rows: [{单位: 区教育局}]}
preamble: 为办好培训班（见附件1、2），现提出如下要点。
date: ""
"""

#: What stands behind the title proper: （2026年版）.
_TAIL = re.compile("(?:（[^（）]*）)+$")
#: Number of last characters of a title that say which one is meant: 监测指标体系.
_LAST = 6


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each; where the text refers to none of several, one hint at the first."""
    if len(plan.attachments) < 2 or attached.style_of(plan.document).place_ == "none":  # noqa: PLR2004 - one needs no number
        return
    number_of = numbers(plan)
    named: set[int] = set()
    for text in _running(plan):
        for reference in references(text):
            if not reference.numbers:
                return
            named.update(reference.numbers)
    wanted = [part for part in plan.attachments if part.part.title and not isinstance(part.part, AssignmentsPart)]
    unused = [part for part in wanted if number_of[part.address] not in named and not _is_titled(plan, part)]
    if len(unused) == len(wanted) and not named & {*number_of.values()}:
        if len(unused) > 1:
            yield Diagnostic(ID, unused[0].part.head, {"count": len(unused)}, Severity.INFO, variant="none")
        return
    for part in unused:
        arguments: dict[str, str | int] = {"number": number_of[part.address], "title": _title(part)}
        yield Diagnostic(ID, part.part.head, arguments, SEVERITY)


def _running(plan: Plan) -> Iterator[str]:
    """All texts but the titles of attachments."""
    titles = {id(scalar) for part in plan.attachments for scalar in (part.part.title, part.part.listed)}
    for text in texts(plan):
        if text.kind in (TextKind.TEXT, TextKind.TITLE, TextKind.CELL) and id(text.scalar) not in titles:
            yield text.text


def _is_titled(plan: Plan, part: NumberedPart) -> bool:
    """Whether a text names the attachment by its title."""
    last = _TAIL.sub("", _title(part))[-_LAST:]
    return bool(last) and any(last in text for text in _running(plan))


def _title(part: NumberedPart) -> str:
    return part.part.title.line if part.part.title else ""
