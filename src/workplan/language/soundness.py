"""Which corrections leave a file reading as it did; the others are for a person to make."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from workplan.language.edit import apply, compatible, scalars, written
from workplan.language.scalar import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.diagnostic import Replacement
    from workplan.language.scalar import Scalar

#: To find one correction that would break a file among a thousand takes some twenty trials.
_TRIALS = 200


def sound(file: File, groups: Iterable[Sequence[Replacement]]) -> list[Sequence[Replacement]]:
    """The corrections of one file that can be made together, as their places ask for them.

    One after which the file would no longer read as it did is left out. Where very many would, those that are not tried are
    left out too: every trial reads the whole file. In a file that cannot be read nothing can be lost.
    """
    own = [group for group in groups if all(edit.span.file == file.name for edit in group)]
    texts = scalars(file) if own else ()
    fitting = compatible([tuple(written(edit, texts) for edit in group) for group in own])
    return list(_sound(file, texts, fitting)) if texts else fitting


def _sound(file: File, texts: Sequence[Scalar], groups: list[Sequence[Replacement]]) -> Iterator[Sequence[Replacement]]:
    """Those after which the texts of the file stand as before; where all together do not, each half by itself."""
    waiting = [groups] if groups else []
    for _ in range(_TRIALS):
        if not waiting:
            return
        tried = waiting.pop()
        if _Moved([edit for group in tried for edit in group]).reads_alike(file, texts):
            yield from tried
        elif len(tried) > 1:
            half = len(tried) // 2
            waiting += (tried[half:], tried[:half])


class _Moved:
    """Where texts stand after some edits that do not overlap."""

    def __init__(self, edits: Iterable[Replacement]) -> None:
        self.edits = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
        self.starts = [edit.span.start for edit in self.edits]
        self.ends = [edit.span.end for edit in self.edits]
        self.grown = [0, *accumulate(map(_growth, self.edits))]
        #: The same without what adds keys, which is no part of the text beside it.
        self.within = [0, *accumulate(0 if edit.adds else _growth(edit) for edit in self.edits)]

    def reads_alike(self, file: File, before: Sequence[Scalar]) -> bool:
        """Whether the changed file has the same texts in the same places, beside what was added."""
        after = scalars(File(file.name, apply(file.text, self.edits)))
        added = [
            (edit.span.start + grown, edit.span.start + grown + len(edit.text))
            for edit, grown in zip(self.edits, self.grown, strict=False)
            if edit.adds
        ]
        kept = [(text.start, text.span.end) for text in after if not _is_in(text, added)]
        return kept == list(map(self._place, before))

    def _place(self, text: Scalar) -> tuple[int, int]:
        """Where a text begins and ends after the edits; empty lines behind a block do not count."""
        start, end = text.start, text.span.end
        left = bisect_right(self.ends, start)
        moved = self.grown[left]
        while left and self.starts[left - 1] == start and not self.edits[left - 1].adds:
            left -= 1  # put in where the text begins: it is part of the text
            moved -= _growth(self.edits[left])
        first, last = bisect_left(self.starts, start), bisect_right(self.ends, end)
        return start + moved, end + moved + (self.within[last] - self.within[first] if last > first else 0)


def _is_in(text: Scalar, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether a text lies in one of some ranges, which are in order."""
    before = bisect_right(ranges, text.start, key=lambda bounds: bounds[0])
    return before > 0 and text.span.end <= ranges[before - 1][1]


def _growth(edit: Replacement) -> int:
    return len(edit.text) - (edit.span.end - edit.span.start)
