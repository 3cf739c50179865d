"""Two texts compared as a Chinese reader reads them: by phrase, numbers whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.compare.change import ChangeSign, Piece

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|[^\S\n]+|.", re.DOTALL)
#: What stayed between two changes is read as part of them unless it is longer than this.
_CONFETTI = 2
#: The same for what stayed between two changes that are each several times as long: chance, not wording that was kept.
_CHANCE, _SEVERAL = 4, 3
#: Where a phrase ends: a change that may begin at several places begins after one of these.
_ENDS = frozenset("。，、；：！？…\n")


@dataclass(slots=True)
class _Block:
    """Tokens of both sides that stand for each other; ``same`` ones are equal."""

    same: bool
    old: list[str]
    new: list[str]


def common(old: str, new: str) -> int:
    """How many characters of ``old`` the text ``new`` still has, in their order."""
    return sum(len(words) for sign, words in compare(old, new) if sign == "=")


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that lead from ``old`` to ``new``.

    ``=`` and ``-`` together are the old text, ``=`` and ``+`` the new one; no two pieces beside each other have the same
    mark, and what went stands before what came. Numbers and Latin words stay whole, and what two texts share by chance
    between two changes (one or two characters) goes with the change.
    """
    blocks = _merged(_slid(_merged(_blocks(_TOKEN.findall(old), _TOKEN.findall(new)))))
    while True:
        read = _merged(_without_confetti(blocks))
        if len(read) == len(blocks):
            break
        blocks = read
    return tuple(_pieces(_merged(_trimmed(blocks))))


def _blocks(old: list[str], new: list[str]) -> Iterator[_Block]:
    names: dict[str, int] = {}
    first, second = ([names.setdefault(token, len(names)) for token in side] for side in (old, new))
    for step in Indel.opcodes(first, second):
        yield _Block(step.tag == "equal", old[step.src_start : step.src_end], new[step.dest_start : step.dest_end])


def _merged(blocks: Iterable[_Block]) -> list[_Block]:
    """Neighbours of one kind in one block."""
    found = []
    for same, group in groupby((block for block in blocks if block.old or block.new), lambda block: block.same):
        members = list(group)
        old = [token for block in members for token in block.old]
        new = [token for block in members for token in block.new]
        found.append(_Block(same, old, new))
    return found


def _slid(blocks: list[_Block]) -> list[_Block]:
    """The blocks with what only came or only went begun, where it may be, behind the end of a phrase."""
    for before, block, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if not block.same and bool(block.old) != bool(block.new):
            _slide(before, block.old or block.new, after)
    return blocks


def _slide(before: _Block, change: list[str], after: _Block) -> None:
    """Move a change to the left over what stayed, as long as the texts stay what they are, to the end of a phrase."""
    kept = before.old
    steps, best = 0, 0
    moved = list(change)
    while steps < len(kept) - 1 and kept[-1 - steps] == moved[-1]:
        moved = [moved[-1], *moved[:-1]]
        steps += 1
        if kept[-1 - steps] in _ENDS:
            best = steps
            break
    if not best or kept[-1] in _ENDS:
        return
    change[:] = change[-best % len(change) :] + change[: -best % len(change)]
    stayed = kept[-best:]
    before.old = before.new = kept[:-best]
    after.old = after.new = stayed + after.old


def _without_confetti(blocks: Sequence[_Block]) -> Iterator[_Block]:
    for place, block in enumerate(blocks):
        inner = 0 < place < len(blocks) - 1
        if block.same and inner and _is_chance(block, blocks[place - 1], blocks[place + 1]):
            yield _Block(same=False, old=block.old, new=block.new)
        else:
            yield block


def _is_chance(kept: _Block, before: _Block, after: _Block) -> bool:
    length = _length(kept.old)
    around = min(max(_length(block.old), _length(block.new)) for block in (before, after))
    return "\n" not in kept.old and (length <= _CONFETTI or (length <= _CHANCE and around >= _SEVERAL * length))


def _length(tokens: Sequence[str]) -> int:
    return sum(map(len, tokens))


def _trimmed(blocks: Iterable[_Block]) -> Iterator[_Block]:
    """Changes without what both their sides begin or end with."""
    for block in blocks:
        if block.same:
            yield block
            continue
        head = _shared(block.old, block.new)
        old, new = block.old[head:], block.new[head:]
        tail = _shared(old[::-1], new[::-1])
        yield _Block(same=True, old=block.old[:head], new=block.new[:head])
        yield _Block(same=False, old=old[: len(old) - tail], new=new[: len(new) - tail])
        yield _Block(same=True, old=old[len(old) - tail :], new=new[len(new) - tail :])


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _pieces(blocks: Iterable[_Block]) -> Iterator[Piece]:
    for block in blocks:
        sides: tuple[tuple[ChangeSign, list[str]], ...] = (
            (("=", block.old),) if block.same else (("-", block.old), ("+", block.new))
        )
        yield from ((mark, "".join(tokens)) for mark, tokens in sides if tokens)
