"""Texts of the plan as runs: what a key says, by lines or paragraphs, and what workplan adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.language.scalar import File, Scalar
from workplan.view.sequence import Face, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.model import Record

#: Where an empty mapping stands nobody looks for a place.
NOWHERE = Scalar(file=File("", ""), start=0, end=0, style="", value="")


def paragraphs(scalar: Scalar | None, face: Face = Face.FANGSONG) -> Iterator[Run]:
    """A run for each paragraph of a text."""
    start = 0
    for words in scalar.text.split("\n") if scalar else ():
        if words and scalar:
            yield Run(words, face, scalar, start)
        start += len(words) + 1


def lines(scalar: Scalar | None, face: Face) -> Iterator[Run]:
    """A run for each line that a text is broken into in print."""
    start = 0
    for line in scalar.lines if scalar else ():
        if scalar:
            start = scalar.text.index(line, start)
            yield Run(line, face, scalar, start)
            start += len(line)


def own(scalar: Scalar, face: Face = Face.FANGSONG) -> Run:
    """A text as it stands, line ends included."""
    return Run(scalar.text, face, scalar, 0)


def added(text: str, record: Record, *keys: str, face: Face = Face.FANGSONG) -> Run:
    """What workplan adds; a key of ``record``, or one under it, asks for it."""
    return Run(text, face, record.key(*keys) or NOWHERE)


def stripped(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs without blanks at either end."""
    while runs and not runs[0].text.strip():
        runs = runs[1:]
    while runs and not runs[-1].text.strip():
        runs = runs[:-1]
    if not runs:
        return ()
    first = runs[0]
    runs = (first.part(len(first.text) - len(first.text.lstrip())), *runs[1:])
    return (*runs[:-1], runs[-1].part(0, len(runs[-1].text.rstrip())))
