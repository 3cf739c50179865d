"""The sections of a document, and what of them is set as one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from workplan.view.sequence import BODY, Block, Paragraph, Role, Table

#: The parts of a document that begin something new: the head of the first page, the cover notice (印发通知), the document
#: itself, each 附件, and the 版记.
SectionKind = Literal["head", "notice", "main", "attachment", "imprint"]
#: What is set as one: 份号 to 稿本标识, the names of the masthead, signatures with their date, the lines of the 附件说明 …
GroupName = Literal[
    "marks", "masthead", "number", "title", "subtitle", "speaker", "to", "body", "list", "signed", "note", "label", "cc",
    "office",
]  # fmt: skip
_GROUPS: dict[Role, GroupName] = {
    Role.SERIAL: "marks",
    Role.SECRECY: "marks",
    Role.URGENCY: "marks",
    Role.STATUS: "marks",
    Role.MASTHEAD: "masthead",
    Role.NUMBER: "number",
    Role.TITLE: "title",
    Role.SUBTITLE: "subtitle",
    Role.SPEAKER: "speaker",
    Role.RECIPIENTS: "to",
    **dict.fromkeys(BODY, "body"),
    Role.LISTED: "list",
    Role.SIGNATURE: "signed",
    Role.DATE: "signed",
    Role.NOTE: "note",
    Role.LABEL: "label",
    Role.COPIES: "cc",
    Role.OFFICE: "office",
    Role.ISSUED: "office",
}

#: Columns of which each would have no more than four of the 28 字 of a line.
MANY_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that follow each other and are set as one."""

    name: GroupName
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What belongs together in a document, its blocks in reading order."""

    kind: SectionKind
    blocks: tuple[Block, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The blocks in groups that are set as one."""
        grouped = groupby(self.blocks, key=_group)
        return tuple(Group(name, tuple(blocks)) for name, blocks in grouped)

    def all(self, *roles: Role) -> tuple[Paragraph, ...]:
        """The paragraphs of some roles."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph) and block.role in roles)

    def text(self, role: Role) -> str:
        """What the paragraph of that role says; "" where there is none."""
        return "".join(paragraph.printed for paragraph in self.all(role))

    @property
    def body(self) -> tuple[Block, ...]:
        """The running text and the tables."""
        return tuple(block for block in self.blocks if _group(block) == "body")

    @property
    def is_wide(self) -> bool:
        """Whether it is an attachment with a table of more columns than an upright page has room for (8): its pages are turned."""
        tables = (block for block in self.blocks if isinstance(block, Table))
        return self.kind == "attachment" and any(len(table.widths) >= MANY_COLUMNS for table in tables)


def _group(block: Block) -> GroupName:
    return "body" if isinstance(block, Table) else _GROUPS[block.role]
