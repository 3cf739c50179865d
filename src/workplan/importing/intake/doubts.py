"""What a person should look at in an imported plan: readings that are not sure, and keys that the text suggests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workplan.diagnostic import Diagnostic
    from workplan.importing.intake.several import Brought

#: Findings that say what was not surely understood.
_UNSURE = ("doubtful-annotation", "uncertain-reading", "no-units", "vague-unit", "unknown-unit", "wavering-name")
_SUGGESTIONS = "suggest-"


def unsure(one: Brought) -> tuple[Diagnostic, ...]:
    """The findings of a plan that say what a person should look at."""
    return tuple(finding for finding in one.result.diagnostics if finding.rule in _UNSURE)


def suggestions(one: Brought) -> tuple[Diagnostic, ...]:
    """The deadlines and targets that the text has and the keys lack: ``check --suggest --fix`` writes them."""
    return tuple(finding for finding in one.result.diagnostics if finding.rule.startswith(_SUGGESTIONS))
