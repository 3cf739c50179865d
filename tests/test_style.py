"""The rules on real text: the slips of style in the 2022 plan, and every finding of every rule in the issued documents."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus
from workplan.check.rules import over_long
from workplan.check.rules.every import OFF, RULES
from workplan.check.rules.texts import TextKind, texts
from workplan.compiler import Result, compile_plan
from workplan.source import Directory, Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.diagnostic import Diagnostic, Replacement

PLAN = Path(__file__).resolve().parents[1] / "plan" / "2022"
#: The rules of official style.
STYLE = frozenset(
    (
        "comma-between-quotes",
        "confused-word",
        "date-form",
        "half-width-bracket",
        "half-width-mark",
        "heading-stop",
        "missing-attachment",
        "number-form",
        "number-style",
        "numbering-mark",
        "over-long",
        "paragraph-end",
        "quantity-without-unit",
        "repeated-word",
        "stray-blank",
        "straight-quote",
        "title-form",
        "unpaired-mark",
        "wavering-title",
    )
)
#: What all rules find in the issued documents; each finding was read, see docs/precision.md. Whoever changes a count reads anew.
COUNTS = {
    "comma-between-quotes": 6,
    "half-width-bracket": 18,
    "half-width-mark": 4,
    "missing-everyone": 1,
    "missing-lead": 3,
    "number-order": 1,
    "numbering-mark": 1,
    "open-list": 8,
    "over-long": 3,
    "stray-blank": 1,
    "two-spellings": 2,
    "vague-unit": 3,
}
#: Keys that are suggested, by rule.
SUGGESTED = {"suggest-due": 13, "suggest-target": 40}
needs_corpus = pytest.mark.skipif(
    corpus.folder() is None, reason="the issued documents do not stand beside the checkout"
)


@pytest.fixture(scope="module")
def issued() -> Result:
    return compile_plan(Directory(PLAN))


def of_style(result: Result) -> Iterator[Diagnostic]:
    return (finding for finding in result.diagnostics if finding.rule in STYLE)


# ------------------------------------------------------------------------------------------- the plan of 2022


#: The slips, by file and rule, each with the words before it and the words from it on.
SLIPS = (
    ("safeguards.yaml", "stray-blank", "units: '", " (责任部门"),
    ("safeguards.yaml", "half-width-bracket", "units: ' ", "(责任部门"),
    ("tasks.yaml", "half-width-mark", "特色优势产业", ",顺应产业发展规律"),
    ("tasks.yaml", "half-width-mark", "文旅产业支持", "; 在新疆巴楚"),
    ("tasks.yaml", "comma-between-quotes", "“以购代捐”", "、“以买代帮”"),
    ("tasks.yaml", "comma-between-quotes", "“订单式”", "、“定向式”"),
)


def test_the_slips_of_the_signed_plan_are_found_where_they_stand_and_nothing_else(issued: Result) -> None:
    found = [(Path(f.span.file).name, f.key, f.span.line, f.span.column) for f in of_style(issued)]
    assert found == [(name, rule, *place_of(name, before, after)) for name, rule, before, after in SLIPS]


def place_of(name: str, before: str, after: str) -> tuple[int, int]:
    """Line and column of ``after``, which stands behind ``before`` in one place of the file."""
    lines = (PLAN / name).read_text(encoding="utf-8").splitlines()
    places = [(number, line.find(before + after)) for number, line in enumerate(lines, 1) if before + after in line]
    assert len(places) == 1
    return places[0][0], places[0][1] + len(before) + 1


def test_every_slip_of_the_signed_plan_has_a_fix_and_none_is_left_after_it(issued: Result) -> None:
    held = {path.name: path.read_text(encoding="utf-8") for path in PLAN.glob("*.yaml")}
    held["../units.yaml"] = (PLAN.parent / "units.yaml").read_text(encoding="utf-8")
    fixes = sorted({fix for finding in of_style(issued) for fix in finding.fix or ()}, key=lambda fix: fix.span)
    for name in ("safeguards.yaml", "tasks.yaml"):
        held[name] = applied(held[name], [fix for fix in fixes if Path(fix.span.file).name == name])
    assert "特色优势产业，顺应" in held["tasks.yaml"]
    assert "文旅产业支持；在新疆" in held["tasks.yaml"]
    assert "“以购代捐”“以买代帮”等" in held["tasks.yaml"]
    assert "'（责任部门：区领导小组成员单位及相关部门、区政府合作交流办、前方工作机构）'" in held["safeguards.yaml"]
    assert list(of_style(compile_plan(Memory(held)))) == []


def test_the_signed_plan_is_as_long_as_it_was_counted_by_hand(issued: Result) -> None:
    assert issued.plan is not None
    assert over_long.count(issued.plan) == 3988


# ------------------------------------------------------------------------------------------- the issued documents


@needs_corpus
def test_ten_documents_are_read_without_errors() -> None:
    results = [corpus.compiled(path, kind) for path in corpus.documents() for kind in ("prose", "tasks")]
    assert len(results) == 20
    assert [finding for result in results if not result.clean for finding in result.diagnostics] == []


@needs_corpus
def test_the_plans_hold_the_text_of_the_documents() -> None:
    """Every character but blanks, and nothing twice that is not twice in the text itself."""
    for path in corpus.documents():
        plan = corpus.compiled(path).plan
        assert plan is not None
        body, cells = corpus.paragraphs(path)
        printed = [part.printed_number for part in plan.sections]
        printed += [numbered.printed_number for _, numbered in plan.walk()]
        printed += [text.text for text in texts(plan) if text.kind in (TextKind.TITLE, TextKind.TEXT)]
        held = Counter("".join("".join(printed).split()))
        wanted = Counter("".join("".join(body + cells + [corpus.title(path)]).split()))
        assert set((wanted - held).elements()) <= {"。"}, path.name  # the stop of a heading that text runs on after


@needs_corpus
def test_the_suggestions_in_issued_documents_are_those_that_were_read() -> None:
    plans = [corpus.compiled(path, "tasks").plan for path in corpus.documents()]
    assert {rule: sum(len([*RULES[rule].check(plan)]) for plan in plans if plan) for rule in SUGGESTED} == SUGGESTED


@needs_corpus
def test_the_findings_in_issued_documents_are_those_that_were_read() -> None:
    found = Counter(f.rule for path in corpus.documents() for f in corpus.compiled(path, "tasks").diagnostics)
    assert found == COUNTS


def test_the_table_of_the_docs_has_the_counts_and_no_rule_is_wrong_more_than_once_in_twenty() -> None:
    table = (PLAN.parents[1] / "docs" / "precision.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d+) \| (\d+) \| (\d+) \|", table, re.MULTILINE)
    stated = {rule: tuple(map(int, numbers)) for rule, *numbers in rows}
    assert stated.keys() >= STYLE
    assert stated.keys() <= RULES.keys()
    assert {rule: every for rule, (every, _, _) in stated.items() if every and rule not in OFF} == COUNTS
    assert {rule: every for rule, (every, _, _) in stated.items() if rule in SUGGESTED} == SUGGESTED
    assert all(true + false == every for every, true, false in stated.values())
    assert all(true >= 0.95 * every or rule in OFF - SUGGESTED.keys() for rule, (every, true, _) in stated.items())


# ------------------------------------------------------------------------------------------- any text at all

_SIGNS = st.text(
    "区教育局的办好一二1230万年月日号，。；：、“”‘’（）()[]〔〕《》,.;:!?\"' \n\u3000AB", min_size=1, max_size=40
)


@settings(max_examples=150, deadline=None)
@given(words=_SIGNS)
def test_fixing_whatever_text_comes_to_an_end_and_changes_only_what_was_found(words: str) -> None:
    """Each round puts in what the findings say; after a few rounds no rule has anything left that it could fix."""
    text = _part_of(words)
    for _ in range(12):
        result = compile_plan(Memory({**_FRAME, "tasks.yaml": text}))
        fixes = sorted({fix for finding in of_style(result) for fix in finding.fix or ()}, key=lambda fix: fix.span)
        if not fixes:
            break
        text = applied(text, fixes)
    assert not fixes, (words, text)


def applied(text: str, fixes: Iterable[Replacement]) -> str:
    """The text with the fixes put in, in order; one that overlaps an earlier one waits."""
    done, pieces = 0, []
    for fix in fixes:
        if fix.span.start >= done:
            pieces += [text[done : fix.span.start], fix.text]
            done = fix.span.end
    return "".join((*pieces, text[done:]))


_FRAME = {
    "document.yaml": "title: 样本\nparts: [tasks]\nnumber: ''\ndate: ''\n",
    "../units.yaml": "units: [{name: 区教育局}]",
}


def _part_of(words: str) -> str:
    lines = "".join(f"      {line}\n" for line in words.split("\n"))
    return f"kind: tasks\nitems:\n  - title: 甲\n    units: 区教育局\n    text: |\n      甲\n{lines}"
