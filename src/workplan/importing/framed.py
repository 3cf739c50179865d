"""What the frame pass finds: the document's frame as pieces of the source, and the running text that it stands around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.importing.piece import Paragraph, Table

#: The paragraphs that say one thing of the frame: the lines of a title, of a signature.
Lines = tuple["Paragraph", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A text with its title and its signature: the cover notice, or the document itself; what is not there is empty."""

    title: Lines = ()
    subtitle: Lines = ()
    speaker: Lines = ()
    to: Lines = ()
    body: tuple[Paragraph | Table, ...] = ()
    signatures: tuple[Lines, ...] = ()
    date: Lines = ()
    note: Lines = ()

    def frame(self) -> Iterator[Lines]:
        """All but the body."""
        yield from (self.title, self.subtitle, self.speaker, self.to, *self.signatures, self.date, self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """One attachment: its label (附件1), its title, its body."""

    label: Lines
    title: Lines = ()
    body: tuple[Paragraph | Table, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The 附件说明: its lines, whether it stands behind the signature, or in the notice, and how it is worded.

    ``lead`` begins it (附件：), ``number`` is that of its first line (1．), ``names`` are what its lines call the attachments.
    """

    lines: tuple[Lines, ...] = ()
    behind: bool = False
    in_notice: bool = False
    lead: str = ""
    number: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """A document taken apart.

    ``below`` says that the number stands below the title, ``label`` is the 附件标识 of a plan that its notice carries,
    ``carried`` the notice's line for it, and ``labels`` the example of all labels ("" for the usual one).
    """

    marks: tuple[tuple[str, Lines], ...] = ()
    masthead: Lines = ()
    number: Lines = ()
    below: bool = False
    notice: Signed | None = None
    label: Lines = ()
    carried: Listing = Listing()
    labels: str = ""
    main: Signed
    listing: Listing = Listing()
    attachments: tuple[Attached, ...] = ()
    cc: Lines = ()
    office: Lines = ()
    issued: Lines = ()

    def frame(self) -> Iterator[Lines]:
        """Every element of the frame, in no certain order; an empty one is none."""
        elements: list[Lines] = [lines for _, lines in self.marks]
        elements += [*((line,) for line in self.masthead), self.number, self.label, self.cc, self.office, self.issued]
        elements += (*self.carried.lines, *self.listing.lines)
        for text in (self.notice, self.main):
            elements += text.frame() if text else ()
        for attached in self.attachments:
            elements += (attached.label, attached.title)
        yield from filter(None, elements)

    def bodies(self) -> Iterator[tuple[Paragraph | Table, ...]]:
        """The running texts in the order of print."""
        if self.notice:
            yield self.notice.body
        yield self.main.body
        for attached in self.attachments:
            yield attached.body
