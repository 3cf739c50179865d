"""Phrases as officials write them: whoever is named is found with the right role, and what is not understood is told."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.words import PHRASES
from phrases import DATA, Row, book_of, cases, named, roles, rows, told
from workplan.plan.registry import doubtful, in_text, parse

BOOK = book_of((DATA / "phrases-units.yaml").read_text(encoding="utf-8"))
ROWS = rows()
BEFORE = "全年抓好。"


def _id(row: Row) -> str:
    return row.text


@pytest.mark.parametrize("row", ROWS, ids=_id)
def test_a_phrase_says_who_leads_who_helps_and_who_answers(row: Row) -> None:
    phrases = parse(row.text, BOOK)
    assert named(phrases, row.text) == row.units
    assert any(phrase.open for phrase in phrases) == row.open


@pytest.mark.parametrize("row", ROWS, ids=_id)
def test_a_phrase_keeps_its_deadlines_columns_and_sentences_apart_and_tells_its_doubts(row: Row) -> None:
    phrases = parse(row.text, BOOK)
    assert tuple(doubt.kind for phrase in phrases for doubt in phrase.doubts) == row.doubts
    due = [words for phrase in phrases for words in phrase.due]
    assert tuple(words.text for words in due) == row.due
    columns = [words for phrase in phrases for words in phrase.columns]
    assert tuple(f"{words.label}={words.text}" for words in columns) == row.columns
    assert all(row.text[words.start : words.end] == words.text for words in (*due, *columns))
    rules = [rule for phrase in phrases for rule in phrase.rules]
    assert tuple(rule.kind + "+" * rule.onward for rule in rules) == row.rules


@pytest.mark.parametrize("row", ROWS, ids=_id)
def test_at_the_end_of_a_running_text_a_phrase_says_the_same(row: Row) -> None:
    text = BEFORE + row.text
    found = list(in_text(text, BOOK))
    doubts = list(doubtful(text, BOOK))
    whole = [(len(BEFORE), len(text))]
    ways = {"read": found == whole, "parts": len(found) > 1, "told": bool(doubts), "none": not doubts}
    assert ways[row.in_text]
    assert (row.in_text in ("read", "parts")) == bool(found)
    if found:
        pieces = [text[start:end] for start, end in found]
        assert "".join(pieces) == row.text
        assert sum((named(parse(piece, BOOK), piece) for piece in pieces), ()) == row.units


def test_the_table_has_every_kind_of_phrase() -> None:
    assert len(ROWS) > 120
    assert len({row.text for row in ROWS}) == len(ROWS)
    assert {row.in_text for row in ROWS} == {"read", "parts", "told", "none"}
    kinds = Counter(kind for row in ROWS for kind in row.doubts)
    assert kinds.keys() == {"tail", "name", "mark", "label"}


@pytest.mark.skipif(cases() is None, reason="the folder of cases does not stand beside the checkout")
def test_the_collected_phrases_read_as_stated_as_units_and_in_running_text() -> None:
    folder = cases()
    assert folder is not None
    book = book_of((folder / "phrases-units.yaml").read_text(encoding="utf-8"))
    lines = (folder / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    wrong = []
    for text, units, open_, shape in (line.split("\t") for line in lines if not line.startswith("#")):
        running = BEFORE + text
        for phrase in (text, *(running[start:end] for start, end in in_text(running, book))):
            phrases = parse(phrase, book)
            known = [pair for pair in named(phrases, phrase) if not pair[0].startswith("?")]
            if not _agree(known, roles(units)) or any(one.open for one in phrases) != (open_ == "1"):
                wrong.append((shape, phrase, known))
        if units != "-" and not list(in_text(running, book)):
            wrong.append((shape, running, []))
    assert len(lines) > 60
    assert wrong == []


def _agree(found: list[tuple[str, str]], wanted: tuple[tuple[str, str], ...]) -> bool:
    """The same units in the same order, with the roles that are stated ("?": the text leaves it open)."""
    pairs = list(zip(found, wanted, strict=False))
    return len(found) == len(wanted) and all(one[0] == other[0] and other[1] in ("?", one[1]) for one, other in pairs)


# ------------------------------------------------------------------------------------- phrases made of their parts

L, S, R = "lead", "support", "responsible"
LEADERS = ("市水务局", "市水务局、市城管局", "市水务局和市城管局", "市水务局，市城管局")
OTHERS = (
    "市生态环境局",
    "市生态环境局、各乡镇",
    "市生态环境局以及各乡镇",
    "市人社局、各乡镇等",
    "市人社局、各乡镇等有关部门",
)
LEADING = ("牵头", "牵头负责", "共同牵头", "分别牵头", "牵头抓总", "主责", "总牵头", "牵头组织实施")
AFTER = {
    "配合": S,
    "按职责分工负责": S,
    "根据职责分工协助": S,
    "按职能配合": S,
    "具体负责": S,
    "参与": S,
    "落实": R,
    "抓好落实": R,
    "持续推进": R,
    "结合实际组织实施": R,
}
BRACKETS = ("（）", "()", "〔〕", "【】", "［］")
LABELS = {"责任单位": R, "牵头单位": L, "配合部门": S, "主办单位": L, "协办单位": S, "落实单位": R, "参与单位": S}


def _units(words: str, role: str) -> list[tuple[str, str]]:
    names = sorted((words.find(name), BOOK.spellings[name]) for name in BOOK.spellings if name in words)
    longest = [unit for _, unit in names if unit not in ("有关部门", "相关部门")]
    return [(unit, role) for unit in longest]


MADE = [
    (f"{b[0]}{leaders}{leading}，{others}{verb}{b[1]}", [*_units(leaders, L), *_units(others, role)])
    for (leaders, leading), (others, (verb, role)), b in (
        (one, other, BRACKETS[(place + at) % len(BRACKETS)])
        for place, one in enumerate(product(LEADERS, LEADING))
        for at, other in enumerate(product(OTHERS, AFTER.items()))
        if (place + at) % 3 == 0
    )
]
LABELLED = [
    (f"（{first}{colon}市水务局、市城管局{mark}{second}{colon}{others}）", first, second, others)
    for first, second, colon, mark, others in product(LABELS, LABELS, ("：", ":", "为"), "；，　", OTHERS[:2])
    if first != second
]


def test_leaders_and_those_behind_them_have_their_roles_in_every_combination() -> None:
    """In a list that 等 ends, words for nobody in particular are no unit."""
    assert len(MADE) > 500
    wrong = [text for text, units in MADE if list(named(parse(text, BOOK), text)) != units]
    unread = [text for text, _ in MADE if list(in_text(BEFORE + text, BOOK)) != [(len(BEFORE), len(BEFORE + text))]]
    assert (wrong, unread) == ([], [])


def test_labels_give_their_roles_in_every_combination() -> None:
    assert len(LABELLED) > 200
    for text, first, second, others in LABELLED:
        phrases = parse(text, BOOK)
        units = [*_units("市水务局、市城管局", LABELS[first]), *_units(others, LABELS[second])]
        assert list(named(phrases, text)) == units, text
        assert [phrase.label for phrase in phrases] == [first, second], text


# --------------------------------------------------------------------------------------------- whatever is written

UNKNOWN = ("市某某局", "某某中心", "生态环境局", "各县（市、区）政府", "各镇、街道", "市水务据", "甲")
#: Beside what the fuzzer makes phrases of: words of this registry.
WORDS = (
    "以下均需各乡镇落实，不再列出",
    "河道清淤",
    "牵头和配合单位：",
    "同意后报",
    "〔牵头单位〕",
    "（负责河道清淤）",
    "，其余为配合单位",
)
NAMES = st.sampled_from(sorted(BOOK.spellings))
PIECES = st.one_of(NAMES, NAMES, st.sampled_from((*UNKNOWN, *PHRASES, *WORDS)))
ANY = st.lists(PIECES, max_size=12).map("".join)


@given(ANY)
@settings(max_examples=400, deadline=None)
def test_whatever_is_written_is_read_to_its_end_and_every_place_is_exact(text: str) -> None:
    """The pieces of all phrases cover the text without a gap; names stand in order where they say."""
    phrases = parse(text, BOOK)
    place = 0
    for piece in (piece for phrase in phrases for piece in phrase.pieces):
        assert piece.start == place < piece.end
        place = piece.end
    assert place == len(text)
    for phrase in phrases:
        assert text[phrase.start : phrase.start + len(phrase.text)] == phrase.text
        for name in phrase.names:
            written = text[name.start : name.end]
            assert written in name.printed
            assert not name.unit or any(BOOK.spellings[one] == name.unit for one in BOOK.at(name.carried + written, 0))
    names = [(name.start, name.end) for phrase in phrases for name in phrase.names]
    assert all(start < end for start, end in names)


@given(ANY)
@settings(max_examples=400, deadline=None)
def test_every_registered_name_in_a_bracket_is_found_or_told(text: str) -> None:
    """有关部门 behind 等 only says that the list is open; a unit that is named twice need be found once."""
    phrase = f"（{text}）"
    phrases = parse(phrase, BOOK)
    found = {name.unit for one in phrases for name in one.names}
    opened = [(one.start, one.end) for read in phrases for one in read.pieces if one.kind == "open"]
    start = 0
    while start < len(phrase):
        spelling = next(BOOK.at(phrase, start), "")
        end = start + max(1, len(spelling))
        if spelling and BOOK.spellings[spelling] not in found and not told(phrases, start, end):
            assert any(first < end and start < last for first, last in opened), phrase
        start = end


@given(st.lists(NAMES, min_size=1, max_size=5), st.sampled_from(["牵头", "负责", "配合", "按职责分工落实"]), st.data())
@settings(max_examples=300, deadline=None)
def test_a_bracket_that_closes_a_sentence_is_read_or_told(names: list[str], verb: str, data: st.DataObject) -> None:
    """With words around it that nobody knows; what follows 含 is only explained."""
    strange = data.draw(st.sampled_from(["", "主动跟踪", "市某某局、", "凡", "含"]))
    end = data.draw(st.sampled_from(["", "的项目", "人参加", "，长期坚持"]))
    text = f"抓好河道清淤（{strange}{'、'.join(names)}{verb}{end}）。"
    assert list(in_text(text, BOOK)) or list(doubtful(text, BOOK)) or strange == "含"


# ------------------------------------------------------------------------------------------------- single behaviours


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("市水务局主动跟踪、市城管局负责", "主动跟踪"),
        ("市水务局水政支队", "水政支队"),
        ("市城管局、市水务局局长周某", "局长周某"),
    ],
)
def test_an_unknown_tail_takes_nothing_from_the_name_before_it_and_is_told(text: str, tail: str) -> None:
    phrases = parse(text, BOOK)
    assert ("市水务局", R) in named(phrases, text)
    assert [(one.kind, text[one.start : one.end]) for phrase in phrases for one in phrase.doubts] == [("tail", tail)]


def test_one_more_character_makes_another_name_and_no_remark() -> None:
    assert named(parse("市水务局局、市城管局", BOOK), "市水务局局、市城管局") == (("?市水务局局", R), ("市城管局", R))


def test_the_rest_of_a_longer_name_is_no_remark_on_a_shorter_one() -> None:
    """各乡镇（街道） is the name that stands there, whatever follows it."""
    book = book_of("units:\n  - {name: 各乡镇, kind: group}\n  - {name: 各乡镇（街道）, kind: group}\n")
    text = "各乡镇（街道）自行负责"
    assert named(parse(text, book), text) == (("各乡镇（街道）", R),)


@pytest.mark.parametrize("name", ["各市、州、县人民政府", "各区、县级市", "各镇、街道", "各县（市、区）政府"])
def test_a_name_that_is_a_list_in_itself_is_one_known_or_not(name: str) -> None:
    for book in (BOOK, book_of("units:\n  - {name: 市水务局}\n")):
        text = f"市水务局、{name}负责"
        (phrase,) = parse(text, book)
        assert [text[one.start : one.end] for one in phrase.names] == ["市水务局", name]


def test_a_prefix_is_carried_on_from_the_names_before() -> None:
    text = "省发展改革委、工业和信息化厅，林业局牵头"
    (phrase,) = parse(text, BOOK)
    assert [(one.unit, one.carried, text[one.start : one.end]) for one in phrase.names] == [
        ("省发展改革委", "", "省发展改革委"),
        ("省工业和信息化厅", "省", "工业和信息化厅"),
        ("省林业局", "省", "林业局"),
    ]


def test_a_document_may_add_verbs_and_change_what_one_says() -> None:
    book = BOOK.reading({"指导": "support", "盯办": "lead"})
    text = "市水务局盯办，市城管局指导，各乡镇落实"
    assert named(parse(text, book), text) == (("市水务局", L), ("市城管局", S), ("各乡镇", R))
    assert [one.kind for phrase in parse(text, BOOK) for one in phrase.doubts] == ["tail"]
    assert parse("市城管局指导", BOOK)[0].names[0].role == R


@pytest.mark.parametrize(
    ("text", "label", "wanted"),
    [
        ("市水务局、市城管局", "牵头单位", (L, L)),
        ("市水务局、市城管局", "配合单位", (S, S)),
        ("市水务局牵头，市城管局配合", "配合单位", (L, S)),
        ("责任单位：市水务局、市城管局", "牵头单位", (R, R)),
        ("（市水务局、市城管局）", "牵头单位", (R, R)),
        ("市水务局会同市城管局", "责任单位", (L, S)),
        ("市水务局；市城管局负责", "牵头单位", (R, R)),
    ],
)
def test_the_label_that_is_printed_gives_the_role_as_if_it_were_written(
    text: str, label: str, wanted: tuple[str, ...]
) -> None:
    """A phrase with a label, a verb or brackets of its own prints without it."""
    assert tuple(role for _, role in named(parse(text, BOOK, default=label), text)) == wanted


def test_brackets_and_digits_of_a_registered_name_may_be_of_any_width() -> None:
    book = book_of("units:\n  - {name: 各市（州）政府}\n  - {name: 市公安局B分局}\n")
    text = "责任单位:各市(州)政府、市公安局Ｂ分局"
    assert named(parse(text, book), text) == (("各市（州）政府", R), ("市公安局B分局", R))


def test_long_lines_without_sense_are_read_in_passing() -> None:
    """Neither the depth of brackets nor the length of a line makes reading stop."""
    for text in ("（" * 3000 + "市水务局" + "）" * 3000, "市水务局、" * 2000, "分别" * 3000, "：" * 3000, "各" * 3000):
        assert sum(len(phrase.pieces) for phrase in parse(text, BOOK)) > 0
        assert isinstance(list(doubtful(text, BOOK)), list)


def test_a_document_without_verbs_of_its_own_is_read_with_the_usual_ones() -> None:
    assert BOOK.reading({}) is BOOK
    assert named(parse("市水务局牵头", BOOK.reading({"": "support"})), "市水务局牵头") == (("市水务局", L),)
