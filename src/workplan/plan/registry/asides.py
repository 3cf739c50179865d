"""What a phrase says aside: sentences on how it is to be read, and what stands in brackets within it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.chinese.deadlines import standing
from workplan.chinese.patterns import Pattern
from workplan.plan.registry.labels import Said
from workplan.plan.registry.phrase import Labelled, Piece
from workplan.plan.registry.remarks import laid_down

if TYPE_CHECKING:
    import re

    from workplan.plan.registry.phrase import LaidDown
    from workplan.plan.registry.reading import Reading

#: Brackets within more brackets than this are a remark, whatever they hold.
_DEEPEST = 3
_ALL = Pattern("(?:以上|上述|前述|前列)(?:单位|部门)?(?:均|都)?(?:为|是)?")
_STOPS = "。；; \u3000"
_LABEL = Pattern("(?P<label>[^：:、，；。]{2,14})[：:]")


def sentence(reading: Reading) -> bool:
    """A sentence on how the phrase, or the document, is to be read."""
    rule = laid_down(reading.tokens.text, reading.pos, reading.end)
    if rule is None:
        return False
    last, said_from = reading.pieces[-1] if reading.pieces else None, reading.said_from
    if said_from is None:
        said_from = last.start if last and last.kind == "mark" else reading.pos
    reading.rules.append(rule)
    if rule.kind == "everyone":
        _everyone(reading, rule)
    reading.turn("rule", rule.end)
    reading.said_from, reading.complete = said_from, True
    return True


def _everyone(reading: Reading, rule: LaidDown) -> None:
    """Those who answer for all that follows answer for this as well; who is not registered is no party of this phrase."""
    start = reading.tokens.text.index(rule.words, rule.start)
    inner = reading.inner(start, start + len(rule.words), Said())
    inner.read()
    named = {name.unit for name in reading.names}
    for name in inner.names:
        if name.unit and name.unit not in named:
            reading.roles.add(replace(name, role="responsible"), settled=True)


def bracket(reading: Reading) -> bool:
    """Brackets within a phrase: a role, a sentence, a deadline, another name or another phrase; else a remark."""
    close = reading.tokens.brackets.get(reading.pos, reading.end)
    if close >= reading.end:
        return False
    tries = (_role, _says, _labelled, _named, _does) if reading.depth < _DEEPEST else ()
    if not any(read(reading, close) for read in tries):
        reading.take("words", close + 1)
    return True


def _role(reading: Reading, close: int) -> bool:
    """（牵头） behind a name; before names it is their label."""
    role = reading.tokens.role(reading.pos)
    if role is None:
        return _role_of_all(reading, close)
    reading.verb = True
    before = reading.prefixed and reading.tokens.known(close + 1, reading.end) is not None
    if reading.state == "name" and before:
        reading.turn("role", close + 1)
        reading.roles.label = Said(role, role)
        return True
    if reading.state == "name":
        for place in range(reading.same_party, len(reading.names)):
            reading.roles.settle(place, role)
    else:
        reading.roles.label = Said(role, role)
        reading.prefixed = True
    reading.take("role", close + 1)
    return True


def _role_of_all(reading: Reading, close: int) -> bool:
    """（以上为牵头单位）: all names before it."""
    found = _ALL.match(reading.tokens.text, reading.pos + 1, close)
    words = reading.tokens.text[found.end() : close].strip() if found else ""
    role = reading.tokens.labels.role(words) if words else None
    if role is None:
        return False
    reading.verb = True
    for place in range(len(reading.names)):
        reading.roles.settle(place, role)
    reading.take("role", close + 1)
    return True


def _says(reading: Reading, close: int) -> bool:
    """（逗号前为牵头单位）, （12月底前完成）."""
    text, start = reading.tokens.text, reading.pos + 1
    rule = laid_down(text, start, close)
    if rule and not text[rule.end : close].strip(_STOPS):
        reading.rules.append(rule)
        reading.said_from = reading.pos if reading.said_from is None else reading.said_from
        reading.take("rule", close + 1)
        return True
    found = standing(text, start, close)
    if found and not text[found.end : close].strip(_STOPS):
        reading.due.append(Labelled("", text[found.start : found.stop], found.start, found.stop))
        reading.take("due", close + 1)
        return True
    return False


def _label(reading: Reading, start: int, close: int) -> re.Match[str] | None:
    """The label that brackets begin with; a unit before a colon is none."""
    found = _LABEL.match(reading.tokens.text, start, close)
    return None if found is None or reading.tokens.names_in(start, found.end()) else found


def _labelled(reading: Reading, close: int) -> bool:
    """（责任人：某某）, （完成时限：6月底）."""
    text, start = reading.tokens.text, reading.pos + 1
    found = _label(reading, start, close)
    kind = reading.tokens.labels.kind(found["label"]) if found else "units"
    if found is None or kind == "units":
        return False
    words = Labelled.between(found["label"], text, found.end(), close)
    (reading.due if kind == "due" else reading.columns).append(words)
    reading.take("due" if kind == "due" else "column", close + 1)
    return True


def _named(reading: Reading, close: int) -> bool:
    """（会同区财政局）, （区财政局配合）, （市道运局）: with registered names; other names that do nothing there are a remark."""
    start = reading.pos + 1
    found = _label(reading, start, close)
    said = reading.tokens.labels.said(found["label"]) if found else None
    inner = reading.inner(found.end() if found else start, close, said)
    inner.read()
    together = reading.state == "name" and inner.pieces[:1] != [] and inner.pieces[0].kind == "join"
    acts = together or inner.verb or said is not None
    names = [(place, name) for place, name in enumerate(inner.names) if acts or name.unit]
    if not names and not inner.rules:
        return False
    if together and names:
        reading.roles.settle(len(reading.names) - 1, "lead")
    reading.join_printed()
    behind = len(reading.names) - 1 if reading.state == "name" and not acts else len(reading.names)
    for place, name in names:
        reading.roles.add(name, settled=place in inner.roles.given or said is not None)
    _adopt(reading, inner, (reading.pos, start, inner.pieces[0].start, close))
    reading.pos = close + 1
    reading.said_from = None if names else reading.said_from
    reading.begin_segment()
    reading.same_party = behind if names else len(reading.names)
    return True


def _does(reading: Reading, close: int) -> bool:
    """（负责水源）: what the name before it does; （按职责分工负责）: what all the names before it do."""
    start = reading.tokens.mark(reading.pos + 1, close)
    found = reading.tokens.verb(start, close) if reading.state == "name" else None
    if found is None or reading.tokens.names_in(found[0], close):
        return False
    reading.verb = True
    if found[0] == close:
        reading.roles.give(found[1])
    reading.take("words", close + 1)
    return True


def _adopt(reading: Reading, inner: Reading, places: tuple[int, int, int, int]) -> None:
    """Everything but the names of what was read between brackets: these begin and end, and the label ends, at ``places``."""
    begin, start, body, close = places
    taken = {(name.start, name.end) for name in reading.names}
    label = [Piece("label", start, body)] if body > start else []
    pieces = [
        replace(piece, kind="words") if piece.kind == "name" and (piece.start, piece.end) not in taken else piece
        for piece in inner.pieces
    ]
    reading.pieces += (Piece("bracket", begin, start), *label, *pieces, Piece("bracket", close, close + 1))
    reading.open, reading.verb = reading.open or inner.open, reading.verb or inner.verb
    reading.due += inner.due
    reading.columns += inner.columns
    reading.doubts += inner.doubts
    reading.rules += inner.rules
