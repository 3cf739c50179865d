"""Texts that know where their words stand: what rows and sheets are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.view import runs
from workplan.view.sequence import Face, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Self

    from workplan.language.model import Record
    from workplan.language.scalar import Scalar


class LocatedText(str):
    """A text with the runs it is made of, so that each of its words has its place; else a ``str`` like any other.

    It is a text wherever one is wanted: in JSON, in a cell, in a template. What is cut out of it or joined to it by the means
    of ``str`` has no places; the functions here keep them.
    """

    __slots__ = ("runs",)

    runs: tuple[Run, ...]

    def __new__(cls, own: Iterable[Run]) -> Self:
        """The text of some runs."""
        kept = tuple(run for run in own if run.text)
        made = super().__new__(cls, "".join(run.text for run in kept))
        made.runs = kept
        return made

    def __reduce__(self) -> tuple[type[LocatedText], tuple[tuple[Run, ...]]]:
        """A process that makes sheets is handed them with their places."""
        return LocatedText, (self.runs,)


def located(scalar: Scalar | None) -> LocatedText:
    """What a key says, in one line."""
    return LocatedText(runs.paragraphs(scalar))


def runs_of(text: str, key: Scalar = runs.NOWHERE) -> tuple[Run, ...]:
    """The runs of a text; one that has no places is added by workplan, asked for by ``key``."""
    if isinstance(text, LocatedText):
        return text.runs
    return (Run(text, Face.FANGSONG, key),) if text else ()


def composed(key: Scalar, *parts: str) -> LocatedText:
    """Texts put together; those that have no places are added by workplan, asked for by ``key``."""
    return LocatedText(run for part in parts for run in runs_of(part, key))


def joined(key: Scalar, between: str, parts: Iterable[str]) -> LocatedText:
    """Texts with the same sign between each two of them."""
    found = [part for one in parts for part in (between, one)]
    return composed(key, *found[1:])


def cut(text: str, end: int) -> LocatedText:
    """The first ``end`` characters of a text."""
    kept: list[Run] = []
    for run in runs_of(text):
        kept.append(run.part(0, end))
        end = max(0, end - len(run.text))
    return LocatedText(kept)


def paragraphs(text: str) -> Iterator[LocatedText]:
    """The paragraphs of a text, without empty ones."""
    line: list[Run] = []
    for run in runs_of(text):
        start = 0
        for words in run.text.split("\n"):
            if start:
                yield from _filled(line)
                line = []
            line.append(run.part(start, start + len(words)))
            start += len(words) + 1
    yield from _filled(line)


def _filled(line: list[Run]) -> Iterator[LocatedText]:
    made = LocatedText(line)
    yield from (made,) if made else ()


def in_line(text: str) -> LocatedText:
    """The text with a blank for each line end, as a labelled line prints it."""
    return joined(runs.NOWHERE, " ", paragraphs(text))


def keys_of(record: Record | None) -> dict[str, Scalar]:
    """The keys of a record by name, for what workplan adds on their behalf."""
    return {entry.key.text: entry.key for entry in record.node.entries} if record else {}


def asking(keys: Mapping[str, Scalar], name: str) -> Scalar:
    """The key of that name; the first one where there is none."""
    return keys.get(name) or next(iter(keys.values()), runs.NOWHERE)
