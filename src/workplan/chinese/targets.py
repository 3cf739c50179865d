"""Targets in running text: how many of what are to be built, trained, opened; rates, limits and the past are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_HAN = "一-鿿"
_TITLE = Pattern("《[^》]*》")
_CLAUSE = Pattern("[^，。；：:！？\n]+")
_VERB = Pattern(
    "新开工改造|竣工投用|新改扩建|新建改建|新开工|新认定|再新增|新增|新建|新设|新创|改建|扩建|续建|建设|建成|建立|修建|打造|培育|创建|创成|引进|引育|招引|引入"
    "|培训|培养|选派|选树|评选|评定|举办|开展|组织|完成|改造|投用|竣工|开工|开通|安置|帮扶|扶持|发放|整治|治理|种植|造林|认定|组建"
    "|设立|推出|遴选|招募|招聘|扩招|建立|修复|落实|消除|解决|争取|吸引|孵化|签约|提供|开发|推广|实现|发行|增加|形成|布局|落地|集聚|盘活|筹集|供应|梳理|营运|运营|资助|更新|慰问|配备|购置|救助|化解|检查|抽查|走访|轮训|修订|出台|发布|征集"
    "|承办|转移|输送|帮助|带动|惠及|减少|腾退|拆除|收储|绿化|清理|维修|加固|安装|铺设|疏浚"
)
#: An indicator and what it comes to: 交易额突破1.8万亿元.
_INDICATOR = Pattern(
    f"(?P<what>[{_HAN}]{{0,10}}(?:额|产值|总值|总量|规模|收入|投资|人次|面积|里程))(?:达到?|突破|超过|实现|增至|提高到|力争达到)$"
)
_FIGURE = Pattern(
    "(?P<words>(?:不少于|不低于|至少|约)?(?<![0-9０-９,])[0-9０-９][0-9０-９,]{0,15}(?:[.．][0-9０-９]{1,4})?(?:[—–－~～-][0-9]{1,8})?(?:多|余)?[万亿千]{0,2}"
    "(?:场次|人次|平方米|平方公里|立方米|公里|亩|个|家|所|名|人|户|套|间|场|期|项|件|座|条|元|吨|台|辆|株|节|处|支|篇|批|对|部|只|头|例|艘|千瓦|片|门|款|次)"
    "(?:以上|左右)?)"
)
#: Units of time, of rates and of what is no thing: 3个月, 0.2个百分点, 8个方面.
_NO_THING = Pattern("月|门|百分点|小时|工作日|学时|课时|方面|民族|季度|部门|阶段|层次|环节|年|以内|以下|/|每")
_MONEY = Pattern("[0-9.．,千](?:多|余)?元")
#: Words of a clause that tells what was, or what is granted and allowed.
_PAST = Pattern("了|已|去年|上年|现有|目前|同比|原有|截至|近年|日均|上述|过去|先后|拥有|其中")
_LIMIT = Pattern(
    "每[人户家个年月万千季度镇区县村班周天次]|每(?:成功|新增|引进|举办|培育|建)|不超过|不高于|最高|不得|限额|标准(?:为|不|由|从|提|按|[0-9])|补贴|补助|奖励|给予|奖补|比例|人均|按规定|按照?|折|罚|比去年|高[0-9]|低于去年"
    "|的[，,]?$|[0-9]以下|以内|起征点|贷款|免征|返还|可以?申请|赤字|不足|未满|超过[0-9]+人的|逐年|配有|为企业|减轻|减负"
)
_LIST = Pattern("[、和及与]")
_ADVERBS = Pattern(
    "^(?:今年|今明两年|大规模|并|且|一批|重点|累计|全年|各类?|共|的|新(?![增建设创])|了|正式|力争|确保|不断)+|(?:共|各|总计|合计|力争|累计|不断|至少|等)+$"
)
_NO_NOUN = Pattern("^(?:到|用于|给|在|并|赴|为|以|向|全部|用|进行|开展|参加|参与|任务|目标)")
_LONGEST, _SHORT = 16, 2
#: Number of characters on either side of a figure in which its verb and its noun are looked for.
_NEAR = 60
#: The figure that follows is part of another word or number: 第3期, O2O.
_PART = Pattern("[第0-9.．—－~～《A-Za-z＋+年]-?$")
_BEHIND_DAY = Pattern("[前底末]|年内|[0-9]")
_EMPTY = ("实现", "完成")
_LIST_END = Pattern("[、和及与]$")
_NOUN = Pattern(f"[{_HAN}“”A-Za-z]+")
#: A list goes on with another figure.
_BEFORE_NEXT = Pattern("[、和及与](?=[^、]*[0-9])")
_NAME = Pattern(f"[{_HAN}A-Za-z“”（）]+")


@dataclass(frozen=True, slots=True)
class FoundTarget:
    """A target in a text: where the words of its quantity stand, and what is counted."""

    start: int
    end: int
    name: str


def find(text: str) -> Iterator[FoundTarget]:
    """The targets that a text sets, in order."""
    for clause in _CLAUSE.finditer(_TITLE.sub(lambda title: "《" + "》" * (len(title[0]) - 1), text)):
        if not _PAST.search(clause[0]) and not _LIMIT.search(clause[0]):
            yield from _in_clause(clause[0], clause.start())


def _in_clause(clause: str, offset: int) -> Iterator[FoundTarget]:
    """The figures behind a verb, and those of the same list."""
    done, listed = 0, False
    for found in _FIGURE.finditer(clause):
        before = clause[max(done, found.start() - _NEAR) : found.start()]
        after = clause[found.end() : found.end() + _NEAR]
        if after.startswith("的"):  # it only describes what is counted: 年销售额1000万元以上的网商800家
            continue
        name = ""
        if not (
            _PART.search(clause[max(0, found.start() - 2) : found.start()])
            or _NO_THING.match(after)
            or _MONEY.search(found["words"])
        ):
            name = _name(before, after, listed=listed)
        done, listed = found.end(), bool(name)
        if name:
            yield FoundTarget(offset + found.start(), offset + found.end(), name)


def _name(before: str, after: str, *, listed: bool) -> str:
    """What is counted: 学校 in 新建学校5所, 示范企业 in 培育150家示范企业; "" where no verb sets the figure, nor one before it.

    Where neither side names anything the work itself is counted: 高职院校扩招.
    """
    if _LIST_END.search(before):
        return _thing("", after) if listed else ""
    verbs = list(_VERB.finditer(before))
    if verbs:
        verb = verbs[-1]
        thing = _thing(before[verb.end() :], after)
        if len(thing) <= 1:
            return _work(before, verb)
        return verb[0] + thing if len(thing) == _SHORT and verb[0] not in _EMPTY else thing
    indicator = _INDICATOR.search(before)
    if indicator:
        return _fit(indicator["what"])
    mark = list(_LIST.finditer(before)) if listed else []
    return _thing(before[mark[0].end() :], after) if mark else ""


def _work(before: str, verb: re.Match[str]) -> str:
    """The work itself, with what it is done to where that stands before the verb."""
    end = verb.start() if verb[0] in _EMPTY else verb.end()
    words = _ADVERBS.sub("", _BEHIND_DAY.split(before[:end])[-1])
    return _fit(words) or _fit(_LIST.split(words)[-1])


def _thing(own: str, after: str) -> str:
    """The noun before the figure, or the one behind it where there is none or a verb."""
    own = _ADVERBS.sub("", own.rpartition("的")[2])
    own = _fit(own) or _fit(_LIST.split(own)[-1])
    if len(own) > 1 and not _VERB.search(own):
        return own
    found = _NOUN.match(_BEFORE_NEXT.split(after)[0])
    if found is None or _NO_NOUN.match(after):
        return own
    whole, first = found[0], _LIST.split(found[0])[0]
    described, _, noun = whole.rpartition("的")
    several = _LIST.search(described)  # 支付企业和具备牌照的金融机构: the first of several kinds
    return ("" if several else _fit(noun)) or _fit(first.rpartition("的")[2]) or own


def _fit(words: str) -> str:
    """Words that may be the name of a target, else ""."""
    words = words.strip("“”") if words.count("“") != words.count("”") else words
    return words if 0 < len(words) <= _LONGEST and _NAME.fullmatch(words) else ""
