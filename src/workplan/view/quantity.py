"""Targets: the words of the text, and the numbers they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.chinese import numerals
from workplan.language.scalar import Scalar
from workplan.view import runs
from workplan.view.assignments import Target
from workplan.view.located_text import LocatedText, composed

if TYPE_CHECKING:
    from workplan.language.model import Clause, GivenTarget

#: Full-width figures count as others do.
_WIDE = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_NUMBER = re.compile(
    r"(?P<number>\d[\d,，]*(?:\.\d+)?)|(?P<chinese>[一二三四五六七八九十百千两]+)(?=[个名家项次所人户条场座支件万亿])"
)
_RANGE = re.compile(r"\d\s*(?:[—–～~-]|至|到)+\s*\d")
_AROUND = re.compile(r"(?:及?以上|及?以下|以内|左右|余)$")

#: More digits are no number to reckon with; Python reads at most 4,300.
_MOST_DIGITS = 18


def targets(item: Clause | None) -> tuple[Target, ...]:
    """The targets of an item, in the words of the text or as they are given; a name is a key of its own."""
    found = item.targets.items() if item else ()
    return tuple(target(_name(item, name), _words(given)) for name, given in found)


def _name(item: Clause | None, name: str) -> LocatedText:
    """The name of a target; "" for a target without one."""
    key = (item.key("targets", name) if item else None) or runs.NOWHERE
    return LocatedText((runs.own(key),)) if key.text == name else composed(key, name)


def _words(given: Scalar | GivenTarget) -> LocatedText:
    if isinstance(given, Scalar):
        return LocatedText((runs.own(given),))
    return LocatedText(runs.own(one) for one in (given.value, given.unit) if one is not None)


def target(name: str, text: str) -> Target:
    """A target with its number and unit: 10000家 is 10000 and 家, 1.8万亿元 is 1.8 and 万亿元; a range has no single number."""
    level = text.translate(_WIDE)
    found = None if _RANGE.search(level) else _NUMBER.search(level)
    if not found:
        return Target(name, text, None, "")
    unit = _AROUND.sub("", level[found.end() :].strip())
    if found["chinese"]:
        return Target(name, text, numerals.value(found["chinese"]), unit)
    digits = re.sub("[,，]", "", found["number"])
    if len(digits) > _MOST_DIGITS:  # no quantity that anyone counts: the words are all there is
        return Target(name, text, None, unit)
    return Target(name, text, float(digits) if "." in digits else int(digits), unit)
