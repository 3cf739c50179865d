"""A word written for another that sounds alike, where only the other can be meant: 行政权利, 合法权力, 截止6月底, 布署.

权力 is power, 权利 is a right; which is meant is judged by the words beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import TextKind, texts
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "confused-word"
SEVERITY = Severity.WARNING
SOURCE = "《现代汉语词典》；《第一批异形词整理表》"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 公布权利清单。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 公布权力清单，维护合法权利。, units: 区教育局}
"""

#: The wrong word with what stands beside it, and the right word.
_WORDS = {
    "权力": r"(?:(?<=行政)|(?<=公共)|(?<=国家)|(?<=公))权利(?!人|义务|和义务)(?=[运清机下制行监事的，。、])|权利(?=清单|运行|机关|下放|制约|寻租)",
    "权利": r"(?:(?<=合法)|(?<=公民)|(?<=民事)|(?<=消费者)|(?<=劳动者)|(?<=当事人))权力|权力(?=义务|和义务|人(?:的|应|有|可|申|提))",
    "截至": r"截止(?=(?:到)?(?:19|20)?\d{1,4}年|(?:到)?\d{1,2}月|目前)",
    "部署": "布署",
    "账户": "帐户",
    "台账": "台帐",
    "即使": "既使",
    "坐落": "座落",
    "安装": "按装",
    "通讯": "通迅",
    "防范": "防犯",
    "亟待": "急待",
}
_FIND = re.compile("|".join(f"(?P<w{place}>{pattern})" for place, pattern in enumerate(_WORDS.values())))
_RIGHT = tuple(_WORDS)
#: The words that are looked at: most texts have none of them, which is sooner seen than by the patterns.
_WRONG = ("权利", "权力", "截止", *(words for words in _WORDS.values() if words.isalpha()))


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each such word."""
    for text in texts(plan):
        if text.kind is TextKind.UNITS or not any(words in text.text for words in _WRONG):
            continue
        for match in _FIND.finditer(text.text):
            right = _RIGHT[int((match.lastgroup or "w0")[1:])]
            arguments = {"words": match[0], "right": right}
            fix = text.fix((*match.span(), right))
            yield Diagnostic(ID, text.part(*match.span()), arguments, SEVERITY, fix=fix)
