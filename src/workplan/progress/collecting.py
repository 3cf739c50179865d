"""Returned sheets to the answers of units: each is held against the plan, and what does not belong is told, never taken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan import view
from workplan.diagnostic import Misuse
from workplan.progress import returned
from workplan.progress.answers import UnitAnswers
from workplan.progress.returned import read
from workplan.view.sheet_lines import SheetRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from workplan.plan.compiled import Plan
    from workplan.progress.returned import Returned

#: The longest list of fields that is looked for on a sheet.
_MOST_FIELDS = 40


@dataclass(frozen=True, slots=True)
class Collected:
    """What came in: the answers of each unit, with the path that has them, and what is told of the other files.

    ``told`` is what of a file that was taken could not be.
    """

    units: tuple[tuple[str, UnitAnswers], ...]
    refused: tuple[Misuse, ...]
    told: tuple[Misuse, ...] = ()


def named_plan(files: Iterable[tuple[str, Callable[[], bytes]]]) -> str:
    """The plan that the first sheet names which can be opened; "" where none does."""
    for path, content in files:
        try:
            if plan := returned.named_plan(content(), path):
                return plan
        except Misuse:
            continue
    return ""


def collect(
    files: Sequence[tuple[str, Callable[[], bytes]]], plan: Plan, day: str, *, latest: bool = False, names: bool = False
) -> Collected:
    """The answers in some files, each by what the user calls it and what gives its bytes.

    ``day`` (ISO) is today; ``latest`` takes the later of two sheets of one unit, ``names`` keeps the names of people. Files are
    read one by one, so that never more than one of them is in memory.
    """
    refused: list[Misuse] = []
    reader = _Reader(plan, day, names=names)
    came: dict[str, list[tuple[Returned, UnitAnswers]]] = defaultdict(list)
    for path, content in files:
        try:
            found = read(content(), path)
            answers = reader.answers(found)
        except Misuse as fault:
            refused.append(fault)
            continue
        came[answers.unit].append((replace(found, fields=()), answers))
    order = plan.book.order
    chosen = []
    for unit in sorted(came, key=lambda one: order.get(one, len(order))):
        one = _one_of(came[unit], latest=latest)
        if one is None:
            refused.append(
                Misuse("progress-doubled", unit=unit, paths="、".join(sheet.path for sheet, _ in came[unit]))
            )
        else:
            chosen.append(one)
    told = [
        Misuse("progress-picture", path=sheet.path, fields="、".join(sheet.pictured))
        for sheet, _ in chosen
        if sheet.pictured
    ]
    return Collected(tuple((sheet.path, answers) for sheet, answers in chosen), tuple(refused), tuple(told))


def _one_of(came: Sequence[tuple[Returned, UnitAnswers]], *, latest: bool) -> tuple[Returned, UnitAnswers] | None:
    """The sheet of a unit that counts; None where there are several and nobody chose, or nobody knows which is later."""
    if len(came) == 1:
        return came[0]
    times = [sheet.saved for sheet, _ in came]
    differ = not all(answers.says_the_same(came[0][1]) for _, answers in came)
    if not latest or (differ and times.count(max(times)) > 1):
        return None
    return max(came, key=lambda one: one[0].saved)


class _Reader:
    """Holds returned sheets against one plan."""

    def __init__(self, plan: Plan, day: str, *, names: bool) -> None:
        self.plan, self.day, self.names = plan, day, names
        self._rows: dict[str, Mapping[str, str]] = {}

    def answers(self, sheet: Returned) -> UnitAnswers:
        """What a sheet answers; Misuse where it is none of this plan, as it is today, or answers nothing."""
        origin = sheet.origin
        if not (origin.plan and origin.unit):
            raise Misuse("progress-unknown", path=sheet.path)
        if origin.plan != self.plan.name:
            raise Misuse("progress-foreign", path=sheet.path, plan=origin.plan, own=self.plan.name)
        if origin.unit not in self.plan.book.entries:
            raise Misuse("progress-no-unit", path=sheet.path, unit=origin.unit)
        if dict(origin.files) != dict(self.plan.files):
            raise Misuse("progress-old", path=sheet.path, plan=origin.plan)
        rows = dict(self._answered(sheet))
        if not rows:
            raise Misuse("progress-empty", path=sheet.path, unit=origin.unit)
        people = sheet.people if self.names else {}
        return UnitAnswers(
            unit=origin.unit,
            collected=self.day,
            rows=rows,
            filled_by=people.get("filled_by", ""),
            checked_by=people.get("checked_by", ""),
        )

    def _answered(self, sheet: Returned) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
        """The rows that a sheet answers, in the order of the sheet, with their fields."""
        known = self._known(sheet.origin.unit)
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for field in sheet.fields:
            if field.row not in known:
                raise Misuse("progress-strange", path=sheet.path, unit=sheet.origin.unit)
            if field.lines:
                found.setdefault(known[field.row], {})[field.name or "填写内容"] = field.lines
        yield from ((row, found[row]) for row in dict.fromkeys(known.values()) if row in found)

    def _known(self, unit: str) -> Mapping[str, str]:
        """The ids of a unit's rows, by what a returned sheet may call a row or one of its fields."""
        if unit not in self._rows:
            self._rows[unit] = _places(self.plan, unit)
        return self._rows[unit]


def _places(plan: Plan, unit: str) -> dict[str, str]:
    from workplan.render.docx.bookmarks import known_as  # noqa: PLC0415 - it loads all that writes a DOCX

    (sheet,) = view.sheets(plan, [unit], tuple(map(str, range(_MOST_FIELDS))))
    ids = iter(entry.row.id for entry in sheet.entries)
    found: dict[str, str] = {}
    row = ""
    for line in sheet.lines:
        if line.role is SheetRole.TASK:
            row = next(ids)
            found[line.owner] = row
        elif line.role is SheetRole.BLANK:
            found[known_as(line.address, line.role)] = row
    return found
