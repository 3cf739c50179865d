"""A comparison told in words: what every report says, before any of them gives it a form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from workplan.compare import figures
from workplan.compare.change import Kind
from workplan.plan.numbering import DUTY_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workplan.compare.change import Change, ChangeSign, Comparison, Entry, Piece, RoleChange, UnitChange
    from workplan.compare.figures import Figure
    from workplan.resources.messages import Catalogue

#: Number of leading 字 of an untitled entry that stand for its title.
_HEADING = 24
#: Changes in the registry of something that a unit may have had on one side only.
_ONE_SIDED = ("spelling", "full", "within")
#: What stands round what went and came where there are no colours, as git does it.
SIGNS: dict[ChangeSign, tuple[str, str]] = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
#: Shown for a line end within a text.
_LINE_END = "↵"


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing told of a change: what it is about (``label``), and pieces of text (``=`` is plain)."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ChangeWording:
    """Words a comparison in one language; ``context`` characters of what stayed are told on each side of a change."""

    words: Catalogue
    context: int

    def summary(self, comparison: Comparison) -> str:
        """One line: both sides, and how many changes of each kind."""
        sides = {"old": comparison.old, "new": comparison.new}
        if not comparison.changes and not comparison.renumbered and not comparison.registry:
            return self._say("same", sides)
        counts = Counter(kind for change in comparison.changes for kind in change.kinds)
        told = [f"{self._say(f'kinds.{kind}')} {counts[kind]}" for kind in get_args(Kind) if counts[kind]]
        told += [f"{self._say('renumbered')} {len(comparison.renumbered)}"] if comparison.renumbered else []
        told += [f"{self._say('registry')} {len(comparison.registry)}"] if comparison.registry else []
        return self._say("changed", {**sides, "counts": self._listed(told)})

    def kinds(self, change: Change) -> str:
        """What kinds of change it is."""
        kinds = self._listed([self._say(f"kinds.{kind}") for kind in change.kinds])
        return f"{kinds}{self._say('doubtful')}" if change.doubtful else kinds

    def name(self, change: Change) -> str:
        """What changed: number, title and where it stands, as it is now."""
        return self._listed([self.entry(entry) for entry in change.new or change.old])

    def entry(self, entry: Entry) -> str:
        """One entry by name."""
        if entry.kind == "frame":
            return self._frame(entry)
        mark = entry.path[-1] if entry.path and entry.number else ""
        above = " / ".join(entry.section)
        return mark + _heading(entry) + (self._say("in", {"section": above}) if above else "")

    def lines(self, change: Change) -> Iterator[Detail]:
        """All that is to be told of a change, thing by thing."""
        old, new = change.old, change.new
        if "moved" in change.kinds:
            yield self._line("from", self._place(old[0]), self._place(new[0]))
        if "split" in change.kinds or "merged" in change.kinds:
            names = self._listed([self.entry(entry) for entry in old])
            yield Detail(self._say("labels.was"), (("=", names),))
        elif "retitled" in change.kinds:
            yield self._line("title", old[0].title, new[0].title)
        if change.text_diff:
            yield Detail(self._say("labels.text"), shortened(change.text_diff, self.context))
        if changed := figures.told(change) if old and new else ():
            yield Detail(self._say("labels.figures"), (("=", self._listed(list(map(self._figure, changed)))),))
        yield from self._units(change)
        if "kind" in change.kinds:
            yield self._line("kind", self._nature(old[0]), self._nature(new[0]))
        for kind in ("due", "targets"):
            if kind in change.kinds or not (old and new):
                before, after = (self._listed(_quoted(side, kind)) for side in (old, new))
                if before or after:
                    yield self._line(kind, before, after)

    def _figure(self, figure: Figure) -> str:
        """``2名 → 3名``, in a line of a table behind the title of its column."""
        pair = self._pair(figure.old, figure.new)
        return self._say("in-column", {"column": figure.column, "pair": pair}) if figure.column else pair

    def _nature(self, entry: Entry) -> str:
        """What an entry is: a task, a safeguard, a duty, or none of these."""
        return self._say(f"entries.{entry.kind if entry.kind in DUTY_KINDS else 'other'}")

    def _units(self, change: Change) -> Iterator[Detail]:
        if change.units:
            told = self._say("then").join(self.unit(unit) for unit in change.units)
            yield Detail(self._say("labels.units"), (("=", told),))
        elif "units" in change.kinds:
            yield self._line("annotation", *("".join(_annotations(side)) for side in (change.old, change.new)))

    def unit(self, unit: UnitChange) -> str:
        """What happened to one unit."""
        old, new = unit.old, unit.new
        if unit.change == "role":
            old, new = self._say(f"roles.{old}"), self._say(f"roles.{new}")
        since = unit.since or ""
        return self._say(f"units.{unit.change}", {"unit": unit.unit, "old": old, "new": new, "since": since})

    def registry(self, comparison: Comparison) -> Iterator[str]:
        """What changed in the registry, thing by thing."""
        kinds = self.words.words("kinds")
        for one in comparison.registry:
            old, new = one.old, one.new
            if one.change == "kind":
                old, new = kinds[old], kinds[new]
            came_or_went = ("to" if not old else "from" if not new else "") if one.change in _ONE_SIDED else ""
            since = "" if one.since is None else self._say("since", {"since": one.since})
            key = f"registry-kinds.{one.change}{f'-{came_or_went}' if came_or_went else ''}"
            yield self._say(key, {"unit": one.unit, "old": old, "new": new}) + since

    def balances(self, comparison: Comparison) -> Iterator[tuple[str, tuple[Detail, ...]]]:
        """For each unit whose duties changed what it gained, lost and has to do otherwise or in another role."""
        for unit, columns in self.accounts(comparison):
            told = [
                Detail(self._say(f"balance.{what}"), (("=", self._listed(duties)),))
                for what, duties in columns
                if duties and what != "kept"
            ]
            if told:
                yield unit, tuple(told)

    def accounts(self, comparison: Comparison) -> Iterator[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]]:
        """For each unit the duties that it gained, lost, has in other words, has in another role and kept, as told."""
        old, new = headings(comparison)
        for balance in comparison.units:
            columns = (
                ("gained", balance.gained, new),
                ("lost", balance.lost, old),
                ("reworded", balance.reworded, new),
            )
            told = [(what, tuple(names.get(key, key) for key in keys)) for what, keys, names in columns]
            told.append(("roles", tuple(self._role(role, new) for role in balance.roles)))
            yield balance.unit, (*told, ("kept", tuple(new.get(key, key) for key in balance.kept)))

    def _role(self, role: RoleChange, names: Mapping[str, str]) -> str:
        """A duty with the role that a unit had in it and the one it has."""
        pair = self._pair(self._say(f"roles.{role.old}"), self._say(f"roles.{role.new}"))
        return self._say("in-role", {"duty": names.get(role.row, role.row), "pair": pair})

    def renumbered(self, comparison: Comparison) -> Iterator[Detail]:
        """The numbers that only shifted."""
        names = headings(comparison)[1]
        for item in comparison.renumbered:
            yield Detail(names.get(item.id, item.id), (("=", self._pair(item.old, item.new)),))

    def _say(self, key: str, arguments: Mapping[str, object] | None = None) -> str:
        return self.words.text(f"diff.{key}", arguments)

    def _listed(self, told: Sequence[str]) -> str:
        return self._say("and").join(told)

    def _line(self, label: str, old: str, new: str) -> Detail:
        return Detail(self._say(f"labels.{label}"), (("=", self._pair(old, new)),))

    def _pair(self, old: str, new: str) -> str:
        """``2名 → 3名``; what only came or went stands with a sign."""
        if old and new:
            return f"{old} → {new}"
        return f"- {old}" if old else f"+ {new}"

    def _place(self, entry: Entry) -> str:
        return " / ".join(entry.section) or self._say("top")

    def _frame(self, entry: Entry) -> str:
        named, _, last = entry.id.rpartition(".")
        known = self.words.words("diff.frames")
        if entry.id in known:
            return str(known[entry.id])
        if entry.section or last in ("columns", "text", "listed"):
            part = " / ".join(entry.section) or named
            return self._say(f"parts.{last}", {"part": part}) if part else self._say(f"untitled.{last}")
        return entry.id


def shortened(pieces: Sequence[Piece], context: int) -> tuple[Piece, ...]:
    """The pieces with what stayed cut to ``context`` characters on each side of a change; line ends made visible."""
    found: list[Piece] = []
    for place, (mark, piece) in enumerate(pieces):
        shown = piece.replace("\n", _LINE_END)
        if mark == "=":
            head = shown[:context] if place else ""
            tail = shown[-context:] if place < len(pieces) - 1 else ""
            if len(shown) > len(head) + len(tail) + 1:
                shown = f"{head}…{tail}"
        found.append((mark, shown))
    return tuple(found)


def _heading(entry: Entry) -> str:
    first = entry.title or entry.text.partition("\n")[0]
    return first if entry.title or len(first) <= _HEADING else f"{first[: _HEADING - 1]}…"


def _quoted(side: Sequence[Entry], kind: str) -> list[str]:
    if kind == "due":
        return [due.text for entry in side for due in entry.due]
    return [target.words for entry in side for target in entry.targets]


def _annotations(side: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(printed.strip() for entry in side for printed in entry.printed))


def headings(comparison: Comparison) -> tuple[dict[str, str], dict[str, str]]:
    """The headings of all entries of each side by their keys."""
    pairs = [(match.old, match.new) for match in comparison.matches]
    pairs += [(change.old, change.new) for change in comparison.changes]
    old = {entry.key: _heading(entry) for side, _ in pairs for entry in side}
    return old, {entry.key: _heading(entry) for _, side in pairs for entry in side}
