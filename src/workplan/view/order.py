"""The order in which a document prints its parts (GB/T 9704 7, for letters 10.1): it stands here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.view.section import Section
from workplan.view.sequence import DERIVED, Element, Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.view.sequence import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedText:
    """A text with its title and its signature: the cover notice, or the document itself. What is not printed is empty.

    ``label`` is the 附件标识 of a plan that its notice lists; ``listed_last`` puts 附件说明 behind all else.
    """

    title: Paragraph | None
    label: Paragraph | None = None
    subtitle: Paragraph | None = None
    speaker: Paragraph | None = None
    to: Paragraph | None = None
    body: tuple[Block, ...] = ()
    listed: tuple[Paragraph, ...] = ()
    listed_last: bool = False
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
    a letter, ``number_below`` that 发文字号 stands below the first title, as web editions have it.
    """

    marks: tuple[Paragraph, ...] = ()
    masthead: tuple[Paragraph, ...] = ()
    number: Paragraph | None = None
    notice: SignedText | None = None
    main: SignedText
    attachments: tuple[AttachmentParts, ...] = ()
    imprint: tuple[Paragraph, ...] = ()
    letter: bool = False
    number_below: bool = False


def sections(parts: DocumentParts) -> tuple[Section, ...]:
    """The sections of the document, empty ones left out."""
    below = parts.number if parts.number_below else None
    first, second = (below, None) if parts.notice else (None, below)
    found = (
        Section("head", tuple(_head(parts))),
        Section("notice", tuple(_signed_text(parts.notice, first)) if parts.notice else ()),
        Section("main", tuple(_signed_text(parts.main, second))),
        *(Section("attachment", tuple(_attached(one))) for one in parts.attachments),
        Section("imprint", parts.imprint),
    )
    return tuple(section for section in found if section.blocks)


def _head(parts: DocumentParts) -> Iterator[Paragraph]:
    """In a letter the first mark stands beside 发文字号 below the rule, and the others under it (10.1)."""
    number = tuple(_number_in_head(parts))
    if parts.letter:
        yield from (*parts.masthead, *parts.marks[:1], *number, *parts.marks[1:])
    else:
        yield from (*parts.marks, *parts.masthead, *number)


def _number_in_head(parts: DocumentParts) -> Iterator[Paragraph]:
    """发文字号; below a mark its place stays where it is printed elsewhere: the red rule stands there."""
    if parts.number and not parts.number_below:
        yield parts.number
    elif parts.number and parts.masthead:
        yield Paragraph((Element(f"{parts.number.address}/above", Role.NUMBER, (), DERIVED),))


def _signed_text(text: SignedText, number: Paragraph | None) -> Iterator[Block]:
    """A text, with 发文字号 below its title where it is to be there."""
    number = number if number and number.printed else None
    before = (text.label, text.title, text.subtitle, number, text.speaker, text.to)
    yield from (paragraph for paragraph in before if paragraph)
    yield from (*text.body, *(() if text.listed_last else text.listed), *text.signature)
    yield from (paragraph for paragraph in (text.date, text.note) if paragraph)
    yield from text.listed if text.listed_last else ()


def _attached(attached: AttachmentParts) -> Iterator[Block]:
    yield attached.label
    if attached.title:
        yield attached.title
    yield from attached.body
