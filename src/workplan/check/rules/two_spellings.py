"""Two spellings of a name that the registry does not tell to be one: 县发改局 and 县发展改革局, 乡级路长 and 乡镇级路长.

Only where every word of the one is left in the other, where the one merely lacks the level that the other says, or where 乡 and 乡镇
stand before one post. Spellings of one registered unit are the matter of ``wavering-name``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from workplan.check.rules.phrases import UnitPhrase, is_vague, unit_phrases
from workplan.check.rules.texts import HAN, TextKind, texts
from workplan.diagnostic import Diagnostic, Related, Severity
from workplan.plan.registry.level import level
from workplan.plan.registry.short_form import completed, core, end, keeps_every_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.diagnostic import Span
    from workplan.plan.compiled import Plan
    from workplan.plan.registry import Name

ID = "two-spellings"
SEVERITY = Severity.WARNING
SOURCE = "实务：同一机关全文用同一称谓（党政机关公文处理工作条例 第十九条：使用规范化简称）"
BAD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 由县发展改革局会同有关方面办理。县发改局每月通报。, units: 区教育局}
"""
GOOD = """\
kind: tasks
title: 重点任务
items:
  - {title: 办班, text: 由县发展改革局会同有关方面办理。县发展改革局每月通报。, units: 区教育局}
"""

#: Names with their level in running text, which begin behind a mark or a word that no name has.
_IN_TEXT = re.compile(
    rf"(?:(?<![{HAN}])|(?<=[由与和同及向报请经送在]))"
    rf"[省市区县州旗](?!委|政府|域|场)[{HAN}]{{2,12}}?"
    "(?:局|厅|委员会|办公室|(?<![省市区县])委(?!员|托|派|任|办)|办(?![公事理法好学案班]))"
)
_RUNNING = (TextKind.TITLE, TextKind.TEXT, TextKind.CELL)
_POST = re.compile("(?P<level>乡镇|镇乡|乡|镇)级(?P<post>[路河湖林田山]长)")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A name as it is written; ``unit`` is that of the registry, "" for none; ``answers`` where it stands for a duty."""

    words: str
    unit: str
    answers: bool


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each name, at the first place of a spelling that is not the most frequent, with the first of that."""
    for places in (*_units(plan), *_posts(plan)):
        usual = max(places, key=lambda words: len(places[words]))
        name, *further = (words for words in places if words != usual)
        arguments: dict[str, str | int] = {"name": name, "usual": usual}
        related = [Related("two-spellings.first", places[usual][0], arguments)]
        related += [Related("two-spellings.also", places[one][0], {"name": one}) for one in further]
        yield Diagnostic(ID, places[name][0], arguments, SEVERITY, related=tuple(related))


def _posts(plan: Plan) -> Iterator[dict[str, list[Span]]]:
    """The posts that stand with 乡镇 and with one of the two alone."""
    found: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for text in texts(plan):
        for match in _POST.finditer(text.text) if text.kind in _RUNNING else ():
            found[match["post"]][match["level"]].append(text.part(*match.span()))
    for post, places in found.items():
        if len(places) > 1 and not places.keys() >= {"乡", "镇"}:
            yield {f"{level}级{post}": spans for level, spans in places.items()}


def _units(plan: Plan) -> Iterator[dict[str, list[Span]]]:
    """The names that have several spellings, each with its places."""
    places = _places(plan)
    same: dict[str, set[str]] = defaultdict(set)
    for group in _alike(places):
        for one, other in combinations(group, 2):
            if _are_one(one, other):
                same[one.words].add(other.words)
                same[other.words].add(one.words)
    told: set[str] = set()
    for words, others in same.items():
        together = {words, *others, *(more for other in others for more in same[other])}
        if words not in told and len({level(one) for one in together} - {""}) <= 1:
            told |= together
            spans: dict[str, list[Span]] = defaultdict(list)
            for spelling, found in places.items():
                if spelling.words in together:
                    spans[spelling.words] += found
            yield {one: list(dict.fromkeys(found)) for one, found in spans.items()}


def _alike(places: Iterable[_Spelling]) -> Iterable[list[_Spelling]]:
    """The spellings that end alike and begin with the same character behind the level."""
    found: dict[tuple[str, str], list[_Spelling]] = defaultdict(list)
    for spelling in places:
        if inner := core(spelling.words):
            found[end(spelling.words), inner[0]].append(spelling)
    return found.values()


def _places(plan: Plan) -> dict[_Spelling, dict[Span, None]]:
    """Where every name stands, first those that answer for something."""
    found: dict[_Spelling, dict[Span, None]] = defaultdict(dict)
    other_years = plan.book.old.keys() | plan.book.early.keys()
    for named in unit_phrases(plan):
        for name in named.phrase.names:
            words = name.carried + named.spelling(name)
            if not is_vague(words) and words not in other_years:
                words = words if name.unit else completed(words, _before(named, name))
                found[_Spelling(words, name.unit, answers=True)][named.place(name)] = None
    taken = {span for spans in found.values() for span in spans}
    for text in texts(plan):
        for match in _IN_TEXT.finditer(text.text) if text.kind in _RUNNING else ():
            span, unit = text.part(*match.span()), plan.book.spellings.get(match[0], "")
            if span not in taken and match[0] not in other_years:
                found[_Spelling(match[0], unit, answers=False)][span] = None
    return found


def _before(named: UnitPhrase, name: Name) -> Iterator[str]:
    """The names of a list before one, the nearest first."""
    return (named.spelling(other) for other in reversed(named.phrase.names) if other.end <= name.start)


def _are_one(one: _Spelling, other: _Spelling) -> bool:
    """Whether two spellings are one name, which neither the registry says nor another rule."""
    if one.unit and other.unit:
        return False
    # A name beside a registered one is told as unknown, with that as advice.
    if any(known.unit and unknown.answers for known, unknown in ((one, other), (other, one))):
        return False
    levels, inner = [level(one.words), level(other.words)], [core(one.words), core(other.words)]
    apart = [
        words.partition(sign)[0] if sign else "" for words, sign in zip((one.words, other.words), levels, strict=True)
    ]
    if all(apart) and apart[0] != apart[1]:
        return False
    shortened = keeps_every_word(*inner) or keeps_every_word(*reversed(inner))
    if levels[0] == levels[1]:
        return shortened
    # One lacks the level: only where it is known to begin there.
    lacking = one if not levels[0] else other
    return "" in levels and lacking.answers and (shortened or inner[0] == inner[1])
