"""A quantity without its unit: 培训干部达到300.

Looked for where a verb of quantity, 占, or a word that had a figure with its unit before, stands before one that ends the clause; indices and scores have no unit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import HAN, Text, TextKind, texts
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "quantity-without-unit"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 9704-2012 9"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 全年培训干部不少于300。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 全年培训干部不少于300人，满意度指数达到90。, units: 区教育局}
"""

#: A figure that ends its clause, and what makes a quantity of it when it stands before.
_FIGURE = re.compile(r"(?<![\d.])(?P<number>\d+(?:\.\d+)?万?亿?)(?:以上|以下|左右)?(?=[，。；\n]|$)")
_QUANTITY = re.compile(
    r"(?P<clause>[^，。；：、\n]*)"
    r"(?:达到?|增至|增加|新增|不少于|不低于|不超过|超过|突破|完成|建成|引进|选派|帮助|覆盖)"
    rf"(?P<what>[{HAN}]{{0,6}})$"
)
_BEFORE = 30
_WORD = re.compile(f"[{HAN}]{{2}}$")
#: What is counted without a unit, or names it.
_BARE = re.compile(
    "人口|人数|户数|总数|数量|指数|系数|比$|之比|得分|评分|分数|分值|PM|pH|值|版本|编号|热线|等级|学分|[附表图版号]$|附件|阶段|任务|标准|方案|年$|路$"
)


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each figure."""
    for text in texts(plan):
        if text.kind not in (TextKind.TITLE, TextKind.TEXT):
            continue
        for match in _FIGURE.finditer(text.text):
            said = _QUANTITY.search(text.text[max(match.start() - _BEFORE, 0) : match.start()])
            counted = said and not _BARE.search(said["clause"]) and not _BARE.search(said["what"])
            if counted or _is_bare_share(text.text, match) or _had_unit(text.text, match):
                yield _finding(text, match)


def _finding(text: Text, match: re.Match[str]) -> Diagnostic:
    return Diagnostic(ID, text.part(*match.span("number")), {"number": match["number"]}, SEVERITY)


def _is_bare_share(text: str, match: re.Match[str]) -> bool:
    """Whether the figure is a share that lost its %: 占80."""
    return text[: match.start()].endswith(("占", "占比", "占比达", "占比达到"))


def _had_unit(text: str, match: re.Match[str]) -> bool:
    """Whether the same word stands in the paragraph before a figure with its unit: 出资8000元，…，出资2000."""
    begin = text.rfind("\n", 0, match.start()) + 1
    word = _WORD.search(text[begin : match.start()])
    if word is None or _BARE.search(word[0]):
        return False
    return (
        re.search(
            rf"{word[0]}\d+(?:\.\d+)?[万亿]?(?:元|人|名|个|家|户|亩|次|间|所|项|套|%|％)",
            text[begin : match.start()],
        )
        is not None
    )
