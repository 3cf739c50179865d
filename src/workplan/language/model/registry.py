"""units.yaml: the units, groups, posts and offices that plans of all years name."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from workplan.language.model.base import AsItems, Flag, OneOrMore, Record, Text, TextOrTexts, Texts, Year, choice


class Renamed(Record):
    """An earlier name and the first year of the new one."""

    from_: Text = Field(alias="from")
    year: Year


class Merged(Record):
    """The units that became this one, and its first year; its own name among them says that it had been there before."""

    from_: TextOrTexts = Field(alias="from")
    year: Year


class Split(Record):
    """The units that this one became, and their first year; its own name among them says that it goes on."""

    into: TextOrTexts
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
    renamed: Annotated[tuple[Renamed, ...], OneOrMore] = ()
    merged: Annotated[tuple[Merged, ...], OneOrMore] = ()
    split: Annotated[tuple[Split, ...], OneOrMore] = ()


class Registry(Record):
    """The whole file."""

    units: Annotated[tuple[Unit, ...], AsItems]
