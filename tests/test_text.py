"""The plain text: one paragraph a line, every part in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_views import HOSTILE, everything, plain
from views import Annex, replace
from workplan.render import text
from workplan.resources.templates import Templates

if TYPE_CHECKING:
    from workplan.view.blocks import Official


def lines(official: Official) -> list[str]:
    return [line for line in text.official(official, Templates()).decode().split("\n") if line.strip()]


def test_title_and_signatory_stand_on_one_line_each() -> None:
    assert lines(plain("正文。")) == [
        "某市某区人民政府办公室文件",
        "某府办〔2099〕12号",
        "2099年某区重点工作要点",
        "正文。",
        "某市某区人民政府办公室",
        "2099年1月2日",
    ]


def test_every_part_follows_in_reading_order() -> None:
    assert lines(everything()) == [
        *("征求意见稿", "某市某区人民政府办公室", "某市某区财政局", "中共某市某区委组织部文件", "某府办〔2099〕12号"),
        *(
            "关于印发《2099年重点工作要点》的通知",
            "各街道办事处，区政府各委、办、局：",
            "现印发给你们，请认真贯彻执行。",
        ),
        *("某市某区人民政府办公室", "某市某区财政局", "中共某市某区委组织部", "2099年1月2日", "（此件公开发布）"),
        *(
            "2099年某区重点工作要点",
            "（送审稿）",
            "区长　张　三",
            "各部门：",
            HOSTILE,
            "一、工作目标",
            "（一）产业合作",
        ),
        "1．加强领导。" + "顺应产业发展规律。" * 8,
        "（1）细化措施。" + "第四层的内容。" * 5,
        "很长" * 1500 + "。",
        *("序号\t任务\t责任分工", "牵头单位\t配合单位", "1\t加强组织领导\t甲局乙局\t各街镇"),
        *("推动调研互访\t=HYPERLINK(1)\t", "结束语。", "附件：1.任务分解表", "2.名单"),
        *("某市某区推进重点工作办公室", "2099年12月29日", "（联系人：李四）"),
        *("附件1", "任务分解表", "序号\t任务\t责任分工", "牵头单位\t配合单位"),
        *("1\t加强组织领导\t甲局乙局\t各街镇", "推动调研互访\t=HYPERLINK(1)\t", "附件2", "名单", "名单如下。"),
        *("抄送：区委各部门，区人大常委会办公室。", "某市某区人民政府办公室", "2099年12月30日印发"),
    ]


def test_a_single_attachment_has_no_number() -> None:
    one = replace(plain("正文。"), attachments=(Annex("附件", "名单", ("名单",), ()),))
    assert lines(one)[4:] == ["附件：名单", "某市某区人民政府办公室", "2099年1月2日", "附件", "名单"]


def test_without_masthead_number_and_signature_only_the_text_is_left() -> None:
    bare = replace(plain("正文。"), masthead=None, number="", signature=(), date="")
    assert lines(bare) == ["2099年某区重点工作要点", "正文。"]


def test_ends_in_one_line_end_and_has_no_double_blank_lines() -> None:
    content = text.official(everything(), Templates()).decode()
    assert content.endswith("印发\n")
    assert "\n\n\n" not in content
