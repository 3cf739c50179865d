"""The official document as plain text: one line a paragraph, in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render.templating import render

if TYPE_CHECKING:
    from workplan.resources.templates import Templates
    from workplan.view.blocks import Official


def official(official: Official, templates: Templates) -> bytes:
    """The document in UTF-8, ending in one line end.

    Title and signatories stand on one line each, however many they take in print; a table has one line a row, its cells
    parted by tabs, a cell that spans several written once. Empty lines part the blocks and mean nothing.
    """
    text = render(templates, "official.txt", {"official": official}, escape=False)
    return f"{text.strip()}\n".encode()
