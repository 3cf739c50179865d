"""The task sheet of each unit: the rows that name it, alone or through a group that lists it, and no others."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from workplan.view.rows import Entry, Possible, Role, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.plan import Plan
    from workplan.view.blocks import Official
    from workplan.view.rows import Row

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]|^\.+|[. ]+$')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
_LONGEST = 120
_ROLES: tuple[Role, ...] = ("lead", "responsible", "support")


def sheets(
    plan: Plan, official: Official, all_rows: Sequence[Row], units: Sequence[str], blanks: tuple[str, ...] = ()
) -> tuple[Sheet, ...]:
    """A sheet for each of ``units`` (names of the registry); file names clash with none of the others."""
    stems = file_names(units)
    made = (_sheet(plan, official, all_rows, unit, stems[unit]) for unit in units)
    return tuple(replace(sheet, blanks=blanks) for sheet in made)


def file_names(units: Sequence[str]) -> dict[str, str]:
    """A safe file name for each unit: NFC, no character that a file system forbids, at most 120 bytes and a digest.

    The digest (8 hex digits of the name's SHA-256) is added where the name was changed, is reserved on Windows, or
    clashes with another on a file system that ignores case.
    """
    plain = {unit: _plain(unit) for unit in units}
    folded = [stem.casefold() for stem in plain.values()]
    names = {}
    for unit, stem in plain.items():
        clear = stem == unit and stem.split(".")[0].casefold() not in _RESERVED and folded.count(stem.casefold()) == 1
        names[unit] = stem if clear else f"{stem}-{hashlib.sha256(unit.encode()).hexdigest()[:8]}"
    return names


def _plain(unit: str) -> str:
    stem = _FORBIDDEN.sub(lambda match: "_" * len(match[0]), unicodedata.normalize("NFC", unit))
    return stem.encode()[:_LONGEST].decode(errors="ignore") or "_"


def _sheet(plan: Plan, official: Official, all_rows: Sequence[Row], unit: str, stem: str) -> Sheet:
    entry = plan.book.entries[unit]
    entries = [found for row in all_rows if (found := _entry(plan, row, unit))]
    by_kind = {kind: tuple(e for e in entries if e.row.kind == kind) for kind in ("tasks", "safeguards", "duties")}
    return Sheet(
        unit=unit,
        full=entry.full,
        kind=entry.kind,
        within=entry.within,
        members=plan.book.members(unit),
        stem=stem,
        plan=plan.name,
        title=official.name,
        issuer="、".join(official.issuers),
        number=official.number,
        date=official.date or (official.notice.date if official.notice else ""),
        status=official.status,
        possible=() if entry.kind == "group" else tuple(_possible(plan, all_rows, unit)),
        blanks=(),
        files=official.files,
        **by_kind,
    )


def _entry(plan: Plan, row: Row, unit: str) -> Entry | None:
    groups = plan.book.groups_of.get(unit, ())
    mine = [named for named in row.named if named.unit == unit or named.unit in groups]
    if not mine:
        return None
    roles = tuple(role for role in _ROLES if any(named.role == role for named in mine))
    direct = any(named.unit == unit for named in mine)
    via = () if direct else tuple(dict.fromkeys(named.unit for named in mine))
    rest = [named for named in row.named if named not in mine]
    others = ((role, tuple(dict.fromkeys(named.printed for named in rest if named.role == role))) for role in _ROLES)
    return Entry(row, roles, via, tuple((role, names) for role, names in others if names))


def _possible(plan: Plan, all_rows: Sequence[Row], unit: str) -> Iterator[Possible]:
    """The open groups that are named but do not list the unit: nobody says whether it belongs."""
    mine = {unit, *plan.book.groups_of.get(unit, ())}
    open_groups = [entry.name for entry in plan.book.entries.values() if entry.open and entry.name not in mine]
    for group in open_groups:
        naming = [row for row in all_rows if any(named.unit == group for named in row.named)]
        if naming:
            yield Possible(group, tuple(_places(naming, all_rows)))


def _places(naming: Sequence[Row], all_rows: Sequence[Row]) -> Iterator[str]:
    """Where rows are to be found, in words: 重点任务第3、5项, by section where a number comes twice in a part."""
    for part, group in groupby(naming, key=lambda row: row.part):
        numbers = [row.number for row in all_rows if row.part == part]
        once = len(set(numbers)) == len(numbers)
        for section, rows in groupby(group, key=lambda row: "" if once else row.section):
            found = list(rows)
            titled = f"{part}（{section}）" if part and section else part or section
            if all(row.number for row in found):
                yield f"{titled}第{'、'.join(row.number for row in found)}项"
            else:
                yield f"{titled}：{'、'.join(row.heading for row in found)}"
