"""The life of plans as text and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.compare.report import json
from workplan.compare.report.terminal import CONTEXT, change_lines, registry_lines
from workplan.compare.report.wording import ChangeWording
from workplan.diagnostic import visible
from workplan.render.task_json import VERSION, dump
from workplan.report.terminal import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.compare.history import HistoryStep
    from workplan.resources.messages import Catalogue

#: As much of a revision's id as git itself shows.
_SHORT = 7


def text(steps: Sequence[HistoryStep], words: Catalogue, *, colour: bool) -> bytes:
    """For people: a heading for every revision, then what it changed in each plan, oldest first."""
    return rendered(list(_lines(steps, words, colour=colour)), colour=colour, width=0).encode()


def _lines(steps: Sequence[HistoryStep], words: Catalogue, *, colour: bool) -> Iterator[list[tuple[str, str]]]:
    wording = ChangeWording(words, CONTEXT)
    latest = ""
    for step in steps:
        commit = step.commit
        if commit.id != latest:
            yield from ([],) if latest else ()
            shown = f"{commit.date}  {commit.id[:_SHORT]}  {visible(commit.author, one_line=True)}  {visible(commit.subject, one_line=True)}"
            yield [(shown, "bold yellow")]
            latest = commit.id
        yield [(f"  {_headed(step, words)}", "bold")]
        for change in step.comparison.changes if step.comparison is not None else ():
            yield from ([("  ", ""), *line] for line in change_lines(wording, change, colour=colour))
        if step.comparison is not None:
            yield from ([("  ", ""), *line] for line in registry_lines(wording, step.comparison))


def _headed(step: HistoryStep, words: Catalogue) -> str:
    """What was compared: one plan with itself, a year with the year before, or a plan with nothing."""
    names = {"plan": step.folder, "origin": step.origin}
    if step.comparison is None:
        return words.text("cli.log.broken", names)
    if not step.origin:
        return words.text("cli.log.first", names)
    return words.text("cli.log.carried", names) if step.origin != step.folder else step.folder


def shape(steps: Sequence[HistoryStep], task: str, unit: str) -> bytes:
    """For programs: every step with the changes of the ``diff`` shape; ``changes`` is null for a plan with errors."""
    shown = [
        {
            "revision": step.commit.id,
            "date": step.commit.date,
            "author": step.commit.author,
            "subject": step.commit.subject,
            "plan": step.folder,
            "from": step.origin,
            "changes": json.shape(step.comparison)["changes"] if step.comparison is not None else None,
            "registry": json.registry(step.comparison) if step.comparison is not None else None,
        }
        for step in steps
    ]
    return dump({"version": VERSION, "task": task, "unit": unit, "steps": shown})
