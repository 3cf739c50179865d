"""Lists what a file hides: what is in a DOCX or PDF and does not show on its printed pages.

The original file is examined, never LibreOffice's version of it. Nothing found is an error: an office should know what a file
contains, and decide, before it issues the file.
"""

from __future__ import annotations

from workplan.diagnostic import Misuse
from workplan.measure.hidden.found import OWN, Hidden, HiddenKind, summed
from workplan.measure.kinds import kind_of

__all__ = ["OWN", "Hidden", "HiddenKind", "look", "of_bytes", "summed"]


def of_bytes(name: str, content: bytes, *, built: bool = False) -> tuple[Hidden, ...]:
    """What a DOCX or PDF hides, in the order of ``HiddenKind``; empty where nothing was found.

    ``name`` is the file's name for the user, ``built`` says that a build has just written it. lxml and PDFium are loaded only where there is something for them to
    read. Raises Misuse where the file is neither DOCX nor PDF, is locked or broken, or unpacks to an absurd size.
    """
    if kind_of(content, name) == "pdf":
        from workplan.measure.hidden import portable  # noqa: PLC0415 - PDFium is slow to load

        return (portable.hidden_by_build if built else portable.hidden)(content, name)
    from workplan.measure.hidden import word  # noqa: PLC0415 - build makes a PDF alone as well

    return word.hidden(content, name)


def look(name: str, content: bytes) -> tuple[Hidden, ...] | Misuse:
    """The same; a file that could not be examined gives the Misuse that says why, without raising it."""
    try:
        return of_bytes(name, content)
    except Misuse as refused:
        return refused
