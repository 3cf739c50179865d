"""Comparisons for a merge request: Markdown that reads well as it is, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.compare.report.wording import Teller
from workplan.render.markdown import literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.compare.change import Comparison, Piece
    from workplan.compare.report.wording import Line
    from workplan.compare.subject import Subject

#: Of what stayed so many characters are shown on each side of a change.
_CONTEXT = 30


def write(subject: Subject) -> bytes:
    """The report: a heading, every change as a list item, the units' balances, and the numbers that shifted."""
    teller = Teller(subject.words, _CONTEXT)
    return "".join(f"{line}\n" for line in _lines(teller, subject.comparison)).encode("utf-8", "replace")


def _lines(teller: Teller, comparison: Comparison) -> Iterator[str]:
    heading = teller.words.text("diff.heading", {"old": comparison.old, "new": comparison.new})
    yield from (f"## {literal(heading)}", "", literal(teller.summary(comparison)))
    if comparison.changes:
        yield ""
    for change in comparison.changes:
        yield f"- **{literal(teller.kinds(change))}** {literal(teller.name(change))}"
        yield from (_told(line) for line in teller.lines(change))
    balances = list(teller.balances(comparison))
    if balances:
        yield from ("", f"### {teller.words.text('diff.by-unit')}", "")
    for unit, told in balances:
        yield f"- **{literal(unit)}**"
        yield from (_told(line) for line in told)
    renumbered = list(teller.renumbered(comparison))
    if renumbered:
        yield from ("", f"### {teller.words.text('diff.renumbered-only')}", "")
        yield from (f"- {_text(line.pieces)} {literal(line.label)}" for line in renumbered)


def _told(line: Line) -> str:
    label = line.label.rstrip()
    return f"  - {literal(label)}{line.label[len(label) :]}{_text(line.pieces)}"


def _text(pieces: Sequence[Piece]) -> str:
    """What went struck, what came bold, by tags: signs of Markdown need a blank beside them, and Chinese has none."""
    tags = {"=": ("", ""), "-": ("<del>", "</del>"), "+": ("<ins>", "</ins>")}
    return "".join(literal(text).join(tags[mark]) for mark, text in pieces)
