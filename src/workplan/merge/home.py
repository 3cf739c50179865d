"""Edits that were decided on into the plan's files: each in the way that leaves most structure and prints what the copy says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workplan.compiler import compile_readable
from workplan.language.edit import apply
from workplan.merge.bearable import unbearable
from workplan.merge.edit import Kind
from workplan.merge.expected import difference, wanted
from workplan.merge.joins import joins
from workplan.merge.printed import printed
from workplan.merge.ways import Ways
from workplan.rewrite.fix import RevisedSource
from workplan.source import by_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workplan.compiler import Result
    from workplan.diagnostic import Replacement
    from workplan.merge.edit import Edit
    from workplan.merge.printed import Printed
    from workplan.merge.text_ops import Replacements
    from workplan.source import Source

#: So many rounds find a way for every edit; what is left is tried edit by edit.
_ROUNDS = 12


@dataclass(slots=True)
class Home:
    """The plan as it is written so far: ``changed`` are the bytes of its files by name, ``result`` is its compilation."""

    source: Source
    result: Result
    today: Printed
    changed: dict[str, bytes] = field(default_factory=dict)
    #: Edits that could not be written.
    left: list[Edit] = field(default_factory=list)

    def take(self, edits: Sequence[Edit]) -> None:
        """Write some edits, told by today's holders: first the words, then what came, went and moved.

        A text that was joined to another goes with it or not at all: else it would stand twice.
        """
        start = (self.changed, self.result, self.today)
        apart: list[Edit] = []
        while True:
            self.left = []
            self._phase([edit for edit in edits if edit.kind is Kind.CHANGED and edit not in apart])
            self._phase([edit for edit in edits if edit.kind is not Kind.CHANGED and edit not in apart])
            torn = list(_torn(edits, self.left, apart))
            if not torn:
                break
            apart += torn
            self.changed, self.result, self.today = start
        self.left += apart

    def _phase(self, edits: Sequence[Edit]) -> None:
        if not edits:
            return
        trial = _Trial(self, edits)
        for _ in range(_ROUNDS):
            if not trial.chosen or trial.passes():
                break
        else:
            trial.one_by_one()
        self.left += trial.left
        if trial.chosen and trial.made is not None:
            self.changed, self.result, self.today = trial.made


def _torn(edits: Sequence[Edit], left: Sequence[Edit], apart: Sequence[Edit]) -> Iterator[Edit]:
    """Joined texts of which a part could not be written, whole."""
    for own in joins(edits):
        if own[0] not in apart and any(one in left for one in own):
            yield from own


class _Trial:
    """One phase: which way each edit is tried in, until the plan prints what is wanted."""

    def __init__(self, home: Home, edits: Sequence[Edit]) -> None:
        self.home = home
        self.edits = list(edits)
        ways = Ways(home.today, edits)
        self.ways = [ways.of(edit) for edit in edits]
        self.level = [0] * len(edits)
        self.chosen = set(range(len(edits)))
        self.made: tuple[dict[str, bytes], Result, Printed] | None = None
        self._known: dict[tuple[int, int], Replacements | None] = {}

    @property
    def left(self) -> list[Edit]:
        """The edits that have no way."""
        return [edit for place, edit in enumerate(self.edits) if place not in self.chosen]

    def passes(self) -> bool:
        """Try all chosen edits together; whether the plan prints them. If not, those to blame go on to their next way."""
        blamed, made = self._tried(sorted(self.chosen))
        if made is not None:
            self.made = made
            return True
        if not blamed:
            blamed = {self._culprit(sorted(self.chosen))}
        for place in blamed:
            self._step(place)
        return False

    def _culprit(self, places: list[int]) -> int:
        """One of some edits that cannot be written together and none of which is plainly to blame.

        Halves are tried, since every trial compiles the plan; where each half works alone it is the last one.
        """
        while len(places) > 1:
            half = len(places) // 2
            parts = (places[:half], places[half:])
            worse = next((part for part in parts if self._tried(part)[1] is None), None)
            if worse is None:
                break
            places = worse
        return places[-1]

    def one_by_one(self) -> None:
        """Take one edit after the other, each in the first way that works with those before it."""
        kept: list[int] = []
        for place in range(len(self.edits)):
            for level in range(len(self.ways[place])):
                self.level[place] = level
                _, made = self._tried([*kept, place])
                if made is not None:
                    kept.append(place)
                    self.made = made
                    break
        self.chosen = set(kept)

    def _step(self, place: int) -> None:
        self.level[place] += 1
        if self.level[place] >= len(self.ways[place]):
            self.chosen.discard(place)

    def _tried(self, places: Sequence[int]) -> tuple[set[int], tuple[dict[str, bytes], Result, Printed] | None]:
        """Write some edits; the edits to blame where that fails, what came of it where it does not."""
        made = {place: self._replacements(place) for place in places}
        unable = {place for place, own in made.items() if own is None}
        if unable:
            return unable, None
        contents, overlapping = _applied(self.home, {place: own or () for place, own in made.items()})
        if overlapping:
            return overlapping, None
        result = compile_readable(RevisedSource(self.home.source, contents))
        if result.plan is None or _new_errors(self.home.result, result):
            return set(), None
        today = printed(result.plan)
        own = [self.edits[place] for place in places]
        found = difference(wanted(self.home.today, own), wanted(today))
        if not found.same:
            return {places[place] for place in found.edits}, None
        return set(), (contents, result, today)

    def _replacements(self, place: int) -> Replacements | None:
        key = (place, self.level[place])
        if key not in self._known:
            self._known[key] = self.ways[place][key[1]]()
        return self._known[key]


def _new_errors(before: Result, after: Result) -> bool:
    """Whether a plan has errors that it had not; what a person may settle later is no reason to refuse what was decided."""
    known = {(finding.rule, finding.variant) for finding in before.diagnostics}
    return any((finding.rule, finding.variant) not in known for finding in unbearable(after))


def _applied(home: Home, made: Mapping[int, Replacements]) -> tuple[dict[str, bytes], set[int]]:
    """The files with all replacements; the edits that want the same characters as one before them."""
    by_file: dict[str, list[tuple[int, Replacement]]] = defaultdict(list)
    for place, own in made.items():
        for one in own:
            by_file[one.span.file].append((place, one))
    overlapping = {place for asked in by_file.values() for place in _overlapping(asked)}
    if overlapping:
        return {}, overlapping
    return {**home.changed, **revised(home.source, home.result, [one for own in made.values() for one in own])}, set()


def revised(source: Source, result: Result, made: Iterable[Replacement]) -> dict[str, bytes]:
    """The files, by name, in which something is replaced, as they then are; ``result`` has them as they stand."""
    names = by_label(source)
    by_file: dict[str, list[Replacement]] = defaultdict(list)
    for one in made:
        by_file[one.span.file].append(one)
    files = ((names[label], result.files[label], own) for label, own in by_file.items())
    return {name: file.encoded(apply(file.text, own)) for name, file, own in files}


def _overlapping(own: Sequence[tuple[int, Replacement]]) -> set[int]:
    found: set[int] = set()
    done = 0
    for place, one in sorted(own, key=lambda pair: (pair[1].span.start, pair[1].span.end)):
        if one.span.start < done:
            found.add(place)
        done = max(done, one.span.end)
    return found
