"""The style that holds for an item of a plan, with everything that it inherits."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from workplan.language.scalar import Scalar

if TYPE_CHECKING:
    from workplan.language.model import Style


@dataclass(frozen=True, slots=True)
class ComputedStyle:
    """The style that holds for an item, everything inherited filled in."""

    numbering: tuple[str, ...] = ("一、", "（一）", "1.", "（1）")
    continuous: tuple[str, ...] = ()
    titles: str = "run-in"
    annotations: str = "after-stop"
    label: str = "责任单位"
    clauses: str = ""

    def under(self, style: Style | None) -> ComputedStyle:
        """This style with what ``style`` sets."""
        if style is None:
            return self
        given = {item.name: _plain(getattr(style, item.name)) for item in fields(self)}
        return replace(self, **{name: value for name, value in given.items() if value is not None})


def _plain(value: Any) -> Any:  # noqa: ANN401 - the types of Style's fields
    if isinstance(value, tuple):
        return tuple(glyph.text for glyph in value)
    return value.text if isinstance(value, Scalar) else value
