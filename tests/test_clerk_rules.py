"""The rules on numbers, years and units: what holds for every list and every day, and what they say of issued documents."""

from __future__ import annotations

import calendar
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import compiled, documents, folder
from workplan.check.rules.every import RULES
from workplan.compiler import compile_plan
from workplan.source import Directory, Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from workplan.diagnostic import Diagnostic

    Project = Callable[[Mapping[str, str | bytes | None]], Path]

NAMES = ("区委办公室", "区教育局", "区财政局", "团区委", "各街镇", "东街街道", "前方机构")
#: Two names of one unit.
TWICE = ("区文化旅游局", "区文旅局")
REGISTRY = """\
units:
  - {name: 区委办公室}
  - {name: 区教育局}
  - {name: 区财政局}
  - {name: 团区委}
  - {name: 区文化旅游局, aliases: [区文旅局]}
  - {name: 各街镇, kind: group, members: [南河镇]}
  - {name: 东街街道}
  - {name: 前方机构, kind: group, open: true}
"""
UNIT_RULES = {
    "repeated-unit",
    "wavering-name",
    "wavering-label",
    "vague-unit",
    "open-list",
    "empty-group",
    "missing-everyone",
    "missing-rest",
    "missing-lead",
}
CLERK = UNIT_RULES | {
    "number-order", "units-twice", "no-units", "single-item", "no-safeguards", "wrong-year", "impossible-date", "date-order",
    "due-outside", "repeated-title", "unused-unit", "old-name",
}  # fmt: skip


def findings(items: str, rules: set[str]) -> list[tuple[Diagnostic, str]]:
    """What the rules find in a part of tasks, with the words at each place."""
    part = f"kind: tasks\ntitle: 重点任务\nitems:\n{items}"
    document = 'title: 样本\nparts: [tasks]\ndate: ""\n'
    result = compile_plan(Memory({"document.yaml": document, "tasks.yaml": part, "../units.yaml": REGISTRY}))
    files = result.files
    return [
        (one, files[one.span.file].text[one.span.start : one.span.end])
        for one in result.diagnostics
        if one.rule in rules
    ]


# ------------------------------------------------------------------------------------------------------------ units

lists = st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(lists, min_size=1, max_size=4))
def test_lists_that_name_each_unit_once_in_one_spelling_are_left_alone(found: list[list[str]]) -> None:
    items = "".join(f"  - {{title: 任务{place}, units: {'、'.join(names)}}}\n" for place, names in enumerate(found))
    assert findings(items, UNIT_RULES) == []


@settings(max_examples=60, deadline=None)
@given(lists, st.data())
def test_a_unit_put_into_a_list_again_is_found_at_its_second_place(names: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(names)))
    first, second = data.draw(st.permutations(TWICE))
    before, after = names[:place], names[place:]
    between = data.draw(st.integers(0, len(after)))
    listed = [*before, first, *after[:between], second, *after[between:]]
    [(finding, words)] = findings(f"  - {{title: 任务, units: {'、'.join(listed)}}}\n", {"repeated-unit"})
    assert words == second
    assert finding.arguments == {"name": second, "first": first}
    assert finding.related[0].span.start < finding.span.start


# ------------------------------------------------------------------------------------------------------------- days


def test_no_day_of_the_calendar_is_doubted() -> None:
    """Every day of a common year and a leap year, with its day of the week and without the year."""
    days = [date(2022, 12, 31) + timedelta(days=count) for count in range(2 * 365 + 2)]
    texts = [
        f"{d.year}年{d.month}月{d.day}日（星期{'一二三四五六日'[d.weekday()]}）、{d.month}月{d.day}日。" for d in days
    ]
    assert findings(f"  - {{title: 任务, text: {''.join(texts)}}}\n", {"impossible-date"}) == []


def test_every_day_past_the_end_of_its_month_is_found() -> None:
    wrong = [
        f"{year}年{month}月{calendar.monthrange(year, month)[1] + over}日"
        for year in (2023, 2024)
        for month in range(1, 13)
        for over in (1, 2)
    ]
    found = findings(f"  - {{title: 任务, text: {'，'.join(wrong)}。}}\n", {"impossible-date"})
    assert [words for _, words in found] == wrong


# ------------------------------------------------------------------------------------------------- the other years


def test_a_unit_that_only_another_year_names_is_used(project: Project) -> None:
    """Wherever it stands there, also in running text; a plan beside that cannot be read says nothing, and hides nothing."""
    files: dict[str, str | bytes | None] = {
        "plan/2021/document.yaml": "title: 旧\npreamble: 感谢区财政局、专班成员单位。\nparts: []\ndate: ''\n",
        "plan/2020/document.yaml": b"\xff\xfe",
        "plan/notes/readme.txt": "各街镇",
    }
    result = compile_plan(Directory(project(files) / "plan/2022"))
    assert [(one.rule, one.arguments["name"]) for one in result.diagnostics] == [("unused-unit", "各街镇")]


# -------------------------------------------------------------------------------------------------- real documents

#: Every finding in the issued documents, read by a person and found true, by the beginning of the document's name.
TRUE = {
    "01": {"missing-everyone": 1, "missing-lead.first": 1},
    "08": {"missing-lead.first": 1, "open-list": 3},
    "11": {"missing-lead.first": 1, "open-list": 3, "vague-unit": 3},
    "23": {"open-list": 2, "number-order": 1},
}


@pytest.mark.skipif(folder() is None, reason="the issued documents are not here")
def test_what_is_found_in_issued_documents_is_true_and_counted() -> None:
    assert set(RULES) >= CLERK
    found = {
        path.stem[:2]: Counter(one.key for one in compiled(path, "tasks").diagnostics if one.rule in CLERK)
        for path in documents()
    }
    assert {name: dict(counts) for name, counts in found.items() if counts} == TRUE
