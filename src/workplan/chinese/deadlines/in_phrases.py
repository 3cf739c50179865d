"""Deadlines that stand for themselves between the marks of a phrase, among other words: （区教育局，6月底前完成）.

What the grammar reads whole is one; so are shapes that name no day (3个工作日内, 三季度前).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from workplan.chinese.deadlines import patterns
from workplan.chinese.deadlines.grammar import read
from workplan.chinese.deadlines.periods import HOLIDAYS
from workplan.chinese.deadlines.value import NOTHING, Known
from workplan.chinese.deadlines.written import level
from workplan.chinese.patterns import Pattern

_YEAR = (
    r"(?:(?:20\d\d|[一二][〇○零一二三四五六七八九]{3})(?:[—–~～至-]+(?:20)?\d\d)?年(?:度)?|[今明当本每去]年度?|年度?)"
)
_MONTH = (
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|[上中下]旬)?)"
)
_ONE = rf"(?:{_YEAR}?(?:{_MONTH}|第?[一二三四1-4]季度|[上下]半年|年)|{_YEAR})(?:底|末|初|中(?:期)?)?"
#: Which month or quarter, or how many of them, has to be told elsewhere.
_VAGUE = (
    "(?:[当该本同次]月?)?(?:月[底末初]|[上中下]旬)|[当该本同次]?季度?[底末]"
    r"|每(?:隔)?(?:\d+|[两二三四五六])个?(?:年|季度|月|周|星期|工作日|[日天])|次月(?:\d{1,2}[日号])?|元旦节?(?=之?前|以前)"
)
_PERIOD = rf"(?:{_ONE}|{_VAGUE})(?:[—–~～至-]+{_ONE})?"
_SPAN = r"(?:\d+|[一二三四五六七八九十两半]+)(?:个)?(?:工作日|自然日|日|天|月|季度|年)(?:之?内|以内)"
_FINISH = (
    "(?:全部|基本|全面|率先|正式|按期|如期)*(?:完成|办结|建成|投用|到位|实现|见效|启动|报送|出台|落实|结束|开工|竣工)"
)
_BY_THEN = "(?:[于在到至]|截至|截止|确保|力争|争取|原则上|要|须|应)*"
#: A deadline that stands for itself between marks: a day or period, and perhaps that something is to be done by then.
_STANDS = Pattern(
    rf"{_BY_THEN}(?P<words>(?:{_PERIOD}(?:之前|以前|前|内)?|{_SPAN}))"
    rf"(?P<done>{_FINISH}[^，,；;。、）)]{{0,12}}|取得[^，。；]{{1,8}})?(?=[，,；;。、）)\s]|$)"
)
#: One before a verb: 区教育局6月底前落实.
_BEFORE_VERB = Pattern(rf"{_BY_THEN}(?P<words>{_PERIOD}(?:之前|以前|前|内)|{_SPAN})")
_SAYS_WHEN = Pattern("每|.*[0-9底末前内]|[今明当本]年|[上下]半年|.*季度")
_BEGINS = frozenset("于在到至截确力争原要须应0123456789一二三四五六七八九十两半今明当本每去年上下第月季次中同该元")
#: How words of the grammar begin that the shapes above do not have: what comes again, holidays, five-year plans, days in figures.
_TOLD = Pattern(
    "自?[0-9二]...{1,4}[起始][，,]?每|每|各季|各月|逐|按[月季年]|前[两二三]个?季度|自?(?:本.{2}|方案)?(?:印发|发布|公布|下发|施行)"
    f'|[“"]?(?:{"|".join(HOLIDAYS)})[^，；。]{{0,6}}前|[“"]?十[一二三四五六七八九]五[”"]?[^，；。]{{0,4}}(?:末|期间|时期)'
    "|20[0-9]{2}[-./][0-9]|(?:[0-9一二三四五六七八九十]{1,2}、)+[0-9一二三四五六七八九十]{1,2}月"
)
_WIDE = frozenset("０１２３４５６７８９")
_MARK = Pattern("[，,；;。、）)\\s]|$")
#: Any plan: whether words are understood does not depend on it.
_ANY = Known(year=2024, day=date(2024, 1, 1))
_LONGEST = 40


class Standing(NamedTuple):
    """A deadline in other words: all of it from its beginning to ``end``, the words of the day from ``start`` to ``stop``.

    ``done`` says that something is to be done by then, so that it is a sentence.
    """

    start: int
    stop: int
    end: int
    done: bool


def standing(text: str, start: int, end: int) -> Standing | None:
    """The deadline that stands at a place, up to a mark."""
    text = _level(text, start)
    found = _STANDS.match(text, start, end) if text[start : start + 1] in _BEGINS else None
    if found and (found["done"] or _SAYS_WHEN.match(found["words"])):
        return Standing(*found.span("words"), found.end(), done=bool(found["done"]))
    return _understood(text, start, end) if _TOLD.match(text, start, end) else None


def before_verb(text: str, start: int, end: int) -> Standing | None:
    """A deadline behind a name, for the verb that follows: 区教育局6月底前落实."""
    text = _level(text, start)
    found = _BEFORE_VERB.match(text, start, end) if text[start : start + 1] in _BEGINS else None
    return Standing(*found.span("words"), found.end(), done=False) if found else None


def _level(text: str, start: int) -> str:
    """The text with half-width figures where a full-width one stands at the place: others are rare, and texts are many."""
    return level(text) if text[start : start + 1] in _WIDE else text


def _understood(text: str, start: int, end: int) -> Standing | None:
    """What the grammar reads whole, up to the furthest mark; its words end where that is said which is to be done by then."""
    end = min(end, start + _LONGEST)
    marks = [
        found.start() for found in _MARK.finditer(text, start + 1, end) if not _MARK.match(text[found.start() - 1])
    ]
    for stop in reversed(marks):
        for place in range(start + 1, stop + 1):
            told = place == stop or patterns.DONE.fullmatch(text, place, stop)
            if told and read(text[start:place], _ANY) != NOTHING:
                quoted = text[start - 1 : start] in tuple('“"') and text[start] not in '“"'
                return Standing(start - quoted, place, stop, done=place < stop)
    return None
