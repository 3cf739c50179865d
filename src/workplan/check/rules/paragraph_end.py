"""A paragraph of running text that ends without a mark, or in a comma: the sentence goes on, or its stop was forgotten.

A paragraph counts as running text where it has a stop and then a comma, or is one sentence with a comma that no number begins,
which would make it a heading.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import CHINESE, HAN, TextKind, texts
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "paragraph-end"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 15834-2011 4.1"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 办好培训班，抓好落实，, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 办好培训班，抓好落实。, units: 区教育局}
"""

_PARAGRAPH = re.compile("[^\\n]+")
_COMMA = re.compile("[，、]$")
_NUMBER = "[（(]?[一二三四五六七八九十\\d]{1,3}[、.．）)]|[①-⑳]|第[一二三四五六七八九十\\d]{1,3}[章节条]"
#: The end of a paragraph that says whole sentences, without a mark.
_BARE = re.compile(rf"(?:。.*|^(?!{_NUMBER})[^。；：]*)，[^{CHINESE}]*[{HAN}\d%％][{HAN}\d%％]*$")
_SHORTEST = 20


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such paragraph, at its last character."""
    for text in texts(plan):
        if text.kind is not TextKind.TEXT:
            continue
        for match in _PARAGRAPH.finditer(text.text):
            words = match[0].rstrip()
            end = match.start() + len(words)
            comma = _COMMA.search(words)
            if comma or (len(words) >= _SHORTEST and _BARE.search(words)):
                variant = "comma" if comma else ""
                yield Diagnostic(ID, text.part(end - 1, end), {"mark": words[-1]}, SEVERITY, variant=variant)
