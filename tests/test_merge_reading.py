"""An edited copy is read whole: each paragraph with our marks, its tracked changes and its comments at their places."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

import full_plans
import hidden
import issued
from edited import Copy, packed, text_of
from issued import docx as made
from issued import p, r, tbl, tc, tr
from test_docx_hidden import DOCUMENTS, SHIPPED, UNMATCHED, compiled
from workplan import view
from workplan.compare.marked.tracked import tracked as marked
from workplan.diagnostic import Misuse
from workplan.importing.piece import Outside
from workplan.importing.record import Revisions
from workplan.merge.reading import read_copies, read_copy
from workplan.merge.returned import Tracking
from workplan.render import docx
from workplan.render.docx import origin
from workplan.render.docx.bookmarks import name
from workplan.resources import office
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from workplan.merge.returned import Line, Mark, Returned

ACCEPT, REJECT = Revisions.ACCEPT, Revisions.REJECT
BOTH = pytest.mark.parametrize("revisions", [ACCEPT, REJECT])
ROOT = Path(__file__).resolve().parents[1]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: A name of the form that ours have.
NAME = "_wp" + "a" * 10 + "n" + "b" * 10
GOALS, TASKS = "一、工作目标", "二、重点任务"


@cache
def official() -> bytes:
    """The official document of 2022, as it is built."""
    return docx.official(view.official(compiled(ROOT / "plan" / "2022")), SHIPPED)


@cache
def untouched() -> Returned:
    return read_copy(official(), "official.docx")


def line(copy: Returned, words: str) -> Line:
    """The only line that has some words."""
    (found,) = (one for one in copy.lines if words in one.text)
    return found


def texts(copy: Returned) -> list[str]:
    return [one.text for one in copy.lines if one.outside is None]


def mark(words: str) -> str:
    """The name of the mark around the whole of a line of the untouched copy."""
    found = line(untouched(), words)
    return next(one.name for one in found.marks if (one.start, one.end) == (0, len(found.text)))


def agrees(own: Mark, text: str) -> bool:
    """Whether the words in a mark are those that its name has the hash of."""
    return own.name[14:] == name("", Role.TEXT, text[own.start : own.end])[14:]


def edited(edit: Callable[[Copy], object], how: str) -> Returned:
    """The official document with an edit: plain, or tracked and then accepted or rejected."""
    copy = Copy(official(), tracked=how != "plain")
    edit(copy)
    return read_copy(copy.packed(), "稿.docx", REJECT if how == "rejected" else ACCEPT)


def changes(found: Line) -> list[tuple[str, int, int, str, str, str]]:
    return [(one.kind.value, one.start, one.end, one.words, one.author, one.date) for one in found.tracked]


def changed(kind: Tracking, start: int, end: int, words: str) -> tuple[str, int, int, str, str, str]:
    return kind.value, start, end, words, "张三", "2026-03-01T09:00:00Z"


TAKEN = pytest.mark.parametrize("how", ["plain", "accepted"])


def test_an_untouched_copy_has_every_paragraph_with_its_marks_and_says_what_it_was_made_from() -> None:
    found = untouched()
    paragraphs = [text_of(one) for one in Copy(official()).root.iter(f"{{{WORD}}}p") if text_of(one)]
    assert texts(found) == paragraphs
    marks = [(own, one.text) for one in found.lines for own in one.marks]
    assert {own.name for own, _ in marks} == {own.name for own in hidden.bookmarks(official())}
    assert all(agrees(own, text) for own, text in marks)
    assert [one.paragraph_id for one in found.lines if one.outside is None] == hidden.paragraph_ids(official())
    plan = compiled(ROOT / "plan" / "2022")
    assert (found.plan, found.blobs) == ("2022", plan.files)
    assert not any(one.tracked or one.comments for one in found.lines)
    assert found == replace(read_copy(official(), "official.docx", REJECT), records=found.records)


@TAKEN
def test_a_retyped_sentence_stays_in_its_mark_and_agrees_with_it_no_more(how: str) -> None:
    found = edited(lambda copy: copy.retype("锐意进取、守正创新", "开拓创新"), how)
    own = line(found, "开拓创新，切实推动")
    (kept,) = own.marks
    assert (kept.name, kept.start, kept.end) == (mark("锐意进取"), 0, len(own.text))
    assert not agrees(kept, own.text)
    at = own.text.index("开拓创新")
    assert len(texts(found)) == len(texts(untouched()))
    deleted = changed(Tracking.DELETED, at, at, "锐意进取、守正创新")
    inserted = changed(Tracking.INSERTED, at, at + 4, "开拓创新")
    assert changes(own) == ([] if how == "plain" else [deleted, inserted])


def test_a_rejected_retyping_reads_as_before_and_says_what_was_to_come() -> None:
    found = edited(lambda copy: copy.retype("锐意进取、守正创新", "开拓创新"), "rejected")
    assert texts(found) == texts(untouched())
    own = line(found, "锐意进取")
    at = own.text.index("锐意进取")
    assert all(agrees(one, own.text) for one in own.marks)
    assert changes(own) == [
        changed(Tracking.DELETED, at, at + 9, "锐意进取、守正创新"),
        changed(Tracking.INSERTED, at + 9, at + 9, "开拓创新"),
    ]


@TAKEN
def test_a_new_paragraph_is_a_line_without_marks(how: str) -> None:
    found = edited(lambda copy: copy.insert(GOALS, "新增的一段。"), how)
    said = texts(found)
    assert said[said.index(GOALS) + 1] == "新增的一段。"
    own = line(found, "新增的一段。")
    assert own.marks == ()
    inserted = [changed(Tracking.INSERTED, 0, 6, "新增的一段。"), changed(Tracking.INSERTED, 6, 6, "\n")]
    assert changes(own) == ([] if how == "plain" else inserted)


def test_a_rejected_new_paragraph_leaves_the_lines_as_they_were() -> None:
    found = edited(lambda copy: copy.insert(GOALS, "新增的一段。"), "rejected")
    assert texts(found) == texts(untouched())
    following = found.lines[[one.text for one in found.lines].index(GOALS) + 1]
    assert changes(following) == [
        changed(Tracking.INSERTED, 0, 0, "新增的一段。"),
        changed(Tracking.INSERTED, 0, 0, "\n"),
    ]
    assert all(agrees(own, following.text) for own in following.marks)


def test_a_deleted_paragraph_is_gone_with_its_mark_or_leaves_it_without_words() -> None:
    plain, taken, left = (edited(lambda copy: copy.delete(GOALS), how) for how in ("plain", "accepted", "rejected"))
    without = [one for one in texts(untouched()) if one != GOALS]
    assert texts(plain) == texts(taken) == without
    assert mark(GOALS) not in {own.name for one in plain.lines for own in one.marks}
    following = line(taken, "贯彻落实党中央关于")
    assert [(own.name, own.start, own.end) for own in following.marks] == [
        (mark("贯彻落实党中央关于"), 0, len(following.text)),
        (mark(GOALS), 0, 0),
    ]
    assert changes(following) == [changed(Tracking.DELETED, 0, 0, GOALS), changed(Tracking.DELETED, 0, 0, "\n")]
    assert texts(left) == texts(untouched())
    assert changes(line(left, GOALS)) == [changed(Tracking.DELETED, 0, 6, GOALS), changed(Tracking.DELETED, 6, 6, "\n")]


def test_a_moved_paragraph_stands_where_it_went_or_under_rejection_where_it_was() -> None:
    plain, taken, left = (
        edited(lambda copy: copy.move("2022年是迈向", GOALS), how) for how in ("plain", "accepted", "rejected")
    )
    before = texts(untouched())
    place = before.index(GOALS)
    moved = [*before[: place - 1], GOALS, before[place - 1], *before[place + 1 :]]
    assert texts(plain) == texts(taken) == moved
    assert line(plain, "2022年是迈向").marks[0].name == mark("2022年是迈向")
    own = line(taken, "2022年是迈向")
    assert changes(own) == [
        changed(Tracking.MOVED_HERE, 0, len(own.text), own.text),
        changed(Tracking.MOVED_HERE, len(own.text), len(own.text), "\n"),
    ]
    assert changes(line(taken, GOALS)) == [
        changed(Tracking.MOVED_AWAY, 0, 0, own.text),
        changed(Tracking.MOVED_AWAY, 0, 0, "\n"),
    ]
    assert texts(left) == before
    assert changes(line(left, "2022年是迈向"))[0] == changed(Tracking.MOVED_AWAY, 0, len(own.text), own.text)


@TAKEN
def test_a_split_leaves_the_mark_on_both_halves(how: str) -> None:
    found = edited(lambda copy: copy.split("静安区东西部协作和对口支援工作要按照"), how)
    first, second = line(found, "2022年是迈向"), line(found, "静安区东西部协作和对口支援工作要按照")
    name_ = mark("2022年是迈向")
    assert [(own.name, own.start, own.end) for own in first.marks] == [(name_, 0, len(first.text))]
    assert [(own.name, own.start, own.end) for own in second.marks] == [(name_, 0, len(second.text))]
    assert first.text + second.text == line(untouched(), "2022年是迈向").text
    end = len(first.text)
    assert changes(first) == ([] if how == "plain" else [changed(Tracking.INSERTED, end, end, "\n")])


def test_a_rejected_split_is_one_line_that_says_where_it_was_to_be() -> None:
    found = edited(lambda copy: copy.split("静安区东西部协作和对口支援工作要按照"), "rejected")
    assert texts(found) == texts(untouched())
    own = line(found, "2022年是迈向")
    at = own.text.index("静安区东西部协作和对口支援工作要按照")
    assert changes(own) == [changed(Tracking.INSERTED, at, at, "\n")]
    assert [agrees(one, own.text) for one in own.marks] == [True]


@TAKEN
def test_joined_paragraphs_are_one_line_with_both_marks(how: str) -> None:
    found = edited(lambda copy: copy.join(GOALS), how)
    own = line(found, GOALS)
    assert own.text.startswith(GOALS + "贯彻落实党中央关于")
    assert [(one.name, one.start, one.end) for one in own.marks] == [
        (mark(GOALS), 0, 6),
        (mark("贯彻落实党中央关于"), 6, len(own.text)),
    ]
    assert all(agrees(one, own.text) for one in own.marks)
    assert changes(own) == ([] if how == "plain" else [changed(Tracking.DELETED, 6, 6, "\n")])


def test_rejected_joining_leaves_two_lines() -> None:
    found = edited(lambda copy: copy.join(GOALS), "rejected")
    assert texts(found) == texts(untouched())
    assert changes(line(found, GOALS)) == [changed(Tracking.DELETED, 6, 6, "\n")]


def test_changes_of_two_people_are_told_apart() -> None:
    copy = Copy(official(), tracked=True)
    copy.retype("锐意进取", "开拓")
    copy.author = "李四"
    copy.retype("守正创新", "求实")
    own = line(read_copy(copy.packed(), "稿.docx"), "开拓、求实")
    assert [(one.words, one.author) for one in own.tracked] == [
        ("锐意进取", "张三"),
        ("开拓", "张三"),
        ("守正创新", "李四"),
        ("求实", "李四"),
    ]


@BOTH
def test_comments_stand_on_their_words_answers_behind_them(revisions: Revisions) -> None:
    copy = Copy(official())
    first = copy.comment("锐意进取", "建议改。", "理由如下。", author="李四")
    copy.comment("锐意进取", "同意。", author="王五", answers=first, done=True)
    copy.comment(TASKS, "标题再议")
    found = read_copy(copy.packed(), "稿.docx", revisions)
    own = line(found, "锐意进取")
    at = own.text.index("锐意进取")
    assert [(one.said, one.author, one.start, one.end, one.answer, one.done) for one in own.comments] == [
        ("建议改。\n理由如下。", "李四", at, at + 4, False, False),
        ("同意。", "王五", at, at + 4, True, True),
    ]
    assert [one.said for one in line(found, TASKS).comments] == ["标题再议"]
    assert texts(found) == texts(untouched())
    assert found.loose == ()


def test_a_comment_on_words_that_a_tracked_change_deletes_stands_where_they_stood() -> None:
    copy = Copy(official(), tracked=True)
    copy.comment("锐意进取", "删去")
    copy.retype("锐意进取、", "")
    own = line(read_copy(copy.packed(), "稿.docx"), "守正创新")
    at = own.text.index("守正创新")
    assert [(one.said, one.start, one.end) for one in own.comments] == [("删去", at, at)]


def bookmarked(*inside: str, number: int = 1, called: str = NAME) -> str:
    key = f'w:id="{number}"'
    return f'<w:bookmarkStart {key} w:name="{called}"/>{"".join(inside)}<w:bookmarkEnd {key}/>'


def read(body: str, revisions: Revisions = ACCEPT, numbering: str = "") -> Returned:
    return read_copy(made(body, numbering=numbering), "稿.docx", revisions)


def marks(copy: Returned) -> list[list[tuple[int, int]]]:
    return [[(own.start, own.end) for own in one.marks] for one in copy.lines]


def test_marks_stand_right_behind_an_automatic_number_and_dropped_characters() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    unseen = "\u200b"
    inserted = f'<w:ins w:id="7" w:author="张三">{r(f"新{unseen}词")}</w:ins>'
    found = read(p(r(f"甲{unseen}乙") + bookmarked(r("丙")) + inserted, numbered), numbering=numbering)
    (own,) = found.lines
    assert (own.text, own.automatic, marks(found)) == ("1.甲乙丙新词", 2, [[(4, 5)]])
    assert [(one.start, one.end, one.words) for one in own.tracked] == [(5, 7, "新词")]
    (left,) = read(p(r("甲") + inserted), REJECT).lines
    assert [(one.start, one.end, one.words) for one in left.tracked] == [(1, 1, "新词")]


@pytest.mark.parametrize(
    "wrapper",
    [
        '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
        '<w:ins w:id="9" w:author="张三">{}</w:ins>',
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:smartTag>{}</w:smartTag>",
    ],
)
def test_marks_that_begin_or_end_within_something_else_stand_right(wrapper: str) -> None:
    start, end = f'<w:bookmarkStart w:id="1" w:name="{NAME}"/>', '<w:bookmarkEnd w:id="1"/>'
    assert marks(read(p(r("甲") + wrapper.format(start + r("乙")) + r("丙") + end + r("丁")))) == [[(1, 3)]]
    assert marks(read(p(r("甲") + start + r("乙") + wrapper.format(r("丙") + end) + r("丁")))) == [[(1, 3)]]


def test_a_mark_may_begin_and_end_between_paragraphs_and_its_empty_ends_say_nothing() -> None:
    start, end = f'<w:bookmarkStart w:id="1" w:name="{NAME}"/>', '<w:bookmarkEnd w:id="1"/>'
    assert marks(read(p("甲") + start + p("乙乙") + end + p("丙"))) == [[], [(0, 2)], []]
    assert marks(read(p(r("甲") + start) + p("乙乙") + p(end + r("丙")))) == [[], [(0, 2)], []]
    assert marks(read(p(r("甲") + start + r("甲")) + p("乙") + p(r("丙") + end))) == [[(1, 2)], [(0, 1)], [(0, 1)]]
    assert marks(read(p("甲") + p(start + end) + p("丙"))) == [[], [(0, 0)], []]


def test_a_bookmark_that_libreoffice_begins_anew_in_each_paragraph_is_one() -> None:
    first, last = (f'<w:bookmarkStart w:id="{at}" w:name="{NAME}"/>' for at in (1, 2))
    body = p(first + r("甲")) + p("间") + p(last + r("乙") + '<w:bookmarkEnd w:id="2"/>') + p("丙")
    assert marks(read(body)) == [[(0, 1)], [(0, 1)], [(0, 1)], []]


def test_a_copy_of_a_bookmark_counts_where_the_bookmark_itself_is_gone() -> None:
    copied = bookmarked(r("乙"), number=2, called=f"{NAME}_Copy_1")
    assert [[own.name for own in one.marks] for one in read(p(copied)).lines] == [[NAME]]
    assert marks(read(p(bookmarked(r("甲"))) + p(copied))) == [[(0, 1)], []]


def test_an_annotation_and_its_paragraph_that_libreoffice_took_for_each_other_have_their_own_marks_again() -> None:
    annotation = NAME.replace("n", "q")
    inner = '<w:bookmarkStart w:id="2" w:name="{}"/>'
    body = '<w:bookmarkStart w:id="1" w:name="{}"/>' + r("办好。") + inner + r("（办公室）")
    ends = '<w:bookmarkEnd w:id="1"/><w:bookmarkEnd w:id="2"/>'
    for names in ((NAME, annotation), (annotation, NAME)):
        (found,) = read(p(body.format(*names) + ends)).lines
        assert [(own.name, own.start, own.end) for own in found.marks] == [(NAME, 0, 8), (annotation, 3, 8)]


def test_bookmarks_of_others_are_not_handed_on() -> None:
    assert marks(read(p(bookmarked(r("甲"), called="_Toc12345")))) == [[]]


def test_a_cell_is_one_line_with_the_mark_around_all_its_paragraphs() -> None:
    start, end = f'<w:bookmarkStart w:id="1" w:name="{NAME}"/>', '<w:bookmarkEnd w:id="1"/>'
    inside = tc(p(start + r("甲")) + p(r("乙丙") + end))
    found = read(tbl(tr(tc("头"), tc("尾")), tr(inside, tc(""))) + p("后"))
    assert [(one.text, one.place.row, one.place.column) for one in found.lines] == [
        ("头", 1, 1),
        ("尾", 1, 2),
        ("甲\n乙丙", 2, 1),
        ("", 2, 2),
        ("后", 0, 0),
    ]
    assert marks(found) == [[], [], [(0, 4)], [], []]
    around = f"<w:tbl><w:tr><w:tc>{start}{p('甲')}{end}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>"
    assert marks(read(around + p("后"))) == [[(0, 1)], [], []]


def test_real_tables_come_home_with_every_mark() -> None:
    for year in full_plans.YEARS:
        content = docx.official(full_plans.official(year), SHIPPED)
        found = read_copy(content, f"{year}.docx")
        own = [(one, line_.text) for line_ in found.lines for one in line_.marks]
        assert {one.name for one, _ in own} == {one.name for one in hidden.bookmarks(content)}
        assert [text for one, text in own if not agrees(one, text)] == []


def test_a_row_that_is_deleted_or_inserted_as_a_whole_goes_or_stays_with_its_cells() -> None:
    who = 'w:id="3" w:author="张三" w:date="2026-03-01T09:00:00Z"'
    body = tbl(tr(tc("甲")), tr(tc(p(bookmarked(r("乙")))), settings=f"<w:del {who}/>")) + p("后")
    taken, left = (read(body, one) for one in (ACCEPT, REJECT))
    assert (texts(taken), texts(left)) == (["甲", "", "后"], ["甲", "乙", "后"])
    assert (marks(taken), marks(left)) == ([[], [(0, 0)], []], [[], [(0, 1)], []])
    assert changes(taken.lines[1]) == [changed(Tracking.DELETED, 0, 0, "乙")]
    assert changes(left.lines[1]) == [changed(Tracking.DELETED, 0, 1, "乙")]


def test_tracked_changes_within_each_other_are_each_told_where_the_text_has_them_or_not() -> None:
    inner = '<w:del w:id="2" w:author="李四"><w:r><w:delText>乙</w:delText></w:r></w:del>'
    body = p(r("前") + f'<w:ins w:id="1" w:author="张三">{r("甲")}{inner}{r("丙")}</w:ins>' + r("后"))
    taken, left = (read(body, one).lines[0] for one in (ACCEPT, REJECT))
    assert (taken.text, left.text) == ("前甲丙后", "前后")
    assert [(one.kind.value, one.start, one.end, one.words) for one in taken.tracked] == [
        ("inserted", 1, 2, "甲"),
        ("inserted", 2, 2, "乙"),
        ("deleted", 2, 2, "乙"),
        ("inserted", 2, 3, "丙"),
    ]
    assert [(one.kind.value, one.start, one.end, one.words) for one in left.tracked] == [
        ("inserted", 1, 1, "甲乙丙"),
        ("deleted", 1, 1, "乙"),
    ]


def test_a_paragraph_that_is_deleted_before_a_table_stays_before_it() -> None:
    gone = '<w:del w:id="1" w:author="张三"><w:r><w:delText>甲</w:delText></w:r></w:del>'
    found = read(p(gone, '<w:rPr><w:del w:id="2" w:author="张三"/></w:rPr>') + tbl(tr(tc("格"))) + p("后"))
    assert [(one.text, [own.words for own in one.tracked]) for one in found.lines] == [
        ("", ["甲", "\n"]),
        ("格", []),
        ("后", []),
    ]


def test_headers_and_text_boxes_are_handed_on_as_import_does() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p(bookmarked(r('框'), number=5))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    section = '<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr>'
    content = made(
        p(bookmarked(box, r("正文"), called=NAME.replace("n", "m"))) + section,
        links={"h": ("header", "h.xml")},
        more={"word/h.xml": issued.part("hdr", p("内部"))},
    )
    found = read_copy(content, "稿.docx")
    assert [(one.text, one.outside) for one in found.lines] == [("框", None), ("正文", None), ("内部", Outside.HEADER)]
    assert marks(found) == [[(0, 1)], [(0, 2)], []]


def test_a_mark_that_goes_on_below_does_not_lie_on_the_text_box_between() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    start = f'<w:bookmarkStart w:id="1" w:name="{NAME}"/>'
    found = read(p(start + r("正文") + box) + p(r("续") + '<w:bookmarkEnd w:id="1"/>'))
    assert [one.text for one in found.lines] == ["正文", "框", "续"]
    assert marks(found) == [[(0, 2)], [], [(0, 1)]]


def test_who_saved_a_copy_last_is_told() -> None:
    core = hidden.parts(official())["docProps/core.xml"].replace(
        b"</cp:coreProperties>", "<cp:lastModifiedBy> 李四 </cp:lastModifiedBy></cp:coreProperties>".encode()
    )
    assert read_copy(Copy(official()).packed({"docProps/core.xml": core}), "稿.docx").editor == "李四"


@pytest.mark.parametrize("kind", origin.DocumentKind)
def test_what_a_file_says_of_its_origin_reads_back(kind: origin.DocumentKind) -> None:
    files = (("document.yaml", "a1" * 20), ("重点 任务; 二.yaml", "b2" * 32), ("../units.yaml", "c3" * 20))
    for given in (files, ()):
        assert origin.read(origin.origin_of("2022", given, kind)) == origin.Origin("2022", given, kind)
    assert origin.read("") == origin.Origin("")


def test_a_copy_without_its_property_or_from_a_clean_build_is_read_and_names_no_plan() -> None:
    clean = docx.official(view.official(compiled(ROOT / "plan" / "2022")), SHIPPED, clean=True)
    found = read_copy(clean, "稿.docx")
    assert (found.plan, found.blobs) == ("", ())
    assert texts(found) == texts(untouched())
    assert not any(one.marks for one in found.lines)


def refused(content: bytes, called: str) -> str:
    with pytest.raises(Misuse) as caught:
        read_copy(content, called)
    return caught.value.key


def test_a_document_that_diff_marked_is_refused_with_a_word_of_its_own() -> None:
    content = marked(UNMATCHED, (DOCUMENTS["plain"], DOCUMENTS["full"]), SHIPPED, "起草人")
    assert refused(content, "对比.docx") == "merge-marked"


def test_a_task_sheet_is_refused_by_its_property_and_by_its_marks_alone() -> None:
    (sheet,) = view.sheets(compiled(ROOT / "plan" / "2022"), ("区委组织部",))
    content = docx.sheet(sheet, SHIPPED)
    assert refused(content, "清单.docx") == "merge-sheet"
    assert refused(Copy(content).packed({"docProps/custom.xml": b"<Properties/>"}), "清单.docx") == "merge-sheet"


@pytest.mark.parametrize(
    ("content", "called"),
    [
        (b"%PDF-1.7\n", "a.pdf"),
        (b"<html><p>a</p></html>", "a.html"),
        ("一、正文".encode(), "a.txt"),
        (b"\x89PNG....", "a.png"),
        (issued.ofd(), "a.ofd"),
        (issued.zipped({"a": "b"}), "a.zip"),
        (b"MIME-Version: 1.0\n", "a.mht"),
    ],
)
def test_other_kinds_of_files_are_refused_with_the_kinds_that_come_home(content: bytes, called: str) -> None:
    assert refused(content, called) == "merge-kind"


def _babble(at: int) -> str:
    """A thousand characters that do not pack."""
    return "".join(chr(0x4E00 + (at * 7919 + place * place * 31 + place * 613) % 20_000) for place in range(1000))


def _everything(number: int) -> str:
    """Bookmarks or comments by the thousand over all of a document."""
    starts = "".join(f'<w:bookmarkStart w:id="{at}" w:name="{_nth(at)}"/>' for at in range(number))
    ends = "".join(f'<w:bookmarkEnd w:id="{at}"/>' for at in range(number))
    return p(starts + r("甲")) + p("乙") * 3000 + p(ends + r("丙"))


def _nth(at: int) -> str:
    letters = "".join(chr(97 + at // 26**place % 26) for place in range(10))
    return f"_wp{letters}n{'b' * 10}"


def comments(number: int, *, anchored: bool = True) -> bytes:
    starts = "".join(f'<w:commentRangeStart w:id="{at}"/>' for at in range(number)) if anchored else ""
    ends = "".join(f'<w:commentRangeEnd w:id="{at}"/>' for at in range(number)) if anchored else ""
    said = "".join(f'<w:comment w:id="{at}" w:author="甲">{p("议")}</w:comment>' for at in range(number))
    body = p(starts + r("甲")) + p("乙") * 5000 + p(ends + r("丙"))
    return made(
        body, links={"c": ("comments", "comments.xml")}, more={"word/comments.xml": issued.part("comments", said)}
    )


def test_ten_thousand_comments_over_everything_are_read() -> None:
    found = read_copy(comments(10_000), "稿.docx")
    assert [len(one.comments) for one in found.lines[:2]] == [10_000, 0]
    assert {(one.start, one.end, one.goes_on) for one in found.lines[0].comments} == {(0, 1, True)}


def test_a_comment_without_a_place_is_told_and_a_place_without_a_comment_is_nothing() -> None:
    found = read_copy(comments(3, anchored=False), "稿.docx")
    assert [(one.said, one.author) for one in found.loose] == [("议", "甲")] * 3
    lonely = read(
        p(
            '<w:commentRangeStart w:id="4"/>'
            + r("甲")
            + '<w:commentRangeEnd w:id="4"/>'
            + r('<w:commentReference w:id="5"/>')
        )
    )
    assert lonely.lines[0].comments == ()


def test_answers_in_a_circle_lose_no_comment() -> None:
    copy = Copy(official())
    first = copy.comment("锐意进取", "一")
    second = copy.comment(TASKS, "二", answers=first)
    parts = hidden.parts(copy.packed())
    told = etree.fromstring(parts["word/commentsExtended.xml"])
    names = [one.get(f"{{{'http://schemas.microsoft.com/office/word/2012/wordml'}}}paraId") for one in told]
    told[0].set("{http://schemas.microsoft.com/office/word/2012/wordml}paraIdParent", names[1] or "")
    assert second
    found = read_copy(packed(parts | {"word/commentsExtended.xml": etree.tostring(told)}), "稿.docx")
    assert sorted(one.said for each in found.lines for one in each.comments) == ["一", "二"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(f'<w:bookmarkStart w:id="1" w:name="{NAME}"/>' + r("甲")) + p("乙"), [[], []]),
        (p(r("甲") + '<w:bookmarkEnd w:id="1"/>') + p("乙"), [[], []]),
        (p('<w:bookmarkEnd w:id="1"/>' + r("甲") + f'<w:bookmarkStart w:id="1" w:name="{NAME}"/>') + p("乙"), [[], []]),
        (p(bookmarked(r("甲"))) + p(bookmarked(r("乙"))), [[(0, 1)], [(0, 1)]]),
        (p(bookmarked(r("甲"), bookmarked(r("乙")), r("丙"))), [[(0, 3), (1, 2)]]),
        (bookmarked(p("甲") + p("乙") + tbl(tr(tc("丙")))) + p("丁"), [[(0, 1)], [(0, 1)], [(0, 1)], []]),
    ],
    ids=["no end", "no beginning", "backwards", "twice", "within itself", "over everything"],
)
def test_broken_and_odd_bookmarks_are_read_right(body: str, expected: list[list[tuple[int, int]]]) -> None:
    assert marks(read(body)) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (lambda: made(_everything(3000)), "import-elements"),
        (lambda: made(p("甲")[:-3]), "import-part"),
        (lambda: made("", more={"word/document.xml": b"\0" * (300 << 20)}), "import-unpacks"),
        (lambda: made(p("甲"), links={"c": ("comments", "c.xml")}, more={"word/c.xml": "<w:comments"}), "import-part"),
        (
            lambda: made(
                p("甲"),
                links={"c": ("comments", "c.xml")},
                more={"word/c.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
            ),
            "import-part",
        ),
        (lambda: Copy(official()).packed({"docProps/custom.xml": b"<"}), "import-part"),
        (lambda: made("".join(p(chr(0x4E00 + at) + chr(0x5E00 + at)) * 80 for at in range(4000))), "import-elements"),
        (lambda: made("".join(p(_babble(at)) for at in range(610))), "merge-long"),
        (lambda: official()[:5000], "import-broken"),
        (lambda: b"", "import-empty"),
    ],
)
def test_files_made_to_harm_are_refused_in_plain_words(content: Callable[[], bytes], expected: str) -> None:
    assert refused(content(), "稿.docx") == expected


def test_parts_that_are_linked_and_not_there_are_none() -> None:
    links = {"c": ("comments", "no.xml"), "d": ("commentsExtended", "none.xml")}
    assert texts(read_copy(made(p("甲"), links=links), "稿.docx")) == ["甲"]


def test_tracked_changes_hundreds_deep_are_read() -> None:
    inside = r("深")
    for at in range(200):
        inside = f'<w:{"ins" if at % 2 else "del"} w:id="{at}" w:author="甲">{inside}</w:{"ins" if at % 2 else "del"}>'
    assert texts(read(p(r("甲") + inside))) == ["甲"]


needs_office = pytest.mark.skipif(not office.program(), reason="LibreOffice is not installed")
FORMS = {"doc": "doc:MS Word 97", "odt": "odt:writer8", "rtf": "rtf:Rich Text Format", "xml": "xml:MS Word 2003 XML"}


def saved(content: bytes, *endings: str) -> list[tuple[str, bytes]]:
    """A copy as LibreOffice saves it in older forms."""
    return [(f"稿.{ending}", in_form(content, FORMS[ending])) for ending in endings]


def in_form(content: bytes, form: str) -> bytes:
    (made_of_it,), _ = office._converted([content], "docx", form, 60)  # noqa: SLF001 - the product itself saves no old forms
    return made_of_it


def worded(copy: Returned) -> set[tuple[str, str]]:
    """The marks that have words, with them."""
    return {(own.name, one.text[own.start : own.end]) for one in copy.lines for own in one.marks if own.start < own.end}


def lost(ending: str, wanted: Returned) -> set[tuple[str, str]]:
    """The marks that LibreOffice itself does not write into a form."""
    if ending == "rtf":  # a bookmark that goes on begins in the last of its paragraphs
        return {(mark("2022年是迈向"), line(wanted, "2022年是迈向").text)}
    if ending == "xml":  # of two that end together the outer one has no end
        around = [one for one in wanted.lines if len(one.marks) > 1 and one.marks[0].end == one.marks[1].end]
        return {(one.marks[0].name, one.text) for one in around}
    return set()


@pytest.mark.office
@needs_office
def test_copies_of_older_kinds_are_opened_by_one_start_and_come_home_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    copy = Copy(official())
    copy.retype("锐意进取、守正创新", "开拓创新")
    copy.delete(GOALS)
    copy.insert(TASKS, "新增的一段。")
    copy.split("静安区东西部协作和对口支援工作要按照")
    source = copy.packed()
    wanted = read_copy(source, "稿.docx")
    copies = saved(source, *FORMS)
    starts: list[list[str]] = []
    run = office._run  # noqa: SLF001 - to count

    def counted(order: list[str], patience: int) -> None:
        starts.append(order)
        run(order, patience)

    monkeypatch.setattr(office, "_run", counted)
    for found in read_copies([*copies, ("稿.docx", source)]):
        assert texts(found) == texts(wanted), found.name
        assert (found.plan, found.blobs) == (wanted.plan, wanted.blobs), found.name
        ending = found.name.rpartition(".")[2]
        assert worded(found) == worded(wanted) - lost(ending, wanted), found.name
    assert len(starts) == 1


@pytest.mark.office
@needs_office
@BOTH
def test_tracked_changes_and_comments_come_home_from_doc_and_odt(revisions: Revisions) -> None:
    """LibreOffice's .doc loses that the mark of a deleted paragraph was deleted: an empty line is left."""
    copy = Copy(official(), tracked=True)
    copy.retype("锐意进取、守正创新", "开拓创新")
    copy.delete(GOALS)
    copy.insert("2022年是迈向", "新增的一段。")
    copy.split("静安区东西部协作和对口支援工作要按照")
    copy.comment(TASKS, "标题再议", "第二段", author="李四")
    source = copy.packed()
    wanted = read_copy(source, "稿.docx", revisions)
    told = {(one.kind, one.words, one.author, one.date) for each in wanted.lines for one in each.tracked}
    for found in read_copies(saved(source, "doc", "odt"), revisions):
        assert list(filter(None, texts(found))) == texts(wanted), found.name
        assert worded(found) == worded(wanted), found.name
        names = {own.name for one in found.lines for own in one.marks}
        assert names == {own.name for one in wanted.lines for own in one.marks}, found.name
        own = {(one.kind, one.words, one.author, one.date) for each in found.lines for one in each.tracked}
        lost = {one for one in told if one[:2] == (Tracking.DELETED, "\n")} if found.name.endswith("doc") else set()
        assert own == told - lost, found.name
        assert line(found, TASKS).comments == line(wanted, TASKS).comments, found.name


@pytest.mark.office
@needs_office
def test_of_several_old_files_the_one_that_cannot_be_opened_is_named() -> None:
    ((_, good),) = saved(official(), "odt")
    with pytest.raises(Misuse) as caught:
        office.docx_of_all([(good, "好.odt"), (good[:3000], "坏.odt"), (good, "另一.odt")])
    assert (caught.value.key, caught.value.arguments["path"]) == ("import-broken", "坏.odt")
