"""What is found hidden in a file, as values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How the names begin that workplan gives to bookmarks and destinations, by which it knows paragraphs again.
OWN = "_wp"
#: Number of examples given of a kind, and number of characters at which each is cut.
_EXAMPLES = 3
_LONGEST = 40


class HiddenKind(StrEnum):
    """The kinds of hidden things, in the order in which they are told; the values are those of the JSON report."""

    #: DOCX: hidden bookmarks (their names begin with ``_``), apart from Word's own _GoBack.
    BOOKMARKS = "bookmarks"
    #: PDF: named destinations that are workplan's.
    DESTINATIONS = "destinations"
    #: DOCX: the properties of docProps/custom.xml, and document variables, by name.
    CUSTOM_PROPERTIES = "custom-properties"
    COMMENTS = "comments"
    TRACKED_CHANGES = "tracked-changes"
    HIDDEN_TEXT = "hidden-text"
    #: Files within the file: embedded objects of a DOCX, embedded files and file attachments of a PDF.
    ATTACHMENTS = "attachments"
    #: PDF: notes and marks; links and form fields are none.
    ANNOTATIONS = "annotations"
    #: PDF: layers that are switched off.
    LAYERS = "layers"
    #: PDF: scripts.
    JAVASCRIPT = "javascript"
    MACROS = "macros"
    #: DOCX: distinct targets outside the file; attached templates and linked pictures before hyperlinks.
    EXTERNAL_LINKS = "external-links"
    #: DOCX: author, last editor, company, manager, template, authors of comments and changes; distinct, none that is printed.
    PEOPLE = "people"
    #: DOCX: distinct marks of editing sessions (rsid).
    REVISION_IDS = "revision-ids"
    #: DOCX: paragraphs and rows of tables that bear an id of their own (w14:paraId).
    PARAGRAPH_IDS = "paragraph-ids"


@dataclass(frozen=True, slots=True)
class Hidden:
    """``count`` things of one kind, a few of them in short as ``examples``; ``own``: how many are workplan's addresses."""

    kind: HiddenKind
    count: int
    examples: tuple[str, ...]
    own: int = 0


def of_kind(kind: HiddenKind, texts: Iterable[str]) -> Hidden:
    """All of one kind; each text names one, "" where there is nothing to name it by."""
    every = tuple(texts)
    examples = tuple(islice(filter(None, map(_short, dict.fromkeys(every))), _EXAMPLES))
    own = sum(text.startswith(OWN) for text in every) if kind is HiddenKind.BOOKMARKS else 0
    return Hidden(kind, len(every), examples, own)


def summed(files: Iterable[tuple[Hidden, ...]]) -> tuple[Hidden, ...]:
    """What several files hide, each kind once with the counts of all."""
    kinds: dict[HiddenKind, Hidden] = {}
    for one in chain.from_iterable(files):
        before = kinds.get(one.kind)
        kinds[one.kind] = replace(before, count=before.count + one.count, own=before.own + one.own) if before else one
    return tuple(kinds[kind] for kind in HiddenKind if kind in kinds)


def _short(text: str) -> str:
    """One line that is safe on any terminal: blanks for line ends, no control characters, cut where it is long."""
    line = " ".join(text[: 10 * _LONGEST].split())
    plain = "".join(sign for sign in line if sign.isprintable())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
