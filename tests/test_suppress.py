"""Findings that a plan or a call does not want to see: comments, levels, ``--select`` and ``--ignore``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workplan.compiler import compile_plan
from workplan.language.comments import comments
from workplan.language.scalar import File
from workplan.language.syntax import parse
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from subprocess import CompletedProcess

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

UNITS = "units:\n  - {name: 区教育局}\n"
DOCUMENT = 'title: 样本\nparts: [tasks]\ndate: ""\n'
#: Other rules may find something in these small plans.
_OURS = {"doubtful-annotation", "missing-date", "unknown-unit", "unused-suppression"}
DOUBT = "办好培训班。责任单位：区教育局"


def found(tasks: str, document: str = DOCUMENT) -> list[tuple[int, str]]:
    result = compile_plan(Memory({"document.yaml": document, "tasks.yaml": tasks, "../units.yaml": UNITS}))
    return [(finding.span.line, finding.key) for finding in result.diagnostics if finding.rule in _OURS]


def test_a_comment_on_its_own_line_covers_the_next_key_with_its_whole_value() -> None:
    text = f"    text: >\n      甲。\n      {DOUBT}\n      乙。\n"
    head = "kind: tasks\nitems:\n  - title: 加强培训\n"
    assert found(f"{head}{text}    units: 区教育局\n") == [(6, "doubtful-annotation")]
    assert found(f"{head}    # workplan: ignore[doubtful-annotation]\n{text}    units: 区教育局\n") == []


def test_a_comment_above_an_item_covers_the_item_and_no_other() -> None:
    item = f"  - title: 加强培训\n    text: {DOUBT}\n    units: 区教育局\n"
    assert found(f"kind: tasks\nitems:\n  # workplan: ignore[doubtful-annotation]\n{item}{item}") == [
        (8, "doubtful-annotation")
    ]


def test_a_comment_at_the_end_of_a_line_covers_the_text_that_begins_there() -> None:
    folded = f"kind: tasks\nitems:\n  - text: > # workplan: ignore[doubtful-annotation]\n      甲。\n      {DOUBT}\n    units: 区教育局\n"
    assert found(folded) == []
    plain = f"kind: tasks\nitems:\n  - text: 甲。\n      {DOUBT}  # workplan: ignore[doubtful-annotation]\n    units: 区教育局\n"
    assert found(plain) == []


def test_a_comment_at_the_end_of_a_line_does_not_cover_what_a_key_only_begins() -> None:
    tasks = f"kind: tasks\nitems:  # workplan: ignore[doubtful-annotation]\n  - text: {DOUBT}\n    units: 区教育局\n"
    assert found(tasks) == [(2, "unused-suppression"), (3, "doubtful-annotation")]


def test_a_hash_within_a_text_is_never_a_comment() -> None:
    block = f"kind: tasks\nitems:\n  - text: >\n      # workplan: ignore[doubtful-annotation]\n      {DOUBT}\n    units: 区教育局\n"
    assert found(block) == [(5, "doubtful-annotation")]
    quoted = f'kind: tasks\nitems:\n  - text: "甲\n      # workplan: ignore[doubtful-annotation]\n      {DOUBT}"\n    units: 区教育局\n'
    assert found(quoted) == [(5, "doubtful-annotation")]


def test_several_rules_in_one_comment_are_each_counted() -> None:
    tasks = f"kind: tasks\nitems:\n  # workplan: ignore[doubtful-annotation, missing-date]\n  - text: {DOUBT}\n    units: 区教育局\n"
    assert found(tasks) == [(3, "unused-suppression")]


def test_a_comment_covers_a_finding_that_stands_in_the_frame() -> None:
    frame = "# workplan: ignore[missing-date]\ntitle: 样本\nparts: [tasks]\n"
    assert found("kind: tasks\nitems: []\n", frame) == []


def test_an_error_cannot_be_ignored() -> None:
    tasks = "kind: tasks\nitems:\n  # workplan: ignore[unknown-unit]\n  - {text: 甲。, units: 区教育据}\n"
    assert found(tasks) == [(3, "unused-suppression.error"), (4, "unknown-unit.near")]


def test_while_there_are_errors_no_comment_is_called_useless() -> None:
    tasks = "kind: tasks\nitems:\n  # workplan: ignore[doubtful-annotation]\n  - {text: 甲。, units: 区教育据}\n"
    assert found(tasks) == [(4, "unknown-unit.near")]


def test_a_rule_that_the_plan_turns_off_is_still_ignored_to_some_use() -> None:
    tasks = f"kind: tasks\nitems:\n  # workplan: ignore[doubtful-annotation]\n  - {{text: {DOUBT}, units: 区教育局}}\n"
    assert found(tasks, f"{DOCUMENT}checks: {{doubtful-annotation: off}}\n") == []


def test_the_finding_of_a_useless_comment_has_a_level_like_any_other() -> None:
    tasks = "kind: tasks\nitems:\n  # workplan: ignore[doubtful-annotation]\n  - {text: 甲。, units: 区教育局}\n"
    assert found(tasks) == [(3, "unused-suppression")]
    assert found(tasks, f"{DOCUMENT}checks: {{unused-suppression: off}}\n") == []


@given(st.lists(st.text("甲#乙 '\"", min_size=1, max_size=6), min_size=1, max_size=4))
@settings(max_examples=60)
def test_comments_and_texts_never_overlap(lines: list[str]) -> None:
    text = "a: >\n" + "".join(f"  甲{line}\n" for line in lines) + "# out\nb: c # end\n"
    file = File("a.yaml", text)
    root, findings = parse(file)
    if root is not None and not findings:
        assert [comment.text for comment in comments(file, root)] == ["# out", "# end"]


# ------------------------------------------------------------------------------------------- the call


@pytest.fixture
def two(project: Project) -> None:
    """A plan with two warnings: a doubtful annotation, and no date."""
    tasks = f"kind: tasks\nitems:\n  - {{text: {DOUBT}, units: 区教育局}}\n"
    project({"document.yaml": "title: 样本\nparts: [tasks]\n", "tasks.yaml": tasks})


def rules(run: Run, *options: str) -> list[str]:
    shape = json.loads(run("check", "--format", "json", *options).stdout)
    return [finding["rule"] for finding in shape["diagnostics"] if finding["rule"] in _OURS]


@pytest.mark.usefixtures("two")
def test_select_and_ignore_take_ids_and_beginnings_of_ids(run: Run) -> None:
    assert rules(run) == ["missing-date", "doubtful-annotation"]
    assert rules(run, "--select", "missing") == ["missing-date"]
    assert rules(run, "--ignore", "missing-date") == ["doubtful-annotation"]
    assert rules(run, "--select", "missing,doubtful", "--ignore", "doubtful-annotation") == ["missing-date"]
    assert rules(run, "--ignore", "missing", "--ignore", "doubtful") == []


@pytest.mark.usefixtures("two")
def test_a_selection_that_names_no_rule_is_refused(run: Run) -> None:
    ended = run("check", "--select", "mising-date")
    assert ended.returncode == 2
    assert "missing-date" in ended.stderr


def test_errors_are_told_whatever_is_selected(project: Project, run: Run) -> None:
    project({"tasks.yaml": "kind: tasks\nitems:\n  - {text: 甲。, units: 区教育据}\n"})
    assert rules(run, "--select", "missing", "--ignore", "unknown-unit") == ["unknown-unit"]
