"""Texts as copies are compared: white space says nothing, and every other sign knows where it stands."""

from __future__ import annotations

import re

from workplan.importing.marks import mark_at

#: So many signs of a text do not come to stand in another one by chance.
DISTINCT = 12
_BLANKS = re.compile(r"\s+")


def bare(text: str) -> str:
    """A text without white space."""
    return _BLANKS.sub("", text)


def in_signs(text: str, *, lines: bool) -> str:
    r"""A text without white space; ``lines`` keeps one ``\\n`` between two paragraphs that say something."""
    return "\n".join(filter(None, map(bare, text.split("\n")))) if lines else bare(text)


def core(text: str) -> str:
    """A line without white space and number: that counts anew where something came or went."""
    words = text.strip()
    mark = mark_at(words)
    return bare(words[mark.end :] if mark else words)


def places(text: str, *, lines: bool) -> list[int]:
    """Where each sign of ``in_signs`` stands in the text itself, and behind them the end of the last."""
    found: list[int] = []
    start = 0
    for line in text.split("\n") if lines else [text]:
        own = [start + place for place, sign in enumerate(line) if not sign.isspace()]
        if own and found:
            found.append(start - 1)
        found += own
        start += len(line) + 1
    return [*found, found[-1] + 1 if found else 0]
