"""What lines of a file change, as a unified diff: for long files in step with their length."""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

from workplan.rising import rising

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Up to so many lines ``difflib`` compares all with all.
_USUAL = 2_000


def unified(old: list[str], new: list[str], name: str) -> Iterator[str]:
    """The lines of a unified diff of a file of that name."""
    if max(len(old), len(new)) <= _USUAL:
        yield from difflib.unified_diff(old, new, name, name)
        return
    for number, steps in enumerate(_Anchored(old, new).get_grouped_opcodes()):
        if not number:
            yield from (f"--- {name}\n", f"+++ {name}\n")
        (_, old_start, _, new_start, _), (_, _, old_end, _, new_end) = steps[0], steps[-1]
        yield f"@@ -{_range(old_start, old_end)} +{_range(new_start, new_end)} @@\n"
        for tag, first, last, start, end in steps:
            if tag == "equal":
                yield from (f" {line}" for line in old[first:last])
            else:
                yield from (f"-{line}" for line in old[first:last])
                yield from (f"+{line}" for line in new[start:end])


def _range(start: int, end: int) -> str:
    """Lines from ``start`` up to ``end``, counted from 0, as a diff names them."""
    return f"{start + 1}" if end - start == 1 else f"{start + (end > start)},{end - start}"


class _Anchored(difflib.SequenceMatcher[str]):
    """Compares files between the lines that stand once in both: all with all would take the square of their length."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        super().__init__(None, old, new)
        self.lines = old, new

    def get_matching_blocks(self) -> list[difflib.Match]:
        """The stretches that are alike, in order, and the empty one at the end."""
        old, new = self.lines
        blocks: list[difflib.Match] = []
        first = start = 0
        for last, end in (*_anchors(old, new), (len(old), len(new))):
            between = difflib.SequenceMatcher(None, old[first:last], new[start:end])
            found = [(first + one.a, start + one.b, one.size) for one in between.get_matching_blocks() if one.size]
            for at, other, size in (*found, (last, end, int(last < len(old)))):
                before = blocks[-1] if blocks else None
                if before and size and (before.a + before.size, before.b + before.size) == (at, other):
                    blocks[-1] = difflib.Match(before.a, before.b, before.size + size)
                else:
                    blocks.append(difflib.Match(at, other, size))
            first, start = last + 1, end + 1
        return blocks


def _anchors(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """The places of lines that stand once in both files, as many as have the same order in both."""
    once, counts = Counter(old), Counter(new)
    places = {line: place for place, line in enumerate(new)}
    pairs = [(place, places[line]) for place, line in enumerate(old) if once[line] == 1 and counts[line] == 1]
    for number in sorted(rising([place for _, place in pairs])):
        yield pairs[number]
