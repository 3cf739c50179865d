"""Deadlines and targets of an item: in words of its text, or given because the text does not have them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Tag

from workplan.language.model.base import Figure, GivenDay, Record, Text, TextOrNone, is_mapping


class GivenDue(Record):
    """A deadline that stands here only: a day, or the words for it."""

    date: GivenDay


class GivenTarget(Record):
    """A target that stands here only: a figure, and what is counted in."""

    value: Figure
    unit: Text | None = None


def _quoted_or_given(value: object) -> str:
    return "=given" if is_mapping(value) else "=quoted"


#: A deadline in words of the text, or one that the text does not have.
Due = Annotated[
    Annotated[TextOrNone, Tag("=quoted")] | Annotated[GivenDue, Tag("=given")],
    Discriminator(_quoted_or_given),
]
#: The quantity of a target in words of the text, or one that the text does not have.
Target = Annotated[
    Annotated[Text, Tag("=quoted")] | Annotated[GivenTarget, Tag("=given")],
    Discriminator(_quoted_or_given),
]
