"""Two plans compared: whatever is done to a plan is told, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edits import KINDS, Draft, edited, made_up, real, seeded
from workplan.compare.entry import entries
from workplan.compare.plans import compare

if TYPE_CHECKING:
    from workplan.compare.change import Comparison
    from workplan.plan.compiled import Plan

EDITS = ("add", "drop", *KINDS)


def told(comparison: Comparison) -> dict[str, set[str]]:
    """The kinds of change by the keys of what changed."""
    return {(change.new or change.old)[0].key: {*change.kinds} for change in comparison.changes}


def rightly_matched(before: Draft, after: Draft, *, old: Plan, new: Plan) -> float:
    """The share of the tasks that both plans have, moved or not, that are matched with themselves."""
    names = {task.name for task in before.tasks} & {task.name for task in after.tasks}
    place = {task.name: position for position, task in enumerate(after.in_order())}
    comparison = compare(old, new)
    kept = [(match.old, match.new) for match in comparison.matches]
    everything = [*kept, *((change.old, change.new) for change in comparison.changes if not change.old)]
    rows = sorted(entry.place for _, new_ in everything for entry in new_ if entry.kind == "tasks")
    found = {old_[0].key: rows.index(new_[0].place) for old_, new_ in kept if new_[0].kind == "tasks"}
    return sum(found.get(name) == place[name] for name in names) / len(names)


# ------------------------------------------------------------------------------------------- with ids


def test_a_plan_compared_with_itself_has_no_change() -> None:
    plan = real().plan()
    comparison = compare(plan, plan)
    assert not comparison.changes
    assert not comparison.renumbered
    assert all(match.similarity == 1 and not match.doubtful for match in comparison.matches)
    assert all(balance.kept and not (balance.gained or balance.lost) for balance in comparison.units)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(EDITS), min_size=1, max_size=8), st.floats(0.01, 0.4), st.integers(0, 10**6))
def test_with_ids_every_edit_of_the_2022_plan_is_told_and_nothing_else(
    edits: list[str], share: float, seed: int
) -> None:
    before = real()
    after, expected = edited(before, edits, share, seeded(seed))
    assert told(compare(before.plan(), after.plan())) == expected


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(EDITS), max_size=12), st.floats(0.01, 1), st.integers(0, 10**6), st.booleans())
def test_every_entry_is_carried_on_once_or_came_or_went(edits: list[str], share: float, seed: int, ids: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    before = real()
    after, _ = edited(before, edits, share, seeded(seed))
    old, new = before.plan(), after.plan(ids=ids)
    comparison = compare(old, new)
    alone = [change for change in comparison.changes if not (change.old and change.new)]
    for side, plan in (("old", old), ("new", new)):
        places = [entry.place for found in (*comparison.matches, *alone) for entry in getattr(found, side)]
        assert sorted(places) == list(range(len(entries(plan))))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_ids_every_edit_of_a_plan_of_500_tasks_is_told_and_nothing_else(seed: int) -> None:
    chance = seeded(seed)
    before = made_up(500, chance)
    after, expected = edited(before, chance.choices(EDITS, k=150), 0.4, chance)
    assert told(compare(before.plan(), after.plan())) == expected


# ------------------------------------------------------------------------------------------- without ids


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(EDITS), min_size=1, max_size=8), st.floats(0.01, 0.3), st.integers(0, 10**6))
def test_without_ids_the_tasks_of_the_2022_plan_are_matched(edits: list[str], share: float, seed: int) -> None:
    before = real()
    after, _ = edited(before, edits, share, seeded(seed))
    assert rightly_matched(before, after, old=before.plan(), new=after.plan(ids=False)) >= 0.95


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3, 0.4, 0.5])
def test_without_ids_all_tasks_of_500_are_matched_up_to_50_percent_rewording(share: float) -> None:
    """Half of the tasks are edited, one in seven of these in every way at once."""
    chance = seeded(share)
    before = made_up(500, chance)
    after, _ = edited(before, chance.choices(EDITS, k=250), share, chance)
    assert rightly_matched(before, after, old=before.plan(), new=after.plan(ids=False)) == 1
