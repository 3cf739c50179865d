"""What the unit rules share: every phrase that names units, with where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.language.model import Clause
from workplan.plan.compiled import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Span
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered
    from workplan.plan.registry import Name, Phrase, UnitReference

#: Words for nobody in particular: 有关部门, 各相关单位, 其他有关部门和单位.
_VAGUE = re.compile(
    "各?(?:级|其他|其它)?(?:有关|相关)(?:职能|责任|主管|业务|成员)?(?:部门|单位|科室|处室|机构|方面)"
    "(?:[和、及](?:部门|单位))?|其他(?:部门|单位)"
)
#: Roles shared on purpose: nobody has to lead.
_SHARED = re.compile("职责|分工|分别|各自|共同|结合")


@dataclass(frozen=True, slots=True)
class UnitPhrase:
    """A phrase of one item, in the mention that it was read from."""

    numbered: Numbered
    reference: UnitReference
    phrase: Phrase

    def place(self, name: Name) -> Span:
        """Where a name stands."""
        return self.reference.scalar.part(self.reference.offset + name.start, self.reference.offset + name.end)

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
        assert isinstance(item, Clause)  # noqa: S101 - nothing else mentions units
        if self.phrase.label and isinstance(item.units, dict) and self.reference.source == "units":
            key = item.units.get(self.phrase.label)
            if key is self.reference.scalar:
                return item.place("units", self.phrase.label)
        if self.phrase.label:
            text, offset = self.reference.scalar.text, self.reference.offset
            end = offset + self.phrase.names[0].start if self.phrase.names else len(text)
            start = text.rfind(self.phrase.label, offset, end)
            if start >= 0:
                return self.reference.scalar.part(start, start + len(self.phrase.label))
        return item.place("units")

    @property
    def shared(self) -> bool:
        """Whether the words say that all answer alike (按职责分工, 共同, 分别)."""
        end = self.phrase.names[-1].end if self.phrase.names else 0
        return bool(_SHARED.search(self.reference.scalar.text, self.reference.offset + end))


def unit_phrases(plan: Plan) -> Iterator[UnitPhrase]:
    """Every phrase in which the plan's items name units, in printed order."""
    for numbered in plan.naming():
        for reference in numbered.unit_references or ():
            for phrase in reference.phrases:
                yield UnitPhrase(numbered, reference, phrase)


def leads(plan: Plan, numbered: Numbered) -> bool:
    """Whether an item names a leader, or the document lays down that the first named leads."""
    ruled = plan.document.rules is not None and plan.document.rules.first == "lead"
    return ruled or any(
        name.role == "lead" for m in numbered.unit_references or () for phrase in m.phrases for name in phrase.names
    )


def is_vague(words: str) -> bool:
    """Whether a name is none: 有关部门, 各相关单位."""
    return _VAGUE.fullmatch(words) is not None
