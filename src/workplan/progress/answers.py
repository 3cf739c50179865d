"""What units answered, as plain values: from returned sheets, from the files kept beside a plan, and back into these."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse, Refusal, has_errors
from workplan.files import take
from workplan.importing.layout import written
from workplan.language.model.decode import decode
from workplan.language.model.progress import Progress
from workplan.language.scalar import File
from workplan.language.syntax import parse
from workplan.rewrite.fmt import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from workplan.diagnostic import Diagnostic
    from workplan.language.model.progress import Reply

#: Largest file that is read, in bytes: some hundred times what 26 units answer.
_MOST_BYTES = 32 << 20
#: Tells editors where the schema stands.
_SCHEMA = "# yaml-language-server: $schema=../../.schema/progress.json\n"


@dataclass(frozen=True, slots=True)
class UnitAnswers:
    """What one unit answered: for each row of the plan, by id, the lines written into each field, by the field's name.

    ``collected`` is the day (ISO) on which that was read; ``filled_by`` and ``checked_by`` are people, "" where nobody asked.
    """

    unit: str
    collected: str
    rows: Mapping[str, Mapping[str, tuple[str, ...]]]
    filled_by: str = ""
    checked_by: str = ""

    def says_the_same(self, other: UnitAnswers | None) -> bool:
        """Whether another has the same answers, on whatever day."""
        return other is not None and replace(other, collected=self.collected) == self


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a plan on a day (ISO): the answers of each unit that gave some."""

    plan: str
    date: str
    units: Mapping[str, UnitAnswers]

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of all fields that were answered, in the order in which they come."""
        rows = (row for unit in self.units.values() for row in unit.rows.values())
        return tuple(dict.fromkeys(field for row in rows for field in row))


def text_of(state: State) -> str:
    """A state as the text of its file, in canonical layout."""
    shape = {"plan": state.plan, "date": state.date, "units": [_unit(unit) for unit in state.units.values()]}
    text = canonical(File("", _SCHEMA + written(shape)), Progress)
    return text if _same(text, state) else _SCHEMA + written(shape)


def _same(text: str, state: State) -> bool:
    found, findings = read(File("", text))
    return not findings and found == state


def _unit(unit: UnitAnswers) -> dict[str, object]:
    people = {"filled_by": unit.filled_by, "checked_by": unit.checked_by}
    items = [
        {"task": task, "answers": [{"field": field, "text": _lines(lines)} for field, lines in answers.items()]}
        for task, answers in unit.rows.items()
    ]
    shown = {key: name for key, name in people.items() if name}
    return {"unit": unit.unit, "collected": unit.collected, **shown, "items": items}


def _lines(lines: tuple[str, ...]) -> object:
    return lines[0] if len(lines) == 1 else list(lines)


def taken(path: Path) -> State:
    """What a file says; raises Refusal with what is wrong with it, at its places, OSError or Misuse where it cannot be read."""
    try:
        file = File(path.as_posix(), take(path, _MOST_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise Misuse("cannot-read", path=path.as_posix(), reason="UTF-8") from fault
    state, findings = read(file)
    if state is None or has_errors(findings):
        raise Refusal(*findings)
    return state


def read(file: File) -> tuple[State | None, tuple[Diagnostic, ...]]:
    """A state from its file, with all that is wrong with it, each at its place; None where it says too little."""
    node, findings = parse(file)
    if node is None or has_errors(findings):
        return None, findings
    found, faults = decode(node, Progress)
    if found is None:
        return None, (*findings, *faults)
    units = map(_known, found.units)
    return State(found.plan.line, found.date.line, {unit.unit: unit for unit in units}), (*findings, *faults)


def _known(reply: Reply) -> UnitAnswers:
    rows = {
        item.task.line: {answer.field.line: tuple(str(text) for text in answer.text) for answer in item.answers}
        for item in reply.items
    }
    people = [one.line if one else "" for one in (reply.filled_by, reply.checked_by)]
    return UnitAnswers(reply.unit.line, reply.collected.line, rows, *people)


def merged(before: State | None, plan: str, date: str, fresh: Iterable[UnitAnswers]) -> State:
    """What is known after ``fresh`` answers came in on a day; of a unit the new ones count.

    It is ``before`` itself where they say nothing new.
    """
    units = dict(before.units) if before else {}
    new = [unit for unit in fresh if not unit.says_the_same(units.get(unit.unit))]
    if before is not None and not new:
        return before
    units |= {unit.unit: unit for unit in new}
    return State(plan, date, units)
