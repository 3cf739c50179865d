"""Views made by hand for the tests of the renderers: made up, hostile, and without a compiler behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from views import (
    Annex,
    GivenNotice,
    assignment_of,
    cell,
    due_of,
    imprint_of,
    masthead_of,
    official,
    paragraph,
    possible_of,
    replace,
    target_of,
    unit_of,
)
from workplan.view.assignments import Role, Sheet, SheetRow, TaskRow
from workplan.view.sequence import Table

if TYPE_CHECKING:
    from workplan.view.blocks import Official

HOSTILE = """前言 A&B <x> {{ y }} "q" 'z' %} {# 镕祎㎡ “引号”‘单’…… —— ·• 一⼀ office fluffy AV"""

TABLE = Table(
    header=(
        (cell("序号", rowspan=2), cell("任务", rowspan=2, column=1), cell("责任分工", colspan=2, column=2)),
        (cell("牵头单位", column=2), cell("配合单位", column=3)),
    ),
    rows=(
        (cell("1", rowspan=2), cell("加强组织领导", column=1), cell("甲局\n乙局", column=2), cell("各街镇", column=3)),
        (cell("推动调研互访", column=1), cell("=HYPERLINK(1)", column=2), cell("", column=3)),
    ),
    widths=(0.1, 0.5, 0.2, 0.2),
)


def plain(*texts: str) -> Official:
    """One issuer, a title, the paragraphs, a signature: the shape of most plans."""
    issuer = "某市某区人民政府办公室"
    return official(
        plan="plan/2099",
        status="",
        issuers=(issuer,),
        masthead=masthead_of((issuer,), "文件"),
        number="某府办〔2099〕12号",
        notice=None,
        title=("2099年某区", "重点工作要点"),
        subtitle="",
        speaker="",
        to="",
        blocks=tuple(paragraph(text) for text in texts),
        attachments=(),
        signature=((issuer,),),
        date="2099年1月2日",
        note="",
        imprint=None,
    )


def everything() -> Official:
    """Every part that a document may have, with text that tries to break out of markup and templates."""
    issuers = ("某市某区人民政府办公室", "某市某区财政局", "中共某市某区委组织部")
    blocks = (
        paragraph(HOSTILE),
        paragraph("", "一、工作目标", 1, "目标"),
        paragraph("", "（一）产业合作", 2, "产业"),
        paragraph("顺应产业发展规律。" * 8, "1．加强领导。", 3, "领导"),
        paragraph("第四层的内容。" * 5, "（1）细化措施。", 4),
        paragraph("很长" * 1500 + "。"),
        TABLE,
        paragraph("结束语。"),
    )
    return replace(
        plain(),
        status="征求意见稿",
        issuers=issuers,
        masthead=masthead_of(issuers, "文件"),
        notice=GivenNotice(
            title=("关于印发《2099年重点工作要点》", "的通知"),
            to="各街道办事处，区政府各委、办、局：",
            blocks=(paragraph("现印发给你们，请认真贯彻执行。"),),
            signature=tuple((issuer,) for issuer in issuers),
            date="2099年1月2日",
            note="（此件公开发布）",
        ),
        subtitle="（送审稿）",
        speaker="区长　张　三",
        to="各部门：",
        blocks=blocks,
        attachments=(
            Annex("附件1", "任务分解表", ("任务分解表",), (TABLE,)),
            Annex("附件2", "名单", ("名单",), (paragraph("名单如下。"),)),
        ),
        signature=(("某市某区推进", "重点工作办公室"),),
        date="2099年12月29日",
        note="（联系人：李四）",
        imprint=imprint_of("抄送：区委各部门，区人大常委会办公室。", "某市某区人民政府办公室", "2099年12月30日印发"),
    )


def sheet(unit: str = "甲局") -> Sheet:
    """A sheet with each role, a group, deadlines, targets, an open list, duties, open groups and blanks."""
    named = (
        unit_of("甲局", "甲局", "lead"),
        unit_of("乙局", "乙局", "support"),
        unit_of("各街镇", "各街镇", "responsible"),
    )
    assignment = assignment_of("", "甲局牵头，乙局等配合，各街镇负责", open=False, units=named, source="text")
    row = TaskRow(
        id="a",
        number="1",
        mark="1．",
        path=("二、", "（一）", "1．"),
        part="重点任务",
        kind="tasks",
        section="组织领导",
        title="加强组织领导",
        text=f"{HOSTILE}\n第二段。",
        assignments=(assignment,),
        due=(due_of("2099年6月底前", "2099-06-30"),),
        targets=(target_of("示范家庭农场", "10000家", 10000, "家"),),
    )
    others: tuple[tuple[Role, tuple[str, ...]], ...] = (("responsible", ("各街镇",)), ("support", ("乙局",)))
    safeguard = replace(row, id="b", mark="（一）", kind="safeguards", part="保障措施", section="", title="用好政策")
    duty = replace(row, id="c", mark="", kind="duties", part="职责", section="", title="", text="负责日常工作。")
    return Sheet(
        unit=unit,
        full="某市某区甲局",
        kind="unit",
        within="某区人民政府",
        members=("子一", "子二"),
        stem=unit,
        plan="plan/2099",
        title="2099年某区重点工作要点",
        issuer="某市某区人民政府办公室",
        number="某府办〔2099〕12号",
        date="2099年1月2日",
        status="征求意见稿",
        tasks=(SheetRow(row=row, roles=("lead",), via=(), others=others),),
        safeguards=(SheetRow(row=safeguard, roles=("responsible",), via=("各街镇",), others=(("lead", ("丙局",)),)),),
        duties=(SheetRow(row=duty, roles=("responsible",), via=(), others=()),),
        possible=(possible_of("领导小组成员单位", ("二、（三）8．", "三、（一）")),),
        blanks=("联系人", "进展情况", "签收"),
    )
