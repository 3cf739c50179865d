"""A DOCX as pieces in the order of reading."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.importing.characters import dropped, plain
from workplan.importing.package import Package
from workplan.importing.piece import Looks, Outside, Paragraph, Picture, Place, Table
from workplan.importing.readers.docx.content import picture_name
from workplan.importing.readers.docx.inline import Inline, Line
from workplan.importing.readers.docx.look import Styles, goes_on, looks
from workplan.importing.readers.docx.names import child, children, name, relation, value
from workplan.importing.readers.docx.numbering import Numbering
from workplan.importing.readers.docx.parts import Parts, parts
from workplan.importing.readers.docx.tables import table
from workplan.importing.record import Deed, Reading, Record, Revisions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from workplan.importing.piece import Piece
    from workplan.importing.readers.docx.watch import Watch

#: Wrappers of whole paragraphs and tables.
_WRAPPERS = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:del", "w:moveFrom", "Choice"})
#: What a footer that only numbers the page says.
_PAGE_NUMBER = re.compile(r"[\s\d０-９—–\-－·.．/第共页]*")
_NOT_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read(content: bytes, file: str, revisions: Revisions = Revisions.ACCEPT) -> Reading:
    """The pieces of a DOCX; ``file`` is what the user calls it.

    Raises Misuse where it is broken or too large to open, and where part of its text lies in another file. Nothing that it
    links to is fetched.
    """
    return Reader(parts(Package(content, file), file), file, revisions).reading()


@dataclass
class Reader:
    """Reads the parts of a DOCX once; ``watch`` also has what hangs on each text handed on."""

    parts: Parts
    file: str
    revisions: Revisions
    watch: Watch | None = None
    _block: int = 0
    _carried: Line | None = None
    #: The paragraph that a carried line began with, where the next one only goes on with it.
    _opened: _Element | None = None
    _margins: dict[str, _Element] = field(default_factory=dict)
    #: Notes by kind and identifier, until they are read at their mark.
    _notes: dict[str, dict[str, _Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Ready what all paragraphs share."""
        self.styles = Styles(self.parts.styles)
        self.numbering = Numbering(self.parts.numbering)
        self.inline = Inline(self.parts, self.styles, self.revisions, self.file, watch=self.watch)

    def reading(self) -> Reading:
        """The pieces of the document. Raises Misuse as ``read`` does."""
        body = child(self.parts.body, "w:body")
        self.inline.begin(body)
        pieces = [] if body is None else self._blocks(body)
        pieces += self._margins_read()
        if not any(
            isinstance(piece, Table) or (isinstance(piece, Paragraph) and piece.outside is None) for piece in pieces
        ):
            raise Misuse("import-no-text", path=self.file)
        return Reading(tuple(pieces), tuple(self.inline.records))

    def text_of(self, element: _Element) -> str:
        """The paragraphs of what stands beside the document, such as a comment, a line each; nothing of it is recorded."""
        return "\n".join(piece.text for piece in self.pieces_of(element) if isinstance(piece, Paragraph) and piece.text)

    def pieces_of(self, element: _Element) -> list[Piece]:
        """What stands in an element by itself, such as a comment or a cell; nothing of it is recorded."""
        records, self.inline.records = self.inline.records, []
        pieces = self._apart(element, Place(), Looks())
        self.inline.records = records
        return pieces

    def _blocks(self, element: _Element) -> list[Piece]:
        """The pieces of a body, counted."""
        pieces: list[Piece] = []
        for node in _blocks(element):
            kind = name(node)
            if kind == "w:sectPr":
                self._section(node)
                continue
            self._block += 1
            pieces += self._piece(node, Place(block=self._block), Looks())
            for section in node.iter("{*}sectPr") if kind == "w:p" else ():
                self._section(section)
        return pieces + self._rest(Place(block=self._block))

    def _inside(self, element: _Element | None, place: Place, within: Looks) -> list[Piece]:
        """The pieces of a cell, a text box or a note: all of them at its place."""
        carried, self._carried = self._carried, None
        pieces = [
            piece for node in _blocks(element) if name(node) != "w:sectPr" for piece in self._piece(node, place, within)
        ]
        pieces += self._rest(place)
        self._carried = carried
        return pieces

    def _apart(self, element: _Element | None, place: Place, within: Looks) -> list[Piece]:
        """The same of what stands elsewhere than the line that it hangs on."""
        with self.watch.apart() if self.watch is not None else nullcontext():
            return self._inside(element, place, within)

    def _piece(self, node: _Element, place: Place, within: Looks) -> list[Piece]:
        match name(node):
            case "w:p":
                return self._paragraph(node, place, within)
            case "w:tbl":
                before = self._rest(place)
                found, others, records = table(node, place, lambda cell, at: self._inside(cell, at, within), self.watch)
                self.inline.records += records
                return [*before, found, *others]
            case "w:altChunk":
                link = self.parts.links.get(relation(node))
                raise Misuse("import-outside", path=self.file, target=(link.part or link.target) if link else "?")
            case kind if kind in {"m:oMathPara", "m:oMath"}:
                said = "".join(one.text or "" for one in node.iter() if name(one) == "m:t")
                self.inline.records.append(Record(Deed.FLATTENED, place, said))
                return list(self._text(Paragraph(said, place, within)))
        return []

    def _paragraph(self, node: _Element, place: Place, within: Looks) -> list[Piece]:
        number, indents = self._number(node)
        number = "" if self._carried is not None else number
        line, self._carried = self.inline.line(node, place, self._carried), None
        if self.inline.mark_goes(node):
            self._carried = line
            return []
        begun, self._opened = node if self._opened is None else self._opened, None
        if goes_on(node, line.text):
            self._carried, self._opened = line, begun
            return []
        shown = looks(begun, line.runs, self.styles, indents)
        return self._finished(line, place, replace(shown, boxed=shown.boxed or within.boxed), number)

    def _finished(self, line: Line, place: Place, shown: Looks, number: str) -> list[Piece]:
        text, hanging = line.text, line.ended()
        blank = len(text) - len(text.lstrip())
        before = [figure for figure, at in line.figures if at <= blank]
        after = [figure for figure, at in line.figures if at > blank]
        outside = Outside.NAVIGATION if line.contents else None
        return [
            *(piece for figure in before for piece in self._figure(figure, place)),
            *self._text(
                Paragraph(number + text, place, shown, automatic=len(number), outside=outside, hanging=hanging)
            ),
            *(piece for figure in after for piece in self._figure(figure, place)),
            *(piece for kind, identifier, mark in line.notes for piece in self._note(kind, identifier, mark, place)),
        ]

    def _text(self, read: Paragraph) -> Iterator[Paragraph]:
        """A paragraph as it was read (what hangs on it without its number), with its characters made plain."""
        place, number, text = read.place, read.text[: read.automatic], read.text[read.automatic :]
        number, by_number = plain(number, place)
        rest, by_text = plain(text, place)
        if number.strip():
            self.inline.records.append(Record(Deed.NUMBERED, place, "", number.strip()))
        self.inline.records += by_number + by_text
        hanging = read.hanging
        if hanging is not None:
            hanging = hanging.without(dropped(text)).moved(len(number)).on(number + rest)
        if (number + rest).strip() or hanging:
            yield replace(read, text=number + rest, automatic=len(number), hanging=hanging)

    def _number(self, node: _Element) -> tuple[str, tuple[int | None, int | None]]:
        """The number of a paragraph with the separator behind it, and the indents that its list sets."""
        properties = child(node, "w:pPr")
        identifier, level = self.styles.list_of(properties, value(child(properties, "w:pStyle")))
        if not identifier:
            return "", (None, None)
        return self.numbering.next(identifier, level), self.numbering.indents(identifier, level)

    def _figure(self, figure: _Element, place: Place) -> list[Piece]:
        """What a drawing holds: the paragraphs of its text boxes, words set as a picture, else the picture itself."""
        boxes = [one for one in figure.iter("{*}txbxContent") if not _in_fallback(one, figure)]
        outer = [one for one in boxes if not any(other in boxes for other in one.iterancestors())]
        pieces = [piece for box in outer for piece in self._apart(box, place, Looks(boxed=True))]
        for path in figure.iter("{*}textpath"):
            pieces += self._text(Paragraph(path.get("string") or "", place, Looks(boxed=True)))
        if pieces:
            return pieces
        has_content = any(True for _ in figure.iter("{*}imagedata", "{*}blip", "{*}OLEObject", "{*}chart", "{*}relIds"))
        if not has_content:
            return []
        said = picture_name(figure)
        self.inline.records.append(Record(Deed.NOTED, place, said))
        return [Picture(said, place)]

    def _note(self, kind: str, identifier: str, mark: str, place: Place) -> list[Piece]:
        if kind not in self._notes:
            root = self.parts.footnotes if kind == "footnotes" else self.parts.endnotes
            found = [one for one in (root if root is not None else ()) if value(one, "type") not in _NOT_NOTES]
            self._notes[kind] = {value(one, "id"): one for one in reversed(found)}
        pieces = self._apart(self._notes[kind].pop(identifier, None), place, Looks())
        for at, piece in enumerate(pieces):
            if isinstance(piece, Paragraph):
                text = mark + piece.text.lstrip()
                hanging = piece.hanging and piece.hanging.moved(len(text) - len(piece.text))
                pieces[at] = replace(piece, text=text, automatic=len(mark) + piece.automatic, hanging=hanging)
                break
        return pieces

    def _rest(self, place: Place) -> list[Piece]:
        """The text of a last paragraph whose end is taken away."""
        line, self._carried = self._carried, None
        return [] if line is None else list(self._text(Paragraph(line.text, place, hanging=line.ended())))

    def _section(self, section: _Element) -> None:
        for one in section:
            if name(one) in {"w:headerReference", "w:footerReference"}:
                self._margins.setdefault(relation(one), one)

    def _margins_read(self) -> list[Piece]:
        """The headers and footers, each text once."""
        pieces: list[Piece] = []
        seen: set[str] = set()
        for identifier, reference in self._margins.items():
            root = self.parts.part(identifier)
            self.inline.begin(root)
            where = Outside.HEADER if name(reference) == "w:headerReference" else Outside.FOOTER
            for piece in self._inside(root, Place(), Looks()):
                if isinstance(piece, Paragraph) and piece.text not in seen:
                    seen.add(piece.text)
                    number = _PAGE_NUMBER.fullmatch(piece.text)
                    pieces.append(replace(piece, outside=Outside.PAGE_NUMBER if number else where))
        return pieces


def _blocks(element: _Element | None) -> Iterator[_Element]:
    """The paragraphs, tables and the like directly below, through wrappers."""
    for node in () if element is None else element:
        kind = name(node)
        if kind == "AlternateContent":
            yield from _blocks(next(children(node, "Choice"), next(iter(node), None)))
        elif kind in _WRAPPERS:
            yield from _blocks(node)
        elif kind in {"w:p", "w:tbl", "w:altChunk", "w:sectPr", "m:oMath", "m:oMathPara"}:
            yield node


def _in_fallback(one: _Element, top: _Element) -> bool:
    """Whether an element is what older programs show in place of another one that is read."""
    for ancestor in one.iterancestors():
        if ancestor is top:
            return False
        if name(ancestor) == "Fallback":
            return True
    return False
