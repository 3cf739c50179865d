"""Straight quotation marks around or beside Chinese: "四个不摘" instead of “四个不摘”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import CHINESE, texts
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "straight-quote"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 15834-2011 4.8"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 落实"四个不摘"要求。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 落实“四个不摘”要求。, units: 区教育局}
"""

_PAIR = re.compile(r"(?<![A-Za-z\d])(?P<sign>[\"'＂])(?P<inside>[^\"'＂\n]*)(?P=sign)")
_ANY = re.compile("[\"'＂]")
_CHINESE = re.compile(f"[{CHINESE}]")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each pair, at the first mark."""
    for text in texts(plan):
        if not _ANY.search(text.text):
            continue
        for match in _PAIR.finditer(text.text):
            around = text.text[max(match.start() - 1, 0) : match.end() + 1]
            if not _CHINESE.search(around):
                continue
            left, right = "‘’" if match["sign"] == "'" else "“”"
            fix = text.fix((match.start(), match.start() + 1, left), (match.end() - 1, match.end(), right))
            place = text.part(match.start(), match.start() + 1)
            yield Diagnostic(ID, place, {"sign": match["sign"], "right": left + right}, SEVERITY, fix=fix)
