"""Deadlines in running text: by when something is to be done, told from terms of policies and from what is past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.chinese.deadlines.context import within
from workplan.chinese.deadlines.grammar import read
from workplan.chinese.deadlines.periods import HOLIDAYS
from workplan.chinese.deadlines.written import level
from workplan.chinese.patterns import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from workplan.chinese.deadlines.value import Deadline, Known

_NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九]?十[一二]?|[一二三四五六七八九])"
_YEAR = "(?:(?:20[0-9]{2}|二[〇零][〇零一二三四五六七八九]{2})年度?|[今明本次]年)"
_PART = (
    f"(?:{_NUMBER}月份?(?:[底末初]|[上中下]旬|{_NUMBER}[日号])?|第?[一二三四1-4]季度[底末]?|[上下]半年[底末]?"
    f'|年?[底末]|[“"]?(?:{"|".join(HOLIDAYS)})[”"]?(?:国际)?节?)'
)
_BEFORE = "(?:之前|以前|前)"
_FORMS = (
    f"每(?:年|半年|季度|月)(?:{_PART}|{_NUMBER}[日号]|末月{_NUMBER}[日号]){_BEFORE}",
    f"[到至]?{_YEAR}?{_PART}{_BEFORE}|(?<![0-9年本次上下个每各逐])(?:当月?)?月[底末]{_BEFORE}",
    f"[到至]?{_YEAR}?(?:{_NUMBER}月份?[底末]|[一二三四1-4]季度[底末]|年[底末])",
    f"[到至]{_YEAR}[底末]?",
    '[到至]?[“"]?十[一二三四五六七八九]五[”"]?(?:规划)?(?:期?末|期间)',
    "(?:[0-9]{1,2}|[一二两三四五六七八九十半]|一年半)(?:年|个月)(?:之内|以内|内)",
    f"{_YEAR}?(?:第?[一二三四1-4]季度|[上下]半年|{_NUMBER}月份?(?:[上中下]旬)?)",
)
_FORM = Pattern("|".join(f"(?P<f{place}>{form})" for place, form in enumerate(_FORMS)))
_SPAN, _BARE = "f5", "f6"
#: Those that do not end in 前 or 内.
_PERIODS = {"f2", "f3", _BARE}
#: Other words with the same signs: 今年以来, a month of birth, the end of a policy, the beginning of a period.
_NO_END = Pattern(
    "(?:延长|延续|顺延|放宽|推迟|缓缴?|执行|施行|有效期|期限|截|截至|截止|[自从]|早于|晚于|超过|以来|始于|[比较]|同比|原定|去年|上年"
    "|[0-9.—–－~～-]|每|近|上一?|前一|若|达到|提高|增长|降低)[为到至]?$"
)
_NO_GOAL = Pattern(
    "的|(?:投产|建成|取得|登记|毕业|申报|注册|成立|出生)的|[0-9]+[月日号.]|[一二三四五六七八九十]+月|到期|以来|以后|以上|出生|毕业|登记|注册|[起后至到—–－~～-]|已|为止|期间|份?数据|末?余额|同期|经济"
)
#: N年内 stands at the beginning of its clause, where it does not count from 毕业 or 登记.
_BEGINS = Pattern("(?:^|[，。；：、！\n）”]|力争|争取|确保|用|在|于|要|须|计划|预计)$")
_TERM = Pattern("[^，。；\n]*(?:给予|禁止|免征|减免|享受|不得|未|可以?按|补贴|累计|发生|有效)")
#: A bare period is a deadline where its clause says what is done then.
_ACTS = Pattern(
    "[^，。；\n]{0,12}?(?:完成|印发|出台|启动|开工|竣工|投用|建成|上线|运行|举办|召开|形成|制定|发布|公布|报送)"
)
#: A day that other words set, near the one told: 9月开学前, 5月汛期来临前, 12月底冬修结束后.
_ANOTHER = Pattern(
    "[^，。；：、\n]{0,8}?(?:[^目之以]前(?![沿期景列提端瞻置往后一二两三四五六七八九十0-9])|[之以]前|后(?![续勤备期]))"
)
_AROUND, _AHEAD = 8, 40
#: The longest title of a document, in characters.
_TITLE = 100


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """A deadline in a text: where its words stand, and what they say there."""

    start: int
    end: int
    deadline: Deadline


def find(text: str, known: Known) -> Iterator[FoundDeadline]:
    """The deadlines that a text sets, in order; none that lies before the year of the plan."""
    even = level(text)
    for found in _FORM.finditer(even):
        if not _is_set(even, found):
            continue
        start, end = found.span()
        deadline = read(text[start:end], within(text, start, known))
        past = deadline.last is not None and deadline.last.year < known.year
        if not past and (deadline.last or deadline.every):
            yield FoundDeadline(start, end, deadline)


def _is_set(text: str, found: re.Match[str]) -> bool:
    before, after = text[max(0, found.start() - _AROUND) : found.start()], text[found.end() : found.end() + _AHEAD]
    if _NO_END.search(before) or _NO_GOAL.match(after) or _in_title(text, found.start()):
        return False
    if found.lastgroup in _PERIODS and _ANOTHER.match(after):
        return False
    if found.lastgroup == _SPAN:
        return bool(_BEGINS.search(before)) and not _TERM.match(after)
    return found.lastgroup != _BARE or (bool(_BEGINS.search(before)) and bool(_ACTS.match(after)))


def _in_title(text: str, place: int) -> bool:
    """Whether a place lies within 《》: the title of a document sets no deadline."""
    first = max(0, place - _TITLE)
    return text.rfind("《", first, place) > text.rfind("》", first, place)
