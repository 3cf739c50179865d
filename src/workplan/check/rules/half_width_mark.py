"""A half-width comma, semicolon, colon, question mark, exclamation mark or stop beside Chinese.

Chinese text has full-width marks. Those inside numbers, times, addresses and foreign words are right as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import BLANK, CHINESE, HAN, texts
from workplan.chinese.patterns import Pattern
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "half-width-mark"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 15834-2011 5.1"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: '办好培训班,抓好落实。', units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: '办好培训班，经费1,000元。', units: 区教育局}
"""

_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
#: Most texts hold none at all.
_ANY = re.compile("[,;:?!.]")
#: A mark after Chinese or before it, with its blanks; a stop only where a sentence ends (增长2%.其中, 落实.”): not in 1.地位, a.cn.
_MARK = Pattern(
    rf"(?m)(?<=[{CHINESE}])(?P<after>[,;:?!])(?P=after)*{BLANK}*|(?P<before>[,;:?!])(?P=before)*{BLANK}*(?=[{HAN}“《（])"
    rf"|(?<=[{CHINESE}])(?P<stop>\.){BLANK}*(?=[{HAN}])|(?<=[{CHINESE}\d%％℃])(?P<end>\.){BLANK}*(?=[”’」』）》]*$|[”’」』])"
    rf"|(?<=[%％℃])(?P<rate>\.){BLANK}*(?=[{HAN}“《])"
)
#: What a paragraph holds that is written in Chinese.
_CHINESE = Pattern(f"[{HAN}]")
#: What a stop belongs to where it stands alone before it in a line: a number, of which another rule speaks.
_NUMBER = Pattern("（?[一二三四五六七八九十]+）?")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each such mark."""
    for text in texts(plan):
        for match in _MARK.finditer(text.text) if _ANY.search(text.text) else ():
            mark = match[0][0]
            start, end = match.span()
            begin = text.text.rfind("\n", 0, start) + 1
            stop = match["stop"] or match["end"]
            if stop and (_NUMBER.fullmatch(text.text, begin, start) or not _CHINESE.search(text.text, begin, start)):
                continue
            sure = match["stop"] is None
            fix = text.fix((start, end, _WIDE[mark])) if sure else None
            arguments = {"mark": mark, "wide": _WIDE[mark]}
            yield Diagnostic(ID, text.part(start, start + 1), arguments, SEVERITY, fix=fix)
