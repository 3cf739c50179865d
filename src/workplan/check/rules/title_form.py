"""A title that is not made of organ, matter and kind of document: 2022年东西部协作工作, 关于印发2022年工作要点的通知.

A title ends in the kind (工作要点, 方案, 通知, …), 关于 wants 的 before it, and a document that is issued under its own title
begins it with the organ; one that sends out 《…》 or stands below a masthead may do without. A working title of a few characters is let alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "title-form"
SEVERITY = Severity.WARNING
SOURCE = "《党政机关公文处理工作条例》第九条（七）"
BAD = """\
# document.yaml
title: 2022年东西部协作工作
parts: [tasks]
number: ''
date: ''
"""
GOOD = """\
# document.yaml
title: 2022年东西部协作工作要点
parts: [tasks]
number: ''
date: ''
"""

#: The kinds of official documents, then those that plans and their kin bear in practice.
_KINDS = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
    "|要点|方案|计划|规划|纲要|办法|细则|规定|规则|规程|规范|条例|章程|制度|措施|举措|政策|预案|总结|安排|部署|分工|清单|台账|任务|目标"
    "|指引|指南|导则|标准|目录|名单|汇编|讲话|发言|致辞|倡议书?|责任书|承诺书|建议|汇报|简报|公约|协议|情况|要求|分解|项目|表"
)
#: What may stand behind the kind: （征求意见稿）, （2021—2025年）.
_TAIL = re.compile(r"(?:[（(][^（()）]*[）)])+$")
_KIND = re.compile(f"(?:{_KINDS})$")
_SENDS = re.compile("关于(?:印发|转发|批转|发布)《")
_SHORTEST = 6


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for the title of the plan, and one for that of its cover notice."""
    notice = plan.document.notice
    for title in (plan.document.title, *((notice.title,) if notice and notice.title else ())):
        issued = notice is None or title is notice.title
        found = _fault(_bare(title.line), issued=issued and not plan.has_masthead)
        if found:
            variant, words = found
            place = title.find(words) if words else title.span
            yield Diagnostic(ID, place, {"title": title.line}, SEVERITY, variant=variant)


def _fault(title: str, *, issued: bool) -> tuple[str, str] | None:
    """What is to be said of a title, and the word in it at which; None of a good one."""
    if len(title) < _SHORTEST:
        return None
    if not _KIND.search(title):
        return "", ""
    if "关于" in title and "的" not in title.rpartition("关于")[2] and not title.endswith("》"):
        return "of", "关于"
    if issued and title.startswith("关于") and not _SENDS.match(title):
        return "organ", "关于"
    return None


def _bare(title: str) -> str:
    """The title without what stands behind the kind, and without the marks that set the whole of it apart."""
    title = _TAIL.sub("", title)
    whole = title.startswith("《") and title.endswith("》") and title.count("《") == 1
    return _TAIL.sub("", title[1:-1]) if whole else title
