"""Hidden things found in a file, as values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The beginning of the names of workplan's own bookmarks and destinations, by which it recognises paragraphs.
OWN = "_wp"
#: Number of examples given of a kind, and number of characters at which each is cut.
_EXAMPLES = 3
_LONGEST = 40


class HiddenKind(StrEnum):
    """The kinds of hidden things, in the order of every report; the values are those of the JSON report."""

    #: DOCX: hidden bookmarks (their names begin with ``_``), apart from Word's own _GoBack.
    BOOKMARKS = "bookmarks"
    #: PDF: named destinations, among them workplan's addresses.
    DESTINATIONS = "destinations"
    #: DOCX: the properties of docProps/custom.xml, and document variables, by name.
    CUSTOM_PROPERTIES = "custom-properties"
    COMMENTS = "comments"
    TRACKED_CHANGES = "tracked-changes"
    HIDDEN_TEXT = "hidden-text"
    #: Files inside the file: embedded objects of a DOCX, embedded files and file attachments of a PDF.
    ATTACHMENTS = "attachments"
    #: PDF: notes and marks, without links and form fields.
    ANNOTATIONS = "annotations"
    #: PDF: layers that are switched off.
    LAYERS = "layers"
    #: PDF: scripts.
    JAVASCRIPT = "javascript"
    MACROS = "macros"
    #: DOCX: distinct targets outside the file; attached templates and linked pictures before hyperlinks.
    EXTERNAL_LINKS = "external-links"
    #: DOCX: author, last editor, company, manager, template, authors of comments and changes; distinct, without those printed.
    PEOPLE = "people"
    #: DOCX: distinct ids of editing sessions (rsid).
    REVISION_IDS = "revision-ids"
    #: DOCX: paragraphs and rows of tables with an id of their own (w14:paraId).
    PARAGRAPH_IDS = "paragraph-ids"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Hidden things of one kind: their number, a few shortened ``examples``, and the number of workplan's ``own`` addresses."""

    kind: HiddenKind
    count: int
    examples: tuple[str, ...]
    own: int = 0


def of_kind(kind: HiddenKind, texts: Iterable[str]) -> Hidden:
    """All things of one kind; each text names one, or is "" where it has no name."""
    every = tuple(texts)
    examples = tuple(islice(filter(None, map(_short, dict.fromkeys(every))), _EXAMPLES))
    own = sum(text.startswith(OWN) for text in every) if kind is HiddenKind.BOOKMARKS else 0
    return Hidden(kind, len(every), examples, own)


def summed(files: Iterable[tuple[Hidden, ...]]) -> tuple[Hidden, ...]:
    """What several files hide, each kind once with the sums of its counts."""
    kinds: dict[HiddenKind, Hidden] = {}
    for hidden in chain.from_iterable(files):
        before = kinds.get(hidden.kind, replace(hidden, count=0, own=0))
        kinds[hidden.kind] = replace(before, count=before.count + hidden.count, own=before.own + hidden.own)
    return tuple(kinds[kind] for kind in HiddenKind if kind in kinds)


def _short(text: str) -> str:
    """One line that is safe on any terminal: blanks for line ends, no control characters, at most ``_LONGEST`` characters."""
    line = " ".join(text[: 10 * _LONGEST].split())
    plain = "".join(sign for sign in line if sign.isprintable())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
