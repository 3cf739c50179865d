"""The order in which a document prints its parts (GB/T 9704 7, for letters 10.1): it stands here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.view.section import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.view.sequence import Block, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedText:
    """A text with its title and its signature: the cover notice, or the document itself. What is not printed is empty."""

    title: Paragraph
    subtitle: Paragraph | None = None
    speaker: Paragraph | None = None
    to: Paragraph | None = None
    body: tuple[Block, ...] = ()
    listed: tuple[Paragraph, ...] = ()
    signature: tuple[Paragraph, ...] = ()
    date: Paragraph | None = None
    note: Paragraph | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentParts:
    """One 附件."""

    label: Paragraph
    title: Paragraph | None
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentParts:
    """All that a document may print, by name.

    ``marks`` are 份号, 密级和保密期限, 紧急程度 and 稿本标识, as far as given; ``letter`` says that the first page has the head of
    a letter.
    """

    marks: tuple[Paragraph, ...] = ()
    masthead: tuple[Paragraph, ...] = ()
    number: Paragraph | None = None
    notice: SignedText | None = None
    main: SignedText
    attachments: tuple[AttachmentParts, ...] = ()
    imprint: tuple[Paragraph, ...] = ()
    letter: bool = False


def sections(parts: DocumentParts) -> tuple[Section, ...]:
    """The sections of the document, empty ones left out."""
    found = (
        Section("head", tuple(_head(parts))),
        Section("notice", tuple(_signed_text(parts.notice)) if parts.notice else ()),
        Section("main", tuple(_signed_text(parts.main))),
        *(Section("attachment", tuple(_attached(one))) for one in parts.attachments),
        Section("imprint", parts.imprint),
    )
    return tuple(section for section in found if section.blocks)


def _head(parts: DocumentParts) -> Iterator[Paragraph]:
    """In a letter the first mark stands beside 发文字号 below the rule, and the others under it (10.1)."""
    number = (parts.number,) if parts.number else ()
    if parts.letter:
        yield from (*parts.masthead, *parts.marks[:1], *number, *parts.marks[1:])
    else:
        yield from (*parts.marks, *parts.masthead, *number)


def _signed_text(text: SignedText) -> Iterator[Block]:
    before = (text.title, text.subtitle, text.speaker, text.to)
    yield from (paragraph for paragraph in before if paragraph)
    yield from (*text.body, *text.listed, *text.signature)
    yield from (paragraph for paragraph in (text.date, text.note) if paragraph)


def _attached(attached: AttachmentParts) -> Iterator[Block]:
    yield attached.label
    if attached.title:
        yield attached.title
    yield from attached.body
