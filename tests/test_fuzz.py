"""What the fuzzer starts from and what it once broke: every kept input, and some made of each, keep the laws (``tools/fuzz``)."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from full_plans import FULL
from fuzz import bundle, keys, mutate, targets
from fuzz.laws import BrokenLawError, hold
from fuzz.targets import printed
from workplan.compiler import compile_plan
from workplan.language.model import Document, DocumentStyle, Item, ItemsPart, Unit, schema

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent / "fuzz"
INPUTS = [
    pytest.param(name, path, id=f"{name}-{path.stem}")
    for name in targets.NAMES
    for path in sorted((FOLDER / targets.target(name).KEPT).iterdir())
]
#: Inputs made of each kept one; what they are hangs on nothing but their numbers.
MADE = range(6)


@pytest.mark.parametrize(("name", "path"), INPUTS)
def test_the_laws_hold_for_every_kept_input_and_some_made_of_it(name: str, path: Path) -> None:
    target, data = targets.target(name), path.read_bytes()
    target.run(data)
    if target.MUTATE is not None:
        for seed in MADE:
            target.run(target.MUTATE(data, seed))


#: Of the plans that are small; ``python -m fuzz.keys`` runs all.
PLANS = [FULL / "plan" / "2032", FULL / "plan" / "2033"]


def test_a_key_with_a_wrong_value_ends_in_findings_or_a_document() -> None:
    """A sample of all keys with all values, the sizes among them."""
    cases = islice(chain.from_iterable(map(keys.cases, PLANS)), 0, None, 863)
    ends = [keys.held(case, printed.templates(), pdf=False) for case in cases]
    assert len(ends) > 8
    assert {"errors", "built"} <= set(ends) <= {"unreadable", "errors", "refused", "built"}


def test_every_key_of_a_record_gets_every_value() -> None:
    names = {case.name for case in keys.cases(PLANS[1])}
    for kind in (Document, DocumentStyle, ItemsPart, Item, Unit):
        of_kind = {name for name in names if f": {kind.__name__}." in name}
        assert len(of_kind) == len(schema.keys(kind)) * len(keys.VALUES), kind


def test_every_folder_belongs_to_a_target_and_every_input_is_small() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {targets.target(name).KEPT for name in targets.NAMES}
    assert max(path.stat().st_size for path in FOLDER.rglob("*.*")) < 8_000


@pytest.mark.parametrize("change", [mutate.plans, mutate.pairs, mutate.parts])
def test_a_seed_makes_the_same_input_every_time_and_another_seed_another(change: Callable[[bytes, int], bytes]) -> None:
    data = (FOLDER / "plans" / "tasks.txt").read_bytes()
    made = [change(data, seed) for seed in range(20)]
    assert made == [change(data, seed) for seed in range(20)]
    assert len(set(made)) > 15


def test_a_bundle_is_read_as_it_was_written() -> None:
    files = {"document.yaml": b"title: \xe7\x94\xb2\n", "../units.yaml": b"units: []\n"}
    assert bundle.files(bundle.written(files)) == {**files, "../units.yaml": b"units: []"}


def test_both_plans_of_a_pair_can_be_compiled() -> None:
    """Otherwise nothing would be compared."""
    for path in (FOLDER / "pairs").iterdir():
        if path.stem in ("frame", "reworded"):
            assert all(compile_plan(source).clean for source in bundle.both(bundle.files(path.read_bytes())))


def test_a_law_that_does_not_hold_is_told_with_what_was_seen() -> None:
    with pytest.raises(BrokenLawError, match="甲"):
        hold(False, "甲")  # noqa: FBT003 - the statement itself
