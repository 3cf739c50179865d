"""Findings as SARIF 2.1.0, for code hosts and editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from workplan import __version__
from workplan.diagnostic import Severity
from workplan.report.explain import explanation
from workplan.report.json import dumped
from workplan.report.offered import offered
from workplan.report.paths import from_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.compiler import Result
    from workplan.diagnostic import Diagnostic, Replacement, Span
    from workplan.resources.messages import Catalogue

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_TAGS = {"zh": "zh-CN", "en": "en-US"}


def write(results: Sequence[tuple[str, Result]], words: Catalogue, *, colour: bool, width: int) -> str:  # noqa: ARG001 - a reporter's signature
    """One run with the findings of all plans, in order; columns count characters."""
    findings = [finding for _, result in results for finding in offered(result)]
    rules = sorted({finding.rule for finding in findings})
    places = {rule: place for place, rule in enumerate(rules)}
    driver = {
        "name": "workplan",
        "version": __version__,
        "language": _TAGS[words.language],
        "rules": [_rule(rule, words) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, places, words) for finding in findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return dumped(log)


def _rule(name: str, words: Catalogue) -> dict[str, Any]:
    found = explanation(name, words)
    help_text = "\n\n".join(filter(None, (found.explain, f"{words.text('explain.source')}{found.source}")))
    return {
        "id": name,
        "shortDescription": {"text": found.wordings[0][0]},
        "fullDescription": {"text": found.explain},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[Severity(found.severity)], "enabled": not found.off},
    }


def _result(finding: Diagnostic, places: dict[str, int], words: Catalogue) -> dict[str, Any]:
    message = words.message(finding.key, finding.arguments)
    hint = words.hint(finding.key, finding.arguments)
    shape: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": places[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{message}\n{words.text('summary.hint')}{hint}" if hint else message},
        "locations": [_location(finding.span)],
    }
    if finding.related:
        shape["relatedLocations"] = [
            {
                "id": place,
                **_location(related.span),
                "message": {"text": words.message(related.message, related.arguments)},
            }
            for place, related in enumerate(finding.related, start=1)
        ]
    if finding.fix:
        shape["fixes"] = [_fix(finding.fix)]
    return shape


def _location(span: Span) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(span.file)}, "region": _region(span)}}


def _uri(file: str) -> str:
    """A path from the root of the repository, another one as it is; an absolute one with its scheme."""
    file = from_root(file)
    quoted = quote(file, safe="/:", errors="surrogateescape")
    if file.startswith("/"):
        return f"file://{quoted}"
    return f"file:///{quoted}" if file[1:3] == ":/" else quoted.replace(":", "%3A")


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(edits: Iterable[Replacement]) -> dict[str, Any]:
    """A correction, file by file."""
    files: dict[str, list[Replacement]] = {}
    for edit in edits:
        files.setdefault(edit.span.file, []).append(edit)
    return {
        "artifactChanges": [
            {
                "artifactLocation": {"uri": _uri(file)},
                "replacements": [
                    {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in own
                ],
            }
            for file, own in files.items()
        ]
    }
