"""Findings for people: file:line:column, the line with a caret under the right cells, and a way out."""

from __future__ import annotations

import io
import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from workplan.diagnostic import Severity, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workplan.compiler import Result
    from workplan.diagnostic import Diagnostic, Related, Span
    from workplan.language.scalar import File
    from workplan.resources.messages import Catalogue

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
#: The longest stretch of a line that is shown, in terminal cells; the caret's place is always in it.
_EXCERPT = 76
_LEAD = 30
#: No more characters of a line are looked at on either side, however long it is.
_LOOKED_AT = 4 * _EXCERPT
#: So many findings of one rule are shown of a plan, the rest is counted.
_MOST = 1000
#: Number of places named of which the same is said.
_SHOWN = 5
#: What would move the cursor or colour the terminal.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f]")

#: A line of the report as pieces of text and style.
_Line = list[tuple[str, str]]


def write(results: Sequence[tuple[str, Result]], words: Catalogue, *, colour: bool, width: int) -> str:
    """The report: every finding with its excerpt, then a count for each plan."""
    lines: list[_Line] = []
    for plan, result in results:
        told: Counter[str] = Counter()
        for finding in result.diagnostics:
            told[finding.rule] += 1
            if told[finding.rule] <= _MOST:
                lines += finding_lines(finding, result.files, words)
                lines.append([])
        for rule, count in sorted(told.items()):
            if count > _MOST:
                lines += ([(words.text("summary.more", {"count": count - _MOST, "rule": rule}), "bold")], [])
        lines.append([(counted(plan, result.diagnostics, words), "")])
    return rendered(lines, colour=colour, width=width)


def rendered(lines: Sequence[_Line], *, colour: bool, width: int) -> str:
    """The lines as one string, with terminal colours if asked for, and no others whatever a name or a text holds."""
    lines = [[(visible(text), style) for text, style in line] for line in lines]
    if not colour:
        return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines)
    from rich.console import Console  # noqa: PLC0415 - colours are rarely asked for, and rich is slow to load
    from rich.text import Text  # noqa: PLC0415 - likewise

    console = Console(file=io.StringIO(), force_terminal=True, width=max(width, 200), highlight=False)
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True)
    file = console.file
    assert isinstance(file, io.StringIO)  # noqa: S101 - made two lines above
    return file.getvalue()


def counted(plan: str, findings: Sequence[Diagnostic], words: Catalogue) -> str:
    """One line: how many findings of each kind."""
    counts = {f"{kind}s": sum(finding.severity == kind for finding in findings) for kind in Severity}
    key = "summary.findings" if findings else "summary.clean"
    return words.text(key, {"plan": plan, **counts})


def finding_lines(finding: Diagnostic, files: Mapping[str, File], words: Catalogue) -> Iterator[_Line]:
    """One finding as lines."""
    place = finding.span
    named = f"{visible(place.file, one_line=True)}:{place.line}:{place.column} " if place.file else ""
    yield [
        (named, "bold"),
        (words.text(f"severity.{finding.severity}"), _STYLES[finding.severity]),
        (f" {words.message(finding.key, finding.arguments)} ", ""),
        (f"[{finding.rule}]", "dim"),
    ]
    yield from _excerpt(place, files)
    for message, places in groupby(finding.related, key=lambda related: related.message):
        yield from _all_related(message, list(places), files, words)
    hint = words.hint(finding.key, finding.arguments)
    if hint:
        yield [("  = ", "blue"), (words.text("summary.hint"), "bold"), (hint, "")]


def _all_related(message: str, places: list[Related], files: Mapping[str, File], words: Catalogue) -> Iterator[_Line]:
    """The other places of which the same is said: one with its excerpt, several in a line."""
    if len(places) == 1:
        yield from _related(places[0], files, words)
        return
    shown: list[str] = []
    latest = ""
    for place in (related.span for related in places[:_SHOWN]):
        shown.append(f"{'' if place.file == latest else f'{place.file}:'}{place.line}:{place.column}")
        latest = place.file
    rest = words.text("summary.and-more") if len(places) > _SHOWN else ""
    told = words.message(message, places[0].arguments)
    counted = words.text("summary.places", {"count": len(places)})
    yield [("  → ", "blue"), (words.text("summary.separator").join(shown) + rest, "bold"), (f" {told}{counted}", "")]


def _related(related: Related, files: Mapping[str, File], words: Catalogue) -> Iterator[_Line]:
    place = related.span
    message = words.message(related.message, related.arguments)
    yield [
        ("  → ", "blue"),
        (f"{visible(place.file, one_line=True)}:{place.line}:{place.column} ", "bold"),
        (message, ""),
    ]
    yield from _excerpt(place, files)


def _excerpt(place: Span, files: Mapping[str, File]) -> Iterator[_Line]:
    """The line and a caret under the finding; a wide character takes two cells, a long line is cut on both sides."""
    file = files.get(place.file)
    if file is None:
        return
    from rich.cells import cell_len, get_character_cell_size, set_cell_size  # noqa: PLC0415 - only to show something

    start = place.column - 1
    near = max(start - _LOOKED_AT, 0)
    before = file.line(place.line, near, start)
    kept, room = len(before), _EXCERPT - _LEAD
    while kept and (room := room - get_character_cell_size(before[kept - 1])) >= 0:
        kept -= 1
    before = before[kept:]
    cut = "…" if near + kept else ""
    after = file.line(place.line, start, start + _LOOKED_AT)
    if not (before + after).strip():
        return
    shown = cut + _UNPRINTABLE.sub("·", (before + after).replace("\t", " "))
    if cell_len(shown) > _EXCERPT:
        shown = set_cell_size(shown, _EXCERPT).rstrip() + "…"
    lead = cell_len(cut + before)
    marked = after[: place.end_column - place.column] if place.end_line == place.line else after
    marks = max(min(cell_len(marked), _EXCERPT - lead), 1)
    gutter = len(str(place.line)) + 1
    yield [(f"{place.line:>{gutter}} | ", "blue"), (shown, "")]
    yield [(" " * gutter + " | ", "blue"), (" " * lead + "^" * marks, "bold red")]
