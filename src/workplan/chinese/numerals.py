"""Numbers as Chinese documents write them: 一百二十三, １２, ⑫, Ⅳ."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_PLACES = {"十": 10, "百": 100, "千": 1000}
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"

#: The most digits that a number may have: what is longer counts nothing, and Python reads no more than 4,300.
_MOST_DIGITS = 9

#: One numeral of any kind, and its kind by group name.
NUMERAL = re.compile(
    f"(?P<chinese>[{_DIGITS}〇两十百千]+)|(?P<arabic>[0-9]+)|(?P<wide>[０-９]+)|(?P<circled>[{_CIRCLED}])|(?P<roman>[{_ROMAN}])"
)


def chinese(number: int) -> str:
    """1 to 9999 in Chinese: 10 is 十, 12 十二, 110 一百一十, 203 二百零三."""
    text, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += (_DIGITS[0] if gap and text else "") + _DIGITS[digit] + unit
        gap = not digit
    return text[1:] if text.startswith("一十") else text


def written(number: int, kind: str) -> str:
    """A number in one of NUMERAL's kinds; a kind that runs out (⑳) goes on in Arabic."""
    if kind == "chinese":
        return chinese(number)
    if kind == "wide":
        return str(number).translate(_WIDE)
    signs = {"circled": _CIRCLED, "roman": _ROMAN}.get(kind, "")
    return signs[number - 1] if 0 < number <= len(signs) else str(number)


def value(text: str) -> int | None:
    """What a numeral of any kind says; None where it says nothing or too much (二〇二二 counts as digits in a row)."""
    match = NUMERAL.fullmatch(text)
    if not match or len(text) > _MOST_DIGITS:
        return None
    if match["chinese"]:
        return _chinese_value(text.replace("两", "二").replace("〇", "零"))
    signs = _CIRCLED if match["circled"] else _ROMAN
    return signs.index(text) + 1 if text in signs else int(text.translate(_NARROW))


def _chinese_value(text: str) -> int:
    if not set(text) & set(_PLACES):
        return int("".join(str(_DIGITS.index(sign)) for sign in text))
    total, digit = 0, 0
    for sign in text:
        if sign in _PLACES:
            total += (digit or 1) * _PLACES[sign]
            digit = 0
        else:
            digit = _DIGITS.index(sign)
    return total + digit
