"""Which characters may begin and end a line, and how wide they are (GB/T 15834-2011 5.1, clreq)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from workplan.lengths import Em

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Marks that may not begin a line; their ink stands in the left half of the em box.
STOPS = frozenset("。，、；：！？．")
CLOSING = frozenset("”’）》〉】〕」』｝］")
#: Marks that may not end a line; their ink stands in the right half of the em box.
OPENING = frozenset("“‘（《〈【〔「『｛［")
_MARKS = STOPS | CLOSING | OPENING
_NARROW_CLOSING = frozenset(",;:.!?)]}%")
_NARROW_OPENING = frozenset("([{")
_NEVER_FIRST = STOPS | CLOSING | _NARROW_CLOSING | frozenset("％‰℃·—…～")
#: 字, for a class of a regular expression: the ideographs of all blocks, and the two signs that stand for one.
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: Signs that belong to the number after them.
PREFIXES = frozenset("￥¥￡£＄$€№")
_NEVER_LAST = OPENING | _NARROW_OPENING | PREFIXES


def cells(text: str) -> Em:
    """The width of a text in 字: half for narrow characters, one for all others."""
    return Em(sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in text))


def is_word(character: str) -> bool:
    """Whether the character belongs to a number or a Latin word."""
    return character.isascii() and not character.isspace()


def breaks(text: str) -> list[int]:
    """The places before which a line may end; a word, a number, —— and …… stay whole."""
    return [found.start() for found in _BREAK.finditer(text)]


def joints(text: str) -> list[int]:
    """The places before which 字 meets a digit or a Latin letter; beside signs such as % + . — it keeps no room."""
    return [found.end() for found in _GAP.finditer(text)]


def is_within_sentence(text: str, place: int) -> bool:
    """Whether a place in a text is one where no paragraph would end: the character before it ends nothing."""
    return 0 < place < len(text) and text[place - 1] not in _ENDS


def slips(text: str) -> list[int]:
    """The places behind half-width marks that stand where full-width ones should: between 字 or other wide characters."""
    return [found.end() for found in _SLIP.finditer(text)]


def marks(text: str) -> list[int]:
    """The places of the marks with a blank half in their em box, which can be squeezed."""
    return [found.start() for found in _MARK.finditer(text)]


def within_words(text: str) -> frozenset[int]:
    """The places before which a number or a Latin word goes on."""
    return frozenset(found.end() for found in _WITHIN.finditer(text))


def meetings(text: str) -> list[int]:
    """The places before which a closing mark meets an opening one."""
    return [found.end() for found in _MEETING.finditer(text)]


def pairs(text: str) -> list[int]:
    """The places before which the blank side of a mark meets another mark: meetings, and two marks that both close or open."""
    return [found.end() for found in _PAIR.finditer(text)]


def _class(characters: Iterable[str]) -> str:
    return "".join(map(re.escape, sorted(characters)))


_WORD = "".join(map(re.escape, filter(is_word, map(chr, range(128)))))
_ROOMY = "0-9A-Za-z"
# —— and …… are one mark of two characters: it may begin a line, its second half may not.
_BEGINS = f"(?:(?=[^{_class(_NEVER_FIRST)} ])|(?<!—)(?=——)|(?<!…)(?=……))"
_BREAK = re.compile(f"(?<=[^{_class(_NEVER_LAST)}])(?<![{_class(PREFIXES)}] ){_BEGINS}(?:(?<![{_WORD}])|(?![{_WORD}]))")
_GAP = re.compile(f"[{_ROOMY}](?=[{_HAN}])|[{_HAN}](?=[{_ROOMY}])")
_SLIP = re.compile(f"(?<=[^\\x00-\\x7f])[{_class(set(_NARROW_CLOSING) - {'%'})}](?=[^\\x00-\\x7f])")
_WITHIN = re.compile(f"[{_WORD}](?=[{_WORD}])")
#: The characters with which a paragraph may end.
_ENDS = STOPS - frozenset("，、") | CLOSING | frozenset(".?!;:…—")
_MEETING = re.compile(f"[{_class(STOPS | CLOSING)}](?=[{_class(OPENING)}])")
_MARK = re.compile(f"[{_class(_MARKS)}]")
_PAIR = re.compile(f"[{_class(STOPS | CLOSING)}](?=[{_class(_MARKS)}])|[{_class(OPENING)}](?=[{_class(OPENING)}])")

#: Characters that XML 1.0 and terminals cannot carry: controls save tab and line end, lone surrogates, non-characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text with U+FFFD for each character that no XML file may hold (they would make the whole file unreadable)."""
    return _FORBIDDEN.sub("\ufffd", text)
