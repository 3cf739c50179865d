"""Comparisons for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese.characters import clean
from workplan.compare.report.wording import SIGNS, ChangeWording
from workplan.report.terminal import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.compare.change import Change, ChangeSign, Comparison, Piece
    from workplan.compare.report.wording import Detail
    from workplan.compare.subject import Subject

#: Of what stayed so many characters are shown on each side of a change.
CONTEXT = 12
_STYLES: dict[ChangeSign, str] = {"=": "", "-": "red strike", "+": "green underline"}
_KINDS = {"added": "bold green", "removed": "bold red"}

#: A line of the report as pieces of text and style.
_Line = list[tuple[str, str]]


def write(subject: Subject) -> bytes:
    """The report: a count, every change, the units' balances, and the numbers that shifted."""
    wording = ChangeWording(subject.words, CONTEXT)
    lines = list(_lines(wording, subject.comparison, colour=subject.colour))
    return rendered(lines, colour=subject.colour, width=0).encode()


def _lines(wording: ChangeWording, comparison: Comparison, *, colour: bool) -> Iterator[_Line]:
    yield [(clean(wording.summary(comparison)), "bold")]
    for change in comparison.changes:
        yield []
        yield from change_lines(wording, change, colour=colour)
    if comparison.registry:
        yield []
        yield from registry_lines(wording, comparison)
    balances = list(wording.balances(comparison))
    if balances:
        yield []
        yield [(wording.words.text("diff.by-unit"), "bold")]
    for unit, detail in balances:
        yield [(f"  {clean(unit)}", "bold")]
        yield from (_formatted(line, colour=colour) for line in detail)
    renumbered = list(wording.renumbered(comparison))
    if renumbered:
        yield []
        yield [(wording.words.text("diff.renumbered-only"), "bold")]
        yield from (
            [("  ", ""), *_text(line.pieces, colour=colour), (f"  {clean(line.label)}", "")] for line in renumbered
        )


def change_lines(wording: ChangeWording, change: Change, *, colour: bool) -> Iterator[_Line]:
    """One change: what it is, and under it all that is to be told of it."""
    style = _KINDS.get(change.kinds[0], "bold yellow")
    yield [(wording.kinds(change), style), ("  ", ""), (clean(wording.name(change)), "bold")]
    yield from (_formatted(line, colour=colour) for line in wording.lines(change))


def registry_lines(wording: ChangeWording, comparison: Comparison) -> Iterator[_Line]:
    """What changed in the registry, under a heading; nothing where nothing did."""
    if comparison.registry:
        yield [(wording.words.text("diff.registry-changes"), "bold")]
    yield from ([(f"  {clean(told)}", "")] for told in wording.registry(comparison))


def _formatted(line: Detail, *, colour: bool) -> _Line:
    return [(f"    {line.label}", "blue"), *_text(line.pieces, colour=colour)]


def _text(pieces: Sequence[Piece], *, colour: bool) -> _Line:
    """Text from a plan as it is; without colours what went and came stands in brackets."""
    return [(clean(text) if colour else clean(text).join(SIGNS[mark]), _STYLES[mark]) for mark, text in pieces]
