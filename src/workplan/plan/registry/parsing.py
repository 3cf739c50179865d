"""Reads a phrase that names who answers for a task, as officials write it, into its labelled parts.

``A牵头，B、C按职责分工负责``, ``A会同有关部门负责``, ``牵头单位：A；责任单位：B；完成时限：12月底前``, ``A、B等负责``, ``A、B。列第一位的为牵头单位，
下同``: whatever the shape, the names in it are found by the registry, longest first, so that ``各市、州、县人民政府`` is one unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workplan.plan.registry.brackets import enclosed, pairs
from workplan.plan.registry.labels import Said, labels_with
from workplan.plan.registry.outcome import laid_down_here, named_again
from workplan.plan.registry.parts import parts
from workplan.plan.registry.phrase import Doubt, Labelled, Phrase, Piece
from workplan.plan.registry.reader import Reader
from workplan.plan.registry.remarks import laid_down
from workplan.plan.registry.roles import Roles
from workplan.plan.registry.tokens import Tokens
from workplan.plan.registry.unregistered import stands_for_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.registry.book import Book
    from workplan.plan.registry.labels import Written
    from workplan.plan.registry.parts import Part
    from workplan.plan.registry.phrase import LaidDown, Role


def parse(text: str, book: Book, label: str = "", default: str = "") -> tuple[Phrase, ...]:
    """Read a phrase into its labelled parts, in order.

    Own brackets around the whole and blanks before them are passed over; places of names are offsets in ``text``. ``label`` is
    one that stands outside of the text; ``default`` one that is printed with the phrase if it has neither label nor verb.
    Never raises; what is not understood is in the ``doubts`` of the phrases.
    """
    parsing = _Parsing(Tokens(text, book), label)
    parsing.run()
    parsing.hear(label)
    if default and not bracketed(text):
        parsing.label_by(parsing.tokens.labels.said(default))
    parsing.settle()
    return tuple(draft.phrase(text, book) for draft in parsing.drafts)


def bracketed(text: str) -> bool:
    """Whether a phrase brings its own brackets."""
    return bool(enclosed(text))


def label_role(words: str, book: Book) -> Role | None:
    """The role that a label gives to the units behind it (牵头责任单位); None for one that surely names none."""
    labels = labels_with(book.verbs)
    return labels.said(words).first if labels.is_headed(words) else None


#: Labels behind which units are only spoken of, once those who answer have been named.
_NOTES = ("备注", "说明", "附注", "注释", "目标", "标准", "任务", "内容", "措施", "成效")
#: Pieces in which a registered name might be lost.
_OTHER_WORDS = ("words", "column", "due", "rule", "verb", "join")


@dataclass(slots=True)
class _Draft:
    """A phrase in the making: what was read under one label, and what follows it."""

    label: str
    labelled: bool
    reading: Reader
    start: int
    stop: int
    end: int
    extra: list[Doubt] = field(default_factory=list)

    def add(self, reading: Reader, end: int) -> None:
        """What follows without a name of its own: a remark."""
        own = self.reading
        own.due += reading.due
        own.columns += reading.columns
        own.doubts += reading.doubts
        own.rules += reading.rules
        own.pieces += reading.pieces
        own.verb = own.verb or reading.verb
        for name in reading.names:
            if name.unit not in {other.unit for other in own.names}:
                own.roles.add(name, settled=True)
        self.end = end

    def phrase(self, text: str, book: Book) -> Phrase:
        own = self.reading
        doubts = sorted((*own.doubts, *self.extra, *_unread(text, book, own)), key=lambda doubt: doubt.start)
        return Phrase(
            label=self.label,
            text=text[self.start : self.stop],
            names=tuple(own.names),
            open=own.open,
            verb=own.verb,
            before_comma=own.roles.first_comma or 0,
            remark=text[self.stop : self.end],
            start=self.start,
            due=tuple(own.due),
            columns=tuple(own.columns),
            doubts=tuple(doubts),
            rules=tuple(own.rules),
            pieces=tuple(own.pieces),
        )


def _unread(text: str, book: Book, reading: Reader) -> Iterator[Doubt]:
    """The registered names that stand in what was read as other words, but for those that are told or named already."""
    named = {name.unit for name in reading.names}
    taken = [(name.start, name.end) for name in reading.names] + [(one.start, one.end) for one in reading.doubts]
    for piece in reading.pieces:
        place = piece.start if piece.kind in _OTHER_WORDS else piece.end
        while place < piece.end:
            spelling = next(book.at(text, place), "")
            end = place + max(1, len(spelling))
            free = not any(first < end and place < last for first, last in taken)
            if spelling and free and book.spellings[spelling] not in named:
                yield Doubt("name", place, end)
            place = end


@dataclass(slots=True)
class _Parsing:
    """Goes through the parts of a text; ``label`` is the one that holds, carried on until another one comes."""

    tokens: Tokens
    label: str
    drafts: list[_Draft] = field(default_factory=list)
    #: What stands before the first phrase: brackets, a deadline.
    waiting: Reader | None = None
    done: int = 0

    def run(self) -> None:
        text = self.tokens.text
        frames = enclosed(text)
        for start, end in frames or [(0, len(text))]:
            before = [Piece("bracket", self.done, start)] if start > self.done else []
            for part in parts(self.tokens, start, end):
                self._part(part, before)
                before = []
            self.done = end
        if self.done < len(text):
            self._last().pieces.append(Piece("bracket", self.done, len(text)))
        if self.waiting is not None:
            self._stand_alone(self.waiting)

    def _last(self) -> Reader:
        if self.drafts:
            return self.drafts[-1].reading
        if self.waiting is None:
            self.waiting = self._reader(0, 0, Said())
        return self.waiting

    def _stand_alone(self, reading: Reader) -> None:
        """A deadline or column with no units beside it."""
        words = next(iter((*reading.due, *reading.columns)), None)
        start, end = (words.start, words.end) if words else (0, 0)
        label = words.label if words else self.label
        self.drafts.append(_Draft(label=label, labelled=True, reading=reading, start=start, stop=end, end=end))

    def _reader(self, start: int, end: int, said: Said, *, complete: bool = False) -> Reader:
        last = self.drafts[-1].reading if self.drafts else None
        led = last is not None and last.roles.led
        earlier = last.before if last else ()
        return Reader(
            tokens=self.tokens,
            pos=start,
            end=end,
            roles=Roles(label=said, led=led),
            earlier=earlier,
            complete=complete,
            listed=not self.drafts,
        )

    def _part(self, part: Part, before: list[Piece]) -> None:
        text, labels = self.tokens.text, self.tokens.labels
        words = text[part.label.start : part.label.stop] if part.label else ""
        label = words or self.label
        kind = labels.kind(label) if label else "units"
        if kind != "units" and not words and self._names_units(part):
            label, kind = "", "units"
        marks = [*before, *_marks(part)]
        reading = self._reader(part.body, part.end, labels.said(label), complete=part.after_stop)
        if words:
            reading.roles.led = False
        reading.read()
        if part.label:
            reading.rules[:0] = self._said_of_label(part.label)
        if kind == "due" or (kind != "units" and not self._are_units(reading, label, kind)):
            self._beside(part, label, kind, marks)
        else:
            reading.pieces[:0] = marks
            self._units(part, label, reading, doubtful=kind == "other" and bool(words))
        self.label = label

    def _said_of_label(self, label: Written) -> list[LaidDown]:
        """What a label says in brackets of how it is to be read: 责任单位（排第一位的为牵头单位）."""
        inside = ((start, end) for start, end in self.tokens.brackets.items() if label.start < start < label.stop)
        found = (laid_down(self.tokens.text, start + 1, end) for start, end in inside)
        return [rule for rule in found if rule]

    def _names_units(self, part: Part) -> bool:
        """Whether a part that would carry on a deadline or a column begins with a unit."""
        start = self.tokens.mark(part.body, part.end) if part.body < part.end else part.body
        return self.tokens.known(self.tokens.by(start, part.end), part.end) is not None

    def _are_units(self, reading: Reader, label: str, kind: str) -> bool:
        """Whether a label that is not known to name units has some behind it."""
        text, names = self.tokens.text, reading.names
        if kind == "other":
            return bool(names) and bool(names[0].unit) and not (self.drafts and label.endswith(_NOTES))
        units = all(name.unit or stands_for_unit(text[name.start : name.end]) for name in names)
        return bool(names) and units and not reading.doubts

    def _beside(self, part: Part, label: str, kind: str, marks: list[Piece]) -> None:
        """A deadline or a column: it belongs to the phrase before it, or to the first one that follows."""
        labelled = Labelled.between(label, self.tokens.text, part.body, part.end, "、，,")
        reading = self._last()
        (reading.due if kind == "due" else reading.columns).append(labelled)
        reading.pieces += marks
        if part.end > part.body:
            reading.pieces.append(Piece("due" if kind == "due" else "column", part.body, part.end))

    def _units(self, part: Part, label: str, reading: Reader, *, doubtful: bool) -> None:
        named = any(piece.kind == "name" for piece in reading.pieces)
        if self.drafts and not named and part.label is None:
            self.drafts[-1].add(reading, part.end)
            return
        stop = part.end if reading.said_from is None else reading.said_from
        draft = _Draft(label=label, labelled=bool(label), reading=reading, start=part.body, stop=stop, end=part.end)
        two = bool(label) and self.tokens.labels.said(label).doubtful
        if part.label and (doubtful or (two and len(reading.names) > 1)):
            draft.extra.append(Doubt("label", part.label.start, part.label.stop))
        if self.waiting is not None:
            reading.pieces[:0] = self.waiting.pieces
            reading.due[:0] = self.waiting.due
            reading.columns[:0] = self.waiting.columns
            self.waiting = None
        self.drafts.append(draft)

    def label_by(self, said: Said) -> None:
        """Give the names the roles of the label that is printed with them, where they have neither label nor verb."""
        if any(draft.labelled or draft.reading.verb for draft in self.drafts):
            return
        for draft in self.drafts:
            roles = draft.reading.roles
            for place, name in enumerate(roles.names):
                if place not in roles.given:
                    roles.names[place] = replace(name, role=said.others if place else said.first)

    def hear(self, label: str) -> None:
        """Take in what the label outside of the text says in brackets: the column 责任单位（排第一的为牵头单位）."""
        inside = pairs(label) if self.drafts else {}
        found = (laid_down(label, start + 1, end) for start, end in inside.items() if end > start + 1)
        rules = [replace(rule, start=0, end=0, onward=False) for rule in found if rule and rule.kind != "everyone"]
        if rules:
            self.drafts[0].reading.rules += rules

    def settle(self) -> None:
        """Do what can be done only when all has been read."""
        named_again([draft.reading for draft in self.drafts])
        for place in range(len(self.drafts) - 1, 0, -1):
            draft = self.drafts[place]
            if not draft.reading.names and draft.label == self.drafts[place - 1].label:  # all of it was named before
                self.drafts[place - 1].add(draft.reading, draft.end)
                del self.drafts[place]
        laid_down_here([draft.reading for draft in self.drafts])


def _marks(part: Part) -> list[Piece]:
    """The pieces before the body of a part: a mark, a label."""
    start = part.label.start if part.label else part.body
    found = [Piece("mark", part.start, start)] if start > part.start else []
    return [*found, Piece("label", part.label.start, part.label.end)] if part.label else found
