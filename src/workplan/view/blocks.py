"""The official document as templates and renderers see it: the printed sequence, and its parts by name, which are read from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workplan.lengths import Mm
from workplan.view.attached import LISTED_PLAN
from workplan.view.located_text import LocatedText, cut
from workplan.view.section import Section
from workplan.view.sequence import Paragraph, Role, elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.view.disclosure import Disclosure
    from workplan.view.sequence import Block, Element

_MARKS = (Role.SERIAL, Role.SECRECY, Role.URGENCY)


@dataclass(frozen=True, slots=True)
class Masthead:
    """发文机关标志: the issuers' names, 主办机关 first (in a letter it alone), and the word to their right (文件, or "")."""

    names: tuple[str, ...]
    suffix: str


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How the author wants pages set where GB/T 9704 leaves a choice or a house style departs from it.

    ``top`` is the masthead's upper edge, from the top of the page; ``number``, ``title`` and ``text`` are the
    blank lines before 发文字号, title and text; ``lines`` sets the masthead in one line or in two (0: as it fits).
    ``seal`` says whether the document is sealed, ``mirrored`` whether left-hand pages have their margins turned round,
    ``letter`` whether the first page has the head of a letter (信函, GB/T 9704 10.1), ``onesided`` whether 版记 may stand on any
    page, ``free`` whether a heading may end a page without its text.
    """

    top: Mm = Mm(72.0)
    number: float = 2.0
    title: float = 2.0
    text: float = 1.0
    lines: int = 0
    seal: bool = True
    mirrored: bool = False
    letter: bool = False
    onesided: bool = False
    free: bool = False


class Signed:
    """A text with title and signature, by name: the cover notice (印发通知), or the document itself."""

    @property
    def _section(self) -> Section:
        raise NotImplementedError

    @property
    def title(self) -> tuple[str, ...]:
        """The lines of the title as its author broke it."""
        return _lines(self._section)

    @property
    def to(self) -> str:
        """主送机关."""
        return self._section.text(Role.RECIPIENTS)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The running text and its tables."""
        return self._section.body

    @property
    def attachment_list(self) -> tuple[str, ...]:
        """附件说明 (GB/T 9704 7.3.4): ``附件：1.甲`` and ``2.乙``, or ``附件：甲`` where there is one."""
        return tuple(one.printed for one in self._section.all(Role.LISTED))

    @property
    def signature(self) -> tuple[tuple[str, ...], ...]:
        """The lines of each signatory as its author broke them."""
        return tuple(paragraph.lines for paragraph in self._section.all(Role.SIGNATURE))

    @property
    def date(self) -> str:
        """成文日期."""
        return self._section.text(Role.DATE)

    @property
    def note(self) -> str:
        """附注, in brackets."""
        return self._section.text(Role.NOTE)


@dataclass(frozen=True)
class Notice(Signed):
    """The cover notice (印发通知)."""

    section: Section

    @property
    def _section(self) -> Section:
        return self.section


@dataclass(frozen=True)
class Attachment:
    """One 附件: ``label`` is 附件 or 附件1, ``listed`` its wording in the 附件说明, ``title`` its lines."""

    section: Section
    listed: str

    @property
    def label(self) -> str:
        """附件, or 附件1."""
        return self.section.text(Role.LABEL)

    @property
    def title(self) -> tuple[str, ...]:
        """The lines of the title as its author broke it."""
        return _lines(self.section)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The running text and its tables."""
        return self.section.body

    @property
    def is_wide(self) -> bool:
        """Whether its pages are turned (8)."""
        return self.section.is_wide


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: ``cc`` is ``抄送：…。`` or "", ``office`` the printing office, ``date`` as printed with 印发; each may be ""."""

    cc: str
    office: str
    date: str


@dataclass(frozen=True)
class Official(Signed):
    """The whole official document: ``sections`` hold the printed sequence in reading order.

    ``issuers`` are the names of the 发文机关, printed or not; ``grid`` is a name of ``page.grids.GRIDS``; ``faces`` the author's
    choices of face by role (仿宋, 楷体, 黑体, 宋体, 小标宋); ``names`` the units' names that a title speaks of; ``files`` the
    plan's files with the names of their git blobs; ``disclosure`` is for the web.
    """

    plan: str
    sections: tuple[Section, ...]
    issuers: tuple[str, ...] = ()
    grid: str = "strict"
    faces: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    setting: PageOptions = PageOptions()
    files: tuple[tuple[str, str], ...] = ()
    disclosure: Disclosure | None = None

    def section(self, kind: str) -> Section:
        """The section of a kind that a document has once; an empty one where it has none."""
        return next((one for one in self.sections if one.kind == kind), _NOTHING)

    @cached_property
    def sequence(self) -> tuple[Block, ...]:
        """Everything printed, paragraph by paragraph and table by table, in reading order."""
        return tuple(block for section in self.sections for block in section.blocks)

    @property
    def elements(self) -> Iterator[Element]:
        """Every element of the sequence."""
        return elements(self.sequence)

    @cached_property
    def body(self) -> str:
        """Everything printed as one text, a line for each element."""
        return "\n".join(element.text for element in self.elements)

    @property
    def _head(self) -> Section:
        return self.section("head")

    @property
    def _section(self) -> Section:
        return self.section("main")

    @property
    def marks(self) -> tuple[str, ...]:
        """份号, 密级和保密期限 and 紧急程度, as far as given."""
        return tuple(mark.printed for mark in self._head.all(*_MARKS))

    @property
    def status(self) -> str:
        """稿本标识."""
        return self._head.text(Role.STATUS)

    @property
    def at_left(self) -> tuple[str, ...]:
        """What stands at the left edge of the first page, a line each: the marks and the status."""
        return (*self.marks, *((self.status,) if self.status else ()))

    @property
    def masthead(self) -> Masthead | None:
        """发文机关标志; None where there is none."""
        names = self._head.all(Role.MASTHEAD)
        if not names:
            return None
        own = tuple("".join(run.text for run in name.runs if run.start is not None) for name in names)
        return Masthead(own, names[-1].printed.removeprefix(own[-1]))

    @property
    def number(self) -> str:
        """发文字号, wherever it stands."""
        return "".join(section.text(Role.NUMBER) for section in self.sections)

    @property
    def notice(self) -> Notice | None:
        """The cover notice; None where there is none."""
        section = self.section("notice")
        return Notice(section) if section.blocks else None

    @property
    def name(self) -> str:
        """The title in one line; what the document is called where it has none."""
        return named_by(self) or self.plan

    @property
    def subtitle(self) -> str:
        """副标题."""
        return self._section.text(Role.SUBTITLE)

    @property
    def speaker(self) -> str:
        """报告人."""
        return self._section.text(Role.SPEAKER)

    @property
    def label(self) -> str:
        """附件, where the plan is an attachment of its notice."""
        return self._section.text(Role.LABEL)

    @cached_property
    def attachments(self) -> tuple[Attachment, ...]:
        """附件, which follow signature, date and note on pages of their own."""
        sections = (section for section in self.sections if section.kind == "attachment")
        return tuple(Attachment(section, listed_name(list_line(self, section))) for section in sections)

    @property
    def imprint(self) -> Imprint | None:
        """版记; None where there is none."""
        section = self.section("imprint")
        parts = (section.text(role) for role in (Role.COPIES, Role.OFFICE, Role.ISSUED))
        return Imprint(*parts) if section.blocks else None


_NOTHING = Section("main", ())
#: At most so many of the 字 that a text begins with, up to its first stop, name a document without a title.
_OPENING = 30
_STOP = re.compile("[，。；：！？,;:!?]")


def named_by(official: Official) -> LocatedText:
    """The title in one line, else its name in the notice's list, else the notice's title, else how the text begins.

    It is "" where the document begins with no text.
    """
    main, notice = official.section("main"), official.section("notice")
    names = (
        *(title.runs for title in main.all(Role.TITLE)),
        *(line.runs[1:] for line in notice.all(Role.LISTED) if line.address == LISTED_PLAN),
        *(title.runs for title in notice.all(Role.TITLE)),
    )
    if names:
        return LocatedText(names[0])
    first = main.body[0] if main.body else None
    text = LocatedText(first.runs if isinstance(first, Paragraph) and not first.level else ())
    stop = _STOP.search(text)
    return cut(text, min(stop.start() if stop else len(text), _OPENING))


def list_line(official: Official, attachment: Section) -> Paragraph | None:
    """The line that an attachment has in a 附件说明; None where no list names it."""
    address = attachment.blocks[0].address.removesuffix("label") + "listed"
    lines = (line for section in official.sections for line in section.all(Role.LISTED))
    return next((line for line in lines if line.address == address), None)


def listed_name(line: Paragraph | None) -> str:
    """What a line of a 附件说明 calls its attachment, without what stands before it; "" for no line."""
    return "".join(run.text for run in line.runs[1:]) if line else ""


def _lines(section: Section) -> tuple[str, ...]:
    return tuple(line for paragraph in section.all(Role.TITLE) for line in paragraph.lines)
