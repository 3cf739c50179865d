"""The passes of importing on made paragraphs: what each tells from what, and what it does when it is in doubt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from importing_files import REMARKS, registry
from workplan import view
from workplan.importing.bring import imported
from workplan.importing.clean import cleaned
from workplan.importing.draft import Step, Units
from workplan.importing.frame import framed
from workplan.importing.framed import Framed, Signed
from workplan.importing.intake.sources import reading_of
from workplan.importing.marks import bare, mark_at
from workplan.importing.number import Numbering
from workplan.importing.outline import entries
from workplan.importing.piece import Align, Cell, Looks, Outside, Paragraph, Place, Table
from workplan.importing.record import Deed, Reading
from workplan.importing.registering import registered
from workplan.importing.tables import table_of
from workplan.importing.tree import Leaf, grown
from workplan.importing.years import year_of
from workplan.lengths import Em, Pt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workplan.importing.bring import Imported
    from workplan.importing.framed import Lines
    from workplan.importing.tree import Branch


def _pieces(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text, Place(block=place)) for place, text in enumerate(texts, 1))


def _framed(*texts: str) -> Framed:
    return framed(cleaned(_pieces(*texts)).pieces)


def _made(*texts: str) -> Imported:
    return imported(Reading(_pieces(*texts)), registry(), REMARKS)


def _said(lines: Lines) -> str:
    return "／".join(line.text for line in lines)


# ------------------------------------------------------------------------------------------- marks and trees


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("一、总体要求", "一、", 1),
        ("（十二）加强领导", "（一）", 12),
        ("(三)加强领导", "（一）", 3),
        ("1．办班。", "1.", 1),
        ("１２.办班。", "1.", 12),
        ("3、办班", "1、", 3),
        ("（4）办班", "（1）", 4),
        ("②办班", "①", 2),
        ("第十一条 为了办班", "第一条", 11),
        ("第二章　总则", "第一章", 2),
        ("1.2.3犁", "1.1.1", 3),
    ],
)
def test_a_mark_says_its_kind_and_number(text: str, kind: str, number: int) -> None:
    mark = mark_at(text)
    assert mark
    assert (mark.kind, mark.number) == (kind, number)


@pytest.mark.parametrize(
    "text", ["1.5", "2022年工作", "一是加强", "十分重要", "一、", "第三条规定的情形", "2024.3.1", "十四五"]
)
def test_figures_and_words_are_no_marks(text: str) -> None:
    assert mark_at(text) is None


def _tree(*texts: str) -> list[object]:
    def shape(branches: Iterable[Branch]) -> list[object]:
        return [[branch.mark.printed, len(branch.rest), *shape(branch.below)] for branch in branches]

    found = grown(Leaf(place, piece) for place, piece in enumerate(_pieces(*texts)))
    return [len(found.opening), *shape(found.branches)]


def test_kinds_of_marks_nest_in_the_order_in_which_they_come() -> None:
    assert _tree("导语。", "一、甲", "（一）乙", "1.丙。", "2.丁。", "（二）戊", "说明。", "二、己", "1.庚。") == [
        1,
        ["一、", 0, ["（一）", 0, ["1.", 0], ["2.", 0]], ["（二）", 1]],
        ["二、", 0, ["1.", 0]],
    ]


def test_a_kind_that_usually_stands_above_does_not_go_below() -> None:
    assert _tree("（一）甲", "一、乙", "（一）丙") == [0, ["（一）", 0], ["一、", 0, ["（一）", 0]]]


def test_a_list_that_a_paragraph_announces_stands_below_it_whatever_its_marks() -> None:
    assert _tree("1.甲如下：", "（一）乙", "（二）丙", "2.丁") == [
        0,
        ["1.", 0, ["（一）", 0], ["（二）", 0]],
        ["2.", 0],
    ]


def test_a_slip_between_two_kinds_of_marks_goes_on_counting() -> None:
    assert _tree("1.甲", "2、乙", "3.丙") == [0, ["1.", 0], ["2、", 0], ["3.", 0]]


def test_decimal_numbers_stand_below_those_that_they_begin_with() -> None:
    assert _tree("1.甲", "1.1乙", "1.1.1丙", "1.2丁", "2.戊", "3.5倍于己") == [
        0,
        ["1.", 0, ["1.1", 0, ["1.1.1", 0]], ["1.2", 0]],
        ["2.", 1],
    ]


def test_lines_of_a_table_of_contents_are_no_headings() -> None:
    assert _tree("一、总则………………1", "一、总则", "正文。") == [1, ["一、", 1]]


# ------------------------------------------------------------------------------------------- clean


def test_chrome_is_left_out_with_a_record() -> None:
    pieces = (*_pieces("正文。", "— 3 —"), Paragraph("首页 > 公文", Place(block=3), outside=Outside.NAVIGATION))
    found = cleaned(pieces)
    assert [piece.text for piece in found.pieces if isinstance(piece, Paragraph)] == ["正文。"]
    assert [(one.deed, one.text) for one in found.records] == [
        (Deed.LEFT_OUT, "— 3 —"),
        (Deed.LEFT_OUT, "首页 > 公文"),
    ]


def test_soft_breaks_and_marks_that_go_on_counting_part_paragraphs() -> None:
    found = cleaned(_pieces("一、甲\n（一）乙。办好。（二）丙。办好。"))
    assert [piece.text for piece in found.pieces if isinstance(piece, Paragraph)] == [
        "一、甲",
        "（一）乙。办好。",
        "（二）丙。办好。",
    ]


def test_a_list_within_a_sentence_is_no_list_of_paragraphs() -> None:
    text = "1.申请材料包括：（一）申请书；（二）证明；（三）照片。"
    assert [bare(piece.text) for piece in cleaned(_pieces(text)).pieces if isinstance(piece, Paragraph)] == [text]


def test_wide_blanks_set_signatures_apart() -> None:
    found = cleaned(_pieces("某市教育局            某市财政局"))
    assert [piece.text for piece in found.pieces if isinstance(piece, Paragraph)] == ["某市教育局", "某市财政局"]


def test_what_no_plan_can_hold_is_dropped_with_a_record() -> None:
    found = cleaned(_pieces("甲\u200b乙\u00ad丙\x07"))
    assert [piece.text for piece in found.pieces if isinstance(piece, Paragraph)] == ["甲乙丙"]
    assert {one.text for one in found.records if one.deed is Deed.DROPPED} == {"\u200b", "\u00ad", "\x07"}


def test_a_row_that_spans_a_table_is_a_paragraph_above_or_below_it() -> None:
    rows = (
        (Cell("附件1\n清单", Place(), across=2),),
        (Cell("序号", Place()), Cell("任务", Place())),
        (Cell("1", Place()), Cell("办班", Place())),
        (Cell("注：略", Place(), across=2),),
    )
    found = cleaned([Table(rows, Place(block=1))])
    assert [piece.text if isinstance(piece, Paragraph) else "表" for piece in found.pieces] == [
        "附件1",
        "清单",
        "表",
        "注：略",
    ]


# ------------------------------------------------------------------------------------------- frame


def test_the_frame_of_an_issued_document() -> None:
    found = _framed(
        *("某市人民政府文件", "某政发〔2024〕3号", "某市人民政府关于做好", "培训工作的意见", "各区人民政府：", "为做好培训工作，提出如下意见。"),
        *("一、办好培训班。办好。", "附件：1.清单", "2.指标", "某市人民政府", "2024年3月1日", "（此件公开发布）"),
        *("附件1", "清单", "甲。", "附件2", "指标", "乙。", "抄送：市委各部门。", "某市人民政府办公室 2024年3月2日印发"),
    )  # fmt: skip
    main = found.main
    assert (_said(found.masthead), _said(found.number)) == ("某市人民政府文件", "某政发〔2024〕3号")
    assert (_said(main.title), _said(main.to)) == ("某市人民政府关于做好／培训工作的意见", "各区人民政府：")
    assert [_said(one) for one in (*main.signatures, main.date, main.note)] == [
        "某市人民政府",
        "2024年3月1日",
        "（此件公开发布）",
    ]
    assert found.listing.names == ("清单", "指标")
    assert [(_said(one.label), _said(one.title)) for one in found.attachments] == [("附件1", "清单"), ("附件2", "指标")]
    assert (_said(found.cc), _said(found.office).strip(), _said(found.issued)) == (
        "抄送：市委各部门。",
        "某市人民政府办公室",
        "2024年3月2日印发",
    )
    assert found.notice is None


def test_a_list_of_attachments_that_are_not_there_stays_text() -> None:
    found = _framed("某市培训工作意见", "一、办班。办好。", "附件：1.清单", "2.指标", "某市人民政府", "2024年3月1日")
    assert found.listing.lines == ()
    assert [piece.text for piece in found.main.body if isinstance(piece, Paragraph)][-2:] == ["附件：1.清单", "2.指标"]


def test_a_signature_may_break_off_in_one_line() -> None:
    found = _framed("工作要点", "一、办班。办好。", "某区对口支援与合作交流", "工作领导小组办公室", "2022年6月29日")
    assert [_said(one) for one in found.main.signatures] == ["某区对口支援与合作交流／工作领导小组办公室"]


def test_a_date_in_running_text_signs_nothing() -> None:
    found = _framed("工作要点", "一、节点", "2024年3月1日", "二、要求", "抓好落实。")
    assert found.main.date == ()


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (("2024年工作要点", "一、甲。乙。"), "2024"),
        (("二〇二三年工作要点", "一、甲。乙。"), "2023"),
        (("关于办班的意见", "某政发〔2021〕3号", "一、甲。乙。"), "2021"),
        (("关于办班的意见", "一、甲。乙。", "某局", "2020年3月1日"), "2020"),
        (("关于办班的意见", "一、甲。乙。"), ""),
    ],
)
def test_the_year_is_that_of_the_title_else_of_the_number_else_of_the_date(texts: tuple[str, ...], year: str) -> None:
    assert year_of(_framed(*texts)) == year


# ------------------------------------------------------------------------------------------- shape


def test_run_in_and_own_line_titles_bodies_and_annotations() -> None:
    made = _made(
        *("2024年工作要点", "一、重点任务", "（一）办班。办好培训班。（责任单位：区教育局）"),
        *("（二）讲座", "办好讲座。", "评选好讲座。（区教育局牵头，区民政局配合）"),
        *("（三）评比。评好。（责任部门：区民政局）", "二、保障措施", "加强领导。"),
    )  # fmt: skip
    tasks, safeguards = made.draft.parts
    assert (tasks.kind, safeguards.kind) == ("tasks", "safeguards")
    assert [(node.title, node.text, node.own_line) for node in tasks.items] == [
        ("办班", ("办好培训班。",), False),
        ("讲座", ("办好讲座。", "评选好讲座。"), True),
        ("评比", ("评好。",), False),
    ]
    text = made.files["tasks.yaml"]
    assert "units: 区教育局\n" in text
    assert "units: 区教育局牵头，区民政局配合\n" in text
    assert "units: {责任部门: 区民政局}\n" in text


def test_numbers_that_skip_or_are_written_otherwise_are_given_by_hand() -> None:
    made = _made(
        "2024年工作要点", "一、任务", "1.甲。办好。", "2.乙。办好。", "5.丙。办好。", "6.丁。办好。", "７．戊。办好。"
    )
    assert [node.number for node in made.draft.parts[0].items] == [None, None, "5.", None, "７．"]


def test_a_level_below_the_fourth_keeps_its_place_and_its_words() -> None:
    made = _made("2024年办法", "第一章 总则", "一、甲", "（一）乙", "1.丙", "（1）丁。办好。", "（2）戊。办好。")
    walked = [node for part in made.draft.parts for node in part.walk()]
    assert [node.text for node in walked if node.number == ""] == [("（1）丁。办好。",), ("（2）戊。办好。",)]
    assert made.whole == ""


def test_of_two_tasks_with_one_title_the_second_gets_a_number() -> None:
    made = _made(
        "2024年工作要点", "一、重点任务", "1.办班。甲。（责任单位：区教育局）", "2.办班。乙。（责任单位：区教育局）"
    )
    assert [row.id for row in view.rows(made.plan)] == ["办班", "办班（2）"]


def test_what_the_text_lays_down_is_written_as_rules() -> None:
    made = _made(
        "2024年工作要点",
        "一、重点任务",
        "1.办班。甲。（责任单位：区教育局、区财政局，列第一位的为牵头单位，下同）",
        "2.讲座。乙。（责任单位：区民政局、区教育局）",
    )
    assert "rules:" in made.files["document.yaml"]
    assert [[name.role for name in row.named] for row in view.rows(made.plan)] == [["lead", "responsible"]] * 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("办好。（区教育局等和各街道负责）", {"区教育局", "各街道"}),
        ("办好。（责任单位：区教育局及各街道）", {"区教育局", "各街道"}),
        ("办好。（省教育厅、财政厅和有关部门按职责分工负责）", {"省教育厅", "省财政厅", "有关部门"}),
        ("办好。（各市、州、县人民政府负责）", {"各市、州、县人民政府"}),
        ("责任单位：区教育局、区财政局", {"区教育局", "区财政局"}),
    ],
)
def test_names_of_annotations_are_registered_one_by_one(text: str, names: set[str]) -> None:
    found = registered(registry(), [text], REMARKS)
    assert {unit.name for unit in found.units} == names


@pytest.mark.parametrize(
    "text", ["办好（含实物）。", "会议（以下简称会议）。", "学校（区教育局负责的除外）。", "（主要领导亲自负责）"]
)
def test_other_brackets_name_nobody(text: str) -> None:
    assert registered(registry(), [text], REMARKS).units == ()


# ------------------------------------------------------------------------------------------- the way down

_PLAN = (
    *("2024年工作要点", "一、重点任务", "（一）办班。办好。（责任单位：区教育局）", "（二）讲座。讲好。（责任单位：区民政局）"),
    *("（三）评比。评好。", "二、保障措施", "加强领导。"),
)  # fmt: skip


def _as_written(made: Imported) -> bool:
    printed = "".join(element.text for element in view.official(made.plan).elements)
    return bare(printed) == bare("".join(_PLAN))


def test_units_that_print_otherwise_go_back_into_the_text_and_no_other_item_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def misread(brackets: str, *_: object, **__: object) -> Units:
        return Units(phrase="区教育局、区民政局" if "区教育局" in brackets else brackets)

    monkeypatch.setattr("workplan.importing.titles._units", misread)
    made = _made(*_PLAN)
    assert _as_written(made)
    assert made.whole == ""
    assert list(made.steps.values()) == [Step.UNITS_IN_TEXT]
    assert [row.title for row in view.rows(made.plan)] == ["办班", "讲座", "评比"]


def test_titles_that_print_otherwise_go_back_into_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workplan.importing.titles._RUN_IN", re.compile(r"(?P<title>评)(?P<text>比.*)"))
    made = _made(*_PLAN)
    assert _as_written(made)
    assert made.whole == ""
    assert list(made.steps.values()) == [Step.TITLE_IN_TEXT]


def test_numbers_that_print_otherwise_are_given_by_hand_or_left_in_the_paragraph(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Numbering, "parts", lambda _, parts: tuple(parts))
    made = _made(*("2024年工作要点", "一、重点任务", "（一）办班。办好。", "（三）讲座。讲好。", "（四）评比。评好。"))
    printed = bare("".join(element.text for element in view.official(made.plan).elements))
    assert printed == "2024年工作要点一、重点任务（一）办班。办好。（三）讲座。讲好。（四）评比。评好。"
    assert made.whole == ""
    assert set(made.steps.values()) == {Step.BARE}


def test_where_nothing_else_holds_all_is_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workplan.importing.bring.framed", lambda pieces: Framed(main=Signed(title=pieces[1:2])))
    made = _made(*_PLAN)
    assert _as_written(made)
    assert made.whole == "everything"


# ------------------------------------------------------------------------------------------- tables


def _table(*rows: tuple[tuple[str, int, int], ...]) -> Table:
    return Table(tuple(tuple(Cell(text, Place(), across, down) for text, across, down in row) for row in rows), Place())


def test_headings_over_headings_and_cells_over_rows_become_nested() -> None:
    found = table_of(
        _table(
            (("序号", 1, 2), ("单位", 2, 1)),
            (("牵头", 1, 1), ("配合", 1, 1)),
            (("1", 1, 2), ("甲", 1, 1), ("乙", 1, 1)),
            (("丙", 1, 1), ("丁", 1, 1)),
        )
    )
    assert found
    assert found.columns == ("序号", {"title": "单位", "columns": ["牵头", "配合"]})
    assert found.rows == ({"序号": "1", "rows": [{"牵头": "甲", "配合": "乙"}, {"牵头": "丙", "配合": "丁"}]},)


def test_columns_of_one_name_are_told_apart_by_blanks() -> None:
    found = table_of(_table((("目标", 1, 1), ("目标", 1, 1)), (("甲", 1, 1), ("乙", 1, 1))))
    assert found
    assert [bare(str(column)) for column in found.columns] == ["目标", "目标"]
    assert len(set(map(str, found.columns))) == 2


@pytest.mark.parametrize(
    "table",
    [
        _table((("", 1, 1), ("甲", 1, 1)), (("乙", 1, 1), ("丙", 1, 1))),
        _table((("甲", 1, 1), ("乙", 1, 1))),
        _table((("甲", 1, 1),), (("乙", 1, 1), ("丙", 1, 1))),
    ],
    ids=["no heading", "no rows", "cells beyond the headings"],
)
def test_a_table_that_a_plan_cannot_hold_is_none(table: Table) -> None:
    assert table_of(table) is None


def test_a_table_that_a_plan_cannot_hold_prints_cell_by_cell() -> None:
    table = _table((("姓名", 1, 1), ("", 1, 1)), (("电话", 1, 1), ("", 1, 1)))
    made = imported(Reading((*_pieces("2024年申请表"), table)), registry(), REMARKS)
    assert [element.text for element in view.official(made.plan).elements if element.text] == [
        "2024年申请表",
        "姓名",
        "电话",
    ]


# ------------------------------------------------------------------------------------------- lines as wide as a page

_TITLE = "关于印发滨河市2024年优化营商环境重点工作要点的通知"
_TO = "各县（市、区）人民政府，市政府各部门、各直属有关机构："
_SENTENCE = "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，力争市场主体稳定增长"
_FULL = "各部门要高度重视、密切配合，主要负责同志要亲自抓出实效。"
_SHORT = ("一、总体要求", "二、重点任务", "（一）提升政务服务", "（二）强化要素保障", "三、保障措施")
_LONG = tuple(f"　　{number}．{_SENTENCE}，{_SENTENCE}。" for number in range(1, 5))
_WRAPPED = (
    *("滨河市人民政府办公室", _TITLE, _TO, *_SHORT[:2], *_LONG[:2], *_SHORT[2:4], *_LONG[2:], _SHORT[4]),
    *(_FULL, "附件：任务分解表", "附件", "任务分解表", "见另页。", "抄送：市委办。", "联系人：张三", "特此通知"),
)


def _paragraphs_of(*lines: str) -> list[str]:
    read = reading_of("\n".join(lines).encode(), "要点.txt")[1]
    return [piece.text for piece in cleaned(read.pieces, wrapped=True).pieces if isinstance(piece, Paragraph)]


def test_lines_wrapped_at_one_width_are_joined_though_most_paragraphs_are_short() -> None:
    lines = [line[start : start + 28] for line in _WRAPPED for start in range(0, len(line), 28)]
    assert len(lines) > len(_WRAPPED) + 7
    assert _paragraphs_of(*lines) == [line.strip() for line in _WRAPPED]


def test_headings_of_one_width_are_no_wrapped_lines() -> None:
    lines = [f"{number}．推进某某领域某某事项某某环节改革试点工作第{number}批" for number in range(1, 10)]
    assert _paragraphs_of("2024年工作要点", "一、任务", "二、其他", *lines) == [
        "2024年工作要点",
        "一、任务",
        "二、其他",
        *lines,
    ]


# ------------------------------------------------------------------------------------------- tables that are the document


def test_a_table_of_one_cell_is_the_paragraphs_in_it() -> None:
    box = Table(((Cell("某市人民政府文件\n某政发〔2024〕3号", Place(block=1)),),), Place(block=1))
    found = cleaned([box, *_pieces("2024年工作要点")])
    assert [piece.text for piece in found.pieces if isinstance(piece, Paragraph)] == [
        "某市人民政府文件",
        "某政发〔2024〕3号",
        "2024年工作要点",
    ]
    assert [(record.deed, record.became) for record in found.records] == [(Deed.FLATTENED, "2")]


def test_a_document_that_is_a_table_of_tasks_has_its_lines_as_tasks_and_registers_who_answers() -> None:
    rows = (
        ("序号", "重点任务", "责任单位（排第一的为牵头单位）"),
        ("1", "办好培训班", "区教育局\n区财政局"),
        ("2", "办好讲座", "区民政局等"),
        ("3", "另行安排", "—"),
    )
    table = Table(tuple(tuple(Cell(text, Place(block=2)) for text in row) for row in rows), Place(block=2))
    made = imported(Reading((*_pieces("2024年重点任务分解表"), table)), registry(), REMARKS)
    assert [unit.name for unit in made.registry.units] == ["区教育局", "区财政局", "区民政局"]
    assert [row.title for row in view.rows(made.plan)][:2] == ["办好培训班", "办好讲座"]


# ------------------------------------------------------------------------------------------- titles as wide as the page


@pytest.mark.parametrize(("size", "lines"), [(22, 3), (16, 1)])
def test_a_line_that_fills_the_page_goes_on_with_a_centred_title_of_its_size(size: float, lines: int) -> None:
    centred, full = (
        Looks(align=align, first=first, size=Pt(of))
        for align, first, of in ((Align.CENTER, None, 22), (Align.JUSTIFY, Em(0), size))
    )
    title = ("某市人民政府办公室", "关于印发某市二〇二四年优化营商环境重点工作要", "点的通知")
    pieces = [
        Paragraph(text, Place(block=place), looks)
        for place, (text, looks) in enumerate(zip(title, (centred, full, centred), strict=True), 1)
    ]
    found = framed([*pieces, *_pieces("现将要点印发给你们，请认真贯彻执行。")])
    assert len(found.main.title) == lines


# ------------------------------------------------------------------------------------------- years, and what is told


@pytest.mark.parametrize(
    "lines",
    [
        ("城市绿化管理办法", "（2023年5月8日市政府第20次常务会议通过）", "第一条　为了绿化，制定本办法。", "第二条　本办法自公布之日起施行。"),
        ("市人民政府令", "现予公布。", "市长　李四", "2023年5月20日", "城市绿化管理办法", "第一条　为了绿化，制定本办法。"),
    ],
)  # fmt: skip
def test_a_date_below_a_title_or_a_person_tells_the_year_where_nothing_else_does(lines: tuple[str, ...]) -> None:
    assert year_of(_framed(*lines)) == "2023"


def test_what_several_rounds_register_stands_under_one_heading() -> None:
    made = _made(
        "2026年要点", "一、任务", "1.办班。[牵头单位：市民政局]", "2.讲座。责任单位：市住建局，配合单位：市财政局。"
    )
    assert len(made.registry.units) == 3
    assert made.registry.text.count(REMARKS.heading) == 1


def test_the_outline_says_a_number_once() -> None:
    made = _made(
        "2026年要点", "一、任务", "1.办班（区教育局负责）", "①城东8处；②城西12处。", "二、要求。", "各单位要报送进度。"
    )
    said = [(entry.number, entry.title) for entry in entries(made)]
    assert all(not title.startswith(number) for number, title in said if number)


@pytest.mark.parametrize("status", ["示例稿", "（征求意见稿）", "送审稿"])
def test_a_draft_says_so_above_its_masthead(status: str) -> None:
    found = _framed(
        status, "某区人民政府文件", "2023年工作要点", "为做好工作，制定本要点。", "一、任务", "（一）办班。办好培训班。"
    )
    assert [(kind, _said(lines)) for kind, lines in found.marks] == [("status", status)]
    assert (_said(found.masthead), _said(found.main.title)) == ("某区人民政府文件", "2023年工作要点")


def test_the_outline_names_each_unit_of_joined_names_apart() -> None:
    made = _made(
        "2027年要点",
        "一、任务",
        "（一）甲。办好。（责任单位：市教育局及各相关部门）",
        "（二）乙。（市住建局和市财政局负责）",
    )
    said = [entry.units for entry in entries(made) if entry.units]
    assert said == [("市教育局", "各相关部门"), ("市住建局", "市财政局")]
