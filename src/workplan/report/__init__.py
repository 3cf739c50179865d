"""Findings to text, JSON, SARIF or workflow commands, in the user's language: reporters by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from workplan.report.github import write as github
from workplan.report.json import write as json
from workplan.report.sarif import write as sarif
from workplan.report.text import write as text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.compiler import Result
    from workplan.resources.messages import Catalogue


class Reporter(Protocol):
    """Writes the findings of some plans as one string; ``colour`` asks for terminal colours."""

    def __call__(self, results: Sequence[tuple[str, Result]], words: Catalogue, *, colour: bool, width: int) -> str:
        """The report of ``results``, pairs of a plan's name and its compilation."""
        ...


REPORTERS: dict[str, Reporter] = {"text": text, "json": json, "sarif": sarif, "github": github}
