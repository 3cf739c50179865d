"""Findings to text, JSON, SARIF or workflow commands, in the user's language: reporters by name.

Each is loaded when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.compiler import Result
    from workplan.resources.messages import Catalogue

    _Results = Sequence[tuple[str, Result]]


class Reporter(Protocol):
    """Writes the findings of some plans as one string; ``colour`` asks for terminal colours."""

    def __call__(self, results: _Results, words: Catalogue, *, colour: bool, width: int) -> str:
        """The report of ``results``, pairs of a plan's name and its compilation."""
        ...


def _text(results: _Results, words: Catalogue, *, colour: bool, width: int) -> str:
    from workplan.report import terminal  # noqa: PLC0415 - loaded when asked for

    return terminal.write(results, words, colour=colour, width=width)


def _json(results: _Results, words: Catalogue, *, colour: bool, width: int) -> str:
    from workplan.report import json  # noqa: PLC0415 - likewise

    return json.write(results, words, colour=colour, width=width)


def _sarif(results: _Results, words: Catalogue, *, colour: bool, width: int) -> str:
    from workplan.report import sarif  # noqa: PLC0415 - likewise

    return sarif.write(results, words, colour=colour, width=width)


def _github(results: _Results, words: Catalogue, *, colour: bool, width: int) -> str:
    from workplan.report import github  # noqa: PLC0415 - likewise

    return github.write(results, words, colour=colour, width=width)


REPORTERS: dict[str, Reporter] = {"text": _text, "json": _json, "sarif": _sarif, "github": _github}
