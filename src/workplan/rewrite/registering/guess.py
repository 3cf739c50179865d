"""What a name that nobody registered most likely is: a unit, a group, a post, an office, or another spelling of a unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.plan.registry.level import level
from workplan.plan.registry.short_form import LEVELS, core, end

if TYPE_CHECKING:
    from collections.abc import Iterable

_GROUP = re.compile("各|.*(?:有关|相关|成员).*(?:单位|部门)|.*、")
_POST = re.compile(".*(?:书记|主任|[局厅处科部院行所站校村]长|[省市区县州旗镇乡]长|领导|秘书长|负责人|总工程师)")
_OFFICE = re.compile(".*(?:科室|处室|科|股|(?<!办事)(?<!管理)处)")


def kind_of(name: str) -> str:
    """``unit``, ``group``, ``post`` or ``office``."""
    for kind, pattern in (("group", _GROUP), ("post", _POST), ("office", _OFFICE)):
        if pattern.match(name) if kind == "group" else pattern.fullmatch(name):
            return kind
    return "unit"


def longer_form(name: str, others: Iterable[str]) -> str:
    """The one among other names of which a name is a short form; "" where there is none, or more than one.

    住建厅 is short for 住房城乡建设厅: of the same level, with the same end, its characters in order with some left out. What only
    breaks off (公安局, 公安交管局) may be another unit, and is none.
    """
    found = {other for other in others if other != name and (_abbreviates(name, other) or _less_place(name, other))}
    return found.pop() if len(found) == 1 else ""


def _abbreviates(name: str, other: str) -> bool:
    one, two = core(name), core(other)
    if level(name) != level(other) or not one or not two or end(name) != end(other):
        return False
    rest = iter(two)
    return (
        1 < len(one) < len(two)
        and one[0] == two[0]
        and not two.startswith(one)
        and all(character in rest for character in one)
    )


def _less_place(name: str, other: str) -> bool:
    """Whether a name is another one without the place before it: 区财政局, 静安区财政局."""
    return name[:1] in LEVELS and len(name) < len(other) <= len(name) + 3 and other.endswith(name)
