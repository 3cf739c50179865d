"""Which characters may begin and end a line, and how wide they are (GB/T 15834-2011 5.1, clreq)."""

from __future__ import annotations

import re
import unicodedata

#: Marks that may not begin a line; their ink stands in the left half of the em box.
STOPS = frozenset("。，、；：！？．")
CLOSING = frozenset("”’）》〉】〕」』｝］")
#: Marks that may not end a line; their ink stands in the right half of the em box.
OPENING = frozenset("“‘（《〈【〔「『｛［")
#: Marks that may stand beyond the end of a line.
HANGING = frozenset("。，、；：")
_NARROW_CLOSING = frozenset(",;:.!?)]}%")
_NARROW_OPENING = frozenset("([{")
_NEVER_FIRST = STOPS | CLOSING | _NARROW_CLOSING | frozenset("％‰℃·—…～")
_NEVER_LAST = OPENING | _NARROW_OPENING
_PAIRS = ("——", "……")


def cells(text: str) -> float:
    """The width of a text in 字: half for narrow characters, one for all others."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in text)


def is_mark(character: str) -> bool:
    """Whether half of the character's em box is blank, so that it can be squeezed."""
    return character in STOPS or character in CLOSING or character in OPENING


def needs_room(character: str) -> bool:
    """Whether 字 keeps a little room beside the character: beside digits, letters and signs, not beside brackets."""
    return is_word(character) and character not in "()[]{}"


def is_word(character: str) -> bool:
    """Whether the character belongs to a number or a Latin word."""
    return character.isascii() and not character.isspace()


def may_break(text: str, place: int) -> bool:
    """Whether a line may end before ``text[place]``."""
    before, after = text[place - 1], text[place]
    if after in _NEVER_FIRST and not _opens_dash(text, place):
        return False
    if before in _NEVER_LAST or before + after in _PAIRS or after == " ":
        return False
    return not (is_word(before) and is_word(after))


def _opens_dash(text: str, place: int) -> bool:
    """—— and …… are one mark of two characters: it may begin a line, its second half may not."""
    pair = text[place : place + 2]
    if pair not in _PAIRS:
        return False
    run = re.match(f"{re.escape(pair[0])}+", text[place:])
    back = len(text[:place]) - len(text[:place].rstrip(pair[0]))
    return run is not None and back % 2 == 0
