"""The document with tracked changes: accepted it is the new document, rejected the old one, to the letter and in its format."""

from __future__ import annotations

import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import full_plans
import office
import sample_views
import tracking
from test_docx import FULL, PLAIN, WIDE
from tracking import W
from validators import faults
from views import cell, paragraph, replace, table_of
from workplan import view
from workplan.compare.change import Comparison
from workplan.compare.marked.tracked import tracked
from workplan.compare.plans import compare
from workplan.compiler import compile_plan
from workplan.render import docx
from workplan.render.docx.origin import DocumentKind
from workplan.resources.templates import Templates
from workplan.source import Directory, Memory
from workplan.view.blocks import Official, PageOptions

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = Templates()
#: Nothing is known of what belongs together: the texts alone have to say it.
UNMATCHED = Comparison(old="旧", new="新", matches=(), changes=(), renumbered=(), units=())
#: Documents that differ in everything: marks, mastheads, notices, tables, attachments, signatures side by side, imprints.
DOCUMENTS = {
    "full": FULL,
    "plain": PLAIN,
    "wide": WIDE,
    "everything": sample_views.everything(),
    **{year: full_plans.official(year) for year in full_plans.YEARS},
}
PAIRS = [pair for one in pairwise([*DOCUMENTS, "full"]) for pair in (one, one[::-1])]


def marked(old: Official, new: Official, date: str = "") -> bytes:
    return tracked(UNMATCHED, (old, new), TEMPLATES, "起草人", date)


def written(official: Official) -> list[tracking.Told]:
    return tracking.told(tracking.body(whole(official)))


def whole(official: Official) -> bytes:
    """The document with its paragraphs in one piece, as one with changes has them."""
    return docx.packed(docx.filled(official, TEMPLATES), official, kind=DocumentKind.MARKED)


def check(made: bytes, old: Official, new: Official) -> None:
    assert tracking.told(tracking.accepted(made)) == written(new)
    assert tracking.told(tracking.rejected(made)) == written(old)


def paragraphs(*texts: str) -> Official:
    return replace(PLAIN, blocks=tuple(paragraph(text) for text in texts))


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_accepted_is_the_new_document_and_rejected_the_old(old: str, new: str) -> None:
    check(marked(DOCUMENTS[old], DOCUMENTS[new]), DOCUMENTS[old], DOCUMENTS[new])


def years() -> tuple[bytes, Official, Official]:
    """The example's two years, and the document with what changed between them."""
    old, new = (compile_plan(Directory(ROOT / "plan" / year)).plan for year in ("2022", "2023"))
    assert old is not None
    assert new is not None
    before, after = (view.official(plan) for plan in (old, new))
    return tracked(compare(old, new), (before, after), TEMPLATES, "起草人"), before, after


def test_the_years_of_the_example_can_be_accepted_and_rejected_and_the_task_that_moved_has_moved() -> None:
    made, old, new = years()
    check(made, old, new)
    moved = [tracking.said(one) for one in tracking.body(made).iter(f"{W}moveTo")]
    assert [text[:10] for text in moved if text] == ["．培育乡村振兴带头人"]


def test_a_document_against_itself_is_the_document() -> None:
    assert marked(FULL, FULL) == docx.official(FULL, TEMPLATES)


_TEXT = st.text("甲乙丙丁。，（）1２ a\n\t", min_size=1, max_size=12)
_TABLE = st.lists(st.lists(_TEXT, min_size=2, max_size=2), min_size=1, max_size=4).map(
    lambda rows: table_of(
        (), tuple(tuple(cell(text, column=n) for n, text in enumerate(row)) for row in rows), (0.5, 0.5)
    )
)
_BLOCK = st.one_of(
    _TEXT.map(paragraph),
    _TEXT.map(lambda text: paragraph(text, "（一）小标题。", 2)),
    _TEXT.map(lambda text: paragraph("", text, 1)),
    _TABLE,
)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Official, Official]:
    """Two documents that share some of their blocks, in any order."""
    pool = draw(st.lists(_BLOCK, min_size=1, max_size=6))
    sides = [draw(st.lists(st.one_of(st.sampled_from(pool), _BLOCK), max_size=7)) for _ in range(2)]
    old, new = (replace(PLAIN, blocks=tuple(side)) for side in sides)
    return old, replace(
        new, title=(draw(_TEXT),), date=draw(st.one_of(st.just(""), _TEXT)), note=draw(st.one_of(st.just(""), _TEXT))
    )


@settings(max_examples=40, deadline=None)
@given(edited())
def test_any_edits_can_be_accepted_and_rejected(pair: tuple[Official, Official]) -> None:
    check(marked(*pair), *pair)


#: Nothing stands behind the signature, or something does.
UNDATED, NOTED = replace(PLAIN, date=""), replace(PLAIN, note="（联系人：李四）", imprint=None)


@pytest.mark.parametrize(("old", "new"), [(PLAIN, UNDATED), (UNDATED, PLAIN), (UNDATED, NOTED), (NOTED, UNDATED)])
def test_what_comes_or_goes_at_the_very_end_leaves_what_stands_before_alone(old: Official, new: Official) -> None:
    made = marked(old, new)
    check(made, old, new)
    changed = [tracking.said(one) for name in ("ins", "del") for one in tracking.body(made).iter(f"{W}{name}")]
    assert "".join(changed) in ("2022年6月29日", "2022年6月29日（联系人：李四）")


def test_only_the_words_that_changed_are_marked() -> None:
    old, new = (
        paragraphs("区财政局安排资金一百万元。", "第二段。"),
        paragraphs("区财政局安排资金三百万元。", "第二段。"),
    )
    body = tracking.body(marked(old, new))
    assert [[tracking.said(one) for one in body.iter(f"{W}{name}")] for name in ("del", "ins")] == [["一"], ["三"]]


def test_a_paragraph_that_stands_elsewhere_has_moved_and_what_was_reworded_on_the_way_is_marked() -> None:
    texts = ["第一段说组织领导的事。", "第二段说资金支持的事。", "第三段说产业合作的事。", "第四段说劳务协作的事。"]
    old = paragraphs(*texts)
    new = paragraphs(*texts[1:], texts[0])
    body = tracking.body(marked(old, new))
    assert [tracking.said(one) for one in body.iter(f"{W}moveFrom")] == ["", texts[0]]  # its end, then its words
    assert [tracking.said(one) for one in body.iter(f"{W}moveTo")] == ["", texts[0]]
    names = [one.get(f"{W}name") for one in body.iter(f"{W}moveFromRangeStart", f"{W}moveToRangeStart")]
    assert len(names) == 2
    assert len(set(names)) == 1
    assert not list(body.iter(f"{W}ins", f"{W}del"))


PLAN = {
    "../units.yaml": "units: [{name: 甲局}, {name: 乙局}]\n",
    "document.yaml": "issuer: 甲局\nnumber: 甲〔2022〕1号\ntitle: 要点\ndate: 2022-01-01\nparts: [tasks]\n",
}
TASKS = "kind: tasks\ntitle: 重点任务\nitems:\n"
A = "  - {id: a, title: 组织领导, text: 健全机制定期会商。, units: 甲局}\n"
B = "  - {id: b, title: 资金支持, text: 落实资金加强监管。, units: 乙局}\n"
C = "  - {id: c, title: 产业合作, text: 共建园区做强产业。, units: 乙局}\n"


def test_an_item_is_followed_by_its_id_even_where_no_word_stayed() -> None:
    rewritten = "  - {id: b, title: 监督检查, text: 严肃纪律防止浪费。, units: 甲局}\n"
    old, new = (
        compile_plan(Memory({**PLAN, "tasks.yaml": TASKS + items})).plan for items in (A + B + C, A + rewritten + C)
    )
    assert old is not None
    assert new is not None
    before, after = (view.official(plan) for plan in (old, new))
    made = tracked(compare(old, new), (before, after), TEMPLATES, "起草人")
    check(made, before, after)
    ends = tracking.body(made).iterfind(f".//{W}pPr/{W}rPr/*")
    assert not [one for one in ends if one.tag in (f"{W}ins", f"{W}del")]


def test_every_mark_names_author_and_date_and_has_a_number_of_its_own() -> None:
    body = tracking.body(marked(FULL, DOCUMENTS["2031"], "2023-03-01T00:00:00Z"))
    marks = [one for one in body.iter() if one.get(f"{W}author") is not None]
    assert len(marks) > 100
    assert {(one.get(f"{W}author"), one.get(f"{W}date")) for one in marks} == {("起草人", "2023-03-01T00:00:00Z")}
    assert Counter(one.get(f"{W}id") for one in marks).most_common(1)[0][1] == 1


def test_without_a_date_none_is_written_and_the_bytes_are_the_same_every_time() -> None:
    made = marked(FULL, WIDE)
    assert made == marked(FULL, WIDE)
    assert not [one for one in tracking.body(made).iter() if one.get(f"{W}date") is not None]


@pytest.mark.parametrize(
    ("old", "new"), [("full", "everything"), ("2031", "2032"), ("wide", "full"), ("plain", "2031")]
)
def test_validators_find_nothing(old: str, new: str, tmp_path: Path) -> None:
    path = tmp_path / "made.docx"
    path.write_bytes(marked(DOCUMENTS[old], DOCUMENTS[new], "2023-03-01T00:00:00Z"))
    assert faults(path) == []


#: LibreOffice loses track of changes in a frame, in which a masthead near the top of the page stands.
UNFRAMED = replace(WIDE, setting=PageOptions())
#: Neighbours whose insertions meet, paragraphs that came behind words that came, moves and tables beside each other.
OFFICE = [
    *(
        (DOCUMENTS[old], DOCUMENTS[new])
        for old, new in (("full", "everything"), ("everything", "full"), ("2031", "2032"))
    ),
    *((old, new) for old, new in ((DOCUMENTS["2032"], DOCUMENTS["2031"]), (UNFRAMED, FULL), (FULL, UNFRAMED))),
    (paragraphs("甲乙丙丁戊己庚辛", "末段。"), paragraphs("甲乙丙丁戊己庚辛壬癸", "新来一段。", "末段。")),
    (paragraphs("甲乙丙丁戊己庚辛", "末段末段末段。"), paragraphs("甲乙丙丁戊己庚辛壬癸", "新来末段末段末段。")),
    (paragraphs("甲乙丙丁戊己庚辛壬癸", "新来末段末段末段。"), paragraphs("甲乙丙丁戊己庚辛", "末段末段末段。")),
    (
        paragraphs("移动的一段话。", "甲乙丙丁戊己庚辛", "末段。"),
        paragraphs("甲乙丙丁戊己庚辛壬癸", "移动的一段话。", "末段。"),
    ),
]


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_accepts_to_the_new_text_and_rejects_to_the_old(tmp_path: Path) -> None:
    cases = [years(), *((marked(old, new), old, new) for old, new in OFFICE)]
    resolved = office.resolved([made for made, _, _ in cases], tmp_path)
    for (_, old, new), (accepted, rejected) in zip(cases, resolved, strict=True):
        for official, read in ((new, accepted), (old, rejected)):
            assert tracking.lines(tracking.body(read)) == tracking.lines(tracking.body(whole(official)))
