"""The official document as plain text: one line for each paragraph, in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render.templating import render

if TYPE_CHECKING:
    from workplan.resources.templates import Templates
    from workplan.view.blocks import Official


def official(official: Official, templates: Templates) -> bytes:
    """The document in UTF-8, with one line end at its end.

    Title and signatories have one line each, even where they have several in print; a table has one line for each row, its
    cells separated by tabs, a merged cell written once. Empty lines between blocks have no meaning.
    """
    text = render(templates, "official.txt", {"official": official}, escape=False)
    return f"{text.strip()}\n".encode()
