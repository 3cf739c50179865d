"""What belongs together comes home together: halves of what was split or joined, numbers with what they count, and twice is once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from edited import W, text_of
from merging import Desk, document
from workplan.compiler import compile_readable
from workplan.merge.opinions import words
from workplan.source import Directory

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from edited import Copy
    from merging import Edit

    Run = Callable[..., subprocess.CompletedProcess[str]]

JOINED = "新建水厂两座（区财政局、各镇负责）。2.提升农村公路。改造路面1200公里以上。（责任单位：区交通运输局）"


@pytest.fixture
def desk(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk.new(tmp_path / "project", run)
    monkeypatch.chdir(desk.folder)
    return desk


def retyped(*pairs: str) -> Edit:
    def edit(copy: Copy) -> None:
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            copy.retype(old, new)

    return edit


def emptied(words: str) -> Edit:
    """All words of a paragraph go; its mark stays."""
    return lambda copy: copy.retype(text_of(copy.paragraph(words)), "")


def joined(copy: Copy) -> None:
    copy.join("新建水厂两座")


def fates(told: dict[str, Any]) -> list[tuple[str, str]]:
    (copy,) = told["copies"]
    return [(edit["kind"], edit["fate"]) for edit in copy["edits"]]


# ---------------------------------------------------------------------------------------------------- split, and new ids


@pytest.mark.parametrize("words", ["新建水厂两座", "改造管网80公里", "定期调度", "广泛听取意见", "三年行动的"])
def test_a_split_whose_bookmark_stayed_with_the_second_half_is_a_split(desk: Desk, words: str) -> None:
    """The first half keeps the item and its id; nothing is added."""
    copy = desk.copy(lambda copy: copy.split_before_bookmark(words))
    assert fates(desk.told(copy)) == [("changed", "taken")]
    assert all(not line.startswith(("+      - ", "+  - ")) for line in desk.changes())
    assert fates(desk.told(copy)) == [("changed", "there")]
    assert document(desk.plan)


def test_a_split_whose_second_half_bears_bookmark_and_number_is_a_new_item_below(desk: Desk) -> None:
    def edit(copy: Copy) -> None:
        copy.split_before_bookmark("新建水厂两座")
        copy.retype("新建水厂两座", "2.新建水厂两座")

    desk.merge(desk.copy(edit))
    text = (desk.plan / "tasks.yaml").read_text(encoding="utf-8")
    assert text.index("- id: 供水提质") < text.index("改造管网80公里") < text.index("新建水厂两座")


def test_a_new_item_never_has_an_id_that_is_there(desk: Desk) -> None:
    """Its title may be another item's id, or that of another new one: it is counted on, as import does."""

    def edit(copy: Copy) -> None:
        copy.insert("改造路面1200公里以上", "3.项目库。建设水利项目库。")
        copy.insert("3.项目库。建设水利项目库。", "4.项目库。建设交通项目库。")
        copy.insert("开展技能培训", "3.项目库。建设产业项目库。")

    desk.merge(desk.copy(edit))
    ids = [line.split("id: ")[1] for line in desk.changes() if "- id: " in line]
    assert sorted(ids) == ["项目库（2）", "项目库（3）", "项目库（4）"]
    assert document(desk.plan)


def test_a_task_that_was_deleted_and_typed_anew_elsewhere_has_its_id_again(desk: Desk) -> None:
    def edit(copy: Copy) -> None:
        copy.delete("建立项目库")
        copy.insert("开展技能培训", "3.项目库。建设产业项目库。")

    desk.merge(desk.copy(edit))
    assert [line for line in desk.changes() if "id: " in line] == ["-      - id: 项目库", "+      - id: 项目库"]


# --------------------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize("words", ["（二）基础设施", "一、总体目标", "2.建立项目库", "1.实施供水提质"])
def test_a_counted_number_that_was_deleted_is_left(desk: Desk, words: str) -> None:
    before = desk.contents()
    number, _, rest = words.partition("）" if "）" in words else "、" if "、" in words else ".")
    copy = desk.copy(retyped(words, rest))
    assert number
    for _ in range(2):
        assert fates(desk.told(copy, code=1)) == [("renumbered", "left")]
    assert desk.contents() == before


def test_a_typed_number_is_there_only_where_the_plan_gives_it_to_that_very_item(desk: Desk) -> None:
    """Another item with these words and that number says nothing of this one."""
    desk.write("tasks.yaml", "title: 建立项目库", "title: 提升农村公路")
    desk.write("tasks.yaml", "{牵头单位: 区发展改革委, 配合单位: 区财政局、区水务局}   # 角色", "区交通运输局")
    desk.write("tasks.yaml", "title: 提升农村公路, text: 改造路面1200公里以上。", "title: 提升农村公路")
    desk.commit()
    sent = document(desk.plan)

    def edit(copy: Copy) -> None:
        _, second = (one for one in copy.root.iter(f"{W}p") if text_of(one).startswith("2.提升农村公路"))
        first = next(run for run in second.iter(f"{W}t") if run.text)
        first.text = str(first.text).replace("2.", "5.", 1)

    assert fates(desk.told(desk.copy(edit, sent=sent), code=1)) == [("renumbered", "left")]


def test_the_number_of_a_task_whose_words_all_went_goes_with_it(desk: Desk) -> None:
    copy = desk.copy(emptied("促进就业创业"))
    assert fates(desk.told(copy)) == [("removed", "taken")]
    assert fates(desk.told(copy)) == [("removed", "there")]


# ----------------------------------------------------------------------------------------------------------- twice is once


@pytest.mark.parametrize(
    ("old", "new"),
    [("（二）基础设施", "（二）能源交通"), ("坚持为农民而建", "守牢红线"), ("八、保障措施", "八、推进机制")],
)
def test_a_title_that_was_typed_anew_as_a_whole_is_there_when_merged_again(desk: Desk, old: str, new: str) -> None:
    copy = desk.copy(retyped(old, new))
    assert fates(desk.told(copy)) == [("changed", "taken")]
    assert fates(desk.told(copy)) == [("changed", "there")]


def test_a_title_that_was_typed_anew_is_known_where_others_came_before_it(desk: Desk) -> None:
    """Its address is another one then."""

    def edit(copy: Copy) -> None:
        copy.retype("坚持为农民而建", "守牢红线")
        copy.insert("不搞大拆大建", "（二）坚持因地制宜。分类推进。")

    copy = desk.copy(edit)
    desk.told(copy)
    assert {fate for _, fate in fates(desk.told(copy))} == {"there"}


@pytest.mark.parametrize(
    "words", ["云溪农〔2031〕8号", "各镇人民政府：", "（此件公开发布）", "抄送：区委办公室", "农业农村局文件"]
)
@pytest.mark.parametrize("way", [lambda copy, words: copy.delete(words), lambda copy, words: emptied(words)(copy)])
def test_what_was_taken_out_of_the_frame_is_there_when_merged_again(
    desk: Desk, words: str, way: Callable[[Copy, str], object]
) -> None:
    copy = desk.copy(lambda copy: way(copy, words))
    first = fates(desk.told(copy))
    assert first[0] == ("removed", "taken")
    assert fates(desk.told(copy)) == [(kind, "there") for kind, _ in first]


def test_a_number_that_the_plan_gave_up_meanwhile_is_gone_where_only_room_for_one_is_printed(desk: Desk) -> None:
    copy = desk.copy(lambda copy: copy.delete("云溪农〔2031〕8号"))
    desk.write("document.yaml", "number: 云溪农〔2031〕8号\n", "")
    assert fates(desk.told(copy)) == [("removed", "there")]


def test_the_room_for_a_number_can_be_taken_out(desk: Desk) -> None:
    desk.write("document.yaml", "number: 云溪农〔2031〕8号\n", "")
    desk.commit()
    copy = desk.copy(lambda copy: copy.delete("〔2031〕"), sent=document(desk.plan))
    assert fates(desk.told(copy)) == [("removed", "taken")]
    assert fates(desk.told(copy)) == [("removed", "there")]


# --------------------------------------------------------------------------------------------------------------- joins


def test_of_a_join_no_half_is_taken_where_the_other_clashes(desk: Desk) -> None:
    """Else the text that was joined would be lost."""
    copies = [desk.copy(joined, "甲.docx"), desk.copy(retyped("提升农村公路", "改善农村公路"), "乙.docx")]
    before = desk.contents()
    told = desk.told(*copies, code=1)
    one, other = ([(edit["kind"], edit["fate"], edit["reason"]) for edit in copy["edits"]] for copy in told["copies"])
    assert one == [("changed", "left", "joined"), ("removed", "clash", None)]
    assert other == [("changed", "clash", None)]
    assert desk.contents() == before


def test_of_a_join_no_half_is_taken_where_the_plan_changed_the_other(desk: Desk) -> None:
    desk.write("tasks.yaml", "改造路面1200公里以上。", "改造路面1300公里以上。")
    before = desk.contents()
    assert fates(desk.told(desk.copy(joined), code=1)) == [("changed", "left"), ("removed", "clash")]
    assert desk.contents() == before


def test_a_join_that_no_bookmark_tells_of_is_known_by_its_words(desk: Desk) -> None:
    """A round through RTF loses the first one's bookmark; words that were cut and pasted into another paragraph have none."""

    def edit(copy: Copy) -> None:
        first = copy.paragraph("新建水厂两座")
        for mark in [*first.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
            first.remove(mark)
        copy.join("新建水厂两座")

    copies = [desk.copy(edit, "甲.docx"), desk.copy(retyped("提升农村公路", "改善农村公路"), "乙.docx")]
    before = desk.contents()
    told = desk.told(*copies, code=1)
    assert {edit["fate"] for copy in told["copies"] for edit in copy["edits"]} == {"clash", "left"}
    assert desk.contents() == before


def test_a_join_goes_with_what_another_copy_changes_elsewhere_in_it(desk: Desk) -> None:
    copies = [desk.copy(retyped("改造管网80公里", "改造管网90公里"), "甲.docx"), desk.copy(joined, "乙.docx")]
    desk.merge(*copies)
    text = (desk.plan / "tasks.yaml").read_text(encoding="utf-8")
    assert text.count("改造路面1200公里以上。") == 1
    assert "改造管网90公里" in text


def table_of(desk: Desk, *edits: Edit) -> Path:
    """The table of opinions of some units."""
    names = ["区水务局", "区财政局"]
    copies = [desk.copy(edit, f"反馈/{name}.docx") for name, edit in zip(names, edits, strict=False)]
    table = desk.folder / "汇总.xlsx"
    desk.merge(copies[0].parent, "--opinions", table)
    return table


def decided(table: Path, decisions: dict[int, str], opinions: dict[int, str] | None = None) -> list[str]:
    """Fill in a table by the numbers of its rows; its notes."""
    book = openpyxl.load_workbook(table)
    sheet = book.worksheets[0]
    headings = [str(cell.value) for cell in sheet[3]]
    column = {heading: place for place, heading in enumerate(headings, 1)}
    notes = []
    for line in range(4, sheet.max_row + 1):
        number = int(str(sheet.cell(line, column[words.NUMBER]).value))
        sheet.cell(line, column[words.DECISION]).value = decisions.get(number)
        if opinions and number in opinions:
            sheet.cell(line, column[words.OPINION]).value = opinions[number]
        notes.append(str(sheet.cell(line, column[words.NOTE]).value or ""))
    book.save(table)
    return notes


def test_both_halves_of_a_join_adopted_come_home_once(desk: Desk) -> None:
    table = table_of(desk, joined)
    notes = decided(table, {1: "采纳", 2: "采纳"})
    assert notes == ["与序号2是同一处合并，须一并采纳", "与序号1是同一处合并，须一并采纳"]
    assert fates(desk.told("--opinions", table)) == [("changed", "taken"), ("removed", "taken")]
    assert (desk.plan / "tasks.yaml").read_text(encoding="utf-8").count("改造路面1200公里以上。") == 1
    assert fates(desk.told("--opinions", table)) == [("changed", "there"), ("removed", "there")]


@pytest.mark.parametrize("decisions", [{1: "采纳"}, {2: "采纳"}, {1: "采纳", 2: "不采纳"}, {1: "采纳", 2: "部分采纳"}])
def test_half_a_join_adopted_is_told_and_not_applied(desk: Desk, decisions: dict[int, str]) -> None:
    table = table_of(desk, joined)
    decided(table, decisions)
    before = desk.contents()
    assert "[opinion-joined]" in desk.merge("--opinions", table, code=1)
    assert desk.contents() == before


def test_an_adopted_join_that_the_plan_has_no_place_for_is_left_whole(desk: Desk) -> None:
    """The next section cannot go, since its tasks stay: its title does not come to stand twice."""
    table = table_of(desk, lambda copy: copy.join("二季度末完成排查"))
    decided(table, {1: "采纳", 2: "采纳"})
    before = desk.contents()
    assert fates(desk.told("--opinions", table, code=1)) == [("changed", "left"), ("removed", "left")]
    assert desk.contents() == before


def test_a_plain_deletion_by_another_unit_is_a_row_of_its_own_and_needs_no_join(desk: Desk) -> None:
    table = table_of(desk, joined, lambda copy: copy.delete("改造路面1200公里以上"))
    notes = decided(table, {})
    assert len(notes) == 3
    decided(table, {notes.index("") + 1: "采纳"})
    assert fates(desk.told("--opinions", table)) == [("removed", "taken")]


def test_two_units_that_join_the_same_have_one_row_for_each_half(desk: Desk) -> None:
    table = table_of(desk, joined, joined)
    assert len(decided(table, {1: "采纳", 2: "采纳"})) == 2
    assert fates(desk.told("--opinions", table)) == [("changed", "taken"), ("removed", "taken")]


def test_a_join_that_was_edited_to_leave_the_other_text_out_needs_its_deletion_all_the_same(desk: Desk) -> None:
    table = table_of(desk, joined)
    decided(
        table, {1: "采纳", 2: "采纳"}, {1: "改造管网80公里（责任单位：区水务局），新建水厂三座（区财政局、各镇负责）。"}
    )
    desk.merge("--opinions", table)
    text = (desk.plan / "tasks.yaml").read_text(encoding="utf-8")
    assert "新建水厂三座" in text
    assert "改造路面1200公里" not in text
    assert compile_readable(Directory(desk.plan)).clean
