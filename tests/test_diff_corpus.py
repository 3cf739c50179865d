"""Real reports of following years, without ids, titles or units, held to pairs that a person read; and what is no pair.

The pairs stand in ``data/2019-2020-pairs.tsv``. They were read from the texts alone.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

import corpus
from workplan.compare.plans import compare
from workplan.compiler import compile_plan
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.compare.change import Comparison, Entry, Match
    from workplan.plan.compiled import Plan

pytestmark = pytest.mark.skipif(corpus.folder() is None, reason="the folder with the issued documents is not there")

KEY = Path(__file__).parent / "data" / "2019-2020-pairs.tsv"
#: How the same text may be written: as bare paragraphs; with first sentences as titles; with a part for every chapter, too.
SHAPES = ("bare", "titled", "parts")
#: A first sentence that heads a paragraph.
_LEAD = re.compile(r"([^。]{2,30})。(.+)", re.DOTALL)
#: A paragraph of fewer 字 is a date, a name, a form of address.
_BODY = 40

Shape = dict[str, object]


@dataclass(frozen=True)
class Judged:
    """A comparison held to the pairs that were read."""

    comparison: Comparison
    missed: tuple[str, ...]
    wrong: tuple[Match, ...]

    @property
    def doubtful(self) -> int:
        """The number of pairs that are marked."""
        return sum(match.doubtful for match in self.comparison.matches)


def items(number: str, *, titled: bool) -> list[Shape]:
    """The document of a number as items below each other."""
    path = next(path for path in corpus.documents() if path.name.startswith(number))
    body = json.loads(corpus.plan(path).files["body.yaml"])["items"]
    return [_item(item, titled=titled) for item in body]


def _item(item: str | Shape, *, titled: bool) -> Shape:
    shape: Shape = {"text": item} if isinstance(item, str) else dict(item)
    if "items" in shape:
        shape["items"] = [_item(child, titled=titled) for child in cast("list[str | Shape]", shape["items"])]
    lead = _LEAD.fullmatch(str(shape.get("text", ""))) if titled and not shape.get("title") else None
    return {**shape, "title": lead[1], "text": lead[2]} if lead else shape


def plan(*parts: Shape) -> Plan:
    """The parts as one plan; each is called by where it stands."""
    names = [f"part{place}" for place, _ in enumerate(parts)]
    document = {"title": "政府工作报告", "parts": names, "number": "", "date": ""}
    files = {"document.yaml": document, "../units.yaml": {"units": [{"name": "某某局"}]}, **_files(names, parts)}
    found = compile_plan(Memory({name: json.dumps(shape, ensure_ascii=False) for name, shape in files.items()})).plan
    assert found is not None
    return found


def _files(names: Sequence[str], parts: Sequence[Shape]) -> dict[str, Shape]:
    return {f"{name}.yaml": {"kind": "prose", **part} for name, part in zip(names, parts, strict=True)}


def report(number: str, shape: str) -> Plan:
    """A report in one of the shapes."""
    found = items(number, titled=shape != "bare")
    if shape != "parts":
        return plan({"items": found})
    chapters: list[Shape] = [{"title": item["title"], "items": item["items"]} for item in found if "items" in item]
    return plan({"items": [item for item in found if "items" not in item]}, *chapters)


def words(entry: Entry) -> str:
    return entry.title + entry.text


def read(sign: str) -> Iterator[tuple[list[str], str]]:
    """The pairs of a sign: how the old paragraph begins (one of these), and how the new one."""
    for line in KEY.read_text(encoding="utf-8").splitlines():
        if line.startswith(sign):
            _, old, new = line.split("\t")
            yield old.split("|"), new


def is_read(olds: Sequence[str], new: str, match: Match) -> bool:
    return any(
        words(after).startswith(new) and any(words(before).startswith(old) for old in olds)
        for before in match.old
        for after in match.new
    )


@cache
def judged(shape: str) -> Judged:
    comparison = compare(report("17", shape), report("18", shape))
    right, near = list(read("=")), list(read("~"))
    missed = [new for olds, new in right if not any(is_read(olds, new, match) for match in comparison.matches)]
    pairs = [match for match in comparison.matches if match.old[0].kind != "frame"]
    wrong = [match for match in pairs if not any(is_read(olds, new, match) for olds, new in right + near)]
    return Judged(comparison, tuple(missed), tuple(wrong))


@pytest.mark.parametrize("shape", SHAPES)
def test_no_wrong_pair_is_unmarked(shape: str) -> None:
    assert all(match.doubtful for match in judged(shape).wrong)


@pytest.mark.parametrize("shape", SHAPES)
def test_hardly_a_pair_that_a_reader_would_make_is_missed(shape: str) -> None:
    """It was 27 of 61 by likeness of wording alone."""
    assert len(judged(shape).missed) <= 1


@pytest.mark.parametrize("shape", SHAPES)
def test_few_pairs_are_marked_and_hardly_any_is_wrong(shape: str) -> None:
    """What is marked is what a reader hesitates at: several paragraphs in one, or two that share half of their matter."""
    found = judged(shape)
    assert len(found.comparison.matches) >= 65
    assert found.doubtful <= 11
    assert len(found.wrong) <= 1


def test_parts_of_one_name_that_hold_other_chapters_are_marked() -> None:
    """The third file of one year holds all the tasks, that of the other the first chapter of them."""
    pairs = {match.old[0].title: match for match in judged("parts").comparison.matches if match.old[0].title}
    assert pairs["2019年政府工作任务"].doubtful
    assert not pairs["2019年经济社会发展总体要求和政策取向"].doubtful


def test_headings_of_another_year_are_the_same_headings() -> None:
    pairs = judged("bare").comparison.matches
    heads = {match.old[0].title: match.new[0].title for match in pairs if match.old[0].kind == "section"}
    assert heads == {
        "2018年工作回顾": "2019年和今年以来工作回顾",
        "2019年经济社会发展总体要求和政策取向": "今年发展主要目标和下一阶段工作总体部署",
    }


# ------------------------------------------------------------------------------------------- what is no pair


def numbers() -> list[str]:
    return [path.name[:2] for path in corpus.documents()]


def bodies(number: str) -> list[Shape]:
    """The paragraphs of a document that say something, without what is above them."""

    def below(found: list[Shape]) -> Iterator[Shape]:
        for item in found:
            yield from below(cast("list[Shape]", item.get("items", [])))
            if len(str(item.get("text", ""))) >= _BODY:
                yield {key: item[key] for key in ("title", "text") if key in item}

    return list(below(items(number, titled=True)))


@pytest.mark.parametrize(("old", "new"), [pair for pair in pairwise(numbers()) if pair != ("17", "18")])
def test_paragraphs_of_two_documents_on_different_matters_are_no_pair_or_marked(old: str, new: str) -> None:
    """What documents of any matter share is their guiding thought and how they end."""
    matches = compare(plan({"items": bodies(old)}), plan({"items": bodies(new)})).matches
    pairs = [match for match in matches if match.old[0].kind == "prose"]
    assert len(pairs) <= 2
    assert all(match.doubtful for match in pairs)


@pytest.mark.parametrize(("number", "other"), [pair for pair in pairwise(numbers()) if pair != ("17", "18")])
def test_tasks_that_took_the_place_of_others_are_no_pair_or_marked(number: str, other: str) -> None:
    """Every other task stays as it was, and tasks of another matter stand where the rest stood."""
    old, others = bodies(number), bodies(other)
    new = [item for pair in zip_longest(old[::2], others[: len(old[1::2])]) for item in pair if item]
    pairs = [match for match in compare(plan({"items": old}), plan({"items": new})).matches if match.similarity < 0.6]
    assert len(pairs) <= 2
    assert all(match.doubtful for match in pairs)
