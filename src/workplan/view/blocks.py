"""What the renderers print: the official document as blocks, each already worded, numbered and in order.

Every text is exactly what stands on the page. Renderers choose faces, sizes and places; they never add, drop or
change a character.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed paragraph.

    ``head`` is the part set in the face of its level: number, title and, where text runs in, the stop after it
    (``（一）提升政治站位。``). ``text`` is the rest in 仿宋. A heading on its own line has a head and no text, plain body
    text has no head. ``level`` is 0 for plain text, else 1 to 4 (GB/T 9704 7.3.3: 1 黑体, 2 楷体, 3 and 4 仿宋).
    ``anchor`` is the id of the item that begins here, "" if none.
    """

    text: str
    head: str = ""
    level: int = 0
    anchor: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether the title of an item stands on its own line (an annotation may follow it)."""
        return bool(self.head) and self.level > 0 and not self.runs_in

    @property
    def runs_in(self) -> bool:
        """Whether body text follows the head in the same paragraph."""
        return bool(self.head and self.text)

    @property
    def printed(self) -> str:
        """The whole paragraph as one string."""
        return self.head + self.text


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; ``text`` may hold line ends; spans count grid columns and rows from 1."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    column: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``header`` and ``rows`` are rows of cells as in HTML, a cell covered by a span being left out.

    ``widths`` are the shares of the columns, which add up to 1.
    """

    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Masthead:
    """发文机关标志: the issuers' names, 主办机关 first (in a letter it alone), and the word to their right (文件, or "")."""

    names: tuple[str, ...]
    suffix: str


@dataclass(frozen=True, slots=True)
class Setting:
    """How the author wants pages set where GB/T 9704 leaves a choice or a house style departs from it.

    ``top`` is the masthead's upper edge in millimetres from the top of the page; ``number``, ``title`` and ``text`` are the
    blank lines before 发文字号, title and text; ``lines`` sets the masthead in one line or in two (0: as it fits).
    ``seal`` says whether the document is sealed, ``mirrored`` whether left-hand pages have their margins turned round,
    ``letter`` whether the first page has the head of a letter (信函, GB/T 9704 10.1).
    """

    top: float = 72.0
    number: float = 2.0
    title: float = 2.0
    text: float = 1.0
    lines: int = 0
    seal: bool = True
    mirrored: bool = False
    letter: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """The cover notice (印发通知): its own title, recipients, text, signature, date and note.

    ``signature`` holds one tuple of printed lines per signatory.
    """

    title: tuple[str, ...]
    to: str
    blocks: tuple[Block, ...]
    signature: tuple[tuple[str, ...], ...]
    date: str
    note: str


#: Columns of which each would have no more than four of the 28 字 of a line.
MANY_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Attachment:
    """One 附件: ``label`` is 附件 or 附件1; ``listed`` its wording in the 附件说明; ``title`` its printed lines."""

    label: str
    listed: str
    title: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it holds a table of more columns than an upright page has room for, so that its pages are turned (8)."""
        return any(isinstance(block, Table) and len(block.widths) >= MANY_COLUMNS for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: ``cc`` is ``抄送：…。`` or "", ``office`` the printing office, ``date`` as printed with 印发; each may be ""."""

    cc: str
    office: str
    date: str


@dataclass(frozen=True, slots=True)
class Official:
    """The whole official document in reading order, from the marks and the status on top to the 版记.

    ``title`` holds the printed lines; ``blocks`` the preamble, all parts and the closing paragraphs; ``attachments``
    the 附件, which follow signature, date and note on pages of their own (their list, 附件说明, stands after the blocks).
    ``issuers`` are the names of the 发文机关, printed or not; ``grid`` is ``strict`` (28 字 in 156 mm) or ``natural`` (16 pt
    to the 字); ``faces`` the author's choices of face by role (仿宋, 楷体, 黑体, 宋体, 小标宋). ``marks`` are 份号, 密级和保密期限
    and 紧急程度, as far as given, which stand above the status; ``names`` the units' names that a title speaks of.
    """

    plan: str
    status: str
    issuers: tuple[str, ...]
    masthead: Masthead | None
    number: str
    notice: Letter | None
    title: tuple[str, ...]
    subtitle: str
    speaker: str
    to: str
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...]
    signature: tuple[tuple[str, ...], ...]
    date: str
    note: str
    imprint: Imprint | None
    grid: str = "strict"
    faces: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    setting: Setting = Setting()

    @property
    def name(self) -> str:
        """The title in one line."""
        return "".join(self.title)

    @property
    def at_left(self) -> tuple[str, ...]:
        """What stands at the left edge of the first page, a line each: the marks and the status."""
        return (*self.marks, *((self.status,) if self.status else ()))

    @property
    def attachment_list(self) -> tuple[str, ...]:
        """附件说明 (GB/T 9704 7.3.4): ``附件：1.甲`` and ``2.乙``, or ``附件：甲`` where there is one."""
        if len(self.attachments) == 1:
            return (f"附件：{self.attachments[0].listed}",)
        lines = [f"{place}.{attachment.listed}" for place, attachment in enumerate(self.attachments, 1)]
        return tuple(f"附件：{line}" if place == 0 else line for place, line in enumerate(lines))
