"""The parts of a phrase: what ；, 。 and labels set apart, brackets left whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.plan.registry.unregistered import stands_for_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.registry.labels import Written
    from workplan.plan.registry.tokens import Tokens

_APART = "；;。\n"
_BETWEEN = '、，,/／|｜“”"'
#: Blanks between a label and its colon.
_BLANKS = 4
_COLONS = "：:"


@dataclass(frozen=True, slots=True)
class Part:
    """A part from ``start``, the mark before it included, to ``end``; what its label, if it has one, is of begins at ``body``."""

    start: int
    label: Written | None
    body: int
    end: int
    after_stop: bool = False


@dataclass(frozen=True, slots=True)
class _Beginning:
    start: int
    body: int
    label: Written | None = None
    after_stop: bool = False

    def up_to(self, end: int) -> Part:
        return Part(start=self.start, label=self.label, body=self.body, end=end, after_stop=self.after_stop)


def parts(tokens: Tokens, start: int, end: int) -> Iterator[Part]:
    """The parts from ``start`` to ``end`` in order, without a gap."""
    text = tokens.text
    begin = _Beginning(start, start)
    stretch = place = start
    while place < end:
        sign = text[place]
        label = _bare(tokens, place, end) if place == stretch else None
        if label is None and sign in _COLONS:
            label = _label(tokens, begin.body, stretch, place)
        if label is not None:
            if begin.label or text[begin.body : label.start].strip(_BETWEEN + " \u3000\t"):
                yield begin.up_to(label.start)
                begin = _Beginning(label.start, label.end, label)
            else:
                begin = _Beginning(begin.start, label.end, label, after_stop=begin.after_stop)
            stretch = place = label.end
            continue
        whole = tokens.book.listing(text, place)
        if whole > place:
            place = whole - 1
        elif place in tokens.brackets:
            place = min(tokens.brackets[place], end - 1)
        elif sign in _APART and not (sign == "\n" and begin.label and not text[begin.body : place].strip()):
            yield begin.up_to(place)
            begin = _Beginning(place, place + 1, after_stop=sign == "。")
            stretch = place + 1
        elif sign in "，," and _deadline_ends(tokens, begin, place, end):
            yield begin.up_to(place)
            begin = _Beginning(place, place + 1)
            stretch = place + 1
        elif sign in _BETWEEN or sign in _COLONS or (sign.isspace() and not _colon_next(text, place, end)):
            stretch = place + 1
        place += 1
    yield begin.up_to(end)


def _deadline_ends(tokens: Tokens, begin: _Beginning, comma: int, end: int) -> bool:
    """Whether a unit stands behind the comma that ends a labelled deadline: 完成时限：6月底前，县财政局配合."""
    label = tokens.text[begin.label.start : begin.label.stop] if begin.label else ""
    return bool(label) and tokens.labels.kind(label) == "due" and tokens.known(comma + 1, end) is not None


def _colon_next(text: str, place: int, end: int) -> bool:
    """Whether nothing but blanks stands before a colon."""
    rest = text[place : min(end, place + _BLANKS)].lstrip()
    return rest[:1] in ("：", ":")


def _label(tokens: Tokens, begin: int, stretch: int, colon: int) -> Written | None:
    """The label that ends at a colon; a unit before a colon is none."""
    text = tokens.text
    behind = _behind_names(tokens, stretch, colon)
    label = tokens.labels.before(text, behind, colon, named=behind > stretch)
    if label is None or _names_in_brackets(tokens, label):
        return None
    words = text[label.start : label.stop]
    if tokens.labels.kind(words) == "other" and stands_for_unit(words) and not tokens.known(label.end, len(text)):
        return None  # 区某某局：制定政策
    return label._replace(start=tokens.labels.listed(text, begin, label.start))


def _behind_names(tokens: Tokens, start: int, end: int) -> int:
    """Where the last registered name ends that begins in a stretch; its beginning without one."""
    place = behind = start
    while place < end:
        spelling = next(tokens.book.at(tokens.text, place), "")
        place += len(spelling) or 1
        behind = place if spelling else behind
    return min(behind, end)


def _bare(tokens: Tokens, place: int, end: int) -> Written | None:
    """The label that stands at a place without a colon, before a name that is known or before a day."""
    named = next(tokens.book.at(tokens.text, place), "")  # no label begins with a unit
    found = None if named else tokens.labels.bare(tokens.text, place, end)
    if found is None:
        return None
    label, due = found
    if _behind_names(tokens, label.start, label.stop) > label.start:
        return None
    return label if due or tokens.known(label.end, end) else None


def _names_in_brackets(tokens: Tokens, label: Written) -> bool:
    """Whether a unit is named in the brackets of a label: 责任单位（区教育局） is none."""
    inside = [place for place in range(label.start, label.stop) if place in tokens.brackets]
    return any(tokens.names_in(place, min(tokens.brackets[place], label.stop)) for place in inside)
