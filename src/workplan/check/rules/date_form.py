"""A date in running text that is not written out: 22年6月, 2022.6.29, 2022-06-29, 6月29号, 06月09日, 二零二二年, 2022-2023年.

Years have four figures, months and days no leading zero; 〇 is the nought of a year in Chinese figures, and — joins years,
months or days to a range.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.texts import TextKind, texts
from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "date-form"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 15835-2011；GB/T 9704-2012 7.3.5.4"
BAD = """\
kind: tasks
items:
  - {title: 加强培训, text: 2022.6.29前办好培训班。, units: 区教育局}
"""
GOOD = """\
kind: tasks
items:
  - {title: 加强培训, text: 2022年6月29日前办好培训班。, units: 区教育局}
"""

_M, _D = "0?[1-9]|1[0-2]", "0?[1-9]|[12]\\d|3[01]"
_DATE = re.compile(
    rf"(?P<signs>(?<![\d./\-A-Za-z])(?P<y>(?:19|20)\d\d)(?P<sign>[./．－-])(?P<m>{_M})(?P=sign)(?P<d>{_D})(?![\d./\-A-Za-z]))"
    rf"|(?P<year>(?<![\d.])[0-4]\d(?=年(?:(?:{_M})月|[底初](?![心衷步始期级中蕴气子线色层部稿牌盘]))))"
    r"|(?<=年)(?P<month>0)(?=[1-9]月)|(?<=月)(?P<day>0)(?=[1-9][日号])"
    rf"|(?<=[1-9]月)(?:{_D})(?P<spoken>号)(?![楼线院馆门文令])|(?<=1[0-2]月)\d{{1,2}}(?P<late>号)(?![楼线院馆门文令])"
    r"|(?P<nought>(?<![一二三四五六七八九〇零○])[一二][一二三四五六七八九〇零○]{3}(?=年)(?<![〇一二三四五六七八九]{4}))"
    r"|(?<![\d—~～-])(?:(?:19|20)\d\d年?|(?<!\d)\d{1,2}[月日]?)(?P<dash>-{1,2}|[–－‐‑]|——)(?:(?P<to>(?:19|20)\d\d(?:年|(?=学年)))|\d{1,2}(?P<unit>[月日]))"
)
#: What every date has.
_ANY = re.compile(r"\d[年月./．－-]|[零○]")
#: What the two sides of a range are: years, or months and days.
_SIDE = {"年": re.compile("(?:19|20)\\d\\d年?"), "月": re.compile(r"\d{1,2}月?"), "日": re.compile(r"\d{1,2}日?")}
_NOUGHT = str.maketrans("零○", "〇〇")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each date, or at the part of it that is at fault."""
    for text in texts(plan):
        if text.kind is TextKind.NUMBER or not _ANY.search(text.text):
            continue
        for match in _DATE.finditer(text.text):
            if (match["sign"] == "-" and text.kind is TextKind.CELL) or not _is_range(match):
                continue
            variant, group, right = _fault(match)
            start, end = match.span(group)
            fix = None if variant == "year" else text.fix((start, end, right))
            arguments = {"written": match[0], "right": right}
            yield Diagnostic(ID, text.part(start, end), arguments, SEVERITY, variant=variant, fix=fix)


def _is_range(match: re.Match[str]) -> bool:
    """Whether what a dash joins is of one kind: 2026-2027年, 3-5月, not 2026-5月."""
    if not match["dash"]:
        return True
    unit = "年" if match["to"] else match["unit"]
    return _SIDE[unit].fullmatch(match.string, match.start(), match.start("dash")) is not None


def _fault(match: re.Match[str]) -> tuple[str, str, str]:
    """The variant, the group that is at fault, and what is put for it."""
    if match["signs"]:
        return "", "signs", f"{match['y']}年{int(match['m'])}月{int(match['d'])}日"
    if match["year"]:
        return "year", "year", f"20{match['year']}"
    if match["nought"]:
        return "nought", "nought", match["nought"].translate(_NOUGHT)
    if match["dash"]:
        return "range", "dash", "—"
    if match["month"] or match["day"]:
        return "zero", "month" if match["month"] else "day", ""
    return "day", "spoken" if match["spoken"] else "late", "日"
