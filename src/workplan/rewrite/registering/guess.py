"""What a name that nobody registered most likely is: a unit, a group, a post, an office, or another spelling of a unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.plan.registry.level import level

if TYPE_CHECKING:
    from collections.abc import Iterable

_GROUP = re.compile("各|.*(?:有关|相关|成员).*(?:单位|部门)|.*、")
_POST = re.compile(".*(?:书记|主任|[局厅处科部院行所站校村]长|[省市区县州旗镇乡]长|领导|秘书长|负责人|总工程师)")
_OFFICE = re.compile(".*(?:科室|处室|科|股|(?<!办事)(?<!管理)处)")
#: The end of the name of a government organ, in full and short.
_ENDS = {"委员会": "委", "办公室": "办", "局": "局", "厅": "厅", "委": "委", "办": "办", "部": "部"}
#: Provinces: the organ of one (湖北银保监局) is no department of the level that a list is about.
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|"
    "内蒙古|广西|西藏|宁夏|新疆|台湾|香港|澳门"
)
_OF_ANOTHER = re.compile(f"{_PROVINCES}|中国|国家|全国|中央|人民银行|人行")
#: How the names end that a list says the level of but once.
_CARRYING = (*_ENDS, "社", "院")
#: The level at the very beginning, which a list says once for all its names.
_LEVELS = "省市区县州旗"


def kind_of(name: str) -> str:
    """``unit``, ``group``, ``post`` or ``office``."""
    for kind, pattern in (("group", _GROUP), ("post", _POST), ("office", _OFFICE)):
        if pattern.match(name) if kind == "group" else pattern.fullmatch(name):
            return kind
    return "unit"


def completed(name: str, before: Iterable[str]) -> str:
    """A name with the level that the list said with a name before it: 财政局 behind 区教育局 is 区财政局."""
    own = level(name)  # a 厅 is one of a province although its name does not begin with it
    if (own and own in name) or not name.endswith(_CARRYING) or _OF_ANOTHER.match(name):
        return name
    levels = (other[0] for other in before if other[:1] in _LEVELS and level(other) == other[0])
    sign = next(levels, "")
    return name if own and sign != own else f"{sign}{name}"


def longer_form(name: str, others: Iterable[str]) -> str:
    """The one among other names of which a name is a short form; "" where there is none, or more than one.

    住建厅 is short for 住房城乡建设厅: of the same level, with the same end, its characters in order with some left out. What only
    breaks off (公安局, 公安交管局) may be another unit, and is none.
    """
    found = {other for other in others if other != name and (_abbreviates(name, other) or _less_place(name, other))}
    return found.pop() if len(found) == 1 else ""


def _abbreviates(name: str, other: str) -> bool:
    one, two = _core(name), _core(other)
    if level(name) != level(other) or not one or not two or _end(name) != _end(other):
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
    return name[:1] in _LEVELS and len(name) < len(other) <= len(name) + 3 and other.endswith(name)


def _end(name: str) -> str:
    return next((short for end, short in _ENDS.items() if name.endswith(end)), "")


def _core(name: str) -> str:
    """A name without level and end."""
    end = next((end for end in _ENDS if name.endswith(end)), "")
    sign = level(name)
    begin = name.find(sign) + len(sign) if sign and sign in name else 0
    return name[begin : len(name) - len(end)] if end else ""
