"""The law of merging, on made-up edits: what is taken prints as the copy says, all else is told, twice is once."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import merging
from edited import Copy, W, text_of
from full_plans import FULL
from workplan.compiler import Result, compile_readable
from workplan.importing.marks import mark_at
from workplan.importing.record import Revisions
from workplan.merge.bearable import unbearable
from workplan.merge.edits import understood
from workplan.merge.merging import Copy as Returned
from workplan.merge.merging import merge
from workplan.merge.printed import Printed, Sort, printed
from workplan.merge.reading import read_copy
from workplan.merge.signs import bare, core
from workplan.rewrite.fix import RevisedSource
from workplan.source import Directory
from workplan.view.sequence import CELLS

if TYPE_CHECKING:
    from lxml.etree import _Element

    from workplan.merge.merging import Merged
    from workplan.merge.returned import Line

ROOT = Path(__file__).resolve().parents[1]
PLANS = {"2022": ROOT / "plan" / "2022", **{year: FULL / "plan" / year for year in ("2031", "2033", "2034")}}
#: What people type, and signs that mean something to YAML.
WORDS = (
    "加强统筹", "（试行）", "至少3次", "：", ": ", " # 注", "- 甲", "；", '"', "'", "{a: [b]}", "&x *y !z | > % @ `", "\\",
    "😀", "\u2028", "\u200b", "A&B<c>", "牵头单位", "年底前完成。", "", "\t",
)  # fmt: skip
LINES = ("各有关部门要抓好落实。", "- 甲: 乙 # 丙", "新增任务。按要求完成。（责任单位：区教育局）", "> 一 | 二")
_LONE = re.compile(r"[（(]?[一二三四五六七八九十0-9]*[）)、．.]?")


class Sent(NamedTuple):
    """A plan whose document went out."""

    source: Directory
    result: Result
    base: Printed
    document: bytes


@cache
def sent(year: str) -> Sent:
    source = Directory(PLANS[year])
    result = compile_readable(source)
    assert result.plan is not None
    return Sent(source, result, printed(result.plan), merging.document(PLANS[year]))


def edit(copy: Copy, rng: random.Random) -> None:
    """One thing that a person does in Word, somewhere."""
    paragraphs = [one for one in copy.root.iter(f"{W}p") if len(text_of(one)) > 2]
    named = [one for one in paragraphs if sum(text_of(one) in text_of(other) for other in paragraphs) == 1]
    if len(named) < 2:
        return
    one, other = rng.sample(named, 2)
    text = text_of(one)
    start = rng.randrange(len(text) - 1)
    words = text[start : start + rng.randrange(1, 6)]
    mark = mark_at(text)
    # What cannot be done there (words that stand twice, the last paragraph of a cell) is not done.
    with suppress(ValueError, AssertionError, StopIteration, IndexError):
        match rng.choice(("retype", "retype", "insert", "number", "delete", "move", "split", "late", "join")):
            case "retype":
                copy.retype(text[: start + len(words)], text[:start] + rng.choice(WORDS))
            case "insert":
                copy.insert(text, rng.choice(LINES))
            case "number":
                copy.insert(text, (mark.written if mark else "（九）") + rng.choice(LINES))
            case "delete":
                copy.delete(text)
            case "move":
                move(copy, one, other)
            case "split":
                copy.split(text[start:])
            case "late" if start and not copy.tracked:
                copy.split_before_bookmark(text[start:])
            case "join":
                join(copy, one)


def in_body(paragraph: _Element | None) -> bool:
    above = None if paragraph is None else paragraph.getparent()
    return above is not None and above.tag == f"{W}body"


def move(copy: Copy, one: _Element, behind: _Element) -> None:
    if in_body(one) and in_body(behind):
        copy.move(text_of(one), text_of(behind))


def join(copy: Copy, one: _Element) -> None:
    following = one.getnext()
    if in_body(one) and following is not None and following.tag == f"{W}p":
        copy.join(text_of(one))


def merged(plan: Sent, copy: bytes, source: RevisedSource | Directory, result: Result) -> Merged:
    assert result.plan is not None
    found = understood(plan.base, read_copy(copy, "稿.docx"))
    return merge(source, result, result.plan, [Returned("稿.docx", plan.base, found.edits)])


def said(lines: tuple[Line, ...]) -> list[str]:
    """The words of a copy's lines, numbers and blanks aside."""
    own = (text for one in lines if one.outside is None for text in one.text.split("\n"))
    return [core(text) for text in own if not _LONE.fullmatch(bare(text))]


def derived(plan: Printed) -> set[str]:
    """What the plan prints that only follows from something else."""
    return {core(line.text) for line in plan.lines if plan.holders[line.holder].sort is Sort.DERIVED}


def check(year: str, seed: int, count: int, *, tracked: bool) -> None:
    plan = sent(year)
    copy = Copy(plan.document, tracked=tracked)
    rng = random.Random(seed)  # noqa: S311 - the same edits every time
    for _ in range(count):
        edit(copy, rng)
    edited = copy.packed()
    if tracked:
        rejected = read_copy(edited, "稿.docx", Revisions.REJECT)
        assert not understood(plan.base, rejected).edits, "rejected, and still edited"
    made = merged(plan, edited, plan.source, plan.result)
    assert made.result.plan is not None
    now = printed(made.result.plan)
    # Merging twice changes nothing.
    again = merged(plan, edited, RevisedSource(plan.source, made.changed), made.result)
    assert not again.changed
    assert [one.fate.is_home for one in again.told] == [one.fate.is_home for one in made.told]
    # What is written is a plan: at most a name that nobody registered, or a stale quotation, is new in it.
    assert [one.rule for one in unbearable(made.result)] == []
    # Nothing is lost: whatever the copy says is printed now, or told, or only followed from something else.
    told = "".join(core(text) for one in made.told for text in re.split(f"\n|{CELLS}", one.edit.after))
    prints = "".join(core(line.number + line.text) for line in now.lines)
    follows = derived(plan.base)
    returned = said(read_copy(edited, "稿.docx").lines)
    assert [words for words in returned if not (words in prints or words in told or words in follows)] == []
    if all(one.fate.is_home for one in made.told):
        theirs = "".join(returned)
        mine = "".join(words for line in now.lines for words in map(core, (line.number + line.text).split("\n")))
        if not follows and not derived(now):
            assert mine == theirs


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(PLANS)), st.integers(0, 2**32), st.integers(1, 4), st.booleans())
def test_what_is_taken_prints_and_all_else_is_told(year: str, seed: int, count: int, tracked: bool) -> None:  # noqa: FBT001
    check(year, seed, count, tracked=tracked)


@pytest.mark.parametrize("year", PLANS)
def test_an_untouched_copy_has_no_edits(year: str) -> None:
    plan = sent(year)
    assert not understood(plan.base, read_copy(plan.document, "稿.docx")).edits
