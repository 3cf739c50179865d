"""Line decisions: where the lines of issued documents end, and whether a grid ends them there too.

A line decision is one question: given the true start of a line, does it end right? So a wrong line does not make those after it
wrong. The lines are those of ``shared/cases/grid``, where it stands beside the checkout, and of the 2022 original.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from phrases import cases
from workplan.lengths import Em
from workplan.page.dimensions import INDENT
from workplan.page.paragraph import compose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.page.grids import Grid


@dataclass(frozen=True)
class Decision:
    """A line as the document has it (``printed``) and as a grid ends it (``composed``)."""

    printed: str
    composed: str

    @property
    def right(self) -> bool:
        """Whether the line ends where the document ends it."""
        return self.printed.rstrip() == self.composed.rstrip()


def issued(name: str) -> list[list[str]]:
    """The paragraphs of an issued document as their printed lines."""
    folder = cases()
    assert folder is not None
    return [one["lines"] for one in json.loads((folder / "grid" / f"{name}.json").read_text("utf-8"))]


def decisions(paragraphs: Iterable[Sequence[str]], grid: Grid) -> list[Decision]:
    """The decisions of all lines but the last ones of their paragraphs."""
    found = []
    for lines in paragraphs:
        rest = "".join(lines)
        for number, line in enumerate(lines[:-1]):
            first = compose(rest, grid, Em(0.0) if number else INDENT)[0]
            found.append(Decision(line, first.text))
            rest = rest[len(line) :]
    return found


def right(paragraphs: Iterable[Sequence[str]], grid: Grid) -> int:
    """Number of lines that end where the document ends them."""
    return sum(decision.right for decision in decisions(paragraphs, grid))
