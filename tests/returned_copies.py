"""Ten copies of the plan of 2022 as ten units might return them, and the short ways to make such edits."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from workplan import view
from workplan.compiler import compile_plan
from workplan.merge.edit import Edit, Hunk, Kind
from workplan.merge.opinions.copy import Copy, PlacedComment
from workplan.source import Directory

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan
    from workplan.plan.registry.book import Book

PLAN = Path(__file__).parent.parent / "plan" / "2022"


@cache
def _plan() -> Plan:
    plan = compile_plan(Directory(PLAN)).plan
    assert plan is not None
    return plan


def book() -> Book:
    return _plan().book


@cache
def texts() -> dict[str, str]:
    """The printed text of each item and key of the plan, in the order of the document."""
    found: dict[str, str] = {}
    for element in view.official(_plan()).elements:
        if element.owner:
            found[element.owner] = found.get(element.owner, "") + element.text
    return found


def changed(holder: str, *words: tuple[str, str], author: str = "") -> Edit:
    """An edit that puts new words for old ones, which the text has once."""
    text = texts()[holder]
    authors = (author,) if author else ()
    hunks = []
    for old, new in words:
        assert text.count(old) == 1, old
        start = text.index(old)
        shared = len(new) if old.startswith(new) else len(old) if new.startswith(old) else 0
        hunks.append(Hunk(start + shared, start + len(old), new[shared:], authors))
    hunks.sort(key=lambda hunk: hunk.start)
    after = text
    for hunk in reversed(hunks):
        after = after[: hunk.start] + hunk.words + after[hunk.end :]
    return Edit(Kind.CHANGED, holder, "", text, after, place=place(holder), hunks=tuple(hunks), authors=authors)


def added(behind: str, text: str, author: str = "") -> Edit:
    return Edit(Kind.ADDED, "", behind, "", text, place=place(behind), authors=(author,) if author else ())


def removed(holder: str, author: str = "") -> Edit:
    return Edit(Kind.REMOVED, holder, "", texts()[holder], "", place=place(holder), authors=(author,) if author else ())


def moved(holder: str, behind: str, author: str = "") -> Edit:
    text = texts()[holder]
    return Edit(Kind.MOVED, holder, behind, text, text, place=place(holder), authors=(author,) if author else ())


def comment(holder: str, words: str, said: str, author: str = "") -> PlacedComment:
    start = texts()[holder].index(words) if holder else 0
    return PlacedComment(
        holder=holder, place=place(holder) if holder else "", words=words, said=said, author=author, start=start
    )


def place(holder: str) -> str:
    return f"“{texts()[holder][:8]}”"


TALENT, FUNDS, SOCIAL = "tasks/加大专业人才技术支援", "tasks/加大财政资金支持力度", "tasks/拓展社会帮扶资金渠道"
SKILLS, TRAINING, LEADING = "tasks/组织劳动就业技能培训", "tasks/组织开展干部人才培训", "tasks/加强组织领导"
VISITS, PLANS, CADRES = "tasks/推动调研互访", "tasks/制定计划措施", "tasks/选派援外干部挂职交流"


def ten() -> list[Copy]:
    """Two agree, two and two clash, two change one sentence in different places; one adds, removes, moves, comments, says nothing."""
    return [
        Copy("反馈/区教育局.docx", (changed(TALENT, ("按照乡村振兴需要", "按照乡村全面振兴需要"), author="王一"),)),
        Copy(
            "反馈/区卫生健康委/工作要点（修改）.docx",
            (changed(TALENT, ("按照乡村振兴需要", "按照乡村全面振兴需要"), author="李二"), removed(VISITS, "李二")),
        ),
        Copy(
            "反馈/2022工作要点-区财政局意见.docx",
            (changed(FUNDS, ("做好市区两级", "切实做好市区两级"), author="赵三"),),
        ),
        Copy("反馈/区司法局.docx", (changed(FUNDS, ("做好市区两级", "认真做好市、区两级"), author="钱四"),)),
        Copy("反馈/区商务委.docx", (added(SOCIAL, "9．发展直播带货。支持对口地区企业开展直播。", "孙五"),)),
        Copy("反馈/区委组织部.docx", (moved(CADRES, TRAINING, "周六"),)),
        Copy(
            "反馈/某某公司.docx",
            (changed(LEADING, ("加强党对东西部协作", "坚持党对东西部协作"), author="吴七"),),
            (comment(LEADING, "四个不摘", "请注明出处。\n并附文件。", "吴七"),),
        ),
        Copy("反馈/区委办公室.docx", (), (comment("", "", "总体赞成。", "郑八"),)),
        Copy(
            "反馈/区国资委.docx",
            (changed(FUNDS, ("区财政预算项目资金安排", "区级财政预算项目资金安排"), author="冯九"),),
        ),
        Copy("反馈/区总工会.docx", ()),
    ]
