"""A quotation mark or bracket without its other half, or one opened anew inside its own kind: “四个不摘“.

A quotation over several paragraphs (修改为：“…) may open anew in each, and ends in the last. The bracket after a number, as in 1）, needs no other half.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import Text, texts
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "unpaired-mark"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 15834-2011 4.8、4.9、4.15"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 落实“四个不摘要求。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 落实“四个不摘”要求。, units: 区教育局}
"""

_PAIRS = ("“”", "‘’", "《》", "〈〉", "（）", "〔〕", "【】", "「」", "『』")
#: Marks by the kind of pair they belong to, named by its opening mark; half-width ones count with their like.
_CLOSING = {**{pair[1]: pair[0] for pair in _PAIRS}, ")": "（", "]": "〔"}
_OPENING = {**{pair[0]: pair[0] for pair in _PAIRS}, "(": "（", "[": "〔"}
_MARK = re.compile(rf"[{''.join(map(re.escape, (*_OPENING, *_CLOSING)))}]")
#: What stands before a bracket that is no half of a pair: a number that begins a line or a point of an enumeration.
_ENUMERATED = re.compile(r"(?:^|[\n。；：，、])(?:\d{1,2}|[a-zA-Z一二三四五六七八九十])$")
_QUOTES = "“‘"

_Place = tuple[str, int]


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each half, in the order of the text."""
    quotes: list[tuple[Text, int]] = []
    for text in texts(plan):
        for variant, place in sorted(_fewest(text.text), key=lambda found: found[1]):
            mark = text.text[place]
            if mark == "“" and text.text[place - 1 : place] == "：":
                quotes.append((text, place))
            elif mark == "”" and quotes:
                quotes.pop()
            else:
                yield _finding(text, place, variant)
    for text, place in quotes:
        yield _finding(text, place, "")


def _finding(text: Text, place: int, variant: str) -> Diagnostic:
    return Diagnostic(ID, text.part(place, place + 1), {"mark": text.text[place]}, SEVERITY, variant=variant)


def _fewest(text: str) -> list[_Place]:
    """What has no other half, in the reading of the text that leaves the least."""
    found = list(_unpaired(text))
    if not found:
        return found
    others = ({"enumerated": True}, {"mistyped": True}, {"enumerated": True, "mistyped": True})
    return min(found, *(list(_unpaired(text, **reading)) for reading in others), key=len)


def _unpaired(text: str, *, enumerated: bool = False, mistyped: bool = False) -> Iterator[_Place]:
    """Halves without the other.

    With ``enumerated`` the bracket in 1） is none even where one is open; with ``mistyped`` a quotation mark that opens a
    second time was meant to close.
    """
    opened: list[_Place] = []
    for match in _MARK.finditer(text):
        mark, place = match[0], match.start()
        kind = _OPENING.get(mark)
        if kind is not None:
            again = kind in _QUOTES and bool(opened) and opened[-1][0] == kind
            if again and text[place - 1] == "\n":
                continue
            if again:
                yield "again", place
            if again and mistyped:
                opened.pop()
            else:
                opened.append((kind, place))
        elif not (_is_apostrophe(text, place) or (enumerated and _is_enumerated(text, place))):
            yield from _close(opened, _CLOSING[mark], place)
    yield from (("", place) for _, place in opened)


def _close(opened: list[_Place], kind: str, place: int) -> Iterator[_Place]:
    """Take the last opened mark of the kind away; what was opened after it and not closed has no other half."""
    if kind not in (other for other, _ in opened):
        yield "closing", place
        return
    while (last := opened.pop())[0] != kind:
        yield "", last[1]


def _is_apostrophe(text: str, place: int) -> bool:
    return text[place] == "’" and text[max(place - 1, 0)].isascii() and text[place + 1 : place + 2].isascii()


def _is_enumerated(text: str, place: int) -> bool:
    return text[place] in "）)" and bool(_ENUMERATED.search(text, max(place - 3, 0), place))
