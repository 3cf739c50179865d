"""What has been read of one part of a phrase so far: the ground on which the reader and what stands in brackets work."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Self

from workplan.plan.registry.phrase import Name, Piece
from workplan.plan.registry.roles import Roles

if TYPE_CHECKING:
    from workplan.plan.registry.labels import Said
    from workplan.plan.registry.phrase import Doubt, Labelled, LaidDown, PieceKind
    from workplan.plan.registry.tokens import Tokens

#: The number of names before one that may say what it leaves out.
_NEAR = 8


@dataclass(slots=True)
class Reading(ABC):
    """A part of ``tokens.text``, read up to ``pos`` of ``end``.

    ``earlier`` are the names of the parts before, the nearest first. ``complete`` says that a sentence has been made already:
    words that name nobody are then a remark. ``state`` says what stands before ``pos``: nothing or a mark (a name may begin),
    a name, a verb; ``listed`` that it was no more than a list mark or a connector.
    """

    tokens: Tokens
    pos: int
    end: int
    roles: Roles
    earlier: tuple[str, ...] = ()
    complete: bool = False
    open: bool = False
    verb: bool = False
    due: list[Labelled] = field(default_factory=list)
    columns: list[Labelled] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    rules: list[LaidDown] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    #: Where the sentences on how to read the phrase begin behind which no name stands, with the mark before them.
    said_from: int | None = None
    state: Literal["fresh", "name", "verb"] = "fresh"
    listed: bool = True
    #: How many brackets of the phrase it stands in.
    depth: int = 0
    #: The first of the names that are one party, since the others stand behind it in brackets: 县水利局（县河长办）.
    same_party: int = 0
    #: Whether roles stand in brackets before the names: 〔牵头〕县水利局〔配合〕县财政局.
    prefixed: bool = False
    #: Where names begin that 和 may join, and how many there were before.
    segment: tuple[int, int] = (0, 0)

    @abstractmethod
    def read(self) -> None:
        """Go through the part once."""

    @property
    def names(self) -> list[Name]:
        """The names found, in order."""
        return self.roles.names

    @property
    def before(self) -> tuple[str, ...]:
        """The names found so far, the nearest few, the last one first, each with what it leaves out."""
        text = self.tokens.text
        own = (name.carried + text[name.start : name.end] for name in reversed(self.names[-_NEAR:]))
        return (*own, *self.earlier)[:_NEAR]

    def inner(self, start: int, end: int, label: Said | None = None) -> Self:
        """One for a stretch within this part, under the same label unless it has one of its own."""
        roles = Roles(label=label or self.roles.label, led=self.roles.led)
        return type(self)(
            tokens=self.tokens, pos=start, end=end, roles=roles, earlier=self.before, depth=self.depth + 1
        )

    def take(self, kind: PieceKind, end: int) -> str:
        """One more piece, up to ``end``; its words."""
        words = self.tokens.text[self.pos : end]
        self.pieces.append(Piece(kind, self.pos, end))
        self.pos = end
        return words

    def enter(self, unit: str, end: int, carried: str = "") -> None:
        """One more name, up to ``end``; ``unit`` is "" where nobody registered it."""
        start, printed = self.pos, self.take("name", end)
        role = self.roles.role()
        self.roles.add(Name(printed=printed, unit=unit, role=role, start=start, end=end, carried=carried))
        self.said_from, self.state = None, "name"
        self.same_party = len(self.names) - 1

    def begin_segment(self) -> None:
        """What stands before is joined to nothing that follows."""
        self.segment = (self.pos, len(self.names))

    def join_printed(self) -> None:
        """Names joined by 和 or 及 are one printed name: give each of them the whole of it."""
        start, first = self.segment
        joined = self.names[first:]
        if len(joined) > 1:
            printed = self.tokens.text[start : joined[-1].end]
            self.names[first:] = [replace(name, printed=printed) for name in joined]

    def turn(self, kind: PieceKind, end: int, state: Literal["fresh", "verb"] = "fresh") -> str:
        """A piece that ends what may be joined; its words."""
        self.join_printed()
        words = self.take(kind, end)
        self.state, self.listed = state, True
        self.begin_segment()
        return words
