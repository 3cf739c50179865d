"""Words and patterns that are looked for in Chinese texts; nothing is compiled before it is used, since most plans use few of them."""

from __future__ import annotations

import re
import sys
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Pattern:
    """A regular expression that is compiled when it is first asked."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.source)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As ``re.Pattern.match``."""
        return self._compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As ``re.Pattern.fullmatch``."""
        return self._compiled.fullmatch(text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As ``re.Pattern.search``."""
        return self._compiled.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As ``re.Pattern.finditer``."""
        return self._compiled.finditer(text, start, end)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As ``re.Pattern.sub``."""
        return self._compiled.sub(new, text)

    def split(self, text: str) -> list[str]:
        """As ``re.Pattern.split`` for a pattern without groups."""
        return self._compiled.split(text)


class Words:
    """Some words, given one by one or parted by blanks, to be found at a place of a text."""

    def __init__(self, words: str | Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(words.split() if isinstance(words, str) else words, key=len, reverse=True):
            self._by_first.setdefault(word[0], []).append(word)

    def at(self, text: str, start: int, end: int) -> str:
        """The longest word that stands in ``text`` at ``start`` and ends before ``end``; "" for none."""
        found = self._by_first.get(text[start : start + 1], ())
        return next((word for word in found if text.startswith(word, start, end)), "")
