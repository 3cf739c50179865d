"""Places in running text that speak of an attachment (见附件2, 附件1、3, 附件1至3), and the numbers that a plan's attachments have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.chinese import numerals
from workplan.chinese.numerals import NUMERAL
from workplan.view import attached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

_NUMBER = r"(?:\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3})"
#: Attachments side by side (附件1、附件2, 附件1和3), or a range of them (附件1至3).
_PLACE = re.compile(
    rf"附[件表](?P<first>{_NUMBER})?(?P<more>(?:(?:[、和及与]|[至到—－\-～~])(?:附[件表])?{_NUMBER}(?![个项条类月日年、．.]|[百千万]))*)"
)
_MORE = re.compile(rf"(?P<range>[至到—－\-～~])?(?:附[件表])?(?P<number>{_NUMBER})")
#: What leads readers to an attachment of this document, right before its name.
_LEADS = re.compile(
    r"(?:详见|参见|见|按照?|依照|依据|根据|参照|对照|填写|填报|列入)(?:本?(?:要点|方案|通知|计划|意见|文件?))?[（(《]?$|(?<!》)[（(]$"
)
#: The attachment of another document: 《通知》附件2, 原规则附件3, 上述文件的附件1.
_OTHERS = re.compile(
    r"(?:》(?:（[^（）]*）|〔[^〔〕]*〕|第?[\d一二三四五六七八九十]+[号条款项])*的?|[规细准守文原该][则范定件]?的?|的)$"
)
_APART = re.compile("）?（[^（）]*另|另[发附]")


@dataclass(frozen=True, slots=True)
class Reference:
    """The place of the words in their text, the numbers they have (none for 附件 alone), and whether they lead readers there."""

    start: int
    end: int
    numbers: tuple[int, ...]
    leads: bool


def references(text: str) -> Iterator[Reference]:
    """Every place that may speak of this document's attachments; those of other documents, or sent apart, are left out."""
    if "附" not in text:
        return
    for found in _PLACE.finditer(text):
        before = text[max(found.start() - 20, 0) : found.start()]
        if _OTHERS.search(before) or _APART.match(text, found.end()):
            continue
        yield Reference(found.start(), found.end(), tuple(_numbers(found)), _LEADS.search(before) is not None)


def _numbers(found: re.Match[str]) -> Iterator[int]:
    if not found["first"]:
        return
    last = numerals.value(found["first"]) or 1
    yield last
    for more in _MORE.finditer(found["more"]):
        number = numerals.value(more["number"]) or last
        yield from range(last + 1, number) if more["range"] else ()
        yield number
        last = number


def numbers(plan: Plan) -> dict[str, int]:
    """The number of each attachment by its address, as its label prints it; 1 for one that has none."""
    found: dict[str, int] = {}
    for address, label in attached.worded(plan).labels.items():
        numeral = NUMERAL.search(label.printed)
        found[address] = (numerals.value(numeral[0]) if numeral else None) or 1
    return found
