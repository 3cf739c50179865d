"""Deadlines and targets: the words of the text, and the days and numbers they say."""

from __future__ import annotations

import re

from workplan.chinese import numerals
from workplan.chinese.days import last_day
from workplan.view.assignments import Due, Target

_NUMBER = re.compile(
    r"(?P<number>\d[\d,，]*(?:\.\d+)?)|(?P<chinese>[一二三四五六七八九十百千两]+)(?=[个名家项次所人户条场座支件万亿])"
)
_RANGE = re.compile(r"\d\s*(?:[—–～~-]|至|到)+\s*\d")
_AROUND = re.compile(r"(?:及?以上|及?以下|以内|左右|余)$")

#: More digits are no number to reckon with; Python reads at most 4,300.
_MOST_DIGITS = 18


def due(text: str, year: str) -> Due:
    """A deadline with the last day it allows.

    ``2021年6月底前`` is 2021-06-30, ``年底前`` the last day of the plan's ``year``; words that name no day (长期坚持) have None,
    and so has a day that no calendar has.
    """
    found = last_day(text, year)
    return Due(text, found.isoformat() if found else None)


def target(name: str, text: str) -> Target:
    """A target with its number and unit: 10000家 is 10000 and 家, 1.8万亿元 is 1.8 and 万亿元; a range has no single number."""
    found = None if _RANGE.search(text) else _NUMBER.search(text)
    if not found:
        return Target(name, text, None, "")
    unit = _AROUND.sub("", text[found.end() :].strip())
    if found["chinese"]:
        return Target(name, text, numerals.value(found["chinese"]), unit)
    digits = re.sub("[,，]", "", found["number"])
    if len(digits) > _MOST_DIGITS:  # no quantity that anyone counts: the words are all there is
        return Target(name, text, None, unit)
    return Target(name, text, float(digits) if "." in digits else int(digits), unit)
