"""The tree pass: paragraphs with numbering marks to branches within each other; what has no mark belongs to the branch before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.importing.marks import mark_at
from workplan.importing.piece import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.importing.marks import Mark


#: A line of a table of contents: its number is that of what it names.
_CONTENTS = Pattern(r"[.…·．]{4,}\s*[-—－]?\s*[0-9]{1,3}\s*[-—－]?\s*$|\t[0-9]{1,3}$")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A piece of a running text with its place among all of them, from 0: what names it through the passes."""

    id: int
    piece: Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A numbered paragraph, the pieces behind it that have no number, and the branches below it."""

    leaf: Leaf
    text: str
    mark: Mark
    rest: tuple[Leaf, ...] = ()
    below: tuple[Branch, ...] = ()

    @property
    def id(self) -> int:
        """The place of its first piece."""
        return self.leaf.id

    def walk(self) -> Iterator[Branch]:
        """Itself, and all below it."""
        yield self
        for branch in self.below:
            yield from branch.walk()


@dataclass(frozen=True, slots=True)
class Grown:
    """One running text: what stands before the first mark, and the branches of the first level."""

    opening: tuple[Leaf, ...]
    branches: tuple[Branch, ...]

    def walk(self) -> Iterator[Branch]:
        """All branches."""
        for branch in self.branches:
            yield from branch.walk()


@dataclass(slots=True)
class _Open:
    """A branch whose end has not come yet."""

    leaf: Leaf
    text: str
    mark: Mark
    rest: list[Leaf] = field(default_factory=list)
    below: list[Branch] = field(default_factory=list)

    def closed(self) -> Branch:
        return Branch(leaf=self.leaf, text=self.text, mark=self.mark, rest=tuple(self.rest), below=tuple(self.below))


def grown(leaves: Iterable[Leaf]) -> Grown:
    """The tree of one running text."""
    return _Growing().grown(leaves)


class _Growing:
    """Goes through one text; ``stack`` are the branches that are open, outermost first."""

    def __init__(self) -> None:
        self.opening: list[Leaf] = []
        self.top: list[Branch] = []
        self.stack: list[_Open] = []
        self.seen: dict[str, int] = {}

    def grown(self, leaves: Iterable[Leaf]) -> Grown:
        """The tree of some leaves."""
        for leaf in leaves:
            text = leaf.piece.text.strip() if isinstance(leaf.piece, Paragraph) else ""
            mark = mark_at(text) if text and not _CONTENTS.search(text) else None
            if mark is not None and mark.within and not self._is_within(mark):
                mark = None
            if mark is not None:
                self._close(self._depth(mark))
                self.seen.setdefault(mark.kind, len(self.stack))
                self.stack.append(_Open(leaf, text, mark))
            elif self.stack:
                self.stack[-1].rest.append(leaf)
            else:
                self.opening.append(leaf)
        self._close(0)
        return Grown(tuple(self.opening), tuple(self.top))

    def _close(self, depth: int) -> None:
        """Close what is open from a depth on."""
        while len(self.stack) > depth:
            done = self.stack.pop().closed()
            (self.stack[-1].below if self.stack else self.top).append(done)

    def _is_within(self, mark: Mark) -> bool:
        """Whether a decimal number begins with that of an open branch: else it is a figure of the text (1.5亿元)."""
        return self._outer(mark) is not None

    def _outer(self, mark: Mark) -> int | None:
        """The place of the open branch that a decimal number names before its own."""
        for place, branch in enumerate(self.stack):
            own = (*branch.mark.within, branch.mark.number)
            if branch.mark.kind[0] == "1" and own == mark.within:
                return place
        return None

    def _depth(self, mark: Mark) -> int:
        """How many branches a numbered paragraph stands within."""
        outer_place = self._outer(mark) if mark.within else None
        if outer_place is not None:
            return outer_place + 1
        kinds = [branch.mark.kind for branch in self.stack]
        if mark.kind in kinds:
            return kinds.index(mark.kind)
        last = self.stack[-1].mark if self.stack else None
        if last and mark.kind not in self.seen and _slipped(mark, last):
            return len(self.stack) - 1
        return self._of_new_kind(mark)

    def _of_new_kind(self, mark: Mark) -> int:
        """The same for a mark of a kind that no open branch has."""
        outer = [place for place, branch in enumerate(self.stack) if branch.mark.rank > mark.rank]
        known = self.seen.get(mark.kind)
        if not outer or (known is None and mark.number == 1 and self._announces()):
            return len(self.stack)
        return min(outer[0], known) if known is not None else outer[0]

    def _announces(self) -> bool:
        """Whether the last branch says that a list follows."""
        last = self.stack[-1]
        words = last.rest[-1].piece if last.rest else None
        text = words.text if isinstance(words, Paragraph) else last.text
        return text.rstrip().endswith(("：", ":"))


def _slipped(mark: Mark, last: Mark) -> bool:
    """Whether a mark goes on counting and differs in kind by a slip only: 1. and 2、."""
    goes_on = mark.number > 1 and mark.number == last.number + 1
    return goes_on and mark.kind[0] == last.kind[0] and mark.kind[0] in "一1" and len(mark.kind) == len(last.kind)
