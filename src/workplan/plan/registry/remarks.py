"""What a phrase says besides names, verbs and deadlines: sentences on how it is to be read, and remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.plan.registry.phrase import LaidDown

if TYPE_CHECKING:
    from workplan.plan.registry.phrase import LaidDownKind, Role

_NOTE = "(?:注[：:]?)?"
_LEADING = "(?:总?牵头|主办|主责|第一责任|主要责任)(?:责任)?(?:单位|部门|者|人)?"
_IS = "(?:的|者)*(?:责任)?(?:单位|部门|一家)?(?:的|者)?(?:即?为|是|系|均?为)"
_FIRST = (
    "(?:责任)?(?:单位|部门)?(?:中)?[，,]?(?:(?:排名|排序|排列|名列|位列|排|列|居)(?:名)?(?:在|于)?"
    "(?:第[一1](?:位|名|个|家)?|首位|首|最?前面?(?:的?第[一1][位个家])?|前(?P<some>[两二三四2-4])[位个家名])|第[一1](?:个|家|位)|首(?:个|家|位)"
    "|前(?P<count>[两二三四2-4])[位个家名])"
)
_COMMA = '(?:责任)?(?:单位|部门)?(?:中)?[，,]?[“"]?(?:，|逗号|分号)[”"]?(?:之前|以前|前面|前)(?:排列)?'
_MARKS = "*＊★☆▲△●◆#※"
_MARKED = f"(?:名称)?(?:后|前)?(?:[加带标注有打]+)?[“\"‘']?[{_MARKS}]+[”\"’']?(?:号|标记|标识|符号)?"
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "2": 2, "3": 3, "4": 4}
_OTHERS = "(?:其余|其他|其它|余下|(?:逗号)?后)(?:面|的|各)*(?:单位|部门|几家)?(?:均|都|分别)?(?:为|是)(?P<rest>[^，。；,;)）]{2,8})"
_REST = f"(?:[，,、；;]{_OTHERS})?"
#: Words by which the others help.
_HELPING = Pattern(".*(?:配合|协助|参与|参加|协同|协办|支持)")
_ONWARD = "(?:[，,、；;（(]?(?P<onward>下同|以下同|余同|后同|以下类同|下列同|以下各项同)[）)]?)?"
_UNLISTED = "(?:[，,](?:以下|以后)?(?:均|都)?不再(?:一一|逐一|逐项|逐条|另行|分别|重复|单独)?(?:列出|列明|单列|列举|标注|注明|列入|[做作]?分工|分解)(?:[，,]下同)?)"
_ALL = "(?:各项|各条|所有|全部|每项|具体|以上|上述|以下)*(?:任务|事项|措施|工作|内容|条款)"
_WORK = "(?:各项|各条|所有|全部)?(?:任务|事项|措施|工作|内容|条款)?"
_NEED = "(?:均|都|各)?(?:需|须|应|要|由|请)(?:要)?(?:由)?"
_DONE = "(?:按照?[^，。；]{0,8})?(?:抓好|做好|负责|认真|共同|配合|组织)*(?:落实|实施|负责|执行|配合|推进)(?:到位)?"
_FOLLOWS = f"(?:{_UNLISTED}|(?=[，。；,;）)\\s]|$))"
_PATTERNS: tuple[tuple[LaidDownKind, Pattern], ...] = (
    ("first", Pattern(f"{_NOTE}{_FIRST}{_IS}{_LEADING}{_REST}{_ONWARD}")),
    ("comma", Pattern(f"{_NOTE}{_COMMA}{_IS}{_LEADING}{_REST}{_ONWARD}")),
    ("marked", Pattern(f"{_NOTE}{_MARKED}{_IS}{_LEADING}{_REST}{_ONWARD}")),
    ("rest", Pattern(f"{_NOTE}{_OTHERS}{_ONWARD}(?=[，。；,;）)\\s]|$)")),
    (
        "everyone",
        Pattern(f"(?:以下|下列|下述|上述|本文件|其余){_WORK}{_NEED}(?P<words>[^，。；,;]{{1,40}}?){_DONE}{_FOLLOWS}"),
    ),
    ("everyone", Pattern(f"{_ALL}(?:均|都)?(?:涉及|{_NEED})(?P<words>[^，。；,;]{{1,40}}?)(?:{_DONE})?{_UNLISTED}")),
    (
        "everyone",
        Pattern(
            f"(?:{_ALL})?(?P<words>[各省市县区乡镇][^，。；,;]{{1,40}}?)(?:均|都)?(?:为|是)(?:{_ALL})?的?(?:共同)?"
            f"(?:责任|落实|实施|配合)(?:单位|主体|部门){_UNLISTED}"
        ),
    ),
    ("everyone", Pattern(f"(?P<words>各[^，。；,;]{{1,40}}?){_NEED}{_DONE}{_UNLISTED}")),
)
_LONGEST = 80
#: What such a sentence has somewhere, so that others are passed over at once.
_TELLING = (
    "牵头",
    "主办",
    "主责",
    "责任",
    "落实",
    "实施",
    "不再",
    "配合",
    "协助",
    "参与",
    "参加",
    "协同",
    "协办",
    "支持",
)
_BEGINS = frozenset("排列名位居第首责单部逗分加带标注有打后前以下上其本各首最具所全每任“\"‘'" + _MARKS)
#: Behind names of places only sentences that end so are looked for.
_PLACES, _UNLISTING = frozenset("省市县区乡镇"), "不再"

#: Some of the names lead, and which ones cannot be told: 加粗的为牵头单位.
_OF_ROLES = Pattern(
    "(?:前|后|两)者[^，。；、]{1,8}|[^，。；、]{1,12}(?:的|者)(?:单位|部门)?(?:为|是)(?:总?牵头|主办|责任|配合)(?:责任)?(?:单位|部门)"
)
#: Who has no part in it.
_EXCEPT = Pattern("除(?:了)?[^，。；]{1,40}?(?:之外|以外|外)")
#: How words begin and end that are a remark where a unit might stand.
_REMARK = Pattern(
    r"(?:长期|持续|常年|全年|每[年月季]|按[年月季]|逐年|适时|即时|立行立改|下同|以下|不再|完成|确保|其中|具体|详见|见|除|需|须|要|应|并|不|若|如|报|"
    r"分[一二两三四五六]个?(?:阶段|步|批|期)|力争|争取|坚持|另|含|请|按|根据|结合|年底|\d|推进|落实|实施|负责|配合|牵头|统筹|纳入|已|正在|待|视)"
    r"|[^，。；]*(?:完成|坚持|列出|推进|进行|结束|除外|为止|取得|到位|见效|任务|工作|事项|开展|长期)$"
)


def laid_down(text: str, start: int, end: int) -> LaidDown | None:
    """The sentence that stands at a place and says how the phrase is to be read."""
    ahead = text[start : start + _LONGEST]
    if ahead[0] in _PLACES:
        possible = _UNLISTING in ahead
    else:
        possible = ahead[0] in _BEGINS and any(word in ahead for word in _TELLING)
    if not possible:
        return None
    for kind, pattern in _PATTERNS:
        found = pattern.match(text, start, end)
        if found:
            words = found["words"] if kind == "everyone" else ""
            onward = kind == "everyone" or bool(found["onward"])
            count = _COUNTS.get(found["some"] or found["count"], 1) if kind == "first" else 1
            start, end = found.span()
            rest = None if kind == "everyone" else _rest(found["rest"])
            return LaidDown(kind=kind, start=start, end=end, onward=onward, words=words, count=count, rest=rest)
    return None


def _rest(words: str | None) -> Role | None:
    """The role that words give to those who do not lead."""
    return None if words is None else "support" if _HELPING.match(words) else "responsible"


def excepted(text: str, start: int, end: int) -> int:
    """Where words end at a place that say who has no part in it: 除县财政局外; the place itself for none."""
    found = _EXCEPT.match(text, start, end) if text[start] == "除" else None
    return found.end() if found else start


def of_roles(text: str, start: int, end: int) -> int:
    """Where words end that say who leads or answers in a way that cannot be followed; the place itself for none."""
    found = _OF_ROLES.match(text, start, end)
    return found.end() if found else start


def is_remark(words: str) -> bool:
    """Whether words that stand where a unit might stand are none."""
    return _REMARK.match(words) is not None
