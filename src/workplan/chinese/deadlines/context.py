"""What the sentence around a deadline says of its year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.chinese import numerals
from workplan.chinese.deadlines import patterns, periods
from workplan.chinese.deadlines.written import level
from workplan.chinese.patterns import Pattern

if TYPE_CHECKING:
    import re

    from workplan.chinese.deadlines.periods import Period
    from workplan.chinese.deadlines.value import Every, Known

#: No sentence names a year for what stands further behind, in characters.
_LONGEST = 500
#: Brackets that follow a stop at once belong to the sentence before it: 2027年建成。（完成时限：3月底前）
_STOP = Pattern(
    r"\n|[。！？](?![（(〔【\[][^（()）〔〕【】\[\]\n]*$)(?:[（(〔【\[][^（()）〔〕【】\[\]\n]*[）)〕】\]])?"
)
#: A year; of a range the whole. What is compared with (比2025年) and the names of documents (《2025年…》) name none.
_YEARS = (
    "(?<![比较与同])(?P<range>(?:19|20)[0-9]{2}年?(?:[—–－―~～-]+|至|到)(?:20)?[0-9]{2}年)"
    "|(?<![比较与同0-9])(?P<year>(?:19|20)[0-9]{2}|[一二][〇零一二三四五六七八九]{3})年|(?P<word>[今本明来]年)"
)
#: A month or a quarter; of several, and of what is compared with or looked back on, only that they are some.
_NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九]?十[一二]?|[一二三四五六七八九])"
_TO = "(?:[—–－―~～-]+|至|到|、|和|及|或)"
_PERIODS = (
    f"(?P<several>{_NUMBER}月?份?{_TO}{_NUMBER}月|[一二三四1-4](?:季度)?{_TO}第?[一二三四1-4]季度"
    f"|(?:[比较与同自从]|截至|截止|以来)(?:{_NUMBER}月|第?[一二三四1-4]季度)|前[一二三四两1-4]个?季度)"
    f"|(?P<every>(?:每个?|各|逐|按)(?:月|季度?))|(?P<month>{_NUMBER})月|(?P<quarter>[一二三四1-4])季度"
)
_NAMED = Pattern(f'《[^》]*》|[“"][^”"]*[”"]|{_YEARS}|{_PERIODS}')
_WORDS = {"今年": 0, "本年": 0, "明年": 1, "来年": 1}


def _sentence_start(text: str, place: int) -> int:
    """Where the sentence begins in which a place lies, or where it is long enough not to look further."""
    first = max(0, place - _LONGEST)
    ends = [found.end() for found in _STOP.finditer(text, first, place)]
    return ends[-1] if ends else first


def within(text: str, place: int, known: Known) -> Known:
    """What is known at a place of a text: the year, and the month or quarter, that the sentence names last before it.

    A year that is past is none. After a range of years nobody can tell which of them is meant, nor after several months which
    month; a month that stands before another year is none of that year.
    """
    named: int | None = 0
    near: Period | Every | None = None
    for found in _NAMED.finditer(level(text[_sentence_start(text, place) : place])):
        if found["range"]:
            named, near = None, None
        elif found["word"]:
            named, near = known.year + _WORDS[found["word"]] if known.year else 0, None
        elif found["year"]:
            year = numerals.value(found["year"]) or 0
            named, near = year if year >= known.year else named, None
        elif found["several"]:
            near = None
        elif found["every"] or found["month"] or found["quarter"]:
            near = _near(found, replace(known, named=named).usual)
    return replace(known, named=named, near=near)


def _near(found: re.Match[str], year: int) -> Period | Every | None:
    """The month or quarter that is named, in a year (0 for none that is known), or how often something comes again."""
    if found["every"]:
        return patterns.EVERY_UNIT[found["every"].lstrip("每个各逐按")[0]]
    number = numerals.value(found["month"] or found["quarter"]) or 0
    try:
        return periods.months(year, number, number) if found["month"] else periods.quarters(year, number, number)
    except ValueError:  # 13月, or a year that nobody knows
        return None
