"""The text of one paragraph of a DOCX: runs, fields, tracked changes, formulas, notes, and what hangs on it."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.importing.readers.counters import raised
from workplan.importing.readers.docx.content import MARKS, alternative, base, is_on_attribute, symbol, words
from workplan.importing.readers.docx.names import child, is_on, name, relation, value
from workplan.importing.readers.docx.watch import Hung
from workplan.importing.record import Deed, Record, Revisions

if TYPE_CHECKING:
    from lxml.etree import _Element

    from workplan.importing.hanging import Hanging
    from workplan.importing.piece import Place
    from workplan.importing.readers.docx.look import Styles
    from workplan.importing.readers.docx.parts import Parts
    from workplan.importing.readers.docx.watch import Watch

_INSERTED, _DELETED = frozenset({"w:ins", "w:moveTo"}), frozenset({"w:del", "w:moveFrom"})
#: What only wraps other elements.
_WRAPPERS = frozenset(
    {"w:hyperlink", "w:smartTag", "w:customXml", "w:fldSimple", "w:dir", "w:bdo", "w:sdtContent", "w:sdt"}
) | {
    "w:rubyBase",
    "Choice",
}
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
_FIGURES = frozenset({"w:drawing", "w:pict", "w:object"})
_FORMULAS = frozenset({"m:oMath", "m:oMathPara"})
#: A field that makes a table of contents.
_CONTENTS = "TOC"
#: Number of characters of a field's instruction that are looked at.
_INSTRUCTION = 200
_CHECKBOX = ("w:ffData", "w:checkBox")


def left_out(revisions: Revisions) -> frozenset[str]:
    """The kinds of tracked changes whose words are not printed under the option."""
    return _DELETED if revisions is Revisions.ACCEPT else _INSERTED


@dataclass
class Line:
    """What one paragraph holds; ``runs`` are its printed runs with their numbers of characters."""

    said: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[tuple[_Element, int]] = field(default_factory=list)
    #: Figures with the number of characters before them.
    figures: list[tuple[_Element, int]] = field(default_factory=list)
    #: Notes by kind and identifier, with the mark that refers to them.
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    #: Whether it is a line of a table of contents that Word keeps.
    contents: bool = False
    #: What hangs on it, where that is watched.
    hung: Hung | None = None

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(self.said)

    def ended(self) -> Hanging | None:
        """What hangs on it, once it has ended; None where nobody watches."""
        return None if self.hung is None else self.hung.leave(self.length)

    def add(self, text: str) -> None:
        """Go on with some characters."""
        if self.hung is not None:
            self.hung.words(text, self.length)
        self.said.append(text)
        self.length += len(text)


@dataclass
class _Field:
    instruction: str = ""
    shows: bool = False
    #: Whether it makes a table of contents.
    contents: bool = False


@dataclass
class Inline:
    """Reads paragraphs in their order: a field may go on from one to the next."""

    parts: Parts
    styles: Styles
    revisions: Revisions
    file: str
    watch: Watch | None = None
    records: list[Record] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)
    _notes: dict[str, int] = field(default_factory=dict)
    _place: Place | None = None
    #: Beginnings of fields without an end, which a damaged file has: what follows them is text.
    _unended: set[_Element] = field(default_factory=set)

    def begin(self, root: _Element | None) -> None:
        """Look through a part before its paragraphs are read."""
        self._fields.clear()
        begun: list[_Element] = []
        for mark in root.iter("{*}fldChar") if root is not None else ():
            if value(mark, "fldCharType") == "begin":
                begun.append(mark)
            elif value(mark, "fldCharType") == "end" and begun:
                begun.pop()
        self._unended = set(begun)
        if self.watch is not None:
            self.watch.begin(root)

    def line(self, paragraph: _Element, place: Place, line: Line | None = None) -> Line:
        """The text of a paragraph and what hangs on it; put behind ``line`` where that goes on."""
        self._place = place
        contents = line is None or line.contents
        line = line or Line(hung=None if self.watch is None else Hung(self.watch))
        line.contents = self._in_contents()
        if line.hung is not None:
            line.hung.enter(paragraph, line.length)
        self._walk(paragraph, line)
        if line.hung is not None:
            line.hung.mark(paragraph, line.length)
        line.contents = contents and (line.contents or self._in_contents())
        return line

    def leaves_out(self, element: _Element) -> bool:
        """Whether a wrapper of tracked text, or the mark of a paragraph, is not printed under the option."""
        return name(element) in left_out(self.revisions)

    def mark_goes(self, paragraph: _Element) -> bool:
        """Whether the end of a paragraph is taken away, so that the next one goes on with it."""
        marks = child(paragraph, "w:pPr", "w:rPr")
        return marks is not None and any(self.leaves_out(one) for one in marks)

    def _in_contents(self) -> bool:
        return any(one.contents for one in self._fields)

    def _walk(self, element: _Element, line: Line) -> None:
        for node in element:
            kind = name(node)
            if kind == "w:r":
                self._run(node, line)
            elif kind in _INSERTED or kind in _DELETED:
                self._change(node, line)
            elif kind == "AlternateContent":
                self._walk(alternative(node), line)
            elif kind in _FORMULAS:
                self._formula(node, line)
            elif kind == "w:subDoc":
                link = self.parts.links.get(relation(node))
                raise Misuse("import-outside", path=self.file, target=link.target if link else "?")
            elif kind in _WRAPPERS:
                self._walk(node, line)
            elif line.hung is not None:
                line.hung.meet(node, line.length)

    def _change(self, node: _Element, line: Line) -> None:
        with self.watch.change(node) if self.watch is not None else nullcontext():
            if not self.leaves_out(node):
                self._walk(node, line)
                return
            if line.hung is not None:
                self._follow(node, line, line.hung)
        if said := "".join(one.text or "" for one in node.iter("{*}t", "{*}delText")):
            self._record(Deed.DELETED, said)

    def _follow(self, element: _Element, line: Line, hung: Hung) -> None:
        """What is left out, for whoever watches: its words, and what begins and ends among them."""
        for node in element:
            kind = name(node)
            if kind in {"w:t", "w:delText"} or kind in MARKS:
                hung.words(MARKS.get(kind) or words(node), line.length, shown=False)
            elif (kind in _INSERTED or kind in _DELETED) and self.watch is not None:
                with self.watch.change(node):
                    self._follow(node, line, hung)
            elif kind == "w:r" or kind in _WRAPPERS:
                self._follow(node, line, hung)
            else:
                hung.meet(node, line.length)

    def _formula(self, node: _Element, line: Line) -> None:
        said = "".join(one.text or "" for one in node.iter() if name(one) in {"m:t", "w:t"})
        line.add(said)
        self._record(Deed.FLATTENED, said)

    def _run(self, run: _Element, line: Line) -> None:
        before = len(line.said)
        hidden = Line() if self._is_hidden(run) else None
        self._contents(run, hidden or line)
        if hidden is not None and hidden.text.strip():
            self._record(Deed.LEFT_OUT, hidden.text)
        if len(line.said) > before:
            line.runs.append((run, sum(len("".join(one.split())) for one in line.said[before:])))

    def _contents(self, run: _Element, line: Line) -> None:
        for node in run:
            kind = name(node)
            if kind == "w:fldChar":
                self._field(node, line)
            elif kind == "w:instrText" and self._fields:
                self._fields[-1].instruction = (self._fields[-1].instruction + (node.text or ""))[:_INSTRUCTION]
            elif self._shows():
                self._content(node, kind, line)
            elif kind == "w:t" and (node.text or "").strip():
                self._record(Deed.LEFT_OUT, node.text or "")

    def _content(self, node: _Element, kind: str, line: Line) -> None:
        if kind in {"w:t", "w:delText"}:
            line.add(words(node))
        elif kind in MARKS:
            line.add(MARKS[kind])
        elif kind == "w:sym":
            line.add(symbol(node))
        elif kind in _FIGURES:
            line.figures.append((node, line.length))
        elif kind in _NOTES:
            self._note(node, _NOTES[kind], line)
        elif kind == "w:commentReference" and line.hung is not None:
            line.hung.meet(node, line.length)
        elif kind in {"AlternateContent", "w:ruby"}:
            self._contents(alternative(node) if kind == "AlternateContent" else base(node), line)
            self._readings(node)
        elif kind == "w:r":
            self._run(node, line)

    def _readings(self, node: _Element) -> None:
        """What is written above characters to say how they are read: left out, as it is no part of the sentence."""
        if name(node) == "w:ruby" and (said := "".join(one.text or "" for one in node.iterfind("{*}rt//{*}t"))):
            self._record(Deed.LEFT_OUT, said)

    def _field(self, node: _Element, line: Line) -> None:
        match value(node, "fldCharType"):
            case "begin" if node not in self._unended:
                box = child(node, *_CHECKBOX)
                self._fields.append(_Field())
                if box is not None and self._shows(len(self._fields) - 1):
                    state = child(box, "w:checked") if child(box, "w:checked") is not None else child(box, "w:default")
                    line.add("☑" if is_on(state) else "□")
            case "separate" if self._fields:
                last = self._fields[-1]
                last.shows = True
                last.contents = last.instruction.strip().upper().startswith(_CONTENTS)
            case "end" if self._fields:
                self._fields.pop()

    def _shows(self, depth: int | None = None) -> bool:
        """Whether text at this point is printed, and is not what a field is told to do."""
        return all(one.shows for one in self._fields[:depth])

    def _note(self, node: _Element, kind: str, line: Line) -> None:
        self._notes[kind] = self._notes.get(kind, 0) + 1
        mark = "" if is_on_attribute(node, "customMarkFollows") else raised(self._notes[kind])
        line.add(mark)
        line.notes.append((kind, value(node, "id"), mark))
        if mark:
            self._record(Deed.NUMBERED, "", mark)

    def _is_hidden(self, run: _Element) -> bool:
        own = child(run, "w:rPr")
        if own is None:
            return False
        mark = child(own, "w:vanish")
        if mark is not None:
            return is_on(mark)
        style = child(own, "w:rStyle")
        if style is None:
            return False
        found = (child(one, "w:vanish") for one in self.styles.run_settings(value(style)))
        return is_on(next((one for one in found if one is not None), None))

    def _record(self, deed: Deed, text: str, became: str = "") -> None:
        if self._place is not None:
            self.records.append(Record(deed, self._place, text, became))
