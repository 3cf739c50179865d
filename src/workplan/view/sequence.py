"""The printed sequence: all that a document prints, in reading order, each text with its address, role, face and source.

Whatever prints is made of these values, and nothing prints beside them: text, web page, PDF and Word only give them form,
the comparison and the rules of official style read them. Every text is to the letter what stands on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.diagnostic import Span
    from workplan.language.scalar import Scalar


class Role(StrEnum):
    """What a text of a document is (GB/T 9704 7); what the field calls it stands behind each."""

    SERIAL = "serial"  # 份号
    SECRECY = "secrecy"  # 密级和保密期限
    URGENCY = "urgency"  # 紧急程度
    STATUS = "status"  # 稿本标识
    MASTHEAD = "masthead"  # 发文机关标志, one paragraph a name
    NUMBER = "number"  # 发文字号
    TITLE = "title"  # 标题
    SUBTITLE = "subtitle"  # 副标题
    SPEAKER = "speaker"  # 报告人
    RECIPIENTS = "to"  # 主送机关
    PREAMBLE = "preamble"  # 导语
    SECTION = "section"  # the title of a part or item on a line of its own, number included
    RUN_IN = "run-in"  # a title behind which the text runs on
    TEXT = "text"  # running text
    CLAUSE = "clause"  # a measure that runs on in the paragraph of its item
    CLAUSE_TITLE = "clause-title"
    UNITS = "units"  # the annotation that names who is responsible
    COLUMN = "column"  # the heading of a table's column
    CELL = "cell"
    CLOSING = "closing"  # 结束语
    LISTED = "listed"  # a line of the 附件说明
    LABEL = "label"  # 附件标识
    SIGNATURE = "signature"  # 发文机关署名, one paragraph a signatory
    DATE = "date"  # 成文日期
    NOTE = "note"  # 附注
    COPIES = "cc"  # 抄送机关
    OFFICE = "office"  # 印发机关
    ISSUED = "issued"  # 印发日期


class Face(StrEnum):
    """The class of face that a text is set in (GB/T 9704 5.2.2, 7)."""

    FANGSONG = "仿宋"
    KAITI = "楷体"
    HEITI = "黑体"
    SONG = "宋体"
    TITLE = "小标宋"


#: The owner of what is made from other things that print, and says nothing of its own: the assignment table, 附件说明.
DERIVED = ""
#: The titles of parts and items.
HEADS = (Role.SECTION, Role.RUN_IN)
#: What a line of a table is made of.
CELL_ROLES = (Role.COLUMN, Role.CELL)
#: Stands between the cells of a table's line where it is told as text.
CELLS = "｜"
#: What the running text of a document is made of, tables apart.
BODY = (Role.PREAMBLE, *HEADS, Role.TEXT, Role.CLAUSE, Role.CLAUSE_TITLE, Role.UNITS, Role.CLOSING)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one source in one face.

    They stand in the plan's file from ``scalar.text[start]`` on, to the letter; ``start`` is None for what workplan adds
    (numbers, labels, brackets, stops, dates in words), and ``scalar`` is then the key that asks for it. ``number`` marks the
    printed number of an item or part: given by hand or counted.
    """

    text: str
    face: Face
    scalar: Scalar
    start: int | None = None
    number: Literal["", "given", "counted"] = ""

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The place in the plan of ``text[start:end]``; of the key for what workplan adds."""
        if self.start is None:
            return self.scalar.span
        return self.scalar.part(self.start + start, self.start + (len(self.text) if end is None else end))

    def part(self, start: int, end: int | None = None) -> Run:
        """The run's characters from ``start`` up to ``end``."""
        at = None if self.start is None else self.start + (start if start >= 0 else len(self.text) + start)
        return Run(text=self.text[start:end], face=self.face, scalar=self.scalar, start=at, number=self.number)


@dataclass(frozen=True, slots=True)
class Element:
    """A text with an address.

    ``address`` names it in this build and in no other: ``document.date``, ``tasks/加强组织领导/units``,
    ``attachments/2/rows/3/指标``; two elements never share one. ``owner`` is the address of what says it: a key of the
    document, an item, a line of a table; ``DERIVED`` for what only repeats. ``level`` is that of the item (1 to 4, 0 for none).
    """

    address: str
    role: Role
    runs: tuple[Run, ...]
    owner: str
    level: int = 0

    @property
    def text(self) -> str:
        """What is printed."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed paragraph: a title with the text behind it, a text with its clauses and its annotation, one line of the frame.

    Its address, role and owner are those of its first element. ``anchor`` is the id of the item that begins here, "" if none.
    """

    elements: tuple[Element, ...]
    anchor: str = ""

    @property
    def address(self) -> str:
        """The address of the paragraph."""
        return self.elements[0].address

    @property
    def role(self) -> Role:
        """What the paragraph is; a paragraph whose title stands on its own line is a section's title."""
        return self.elements[0].role

    @property
    def level(self) -> int:
        """1 to 4 where a title begins the paragraph (GB/T 9704 7.3.3: 1 黑体, 2 楷体, 3 and 4 仿宋), else 0."""
        return self.elements[0].level if self.role in HEADS else 0

    @property
    def runs(self) -> tuple[Run, ...]:
        """All its runs."""
        return tuple(run for element in self.elements for run in element.runs)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that the author broke a title or a signature into."""
        return tuple(run.text for run in self.runs if run.text)

    @property
    def head(self) -> str:
        """The part set in the face of its level: number, title and, where text runs in, the stop after it."""
        return "".join(element.text for element in self.elements if element.role in HEADS)

    @property
    def text(self) -> str:
        """The rest."""
        return "".join(element.text for element in self.elements if element.role not in HEADS)

    @property
    def is_heading(self) -> bool:
        """Whether the title of an item stands on its own line."""
        return self.level > 0 and not self.text

    @property
    def runs_in(self) -> bool:
        """Whether text follows the title in the same paragraph."""
        return bool(self.head and self.text)

    @property
    def printed(self) -> str:
        """The whole paragraph as one string."""
        return "".join(element.text for element in self.elements)

    def __str__(self) -> str:
        return self.printed


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; its text may hold line ends; spans count from 1, ``column`` from 0."""

    element: Element
    rowspan: int = 1
    colspan: int = 1
    column: int = 0

    @property
    def text(self) -> str:
        """What is printed."""
        return self.element.text


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``header`` and ``rows`` are rows of cells as in HTML, a cell covered by a span being left out.

    ``widths`` are the shares of the columns, which add up to 1; ``address`` is that of the part.
    """

    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    address: str = ""

    @property
    def elements(self) -> tuple[Element, ...]:
        """All its cells, row by row."""
        return tuple(cell.element for row in (*self.header, *self.rows) for cell in row)


Block = Paragraph | Table


def printed_lines(blocks: Iterable[Block]) -> Iterator[tuple[Element, ...]]:
    """The elements of some blocks, those of a paragraph together and those of each line of a table."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (tuple(cell.element for cell in line) for line in (*block.header, *block.rows))
        else:
            yield block.elements


def elements(blocks: tuple[Block, ...]) -> Iterator[Element]:
    """Every element of some blocks, in reading order."""
    for block in blocks:
        yield from block.elements
