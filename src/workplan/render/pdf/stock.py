"""Faces that are cut once for all task sheets of a build, which are printed some at a time and by several processes.

They are cut before the processes part. What prints with them is made in each process: Pango has threads, which a copy has not.
A PDF is the same as without them: where it might not be, they are not taken.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from workplan.diagnostic import Refusal
from workplan.render.pdf import press
from workplan.resources import fonts, harfbuzz

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weasyprint import HTML

    from workplan.resources.templates import Templates
    from workplan.view.assignments import Sheet


#: For fewer sheets it takes longer to prepare a face than it saves.
_WORTH_PREPARING = 10


class Stock:
    """Faces for the sheets of a build, with the characters and the roles that they were cut for."""

    def __init__(self, characters: frozenset[str], roles: tuple[str, ...], sheets: int) -> None:
        self._characters = characters
        self._roles = roles
        self._faces = fonts.carry(characters, (), roles)
        self._made: tuple[tuple[Templates, str], press.Press] | None = None
        for face in self._faces.faces if sheets >= _WORTH_PREPARING else ():
            harfbuzz.prepare(face.data)

    def press(self, templates: Templates, style: str, pages: Sequence[HTML]) -> press.Press | None:
        """What prints pages, as if their faces had been cut for them alone; None where that cannot be.

        Raises Refusal where the style sheet cannot be read.
        """
        characters, roles = press.asked(templates, style, press.words(pages))
        fits = characters <= self._characters and roles == self._roles and not characters & self._faces.moved
        own = press.own_styles(pages)
        if not fits or "@import" in own or "--" in own:
            return None
        now = templates, press.text_of(templates, style)
        if self._made is None or self._made[0] != now:
            self._made = now, press.Press(templates, style, self._faces, "")
        return self._made[1]


def of(templates: Templates, page: str, style: str, sheets: Sequence[Sheet]) -> Stock | None:
    """Faces for all that these sheets and the templates may print; None where that cannot be told beforehand."""
    with suppress(Refusal, OSError, UnicodeDecodeError):
        seen, said = set[int](), set[str]()
        for sheet in sheets:
            said.update(*_texts(sheet, seen), *(line.printed for line in sheet.lines))
        characters, roles = press.asked(templates, style, "".join(sorted(said)) + templates.read(page).decode())
        if not fonts.missing((), ""):
            return Stock(characters.difference(fonts.unprintable(characters)), roles, len(sheets))
    return None


def _texts(value: object, seen: set[int]) -> Iterator[str]:
    """The texts that a value holds, those of records that are met again once."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts((*value, *value.values()), seen)
    elif isinstance(value, (tuple, list, frozenset)):
        for one in value:
            yield from _texts(one, seen)
    elif is_dataclass(value) and id(value) not in seen:
        seen.add(id(value))
        for field in fields(value):
            yield from _texts(getattr(value, field.name), seen)
