"""A word or mark written twice in a row: 的的, 进一步进一步, ，，.

Words that are made of a repetition (一个一个, 研究研究), two words that meet (目的的), and a noun that ends one name and begins
the next (老旧小区小区自治, 未来产业产业链) may stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import HAN, TextKind, texts
from workplan.chinese.patterns import Pattern
from workplan.chinese.words import tagged
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "repeated-word"
SEVERITY = Severity.WARNING
SOURCE = "实务"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 进一步进一步办好培训班。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 以就业为目的的培训一个一个办。, units: 区教育局}
"""

_TWICE = re.compile(
    rf"(?P<mark>[，。、；：])(?P=mark)+|(?P<word>(?!一|每|两|几|逐(?![步渐年]))[{HAN}]{{2,8}})(?P=word)"
    r"|(?<![目标])的的(?!确|士)|(?<!为)了了(?![解然结])"
)
#: Verbs that are said twice for a try.
_MAY = frozenset(("研究", "讨论", "考虑", "商量", "学习", "了解", "体验"))
#: Parts of speech that no name ends in: adverbs, verbs, adjectives, conjunctions, prepositions.
_NO_NOUN = frozenset(("d", "v", "vd", "ad", "a", "c", "p", "r"))
#: Verbs that are nouns as well: 党组织组织学习.
_NOUN_TOO = frozenset(
    (
        "组织",
        "领导",
        "发展",
        "规划",
        "计划",
        "改造",
        "保护",
        "生产",
        "设计",
        "运行",
        "先进",
        "教育",
        "服务",
        "管理",
        "建设",
        "创新",
        "大力",
        "运营",
        "调度",
        "监控",
        "指导",
        "援助",
        "检察",
    )
)
#: What the dictionary of jieba takes for something else.
_VERBS = frozenset(("深化", "全面", "落实", "健全"))
#: What a name neither begins before nor ends after.
_EDGE = Pattern(rf"[^{HAN}]|[的和与及等或了]")
_NUMERAL = Pattern("[一二三四五六七八九十百千万亿零〇]+")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each repetition, at the second of the two."""
    for text in texts(plan):
        if text.kind is TextKind.UNITS:
            continue
        for match in _TWICE.finditer(text.text):
            if match["word"] and not _is_slip(text.text, match.start(), match["word"]):
                continue
            words = match["word"] or match["mark"] or match[0][0]
            start, end = match.start() + len(words), match.end()
            fix = text.fix((start, end, "")) if match["mark"] else None
            variant = "mark" if match["mark"] else ""
            yield Diagnostic(ID, text.part(start, end), {"words": words}, SEVERITY, variant=variant, fix=fix)


def _is_slip(text: str, start: int, word: str) -> bool:
    """Whether nobody can have meant both: a noun may end one name and begin the next, where both have more to them."""
    if word in _MAY or _NUMERAL.fullmatch(word):
        return False
    middle, end = start + len(word), start + 2 * len(word)
    parts = tagged(word)
    if len(parts) == 1 and (parts[0][1] in _NO_NOUN or word in _VERBS) and word not in _NOUN_TOO:
        return _are_between_words(text, start, middle)
    begins, ends = (not one or bool(_EDGE.match(one)) for one in (text[:start][-1:], text[end : end + 1]))
    if len(parts) > 1 or ends:
        return _are_between_words(text, middle, end) or (len(parts) > 1 and _are_between_words(text, start, middle))
    return begins and _are_between_words(text, start, middle, end)


def _are_between_words(text: str, *places: int) -> bool:
    """Whether a word ends and another begins at each of the places."""
    begin = max((found.end() for found in _OTHER.finditer(text, 0, places[0])), default=0)
    after = _OTHER.search(text, places[-1])
    place, joints = begin, {begin}
    for word, _ in tagged(text[begin : after.start() if after else len(text)]):
        place += len(word)
        joints.add(place)
    return joints >= set(places)


_OTHER = Pattern(f"[^{HAN}]")
