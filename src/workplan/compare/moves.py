"""What really moved: into another section, or past its neighbours."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from workplan.rising import rising

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.compare.change import Entry, Match


def parents(entries: Sequence[Entry]) -> dict[int, int]:
    """For each entry the place of the heading or item it stands under; none for what stands at the top."""
    last: dict[tuple[str, ...], int] = {}
    found = {}
    for entry in entries:
        if entry.section in last:
            found[entry.place] = last[entry.section]
        if entry.title:
            last[*entry.section, entry.title] = entry.place
    return found


def moved(before: Sequence[Entry], after: Sequence[Entry], matches: Sequence[Match]) -> frozenset[int]:
    """The new places of entries that moved; what only made way for others, or went along with its section, did not.

    Among those that stay under one heading the fewest that explain the new order have moved.
    """
    above_old, above_new = parents(before), parents(after)
    heads = {entry.place: found.new[0].place for found in matches for entry in found.old}
    found: set[int] = set()
    stayed: dict[int | None, list[Match]] = defaultdict(list)
    for pair in matches:
        old, new = pair.old[0], pair.new[0]
        if old.kind == "frame" and new.kind == "frame":
            continue
        head_old, head_new = above_old.get(old.place), above_new.get(new.place)
        if _same_head(head_old, head_new, heads) or old.section == new.section:
            stayed[head_new].append(pair)
        else:
            found.add(new.place)
    for siblings in stayed.values():
        settled = rising([pair.old[0].place for pair in siblings])
        found |= {pair.new[0].place for place, pair in enumerate(siblings) if place not in settled}
    return frozenset(found)


def _same_head(old: int | None, new: int | None, heads: dict[int, int]) -> bool:
    """Whether two headings are one: matched, or none on both sides."""
    if old is None or new is None:
        return old is None and new is None
    return heads.get(old) == new
