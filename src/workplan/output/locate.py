"""Finds the places in the plan that a renderer's findings speak of: it sees characters and faces, but no files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan import view
from workplan.diagnostic import Lacking, Refusal
from workplan.language.scalar import Scalar
from workplan.language.syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workplan.diagnostic import Diagnostic, Span
    from workplan.plan.compiled import Plan


def placed(refusal: Refusal, plan: Plan) -> Refusal:
    """The same findings, those about a character at the first text that has it, those about a face at its choice."""
    kind = Lacking if isinstance(refusal, Lacking) else Refusal
    return kind(*placed_findings(refusal.diagnostics, plan))


def placed_findings(findings: Iterable[Diagnostic], plan: Plan) -> tuple[Diagnostic, ...]:
    """Findings likewise; what this computer lacks and the plan does not ask for keeps its place, which is none."""
    return tuple(_placed(finding, plan) for finding in findings)


def _placed(finding: Diagnostic, plan: Plan) -> Diagnostic:
    if finding.rule == "missing-glyph":
        return replace(finding, span=_first(str(finding.arguments["char"]), plan))
    if finding.key == "missing-font":
        return replace(finding, span=plan.document.place("style", "fonts", str(finding.arguments["role"])))
    return finding


def _first(words: str, plan: Plan) -> Span:
    """The first place that prints them: in the document, else in a name of the registry, which task sheets print."""
    for element in view.official(plan).elements:
        for run in element.runs:
            if words in run.text:
                start = run.text.index(words)
                return run.span(start, start + len(words))
    for node in walk(plan.registry.node):
        if isinstance(node, Scalar) and words in node.text:
            return node.find(words)
    return plan.document.head
