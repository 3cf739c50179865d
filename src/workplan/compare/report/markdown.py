"""Comparisons for a merge request: Markdown that reads well as it is, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.compare.report.wording import ChangeWording
from workplan.render.markdown import literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.compare.change import Comparison, Piece
    from workplan.compare.report.wording import Detail
    from workplan.compare.subject import Subject

#: Of what stayed so many characters are shown on each side of a change.
_CONTEXT = 30


def write(subject: Subject) -> bytes:
    """The report: a heading, every change as a list item, the units' balances, and the numbers that shifted."""
    wording = ChangeWording(subject.words, _CONTEXT)
    return "".join(f"{line}\n" for line in _lines(wording, subject.comparison)).encode("utf-8", "replace")


def _lines(wording: ChangeWording, comparison: Comparison) -> Iterator[str]:
    heading = wording.words.text("diff.heading", {"old": comparison.old, "new": comparison.new})
    yield from (f"## {literal(heading)}", "", literal(wording.summary(comparison)))
    if comparison.changes:
        yield ""
    for change in comparison.changes:
        yield f"- **{literal(wording.kinds(change))}** {literal(wording.name(change))}"
        yield from (_formatted(line) for line in wording.lines(change))
    if comparison.registry:
        yield from ("", f"### {wording.words.text('diff.registry-changes')}", "")
        yield from (f"- {literal(told)}" for told in wording.registry(comparison))
    balances = list(wording.balances(comparison))
    if balances:
        yield from ("", f"### {wording.words.text('diff.by-unit')}", "")
    for unit, detail in balances:
        yield f"- **{literal(unit)}**"
        yield from (_formatted(line) for line in detail)
    renumbered = list(wording.renumbered(comparison))
    if renumbered:
        yield from ("", f"### {wording.words.text('diff.renumbered-only')}", "")
        yield from (f"- {marked(line.pieces)} {literal(line.label)}" for line in renumbered)


def _formatted(line: Detail) -> str:
    label = line.label.rstrip()
    return f"  - {literal(label)}{line.label[len(label) :]}{marked(line.pieces)}"


def marked(pieces: Sequence[Piece]) -> str:
    """What went struck, what came bold, by tags: signs of Markdown need a blank beside them, and Chinese has none."""
    tags = {"=": ("", ""), "-": ("<del>", "</del>"), "+": ("<ins>", "</ins>")}
    return "".join(literal(text).join(tags[mark]) for mark, text in pieces)
