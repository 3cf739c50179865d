"""Follows bookmarks, comments and tracked changes through the paragraphs of a DOCX, while another reads their text.

Ranges may begin in one paragraph and end in a later one, between paragraphs, or within a tracked change. Ends without a
beginning and beginnings without an end are nothing, as they are to Word.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.importing.hanging import Change, Hanging, Stretch
from workplan.importing.readers.docx.names import child, name, value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

_STARTS = {"w:bookmarkStart": "bookmark", "w:commentRangeStart": "comment"}
_ENDS = {"w:bookmarkEnd": "bookmark", "w:commentRangeEnd": "comment"}
_FOLLOWED = ("{*}p", *(f"{{*}}{one.removeprefix('w:')}" for one in (*_STARTS, *_ENDS)))
_IDENTIFIER = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_TRACKED = frozenset({"w:ins", "w:del", "w:moveFrom", "w:moveTo"})
#: What tracks the whole of a row or cell, and how the same is called of words.
_WHOLE = {"w:ins": "w:ins", "w:del": "w:del", "w:cellIns": "w:ins", "w:cellDel": "w:del"}
#: How deep tracked changes within each other are told: Word makes two.
_DEEPEST = 4
#: Paragraphs on which bookmarks go on, in all: a document has a few, one made to harm has all of them on all.
_MOST = 300_000

#: The kind of a tracked change, its author and its date.
Who = tuple[str, str, str]


@dataclass(eq=False, slots=True)
class Range:
    """A bookmark or a comment from its beginning to its end, which stands at ``end`` in its part."""

    name: str
    number: int
    end: int
    of_comment: bool
    seen: bool = False


@dataclass(slots=True)
class _Tracked:
    """A tracked change while its words are gathered; ``shown`` says that the text has them."""

    who: Who
    start: int
    end: int
    shown: bool
    words: list[str]

    def done(self) -> Change:
        kind, author, date = self.who
        words = "".join(self.words)
        return Change(kind=kind, start=self.start, end=self.end, words=words, author=author, date=date)


@dataclass
class Watch:
    """What is open at a point of the document; ``wanted`` says which bookmarks, by their names, ``file`` what the user calls it.

    ``goes`` are the kinds of tracked changes whose words the text does not have.
    """

    wanted: Callable[[str], bool]
    goes: frozenset[str]
    file: str
    #: Every range by the elements where it begins and ends; where each paragraph begins in its part.
    ranges: dict[_Element, Range] = field(default_factory=dict)
    places: dict[_Element, int] = field(default_factory=dict)
    #: Bookmarks that go on, and tracked changes around what is read.
    open: dict[Range, None] = field(default_factory=dict)
    active: list[Who] = field(default_factory=list)
    #: Comments that have a place.
    commented: set[str] = field(default_factory=set)
    _starts: list[tuple[int, Range]] = field(default_factory=list)
    _next: int = 0
    _numbers: int = 0
    _count: int = 0

    def begin(self, root: _Element | None) -> None:
        """Look through a part: which beginning belongs to which end."""
        self.ranges, self.places, self._starts, self._next = {}, {}, [], 0
        self.open.clear()
        begun: dict[tuple[str, str], list[tuple[int, _Element]]] = {}
        for at, node in enumerate(root.iter(*_FOLLOWED) if root is not None else ()):
            kind = name(node)
            if kind == "w:p":
                self.places[node] = at
            elif kind in _STARTS:
                begun.setdefault((_STARTS[kind], value(node, "id")), []).append((at, node))
            elif waiting := begun.get((_ENDS.get(kind, ""), value(node, "id"))):
                self._pair(*waiting.pop(), node, at)
        self._continue([one for waiting in begun.values() for one in waiting])
        self._starts.sort(key=lambda one: one[0])

    def _pair(self, at: int, start: _Element, end: _Element, ends: int) -> None:
        of_comment = name(start) == "w:commentRangeStart"
        key = value(start, "id" if of_comment else "name")
        if key in self.commented if of_comment else not self.wanted(key):
            return
        if of_comment:
            self.commented.add(key)
        self._numbers += 1
        found = Range(key, self._numbers, ends, of_comment)
        self.ranges[start] = self.ranges[end] = found
        self._starts.append((at, found))

    def _continue(self, unended: list[tuple[int, _Element]]) -> None:
        """LibreOffice begins a bookmark anew in each paragraph that it goes on in, and ends only the last: they are one."""
        named: dict[str, list[tuple[int, Range]]] = {}
        for at, one in sorted(self._starts, key=lambda found: -found[0]):
            named.setdefault(one.name, []).append((at, one))
        for at, start in sorted(unended, key=lambda found: found[0]):
            later = named.get(value(start, "name"), [])
            while later and later[-1][0] < at:
                later.pop()
            if later:
                self.ranges[start] = later[-1][1]
                self._starts.append((at, later[-1][1]))

    def missed(self, paragraph: _Element) -> list[Range]:
        """What began between the paragraph before and this one, or in what is not read; what ended there is open no more."""
        at = self.places.get(paragraph)
        found: list[Range] = []
        while at is not None and self._next < len(self._starts) and self._starts[self._next][0] < at:
            one = self._starts[self._next][1]
            self._next += 1
            if not one.seen and one.end > at:
                found.append(one)
        self._count += len(self.open)
        if self._count > _MOST:
            raise Misuse("import-elements", path=self.file, limit=_MOST)
        for one in [one for one in self.open if at is not None and one.end < at]:
            del self.open[one]
        return found

    @contextmanager
    def change(self, node: _Element) -> Iterator[None]:
        """The words that are read meanwhile are those of a tracked change."""
        self.active.append(_who(node, name(node)))
        yield
        self.active.pop()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is read meanwhile stands elsewhere than the line: in a text box, a note, a comment."""
        kept = self.open, self.active
        self.open, self.active = {}, []
        yield
        self.open, self.active = kept

    def whole(self, row: _Element, cell: _Element | None, text: str, own: Hanging) -> tuple[str, Hanging]:
        """The text of a cell and what hangs on it, where the cell or its row is inserted or deleted as a whole."""
        for holder in (child(row, "w:trPr"), child(cell, "w:tcPr")):
            for one in holder if holder is not None else ():
                kind = _WHOLE.get(name(one), "")
                if not kind or not text:
                    continue
                goes = kind in self.goes
                added = _whole(_who(one, kind), text, goes=goes)
                told = sum(len(change.words) for change in own.changes if change.kind == added.kind)
                text, own = ("", own.collapsed()) if goes else (text, own)
                if told < len(added.words):
                    own = replace(own, changes=(*own.changes, added))
        return text, own


@dataclass(slots=True)
class Hung:
    """What hangs on one line, while it is read."""

    watch: Watch
    identifier: str = ""
    #: Bookmarks, and comments, that have begun on it and not ended, and where.
    _bookmarks: dict[Range, int] = field(default_factory=dict)
    _comments: dict[Range, int] = field(default_factory=dict)
    _done: list[Stretch] = field(default_factory=list)
    _commented: list[Stretch] = field(default_factory=list)
    _changes: list[_Tracked] = field(default_factory=list)
    #: The last change of each kind and author, which goes on where the next words touch it.
    _last: dict[Who, _Tracked] = field(default_factory=dict)

    def enter(self, paragraph: _Element, length: int) -> None:
        """A paragraph begins, on the line that has ``length`` characters already."""
        self.identifier = paragraph.get(_IDENTIFIER) or self.identifier
        for one in self.watch.missed(paragraph):
            self._start(one, length)
        for one in [one for one in self._bookmarks if one not in self.watch.open]:
            self._close(one, length)
        for one in self.watch.open:
            self._bookmarks.setdefault(one, length)

    def leave(self, length: int) -> Hanging:
        """The line ends: all that hangs on it."""
        for one in (*self._bookmarks, *self._comments):
            self._close(one, length, goes_on=True)
        return Hanging(
            bookmarks=tuple(sorted(self._done, key=lambda one: (one.start, -one.end))),
            comments=tuple(sorted(self._commented, key=lambda one: one.start)),
            changes=tuple(one.done() for one in self._changes),
            identifier=self.identifier,
        )

    def meet(self, node: _Element, length: int) -> None:
        """An element that is no text."""
        found = self.watch.ranges.get(node)
        kind = name(node)
        if found is not None and kind in _STARTS and not found.seen:
            self._start(found, length)
        elif found is not None and kind in _ENDS:
            self.watch.open.pop(found, None)
            self._close(found, length)
        elif kind == "w:commentReference" and (key := value(node, "id")) not in self.watch.commented:
            self.watch.commented.add(key)
            self._commented.append(Stretch(key, 0, length, length))

    def words(self, words: str, at: int, *, shown: bool = True) -> None:
        """Words, which are those of the tracked changes around them; ``shown`` says that the line's text has them."""
        for who in self.watch.active[:_DEEPEST]:
            last = self._last.get(who)
            end = at + len(words) if shown else at
            if last is not None and last.shown == shown and last.end == at:
                last.words.append(words)
                last.end = end
            else:
                self._last[who] = _Tracked(who, at, end, shown=shown, words=[words])
                self._changes.append(self._last[who])

    def mark(self, paragraph: _Element, length: int) -> None:
        """The mark at the end of a paragraph, which may be tracked."""
        marks = child(paragraph, "w:pPr", "w:rPr")
        for one in marks if marks is not None else ():
            if (kind := name(one)) in _TRACKED:
                who = _who(one, kind)
                self._last.pop(who, None)
                self._changes.append(_Tracked(who, length, length, shown=False, words=["\n"]))

    def _start(self, one: Range, length: int) -> None:
        one.seen = True
        if one.of_comment:
            self._comments[one] = length
        else:
            self._bookmarks[one] = length
            self.watch.open[one] = None

    def _close(self, one: Range, length: int, *, goes_on: bool = False) -> None:
        """A range ends on the line, or goes on below it; nothing where it does not stand on it."""
        begun = (self._comments if one.of_comment else self._bookmarks).pop(one, None)
        if begun is not None:
            found = Stretch(one.name, one.number, begun, length, goes_on=goes_on and one.of_comment)
            (self._commented if one.of_comment else self._done).append(found)


def _who(node: _Element, kind: str) -> Who:
    return kind.removeprefix("w:"), value(node, "author"), value(node, "date")


def _whole(who: Who, text: str, *, goes: bool) -> Change:
    """A tracked change of a whole text, which goes or stays."""
    return _Tracked(who, 0, 0 if goes else len(text), shown=not goes, words=[text]).done()
