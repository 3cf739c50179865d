"""What the unit rules share: every phrase that names units, with where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from workplan.diagnostic import Replacement
from workplan.language.model import Clause
from workplan.plan.compiled import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workplan.diagnostic import Span
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered
    from workplan.plan.registry import LaidDown, Name, Phrase, UnitReference
    from workplan.plan.registry.reform import Dated

#: Words for nobody in particular: 有关部门, 各相关单位, 其他有关部门和单位.
_VAGUE = re.compile(
    "各?(?:级|其他|其它)?(?:有关|相关)(?:职能|责任|主管|业务|成员)?(?:部门|单位|科室|处室|机构|方面)"
    "(?:[和、及](?:部门|单位))?|其他(?:部门|单位)"
)
#: Roles shared on purpose: nobody has to lead.
_SHARED = ("职责", "分工", "分别", "各自", "共同", "结合")


@dataclass(frozen=True, slots=True)
class UnitPhrase:
    """A phrase of one item, in the mention that it was read from."""

    numbered: Numbered
    reference: UnitReference
    phrase: Phrase

    def place(self, name: Name) -> Span:
        """Where a name stands."""
        return self.reference.scalar.part(self.reference.offset + name.start, self.reference.offset + name.end)

    def words(self, rule: LaidDown) -> Span:
        """Where a sentence stands that the phrase lays down."""
        return self.reference.scalar.part(self.reference.offset + rule.start, self.reference.offset + rule.end)

    def spelling(self, name: Name) -> str:
        """A name as it is written, without others that are joined to it."""
        offset = self.reference.offset
        return self.reference.scalar.text[offset + name.start : offset + name.end]

    @property
    def label(self) -> str:
        """The label that prints before the phrase, "" for none."""
        return label_of(self.numbered, self.phrase, self.reference)

    @property
    def label_place(self) -> Span:
        """Where the label is written; for the style's own label, which is written nowhere here, the ``units`` key."""
        item = self.numbered.item
        units = item.units if isinstance(item, Clause) else None  # a bare paragraph may name units too
        if (
            self.phrase.label
            and isinstance(item, Clause)
            and isinstance(units, dict)
            and self.reference.source == "units"
        ):
            key = units.get(self.phrase.label)
            if key is self.reference.scalar:
                return item.place("units", self.phrase.label)
        if self.phrase.label:
            text, offset = self.reference.scalar.text, self.reference.offset
            end = offset + self.phrase.names[0].start if self.phrase.names else len(text)
            start = text.rfind(self.phrase.label, offset, end)
            if start >= 0:
                return self.reference.scalar.part(start, start + len(self.phrase.label))
        return item.place("units") if isinstance(item, Clause) else self.reference.scalar.span

    @property
    def shared(self) -> bool:
        """Whether the words say that all answer alike (按职责分工, 共同, 分别)."""
        end = self.phrase.names[-1].end if self.phrase.names else 0
        return _last_shared(self.reference.scalar.text) >= self.reference.offset + end


@lru_cache(maxsize=16)
def _last_shared(text: str) -> int:
    """Where such words stand last in a text, asked for every phrase in it; -1 where none does."""
    return max(text.rfind(words) for words in _SHARED)


def unit_phrases(plan: Plan) -> Iterator[UnitPhrase]:
    """Every phrase in which the plan's items name units, in printed order."""
    return iter(_phrases(plan))


@lru_cache(maxsize=1)
def _phrases(plan: Plan) -> tuple[UnitPhrase, ...]:
    """The same, once for all rules that ask."""
    return tuple(
        UnitPhrase(numbered, reference, phrase)
        for numbered in plan.naming()
        for reference in numbered.unit_references or ()
        for phrase in reference.phrases
    )


@dataclass(frozen=True, slots=True)
class MisdatedName:
    """A name that is none of the plan's year, where it stands: the names of that year (``right``), and the year of the change.

    ``fix`` puts in the right one, where there is only one.
    """

    words: str
    right: str
    year: int
    place: Span
    fix: tuple[Replacement, ...] | None


def misdated(plan: Plan, names: Mapping[str, Dated]) -> Iterator[MisdatedName]:
    """Every place in a phrase that has one of ``names``."""
    for named in unit_phrases(plan) if names else ():
        for name in named.phrase.names:
            words = named.spelling(name)
            if found := names.get(words):
                place = named.place(name)
                fix = (Replacement(place, found.names[0]),) if len(found.names) == 1 else None
                yield MisdatedName(words=words, right="、".join(found.names), year=found.year, place=place, fix=fix)


def leads(plan: Plan, numbered: Numbered) -> bool:
    """Whether an item names a leader, or the document lays down that those named first lead."""
    ruled = plan.document.rules is not None and plan.document.rules.first is not None
    return ruled or id(numbered) in _led(plan)


@lru_cache(maxsize=1)
def _led(plan: Plan) -> frozenset[int]:
    """The items of a plan that name a leader; the plan is kept as long as the answer, so that an id means its item."""
    return frozenset(
        id(numbered)
        for numbered in plan.naming()
        for reference in numbered.unit_references or ()
        for phrase in reference.phrases
        if any(name.role == "lead" for name in phrase.names)
    )


def is_vague(words: str) -> bool:
    """Whether a name is none: 有关部门, 各相关单位."""
    return _VAGUE.fullmatch(words) is not None
