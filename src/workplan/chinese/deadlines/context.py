"""What the sentence around a deadline says of its year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.chinese import numerals
from workplan.chinese.deadlines.written import level
from workplan.chinese.patterns import Pattern

if TYPE_CHECKING:
    from workplan.chinese.deadlines.value import Known

#: No sentence names a year for what stands further behind, in characters.
_LONGEST = 500
_STOP = Pattern("[。！？\n]")
#: A year; of a range the whole. What is compared with (比2025年) and the names of documents (《2025年…》) name none.
_YEAR = Pattern(
    '《[^》]*》|[“"][^”"]*[”"]'
    "|(?<![比较与同])(?P<range>(?:19|20)[0-9]{2}年?(?:[—–－―~～-]+|至|到)(?:20)?[0-9]{2}年)"
    "|(?<![比较与同0-9])(?P<year>(?:19|20)[0-9]{2}|[一二][〇零一二三四五六七八九]{3})年|(?P<word>[今本明来]年)"
)
_WORDS = {"今年": 0, "本年": 0, "明年": 1, "来年": 1}


def _sentence_start(text: str, place: int) -> int:
    """Where the sentence begins in which a place lies, or where it is long enough not to look further."""
    first = max(0, place - _LONGEST)
    ends = [found.end() for found in _STOP.finditer(text, first, place)]
    return ends[-1] if ends else first


def within(text: str, place: int, known: Known) -> Known:
    """What is known at a place of a text: the year that the sentence names last before it, if it is not a past one.

    After a range of years nobody can tell which of them is meant.
    """
    named: int | None = 0
    for found in _YEAR.finditer(level(text[_sentence_start(text, place) : place])):
        if found["range"]:
            named = None
        elif found["word"]:
            named = known.year + _WORDS[found["word"]] if known.year else 0
        elif found["year"]:
            year = numerals.value(found["year"]) or 0
            named = year if year >= known.year else named
    return replace(known, named=named)
