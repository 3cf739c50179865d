"""Findings as workflow commands, by which GitHub marks the lines of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Severity, visible
from workplan.report.paths import from_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.compiler import Result
    from workplan.diagnostic import Diagnostic
    from workplan.resources.messages import Catalogue

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_TEXT | str.maketrans({":": "%3A", ",": "%2C"})


def write(results: Sequence[tuple[str, Result]], words: Catalogue, *, colour: bool, width: int) -> str:  # noqa: ARG001 - a reporter's signature
    """One line for each finding, in order; nothing for a clean plan."""
    return "".join(_line(finding, words) for _, result in results for finding in result.diagnostics)


def _line(finding: Diagnostic, words: Catalogue) -> str:
    span = finding.span
    place: dict[str, str | int] = {"file": visible(from_root(span.file)), "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # GitHub takes columns within one line only
        place |= {"col": span.column, "endColumn": span.end_column}
    place["title"] = finding.rule
    properties = ",".join(f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in place.items())
    message = words.message(finding.key, finding.arguments)
    hint = words.hint(finding.key, finding.arguments)
    text = f"{message}\n{words.text('summary.hint')}{hint}" if hint else message
    return f"::{_COMMANDS[finding.severity]} {properties}::{text.translate(_IN_TEXT)}\n"
