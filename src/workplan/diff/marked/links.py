"""Which printed paragraphs carry on which: what the matches of two plans say of the lines of their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diff.marked.align import PARAGRAPH, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.diff.change import Comparison, Entry, Match
    from workplan.diff.marked.align import Line

#: So many characters of a text tell where it is printed.
_PROBE = 16


def links(comparison: Comparison, old: Sequence[Line], new: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Pairs of lines in which matched entries begin.

    Of an entry that was split only the likest part is its successor, the others are new; likewise for a merger.
    """
    pairs = [_likest(match) for match in comparison.matches]
    here = _found((one for one, _ in pairs), old)
    there = _found((other for _, other in pairs), new)
    for one, other in pairs:
        if one.place in here and other.place in there:
            yield here[one.place], there[other.place]


def _likest(match: Match) -> tuple[Entry, Entry]:
    pairs = [(one, other) for one in match.old for other in match.new]
    return max(pairs, key=lambda pair: likeness(pair[0].text, pair[1].text)) if len(pairs) > 1 else pairs[0]


def _found(entries: Iterable[Entry], lines: Sequence[Line]) -> dict[int, int]:
    """By the place of each entry, the line in which it begins; texts of the frame are left out, they have places."""
    found: dict[int, int] = {}
    start = 0
    for entry in sorted((entry for entry in entries if entry.kind != "frame"), key=lambda entry: entry.place):
        text = entry.text[:_PROBE].partition("\n")[0]
        for place in range(start, len(lines)):
            if _begins(lines, place, entry.title, text):
                found[entry.place] = start = place
                break
    return found


def _begins(lines: Sequence[Line], place: int, title: str, text: str) -> bool:
    """Whether an entry begins in a line: its title and the beginning of its text stand there, or the text in the next."""
    here = lines[place].text
    if (title or text) not in here or lines[place].kind != PARAGRAPH:
        return False
    return text in here or (place + 1 < len(lines) and lines[place + 1].text.startswith(text))
