"""The phrases that name who answers for a task, read as officials write them.

``A牵头，B、C按职责分工负责``, ``A会同有关部门负责``, ``牵头单位：A；责任单位：B``, ``A、B等负责``, ``A、B。列第一位的为牵头单位，下同``: whatever
the shape, the names in it are found by the registry, longest first, so that ``各市、州、县人民政府`` is one unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.registry.book import Book

Role = Literal["lead", "support", "responsible"]

_DUTY = r"(?:按照?(?:各自)?职责(?:分工)?|结合(?:各自)?(?:实际|职责))?(?:分别|各自|共同|具体|抓好|组织)?"
_LEAD = r"(?:共同|总)?牵头(?:负责|落实|实施|推进)?|主办"
_SUPPORT = r"(?:积极)?(?:协同|协助|参与)?配合|协办|参与|参加|协助"
_VERB = re.compile(
    rf"(?P<lead>{_LEAD})|(?P<support>{_SUPPORT})|(?P<duty>(?:分别|各自|共同|具体)?{_DUTY}(?:负责|落实|实施|推进))",
)
_OWN_ROLE = re.compile(r"[（(](?:(?P<lead>牵头|主办)|(?P<support>配合|协办))[）)]")
_WITH = re.compile(r"会同")
_JOIN = re.compile(r"以及|和|及|与")
_OPEN = re.compile(r"等(?:各)?(?:有关|相关|其他)?(?:部门和单位|单位和部门|部门|单位|地区|机构)?")
_STOP = re.compile(r"[、，,；;\s]+")
_LABEL = re.compile(r"\s*([^：:、，；。（）()\s]{2,14})[：:]")
#: A semicolon, or a comma before another label, begins the next labelled part.
_NEXT_PART = re.compile("[；;]|[，,、](?=[^：:、，；。（）()]{2,14}[：:])")
_REMARK = re.compile(r"。|[，；](?=(?:排|列)在?第一位)")
_EDGE = re.compile(rf"$|[、，,；;。：:\s（()）]|{_OPEN.pattern}|{_JOIN.pattern}|{_WITH.pattern}|{_VERB.pattern}")
_NAME_END = re.compile("[、，,；;]")
_TAIL = re.compile(rf"(?:{_OPEN.pattern})?(?:{_VERB.pattern})?$")
_BRACKETS = {"（": "）", "(": ")", "【": "】", "［": "］"}
_LABEL_WORDS = (
    r"(?:责任|牵头|配合|主办|协办|落实|参与|参加|承办|实施|协同|具体|主要)(?:和(?:责任|配合|实施))?"
    r"(?:单位|部门|主体|处室|人|领导)"
)
#: What stands between the brackets of an annotation; a role in brackets of its own (牵头) is part of it.
_INSIDE = rf"(?:[^（）()【】［］]|{_OWN_ROLE.pattern.replace('?P<lead>', '?:').replace('?P<support>', '?:')})"
_ANNOTATION = re.compile(
    rf"[（(【［]\s*(?:(?P<label>{_LABEL_WORDS}[：:]){_INSIDE}*"
    rf"|(?:(?![。：:\s]){_INSIDE})+?(?:负责|牵头|配合|落实|实施|推进|主办|协办)(?:[。，；]{_INSIDE}*)?)[）)】］]"
)
_BARE_LABEL = re.compile(rf"{_LABEL_WORDS}[：:]")
_SURE_VERB = re.compile("(?:负责|牵头)[）)】］]$")


@dataclass(frozen=True, slots=True)
class Name:
    """A unit in a phrase: the words between the list marks, the registry's name ("" if unknown), role and place.

    ``start`` and ``end`` bound the name itself in the phrase's text.
    """

    printed: str
    unit: str
    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase, or one labelled part of it; ``text`` is what stands between label and remark."""

    label: str
    text: str
    names: tuple[Name, ...]
    open: bool = False
    verb: bool = False
    remark: str = ""


@dataclass(slots=True)
class _Reader:
    """Reads the names of one part of a phrase."""

    book: Book
    text: str
    role: Role
    pos: int
    end: int
    led: bool = False
    open: bool = False
    verb: bool = False
    names: list[Name] = field(default_factory=list)
    pending: int = 0
    settled: set[int] = field(default_factory=set)
    segment: tuple[int, int] = (0, 0)

    def read(self) -> None:
        """Go through the part once; every branch moves on."""
        self.segment = (self.pos, len(self.names))
        steps = (
            self._stop, self._known, self._open_list, self._own_role, self._together, self._verb, self._join, self._by,
        )  # fmt: skip
        while self.pos < self.end:
            if not any(step() for step in steps):
                self._unknown()
        self._close()

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.match(self.text, self.pos, self.end)

    def _stop(self) -> bool:
        mark = self._match(_STOP)
        if mark:
            self._close()
            self.pos = mark.end()
            self.segment = (self.pos, len(self.names))
        return bool(mark)

    def _open_list(self) -> bool:
        mark = self._match(_OPEN) if self.names else None
        if mark:
            self._close()
            self.open = True
            self.pos = mark.end()
            self.segment = (self.pos, len(self.names))
        return bool(mark)

    def _own_role(self) -> bool:
        mark = self._match(_OWN_ROLE) if self.names else None
        if mark:
            self.verb = True
            self.names[-1] = replace(self.names[-1], role="lead" if mark["lead"] else "support")
            self.settled.add(len(self.names) - 1)
            self.led = self.led or bool(mark["lead"])
            self.pos = mark.end()
        return bool(mark)

    def _together(self) -> bool:
        mark = self._match(_WITH) if self.names else None
        if mark:
            self._close()
            self._give("lead")
            self.led, self.role = True, "support"
            self.pos = mark.end()
            self.segment = (self.pos, len(self.names))
        return bool(mark)

    def _join(self) -> bool:
        mark = self._match(_JOIN)
        if mark:
            if len(self.names) == self.segment[1]:  # after 等: 和 begins a new name, it joins none
                self.segment = (mark.end(), len(self.names))
            self.pos = mark.end()
        return bool(mark)

    def _verb(self) -> bool:
        mark = self._match(_VERB)
        if mark:
            self._close()
            self.verb = True
            if mark["lead"]:
                self._give("lead")
                self.led = True
            elif mark["support"]:
                self._give("support")
            else:
                self._give("support" if self.led else "responsible")
            self.pos = mark.end()
            self.segment = (self.pos, len(self.names))
        return bool(mark)

    def _by(self) -> bool:
        """由 before the first name of a group: ``由区教育局牵头``."""
        mark = self.pos == self.segment[0] and self.text.startswith("由", self.pos)
        if mark:
            self.pos += 1
            self.segment = (self.pos, len(self.names))
        return mark

    def _give(self, role: Role) -> None:
        for place in sorted({*range(self.pending, len(self.names))} - self.settled):
            self.names[place] = replace(self.names[place], role=role)
        self.pending = len(self.names)

    def _known(self) -> bool:
        for spelling in self.book.at(self.text, self.pos):
            end = self.pos + len(spelling)
            if end <= self.end and _EDGE.match(self.text, end, self.end):
                self._add(self.book.spellings[spelling], end)
                return True
        return False

    def _unknown(self) -> None:
        """A name that nobody registered: up to the next mark, less a verb or 等 at its end, and less a known name."""
        stop = _NAME_END.search(self.text, self.pos, self.end)
        end = stop.start() if stop else self.end
        tail = _TAIL.search(self.text[self.pos : end])
        if tail and tail.start() > 0:
            end = self.pos + tail.start()
        for join in _JOIN.finditer(self.text, self.pos + 1, end):
            rest = self.text[join.end() : end]
            if rest in self.book.spellings:
                end = join.start()
                break
        self._add("", end)

    def _add(self, unit: str, end: int) -> None:
        self.names.append(Name(printed=self.text[self.pos : end], unit=unit, role=self.role, start=self.pos, end=end))
        self.pos = end

    def _close(self) -> None:
        """Names joined by 和 or 及 are one printed name: give each of them the whole of it."""
        start, first = self.segment
        joined = self.names[first:]
        if len(joined) > 1:
            printed = self.text[start : joined[-1].end]
            self.names[first:] = [replace(name, printed=printed) for name in joined]


def parse(text: str, book: Book, label: str = "") -> tuple[Phrase, ...]:
    """Read a phrase into its labelled parts, in order.

    Own brackets around the whole and blanks before them are passed over; places of names are offsets in ``text``.
    """
    start, end = _inside(text)
    remark = _REMARK.search(text, start, end)
    stop = remark.start() if remark else end
    phrases: list[Phrase] = []
    led = False
    for begin, finish in _parts(text, start, stop):
        named = _LABEL.match(text, begin, finish)
        label, body = (named[1], named.end()) if named else (label, begin)
        reader = _Reader(book=book, text=text, role=_role(label), pos=body, end=finish, led=led)
        reader.read()
        led = reader.led
        phrases.append(
            Phrase(label=label, text=text[body:finish], names=tuple(reader.names), open=reader.open, verb=reader.verb)
        )
    if remark and phrases:
        phrases[-1] = replace(phrases[-1], remark=text[stop:end])
    return tuple(phrases)


def in_text(text: str, book: Book) -> Iterator[tuple[int, int]]:
    """Where annotations stand in running text: the bounds of each, brackets included.

    A bracket with a label (（责任单位：…）) is one; without a label it is one where it ends in a verb and names a unit that
    the book knows, so that （主要领导亲自负责） stays the prose it is.
    """
    for match in _ANNOTATION.finditer(text):
        if match["label"] or any(name.unit for phrase in parse(match[0], book) for name in phrase.names):
            yield match.start(), match.end()


def doubtful(text: str, book: Book) -> Iterator[tuple[int, int]]:
    """What looks like an annotation and is not read as one: a label without brackets, （某某负责） without a known unit."""
    sure = list(in_text(text, book))
    for match in _ANNOTATION.finditer(text):
        if (match.start(), match.end()) not in sure and _SURE_VERB.search(match[0]):
            yield match.start(), match.end()
    for match in _BARE_LABEL.finditer(text):
        if not any(start <= match.start() < end for start, end in sure):
            yield match.start(), match.end()


def bracketed(text: str) -> bool:
    """Whether a phrase brings its own brackets."""
    return _inside(text) != (0, len(text))


def _inside(text: str) -> tuple[int, int]:
    body = text.strip()
    inner = _OWN_ROLE.sub("", body[1:])
    if body[:1] in _BRACKETS and body.endswith(_BRACKETS[body[0]]) and body[:1] not in inner:
        start = text.index(body[0]) + 1
        return start, start + len(body) - 2
    return 0, len(text)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for mark in _NEXT_PART.finditer(text, start, end):
        yield start, mark.start()
        start = mark.end()
    yield start, end


def _role(label: str) -> Role:
    if "牵头" in label or "主办" in label:
        return "lead"
    if re.search("配合|协办|协同|参与|参加|协助|支持", label):
        return "support"
    return "responsible"
