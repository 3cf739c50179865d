"""``--select`` and ``--ignore``: the findings that a call wants to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.check.rules.every import ADJUSTABLE, OFF
from workplan.diagnostic import Misuse, nearest
from workplan.resources.messages import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.diagnostic import Diagnostic

#: The rules that suggest keys, by the beginning of their names.
_SUGGEST = "suggest-"
_MEASURE = "measure-"


@dataclass(frozen=True, slots=True)
class Selection:
    """Rules by their ids or the beginnings of those; nothing selected is everything. ``suggest`` asks for suggestions too."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    suggest: bool = False

    @classmethod
    def read(cls, select: Iterable[str] | None, ignore: Iterable[str] | None, *, suggest: bool = False) -> Selection:
        """The words of the command line, several parted by commas; Misuse for one that no rule begins with."""
        return cls(_rules(select), _rules(ignore), suggest)

    @property
    def asked(self) -> frozenset[str]:
        """The rules that are off and are asked for: by their whole name, or as suggestions."""
        return frozenset(rule for rule in OFF if rule in self.select or (self.suggest and rule.startswith(_SUGGEST)))

    def of(self, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The findings wanted; an error that keeps the plan from meaning anything is always among them."""
        for finding in findings:
            fixed = finding.rule not in ADJUSTABLE and not finding.rule.startswith(_MEASURE)
            selected = not self.select or finding.rule.startswith(self.select) or finding.rule in self.asked
            if fixed or (selected and not finding.rule.startswith(self.ignore or ("\0",))):
                yield finding


def _rules(given: Iterable[str] | None) -> tuple[str, ...]:
    known = catalogue("zh").findings()
    words = tuple(word for text in given or () for word in text.replace("，", ",").split(",") if word)
    for word in words:
        if not any(name.startswith(word) for name in known):
            near = nearest(word, known)
            raise Misuse("unknown-rule-near" if near else "unknown-rule", name=word, near=near)
    return words
