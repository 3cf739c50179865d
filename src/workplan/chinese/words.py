"""Chinese words: where a name or title may be parted.

Segmentation is rjieba's (the jieba algorithm and dictionary); names that the plan knows are kept whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What stays in one piece whatever a dictionary says: titles of works, quotations, numbers with their unit, Latin words.
_WHOLE = re.compile(
    r"《[^《》]*》|“[^“”]*”|〈[^〈〉]*〉|〔\d+〕\d*号?|[0-9][0-9.,]*(?:%|年度|年|月份|月|日|号|个|周年|届)?|[A-Za-z][A-Za-z0-9.+-]*"
)
#: Marks that belong to the word before them.
_AFTER = "。，、；：！？）》〉”’】〕"
#: Marks that belong to the word after them.
_BEFORE = "（《〈“‘【〔"


def segment(text: str, names: Iterable[str] = (), longest: int = 20) -> tuple[str, ...]:
    """The words of a text in order, marks joined to their words; the words together are the text.

    ``names`` are kept whole, the longest first; a title in 《》 or a name of more than ``longest`` characters, which no line
    of a title holds, is parted into its words.
    """
    from rjieba import cut  # noqa: PLC0415 - loads a dictionary; only titles and names need it

    known = "|".join(re.escape(name) for name in sorted(filter(None, names), key=len, reverse=True))
    whole = re.compile(f"{known}|{_WHOLE.pattern}" if known else _WHOLE.pattern)
    words: list[str] = []
    done = 0
    for match in whole.finditer(text):
        words += cut(text[done : match.start()])
        words += (match[0],) if len(match[0]) <= longest else cut(match[0])
        done = match.end()
    words += cut(text[done:])
    return _with_marks(words)


def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a text in order, each with its part of speech as jieba names it: n, v, vn (a verb as a noun), d and so on."""
    from rjieba import tag  # noqa: PLC0415 - likewise

    return tuple(tag(text))


def _with_marks(words: Iterable[str]) -> tuple[str, ...]:
    joined: list[str] = []
    for word in words:
        if joined and (word[0] in _AFTER or word.isspace() or joined[-1][-1] in _BEFORE):
            joined[-1] += word
        else:
            joined.append(word)
    return tuple(joined)
