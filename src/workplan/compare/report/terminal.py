"""Comparisons for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese.characters import clean
from workplan.compare.report.wording import Teller
from workplan.report.terminal import printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.compare.change import Change, Comparison, Mark, Piece
    from workplan.compare.report.wording import Line
    from workplan.compare.subject import Subject

#: Of what stayed so many characters are shown on each side of a change.
CONTEXT = 12
_STYLES: dict[Mark, str] = {"=": "", "-": "red strike", "+": "green underline"}
#: What stands round what went and came where there are no colours, as git does it.
_SIGNS: dict[Mark, tuple[str, str]] = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
_KINDS = {"added": "bold green", "removed": "bold red"}

#: A line of the report as pieces of text and style.
_Line = list[tuple[str, str]]


def write(subject: Subject) -> bytes:
    """The report: a count, every change, the units' balances, and the numbers that shifted."""
    teller = Teller(subject.words, CONTEXT)
    lines = list(_lines(teller, subject.comparison, colour=subject.colour))
    return printed(lines, colour=subject.colour, width=0).encode()


def _lines(teller: Teller, comparison: Comparison, *, colour: bool) -> Iterator[_Line]:
    yield [(clean(teller.summary(comparison)), "bold")]
    for change in comparison.changes:
        yield []
        yield from change_lines(teller, change, colour=colour)
    balances = list(teller.balances(comparison))
    if balances:
        yield []
        yield [(teller.words.text("diff.by-unit"), "bold")]
    for unit, told in balances:
        yield [(f"  {clean(unit)}", "bold")]
        yield from (_told(line, colour=colour) for line in told)
    renumbered = list(teller.renumbered(comparison))
    if renumbered:
        yield []
        yield [(teller.words.text("diff.renumbered-only"), "bold")]
        yield from (
            [("  ", ""), *_text(line.pieces, colour=colour), (f"  {clean(line.label)}", "")] for line in renumbered
        )


def change_lines(teller: Teller, change: Change, *, colour: bool) -> Iterator[_Line]:
    """One change: what it is, and under it all that is to be told of it."""
    style = _KINDS.get(change.kinds[0], "bold yellow")
    yield [(teller.kinds(change), style), ("  ", ""), (clean(teller.name(change)), "bold")]
    yield from (_told(line, colour=colour) for line in teller.lines(change))


def _told(line: Line, *, colour: bool) -> _Line:
    return [(f"    {line.label}", "blue"), *_text(line.pieces, colour=colour)]


def _text(pieces: Sequence[Piece], *, colour: bool) -> _Line:
    """Text from a plan as it is; without colours what went and came stands in brackets."""
    return [(clean(text) if colour else clean(text).join(_SIGNS[mark]), _STYLES[mark]) for mark, text in pieces]
