"""Edits by place: everything that changes a plan file goes through here, so that whatever is not meant stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.diagnostic import visible
from workplan.language import syntax
from workplan.language.line_diff import unified
from workplan.language.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.diagnostic import Replacement
    from workplan.language.scalar import File


@dataclass(frozen=True, slots=True)
class Change:
    """One file before and after, under the name that findings show."""

    file: str
    before: bytes
    after: bytes

    def diff(self) -> str:
        """The change as a unified diff."""
        old, new = (content.decode().splitlines(keepends=True) for content in (self.before, self.after))
        name = visible(self.file, one_line=True)
        lines = unified(old, new, name)
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


class OverlapError(ValueError):
    """Two edits that want the same characters: a fault of the caller, who chooses by ``compatible``."""


def apply(text: str, replacements: Iterable[Replacement]) -> str:
    """``text`` (without BOM, as spans count) with all replacements made, in whatever order they come.

    Raises OverlapError where two of them overlap; two that say the same of one place are one.
    """
    pieces: list[str] = []
    done = 0
    for edit in _ordered(replacements):
        if edit.span.start < done:
            raise OverlapError(edit)
        pieces += (text[done : edit.span.start], edit.text)
        done = edit.span.end
    return "".join((*pieces, text[done:]))


def _ordered(replacements: Iterable[Replacement]) -> list[Replacement]:
    return sorted(dict.fromkeys(replacements), key=lambda edit: (edit.span.start, edit.span.end))


def compatible(groups: Iterable[Sequence[Replacement]]) -> list[Sequence[Replacement]]:
    """The groups that can be made together, each whole; of two that want the same characters the first is kept.

    Touching ones count as conflicting: what stands beside a change may be read anew after it.
    """
    kept: list[Sequence[Replacement]] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    for group in groups:
        if not any(_meets(edit, taken.get(edit.span.file, [])) for edit in group):
            kept.append(group)
            for edit in group:
                insort(taken.setdefault(edit.span.file, []), (edit.span.start, edit.span.end))
    return kept


def _meets(edit: Replacement, taken: list[tuple[int, int]]) -> bool:
    """Whether an edit touches one of some others that do not overlap, in order."""
    before = bisect_right(taken, edit.span.end, key=lambda bounds: bounds[0])
    return before > 0 and edit.span.start <= taken[before - 1][1]


def written(edit: Replacement, texts: Sequence[Scalar]) -> Replacement:
    """The edit as its place among the ``scalars`` of its file asks for it: inside quotes its text is escaped."""
    before = bisect_left(texts, edit.span.start, key=lambda scalar: scalar.start)
    around = texts[before - 1] if before else None
    if around is None or around.style not in ("'", '"') or edit.span.end >= around.end:
        return edit
    return replace(edit, text=escaped(edit.text, around.style))


def escaped(text: str, style: str) -> str:
    """A text as it is written between single or double quotes."""
    return text.replace("'", "''") if style == "'" else re.sub(r'[\\"]', r"\\\g<0>", text)


def scalars(file: File) -> tuple[Scalar, ...]:
    """Every text of a file with its place; none where the file cannot be read."""
    node, _ = syntax.parse(file)
    return tuple(part for part in syntax.walk(node) if isinstance(part, Scalar)) if node is not None else ()
