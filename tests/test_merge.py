"""Edited copies come home through the command: each edit into the key that says it, and nowhere else; clashes apart."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from copy import deepcopy
from typing import TYPE_CHECKING

import pytest

import hidden
from edited import Copy, W, packed, text_of
from merging import Desk, document
from repositories import git

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from lxml.etree import _Element

    from merging import Edit

    Run = Callable[..., subprocess.CompletedProcess[str]]


def retyped(*pairs: str) -> Edit:
    """Words become others: old, new, old, new, …"""

    def edit(copy: Copy) -> None:
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            copy.retype(old, new)

    return edit


def added(behind: str, *lines: str) -> Edit:
    """New paragraphs behind the one with some words."""

    def edit(copy: Copy) -> None:
        for line in reversed(lines):
            copy.insert(behind, line)

    return edit


def moved(*moves: tuple[str, str]) -> Edit:
    """Paragraphs go behind others."""

    def edit(copy: Copy) -> None:
        for words, behind in moves:
            copy.move(words, behind)

    return edit


def gone(words: str) -> Edit:
    return lambda copy: copy.delete(words)


def split(words: str) -> Edit:
    return lambda copy: copy.split(words)


def joined(words: str) -> Edit:
    return lambda copy: copy.join(words)


def rows(copy: Copy) -> list[_Element]:
    return next(copy.root.iter(f"{W}tbl")).findall(f"{W}tr")


def say(copy: Copy, cell: _Element, words: str) -> None:
    """A cell says other words."""
    paragraph = cell.find(f"{W}p")
    assert paragraph is not None
    for run in paragraph.findall(f"{W}r"):
        paragraph.remove(run)
    if words:
        copy.type(paragraph, words)


def cell(row: int, column: int, words: str) -> Edit:
    return lambda copy: say(copy, rows(copy)[row].findall(f"{W}tc")[column], words)


def row_gone(row: int) -> Edit:
    def edit(copy: Copy) -> None:
        own = rows(copy)[row]
        next(copy.root.iter(f"{W}tbl")).remove(own)

    return edit


def row_new(behind: int, *cells: str) -> Edit:
    """A line of the table as Word puts one in: without bookmarks and ids."""

    def edit(copy: Copy) -> None:
        own = rows(copy)[behind]
        new = deepcopy(own)
        for mark in list(new.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            above = mark.getparent()
            assert above is not None
            above.remove(mark)
        for paragraph in new.iter(f"{W}p"):
            paragraph.attrib.clear()
        for one, words in zip(new.findall(f"{W}tc"), cells, strict=True):
            say(copy, one, words)
        own.addnext(new)

    return edit


def row_moved(row: int, behind: int) -> Edit:
    return lambda copy: rows(copy)[behind].addnext(rows(copy)[row])


@pytest.fixture
def desk(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    made = Desk.new(tmp_path / "project", run)
    monkeypatch.chdir(made.folder)
    return made


#: The edits of one key or item each, and the lines of the plan's files that change.
CASES: dict[str, tuple[Edit, list[str]]] = {
    "an item's title": (
        retyped("编制村庄规划", "编制各村规划"),
        [
            "-        title: 编制村庄规划",
            "+        title: 编制各村规划",
        ],
    ),
    "a part's title": (
        retyped("总体目标", "主要目标"),
        [
            '-title: "总体目标"',
            '+title: "主要目标"',
        ],
    ),
    "an item's number given by hand": (
        retyped("10、", "12、"),
        [
            "-        number: 10、",
            "+        number: 12、",
        ],
    ),
    "a part's number given by hand": (
        retyped("八、", "七、"),
        [
            '-    number: "八"',
            "+    number: 七、",
        ],
    ),
    "the date": (
        retyped("2031年3月9日", "2031年3月12日"),
        [
            "-  date: 2031-03-09   # 通知的日期",
            "+  date: 2031-03-12   # 通知的日期",
        ],
    ),
    "the date in words": (
        retyped("2031年3月10日", "2031年3月"),
        [
            "-  date: 2031-03-10",
            '+  date: "2031年3月"',
        ],
    ),
    "units as a phrase": (
        retyped("区农业农村局、各镇按职责", "各镇按职责"),
        [
            "-        units: 区自然资源局牵头，区农业农村局、各镇按职责分工负责",
            "+        units: 区自然资源局牵头，各镇按职责分工负责",
        ],
    ),
    "units by roles": (
        retyped("配合单位：区财政局、区水务局", "配合单位：区水务局"),
        [
            "-        units: {牵头单位: 区发展改革委, 配合单位: 区财政局、区水务局}   # 角色",
            "+        units: {牵头单位: 区发展改革委, 配合单位: 区水务局}   # 角色",
        ],
    ),
    "units in brackets of their own": (
        retyped("（区财政局、各镇负责）", "（各镇负责）"),
        [
            "-        text: 改造管网80公里（责任单位：区水务局），新建水厂两座（区财政局、各镇负责）。",
            "+        text: 改造管网80公里（责任单位：区水务局），新建水厂两座（各镇负责）。",
        ],
    ),
    "units in quotes": (
        retyped("责任单位：区水务局、各镇", "责任单位：各镇"),
        [
            '-        units: "区水务局、各镇"',
            '+        units: "各镇"',
        ],
    ),
    "units of a clause": (
        retyped("（责任单位：区农业农村局）", "（责任单位：区农业农村局、各镇）"),
        [
            "-            units: 区农业农村局",
            "+            units: 区农业农村局、各镇",
        ],
    ),
    "the masthead": (
        retyped("云溪区农业农村局文件", "云溪区乡村振兴局文件"),
        [
            "+masthead: 云州市云溪区乡村振兴局文件",
        ],
    ),
    "the document's number": (
        retyped("8号", "9号"),
        [
            "-number: 云溪农〔2031〕8号",
            "+number: 云溪农〔2031〕9号",
        ],
    ),
    "who is sent a copy": (
        retyped("区委办公室，区政协", "区委办公室，区人大常委会办公室，区政协"),
        [
            "-  cc: 区委办公室，区政协办公室",
            "+  cc: 区委办公室，区人大常委会办公室，区政协办公室",
        ],
    ),
    "the note": (
        retyped("此件公开发布", "此件依申请公开"),
        [
            "-  note: 此件公开发布",
            "+  note: 此件依申请公开",
        ],
    ),
    "the preamble": (
        retyped("开局之年", "攻坚之年"),
        [
            "-  开局之年。",
            "+  攻坚之年。",
        ],
    ),
    "the preamble's second paragraph": (
        retyped("现提出如下", "现印发如下"),
        [
            "-  现提出如下工作要点。   # 这不是注释",
            "+  现印发如下工作要点。   # 这不是注释",
        ],
    ),
    "the closing": (
        retyped("于年底前报", "于12月底前报"),
        [
            "-closing: '各镇贯彻落实情况，请于年底前报区农业农村局。'",
            "+closing: '各镇贯彻落实情况，请于12月底前报区农业农村局。'",
        ],
    ),
    "the notice": (
        retyped("请认真贯彻执行", "请抓好落实"),
        [
            "-    现印发给你们，请认真贯彻执行。",
            "+    现印发给你们，请抓好落实。",
        ],
    ),
    "whom the notice is for": (
        retyped("各镇人民政府：", "各镇人民政府，区政府各部门："),
        [
            "-  to: 各镇人民政府：",
            "+  to: 各镇人民政府，区政府各部门：",
        ],
    ),
    "the notice's title": (
        retyped("关于印发", "关于下发"),
        [
            "-  title: 关于印发《2031年云溪区乡村建设工作要点》的通知",
            "+  title: 关于下发《2031年云溪区乡村建设工作要点》的通知",
        ],
    ),
    "the title": (
        retyped("乡村建设\n", "乡村振兴\n"),
        [
            "-  2031年云溪区乡村建设",
            "+  2031年云溪区乡村振兴",
        ],
    ),
    "the text of an attachment": (
        retyped("已经建成", "已建成"),
        [
            "-    text: 下列良种场已经建成。",
            "+    text: 下列良种场已建成。",
        ],
    ),
    "an item of an attachment": (
        retyped("西坪良种场", "西坪种羊场"),
        [
            "-    items: [东川良种场, 西坪良种场]",
            "+    items: [东川良种场, 西坪种羊场]",
        ],
    ),
    "the imprint": (
        retyped("农业农村局办公室", "农业农村局综合科"),
        [
            "-  office: 云州市云溪区农业农村局办公室",
            "+  office: 云州市云溪区农业农村局综合科",
        ],
    ),
    "words in single quotes": (
        retyped("'四好'指标", "'四好'“五强”指标：#重点"),
        [
            "-  - '全年重点完成''四好''指标。'   # 单引号",
            "+  - '全年重点完成''四好''“五强”指标：#重点。'   # 单引号",
        ],
    ),
    "words in double quotes over two lines": (
        retyped("乡村面貌明显", '乡村"面貌"明显'),
        [
            '-text: "到2031年底，全区乡村面貌\\',
            '+text: "到2031年底，全区乡村\\"面貌\\"\\',
        ],
    ),
    "words in braces": (
        retyped("120公里。", "150公里。"),
        [
            "-  - {title: 农村公路, text: 新建农村公路120公里。, targets: {公路: 120公里}}",
            "+  - {title: 农村公路, text: 新建农村公路150公里。, targets: {公路: 150公里}}",
        ],
    ),
    "words in a block with a bar": (
        retyped("自来水普及率达到98.5%", "自来水普及率达到99%"),
        [
            "-      自来水普及率达到98.5%。",
            "+      自来水普及率达到99%。",
        ],
    ),
    "words that need quotes in braces": (
        retyped("改造路面1200公里", "改造路面: 1200公里, [二期] #1"),
        [
            "-      - {id: 农村公路, title: 提升农村公路, text: 改造路面1200公里以上。, units: 区交通运输局}",
            '+      - {id: 农村公路, title: 提升农村公路, text: "改造路面:1200公里, [二期] #1以上。", units: 区交通运输局}',
        ],
    ),
    "lines that end in CRLF": (
        retyped("大拆大建", "大拆大建、不搞形象工程"),
        [
            "-    text: 不搞大拆大建。\r",
            "+    text: 不搞大拆大建、不搞形象工程。\r",
        ],
    ),
    "a folded block with CRLF": (
        retyped("广泛听取意见", "广泛听取各方意见"),
        [
            "-      广泛听取意见。\r",
            "+      广泛听取各方意见。\r",
        ],
    ),
    "a part in document.yaml": (
        retyped("定期调度", "每月调度"),
        [
            "-        text: 区委农办要发挥统筹作用，定期调度。",
            "+        text: 区委农办要发挥统筹作用，每月调度。",
        ],
    ),
    "a clause": (
        retyped("壮大菌菇；", "壮大菌菇、竹荪；"),
        [
            "-          - text: 壮大菌菇；",
            "+          - text: 壮大菌菇、竹荪；",
        ],
    ),
    "a date that is quoted": (
        retyped("2031年6月底前完成", "2031年8月底前完成"),
        [
            "-          2031年6月底前完成",
            "+          2031年8月底前完成",
            "-        due: 2031年6月底前",
            "+        due: 2031年8月底前",
        ],
    ),
    "a target that is quoted": (
        retyped("36个村", "42个村"),
        [
            "-          36个村的规划编制。",
            "+          42个村的规划编制。",
            "-        targets: {规划编制: 36个村}",
            "+        targets: {规划编制: 42个村}",
        ],
    ),
    "a cell": (
        cell(1, 2, "130"),
        [
            "-  - {类别: 设施, 指标: 农村公路（公里）, 全年: 120}   # 交通局报",
            "+  - {类别: 设施, 指标: 农村公路（公里）, 全年: 130}   # 交通局报",
        ],
    ),
    "a cell is emptied": (
        cell(1, 2, ""),
        [
            "-  - {类别: 设施, 指标: 农村公路（公里）, 全年: 120}   # 交通局报",
            '+  - {类别: 设施, 指标: 农村公路（公里）, 全年: ""}   # 交通局报',
        ],
    ),
    "an empty cell is filled": (
        cell(2, 2, "3000"),
        [
            "-  - {类别: 设施, 指标: 户厕（座）}",
            '+  - {类别: 设施, 指标: 户厕（座）, 全年: "3000"}',
        ],
    ),
    "a line of a table goes": (
        row_gone(2),
        [
            "-  - {类别: 设施, 指标: 户厕（座）}",
        ],
    ),
    "a line of a table comes": (
        row_new(2, "民生", "零工市场（个）", "2"),
        [
            "+  - 类别: 民生",
            "+    指标: 零工市场（个）",
            '+    全年: "2"',
        ],
    ),
    "a line with an empty cell comes": (
        row_new(4, "民生", "零工市场（个）", ""),
        [
            "+  - 类别: 民生",
            "+    指标: 零工市场（个）",
        ],
    ),
    "two paragraphs become one": (
        joined("开局之年"),
        [
            "-preamble: >",
            "-  2031年是乡村建设三年行动的",
            "-  开局之年。",
            "-",
            "-  现提出如下工作要点。   # 这不是注释",
            '+preamble: "2031年是乡村建设三年行动的开局之年。现提出如下工作要点。   # 这不是注释"',
        ],
    ),
    "one paragraph becomes two": (
        split("严守耕地"),
        [
            "-    text: 坚持先规划后建设，严守耕地红线。",
            "+    text: 坚持先规划后建设，",
            "+",
            "+      严守耕地红线。",
        ],
    ),
    "an item moves in its section": (
        moved(("编制村庄规划", "建立项目库")),
        [
            "+      - id: 项目库",
            "+        title: 建立项目库",
            "+        units: {牵头单位: 区发展改革委, 配合单位: 区财政局、区水务局}   # 角色",
            "-      - id: 项目库",
            "-        title: 建立项目库",
            "-        units: {牵头单位: 区发展改革委, 配合单位: 区财政局、区水务局}   # 角色",
        ],
    ),
    "an item moves to another section": (
        moved(("建立项目库", "治理黑臭")),
        [
            "-      - id: 项目库",
            "-        title: 建立项目库",
            "-        units: {牵头单位: 区发展改革委, 配合单位: 区财政局、区水务局}   # 角色",
            "+      - id: 项目库",
            "+        title: 建立项目库",
            "+        units: {牵头单位: 区发展改革委, 配合单位: 区财政局、区水务局}   # 角色",
        ],
    ),
    "an item moves to another file": (
        moved(("大拆大建", "促进就业")),
        [
            "-  - title: 坚持数量服从质量\r",
            "-    text: 不搞大拆大建。\r",
            "+  - title: 坚持数量服从质量",
            "+    text: 不搞大拆大建。",
        ],
    ),
    "a section moves with its items": (
        moved(("（三）富民增收", "建立项目库"), ("特色产业", "（三）富民增收"), ("促进就业", "特色产业")),
        [
            "-  - title: 基础设施",
            "-    items:",
            "-      - id: 供水提质",
            "-        title: 实施供水提质",
            "-        text: 改造管网80公里（责任单位：区水务局），新建水厂两座（区财政局、各镇负责）。",
            "-      - {id: 农村公路, title: 提升农村公路, text: 改造路面1200公里以上。, units: 区交通运输局}",
            "-      - id: 黑臭水体",
            "-        number: 10、",
            "-        title: 治理黑臭水体",
            "-        text: '二季度末完成排查。'",
            '-        units: "区水务局、各镇"',
            "+  - title: 基础设施",
            "+    items:",
            "+      - id: 供水提质",
            "+        title: 实施供水提质",
            "+        text: 改造管网80公里（责任单位：区水务局），新建水厂两座（区财政局、各镇负责）。",
            "+      - {id: 农村公路, title: 提升农村公路, text: 改造路面1200公里以上。, units: 区交通运输局}",
            "+      - id: 黑臭水体",
            "+        number: 10、",
            "+        title: 治理黑臭水体",
            "+        text: '二季度末完成排查。'",
            '+        units: "区水务局、各镇"',
        ],
    ),
    "a section comes with two items": (
        added("促进就业", "（四）强化督导", "1.加强督导。每季一次。（责任单位：区委农办）", "2.开展考核。每年一次。"),
        [
            "+  - title: 强化督导",
            "+    items:",
            "+      - title: 加强督导",
            "+        text: 每季一次。",
            "+        units: 区委农办",
            "+      - title: 开展考核",
            "+        text: 每年一次。",
        ],
    ),
    "an item comes": (
        added("治理黑臭", "4.改造电网。消除低电压。（责任单位：区发展改革委）"),
        [
            "+      - id: 改造电网",
            "+        title: 改造电网",
            "+        text: 消除低电压。",
            "+        units: 区发展改革委",
        ],
    ),
    "an item comes where none was": (
        added("宣传引导", "（一）抓好宣传。总结推广好经验。（责任单位：区委农办）"),
        [
            "+    items:",
            "+      - title: 抓好宣传",
            "+        text: 总结推广好经验。",
            "+        units: 区委农办",
        ],
    ),
    "a paragraph comes": (
        added("治理黑臭", "长期坚持管护。"),
        [
            "+      - 长期坚持管护。",
        ],
    ),
    "an item goes": (
        gone("治理黑臭"),
        [
            "-      - id: 黑臭水体",
            "-        number: 10、",
            "-        title: 治理黑臭水体",
            "-        text: '二季度末完成排查。'",
            '-        units: "区水务局、各镇"',
        ],
    ),
    "an item without title goes": (
        gone("四好"),
        [
            "-  - '全年重点完成''四好''指标。'   # 单引号",
        ],
    ),
    "a paragraph goes": (
        gone("户厕改造"),
        [
            "-",
            "-      户厕改造3000座。",
        ],
    ),
    "the text of a part goes": (
        gone("到2031年底"),
        [
            '-text: "到2031年底，全区乡村面貌\\',
            '-  明显改善。"',
        ],
    ),
    "the closing goes": (
        gone("各镇贯彻"),
        [
            "-closing: '各镇贯彻落实情况，请于年底前报区农业农村局。'",
        ],
    ),
    "the note goes": (
        gone("此件公开"),
        [
            "-  note: 此件公开发布",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_edit_comes_to_the_key_that_says_it_and_nothing_else_changes(desk: Desk, name: str) -> None:
    """Comments, quotes, brackets, blocks, BOM and line ends stay; a second merge changes nothing, and rejected nothing comes."""
    edit, expected = CASES[name]
    copy = desk.copy(edit)
    before = desk.contents()
    desk.merge(copy, "--dry-run")
    assert desk.contents() == before
    desk.merge(copy)
    assert desk.changes() == expected
    once = desk.contents()
    desk.merge(copy)
    assert desk.contents() == once
    assert document(desk.plan)


LEFT = {
    "a paragraph of the frame moves": moved(("各镇贯彻落实", "（一）规划引领")),
    "the title moves": moved(("2031年云溪区乡村建设\n", "（一）规划引领")),
    "the date moves": moved(("2031年3月9日", "（一）规划引领")),
    "a line of a table moves": row_moved(1, 3),
    "the name of a column": cell(0, 2, "全年目标"),
    "a section moves below the title of another": moved(("（三）富民增收", "（二）基础设施")),
    "an item is joined with the next section": joined("二季度末完成排查"),
    "a new part": added("广泛听取", "十、考核评价", "（一）逐级考核。每年一次。"),
    "a list of attachments": retyped("附件：良种场名单", "附件：良种场名录"),
}


@pytest.mark.parametrize("name", LEFT)
def test_an_edit_that_has_no_place_is_told_and_not_written(desk: Desk, name: str) -> None:
    copy = desk.copy(LEFT[name])
    before = desk.contents()
    told = desk.told(copy, code=1)
    assert {edit["fate"] for edit in told["copies"][0]["edits"]} == {"left"}
    assert not told["complete"]
    assert desk.contents() == before


def test_a_copy_in_which_nothing_was_touched_leaves_every_byte(desk: Desk) -> None:
    before = desk.contents()
    assert "没有改动" in desk.merge(desk.copy(lambda _: None))
    assert desk.contents() == before


def test_a_unit_that_nobody_registered_comes_home_and_is_complained_of(desk: Desk) -> None:
    said = desk.merge(desk.copy(retyped("区人社局", "区乡村振兴中心")), code=1)
    assert "[unknown-unit]" in said
    assert desk.changes() == ["-        units: 区人社局", "+        units: 区乡村振兴中心"]


BETWEEN = pytest.mark.parametrize("how", ["committed", "uncommitted"])
RETYPED = retyped("定期调度", "每月调度")
HOME = ["-        text: 区委农办要发挥统筹作用，定期调度。", "+        text: 区委农办要发挥统筹作用，每月调度。"]


def meanwhile(desk: Desk, how: str, name: str, old: str, new: str) -> None:
    """The plan changes after the copy went out."""
    desk.write(name, old, new)
    if how == "committed":
        desk.commit()


@BETWEEN
def test_what_was_changed_in_the_plan_meanwhile_stays(desk: Desk, how: str) -> None:
    meanwhile(desk, how, "document.yaml", "于年底前报", "于明年初报")
    desk.merge(desk.copy(RETYPED))
    text = (desk.plan / "document.yaml").read_text(encoding="utf-8")
    assert "于明年初报" in text
    assert "每月调度" in text


@BETWEEN
def test_what_both_sides_changed_is_a_clash_that_shows_all_texts(desk: Desk, how: str) -> None:
    meanwhile(desk, how, "document.yaml", "定期调度", "按季调度")
    before = desk.contents()
    said = desk.merge(desk.copy(RETYPED), code=1)
    assert all(words in said for words in ("定期调度", "每月调度", "按季调度", "冲突 1 处"))
    assert desk.contents() == before


@BETWEEN
def test_what_both_sides_changed_alike_is_there_already(desk: Desk, how: str) -> None:
    meanwhile(desk, how, "document.yaml", "定期调度", "每月调度")
    before = desk.contents()
    assert "工作要点里已有 1 处" in desk.merge(desk.copy(RETYPED))
    assert desk.contents() == before


@BETWEEN
def test_deleted_in_the_copy_and_changed_in_the_plan_is_a_clash(desk: Desk, how: str) -> None:
    meanwhile(desk, how, "tasks.yaml", "二季度末", "四季度末")
    before = desk.contents()
    assert "冲突 1 处" in desk.merge(desk.copy(gone("治理黑臭")), code=1)
    assert desk.contents() == before


@BETWEEN
def test_changed_in_the_copy_and_deleted_in_the_plan_is_a_clash(desk: Desk, how: str) -> None:
    meanwhile(desk, how, "demands.yaml", "  - title: 坚持数量服从质量\r\n    text: 不搞大拆大建。\r\n", "")
    before = desk.contents()
    assert "冲突 1 处" in desk.merge(desk.copy(retyped("大拆大建", "大包大揽")), code=1)
    assert desk.contents() == before


def test_the_base_may_be_in_the_history_alone(desk: Desk) -> None:
    copy = desk.copy(RETYPED)
    meanwhile(desk, "committed", "document.yaml", "开局之年", "攻坚之年")
    meanwhile(desk, "committed", "tasks.yaml", "突出茶叶", "突出绿茶")
    assert "原稿取自 git" in desk.merge(copy)
    assert desk.changes() == HOME


def test_without_git_a_plan_that_stayed_takes_edits_home(desk: Desk) -> None:
    shutil.rmtree(desk.folder / ".git")
    desk.merge(desk.copy(RETYPED))
    assert "每月调度" in (desk.plan / "document.yaml").read_text(encoding="utf-8")


def shallow(desk: Desk) -> None:
    """Only the last revision is left, as in a shallow clone."""
    other = desk.folder.parent / "shallow"
    git(desk.folder.parent, "clone", "--quiet", "--depth=1", desk.folder.as_uri(), str(other))
    shutil.rmtree(desk.folder / ".git")
    shutil.move(other / ".git", desk.folder / ".git")


@pytest.mark.parametrize("lose", [lambda desk: shutil.rmtree(desk.folder / ".git"), shallow], ids=["no git", "shallow"])
def test_without_the_base_bookmarks_tell_who_changed_what(desk: Desk, lose: Callable[[Desk], None]) -> None:
    """What the plan changed meanwhile is no edit of the copy, a changed line comes home, and the rest is told as unsure."""

    def edit(copy: Copy) -> None:
        RETYPED(copy)
        copy.delete("户厕改造")

    both = desk.copy(edit)
    meanwhile(desk, "committed", "document.yaml", "开局之年", "攻坚之年")
    lose(desk)
    told = desk.told(both, code=1)["copies"][0]
    assert told["base"] == "not"
    assert [(one["fate"], one["after"]) for one in told["edits"] if one["fate"] == "taken"] == [
        ("taken", "加强组织领导。区委农办要发挥统筹作用，每月调度。（责任主体：区委农办）")
    ]
    assert "攻坚之年" in (desk.plan / "document.yaml").read_text(encoding="utf-8")
    assert "户厕改造" in (desk.plan / "goals.yaml").read_text(encoding="utf-8")


def test_a_copy_without_its_property_needs_the_plan(desk: Desk) -> None:
    copy = desk.copy(RETYPED)
    parts = {name: content for name, content in hidden.parts(copy.read_bytes()).items() if "custom" not in name}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        parts[name] = re.sub(rb"<[^<>]*custom[^<>]*/>", b"", parts[name])
    copy.write_bytes(packed(parts))
    assert "--into" in desk.merge(copy, code=2)
    assert "按书签认出" in desk.merge(copy, "--into", "plan/2031")
    assert desk.changes() == HOME


def test_copies_that_agree_are_written_once(desk: Desk) -> None:
    desk.merge(desk.copy(RETYPED, "甲.docx"), desk.copy(RETYPED, "乙.docx"))
    assert desk.changes() == HOME


def test_a_new_item_that_two_copies_have_comes_once(desk: Desk) -> None:
    edit = added("治理黑臭", "4.改造电网。消除低电压。")
    desk.merge(desk.copy(edit, "甲.docx"), desk.copy(edit, "乙.docx"))
    assert (desk.plan / "tasks.yaml").read_text(encoding="utf-8").count("消除低电压") == 1


def test_copies_that_change_one_item_at_places_of_their_own_go_together(desk: Desk) -> None:
    other = desk.copy(retyped("统筹作用", "牵头作用"), "乙.docx")
    desk.merge(desk.copy(RETYPED, "甲.docx"), other)
    assert desk.changes() == [HOME[0], "+        text: 区委农办要发挥牵头作用，每月调度。"]


def test_copies_that_want_the_same_words_otherwise_clash_and_the_rest_comes_home(desk: Desk) -> None:
    first = desk.copy(retyped("定期调度", "每月调度", "壮大菌菇", "壮大竹荪"), "甲.docx")
    said = desk.merge(first, desk.copy(retyped("定期调度", "每周调度"), "乙.docx"), code=1)
    assert "乙.docx" in said
    assert "每周调度" in said
    assert desk.changes() == ["-          - text: 壮大菌菇；", "+          - text: 壮大竹荪；"]


def test_tracked_changes_come_home_or_stay_out(desk: Desk) -> None:
    copy = desk.copy(RETYPED, tracked=True)
    before = desk.contents()
    assert "没有改动" in desk.merge(copy, "--revisions", "reject")
    assert desk.contents() == before
    assert "张三" in desk.merge(copy)
    assert desk.changes() == HOME


def test_comments_are_listed_and_kept_once_where_asked(desk: Desk) -> None:
    copy = desk.copy(lambda copy: copy.comment("统筹作用", "改成“牵头”\n可否？"))
    before = desk.contents()
    assert "改成“牵头” 可否？" in " ".join(desk.merge(copy).split())
    assert desk.contents() == before
    for _ in range(2):
        desk.merge(copy, "--comments", "keep")
        (line,) = desk.changes()
        assert line.startswith("+      # 批注（张三")
        assert "可否？" in line


def test_a_trial_shows_the_changes_and_writes_nothing(desk: Desk) -> None:
    before = desk.contents()
    said = desk.merge(desk.copy(RETYPED), "--dry-run")
    assert all(line in said for line in HOME)
    assert desk.contents() == before


def test_json_and_markdown_tell_the_same(desk: Desk) -> None:
    copy = desk.copy(RETYPED)
    told = desk.told(copy, "--dry-run")
    assert set(told) == {"version", "plan", "written", "complete", "files", "copies"}
    assert (told["plan"], told["written"], told["complete"]) == ("2031", False, True)
    (edit,) = told["copies"][0]["edits"]
    assert (edit["fate"], edit["kind"], edit["line"]) == ("taken", "changed", 32)
    said = desk.merge(copy, "--format", "md")
    assert said.startswith("## ")
    assert "<del>定期</del><ins>每月</ins>" in said


def test_files_change_all_or_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file cannot be replaced: the other stays as it was too."""
    copy = desk.copy(retyped("定期调度", "每月调度", "壮大菌菇", "壮大竹荪"))
    before = desk.contents()
    put, names = os.replace, []

    def failing(source: str, target: str, **more: int | None) -> None:
        names.append(str(target))
        if len(names) == 2:
            raise PermissionError(13, "Permission denied", str(target))
        put(source, target, **more)

    monkeypatch.setattr(os, "replace", failing)
    desk.merge(copy, code=2)
    monkeypatch.undo()
    assert len(names) >= 2
    assert desk.contents() == before


def test_a_plan_with_errors_is_told_of_and_left_alone(desk: Desk) -> None:
    copy = desk.copy(RETYPED)
    desk.write("tasks.yaml", "title: 重点任务", "titel: 重点任务")
    before = desk.contents()
    assert "titel" in desk.merge(copy, code=1)
    assert desk.contents() == before


def test_a_part_with_more_than_a_hundred_items_takes_edits_home(tmp_path: Path, run: Run) -> None:
    """Numbers beyond those that a person types are known all the same: they were counted."""
    items = "".join(f"  - {{title: 第{place}项, text: 完成第{place}个村。}}\n" for place in range(1, 121))
    desk = Desk.new(tmp_path / "project", run)
    (desk.plan / "demands.yaml").write_text(f"kind: prose\ntitle: 有关要求\nitems:\n{items}", encoding="utf-8")
    desk.commit()
    copy = desk.copy(added("完成第103个村", "（一）新增一项。抓紧完成。"), sent=document(desk.plan))
    desk.merge(copy, "--into", desk.plan)
    assert desk.changes() == ["+  - title: 新增一项", "+    text: 抓紧完成。"]


def test_a_copy_never_chooses_where_something_is_written(desk: Desk, tmp_path: Path) -> None:
    """The plan that a file names is one of the folder ``plan`` here, or none."""
    elsewhere = tmp_path / "elsewhere/plan/2031"
    shutil.copytree(desk.folder / "plan/2031", elsewhere)
    shutil.copy(desk.folder / "plan/units.yaml", elsewhere.parent)
    before = {path: path.read_bytes() for path in sorted(elsewhere.parent.rglob("*.yaml"))}
    copy = desk.copy(RETYPED)
    with zipfile.ZipFile(copy) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b">2031;", f">{elsewhere};".encode())
    copy.write_bytes(packed(parts))
    desk.merge(copy, code=2)
    assert {path: path.read_bytes() for path in before} == before


def test_words_count_for_more_than_a_bookmark_on_other_words(desk: Desk) -> None:
    """Two paragraphs with each other's bookmarks, as careless pasting leaves them, are still themselves."""

    def swapped(copy: Copy) -> None:
        marks = [mark for mark in copy.root.iter(f"{W}bookmarkStart") if mark.get(f"{W}name", "").startswith("_wp")]
        own = [mark for mark in marks if (above := mark.getparent()) is not None and len(text_of(above)) > 20][:2]
        first, second = (mark.get(f"{W}name", "") for mark in own)
        own[0].set(f"{W}name", second)
        own[1].set(f"{W}name", first)

    desk.merge(desk.copy(swapped))
    assert not desk.changes()


def test_a_comment_on_words_that_went_is_still_listed(desk: Desk) -> None:
    """Somebody asked something and somebody else took the paragraph out: the question is told without a place."""

    def edit(copy: Copy) -> None:
        copy.comment("定期调度", "由谁调度？", author="王科长")
        copy.delete("定期调度")

    told = desk.told(desk.copy(edit, tracked=True))
    assert [(one["text"], one["author"]) for one in told["copies"][0]["comments"]] == [("由谁调度？", "王科长")]


def test_a_cell_that_now_says_what_another_one_said_is_still_itself(desk: Desk) -> None:
    """Figures move from line to line without the lines: short words are no sign of whose they are."""

    def edit(copy: Copy) -> None:
        cell(1, 2, "500")(copy)
        cell(4, 2, "600")(copy)

    desk.merge(desk.copy(edit))
    changes = desk.changes()
    assert [line for line in changes if line.startswith("+")] == [
        "+  - {类别: 设施, 指标: 农村公路（公里）, 全年: 500}   # 交通局报",
        "+  - {类别: 产业, 指标: 生态茶园（亩）, 全年: 600}",
    ], changes
