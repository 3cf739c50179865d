"""Nodes from YAML: the shape of the tree, its places, and that nothing a file may hold is an exception."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workplan.diagnostic import Severity
from workplan.language import syntax
from workplan.language.scalar import File, Scalar
from workplan.language.syntax import MAX_DEPTH, Mapping, Node, Sequence, parse, walk

#: What YAML, a Chinese input method or a careless paste may put into a file.
USUAL = (
    "title", "text", "甲", "：", ": ", ":", "- ", "-", "\n", "\n  ", "\n    ", "\r\n", "\t", " ", "　", "#", " #1", "'", '"', "|", ">",
)  # fmt: skip
STRANGE = (
    "&", "*", "!", "!!int ", "%", "@", "`", "[", "]", "{", "}", ",", "? ", "---", "...", "<<", "\\", "\\u", "~", "2022-13-31",
    "\ufeff", "\0", "\x85", "\u2028", "\ud7ff", "\xa0", "😀",
)  # fmt: skip
PIECES = st.sampled_from(USUAL + STRANGE)


def plain(node: Node | None) -> object:
    """A node as Python values."""
    match node:
        case Mapping():
            return {entry.key.text: plain(entry.value) for entry in node.entries}
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar():
            return node.text
    return None


@given(st.lists(PIECES, max_size=40).map("".join))
@example("key: |2\n")
@example("'")
@example("? [a]\n: b\n")
@settings(max_examples=400)
def test_whatever_a_file_holds_is_a_tree_or_an_error_with_a_place_in_the_file(text: str) -> None:
    node, findings = parse(File("plan.yaml", text))
    assert node is not None or any(finding.severity is Severity.ERROR for finding in findings)
    lines = text.count("\n") + text.count("\r") + 1
    for finding in findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert 1 <= finding.span.line <= lines
        assert finding.span.column >= 1


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300)
def test_every_node_lies_within_the_file_and_within_its_parent(text: str) -> None:
    root, _ = parse(File("plan.yaml", text))
    for node in walk(root) if root is not None else ():
        assert 0 <= node.span.start <= node.span.end <= len(text)
        children: tuple[Node, ...] = node.items if isinstance(node, Sequence) else ()
        if isinstance(node, Mapping):
            children = tuple(child for entry in node.entries for child in (entry.key, entry.value))
        for child in children:
            assert node.span.start <= child.span.start


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb: [2022, 1.10, no, ~, 4:30, null]\n", {"a": "1", "b": ["2022", "1.10", "no", "~", "4:30", "null"]}),
        ("- 甲\n- {乙: 丙}\n-\n  - 丁\n", ["甲", {"乙": "丙"}, ["丁"]]),
        ("2022-13-31: 0777\n", {"2022-13-31": "0777"}),
        ("a:\nb: ''\n", {"a": "", "b": ""}),
        ("只有文字\n", "只有文字"),
        ("{}\n", {}),
        ("%YAML 1.1\n---\na: b\n...\n", {"a": "b"}),
        ("=: 值\n<<: {甲: 乙}\n", {"=": "值", "<<": {"甲": "乙"}}),
    ],
)
def test_a_file_is_read_by_its_shape_and_never_by_types(text: str, value: object) -> None:
    node, findings = parse(File("a", text))
    assert plain(node) == value
    assert findings == ()


def test_the_first_value_of_a_repeated_key_counts_and_the_finding_shows_both() -> None:
    node, (finding,) = parse(File("a", "key: 一\nkey: 二\n"))
    assert plain(node) == {"key": "一"}
    assert (finding.rule, finding.span.line, finding.related[0].span.line) == ("duplicate-key", 2, 1)


def test_a_block_ends_with_its_last_word_and_not_where_the_next_begins() -> None:
    node, _ = parse(File("a", "items:\n  - 甲\n\n\n# 注\nend: 乙\n"))
    assert isinstance(node, Mapping)
    items = node.get("items")
    assert items is not None
    assert (items.span.line, items.span.column, items.span.end_line, items.span.end_column) == (2, 3, 2, 6)


def test_walking_meets_keys_before_values_in_the_order_written() -> None:
    node, _ = parse(File("a", "甲: [乙, {丙: 丁}]\n戊: 己\n"))
    assert node is not None
    assert [scalar.text for scalar in walk(node) if isinstance(scalar, Scalar)] == list("甲乙丙丁戊己")


def test_the_deepest_nesting_allowed_is_read() -> None:
    node, findings = parse(File("a", "[" * MAX_DEPTH + "]" * MAX_DEPTH))
    assert node is not None
    assert findings == ()


def test_all_lost_texts_of_a_file_come_at_once() -> None:
    _, findings = parse(File("a", "a: 完成 #1\nb: 完成 #2\nc: >\n  　甲\nd: [丙, text：丁]\n"))
    assert [(finding.variant, finding.span.line, finding.span.column) for finding in findings] == [
        ("comment", 1, 7),
        ("comment", 2, 7),
        ("wide-blank", 4, 3),
        ("wide-colon", 5, 12),
    ]


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("title：样本\nparts: []\n", "title: 样本\nparts: []\n"),
        ("text: >\n  　　甲\n  乙\n", "text: >\n  甲\n  乙\n"),
    ],
)
def test_the_fix_of_a_lost_text_leaves_nothing_to_find(text: str, fixed: str) -> None:
    _, findings = parse(File("a", text))
    for change in sorted((fix for finding in findings for fix in finding.fix or ()), key=lambda fix: -fix.span.start):
        text = text[: change.span.start] + change.text + text[change.span.end :]
    assert text == fixed
    assert parse(File("a", text))[1] == ()


@pytest.mark.parametrize("text", ["# 注", "'# 文'", '"甲 #乙"', "甲#乙", "甲 # 乙", "甲 #", "甲 #!乙"])
def test_what_is_plainly_a_comment_or_plainly_text_is_no_lost_text(text: str) -> None:
    _, findings = parse(File("a", f"key: {text}\n"))
    assert findings == ()


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "a: &a [*a]\n", "? " * 100_000])
def test_a_hostile_file_is_refused_at_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first level too many: nothing of what follows is read."""
    read = 0

    class Counting(yaml.CSafeLoader):
        def get_event(self) -> yaml.Event | None:
            nonlocal read
            read += 1
            return super().get_event()

    monkeypatch.setattr(syntax, "_PARSER", Counting)
    node, findings = parse(File("a", text))
    assert node is None
    assert len(findings) == 1
    assert 0 < read <= 2 * MAX_DEPTH + 5, "a level has one event, or two with its key"
