"""Edits by place: they change what they name and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workplan.diagnostic import Replacement
from workplan.language.edit import OverlapError, apply, compatible, scalars, written
from workplan.language.scalar import File
from workplan.language.syntax import Mapping, parse

if TYPE_CHECKING:
    from collections.abc import Sequence


def edits(file: File, *changes: tuple[int, int, str]) -> list[Replacement]:
    return [Replacement(file.span(start, end), text) for start, end, text in changes]


def test_edits_are_made_in_the_order_of_their_places() -> None:
    file = File("a.yaml", "甲乙丙丁")
    assert apply(file.text, edits(file, (3, 4, "戊"), (0, 1, ""), (1, 1, "己"))) == "己乙丙戊"


def test_one_edit_given_twice_is_made_once() -> None:
    file = File("a.yaml", "甲,乙")
    assert apply(file.text, edits(file, (1, 2, "，"), (1, 2, "，"))) == "甲，乙"


def test_edits_that_overlap_are_refused() -> None:
    file = File("a.yaml", "甲乙丙丁")
    with pytest.raises(OverlapError):
        apply(file.text, edits(file, (0, 2, "一"), (1, 3, "二")))


def test_of_two_conflicting_groups_the_first_is_kept_whole() -> None:
    file = File("a.yaml", "甲乙丙丁戊")
    first, second, third = (
        edits(file, (0, 1, "一"), (3, 4, "二")),
        edits(file, (3, 4, "三")),
        edits(file, (2, 2, "四")),
    )
    assert compatible([first, second]) == [first]
    assert compatible([second, third]) == [second, third]


@given(
    st.text("甲乙,;", max_size=20),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.text("丙", max_size=2))),
)
@settings(max_examples=100)
def test_what_lies_between_edits_stays_to_the_letter(text: str, wanted: list[tuple[int, int, str]]) -> None:
    file = File("a.yaml", text)
    fitting = [(start, start + length, new) for start, length, new in wanted if start + length <= len(text)]
    groups: list[Sequence[Replacement]] = [edits(file, change) for change in fitting]
    kept = sorted((edit for group in compatible(groups) for edit in group), key=lambda edit: edit.span.start)
    changed = apply(text, kept)
    shift = 0
    for edit in kept:
        start = edit.span.start + shift
        assert changed[start : start + len(edit.text)] == edit.text
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    assert len(changed) == len(text) + shift


@pytest.mark.parametrize("quoted", ["'甲X乙'", '"甲X乙"'])
@given(new=st.text("'\"\\丙 #:", max_size=4))
@settings(max_examples=50)
def test_text_put_between_quotes_reads_back_as_it_is(quoted: str, new: str) -> None:
    file = File("a.yaml", f"a: {quoted}\n")
    place = file.text.index("X")
    changed = apply(file.text, [written(edit, scalars(file)) for edit in edits(file, (place, place + 1, new))])
    node, findings = parse(File("a.yaml", changed))
    assert findings == ()
    assert isinstance(node, Mapping)
    assert str(node.get("a")) == f"甲{new}乙"
