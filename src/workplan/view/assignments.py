"""What each department has to do: assignment rows and task sheets.

A text here is ``Placed`` where its words stand in the plan or the registry, and a plain ``str`` where nobody asks for them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from workplan.view import sheet_lines
from workplan.view.located_text import asking, composed, cut, joined, runs_of
from workplan.view.runs import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan.chinese.deadlines import Every
    from workplan.language.scalar import Scalar
    from workplan.view.sheet_lines import SheetBlock, SheetLine

Role = Literal["lead", "support", "responsible"]
#: Number of leading 字 of an untitled row that stand for its title.
_HEADING = 20

RowKind = Literal["tasks", "safeguards", "duties", "goals", "prose"]


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """One unit named in an assignment: as printed, the registry's name, and its role."""

    printed: str
    unit: str
    role: Role


@dataclass(frozen=True, slots=True)
class Assignment:
    """One group of responsible units, as one annotation or one labelled half of it says it.

    ``label`` is the printed label (责任部门) or "" for a phrase with a verb; ``printed`` the phrase itself, without label
    and brackets; ``open`` whether the list ends in 等; ``source`` where it stands: ``units`` (the item's key), ``text``
    (an annotation in the running text) or ``rules`` (laid down once for all by the document). ``key`` is the key that says it.
    """

    label: str
    printed: str
    open: bool
    units: tuple[NamedUnit, ...]
    source: Literal["units", "text", "rules"]
    key: Scalar = field(default=NOWHERE, compare=False)

    @property
    def open_roles(self) -> tuple[Role, ...]:
        """The role whose list of names ends in 等: that of the last name; none where the list is closed."""
        return (self.units[-1].role,) if self.open and self.units else ()


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: its words, and what they say.

    ``date`` is the last day they allow and ``begins`` the first day of a period, as ISO dates, ``every`` how often it comes
    again; None where the words say nothing of the kind.
    """

    text: str
    date: str | None
    begins: str | None = None
    every: Every | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A target: what is counted (``name``), its words (``text``), and, where they say one, the number and its unit."""

    name: str
    text: str
    value: int | float | None
    unit: str

    @property
    def words(self) -> str:
        """What is counted and how much, as one phrase."""
        key = next((run.scalar for run in runs_of(self.name)), NOWHERE)
        return composed(key, self.name, "：", self.text) if self.name else self.text


@dataclass(frozen=True, slots=True)
class Note:
    """What an annotation tells under a label that names no units: 责任领导：某某."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task row: whatever somebody answers for, and every leaf of a part of tasks, safeguards or duties.

    ``number`` is the printed number less its mark (``1``, ``一``) and ``mark`` the number as printed (``1．``), both ""
    for an unnumbered row; ``path`` the printed numbers from the top; ``part`` and ``section`` the titles above it;
    ``text`` the paragraphs joined by line ends, without the annotation printed from ``units``. ``keys`` are the keys of its
    item by name, and the one that titles its ``part``: they ask for what workplan adds. What of all this is listed where
    says ``facts``.
    """

    id: str
    number: str
    mark: str
    path: tuple[str, ...]
    part: str
    kind: RowKind
    section: str
    title: str
    text: str
    assignments: tuple[Assignment, ...]
    due: tuple[Due, ...]
    targets: tuple[Target, ...]
    notes: tuple[Note, ...] = ()
    keys: Mapping[str, Scalar] = field(default_factory=dict, compare=False)

    @property
    def named(self) -> tuple[NamedUnit, ...]:
        """Every unit the row names, in printed order."""
        return tuple(named for assignment in self.assignments for named in assignment.units)

    @property
    def open_roles(self) -> frozenset[Role]:
        """The roles whose list of names the row leaves open."""
        return frozenset(role for assignment in self.assignments for role in assignment.open_roles)

    def people(self, role: Role) -> str:
        """The printed names with a role, joined by 、, each once; a list that the plan leaves open keeps its 等.

        A phrase in which no unit was recognised stands whole among the responsible ones, so that nothing is lost.
        """
        seen: dict[str, None] = {}
        joined = ""
        for assignment in self.assignments:
            here = dict.fromkeys(named.printed for named in assignment.units if named.role == role)
            if not assignment.units and role == "responsible":
                here = dict.fromkeys([assignment.printed])
            fresh = [name for name in here if name not in seen]
            seen |= here
            if fresh:
                stop = "；" if joined.endswith("等") else "、"
                joined += (stop if joined else "") + "、".join(fresh)
                joined += "等" if role in assignment.open_roles else ""
        return joined

    @property
    def deadlines(self) -> str:
        """The words of all deadlines."""
        return joined(asking(self.keys, "due"), "；", (due.text for due in self.due))

    @property
    def goals(self) -> str:
        """The words of all targets."""
        return joined(asking(self.keys, "targets"), "；", (target.words for target in self.targets))

    @property
    def heading(self) -> str:
        """The title, or the opening words of an untitled row (at most 20 字)."""
        if self.title:
            return self.title
        first = self.text.partition("\n")[0]
        if len(first) <= _HEADING:
            return cut(self.text, len(first))
        return composed(asking(self.keys, "text"), cut(self.text, _HEADING - 1), "…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one unit or group that the plan names has to carry: the printed spellings, the ids of its rows, and counts."""

    unit: str
    kind: str
    printed: tuple[str, ...]
    tasks: tuple[str, ...]
    safeguards: tuple[str, ...]
    duties: tuple[str, ...]
    goals: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    lead: int
    support: int
    responsible: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row on a unit's sheet: the unit's ``roles`` there, strongest first.

    ``via`` are the groups it is named through (empty: by its own name), ``others`` the printed names of the others in the
    row, by role; ``key`` is the key that names it.
    """

    row: TaskRow
    roles: tuple[Role, ...]
    via: tuple[str, ...]
    others: tuple[tuple[Role, tuple[str, ...]], ...]
    key: Scalar = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class PossibleGroup:
    """A group with open membership that the plan names, and where its rows are, in words (重点任务第3、5项).

    ``key`` is the registry's that says it is open.
    """

    group: str
    places: tuple[str, ...]
    key: Scalar = field(default=NOWHERE, compare=False)

    @cached_property
    def line(self) -> SheetLine:
        """The line that says so: the same on every sheet, so it is worded once."""
        return sheet_lines.of_possible(self)

    def __reduce__(self) -> tuple[type[PossibleGroup], tuple[str, tuple[str, ...], Scalar]]:
        """Another process words the line itself: here a thread may be wording it while another one sends this."""
        return PossibleGroup, (self.group, self.places, self.key)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The task sheet of one unit: all that it needs to act without the plan at hand.

    ``lines`` is what it says, in reading order; the other names are what that is made of. It is worded anew whenever somebody
    asks, so that a build of many sheets holds the words of those alone that it makes.

    ``stem`` is the file name without its ending; ``plan`` the folder's name, ``title``, ``number``, ``date``, ``issuer``
    and ``status`` are the document's; ``full``, ``kind``, ``within`` and ``members`` come from the registry. ``keys`` are the
    keys of the document and of the unit's entry by name; ``return_by`` is the day, in words, by which a filled-in sheet should
    be back, and ``signed`` says that it should be signed; ``files`` the plan's files with the
    names of their git blobs.
    """

    unit: str
    full: str
    kind: str
    within: str
    members: tuple[str, ...]
    stem: str
    plan: str
    title: str
    issuer: str
    number: str
    date: str
    status: str
    tasks: tuple[SheetRow, ...]
    safeguards: tuple[SheetRow, ...]
    duties: tuple[SheetRow, ...]
    goals: tuple[SheetRow, ...] = ()
    prose: tuple[SheetRow, ...] = ()
    possible: tuple[PossibleGroup, ...]
    blanks: tuple[str, ...]
    return_by: str = ""
    signed: bool = False
    keys: Mapping[str, Scalar] = field(default_factory=dict, compare=False)
    files: tuple[tuple[str, str], ...] = ()

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        """All that the sheet says, line by line, in reading order."""
        return tuple(sheet_lines.lines(self))

    @property
    def blocks(self) -> tuple[SheetBlock, ...]:
        """The lines in blocks that are set as one."""
        return tuple(sheet_lines.blocks(self.lines))

    @property
    def entries(self) -> tuple[SheetRow, ...]:
        """Every row of the sheet, in the order of its sections."""
        return self.tasks + self.safeguards + self.duties + self.goals + self.prose
