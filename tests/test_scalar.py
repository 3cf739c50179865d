"""Text and places: what a scalar says in every style of YAML, and where each of its characters stands in the file."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workplan.language.scalar import File, Scalar
from workplan.language.syntax import Mapping, parse, walk

STYLES = ("plain", "single", "double", "literal", "folded")
#: Words that say themselves in every style of YAML, plain style included.
WORDS = st.text(st.sampled_from("甲乙丙，。：“”（）〔〕、；·—…ABCXYZ0123456789㎡𠮷😀"), min_size=1, max_size=8)
#: A line of words parted by single blanks; a plan's paragraphs are lists of lines, its texts lists of paragraphs.
LINES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
TEXTS = st.lists(st.lists(LINES, min_size=1, max_size=4), min_size=1, max_size=3)
#: What makes YAML's own reading of a text intricate.
SIGNS = (
    "甲",
    "a",
    "1",
    "，",
    " ",
    "  ",
    "\n",
    "\n  ",
    "\n\n  ",
    "\n   ",
    "\r\n  ",
    "''",
    '\\"',
    "\\n",
    "\\x41",
    "\\\n  ",
    "\t",
    "#",
    " #",
    "：",
)
HEADS = ("", "'", '"', "|\n  ", ">\n  ", ">-\n  ", "|+\n  ", "|2\n   ")
ENDS = st.sampled_from(["\n", "\r\n"])


def read(source: str) -> Scalar:
    """The scalar under ``key`` in a file of that text."""
    node, findings = parse(File("plan.yaml", source))
    assert findings == ()
    assert isinstance(node, Mapping)
    value = node.get("key")
    assert isinstance(value, Scalar)
    return value


def written(paragraphs: list[list[str]], style: str, end: str = "\n") -> str:
    """A file whose ``key`` holds the paragraphs in one of the styles, with something before and after it."""
    lines = [line for number, paragraph in enumerate(paragraphs) for line in ([""] if number else []) + paragraph]
    if style == "single":
        lines = [line.replace("'", "''") for line in lines]
    first, last = {"plain": ("", ""), "single": ("'", "'"), "double": ('"', '"')}.get(style, ("", ""))
    head = {"literal": "|", "folded": ">"}.get(style, "")
    body = [f"  {line}".rstrip() for line in lines]
    if head:
        body = [f"key: {head}", *body]
    else:
        body[0] = f"key: {first}{lines[0]}"
        body[-1] += last
    return end.join(["前: 后", *body, "# 注", "末: 尾", ""])


def joined(lines: list[str]) -> str:
    """The law of joining, said the short way: a blank only between two ASCII characters."""
    text = lines[0]
    for line in lines[1:]:
        text += (" " if text[-1].isascii() and line[0].isascii() else "") + line
    return text


@given(TEXTS, st.sampled_from(STYLES), ENDS)
@example([["1a", "2b"], ["甲", "3c"]], "literal", "\n")
def test_lines_join_and_empty_lines_part_paragraphs_in_every_style(
    paragraphs: list[list[str]], style: str, end: str
) -> None:
    scalar = read(written(paragraphs, style, end))
    assert scalar.paragraphs == tuple(joined(paragraph) for paragraph in paragraphs)
    assert scalar.text == "\n".join(scalar.paragraphs)


@given(TEXTS, st.sampled_from(STYLES), ENDS)
def test_no_character_is_lost_or_moved(paragraphs: list[list[str]], style: str, end: str) -> None:
    scalar = read(written(paragraphs, style, end))
    given = "".join(line for paragraph in paragraphs for line in paragraph)
    assert re.sub(r"\s", "", scalar.text) == re.sub(r"\s", "", given)


@given(TEXTS, st.sampled_from(STYLES), ENDS)
def test_every_character_has_its_place_in_the_file(paragraphs: list[list[str]], style: str, end: str) -> None:
    scalar = read(written(paragraphs, style, end))
    source = scalar.file.text
    lines = source.split(end)
    before = -1
    for index, character in enumerate(scalar.text):
        span = scalar.part(index, index + 1)
        if not character.isspace():
            assert source[span.start : span.end] == character
            assert lines[span.line - 1][span.column - 1] == character
            assert span.start > before
            before = span.start


@given(LINES, LINES, st.sampled_from(STYLES))
def test_the_place_of_words_spans_the_lines_they_are_written_on(first: str, second: str, style: str) -> None:
    scalar = read(written([[first, second]], style))
    span = scalar.part(0, len(scalar.text))
    source = scalar.file.text
    assert source[span.start : span.end].startswith(first)
    assert source[span.start : span.end].endswith(second)
    assert (span.line, span.end_line) == (3, 4) if style in ("literal", "folded") else (2, 3)


@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=14).map("".join), st.sampled_from(HEADS))
@settings(max_examples=500)
def test_the_text_holds_the_characters_that_yaml_itself_reads(body: str, head: str) -> None:
    root, _ = parse(File("a", f"- {head}{body}" + {"'": "'", '"': '"'}.get(head, "") + "\n"))
    for node in walk(root) if root is not None else ():
        if isinstance(node, Scalar):
            assert re.sub(r"\s", "", node.text) == re.sub(r"\s", "", node.value)
            for index, character in enumerate(node.text):
                place = node.part(index, index + 1)
                assert node.start <= place.start < max(node.end, node.start + 1)
                if head != '"' and not character.isspace():
                    assert node.file.text[place.start] == character


@given(TEXTS)
def test_all_styles_say_the_same(paragraphs: list[list[str]]) -> None:
    assert len({read(written(paragraphs, style)).text for style in STYLES}) == 1


@given(LINES.filter(lambda line: " " not in line), LINES)
def test_a_text_is_found_where_it_stands(word: str, before: str) -> None:
    scalar = read(f"key: {before}（{word}）\n")
    span = scalar.find(f"（{word}）")
    assert scalar.file.text[span.start : span.end] == f"（{word}）"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30))
def test_double_quotes_with_escapes_say_every_character(text: str) -> None:
    escaped = "".join(f"\\U{ord(character):08X}" for character in text)
    scalar = Scalar(file=File("a", f'"{escaped}"'), start=0, end=len(escaped) + 2, style='"', value=text)
    assert scalar.text == text
    for index in range(len(text)):
        assert scalar.part(index, index + 1).start == 1 + index * 10


@given(st.text(st.sampled_from("甲a'"), min_size=1, max_size=12))
def test_single_quotes_say_a_quote_written_twice_once(text: str) -> None:
    doubled = text.replace("'", "''")
    scalar = read(f"key: '{doubled}'\n")
    assert scalar.text == text
    for index in range(len(text)):
        start = scalar.part(index, index + 1).start
        assert start == 6 + len(text[:index].replace("'", "''"))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("中共中央 国务院", "中共中央 国务院"),
        (">\n  甲，\n  乙。\n", "甲，乙。"),
        (">\n  made in\n  China\n", "made in China"),
        (">\n  第1\n  2章\n", "第1 2章"),
        (">\n  约10\n  万元\n", "约10万元"),
        ("|\n  标题\n  第二行\n", "标题第二行"),
        ("|\n  甲\n\n\n  乙\n", "甲\n乙"),
        (">\n    缩得多\n  的一行\n", None),
        (">-\n  甲\n  乙\n\n", "甲乙"),
        ("|+\n  甲\n\n\n", "甲"),
        (">2\n    甲\n  乙\n", "甲乙"),
        ("'  甲  '", "  甲  "),
        ('"甲\\n乙"', "甲乙"),
        ('"甲\\n\\n乙"', "甲\n乙"),
        ('"甲\\\n  乙"', "甲乙"),
        ('"a\\\n  b"', "a b"),
        ('"甲\\t乙"', "甲\t乙"),
        ('"\\"甲\\" \\\\ \\/ \\u4e59"', '"甲" \\ / 乙'),
        ("''", ""),
        ("", ""),
    ],
)
def test_a_text_says_what_its_writer_sees(source: str, text: str | None) -> None:
    if text is None:
        node, findings = parse(File("a", f"key: {source}"))
        assert node is None
        assert [finding.rule for finding in findings] == ["yaml-syntax"]
    else:
        assert read(f"key: {source}\n").text == text


def test_a_literal_block_breaks_at_its_lines_in_print_and_other_styles_at_paragraphs() -> None:
    assert read("key: |\n  2022年工作\n  要点\n").lines == ("2022年工作", "要点")
    assert read("key: >\n  2022年工作\n  要点\n").lines == ("2022年工作要点",)
    assert read("key: |\n  2022年工作\n  要点\n").line == "2022年工作要点"


@pytest.mark.parametrize(
    ("source", "given"), [("key:\n", False), ("key: ''\n", True), ("key: ~\n", True), ("key: |\n", True)]
)
def test_an_empty_text_is_told_from_none_at_all(source: str, given: bool) -> None:  # noqa: FBT001 - a table's column
    assert read(source).given is given


def test_the_place_of_a_block_is_without_the_empty_lines_below_it() -> None:
    scalar = read("key: >\n  甲\n  乙\n\n\nend: 丙\n")
    assert (scalar.span.line, scalar.span.column) == (1, 6)
    assert (scalar.span.end_line, scalar.span.end_column) == (3, 4)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_and_columns_count_from_one_whatever_ends_a_line(end: str) -> None:
    file = File("a", f"甲乙{end}{end}丙丁")
    start = file.text.index("丁")
    span = file.span(start, start + 1)
    assert (span.line, span.column, span.end_line, span.end_column) == (3, 2, 3, 3)
    assert [file.line(number) for number in range(1, 5)] == ["甲乙", "", "丙丁", ""]
