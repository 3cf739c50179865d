"""What a comparison of two plans says, as values; matching makes them and the reports print them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from workplan.view.assignments import Due, NamedUnit, Role, Target

#: What may become of an entry; ``kind``: its words stayed, but prose became a task, or a task a safeguard.
Kind = Literal[
    "added", "removed", "moved", "split", "merged", "retitled", "reworded", "units", "due", "targets", "kind"
]
UnitKind = Literal["added", "removed", "renamed", "merged", "split", "role", "reordered", "expanded", "folded"]
#: What may become of a unit in the registry: whether it is there, its name, group, spellings, kind and place.
RegistryKind = Literal[
    "added",
    "removed",
    "renamed",
    "merged",
    "split",
    "joined",
    "left",
    "spelling",
    "full",
    "kind",
    "open",
    "closed",
    "within",
]
ChangeSign = Literal["=", "-", "+"]
#: A stretch of text that stayed (``=``), went (``-``) or came (``+``).
Piece = tuple[ChangeSign, str]
#: ``tasks``, ``safeguards`` and ``duties`` rows; ``section`` a heading without text of its own; ``prose`` an item or paragraph
#: that is nobody's duty; ``frame`` a text of document.yaml or of a part, whose id is its key (``preamble``).
EntryKind = Literal["tasks", "safeguards", "duties", "section", "prose", "frame"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table's line: the title of its column, and its text."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a plan says and that is compared with what another plan says.

    ``id`` is "" where the plan gives none; ``number`` is the printed numeral less its mark, ``path`` the marks from the top;
    ``section`` the titles above it from the top down; ``text`` its paragraphs joined by line ends, without the annotation
    printed from ``units``; ``printed`` the annotations as written; ``place`` counts the entries of its plan from 0.
    ``key`` names the entry within its plan: its id, else what it is called by elsewhere (the rows of ``workplan tasks``);
    ``addresses`` are those of the elements of the printed sequence that say it, and ``whole`` is all that they print but for
    blanks and numbers that were counted. ``cells`` are those of a table's line, whose text is made of them.
    """

    kind: EntryKind
    id: str
    number: str
    path: tuple[str, ...]
    section: tuple[str, ...]
    title: str
    text: str
    printed: tuple[str, ...]
    units: tuple[NamedUnit, ...]
    due: tuple[Due, ...]
    targets: tuple[Target, ...]
    place: int
    key: str = ""
    addresses: frozenset[str] = frozenset()
    whole: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Entries of the old plan and those of the new that carry them on; similarity from 0 to 1.

    One to one, but for a split (one to several) and a merger (several to one). ``doubtful`` marks a match that a person
    should look at.
    """

    old: tuple[Entry, ...]
    new: tuple[Entry, ...]
    similarity: float
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What happened to one unit in one entry: ``unit`` is the registry's name, ``old`` and ``new`` what stands on each side.

    They are names as printed, roles for a changed role, or "" where there is nothing. ``since`` is the year from which a new
    name holds, or in which units were merged or split, as far as the registry says.
    """

    unit: str
    change: UnitKind
    old: str
    new: str
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change as a person would tell it: a match that is not the same on both sides, or an entry with none.

    ``old`` is empty for an added entry, ``new`` for a removed one. ``text_diff`` is the text of both sides in one run
    (empty where it did not change).
    """

    kinds: tuple[Kind, ...]
    old: tuple[Entry, ...]
    new: tuple[Entry, ...]
    similarity: float
    doubtful: bool
    units: tuple[UnitChange, ...]
    text_diff: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Renumbered:
    """An entry whose printed number shifted only because others came or went."""

    id: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RoleChange:
    """The role that a unit had in a row, and the one it has in it now; ``row`` is the id of the new side's row."""

    row: str
    old: Role
    new: Role


@dataclass(frozen=True, slots=True)
class Balance:
    """One unit's duties on both sides, by the ids of the rows: the new side's, for ``lost`` the old side's.

    ``roles`` are rows that it has in another role now, ``kept`` those of which nothing changed for it. A row stands in one of
    the five; one that was also worded anew stands in ``roles`` and in ``reworded``.
    """

    unit: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    kept: tuple[str, ...]
    reworded: tuple[str, ...]
    roles: tuple[RoleChange, ...]


@dataclass(frozen=True, slots=True)
class RegistryChange:
    """What happened to one unit in the registry: ``unit`` is its name on the new side, or on the old one where it went.

    ``old`` and ``new`` are what the change is about: names (``renamed``, ``merged``, ``split``, ``full``, ``within``), the group
    that was joined or left, the kinds, the units that a ``spelling`` (then ``unit``) leads to. ``since`` is the year of a reform.
    """

    unit: str
    change: RegistryKind
    old: str = ""
    new: str = ""
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans compared. ``old`` and ``new`` name the sides; ``matches`` holds all matches, changed or not, in new order."""

    old: str
    new: str
    matches: tuple[Match, ...]
    changes: tuple[Change, ...]
    renumbered: tuple[Renumbered, ...]
    units: tuple[Balance, ...]
    registry: tuple[RegistryChange, ...] = ()
