"""Figures as numbers are not written: full-width ones, Arabic mixed with Chinese places (3万5千, 5千人), 10几.

万 and 亿 may follow Arabic figures; 千 and 百 may not, unless they belong to a unit of measure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import TextKind, texts
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "number-style"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 15835-2011"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 培训3万5千人次。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 培训3.5万人次，建成5千瓦光伏电站。, units: 区教育局}
"""

_NUMBER = re.compile(
    r"(?P<wide>[０-９]+(?:．[０-９]+)?)"
    r"|(?P<mixed>(?<!\d)\d+(?:\.\d+)?[万亿]\d+[千百十]"
    r"|(?<![\d.])\d{1,3}千(?=[余多]?[个名人家户元亩次间所项套册本株头只台辆吨]|[，。；])"
    r"|(?<![\d.])\d{1,2}百(?=[余多]?[个名人家户元亩次间所项套册本株头只台辆吨]|[，。；])(?!个?百分)"
    r"|(?<![\d.])[1-9]0几(?=[个名人家户元亩次间所项年天])"
    r"|[一二三四五六七八九]\d+[万亿千百])"
)
_ANY = re.compile(r"\d")
_NARROW = str.maketrans("０１２３４５６７８９．", "0123456789.")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each number; only full-width figures have one right answer."""
    for text in texts(plan):
        if text.kind is TextKind.UNITS or not _ANY.search(text.text):
            continue
        for match in _NUMBER.finditer(text.text):
            right = match[0].translate(_NARROW)
            variant = "wide" if match["wide"] else ""
            fix = text.fix((*match.span(), right)) if variant else None
            arguments = {"written": match[0], "right": right}
            yield Diagnostic(ID, text.part(*match.span()), arguments, SEVERITY, variant=variant, fix=fix)
