"""The level of government that the name of a unit says it belongs to."""

from __future__ import annotations

import re

#: A level at the beginning of a name, with the place before it (静安区); 市场, 区域, 乡村 and the like name none.
_LEVEL = re.compile("(?:国家|全国|中央)|.{0,3}?(自治区|省|市(?!场)|区(?!域)|县(?!域)|州|旗|盟|镇|乡(?!村)|街道)")
_HIGHEST = "国家"
#: Only provinces have such organs.
_OF_PROVINCES = "厅"
_PROVINCE = "省"


def level(name: str) -> str:
    """The level: 国家, 省, 市, 区, 县, 镇, …; "" where the name does not say it."""
    found = _LEVEL.match(name)
    if found:
        sign = found[1] or _HIGHEST
        return _PROVINCE if sign == "自治区" else sign
    return _PROVINCE if name.endswith(_OF_PROVINCES) else ""


def may_be_one(name: str, other: str) -> bool:
    """Whether two names do not say that they belong to different levels."""
    one, two = level(name), level(other)
    return not one or not two or one == two
