"""A word or mark written twice in a row: 的的, 进一步进一步, ，，.

Words that are made of a repetition (一个一个, 研究研究), two words that meet (目的的), and a noun that ends one name and begins
the next (老旧小区小区自治, 未来产业产业链) may stand.
"""

from __future__ import annotations

import re
from itertools import accumulate
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
        joints = _Joints(text.text)
        for match in _TWICE.finditer(text.text):
            if match["word"] and not _is_slip(joints, match.start(), match["word"]):
                continue
            words = match["word"] or match["mark"] or match[0][0]
            start, end = match.start() + len(words), match.end()
            fix = text.fix((start, end, "")) if match["mark"] else None
            variant = "mark" if match["mark"] else ""
            yield Diagnostic(ID, text.part(start, end), {"words": words}, SEVERITY, variant=variant, fix=fix)


class _Joints:
    """Where words of a text end and begin; each run of Han characters is parted once, when it is first asked about."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._run = (0, 0)
        self._places: frozenset[int] = frozenset()

    def are_at(self, *places: int) -> bool:
        """Whether a word ends and another begins at each of these places of one run, asked in the order of the text."""
        begin, end = self._run
        if not begin <= places[0] <= places[-1] <= end:
            before = max((found.end() for found in _OTHER.finditer(self.text, end, places[0])), default=end)
            after = _OTHER.search(self.text, places[-1])
            self._run = before, after.start() if after else len(self.text)
            words = tagged(self.text[slice(*self._run)])
            self._places = frozenset(accumulate((len(word) for word, _ in words), initial=before))
        return self._places >= set(places)


def _is_slip(joints: _Joints, start: int, word: str) -> bool:
    """Whether nobody can have meant both: a noun may end one name and begin the next, where both have more to them."""
    if word in _MAY or _NUMERAL.fullmatch(word):
        return False
    text = joints.text
    middle, end = start + len(word), start + 2 * len(word)
    parts = tagged(word)
    if len(parts) == 1 and (parts[0][1] in _NO_NOUN or word in _VERBS) and word not in _NOUN_TOO:
        return joints.are_at(start, middle)
    begins, ends = (not one or bool(_EDGE.match(one)) for one in (text[max(start - 1, 0) : start], text[end : end + 1]))
    if len(parts) > 1 or ends:
        return joints.are_at(middle, end) or (len(parts) > 1 and joints.are_at(start, middle))
    return begins and joints.are_at(start, middle, end)


_OTHER = Pattern(f"[^{HAN}]")
