"""Annotations in running text: all those of ten issued documents are read as a person reads them, and none is lost.

The key was made by reading the documents, before the parser was; tests/data/annotations.toml says how.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

import corpus
from phrases import DATA, book_of, named, told
from workplan import view
from workplan.compiler import compile_plan
from workplan.plan.registry import Book, doubtful, in_text, parse
from workplan.plan.registry.annotations import labelled_line
from workplan.source import Memory

if TYPE_CHECKING:
    from workplan.view.assignments import TaskRow

_UNITS = (DATA / "annotations-units.yaml").read_text(encoding="utf-8")
BOOK = book_of(_UNITS)
KEY: list[dict[str, Any]] = tomllib.loads((DATA / "annotations.toml").read_text(encoding="utf-8"))["annotation"]
SAID: list[dict[str, Any]] = tomllib.loads((DATA / "annotations.toml").read_text(encoding="utf-8"))["rule"]


def _read(entry: dict[str, Any], book: Book = BOOK) -> tuple[list[list[str]], bool]:
    """Names as printed with their roles, and whether the list is open."""
    text = entry["phrase"]
    phrases = parse(text, book, entry.get("label", ""))
    names = [[text[name.start : name.end], name.role] for phrase in phrases for name in phrase.names if name.unit]
    return names, any(phrase.open for phrase in phrases)


def test_the_annotations_of_issued_documents_are_read_as_the_key_says() -> None:
    """99 of a hundred at least, those apart on which the key itself is in doubt."""
    assert len(KEY) == 279
    missed = [entry for entry in KEY if _read(entry) != (entry["units"], entry["open"])]
    for doubtful_ones in (False, True):
        of_these = [entry for entry in KEY if entry.get("doubtful", False) is doubtful_ones]
        wrong = [entry for entry in missed if entry.get("doubtful", False) is doubtful_ones]
        assert len(wrong) * 100 <= len(of_these), [(one["line"], one["phrase"], _read(one)) for one in wrong]


def test_no_registered_name_of_the_key_is_silently_lost() -> None:
    """Each that stands anywhere in a phrase is found or told."""
    for entry in KEY:
        text = entry["phrase"]
        phrases = parse(text, BOOK, entry.get("label", ""))
        for name, _ in entry["units"]:
            start = text.find(name)
            assert told(phrases, start, start + len(name)), text


def test_nothing_in_the_key_is_doubtful_to_the_grammar() -> None:
    """No warning without need: the phrases are plain, all their units registered."""
    doubts = [
        doubt
        for entry in KEY
        for phrase in parse(entry["phrase"], BOOK, entry.get("label", ""))
        for doubt in phrase.doubts
    ]
    assert doubts == []


def test_the_sentences_that_hold_for_what_follows_are_told_apart() -> None:
    texts = [entry["phrase"] for entry in KEY if any(rule["text"] in entry["phrase"] for rule in SAID)]
    found = [
        (rule.kind, rule.onward, text[rule.start : rule.end])
        for text in texts
        for one in parse(text, BOOK)
        for rule in one.rules
    ]
    assert [kind for kind, *_ in found] == ["first", "everyone", "first", "first"]
    assert all(onward for _, onward, _ in found)
    assert [words for *_, words in found] == [rule["text"] for rule in SAID]


def test_without_aliases_the_prefix_that_a_list_says_once_is_carried_on() -> None:
    """省科技厅、工业和信息化厅: the second is found by its full name alone."""
    short = {one[3:] for one in re.findall(r"- name: (省\S+)\n    aliases: \[(?=\S+\])", _UNITS)}
    book = book_of(re.sub(r"    aliases: .*\n", "", _UNITS))
    phrases = [entry["phrase"] for entry in KEY if entry["document"] == "23"]
    lost = [text for text in phrases for one in parse(text, book) for name in one.names if not name.unit]
    carried = [name.carried for text in phrases for one in parse(text, book) for name in one.names if name.carried]
    assert short
    assert lost == []
    assert set(carried) == {"省"}
    assert len(carried) > 20


@pytest.mark.skipif(corpus.folder() is None, reason="the issued documents do not stand beside the checkout")
def test_in_the_whole_documents_exactly_the_annotations_of_the_key_are_found() -> None:
    """None is missed, none is made of prose, and nothing else is told as if it were one."""
    for path in corpus.documents():
        wanted = Counter(
            entry["phrase"] for entry in KEY if path.name.startswith(entry["document"]) and entry["place"] == "text"
        )
        lines = path.read_text(encoding="utf-8").splitlines()[3:]
        assert Counter(line[start:end] for line in lines for start, end in in_text(line, BOOK)) == wanted
        assert [line[start:end] for line in lines for start, end in doubtful(line, BOOK)] == []


# ------------------------------------------------------------------------------------- what is read, what is told

PLAN = book_of(
    "units:\n  - {name: 区教育局}\n  - {name: 区财政局}\n  - {name: 区民政局}\n  - {name: 各街镇, kind: group, open: true}\n"
    "  - {name: 市交通委（市道运局）}\n"
)


@pytest.mark.parametrize(
    ("text", "read", "told_of"),
    [
        ("办好讲座。（区教育局、区财政局）", ["（区教育局、区财政局）"], []),
        ("办好讲座（区教育局）。", [], ["（区教育局）"]),
        ("由主管部门（区教育局）办理。", [], []),
        ("由主管部门（以下简称区教育局）。", [], []),
        ("办好讲座（区教育局跟踪），办好展览（区财政局负责）。", ["（区财政局负责）"], ["（区教育局跟踪）"]),
        ("办好讲座（区教育局跟踪，区财政局配合）。", ["（区教育局跟踪，区财政局配合）"], []),
        ("会议由街道召开（区教育局负责人参加）。", [], ["（区教育局负责人参加）"]),
        ("支持学校（区教育局负责的学校除外）。", [], ["（区教育局负责的学校除外）"]),
        ("支持学校（区教育局负责的学校除外）发展。", [], []),
        ("参与试点（区教育局参与全市综合改革试点）。", [], ["（区教育局参与全市综合改革试点）"]),
        (
            "办好讲座。（由区教育局牵头制定方案，区财政局落实经费）",
            ["（由区教育局牵头制定方案，区财政局落实经费）"],
            [],
        ),
        ("办好讲座。（区某某局牵头，区甲局配合）", [], ["（区某某局牵头，区甲局配合）"]),
        ("办好讲座。（由区某某局牵头实施）", [], ["（由区某某局牵头实施）"]),
        ("办好讲座。【责任单位】区教育局", [], ["【责任单位】"]),
        ("办好讲座。〔区教育局牵头〕", ["〔区教育局牵头〕"], []),
        ("办好讲座[区教育局牵头，区财政局配合]。", ["[区教育局牵头，区财政局配合]"], []),
        ("办好讲座【区教育局】。", [], ["【区教育局】"]),
        (
            "办好讲座。（责任单位：市交通委（市道运局）、区教育局）",
            ["（责任单位：市交通委（市道运局）、区教育局）"],
            [],
        ),
        ("办好讲座（区财政局、市交通委（市道运局）负责）。", ["（区财政局、市交通委（市道运局）负责）"], []),
        ("办好讲座（详见附件（责任单位：区教育局））。", ["（责任单位：区教育局）"], []),
        ("（一）办好讲座（2022年）。（单位：万元）", [], []),
        ("一是甲（区教育局牵头）；二是乙（各街镇）；三是丙。", ["（区教育局牵头）"], ["（各街镇）"]),
        (
            "办好讲座。（责任单位：区教育局）（完成时限：12月底前）（含实物）",
            ["（责任单位：区教育局）（完成时限：12月底前）"],
            [],
        ),
        ("办好讲座。\n责任单位：区教育局\n完成时限：6月底\n办好展览。", ["责任单位：区教育局\n完成时限：6月底"], []),
        ("责任单位：要切实负起责任，把工作抓好", [], ["责任单位："]),
        ("办好讲座。责任单位：区教育局", [], ["责任单位："]),
        ("完成时限：6月底", [], []),
        ("区教育局联系人：某某，联系电话：123", [], []),
    ],
)
def test_a_bracket_is_read_where_it_says_who_does_something_and_told_where_it_might(
    text: str, read: list[str], told_of: list[str]
) -> None:
    assert [text[start:end] for start, end in in_text(text, PLAN)] == read
    assert [text[start:end] for start, end in doubtful(text, PLAN)] == told_of


@pytest.mark.parametrize(
    ("line", "units", "due"),
    [
        ("责任单位：区教育局、区财政局", (("区教育局", "responsible"), ("区财政局", "responsible")), []),
        ("配合单位：各街镇", (("各街镇", "support"),), []),
        ("牵头单位:区教育局　责任单位:各街镇", (("区教育局", "lead"), ("各街镇", "responsible")), []),
        ("完成时限：12月底前", (), ["12月底前"]),
        ("责任领导：某某", (), []),
        ("  责任单位：区某某局", (("?区某某局", "responsible"),), []),
    ],
)
def test_a_line_of_its_own_is_read_without_brackets(
    line: str, units: tuple[tuple[str, str], ...], due: list[str]
) -> None:
    phrases = labelled_line(line, PLAN)
    assert phrases
    assert named(phrases, line) == units
    assert [words.text for phrase in phrases for words in phrase.due] == due


@pytest.mark.parametrize(
    "line", ["办好讲座。", "主要任务：办好讲座", "责任单位：要切实负起责任", "区教育局", "推进：各街镇", ""]
)
def test_other_lines_are_no_annotation(line: str) -> None:
    assert labelled_line(line, PLAN) == ()


# ------------------------------------------------------------------------------------------------ in a whole plan

FRAME = "title: 2026年要点\nnumber: ''\ndate: ''\nparts: [tasks]\n"
REGISTRY = "units:\n  - {name: 区教育局}\n  - {name: 区财政局}\n  - {name: 各街镇, kind: group, open: true}\n"


def _rows(items: str, frame: str = FRAME) -> tuple[TaskRow, ...]:
    tasks = f"kind: tasks\ntitle: 任务\nitems:\n{items}"
    result = compile_plan(Memory({"document.yaml": frame, "tasks.yaml": tasks, "../units.yaml": REGISTRY}, "2026"))
    assert result.plan is not None
    return view.rows(result.plan)


def _found(row: TaskRow) -> list[tuple[str, str]]:
    return [(one.unit, one.role) for one in row.named]


def test_the_same_printed_words_give_the_same_roles_wherever_they_are_written() -> None:
    """（牵头单位：区教育局、区财政局）, by ``label``, as a mapping, as a phrase, in the text."""
    items = (
        "  - {title: 甲, text: 甲。, units: 区教育局、区财政局}\n"
        "  - {title: 乙, text: 乙。, units: {牵头单位: 区教育局、区财政局}}\n"
        "  - {title: 丙, text: 丙。, units: 牵头单位：区教育局、区财政局}\n"
        "  - {title: 丁, text: 丁。（牵头单位：区教育局、区财政局）}\n"
    )
    found = [_found(row) for row in _rows(items, FRAME + "style: {label: 牵头单位}\n")]
    assert found == [[("区教育局", "lead"), ("区财政局", "lead")]] * 4


def test_a_label_that_does_not_print_gives_no_role() -> None:
    items = "  - {title: 甲, text: 甲。, units: 区教育局}\n"
    (row,) = _rows(items, FRAME + "style: {label: 牵头单位, annotations: none}\n")
    assert _found(row) == [("区教育局", "responsible")]


def test_a_phrase_with_brackets_of_its_own_prints_and_reads_without_the_label() -> None:
    items = "  - {title: 甲, text: 甲。, units: （区教育局）}\n"
    (row,) = _rows(items, FRAME + "style: {label: 牵头单位}\n")
    assert [(one.label, one.units[0].role) for one in row.assignments] == [("", "responsible")]


@pytest.mark.parametrize(
    "units",
    [
        "text: 甲。, units: 责任单位：区教育局；完成时限：2026年6月底前",
        "text: 甲。, units: {责任单位: 区教育局, 完成时限: 2026年6月底前}",
        "text: 甲。（责任单位：区教育局；完成时限：2026年6月底前）",
        "text: 甲。（责任单位：区教育局）（完成时限：2026年6月底前）",
        "text: 甲。（区教育局负责，2026年6月底前完成）",
        "text: 2026年6月底前办好。（责任单位：区教育局；完成时限：2026年6月底前）, due: 2026年6月底前",
    ],
)
def test_the_deadline_of_an_annotation_is_that_of_the_row(units: str) -> None:
    """Once, with its day, and nobody's duty."""
    (row,) = _rows(f"  - {{title: 甲, {units}}}\n")
    assert [(due.text, due.date) for due in row.due] == [("2026年6月底前", "2026-06-30")]
    assert [_found(row), len(row.assignments)] == [[("区教育局", "responsible")], 1]


def test_the_verbs_of_a_document_hold_in_all_its_annotations() -> None:
    items = (
        "  - {title: 甲, text: 甲。（区财政局盯办，区教育局指导）}\n  - {title: 乙, text: 乙。, units: 区教育局指导}\n"
    )
    rows = _rows(items, FRAME + "rules: {verbs: {指导: support, 盯办: lead}}\n")
    assert [_found(row) for row in rows] == [[("区财政局", "lead"), ("区教育局", "support")], [("区教育局", "support")]]
