"""Brackets of every kind that offices use, paired as they nest; a full-width one may be closed by a half-width one."""

from __future__ import annotations

import re
from collections import Counter

#: Each bracket with the opening one of its kind.
_KINDS = {"（": "（", "(": "（", "）": "（", ")": "（", "〔": "〔", "〕": "〔", "【": "【", "】": "【"}
_KINDS |= {"［": "［", "[": "［", "］": "［", "]": "［", "〖": "〖", "〗": "〖"}
OPENING = "（(〔【［[〖"
CLOSING = "）)〕】］]〗"
_ANY = re.compile(f"[{re.escape(OPENING + CLOSING)}]")
#: What may stand behind a phrase that brings its own brackets.
_STOPS = "。；;"


def pairs(text: str, start: int = 0, end: int | None = None) -> dict[int, int]:
    """The places of opening brackets with those of their closing ones; a bracket without its half is in none."""
    found: dict[int, int] = {}
    waiting: list[tuple[int, str]] = []
    open_ = Counter[str]()
    for mark in _ANY.finditer(text, start, len(text) if end is None else end):
        kind = _KINDS[mark[0]]
        if mark[0] in OPENING:
            waiting.append((mark.start(), kind))
            open_[kind] += 1
        elif open_[kind]:
            while True:
                place, other = waiting.pop()
                open_[other] -= 1
                if other == kind:
                    found[place] = mark.start()
                    break
    return found


def outermost(found: dict[int, int]) -> list[tuple[int, int]]:
    """The pairs that stand in no other, in order."""
    outer: list[tuple[int, int]] = []
    for start in sorted(found):
        if not outer or start > outer[-1][1]:
            outer.append((start, found[start]))
    return outer


def enclosed(text: str) -> list[tuple[int, int]]:
    """The stretches between brackets where a text is nothing but brackets with their contents, else none."""
    body = text.strip()
    if not body.startswith(tuple(OPENING)):
        return []
    outer = outermost(pairs(text))
    rest = iter((*outer, (len(text), len(text))))
    place = 0
    for start, end in rest:
        between = text[place:start].strip()
        if between and not (place and start == len(text) and between in _STOPS):
            return []
        place = end + 1
    return [(start + 1, end) for start, end in outer]
