"""Findings for programs that make the corrections themselves: a correction as it is written in the file, if it can be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.language.edit import scalars, written
from workplan.language.soundness import sound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.compiler import Result
    from workplan.diagnostic import Diagnostic, Replacement


def offered(result: Result) -> tuple[Diagnostic, ...]:
    """The findings in order; a correction that would break its file is not offered, within quotes it is escaped."""
    fixes = [finding.fix for finding in result.diagnostics if finding.fix]
    good: dict[tuple[Replacement, ...], tuple[Replacement, ...]] = {}
    for name, file in result.files.items():
        own = [fix for fix in fixes if all(edit.span.file == name for edit in fix)]
        texts = scalars(file) if own else ()
        as_written = {fix: tuple(written(edit, texts) for edit in fix) for fix in own}
        together = {tuple(group) for group in sound(file, own)}
        good |= {fix: new for fix, new in as_written.items() if new in together or sound(file, [fix])}
    return tuple(replace(finding, fix=_one(finding.fix, good)) for finding in result.diagnostics)


def _one(
    fix: Sequence[Replacement] | None, good: dict[tuple[Replacement, ...], tuple[Replacement, ...]]
) -> tuple[Replacement, ...] | None:
    return good.get(tuple(fix)) if fix else None
