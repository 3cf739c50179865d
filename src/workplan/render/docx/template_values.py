"""The printed sequence as a Word template goes through it: what is printed at each place, and a section's texts by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.lengths import Twips
from workplan.page import typeset
from workplan.render.docx.addressed_text import AddressedText, printed_by
from workplan.render.docx.markup import Blocks
from workplan.render.docx.metrics import LINE
from workplan.render.docx.table_rows import Room
from workplan.view.sequence import Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.render.docx.template import Opened
    from workplan.view.blocks import Official
    from workplan.view.section import Group, Section


@dataclass(frozen=True, slots=True)
class MastheadValues:
    """发文机关标志: a ``line`` of its own or two, or ``stacked`` names with the suffix beside them (7.2.4)."""

    names: list[AddressedText]
    suffix: AddressedText
    line: AddressedText
    stacked: bool


@dataclass(frozen=True, slots=True)
class ImprintRow:
    """A row of the imprint: ``cc`` (抄送机关), or ``office`` (印发机关) with ``date``; ``name`` says which."""

    name: str
    cc: AddressedText
    office: AddressedText
    date: AddressedText


@dataclass(frozen=True, slots=True)
class TemplateBlock:
    """What the document prints at one place: a paragraph, or what is set as one.

    ``role`` is the paragraph's, or ``masthead``, ``body`` or ``imprint``; ``section`` is the kind of its section; ``text`` is
    its text in printed lines. ``blocks`` are those of a body, ``rows`` those of the imprint.
    """

    role: str
    section: str
    text: AddressedText = AddressedText("")  # noqa: RUF009 - a text, which is immutable
    blocks: Blocks | None = None
    rows: tuple[ImprintRow, ...] = ()


class SectionValues:
    """The texts of a section, titles and signatures in their printed lines."""

    def __init__(self, section: Section, official: Official, opened: Opened) -> None:
        self.section = section
        # The text block of a landscape page is as wide as that of the others is high.
        width = opened.height if section.is_wide else opened.width
        self._broken = dict(_broken(section, official))
        # Label and title of an attachment stand above its first block, with a blank line before and behind the title.
        lines = sum(len(self.text(title).split("\n")) for title in section.all(Role.TITLE)) + 3
        above = Twips(LINE * lines if section.kind == "attachment" else 0)
        height = opened.width if section.is_wide else opened.height
        self.blocks = Blocks(section.body, opened.styles, width, Room(height, above))

    def text(self, paragraph: Paragraph) -> AddressedText:
        """The text of a paragraph of the frame."""
        return self._broken.get(paragraph.address) or printed_by(paragraph.elements)

    def each(self, *roles: Role) -> list[AddressedText]:
        """The texts of the paragraphs with one of the roles."""
        return [self.text(paragraph) for paragraph in self.section.all(*roles)]

    def one(self, role: Role) -> AddressedText:
        """The text of the paragraph with the role; an empty text where there is none."""
        return AddressedText.joined(self.each(role))

    def places(self, masthead: MastheadValues) -> Iterator[TemplateBlock]:
        """Everything that the section prints, in reading order."""
        kind = self.section.kind
        if kind == "imprint":
            yield TemplateBlock(kind, kind, rows=tuple(map(self._row, self.section.groups)))
            return
        for group in self.section.groups:
            if group.name == "body":
                yield TemplateBlock("body", kind, blocks=self.blocks)
            elif group.name == "masthead":
                yield TemplateBlock("masthead", kind, masthead.line)
            else:
                paragraphs = (block for block in group.blocks if isinstance(block, Paragraph))
                yield from (TemplateBlock(one.role, kind, self.text(one)) for one in paragraphs)

    def _row(self, group: Group) -> ImprintRow:
        by_role = {block.role: self.text(block) for block in group.blocks if isinstance(block, Paragraph)}
        cells = (by_role.get(role, AddressedText("")) for role in (Role.COPIES, Role.OFFICE, Role.ISSUED))
        return ImprintRow(group.name, *cells)


def _broken(section: Section, official: Official) -> Iterator[tuple[str, AddressedText]]:
    """By address, the texts that are broken into lines for print: titles, and signatures, whose width the date limits."""
    names = (*official.issuers, *official.names)
    for title in section.all(Role.TITLE):
        yield title.address, _in_lines(title, typeset.title_lines(title.lines, names, official.body))
    signatories = section.all(Role.SIGNATURE)
    given = [signatory.lines for signatory in signatories]
    date, seal = section.text(Role.DATE), official.setting.seal
    broken = typeset.signature_lines(given, date, seal=seal, body=official.body)
    for signatory, lines in zip(signatories, broken, strict=True):
        yield signatory.address, _in_lines(signatory, lines)


def _in_lines(paragraph: Paragraph, lines: Iterable[str]) -> AddressedText:
    """The text of a paragraph of one element, in printed lines."""
    return AddressedText("\n".join(lines), paragraph.address, paragraph.role)


def masthead(official: Official) -> MastheadValues:
    """The mark as it fits the page; empty where there is none."""
    fitted, owners = typeset.masthead(official), official.section("head").all(Role.MASTHEAD)
    if fitted is None:
        return MastheadValues([], AddressedText(""), AddressedText(""), stacked=False)
    lines = [line.text for line in fitted.lines]
    # One name may stand in two lines; of several each has its own.
    by_line = owners if len(owners) == len(lines) else owners * len(lines)
    suffix = AddressedText(fitted.suffix, owners[-1].address if fitted.suffix else "", Role.MASTHEAD)
    ended = [f"{line}\n" for line in lines[:-1]] + lines[-1:]
    whole = (_in_lines(*one) for one in zip(by_line, zip(ended, strict=True), strict=True))
    names = [_in_lines(*one) for one in zip(by_line, zip(lines, strict=True), strict=True)]
    return MastheadValues(names, suffix, AddressedText.joined((*whole, suffix)), stacked=fitted.beside)
