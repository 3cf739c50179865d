"""Names of government organs in short and in full: 省住建厅, 省住房城乡建设厅."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.plan.registry.level import level

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The end of the name of a government organ, in full and short.
ENDS = {"委员会": "委", "办公室": "办", "局": "局", "厅": "厅", "委": "委", "办": "办", "部": "部"}
#: What joins the words of a name, and what ends many; both are left out in short.
_JOINS = str.maketrans("", "", "和与及、")
_LIGHT = ("事务", "化")
#: Short forms in use that leave out whole words.
_USUAL = {"住建": "住房城乡建设", "人社": "人力资源社会保障"}
#: Provinces: the organ of one (湖北银保监局) is no department of the level that a list is about.
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|"
    "内蒙古|广西|西藏|宁夏|新疆|台湾|香港|澳门"
)
_OF_ANOTHER = re.compile(f"{_PROVINCES}|中国|国家|全国|中央|人民银行|人行")
#: How the names end that a list says the level of but once.
_CARRYING = (*ENDS, "社", "院")
#: The level at the very beginning, which a list says once for all its names.
LEVELS = "省市区县州旗"


def end(name: str) -> str:
    """How a name ends, in short; "" where it is that of no organ."""
    return next((short for full, short in ENDS.items() if name.endswith(full)), "")


def core(name: str) -> str:
    """A name without level and end."""
    last = next((full for full in ENDS if name.endswith(full)), "")
    sign = level(name)
    begin = name.find(sign) + len(sign) if sign and sign in name else 0
    return name[begin : len(name) - len(last)] if last else ""


def keeps_every_word(short: str, full: str) -> bool:
    """Whether one core is the other with every word of two characters shortened at most to one of them: 发改, 发展改革.

    What leaves out a word (科技, 工信科技) may be another organ.
    """
    whole = full.translate(_JOINS)
    if short in (full, whole) or len(short) < 2:  # noqa: PLR2004 - one character says too little
        return short == whole != full
    if _USUAL.get(short) == whole:
        return True
    words = [whole[place : place + 2] for place in range(0, len(whole), 2)]
    rest = short.translate(_JOINS)
    for place, word in enumerate(words):
        if not rest and place > 1 and word in _LIGHT:
            break
        if not rest.startswith(tuple(word)) or (place == 0 and rest[0] != word[0]):
            return False
        rest = rest[2:] if rest.startswith(word) else rest[1:]
    return not rest and len(words) > 1


def completed(name: str, before: Iterable[str]) -> str:
    """A name with the level that the list said with a name before it: 财政局 behind 区教育局 is 区财政局."""
    own = level(name)  # a 厅 is one of a province although its name does not begin with it
    if (own and own in name) or not name.endswith(_CARRYING) or _OF_ANOTHER.match(name):
        return name
    levels = (other[0] for other in before if other[:1] in LEVELS and level(other) == other[0])
    sign = next(levels, "")
    return name if own and sign != own else f"{sign}{name}"
