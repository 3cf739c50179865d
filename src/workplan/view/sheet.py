"""The task sheet of each unit: the rows that name it, alone or through a group that lists it, and no others."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, get_args

from workplan.view.assignments import PossibleGroup, RowKind, Sheet, SheetRow
from workplan.view.blocks import named_by
from workplan.view.facts import ROLES
from workplan.view.located_text import LocatedText, asking, composed, joined, keys_of, located
from workplan.view.runs import NOWHERE
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from workplan.language.model import Registry, Unit
    from workplan.language.scalar import Scalar
    from workplan.plan.compiled import Plan
    from workplan.view.assignments import TaskRow
    from workplan.view.blocks import Official

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]|^\.+|[. ]+$')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of those who get a sheet: fields to fill in, the day, in words, by which it should be back, a signature."""

    blanks: tuple[str, ...] = ()
    return_by: str = ""
    signed: bool = False


def sheets(
    plan: Plan, official: Official, all_rows: Sequence[TaskRow], units: Sequence[str], asked: Asked
) -> tuple[Sheet, ...]:
    """A sheet for each of ``units`` (names of the registry); file names clash with none of the others."""
    stems = file_names(units)
    maker = _Maker(plan, official, all_rows)
    return tuple(maker.sheet(unit, stems[unit], asked) for unit in units)


def file_names(units: Sequence[str]) -> dict[str, str]:
    """A safe file name for each unit: NFC, no character that a file system forbids, at most 120 bytes and a digest.

    The digest (8 hex digits of the name's SHA-256) is added where the name was changed, is reserved on Windows, or
    clashes with another on a file system that ignores case.
    """
    plain = {unit: _plain(unit) for unit in units}
    folded = Counter(stem.casefold() for stem in plain.values())
    names = {}
    for unit, stem in plain.items():
        clear = stem == unit and stem.split(".")[0].casefold() not in _RESERVED and folded[stem.casefold()] == 1
        names[unit] = stem if clear else f"{stem}-{hashlib.sha256(unit.encode()).hexdigest()[:8]}"
    return names


def _plain(unit: str) -> str:
    stem = _FORBIDDEN.sub(lambda match: "_" * len(match[0]), unicodedata.normalize("NFC", unit))
    return stem.encode()[:_LONGEST].decode(errors="ignore") or "_"


class _Names:
    """Where the names of the registry stand in it."""

    def __init__(self, registry: Registry) -> None:
        self.units: dict[str, Unit] = {}
        self._spelled: dict[str, Scalar] = {}
        for unit in registry.units:
            earlier = (renamed.from_ for renamed in unit.renamed)
            for spelling in (unit.name, unit.full, *unit.aliases, *earlier):
                if spelling:
                    self.units.setdefault(spelling.line, unit)
                    self._spelled.setdefault(spelling.line, spelling)
        for unit in registry.units:
            reformed = (*(one.from_ for one in unit.merged), *(one.into for one in unit.split))
            for name in (*unit.members, *(name for names in reformed for name in names)):
                self._spelled.setdefault(name.line, name)

    def placed(self, name: str) -> str:
        """A name at its place."""
        return located(self._spelled.get(name)) or name

    def within(self, unit: str, within: str) -> str:
        """What the entry of a unit says that it belongs to."""
        own = self.units[unit].within if unit in self.units else None
        return located(own) if own and own.line == within else self.placed(within)


class _Maker:
    """Makes the sheets of a plan."""

    def __init__(self, plan: Plan, official: Official, rows: Sequence[TaskRow]) -> None:
        self.plan = plan
        self.book = plan.book
        self.naming = _naming(rows)
        self.once = _numbered_once(rows)
        self.possible: dict[str, PossibleGroup] = {}
        self.files = official.files
        self.names = _Names(plan.registry)
        document = plan.document
        issuers = (located(issuer) for issuer in document.issuer or () if issuer.line)
        self.issuer = joined(document.key("issuer") or NOWHERE, "、", issuers)
        self.title = named_by(official) or composed(document.key("title") or NOWHERE, plan.name)
        self.number = _said(official, Role.NUMBER, "head", "notice", "main")
        self.status = _said(official, Role.STATUS, "head")
        self.date = _said(official, Role.DATE, "main") or _said(official, Role.DATE, "notice")

    def sheet(self, unit: str, stem: str, asked: Asked) -> Sheet:
        """The sheet of a unit."""
        entry, names = self.book.entries[unit], self.names
        naming = {place: row for name in (unit, *self.book.groups_of.get(unit, ())) for place, row in self._rows(name)}
        entries = [self._entry(row, unit) for _, row in sorted(naming.items(), key=itemgetter(0))]
        by_kind = {kind: tuple(one for one in entries if one.row.kind == kind) for kind in get_args(RowKind)}
        return Sheet(
            unit=names.placed(unit),
            full=names.placed(entry.full),
            kind=entry.kind,
            within=names.within(unit, entry.within),
            members=tuple(map(names.placed, self.book.members(unit))),
            stem=stem,
            plan=self.plan.name,
            title=self.title,
            issuer=self.issuer,
            number=self.number,
            date=self.date,
            status=self.status,
            **by_kind,
            possible=() if entry.kind == "group" else tuple(self._possible(unit)),
            blanks=asked.blanks,
            return_by=asked.return_by,
            signed=asked.signed,
            keys={**keys_of(self.plan.document), **keys_of(names.units.get(unit))},
            files=self.files,
        )

    def _rows(self, name: str) -> Iterable[tuple[int, TaskRow]]:
        """The rows that name a unit or group, each with its place among all of them."""
        return self.naming.get(name, {}).items()

    def _entry(self, row: TaskRow, unit: str) -> SheetRow:
        """A row that names the unit or a group that lists it, as its sheet has it."""
        groups = self.book.groups_of.get(unit, ())
        mine = [named for named in row.named if named.unit == unit or named.unit in groups]
        roles = tuple(role for role in ROLES if any(named.role == role for named in mine))
        direct = any(named.unit == unit for named in mine)
        via = () if direct else tuple(dict.fromkeys(self.names.placed(named.unit) for named in mine))
        rest = [named for named in row.named if named not in mine]
        others = ((role, tuple(dict.fromkeys(named.printed for named in rest if named.role == role))) for role in ROLES)
        key = next(one.key for one in row.assignments if mine[0] in one.units)
        return SheetRow(
            row=row, roles=roles, via=via, others=tuple((role, names) for role, names in others if names), key=key
        )

    def _possible(self, unit: str) -> Iterator[PossibleGroup]:
        """The open groups that are named but do not list the unit: nobody says whether it belongs."""
        mine = {unit, *self.book.groups_of.get(unit, ())}
        for group in self.open:
            if group not in mine:
                yield self._open(group)

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The open groups that rows name, in the registry's order."""
        return tuple(entry.name for entry in self.book.entries.values() if entry.open and entry.name in self.naming)

    def _open(self, group: str) -> PossibleGroup:
        """What is said of an open group on every sheet of a unit that may belong to it; worded once, whatever their number."""
        if group not in self.possible:
            key = asking(keys_of(self.names.units.get(group)), "open")
            places = _places((row for _, row in self._rows(group)), self.once, key)
            self.possible[group] = PossibleGroup(self.names.placed(group), tuple(places), key)
        return self.possible[group]


def _naming(rows: Iterable[TaskRow]) -> dict[str, dict[int, TaskRow]]:
    """For each name the rows that name it, by their place, in order."""
    naming: dict[str, dict[int, TaskRow]] = {}
    for place, row in enumerate(rows):
        for named in row.named:
            naming.setdefault(named.unit, {})[place] = row
    return naming


def _numbered_once(rows: Iterable[TaskRow]) -> frozenset[str]:
    """The parts in which no number comes twice."""
    seen: set[tuple[str, str]] = set()
    parts, twice = set(), set()
    for row in rows:
        one = (row.part, row.number)
        parts.add(row.part)
        if one in seen:
            twice.add(row.part)
        seen.add(one)
    return frozenset(parts - twice)


def _said(official: Official, role: Role, *sections: str) -> LocatedText:
    """What the document says in that role, in some of its sections."""
    paragraphs = (paragraph for section in sections for paragraph in official.section(section).all(role))
    return LocatedText(run for paragraph in paragraphs for run in paragraph.runs)


def _places(naming: Iterable[TaskRow], once: Container[str], key: Scalar) -> Iterator[str]:
    """Where rows are to be found, in words: 重点任务第3、5项, by section where a number comes twice in a part."""
    for part, group in groupby(naming, key=lambda row: row.part):
        for section, rows in [("", group)] if part in once else groupby(group, key=attrgetter("section")):
            found = list(rows)
            titled = composed(key, part, "（", section, "）") if part and section else part or section
            if all(row.number for row in found):
                yield composed(key, titled, "第", "、".join(row.number for row in found), "项")
            else:
                yield composed(key, titled, "：" if titled else "", joined(key, "、", (row.heading for row in found)))
