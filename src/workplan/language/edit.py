"""Edits by place: everything that changes a plan file goes through here, so that whatever is not meant stays as it is."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.language import syntax
from workplan.language.scalar import File, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.diagnostic import Replacement


@dataclass(frozen=True, slots=True)
class Change:
    """One file before and after, under the name that findings show."""

    file: str
    before: bytes
    after: bytes

    def diff(self) -> str:
        """The change as a unified diff."""
        old, new = (content.decode().splitlines(keepends=True) for content in (self.before, self.after))
        lines = difflib.unified_diff(old, new, self.file, self.file)
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
    taken: list[Replacement] = []
    for group in groups:
        if not any(_meet(edit, other) for edit in group for other in taken):
            kept.append(group)
            taken += group
    return kept


def _meet(one: Replacement, other: Replacement) -> bool:
    same_file = one.span.file == other.span.file
    return same_file and one.span.start <= other.span.end and other.span.start <= one.span.end


def written(edit: Replacement, texts: Iterable[Scalar]) -> Replacement:
    """The edit as its place among the ``scalars`` of its file asks for it: inside quotes its text is escaped."""
    around = next(
        (
            scalar
            for scalar in texts
            if scalar.style in ("'", '"') and scalar.start < edit.span.start and edit.span.end < scalar.end
        ),
        None,
    )
    if around is None:
        return edit
    return replace(edit, text=escaped(edit.text, around.style))


def escaped(text: str, style: str) -> str:
    """A text as it is written between single or double quotes."""
    return text.replace("'", "''") if style == "'" else re.sub(r'[\\"]', r"\\\g<0>", text)


def scalars(file: File) -> tuple[Scalar, ...]:
    """Every text of a file with its place; none where the file cannot be read."""
    node, _ = syntax.parse(file)
    return tuple(part for part in syntax.walk(node) if isinstance(part, Scalar)) if node is not None else ()


def sound(file: File, groups: Iterable[Sequence[Replacement]]) -> list[Sequence[Replacement]]:
    """The corrections of one file that can be made together, as their places ask for them.

    One after which the file would no longer read as it did is left out: it is for a person to make. In a file that cannot be
    read nothing can be lost.
    """
    own = [group for group in groups if all(edit.span.file == file.name for edit in group)]
    texts = scalars(file) if own else ()
    fitting = compatible([tuple(written(edit, texts) for edit in group) for group in own])
    return list(_sound(file, texts, fitting)) if texts else fitting


def _sound(file: File, texts: Sequence[Scalar], groups: list[Sequence[Replacement]]) -> Iterator[Sequence[Replacement]]:
    """Those after which the texts of the file stand as before; where all together do not, each half by itself."""
    if not groups:
        return
    if _read_alike(file, texts, [edit for group in groups for edit in group]):
        yield from groups
    elif len(groups) > 1:
        half = len(groups) // 2
        yield from _sound(file, texts, groups[:half])
        yield from _sound(file, texts, groups[half:])


def _read_alike(file: File, texts: Sequence[Scalar], edits: list[Replacement]) -> bool:
    """Whether the changed file has the same texts in the same places."""
    wanted = []
    for text in texts:
        left = sum(_growth(edit) for edit in edits if edit.span.end <= text.start and edit.span.start < text.start)
        within = sum(_growth(edit) for edit in edits if text.start <= edit.span.start and edit.span.end <= text.end)
        wanted.append((text.start + left, text.end + left + within))
    return [(text.start, text.end) for text in scalars(File(file.name, apply(file.text, edits)))] == wanted


def _growth(edit: Replacement) -> int:
    return len(edit.text) - (edit.span.end - edit.span.start)
