"""Deadlines and targets: the day and the number that the words of a plan say."""

from __future__ import annotations

import pytest

from workplan.view.quantity import due, target

DEADLINES = {
    "2021年6月底前": "2021-06-30",
    "9月底前": "2026-09-30",
    "10月17日": "2026-10-17",
    "2026年12月31日前": "2026-12-31",
    "年底前": "2026-12-31",
    "三季度末": "2026-09-30",
    "上半年": "2026-06-30",
    "2026-03-05": "2026-03-05",
    # a period and several days end with the last of them
    "1月至6月": "2026-06-30",
    "一季度和三季度": "2026-09-30",
    "6月底前、12月底前": "2026-12-31",
    "2026年至2028年底": "2028-12-31",
    "2025年12月至2026年3月": "2026-03-31",
    "次年3月底前": "2027-03-31",
    "明年6月底": "2027-06-30",
    # a beginning is no deadline, and neither is a day that no calendar has
    "2026年1月1日起": None,
    "长期坚持": None,
    "2026年2月30日": None,
}


@pytest.mark.parametrize(("words", "day"), DEADLINES.items())
def test_a_deadline_is_the_last_day_its_words_allow(words: str, day: str | None) -> None:
    assert due(words, "2026").date == day
    assert due(words, "2026").text == words


TARGETS = {
    "10000家": (10000, "家"),
    "1.8万亿元": (1.8, "万亿元"),
    "75%以上": (75, "%"),
    "三名": (3, "名"),
    "3—5家": (None, ""),
    "全覆盖": (None, ""),
}


@pytest.mark.parametrize(("words", "found"), TARGETS.items())
def test_a_target_has_the_number_and_unit_of_its_words(words: str, found: tuple[int | float | None, str]) -> None:
    made = target("示范家庭农场", words)
    assert (made.value, made.unit) == found
    assert made.words == f"示范家庭农场：{words}"
