"""What hangs on a text without being part of it: bookmarks, comments, tracked changes. Readers hand it on where it is asked for."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Stretch:
    """A bookmark (by its name) or a comment (by its identifier), as far as it covers one text: ``text[start:end]``.

    All stretches of one bookmark have its ``number``. ``goes_on`` says of a comment that it ends in a later text.
    """

    name: str
    number: int
    start: int
    end: int
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    r"""A tracked change: ``ins``, ``del``, ``moveFrom`` or ``moveTo``; words of ``\n`` are the mark of a paragraph.

    The words are ``text[start:end]``, or stand at ``start`` where the text does not have them.
    """

    kind: str
    start: int
    end: int
    words: str
    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on one text; ``identifier`` is Word's own for the paragraph."""

    bookmarks: tuple[Stretch, ...] = ()
    comments: tuple[Stretch, ...] = ()
    changes: tuple[Change, ...] = ()
    identifier: str = ""

    def __bool__(self) -> bool:
        """Whether anything hangs there, so that even a text without characters says something."""
        return bool(self.bookmarks or self.comments or self.changes)

    def moved(self, by: int) -> Hanging:
        """The same on a text with so many characters more (or fewer) at its beginning."""
        return self._placed(lambda at: max(at + by, 0)) if by else self

    def without(self, places: Sequence[int]) -> Hanging:
        """The same on the text without the characters at some places, given in order."""
        return self._placed(lambda at: at - bisect_left(places, at)) if places else self

    def on(self, text: str) -> Hanging:
        """The same, with the words of each change as the text has them; those of which nothing is left go."""
        worded = (replace(one, words=text[one.start : one.end]) if one.end > one.start else one for one in self.changes)
        return replace(self, changes=tuple(one for one in worded if one.words))

    def collapsed(self) -> Hanging:
        """The same where the whole text goes."""
        return self._placed(lambda _: 0)

    def _placed(self, place: Callable[[int], int]) -> Hanging:
        return Hanging(
            bookmarks=tuple(replace(one, start=place(one.start), end=place(one.end)) for one in self.bookmarks),
            comments=tuple(replace(one, start=place(one.start), end=place(one.end)) for one in self.comments),
            changes=tuple(replace(one, start=place(one.start), end=place(one.end)) for one in self.changes),
            identifier=self.identifier,
        )


def joined(texts: Iterable[tuple[str, Hanging | None]], separator: str) -> tuple[str, Hanging | None]:
    """Texts as one, those without characters without a separator, and what hangs on it; None where that is not known."""
    said: list[str] = []
    hanging: list[Hanging] = []
    length = 0
    for text, own in texts:
        gap = separator if text and length else ""
        said += (gap, text)
        length += len(gap)
        if own is not None:
            hanging.append(own.moved(length))
        length += len(text)
    return "".join(said), _together(hanging) if hanging else None


def _together(found: Sequence[Hanging]) -> Hanging:
    """One bookmark on several of them is one stretch."""
    bookmarks: dict[int, Stretch] = {}
    for one in (stretch for own in found for stretch in own.bookmarks):
        first = bookmarks.get(one.number)
        bookmarks[one.number] = one if first is None else _across(first, one)
    return Hanging(
        bookmarks=tuple(bookmarks.values()),
        comments=tuple(stretch for own in found for stretch in own.comments),
        changes=tuple(change for own in found for change in own.changes),
        identifier=next((own.identifier for own in found if own.identifier), ""),
    )


def _across(first: Stretch, other: Stretch) -> Stretch:
    """From the beginning of one to the end of the other; one without characters adds nothing."""
    if other.start == other.end:
        return first
    return other if first.start == first.end else replace(first, end=max(first.end, other.end))
