"""A blank in Chinese text: beside a mark, between a figure and Chinese, inside a figure, at the ends, or several in a row.

One blank may part the names of two organs (中共中央 国务院), a post and its holder, or the halves of a title in 《》; and
blanks stand after 第一条 and 第一章. Signatures are not looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import BLANK, HAN, Text, TextKind, texts
from workplan.chinese.patterns import Pattern
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Span
    from workplan.plan.compiled import Plan

ID = "stray-blank"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 15834-2011 5.1"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 办好培训班， 抓好落实。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 按照《中共中央 国务院关于推进培训的意见》办班。, units: 区教育局}
"""

#: Marks of Chinese; a blank after a half-width one goes with that mark.
_MARKS = "、。〈〉《》「」【】〔〕！（），：；？“”‘’…"
_BLANKS = Pattern(
    rf"(?m)(?P<mark>(?<=[{_MARKS}]){BLANK}+|{BLANK}+(?=[{_MARKS}]))"
    rf"|(?P<figure>(?<=[{HAN}]){BLANK}+(?=\d)|(?<=[\d%]){BLANK}+(?=[{HAN}]))"
    rf"|(?P<within>(?<=\d){BLANK}+(?=[%％‰℃])|(?<=\d\.){BLANK}+(?=\d))"
    rf"|(?P<end>^[ \t]+|(?<!^)(?<![,;:?!.]){BLANK}+$)"
    rf"|(?<=[{HAN}]){BLANK}{{2,}}(?=[{HAN}])"
    rf"|(?P<one>(?<=[{HAN}]){BLANK}(?=[{HAN}]))",
)
#: Most texts have none at all.
_ANY = re.compile(BLANK)
#: What one blank may follow: an organ or a post; a character alone is a name spread to three (李 强).
_ORGAN = Pattern(
    rf"(?:中央|国务院|军委|委员会|委|政府|办公厅|办公室|党组|部|厅|局|院|会|总理|主席|书记|主任|[省市区县州部厅局]长)$|(?:^|[^{HAN}])[{HAN}]$"
)
#: What begins a paragraph and stands apart from its text: 第一条　为规范….
_ARTICLE = Pattern(r"^第[〇零一二三四五六七八九十百\d]+[编章节条款]$")
#: Two characters alone, set apart by blanks: 附　则, 年　月　日.
_SPREAD = Pattern(rf"(?:^|[^{HAN}])[{HAN}]$")
_SPREAD_END = Pattern(rf"[{HAN}](?![{HAN}])")
#: A figure up to the sign after the blank.
_FIGURE = Pattern(rf"(?:\d|[{HAN}]\d+\.|\d\.\d+)[\d%％‰℃]$")
#: One blank parts the halves of a title, too: 提高站位 强化担当.
_WORDS = Pattern(f"[{HAN}]{{3}}")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each blank, or blanks in a row."""
    for text in texts(plan):
        if text.kind is TextKind.FRAME or not _ANY.search(text.text):
            continue
        for match in _BLANKS.finditer(text.text):
            span = text.part(*match.span())
            if _may_stand(text, match) or _begins_line(text, span) or _is_number(text, match):
                continue
            sure = match["mark"] or match["figure"] or match["within"] or match["end"]
            fix = text.fix((*match.span(), "")) if sure else None
            around = text.text[max(match.start() - 4, 0) : match.end() + 4].strip().replace("\n", "")
            yield Diagnostic(ID, span, {"words": around}, SEVERITY, fix=fix)


def _may_stand(text: Text, match: re.Match[str]) -> bool:
    """Whether it is one blank between two names, the halves of a title or the words of a cell, or stands after 第一条."""
    before = text.text[max(match.start() - 8, 0) : match.start()]
    after = text.text[match.end() : match.end() + 3]
    slogan = text.kind is TextKind.TITLE and _WORDS.fullmatch(before[-3:]) and _WORDS.fullmatch(after)
    if _SPREAD.search(text.text[: match.start()][-2:]) and _SPREAD_END.match(text.text, match.end()):
        return True
    if match["one"] is None:
        return bool(_ARTICLE.search(text.text[text.text.rfind("\n", 0, match.start()) + 1 : match.start()]))
    within = text.text.rfind("《", 0, match.start()) > text.text.rfind("》", 0, match.start())
    return bool(text.kind is TextKind.CELL or slogan or within or _ORGAN.search(before) or _ARTICLE.search(before))


def _is_number(text: Text, match: re.Match[str]) -> bool:
    """Whether the blank stands behind a number rather than inside a figure: 1. 5G网络, but 宽1. 5米."""
    return match["within"] is not None and not _FIGURE.search(text.text[: match.start()] + text.text[match.end() :][:1])


def _begins_line(text: Text, span: Span) -> bool:
    """Whether wide blanks stand where a line of the file begins: lost indentation, of which the reader of YAML speaks."""
    file = text.scalar.file.text
    start = file.rfind("\n", 0, span.start) + 1
    return not file[start : span.start].strip() and not file[span.start : span.end].isascii()
