"""What the standard requires, one entry for each quantity, and how measured values are judged by it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROUNDING = 1e-6


class Strength(StrEnum):
    """How binding the standard's wording is: 应 and plain statements, 一般 and 可以, 推荐; a note is bound by nothing."""

    MANDATORY = "mandatory"
    USUAL = "usual"
    ADVISED = "advised"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One quantity: the finding's ``rule``, the ``clause`` of GB/T 9704-2012, the ``unit`` (mm, pt, line, em or "").

    ``required`` has the values that the clause can be read as, as numbers of the unit, or a word; ``tolerance`` is how far from
    the nearest of them a correct file may be.
    """

    rule: str
    clause: str
    strength: Strength
    required: tuple[float, ...] | str
    tolerance: float = 0.0
    unit: str = "mm"

    @property
    def asked(self) -> str:
        """What is required, as people write it."""
        if isinstance(self.required, str):
            return self.required
        return " / ".join(dict.fromkeys(shown(value) for value in self.required))

    def deviation(self, value: float | str) -> float:
        """How far a value is from the nearest reading: 0 or 1 for words."""
        if isinstance(self.required, str) or isinstance(value, str):
            return float(value != self.required)
        return min(abs(value - wanted) for wanted in self.required)


@dataclass(frozen=True, slots=True)
class Sample:
    """One measurement: its page and value; ``spared`` where a looser reading allows it; the key of the reading."""

    page: int
    value: float | str
    spared: bool = False
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One quantity as measured: its worst sample, and the number of places that deviate."""

    requirement: Requirement
    worst: Sample
    places: int

    @property
    def deviates(self) -> bool:
        """Whether any sample is out of tolerance."""
        return self.places > 0

    @property
    def verdict(self) -> str:
        """``ok`` or ``deviates``; ``told`` for what is said of a file without judging it."""
        if self.requirement.strength is Strength.NOTE:
            return "told"
        return "deviates" if self.deviates else "ok"

    @property
    def measured(self) -> str:
        """The worst value, as people write it."""
        return self.worst.value if isinstance(self.worst.value, str) else shown(self.worst.value)


def judge(requirement: Requirement, samples: Iterable[Sample]) -> tuple[Measurement, ...]:
    """The measurement of some samples; none where there are no samples."""
    every = tuple(samples)
    if not every:
        return ()
    bad = [sample for sample in every if _is_bad(requirement, sample)]
    counting = bad or [sample for sample in every if not sample.spared] or every
    worst = max(counting, key=lambda sample: requirement.deviation(sample.value))
    return (Measurement(requirement, worst, len(bad)),)


def _is_bad(requirement: Requirement, sample: Sample) -> bool:
    return not sample.spared and requirement.deviation(sample.value) > requirement.tolerance + _ROUNDING


def shown(value: float) -> str:
    """A value with at most two decimals: a hundredth of a millimetre is finer than any printer."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.005 else "0"  # noqa: PLR2004 - rounds to nothing
