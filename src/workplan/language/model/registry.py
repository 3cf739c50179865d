"""units.yaml: the units, groups, posts and offices that plans of all years name."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from workplan.language.model.base import AsItems, Flag, Record, Text, Texts, Year, choice


class Renamed(Record):
    """An earlier name and the first year of the new one."""

    from_: Text = Field(alias="from")
    year: Year


class Unit(Record):
    """One entry of the registry, in printing order."""

    name: Text
    full: Text | None = None
    aliases: Texts = ()
    kind: Annotated[Literal["unit", "group", "post", "office"], choice("unit", "group", "post", "office")] = "unit"
    members: Texts = ()
    open: Flag = False
    within: Text | None = None
    renamed: Renamed | None = None


class Registry(Record):
    """The whole file."""

    units: Annotated[tuple[Unit, ...], AsItems]
