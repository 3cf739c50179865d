"""The levels that a plan's ``checks`` set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.check.rules.every import ADJUSTABLE, OFF
from workplan.diagnostic import Diagnostic, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from workplan.language.model import Document


def levelled(findings: Iterable[Diagnostic], document: Document, asked: Container[str] = ()) -> Iterator[Diagnostic]:
    """The findings at their levels; an error that keeps the plan from meaning anything stays.

    A rule that is off speaks where the plan sets a level for it, or where it is in ``asked``.
    """
    for finding in findings:
        level = document.checks.get(finding.rule)
        if finding.rule not in ADJUSTABLE:
            yield finding
        elif level is None or (level == "off" and finding.rule in asked):
            if finding.rule not in OFF or finding.rule in asked:
                yield finding
        elif level != "off":
            yield replace(finding, severity=Severity(level))


def misplaced(document: Document) -> Iterator[Diagnostic]:
    """One finding for each entry of ``checks`` that names no rule whose level is the plan's to set."""
    for name in document.checks:
        if name not in ADJUSTABLE:
            near = nearest(name, sorted(ADJUSTABLE))
            arguments: dict[str, str | int] = {"name": name, "near": near, "known": "、".join(sorted(ADJUSTABLE))}
            span = document.place("checks", name)
            yield Diagnostic("unknown-check", span, arguments, variant="near" if near else "")
