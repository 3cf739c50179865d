"""征求意见: returned copies to the table of opinions, and the filled-in table to the edits that were adopted."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import returned_copies as made
from returned_copies import FUNDS, LEADING, TALENT, VISITS, book, changed, comment, moved, removed, ten, texts
from validators import faults
from workplan.diagnostic import Misuse
from workplan.merge.edit import Edit, Hunk, Kind
from workplan.merge.opinions import words
from workplan.merge.opinions.applied import Adopted, adopted
from workplan.merge.opinions.collect import Opinions, collect
from workplan.merge.opinions.copy import Copy
from workplan.merge.opinions.sender import senders
from workplan.merge.opinions.sentence import applied, sentences
from workplan.merge.opinions.sheet import write
from workplan.merge.opinions.stored import Origin
from workplan.merge.opinions.table import read
from workplan.resources.messages import catalogue
from workplan.resources.office import program

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

ORIGIN = Origin("2022", (("document.yaml", "1a" * 20), ("../units.yaml", "2b" * 20)))
NAME = "2022年静安区东西部协作和对口支援工作要点"
SHEET = "xl/worksheets/sheet1.xml"
COLUMNS = {heading: place for place, heading in enumerate(words.HEADINGS)}


def opinions(copies: Sequence[Copy] = ()) -> Opinions:
    return collect(copies or ten(), texts(), book())


def table(copies: Sequence[Copy] = ()) -> bytes:
    return write(opinions(copies), ORIGIN, NAME)


def filled(content: bytes, fill: Callable[[Worksheet], object], sheet: int = 0) -> bytes:
    """The table after somebody worked in it; openpyxl keeps what Excel keeps."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    fill(workbook.worksheets[sheet])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def put(sheet: Worksheet, number: int, **cells: str) -> None:
    """Fill in the row with a number: ``decision``, ``opinion``, ``original``."""
    headings = {"decision": words.DECISION, "opinion": words.OPINION, "original": words.ORIGINAL}
    row = next(line for line in sheet.iter_rows(min_row=4) if line[0].value == number)
    for name, text in cells.items():
        row[COLUMNS[headings[name]]].value = text


def marked(decisions: dict[int, str], copies: Sequence[Copy] = ()) -> bytes:
    def fill(sheet: Worksheet) -> None:
        for number, decision in decisions.items():
            put(sheet, number, decision=decision)

    return filled(table(copies), fill)


def applied_of(content: bytes) -> Adopted:
    found = adopted(read(content, "意见汇总.xlsx"), texts())
    for finding in found.diagnostics:
        for language in ("zh", "en"):
            assert catalogue(language).message(finding.key, finding.arguments)
    return found


def told(found: Adopted) -> list[tuple[str, int]]:
    return [(finding.key, finding.span.line) for finding in found.diagnostics]


# --------------------------------------------------------------------------------------------------- who sent a copy


@pytest.mark.parametrize(
    ("path", "name", "registered"),
    [
        ("反馈/区教育局.docx", "区教育局", True),
        ("反馈/区教育局/工作要点（修改）.docx", "区教育局", True),
        ("2022工作要点-区教育局意见.docx", "区教育局", True),
        ("反馈\\区合作交流办.doc", "区政府合作交流办", True),  # an alias leads to the unit
        ("反馈/静安区人民政府办公室.docx", "区政府办公室", True),  # the longest spelling, not one inside it
        ("区人力资源和社会保障局（转区财政局）.docx", "区人力资源和社会保障局", True),
        ("区司法局/区教育局.docx", "区教育局", True),  # the file's own name before its folder's
        ("反馈/某某公司.docx", "某某公司", False),
        ("反馈", "反馈", False),
    ],
)
def test_the_sender_is_read_from_file_or_folder(path: str, name: str, *, registered: bool) -> None:
    (sender,) = senders([path], book())
    assert (sender.name, sender.registered) == (name, registered)


def test_senders_nobody_registered_stay_apart_when_their_files_have_one_name() -> None:
    found = senders(["反馈/甲公司/意见.docx", "反馈/乙公司/意见.docx"], book())
    assert [one.name for one in found] == ["甲公司/意见", "乙公司/意见"]


# ----------------------------------------------------------------------------------------------------------- the rows


def test_ten_copies_give_the_right_table() -> None:
    """Read from the workbook as it is printed: agreeing opinions are one row, clashing ones stand below each other."""
    sheets = openpyxl.load_workbook(io.BytesIO(table())).worksheets
    assert [sheet.title for sheet in sheets] == ["意见采纳情况", "其他意见", "来件"]
    shown = [
        (line[0], brief(line[2]), brief(line[3]), *line[4:7])
        for line in sheets[0].iter_rows(min_row=4, max_col=9, values_only=True)
    ]
    assert shown == [
        (1, "加强党对东西部协作和对口支援工作的组织领导，", "坚持党对东西部协作和对口支援工作的组织领导，", "某某公司", "吴七", "单位名册中没有提出单位"),
        (2, "四个不摘", "批注：请注明出处。\n并附文件。", "某某公司", "吴七", "单位名册中没有提出单位"),
        (3, "2．推动调研互访。区委或区政府主要领导率队赴", "（删去）", "区卫生健康委", "李二", None),
        (4, "4．选派援外干部挂职交流。根据市委、市政府及", "（移到“6．组织开展干部人才培训”之后）", "区委组织部", "周六", None),
        (5, "按照乡村振兴需要，加大对口帮扶地区的教育、医", "按照乡村全面振兴需要，加大对口帮扶地区的教育", "区教育局、区卫生健康委", "王一、李二", None),
        (6, "做好市区两级统筹项目资金和区财政预算项目资金", "认真做好市、区两级统筹项目资金和区财政预算项", "区司法局", "钱四", "与序号7冲突，只能采纳一条；与序号8同改一句，可一并采纳"),
        (7, "做好市区两级统筹项目资金和区财政预算项目资金", "切实做好市区两级统筹项目资金和区财政预算项目", "区财政局", "赵三", "与序号6冲突，只能采纳一条；与序号8同改一句，可一并采纳"),
        (8, "做好市区两级统筹项目资金和区财政预算项目资金", "做好市区两级统筹项目资金和区级财政预算项目资", "区国资委", "冯九", "与序号6、7同改一句，可一并采纳"),
        (9, "（新增，在“8．拓展社会帮扶资金渠道”之后）", "9．发展直播带货。支持对口地区企业开展直播。", "区商务委", "孙五", None),
    ]  # fmt: skip
    (loose,) = sheets[1].iter_rows(min_row=4, max_col=6, values_only=True)
    assert loose == (10, None, "（全文）", "批注：总体赞成。", "区委办公室", "郑八")
    assert sheets[0]["A2"].value == "收到10份，其中1份没有意见；意见10条，其中批注2条"
    received = list(sheets[2].iter_rows(min_row=4, max_col=4, values_only=True))
    assert received[6] == (7, "反馈/某某公司.docx", "某某公司（未登记）", "2条")
    assert received[9] == (10, "反馈/区总工会.docx", "区总工会", "无意见")


def brief(value: object) -> str:
    return str(value)[:22]


def test_each_changed_sentence_is_a_row_and_a_hunk_over_two_joins_them() -> None:
    holder = VISITS
    first, second = "推动调研互访。区委或区政府", "区委或区政府主要领导"
    apart = opinions(
        [Copy("区教育局", (changed(holder, ("2．推动", "2．大力推动"), (second, "区委、区政府主要领导")),))]
    ).rows
    assert [row.original[:6] for row in apart] == ["2．推动调研", "区委或区政府"]
    joined = opinions([Copy("区教育局", (changed(holder, (first, "推动调研互访，区委或区政府")),))]).rows
    assert [row.original[:14] for row in joined] == ["2．推动调研互访。区委或区政"]
    assert joined[0].proposed.startswith("2．推动调研互访，区委或区政府主要领导")


@pytest.mark.parametrize(
    ("hunks", "rows"),
    [
        ((Hunk(3, 3, "丙。"),), [("甲乙。", "甲乙。丙。")]),  # a whole sentence goes with the one before
        ((Hunk(3, 3, "又"),), [("丁戊。", "又丁戊。")]),  # other words begin the one behind
        ((Hunk(6, 7, ""),), [("丁戊。\n己。", "丁戊。己。")]),  # without its line end a sentence runs on
        ((Hunk(1, 2, "子"), Hunk(5, 5, "丑")), [("甲乙。", "甲子。"), ("丁戊。", "丁戊丑。")]),
        ((Hunk(2, 4, ""), Hunk(8, 9, "！")), [("甲乙。丁戊。", "甲乙戊。"), ("己。", "己！")]),
        ((Hunk(0, 9, ""),), [("甲乙。丁戊。\n己。", "")]),
    ],
)
def test_hunks_fall_into_sentences(hunks: tuple[Hunk, ...], rows: list[tuple[str, str]]) -> None:
    text = "甲乙。丁戊。\n己。"
    found = [
        (text[one.start : one.end], applied(text, one.hunks, one.start, one.end)) for one in sentences(text, hunks)
    ]
    assert found == rows


def test_opinions_on_two_texts_of_one_holder_are_rivals() -> None:
    """The plan changed between two rounds: nobody can say which words both of them mean."""
    edit = changed(LEADING, ("加强党对", "坚持党对"))
    later = replace(edit, before=f"新。{edit.before}", after=f"新。{edit.before}完。", hunks=())
    rows = opinions([Copy("区教育局", (edit,)), Copy("区司法局", (later,))]).rows
    assert [row.rivals for row in rows] == [(2,), (1,)]


def test_hunks_that_do_not_lead_to_the_text_are_found_anew() -> None:
    edit = changed(LEADING, ("加强党对", "坚持党对"))
    (row,) = opinions([Copy("区教育局", (replace(edit, hunks=()),))]).rows
    assert row.proposed.startswith("坚持党对")
    (row,) = opinions([Copy("区教育局", (replace(edit, hunks=(Hunk(0, 9999, "错"),)),))]).rows
    assert row.proposed.startswith("坚持党对")


def test_removing_clashes_with_changing_and_moving_but_moving_not_with_changing() -> None:
    copies = [
        Copy("区教育局", (changed(VISITS, ("区委或区政府", "区委、区政府")),)),
        Copy("区司法局", (removed(VISITS),)),
        Copy("区财政局", (moved(VISITS, FUNDS),)),
        Copy("区商务委", (moved(VISITS, TALENT),)),
    ]
    rows = {row.units[0]: row for row in opinions(copies).rows}
    against = {unit: {other for other in rows if rows[other].number in row.rivals} for unit, row in rows.items()}
    assert against == {
        "区教育局": {"区司法局"},
        "区司法局": {"区教育局", "区财政局", "区商务委"},
        "区财政局": {"区司法局", "区商务委"},
        "区商务委": {"区司法局", "区财政局"},
    }


def test_two_equal_paragraphs_of_one_copy_stay_two() -> None:
    edits = (made.added(FUNDS, "再加一段。"), made.added(FUNDS, "再加一段。"))
    assert [row.units for row in opinions([Copy("区教育局", edits), Copy("区司法局", edits)]).rows] == [
        ("区教育局", "区司法局"),
        ("区教育局", "区司法局"),
    ]


# ---------------------------------------------------------------------------------------------------------- the workbook


def test_the_same_opinions_give_the_same_bytes_and_no_text_is_a_formula(tmp_path: Path) -> None:
    copies = [
        *ten(),
        Copy("反馈/=1+1.docx", (made.added(FUNDS, "=SUM(A1)"),), (comment(LEADING, "四个不摘", "<r>甲</r>", "@乙"),)),
    ]
    content = table(copies)
    assert content == table(copies)
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    file = tmp_path / "table.xlsx"
    file.write_bytes(content)
    assert faults(file) == []


def test_the_sheet_is_ready_to_fill_in_and_to_print() -> None:
    content = table()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert "第 &amp;P 页，共 &amp;N 页" in package.read(SHEET).decode()
    (choice,) = sheet.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("H4:H12", '"采纳,部分采纳,不采纳"')
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("C4", "$3:$3", "landscape")
    # One page wide is what a sheet without fitToWidth is (ECMA-376 18.3.1.63).
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "A$1:$I$12" in str(sheet.print_area).replace("'", "")
    assert [name for name, one in sheet.column_dimensions.items() if one.hidden] == ["J"]
    assert sheet.cell(4, 3).alignment.wrap_text


@pytest.mark.slow
def test_five_thousand_opinions_and_one_of_many_pages_are_written_and_read() -> None:
    """A long text takes several lines of the sheet, none higher than Excel's highest, and comes back whole."""
    long = "。\n".join(f"第{number}条，支持对口地区发展特色产业" for number in range(2500))
    edits = tuple(made.added(FUNDS, f"新增第{number}项。") for number in range(5000))
    content = table([Copy("区教育局", (*edits, made.added(FUNDS, long)))])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert max(one.height or 0 for one in sheet.row_dimensions.values()) <= 409
    found = adopted(read(filled(content, lambda sheet: put(sheet, 5001, decision="采纳")), "a.xlsx"), texts())
    assert [edit.after for edit in found.edits] == [long]
    assert found.diagnostics == ()
    assert found.decisions == {"": 5000, "采纳": 1}


# ------------------------------------------------------------------------------------------------------- what is adopted


def test_the_adopted_rows_give_exactly_the_edits() -> None:
    found = applied_of(marked({1: "采纳", 3: "采纳", 4: " 采纳 ", 5: "采纳", 7: "采纳", 8: "采纳", 9: "采纳"}))
    assert told(found) == []
    assert found.edits == (
        changed(LEADING, ("加强党对东西部协作", "坚持党对东西部协作"), author="吴七"),
        removed(VISITS, "李二"),
        moved(made.CADRES, made.TRAINING, "周六"),
        replace(
            edit := changed(TALENT, ("按照乡村振兴需要", "按照乡村全面振兴需要")),
            hunks=tuple(replace(hunk, authors=("王一", "李二")) for hunk in edit.hunks),
            authors=("王一", "李二"),
        ),
        replace(
            edit := changed(FUNDS, ("做好市区两级", "切实做好市区两级"), ("区财政预算项目资金安排", "区级财政预算项目资金安排")),
            hunks=tuple(
                replace(hunk, authors=(author,)) for hunk, author in zip(edit.hunks, ("赵三", "冯九"), strict=True)
            ),
            authors=("赵三", "冯九"),
        ),
        made.added(made.SOCIAL, "9．发展直播带货。支持对口地区企业开展直播。", "孙五"),
    )  # fmt: skip
    assert found.decisions == {"采纳": 7, "": 3}


def test_the_table_says_what_it_was_made_for() -> None:
    assert read(table(), "a.xlsx").origin == ORIGIN


def test_rows_that_change_the_same_words_are_told_and_the_others_applied() -> None:
    found = applied_of(marked({6: "采纳", 7: "采纳", 8: "采纳"}))
    assert told(found) == [("opinion-clash", 9), ("opinion-clash", 10)]
    assert [one.span.line for finding in found.diagnostics for one in finding.related] == [10, 9]
    assert [edit.after for edit in found.edits] == [
        changed(FUNDS, ("区财政预算项目资金安排", "区级财政预算项目资金安排")).after
    ]


def test_edited_words_are_taken_also_of_rows_adopted_in_part() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, 5, decision="部分采纳", opinion="按照乡村发展需要，加大教育帮扶力度。")
        put(sheet, 9, decision="采纳", opinion="9．发展电商。")
        put(sheet, 3, decision="采纳", opinion="2．推动互访。")
        put(sheet, 1, decision="采纳", opinion="（删去）")

    found = applied_of(filled(table(), fill))
    assert [key for key, _ in told(found)] == ["opinion-edited"] * 4
    sentence = texts()[TALENT][texts()[TALENT].index("按照乡村") :].partition("。")[0] + "。"
    after = {edit.holder: edit.after for edit in found.edits}
    assert after[TALENT] == texts()[TALENT].replace(sentence, "按照乡村发展需要，加大教育帮扶力度。")
    assert after[""] == "9．发展电商。"
    assert after[VISITS] == "2．推动互访。"
    assert "加强党对" not in after[LEADING]
    assert {edit.kind for edit in found.edits} == {Kind.CHANGED, Kind.ADDED}
    for edit in found.edits:
        assert edit.kind is Kind.ADDED or applied(edit.before, edit.hunks) == edit.after


def test_two_rows_that_were_edited_to_the_same_words_are_one_change() -> None:
    """A compromise is written into the row of each unit; what one proposed in small steps, another may be given as a whole."""
    sentence = texts()[FUNDS][texts()[FUNDS].index("做好市区两级") :].partition("。")[0] + "。"
    final = sentence.replace("做好市区两级", "切实做好市区两级")

    def fill(sheet: Worksheet) -> None:
        put(sheet, 6, decision="部分采纳", opinion=final)
        put(sheet, 7, decision="采纳")
        put(sheet, 8, decision="部分采纳", opinion=final)

    found = applied_of(filled(table(), fill))
    assert [edit.after for edit in found.edits] == [texts()[FUNDS].replace(sentence, final)]
    assert [key for key, _ in told(found)] == ["opinion-edited", "opinion-edited"]
    assert found.edits[0].authors == ("钱四", "赵三", "冯九")


def test_what_only_a_person_can_do_is_told() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, 2, decision="采纳")
        put(sheet, 4, decision="采纳", opinion="移到最后。")
        put(sheet, 5, decision="部分采纳")
        put(sheet, 6, decision="采纳", opinion=" ")
        put(sheet, 7, decision="同意")
        sheet.append([None, "全文", "", "请压缩篇幅。", "本室", "", "", "采纳"])

    found = applied_of(filled(table(), fill))
    assert found.edits == ()
    assert sorted(told(found)) == [
        ("opinion-by-hand.comment", 5),
        ("opinion-by-hand.moved", 7),
        ("opinion-by-hand.own", 13),
        ("opinion-by-hand.partly", 8),
        ("opinion-decision", 10),
        ("opinion-empty", 9),
    ]


def test_rows_that_are_no_longer_what_they_were_are_told() -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, 1, decision="采纳", original="别的话。")
        put(sheet, 3, decision="采纳")
        sheet.cell(6, 10).value = str(sheet.cell(6, 10).value).replace("removed", "changed")
        put(sheet, 5, decision="采纳")
        copied = [cell.value for cell in sheet[8]]
        sheet.append(copied)
        sheet.cell(13, 8).value = "不采纳"

    found = applied_of(filled(table(), fill))
    assert found.edits == ()
    assert told(found) == [
        ("opinion-damaged.original", 4),
        ("opinion-damaged.broken", 6),
        ("opinion-damaged.double", 8),
    ]


def test_a_row_of_another_table_is_told_and_an_undecided_one_of_it_is_not() -> None:
    other = write(opinions([Copy("区教育局", (removed(FUNDS),))]), Origin("2023"), NAME)
    foreign = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(other)).worksheets[0][4]]

    def fill(sheet: Worksheet) -> None:
        sheet.append([*foreign[:7], "采纳", *foreign[8:]])
        sheet.append(foreign)

    assert told(applied_of(filled(table(), fill))) == [("opinion-damaged.foreign", 13)]


def test_a_text_that_was_changed_since_is_told() -> None:
    content = marked({1: "采纳", 3: "采纳"})
    now = {**texts(), LEADING: texts()[LEADING].replace("加强党对", "加强党对于")}
    del now[VISITS]
    found = adopted(read(content, "a.xlsx"), now)
    assert (found.edits, told(found)) == ((), [("opinion-stale", 4), ("opinion-stale", 6)])


def test_a_part_of_a_long_row_that_was_deleted_is_told() -> None:
    long = "支持对口地区发展特色产业。\n" * 100
    copies = [Copy("区教育局", (made.added(FUNDS, long),))]

    def fill(sheet: Worksheet) -> None:
        put(sheet, 1, decision="采纳")
        sheet.delete_rows(5)

    assert told(applied_of(filled(table(copies), fill))) == [("opinion-damaged.parts", 4)]


def test_a_long_row_is_edited_in_one_of_its_lines_and_keeps_its_paragraphs() -> None:
    long = "支持对口地区发展特色产业。\n" * 70 + "完。"
    copies = [Copy("区教育局", (made.added(FUNDS, long),))]

    def fill(sheet: Worksheet) -> None:
        assert sheet.max_row > 5
        put(sheet, 1, decision="采纳")
        cell = sheet.cell(5, COLUMNS[words.OPINION] + 1)
        cell.value = str(cell.value).replace("特色", "优势", 1)

    (edit,) = applied_of(filled(table(copies), fill)).edits
    assert edit.after.replace("优势", "特色") == long
    assert edit.after.count("优势") == 1


def test_rows_may_be_sorted_deleted_and_hidden_and_columns_moved_and_added() -> None:
    def fill(sheet: Worksheet) -> None:
        for number in (1, 5, 9):
            put(sheet, number, decision="采纳")
        head, *rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=3)]
        rows = [row for row in reversed(rows) if row[0] != 3]
        order = [9, 7, *range(7), 8]
        sheet.unmerge_cells("A1:I1")
        sheet.unmerge_cells("A2:I2")
        sheet.delete_rows(1, sheet.max_row)
        sheet.append(["加了一行"])
        sheet.append(["核对人", *(head[place] for place in order)])
        for row in rows:
            sheet.append(["某某", *(row[place] for place in order)])
        sheet.row_dimensions[4].hidden = True

    found = applied_of(filled(table(), fill))
    assert [edit.holder for edit in found.edits] == [LEADING, TALENT, ""]
    assert told(found) == []


# ------------------------------------------------------------------------------------------- files of other programs


def saved(content: bytes, folder: Path, *forms: str) -> bytes:
    """The file after LibreOffice opened it and saved it in one form after the other."""
    file = folder / "table.xlsx"
    file.write_bytes(content)
    for place, form in enumerate(forms):
        out = folder / str(place)
        order = [program(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
        subprocess.run([*order, form, "--outdir", str(out), str(file)], check=True, capture_output=True, timeout=120)
        file = next(out.iterdir())
    return file.read_bytes()


@pytest.mark.office
@pytest.mark.parametrize("forms", [("xlsx",), ("ods",), ("xls",)], ids=lambda forms: forms[-1])
def test_a_table_that_libreoffice_saved_is_read_as_it_was(tmp_path: Path, forms: tuple[str, ...]) -> None:
    if not program():
        pytest.skip("LibreOffice is not installed")
    long = "支持“百县百品”=1+1，发展特色产业。\n" * 80
    copies = [
        *ten(),
        Copy("区妇联", (made.added(FUNDS, long), made.added(TALENT, "=SUM(A1)，\t'甲"))),
    ]
    content = marked({1: "采纳", 5: "采纳", 6: "采纳", 8: "采纳", 11: "采纳"}, copies)
    mine = applied_of(content)
    assert long.strip() in {edit.after.strip() for edit in mine.edits} or len(mine.edits) == 5
    came_back = saved(content, tmp_path, *forms)
    theirs = applied_of(came_back)
    assert theirs == mine
    assert told(theirs) == []
    if forms == ("xlsx",):
        sheet = openpyxl.load_workbook(io.BytesIO(came_back)).worksheets[0]
        (choice,) = sheet.data_validations.dataValidation
        assert choice.formula1 == '"采纳,部分采纳,不采纳"'
        assert str(choice.sqref).startswith("H4:")
        assert [name for name, one in sheet.column_dimensions.items() if one.hidden] == ["J"]
        assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$3:$3", "landscape")


# ---------------------------------------------------------------------------------------------------------- hostile files


def repacked(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A table with parts changed, or left out where ``change`` gives None."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(table())) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return file.getvalue()


def in_part(part: str, old: bytes, new: bytes) -> bytes:
    return repacked(lambda name, content: content.replace(old, new, 1) if name == part else content)


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet '


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "opinions-kind"),
        (b"%PDF-1.7", "opinions-kind"),
        (b"PK\x03\x04" + b"\0" * 40, "opinions-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "opinions-locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "opinions-kind"),
        (b"x" * ((32 << 20) + 1), "opinions-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_in_words(content: bytes, key: str) -> None:
    with pytest.raises(Misuse) as refused:
        read(content, "a.xlsx")
    assert refused.value.key == key
    assert catalogue("zh").text(f"misuse.{key}", refused.value.arguments)


@pytest.mark.slow
def test_hostile_workbooks_are_refused_in_words() -> None:
    hostile = {
        "a document type": (in_part(SHEET, b"<worksheet ", ENTITIES), "opinions-broken"),
        "no XML": (in_part(SHEET, b"<worksheet ", b"<worksheet <"), "opinions-broken"),
        "a row that never comes": (in_part(SHEET, b'<row r="4"', b'<row r="99999999999"'), "opinions-large"),
        "a bomb": (
            repacked(lambda name, content: b" " * (60 << 20) if name == SHEET else content),
            "opinions-large",
        ),
        "a string that is not there": (in_part(SHEET, b'" t="s"><v>', b'" t="s"><v>9'), "opinions-broken"),
        "no workbook": (repacked(lambda name, content: None if name == "xl/workbook.xml" else content), "opinions-broken"),
        "no headings": (
            repacked(lambda _, content: content.replace("采纳情况</t>".encode(), b"</t>")),
            "opinions-no-table",
        ),
        "no hidden columns": (repacked(lambda _, content: content.replace(b"workplan:1 ", b"")), "opinions-no-data"),
        "damaged headings": (repacked(lambda _, content: content.replace(b"document.yaml", b"d.yaml")), "opinions-no-data"),
    }  # fmt: skip
    found = {}
    for name, (content, _) in hostile.items():
        with pytest.raises(Misuse) as refused:
            read(content, "a.xlsx")
        found[name] = refused.value.key
    assert found == {name: key for name, (_, key) in hostile.items()}


def test_cells_that_look_wrong_to_other_programs_do_not_matter() -> None:
    """Styles, properties and sizes are not looked at: of a formula the value counts that was saved with it."""
    broken = repacked(
        lambda name, content: (
            b"<styleSheet"
            if name == "xl/styles.xml"
            else re.sub(b'<dimension ref="[^"]*"', b'<dimension ref="A1"', content)
            if name == SHEET
            else content
        )
    )
    assert read(broken, "a.xlsx") == replace(read(table(), "a.xlsx"), file="a.xlsx")


def test_a_table_with_made_up_places_changes_nothing() -> None:
    """Whoever forges the hidden columns gets a finding, not a text in the wrong place."""
    from workplan.merge.opinions import stored  # noqa: PLC0415 - only a forger works with it

    def forge(sheet: Worksheet) -> None:
        put(sheet, 1, decision="采纳")
        said = stored._opened(str(sheet.cell(4, 10).value))  # noqa: SLF001 - likewise
        sheet.cell(4, 10).value = stored._sealed({**said, "hunks": [[9, 3, "甲", [], ""]]})  # noqa: SLF001
        put(sheet, 3, decision="采纳")
        sheet.cell(6, 10).value = stored._sealed({"version": 1, "kind": []})  # noqa: SLF001

    assert told(applied_of(filled(table(), forge))) == [("opinion-stale", 4), ("opinion-damaged.broken", 6)]


# --------------------------------------------------------------------------------------------------------- there and back

_WORDS = st.text("对口支援协作，。；！\n“”教育0９A =<&", max_size=12)


@st.composite
def edits_of(draw: st.DrawFn, author: str) -> tuple[Edit, ...]:
    """Edits of one copy: each holder is edited at most once."""
    holders = draw(st.lists(st.sampled_from(sorted(texts())), unique=True, max_size=5))
    found = []
    for holder in holders:
        text = texts()[holder]
        kind = draw(st.sampled_from(Kind))
        if kind is Kind.ADDED:
            found.append(made.added(holder, draw(_WORDS.filter(str.strip)), author))
        elif kind is Kind.REMOVED:
            found.append(removed(holder, author))
        elif kind is Kind.MOVED:
            found.append(moved(holder, draw(st.sampled_from(sorted(set(texts()) - {holder}))), author))
        else:
            places = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=8)))
            pairs = [(start, end, draw(_WORDS)) for start, end in zip(places[::2], places[1::2], strict=False)]
            hunks = tuple(Hunk(start, end, new, (author,)) for start, end, new in pairs if text[start:end] != new)
            if hunks:
                found.append(
                    Edit(Kind.CHANGED, holder, "", text, applied(text, hunks), place=made.place(holder), hunks=hunks, authors=(author,))
                )  # fmt: skip
    return tuple(found)


@settings(max_examples=60, deadline=None)
@given(mine=edits_of("甲"), others=edits_of("乙"), agree=st.booleans())
def test_adopting_all_of_one_copy_gives_its_edits_back(
    mine: tuple[Edit, ...], others: tuple[Edit, ...], *, agree: bool
) -> None:
    """Whatever another copy proposes beside it, and where that agrees."""
    copies = [Copy("区教育局", mine), Copy("区司法局", (*others, *mine) if agree else others)]
    found = opinions(copies)
    own = {row.number: "采纳" for row in found.rows if "区教育局" in row.units}
    back = adopted(read(marked(own, copies), "a.xlsx"), texts())
    assert back.diagnostics == ()

    def shape(edit: Edit) -> tuple[object, ...]:
        hunks = [(hunk.start, hunk.end, hunk.words) for hunk in edit.hunks]
        return edit.kind, edit.holder, edit.behind, edit.before, edit.after, edit.place, hunks

    assert sorted(map(repr, map(shape, back.edits))) == sorted(map(repr, map(shape, mine)))
    assert all("甲" in edit.authors for edit in back.edits)
