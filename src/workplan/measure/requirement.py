"""What the standard asks for, one entry a quantity, and the judgement of what was measured against it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROUNDING = 1e-6


class Strength(StrEnum):
    """How the standard words it: 应 and plain statements, 一般 and 可以, 推荐."""

    MANDATORY = "mandatory"
    USUAL = "usual"
    ADVISED = "advised"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One quantity: the finding's ``rule``, the ``clause`` of GB/T 9704-2012, the ``unit`` (mm, pt, line, em or "").

    ``required`` lists the values that the clause can be read as, as numbers, or says it in words; ``tolerance`` is how far
    from the nearest of them a sound file may be.
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
    """One measurement: the page, the value; ``spared`` where a looser reading allows it; how it was read (a word's key)."""

    page: int
    value: float | str
    spared: bool = False
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One quantity as measured: its worst sample, and how many deviate."""

    requirement: Requirement
    worst: Sample
    places: int

    @property
    def deviates(self) -> bool:
        """Whether any sample is out of tolerance."""
        return self.places > 0

    @property
    def measured(self) -> str:
        """The worst value, as people write it."""
        return self.worst.value if isinstance(self.worst.value, str) else shown(self.worst.value)


def judge(requirement: Requirement, samples: Iterable[Sample]) -> tuple[Measurement, ...]:
    """The item for some samples; none where there is nothing to judge."""
    found = tuple(samples)
    if not found:
        return ()
    bad = [sample for sample in found if _is_bad(requirement, sample)]
    counting = bad or [sample for sample in found if not sample.spared] or found
    worst = max(counting, key=lambda sample: requirement.deviation(sample.value))
    return (Measurement(requirement, worst, len(bad)),)


def _is_bad(requirement: Requirement, sample: Sample) -> bool:
    return not sample.spared and requirement.deviation(sample.value) > requirement.tolerance + _ROUNDING


def shown(value: float) -> str:
    """Two decimals at most: a hundredth of a millimetre is less than any printer can do."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.005 else "0"  # noqa: PLR2004 - rounds to nothing
