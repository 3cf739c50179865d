"""Findings for programs: the ``check`` shape."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from workplan.diagnostic import Severity, visible_json
from workplan.report.offered import offered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.compiler import Result
    from workplan.diagnostic import Diagnostic, Related, Replacement
    from workplan.resources.messages import Catalogue


def write(results: Sequence[tuple[str, Result]], words: Catalogue, *, colour: bool, width: int) -> str:  # noqa: ARG001 - a reporter's signature
    """One object for one plan, a list of them for several."""
    shapes = [shape(plan, offered(result), words) for plan, result in results]
    return dumped(shapes[0] if len(shapes) == 1 else shapes)


def dumped(shape: object) -> str:
    """A value as JSON of many lines; what commands a terminal, and what UTF-8 cannot write, is escaped."""
    return visible_json(json.dumps(shape, ensure_ascii=False, indent=2)) + "\n"


def shape(plan: str, findings: Sequence[Diagnostic], words: Catalogue) -> dict[str, Any]:
    """The findings of one plan; lines and columns count from 1, columns in characters."""
    summary = {f"{kind}s": sum(finding.severity == kind for finding in findings) for kind in Severity}
    return {"version": 1, "plan": plan, "summary": summary, "diagnostics": [_finding(item, words) for item in findings]}


def _finding(finding: Diagnostic, words: Catalogue) -> dict[str, Any]:
    span = finding.span
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": words.message(finding.key, finding.arguments),
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "hint": words.hint(finding.key, finding.arguments),
        "related": [_related(related, words) for related in finding.related],
        "fix": [_replacement(fix) for fix in finding.fix] if finding.fix else None,
    }


def _related(related: Related, words: Catalogue) -> dict[str, Any]:
    place = {"file": related.span.file, "line": related.span.line, "column": related.span.column}
    return {**place, "message": words.message(related.message, related.arguments)}


def _replacement(fix: Replacement) -> dict[str, Any]:
    return {"start": fix.span.start, "end": fix.span.end, "text": fix.text}
