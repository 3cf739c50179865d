"""Texts that were joined to another: the edits of both go together, or the text would stand twice, or nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.merge.edit import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.merge.edit import Edit


def joins(edits: Sequence[Edit]) -> Iterator[tuple[Edit, ...]]:
    """Of the edits of one copy those that go together: one that took in other texts, then those that take words out of these."""
    own = {edit.holder: edit for edit in edits if edit.kind in (Kind.CHANGED, Kind.REMOVED)}
    for edit in edits:
        others = tuple(own[holder] for holder in edit.swallowed if holder in own)
        if others:
            yield (edit, *others)
