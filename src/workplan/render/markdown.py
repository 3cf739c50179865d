"""Task sheets as Markdown: readable as plain text in a mail, and rendered they show every text unchanged."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from workplan.chinese.characters import clean
from workplan.render import templating

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from workplan.resources.templates import Templates
    from workplan.view.assignments import Sheet

_TEMPLATE = "sheet.md"

#: Characters that Markdown may interpret anywhere in a line, ``~`` for GFM's strikethrough.
_ANYWHERE = re.compile(r"[\\`*_#|<>\[\]~]")
#: ``&`` only where an entity could begin, so that ``A&B`` stays as it is.
_ENTITY = re.compile(r"&(?=#?\w+;)")
#: Characters that make a list, a rule or a heading of a line they begin.
_BULLET = re.compile(r"^([-+=])")
_ORDINAL = re.compile(r"^(\d{1,9})([.)])(?=\s|$)", re.ASCII)
_OUTER_BLANKS = re.compile(r"^\s+|\s+$")


def sheet(sheet: Sheet, templates: Templates) -> bytes:
    """The task sheet as UTF-8 from the template ``sheet.md``; raises Refusal where the template is broken."""
    context = {"sheet": sheet}
    return templating.render(templates, _TEMPLATE, context, jinja=_environment(templates)).encode()


@lru_cache(maxsize=8)
def _environment(templates: Templates) -> ImmutableSandboxedEnvironment:
    jinja = templating.plain_environment(templates).overlay()
    # An overlay shares its filters with its origin, which a new mapping does not change.
    jinja.filters = {**jinja.filters, "md": literal}
    return jinja


def literal(text: str) -> str:
    """The filter ``md``: text that CommonMark and GFM render to exactly this text, in one line.

    A line end becomes a blank, so that no text can end its heading or list item; split paragraphs before.
    """
    line = clean(text.replace("\n", " "))
    return _OUTER_BLANKS.sub(_as_entities, _escaped(line))


def _escaped(line: str) -> str:
    line = _ENTITY.sub("&amp;", line)
    line = _ANYWHERE.sub(r"\\\g<0>", line)
    line = _ORDINAL.sub(r"\1\\\2", line)
    return _BULLET.sub(r"\\\1", line)


def _as_entities(blanks: re.Match[str]) -> str:
    # Renderers drop blanks at both ends of a line, which would change the text.
    return "".join(f"&#{ord(blank)};" for blank in blanks[0])
