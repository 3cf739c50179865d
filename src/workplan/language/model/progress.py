"""progress/<date>.yaml: what units answered on their task sheets, as it was collected; no file of the plan itself."""

from __future__ import annotations

from typing import Annotated

from workplan.language.model.base import AsItems, GivenDay, OneOrMore, Record, Text


class Answer(Record):
    """What was written into one field: its lines."""

    field: Text
    text: Annotated[tuple[Text, ...], OneOrMore]


class Answered(Record):
    """The answers to one row of the plan, which ``task`` names by its id."""

    task: Text
    answers: Annotated[tuple[Answer, ...], AsItems]


class Reply(Record):
    """What one unit answered, and the day on which that was collected."""

    unit: Text
    collected: GivenDay
    filled_by: Text | None = None
    checked_by: Text | None = None
    items: Annotated[tuple[Answered, ...], AsItems]


class Progress(Record):
    """The whole file."""

    plan: Text
    date: GivenDay
    units: Annotated[tuple[Reply, ...], AsItems]
