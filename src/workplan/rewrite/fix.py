"""``check --fix``: makes the corrections that findings carry, in memory, until none is left to make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.compiler import compile_plan
from workplan.diagnostic import has_errors
from workplan.language.edit import Change, apply
from workplan.language.soundness import sound
from workplan.source import by_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workplan.check.suppress import Selection
    from workplan.compiler import Result
    from workplan.diagnostic import Replacement
    from workplan.source import Source

    #: The replacements of one correction.
    _Group = Sequence[Replacement]

#: A correction may uncover another; no file comes near as many rounds.
_PASSES = 100


@dataclass(frozen=True, slots=True)
class RevisedSource:
    """A plan some of whose files read otherwise than in its source."""

    source: Source
    changed: Mapping[str, bytes]

    @property
    def plan(self) -> str:
        """The name of the plan's folder."""
        return self.source.plan

    def read(self, file: str) -> bytes:
        """The bytes of a file as changed."""
        return self.changed[file] if file in self.changed else self.source.read(file)

    def parts(self) -> tuple[str, ...]:
        """The names of the plan's YAML files."""
        return self.source.parts()

    def misnamed(self, file: str) -> str:
        """The file that is there in place of a missing one."""
        return self.source.misnamed(file)

    def label(self, file: str) -> str:
        """How findings name a file."""
        return self.source.label(file)

    def others(self) -> tuple[Source, ...]:
        """The other plans that share the registry."""
        return self.source.others()


@dataclass(frozen=True, slots=True)
class Fixed:
    """What could be corrected: the files that change, how many findings went, and the plan as it then is."""

    changes: tuple[Change, ...]
    count: int
    result: Result


def fixed(source: Source, selection: Selection) -> Fixed:
    """Correct what the findings that ``selection`` wants can correct; nothing is written.

    A correction that would break a file is left out, and so is one that would give a plan without errors an error.
    """
    names = by_label(source)
    state = _State({}, compile_plan(source, selection))
    before = state.result.files
    count = 0
    for _ in range(_PASSES):
        edits = [tuple(finding.fix) for finding in state.result.diagnostics if finding.fix]
        made = [group for file in state.result.files.values() for group in sound(file, edits)]
        after, done = _best(source, selection, names, state, made)
        if not done:
            break
        state, count = after, count + done
    labels = ((source.label(name), after) for name, after in state.changed.items())
    changes = (Change(label, before[label].content, after) for label, after in labels)
    return Fixed(tuple(change for change in changes if change.before != change.after), count, state.result)


@dataclass(frozen=True, slots=True)
class _State:
    """Where the correcting stands: the files that read otherwise by now, and the plan as it is with them."""

    changed: Mapping[str, bytes]
    result: Result


def _best(
    source: Source, selection: Selection, names: Mapping[str, str], state: _State, groups: Sequence[_Group]
) -> tuple[_State, int]:
    """What the corrections lead to, without those that bring an error into a plan that had none; and how many were made."""
    if not groups:
        return state, 0
    changed = {**state.changed, **_changed(names, state, groups)}
    after = _State(changed, compile_plan(RevisedSource(source, changed), selection))
    if has_errors(state.result.diagnostics) or not has_errors(after.result.diagnostics):
        return after, len(groups)
    if len(groups) == 1:
        return state, 0
    half = len(groups) // 2
    return max((_best(source, selection, names, state, part) for part in (groups[:half], groups[half:])), key=_made)


def _made(outcome: tuple[_State, int]) -> int:
    return outcome[1]


def _changed(names: Mapping[str, str], state: _State, groups: Sequence[_Group]) -> dict[str, bytes]:
    """The files that the corrections change, by name, as they then are."""
    changed = {}
    for label, file in state.result.files.items():
        own = [edit for group in groups for edit in group if edit.span.file == label]
        if own:
            changed[names[label]] = file.encoded(apply(file.text, own))
    return changed
