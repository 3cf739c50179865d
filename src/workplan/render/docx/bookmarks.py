"""Hidden bookmarks: the element of each printed paragraph of the file, and whether its text has been changed since.

The name of a bookmark is ``_wp``, a hash of the element's address, the letter of its role, and a hash of its text without
blanks. Word hides names that begin with an underscore, ignores case and allows 40 characters. Text that a person retypes in
a bookmark keeps its address and no longer agrees with its hash.

An annotation inside a paragraph has a bookmark of its own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from itertools import count, groupby
from typing import TYPE_CHECKING

from lxml import etree

from workplan.render.docx.address import AT, runs
from workplan.render.docx.addressed_text import address_and_role
from workplan.render.docx.markup import W
from workplan.render.docx.paragraph_ids import number
from workplan.render.docx.properties import remove
from workplan.view.sequence import BODY, Role
from workplan.view.sheet_lines import SheetRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docx.parts.document import DocumentPart
    from lxml.etree import _Element

#: A letter (or digit) for each role. Existing files keep theirs, so a letter is never given to another role.
LETTERS: dict[str, str] = {
    Role.SERIAL: "a",
    Role.SECRECY: "b",
    Role.URGENCY: "c",
    Role.STATUS: "d",
    Role.MASTHEAD: "e",
    Role.NUMBER: "f",
    Role.TITLE: "g",
    Role.SUBTITLE: "h",
    Role.SPEAKER: "i",
    Role.RECIPIENTS: "j",
    Role.PREAMBLE: "k",
    Role.SECTION: "l",
    Role.RUN_IN: "m",
    Role.TEXT: "n",
    Role.CLAUSE: "o",
    Role.CLAUSE_TITLE: "p",
    Role.UNITS: "q",
    Role.COLUMN: "r",
    Role.CELL: "s",
    Role.CLOSING: "t",
    Role.LISTED: "u",
    Role.LABEL: "v",
    Role.SIGNATURE: "w",
    Role.DATE: "x",
    Role.NOTE: "y",
    Role.COPIES: "z",
    Role.OFFICE: "2",
    Role.ISSUED: "3",
    # Lines of a task sheet; those with the name of a role of the document share its letter.
    SheetRole.PLAN: "4",
    SheetRole.ABOUT: "5",
    SheetRole.TASK: "6",
    SheetRole.OWN: "7",
    SheetRole.FACT: "8",
    SheetRole.BLANK: "9",
    SheetRole.POSSIBLE: "0",
    SheetRole.SIGN: "1",
}
_NAME = re.compile(r"_wp[a-z2-7]{10}[a-z0-9][a-z2-7]{10}")
_COPY = "_copy_"
_FOUND = re.compile(rf"{_NAME.pattern}(?:{_COPY}\d+)*")
_START, _END, _PARAGRAPH, _CELL = f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}p", f"{W}tc"
_DELETED = (f"{W}del", f"{W}moveFrom")
_STORIES = ("header", "footer", "footnotes", "endnotes")
#: Number of characters of a hash, and of all that stands before that of the text.
_HASH = 10
_ELEMENT = len("_wp") + _HASH + 1


def name(address: str, role: str, text: str) -> str:
    """The name of an element's bookmark, 24 characters long."""
    return f"{known_as(address, role)}{_hash(''.join(text.split()))}"


def known_as(address: str, role: str) -> str:
    """What the name of an element's bookmark begins with, whatever its text is."""
    return f"_wp{_hash(address)}{LETTERS[role]}"


def element_of(bookmark: str) -> str:
    """What of a bookmark's name says its element, as ``known_as`` has it."""
    return bookmark[:_ELEMENT].lower()


def says(bookmark: str, text: str) -> bool:
    """Whether a bookmark was put around a text (blanks aside); programs may have put more behind its name."""
    return bookmark[_ELEMENT : _ELEMENT + _HASH].lower() == _hash("".join(text.split()))


def is_ours(found: str) -> bool:
    """Whether a bookmark of that name is one of these, in whatever case, or what LibreOffice calls a copy of one."""
    return _FOUND.fullmatch(found.lower()) is not None


def original(found: str) -> str:
    """The name that a bookmark of ours was given; another one for a copy."""
    return found.lower().partition(_COPY)[0]


def role_letter(bookmark: str) -> str:
    """The letter in a bookmark's name that stands for the role of its element."""
    return bookmark[_ELEMENT - 1 : _ELEMENT].lower()


def is_annotation(own: str) -> bool:
    """Whether a bookmark of that name is that of an annotation, which stands in the one of its paragraph and never around it."""
    return role_letter(own) == LETTERS[Role.UNITS]


def is_sheet(names: Iterable[str]) -> bool:
    """Whether bookmarks are those of a task sheet: some stand in no other file of ours, and none in a document alone."""
    letters = {role_letter(one) for one in names}
    document, sheet = ({LETTERS[role] for role in roles} for roles in (Role, SheetRole))
    return bool(letters & (sheet - document)) and not letters & (document - sheet)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.b32encode(digest).decode()[:_HASH].lower()


def put(part: DocumentPart) -> None:
    """Put a bookmark around everything that a filled document prints, and number its paragraphs."""
    paragraphs = list(part.element.body.iter(_PARAGRAPH))
    numbers, taken = count(_first(part)), set[str]()
    for stretch in _stretches(paragraphs):
        _enclose(stretch, numbers, taken)
        for annotation in stretch.annotations():
            _enclose(annotation, numbers, taken)
    number(part.element, {paragraph: stretch.address for paragraph, stretch in _first_stretches(paragraphs)})


def clear(root: _Element) -> None:
    """Remove bookmarks of an earlier build: a finished document was made into a template."""
    stale = [mark for mark in root.iter(_START) if _NAME.fullmatch(mark.get(f"{W}name", ""))]
    numbers = {mark.get(f"{W}id") for mark in stale}
    for mark in [*stale, *(end for end in root.iter(_END) if end.get(f"{W}id") in numbers)]:
        remove(mark)


def sweep(root: _Element) -> None:
    """Remove runs that hold the place of an element without a text: they are empty."""
    for run in [run for run in root.iter(f"{W}r") if run.get(AT)]:
        if all(child.tag == f"{W}rPr" or (child.tag == f"{W}t" and not child.text) for child in run):
            remove(run)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Consecutive runs that print one element, or a title with its text and its annotation."""

    runs: list[_Element]

    @property
    def address(self) -> str:
        return address_and_role(self.runs[0].get(AT, ""))[0]

    @property
    def role(self) -> str:
        return address_and_role(self.runs[0].get(AT, ""))[1]

    @property
    def name(self) -> str:
        return name(self.address, self.role, "".join(map(_text, self.runs)))

    def goes_on(self, tag: str) -> bool:
        """Whether a run with the ``tag`` belongs to it: the same element, or running text after running text."""
        return self.runs[-1].get(AT) == tag or (self.role in BODY and address_and_role(tag)[1] in BODY)

    def goes_on_in_cell(self, other: _Stretch) -> bool:
        """Whether ``other`` is the next line of the same element in the same table cell."""
        mine, its = (next(one.runs[-1].iterancestors(_PARAGRAPH)).getparent() for one in (self, other))
        return self.address == other.address and mine is its and mine is not None and mine.tag == _CELL

    def annotations(self) -> Iterator[_Stretch]:
        """The annotations in it."""
        for tag, same in groupby(self.runs, key=lambda run: run.get(AT, "")):
            if address_and_role(tag)[1] == Role.UNITS:
                yield _Stretch(list(same))


def _stretches(paragraphs: Iterable[_Element]) -> list[_Stretch]:
    """The stretches of all paragraphs, in order; the lines of a table cell are one."""
    stretches: list[_Stretch] = []
    for paragraph in paragraphs:
        own = _stretches_of(paragraph)
        if stretches and own and stretches[-1].goes_on_in_cell(own[0]):
            stretches[-1].runs.extend(own.pop(0).runs)
        stretches.extend(own)
    return stretches


def _first_stretches(paragraphs: Iterable[_Element]) -> Iterator[tuple[_Element, _Stretch]]:
    """Each paragraph that prints elements, with its first stretch."""
    return ((paragraph, own[0]) for paragraph in paragraphs if (own := _stretches_of(paragraph)))


def _stretches_of(paragraph: _Element) -> list[_Stretch]:
    """The stretches of one paragraph; neither deleted text separates them, nor a tab between label and text."""
    stretches: list[_Stretch] = []
    separated = True
    for run in runs(paragraph):
        tag = run.get(AT, "")
        if tag and not separated and stretches[-1].goes_on(tag):
            stretches[-1].runs.append(run)
        elif tag:
            stretches.append(_Stretch([run]))
        if tag or next(run.iterancestors(*_DELETED), None) is None:
            separated = not stretches or (not tag and bool(_text(run)))
    return stretches


def _text(run: _Element) -> str:
    """The text of a run, without line ends and tabs."""
    return "".join(text.text or "" for text in run.iterchildren(f"{W}t"))


def _enclose(stretch: _Stretch, numbers: Iterator[int], taken: set[str]) -> None:
    """Put the bookmark around a stretch, unless there is one of that name."""
    own = stretch.name
    if own in taken:
        return
    taken.add(own)
    key = {f"{W}id": str(next(numbers))}
    _outermost(stretch.runs[0], 0).addprevious(etree.Element(_START, key | {f"{W}name": own}))
    _outermost(stretch.runs[-1], -1).addnext(etree.Element(_END, key))


def _outermost(run: _Element, side: int) -> _Element:
    """The outermost element in the paragraph that begins (``side`` 0) or ends (-1) with a run: a tracked change, a link."""
    element, parent = run, run.getparent()
    while parent is not None and parent.tag != _PARAGRAPH:
        children = [child for child in parent if not str(child.tag).endswith("Pr")]
        if children[side] is not element:
            break
        element, parent = parent, parent.getparent()
    return element


def _first(part: DocumentPart) -> int:
    """The least number above all ids of the document."""
    stories = [relation.target_part.blob for relation in part.rels.values() if relation.reltype.endswith(_STORIES)]
    roots = [part.element, *map(etree.fromstring, stories)]
    taken = (mark.get(f"{W}id", "") for root in roots for mark in root.iter(f"{W}*"))
    return max((int(key) for key in taken if key.isdecimal()), default=0) + 1
