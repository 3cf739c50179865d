"""The laws that whatever comes out of an input is held to; each raises AssertionError with what it saw."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from workplan.report import REPORTERS
from workplan.resources.messages import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workplan.compiler import Result
    from workplan.diagnostic import Span
    from workplan.language.scalar import File
    from workplan.view.blocks import Official
    from workplan.view.sequence import Run


class BrokenLawError(AssertionError):
    """A law does not hold for an input."""


def hold(is_so: bool, *seen: object) -> None:  # noqa: FBT001 - the statement itself
    """Raise where a statement is not true, with what was seen; unlike ``assert`` under every setting of Python."""
    if not is_so:
        raise BrokenLawError(*seen)


def squeezed(text: str) -> str:
    """A text without any white space."""
    return re.sub(r"\s", "", text)


def findings(result: Result) -> None:
    """Every finding stands within its file, at the line and column it says, and can be told.

    The number of findings chooses the language and the form: all of them would take most of the time.
    """
    for finding in result.diagnostics:
        for span in (finding.span, *(one.span for one in finding.related), *(edit.span for edit in finding.fix or ())):
            _within(span, result.files)
    chosen = len(result.diagnostics)
    report = tuple(REPORTERS.values())[chosen % len(REPORTERS)]
    report([("2026", result)], catalogue("zh" if chosen % 3 else "en"), colour=False, width=80).encode()


def _within(span: Span, files: Mapping[str, File]) -> None:
    hold(0 <= span.start <= span.end, span)
    if span.file in files:
        file = files[span.file]
        hold(span.end <= len(file.text), span)
        hold(file.span(span.start, span.end) == span, span)


def places(official: Official) -> None:
    """A run that is the file's own stands there to the letter; one that workplan adds leads to the key that asks for it."""
    for element in official.elements:
        for run in element.runs:
            _placed(run)


def _placed(run: Run) -> None:
    span = run.span()
    if run.start is None:
        hold(run.scalar.start <= span.start, run)
        return
    hold(run.scalar.text[run.start : run.start + len(run.text)] == run.text, run)
    for place, character in enumerate(run.text):
        at = run.span(place, place + 1).start
        stands = run.scalar.file.text[at : at + 1]
        # A line end of the file stands for the blank between two words of Latin letters, an escape for any character.
        hold(stands == character or character in " \n" or (stands == "\\" and run.scalar.style == '"'), run, place)


def addresses(official: Official) -> None:
    """No two elements share an address."""
    counts = Counter(element.address for element in official.elements)
    hold(max(counts.values(), default=1) == 1, counts.most_common(3))


def bounds(text: str, found: Iterable[tuple[int, int]]) -> None:
    """Stretches of a text lie within it, in order, and do not overlap."""
    done = 0
    for start, end in found:
        hold(done <= start < end <= len(text), text, start, end)
        done = end
