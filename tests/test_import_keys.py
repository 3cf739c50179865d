"""The keys that import is measured by are of their format, agree with themselves and with the documents they were read from."""

from __future__ import annotations

import tomllib
from itertools import groupby
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from import_keys import FRAME, HEAD, Key, keys, names, parse, spelling

_DATA = Path(__file__).parent / "data"
_SHARED = next(
    (path for up in (2, 3) if (path := Path(__file__).resolve().parents[up] / "shared" / "import").is_dir()), None
)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Keys that name every paragraph of a file whose text can be had without import.
_WHOLE = ("c01", "c03", "c23", "d02", "d08")
#: Numbers that the document itself leaves out.
_LEFT_OUT = {"c23": {31, 32, 33, 46}}

every_key = pytest.mark.parametrize("name", sorted(keys()))


def test_there_is_a_key_for_each_document() -> None:
    texts, files = ("c01", "c03", "c23"), ("d02", "d06", "d08", "d11", "d13", "d16", "d21", "d22", "d27", "d41")
    assert tuple(keys()) == texts + files


@every_key
def test_a_paragraph_is_named_by_six_characters_and_its_length_and_no_more(name: str) -> None:
    for piece in keys()[name].pieces:
        assert piece.scope
        assert piece.head == spelling(piece.head)
        assert len(piece.head) == min(HEAD, piece.length), piece


@every_key
def test_depths_go_down_one_at_a_time_and_numbers_follow_one_another(name: str) -> None:
    """A number that restarts is 1 below a new heading; one that goes on is one more than the last with such a mark anywhere."""
    left_out = _LEFT_OUT.get(name, set())
    for _, pieces in groupby(keys()[name].items, key=lambda piece: piece.scope):
        above: list[dict[str, int]] = []
        anywhere: dict[str, int] = {}
        for piece in pieces:
            said = piece.numbered
            assert said
            assert said.depth <= len(above) + 1
            assert (said.counting is None) == (said.depth == 1)
            above = [*above, {}][: said.depth]
            mark = _mark(piece.head)
            before = (anywhere if said.counting == "continuous" else above[-1]).get(mark, 0)
            assert said.number == next(one for one in range(before + 1, 100) if one not in left_out), piece
            above[-1][mark] = anywhere[mark] = said.number


@every_key
def test_a_level_counts_in_one_way_throughout_its_scope(name: str) -> None:
    ways = {
        (piece.scope, said.depth, _mark(piece.head), said.counting)
        for piece in keys()[name].items
        if (said := piece.numbered)
    }
    assert len(ways) == len({way[:3] for way in ways})


def _mark(head: str) -> str:
    """The kind of a number: the sign it stands with."""
    return next(sign for sign in head if sign in "章节条、(.")


@every_key
def test_an_annotation_stands_in_a_paragraph_of_the_body_and_names_each_party_once(name: str) -> None:
    key = keys()[name]
    for one in key.annotations:
        assert key.pieces[one.piece].role in {"item", "text"}
        assert one.parties
        assert len({party.name for party in one.parties}) == len(one.parties)


@every_key
def test_a_role_differs_under_the_rules_only_where_the_document_lays_a_rule_down(name: str) -> None:
    key = keys()[name]
    differs = any(party.role != party.under_rules for one in key.annotations for party in one.parties)
    assert differs == any(rule in {"first", "before-comma"} for rule, _ in key.rules)


@every_key
def test_merged_cells_lie_within_their_table_and_apart(name: str) -> None:
    for table in keys()[name].tables:
        assert len(table.titles) == table.columns
        taken = [
            (row, column)
            for cell in table.merged
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        ]
        assert len(taken) == len(set(taken))
        assert all(1 <= row <= table.rows and 1 <= column <= table.columns for row, column in taken)


def test_the_pdf_has_the_paragraphs_of_the_word_file_it_was_printed_from() -> None:
    """At most two characters of a paragraph are lost: marks that hung past the margin."""
    word, printed = keys()["d16"], keys()["d27"]
    assert len(word.pieces) == len(printed.pieces)
    for one, other in zip(word.pieces, printed.pieces, strict=True):
        assert (one.role, one.scope, one.head, one.numbered) == (other.role, other.scope, other.head, other.numbered)
        assert 0 <= one.length - other.length <= 2


@pytest.mark.parametrize("name", ["c01", "c03", "c23"])
def test_annotations_agree_with_those_read_for_the_parser(name: str) -> None:
    """Two readings, made apart: this one, and that of ``tests/data/annotations.toml``."""
    read = tomllib.loads((_DATA / "annotations.toml").read_text(encoding="utf-8"))["annotation"]
    theirs = [(one["units"], one["open"]) for one in read if one["document"] == name[1:]]
    ours = [([[who.name, who.role] for who in one.parties], one.open) for one in keys()[name].annotations]
    assert ours == theirs


@pytest.mark.skipif(_SHARED is None, reason="the documents stand beside the checkout, and are not there")
@pytest.mark.parametrize("name", _WHOLE)
def test_the_pieces_of_a_key_are_the_whole_text_of_its_document_in_order(name: str) -> None:
    key = keys()[name]
    text = _text(key)
    at = 0
    for piece in key.pieces:
        assert names(piece, text[at : at + piece.length]), piece
        at += piece.length
    assert at == len(text)


def _text(key: Key) -> str:
    assert _SHARED is not None
    path = _SHARED.parent / key.source
    if path.suffix == ".txt":
        return spelling("".join(path.read_text(encoding="utf-8").splitlines()[key.header :]))
    with ZipFile(path) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    return spelling("".join(run.text or "" for run in body.iter(f"{_WORD}t")))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("title\t标题\t2\nparagraph\t正文\t2", "line 3"),
        ("item\t1\t1\t-\tbeside\t一、总则\t4", "beside"),
        ("item\t2\t1\tsometimes\trun-in\t一、总则\t4", "sometimes"),
        ("units\tclosed\t市水务局=helper", "helper"),
        ("merged\t1\t1\t1\t2", "line 2"),
    ],
)
def test_a_line_that_is_not_of_the_format_is_refused_with_its_place(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse("key", f"source\tfile\n{line}")


def test_spelling_counts_characters_and_hears_founder_and_full_width_marks_as_the_usual_ones() -> None:
    assert spelling(" «甲»ꎬ２０２５ 年（乙）ꎮ\u3000ꎻ") == "《甲》,2025年(乙)。;"


def test_the_frame_holds_no_paragraph_of_the_body() -> None:
    assert not {piece.role for key in keys().values() for piece in key.items} & FRAME
