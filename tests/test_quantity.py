"""Targets: the number that the words of a plan say."""

from __future__ import annotations

import pytest

from workplan.view.quantity import target

TARGETS = {
    "10000家": (10000, "家"),
    "1.8万亿元": (1.8, "万亿元"),
    "75%以上": (75, "%"),
    "三名": (3, "名"),
    "２０００个": (2000, "个"),
    "７５．５％以上": (75.5, "%"),
    "3—5家": (None, ""),
    "全覆盖": (None, ""),
}


@pytest.mark.parametrize(("words", "found"), TARGETS.items())
def test_a_target_has_the_number_and_unit_of_its_words(words: str, found: tuple[int | float | None, str]) -> None:
    made = target("示范家庭农场", words)
    assert (made.value, made.unit) == found
    assert made.words == f"示范家庭农场：{words}"
