"""From a reading to a plan that prints it: the passes one after the other, and the way down where a plan does not hold."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workplan.check.rules import errors
from workplan.check.rules.laid_down import correction
from workplan.check.rules.unknown_unit import unknown_names
from workplan.compiler import compile_unchecked
from workplan.diagnostic import has_errors
from workplan.importing import write
from workplan.importing.attachments import without_attachments
from workplan.importing.clean import cleaned
from workplan.importing.draft import Step
from workplan.importing.frame import framed
from workplan.importing.framed import Framed, Signed
from workplan.importing.piece import Paragraph
from workplan.importing.registering import known, registered
from workplan.importing.shape import prose, shaped, trees
from workplan.importing.verify import accounts_for, verdict
from workplan.importing.years import year_of
from workplan.rewrite.registering.add import additions
from workplan.source import REGISTRY, Memory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workplan.importing.clean import Cleaned
    from workplan.importing.draft import Draft
    from workplan.importing.piece import Table
    from workplan.importing.record import Reading, Record
    from workplan.importing.registering import Known
    from workplan.importing.shape import Trees
    from workplan.importing.tree import Leaf
    from workplan.plan.compiled import Plan
    from workplan.rewrite.registering.proposed import Remarks

#: Every step once, and the first try.
_TRIES = len(Step) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A plan that prints its source: its files by name, the registry with what was added, and how it came about.

    ``name`` is that of its folder, the year, "" where the document tells none. ``steps`` say where structure was given up, ``whole`` how much of the document was: "" for nothing, "attachments" and
    "everything" for all of them as prose. ``records`` are those of the passes; the reader's stand in its reading.
    """

    name: str
    files: Mapping[str, str]
    registry: Known
    plan: Plan
    draft: Draft
    leaves: Mapping[int, Leaf]
    records: tuple[Record, ...] = ()
    steps: Mapping[int, Step] = field(default_factory=dict)
    whole: str = ""


def imported(reading: Reading, registry: Known, remarks: Remarks, *, wrapped: bool = False, year: str = "") -> Imported:
    """The plan that prints a reading; it always holds, since at last all of it is prose.

    ``wrapped`` says that lines of the file may end where a page's did, ``year`` the plan's where the document names none.
    """
    clean = cleaned(reading.pieces, wrapped=wrapped)
    first = framed(clean.pieces)
    name = year_of(first) or year
    ways = [("", first)]
    if first.attachments:
        ways.append(("attachments", without_attachments(first)))
    for whole, way in ways:
        if not accounts_for(way, clean.pieces):
            continue
        found = _structured(_Way(way, trees(way), clean, name), registry, remarks, whole)
        if found is not None:
            return found
    way = _plain(clean.pieces)
    return _as_prose(_Way(way, trees(way), clean, name), registry, remarks)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to take a document apart."""

    framed: Framed
    trees: Trees
    clean: Cleaned
    name: str

    def compiled(self, draft: Draft, registry: Known, rules: str) -> tuple[dict[str, str], Plan | None]:
        """The files of a draft, and the plan that they make; None where reading them alone finds an error."""
        files = write.files(draft, rules)
        result = compile_unchecked(self.source(files, registry))
        return files, None if has_errors(result.diagnostics) else result.plan

    def done(self, files: Mapping[str, str], registry: Known, plan: Plan, draft: Draft) -> Imported:
        """What has come about."""
        return Imported(
            name=self.name,
            files=files,
            registry=registry,
            plan=plan,
            draft=draft,
            leaves={leaf.id: leaf for leaf in self.trees.leaves()},
            records=self.clean.records,
        )

    def source(self, files: Mapping[str, str], registry: Known) -> Memory:
        """The plan in memory."""
        return Memory({**files, REGISTRY: registry.text or "units: []\n"}, self.name)


def _structured(way: _Way, registry: Known, remarks: Remarks, whole: str) -> Imported | None:
    """The plan with as much structure as holds; None where frame or running text do not hold as wholes."""
    grown = registered(registry, way.trees.texts(), remarks)
    steps: dict[int, Step] = {}
    rules = ""
    for _ in range(2 * _TRIES):
        draft = shaped(way.trees, grown.book, steps)
        files, plan = way.compiled(draft, grown, rules)
        if plan is None:
            return None
        found = verdict(draft, plan, way.framed)
        down = [place for place in found.nodes if steps.get(place, Step.READ) < Step.BARE]
        if not found.exact and not down:
            return None
        if found.exact:
            laid_down = "" if rules else _laid_down(plan)
            more = _unregistered(way, files, grown, plan, remarks)
            if not laid_down and more is None:
                made = way.done(files, grown, plan, draft)
                return None if errors.any_in(plan) else replace(made, steps=steps, whole=whole)
            rules, grown = rules or laid_down, more or grown
            continue
        steps |= {place: Step(steps.get(place, Step.READ) + 1) for place in down}
    return None


def _laid_down(plan: Plan) -> str:
    """What the text lays down for all its annotations, as a line of document.yaml; "" where it does not."""
    fix = correction(plan)
    return fix[0].text if fix else ""


def _unregistered(way: _Way, files: Mapping[str, str], registry: Known, plan: Plan, remarks: Remarks) -> Known | None:
    """The registry with the names that only the compiled plan shows; None where it has all."""
    if not any(True for _ in unknown_names(plan)):
        return None
    # What was added before stands under its heading already.
    own = replace(remarks, heading="") if registry.units else remarks
    done = additions(way.source(files, registry), own)
    if done.change is None:
        return None
    more = known(done.change.after.decode())
    if more is None:
        return None
    return replace(more, units=(*registry.units, *done.units), aliases=(*registry.aliases, *done.aliases))


def _as_prose(way: _Way, registry: Known, remarks: Remarks) -> Imported:
    draft = prose(way.trees)
    while True:
        files, plan = way.compiled(draft, registry, "")
        assert plan is not None  # noqa: S101 - texts alone make a plan
        more = _unregistered(way, files, registry, plan, remarks)
        if more is None:
            assert verdict(draft, plan, way.framed).exact  # noqa: S101 - mere paragraphs print as they are written
            return replace(way.done(files, registry, plan, draft), whole="everything")
        registry = more


def _plain(pieces: Sequence[Paragraph | Table]) -> Framed:
    """A document whose first paragraph is its title and all else its text."""
    first = pieces[0] if pieces else None
    if isinstance(first, Paragraph):
        return Framed(main=Signed(title=(first,), body=tuple(pieces[1:])))
    return Framed(main=Signed(body=tuple(pieces)))
