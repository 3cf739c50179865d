"""What comes out of a build: its files before they are put in their places, and what is told of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Done:
    """A file that is there: its path, the seconds of processor time that it took, and whether an earlier build had made it."""

    path: str
    seconds: float = 0.0
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A finished build: the files by their path below the plan's folder, and the sheets' stems by unit.

    ``missing`` are the files that could not be made: for what this computer lacks, or ``refused`` for what they hold; ``findings``
    say why. ``keys`` are those of the files that have one: equal keys mean equal bytes, but for the
    ``names`` of the plan's files in those that name them.
    """

    files: Mapping[str, bytes]
    units: dict[str, str]
    missing: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The files for which this computer lacks something."""
        return tuple(path for path in self.missing if path not in self.refused)
