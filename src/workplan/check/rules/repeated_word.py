"""A word or mark written twice in a row: 的的, 进一步进一步, ，，.

Words that are made of a repetition (一个一个, 研究研究), and two words that meet (目的的), may stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import HAN, TextKind, texts
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "repeated-word"
SEVERITY = Severity.WARNING
SOURCE = "实务"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 进一步进一步办好培训班。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 以就业为目的的培训一个一个办。, units: 区教育局}
"""

_TWICE = re.compile(
    rf"(?P<mark>[，。、；：])(?P=mark)+|(?P<word>(?![一每逐两几])[{HAN}]{{2,8}})(?P=word)|(?<![目标])的的(?!确|士)|(?<!为)了了(?!解|然)"
)
#: Verbs that are said twice for a try, and names whose end and whose neighbour's beginning are one word.
_MAY = frozenset(
    ("研究", "讨论", "考虑", "商量", "学习", "了解", "体验", "人民", "国家", "中国", "发展", "服务", "大力")
)


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each repetition, at the second of the two."""
    for text in texts(plan):
        if text.kind is TextKind.UNITS:
            continue
        for match in _TWICE.finditer(text.text):
            words = match["word"] or match["mark"] or match[0][0]
            if words in _MAY:
                continue
            start, end = match.start() + len(words), match.end()
            fix = text.fix((start, end, "")) if match["mark"] else None
            variant = "mark" if match["mark"] else ""
            yield Diagnostic(ID, text.part(start, end), {"words": words}, SEVERITY, variant=variant, fix=fix)
