"""The verbs by which phrases give roles, as a table that a document can add to, and how they are written in a row.

``按照职责分工分别负责`` is one verb: a manner (按照职责分工), adverbs (分别) and what is done (负责). ``牵头组织实施`` is one as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan.plan.registry.phrase import Role


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb makes of those it speaks of: ``alone``, and ``led`` where somebody leads already."""

    alone: Role
    led: Role


_LEAD = Verb("lead", "lead")
_FIRST = Verb("lead", "responsible")
_ANSWER = Verb("responsible", "support")
_DO = Verb("responsible", "responsible")
_HELP = Verb("support", "support")

#: In ``A牵头，B负责`` B takes part in what A answers for; in ``A牵头，B落实`` it has a duty of its own.
_TABLE = {
    _LEAD: "牵头 带头 主责 主办 主抓 主管 领衔 抓总 总负责 负总责 统筹 统筹协调 总协调",
    _FIRST: "承办",
    _ANSWER: "负责 指导 承担 监督 监管 督办 督导 督促 督查 督战 考核 把关 保障 协调 协同推进 协同落实 协同实施 协同负责",
    _DO: (
        "落实 抓落实 落地 实施 推进 推动 组织 执行 办理 开展 贯彻 制定 制订 编制 起草 具体抓 跟进 包抓 包保 包联 拟订 拟定 提出 论证 审核 审定 "
        "审查 审批 复核 核查 核实 汇总 统计 上报 印发 出台 修订 发布 公布 提供 完成 抓 直接抓 研究 受理 调度 监测 排查 整改 验收 评估"
    ),
    _HELP: "配合 协办 协同 协助 支持 参与 参加 协作 配套 支撑 联办 会办 协管 协抓",
}
BUILT_IN: dict[str, Verb] = {word: verb for verb, words in _TABLE.items() for word in words.split()}
_ADVERB_WORDS = (
    "分别 各自 共同 联合 合力 具体 抓好 做好 抓紧 组织 加快 持续 统筹 协调 积极 密切 主要 全面 全力 认真 切实 大力 深入 稳步 继续 扎实 "
    "依法 依规 直接 业务 总 要 应 须 均 都 共 同步 统一 全权 有序 主动 全程 严格 及时 一起 一并 协同 给予 予以 属地 分级 分类 分头 分项 行业 技术 暂时 暂 "
    "定期 搞好 加强"
)
_ADVERBS = frozenset(_ADVERB_WORDS.split())
#: Adverbs that govern other words where no verb follows: 做好资金保障.
_GOVERNING = ("做好", "抓好", "搞好")

_DUTY = "职责|职能|职权|实际|分工|权限|任务|要求|规定|责任|原则"
#: How somebody does it: 按职责分工, 结合各自实际, 在职责范围内.
_MANNER = Pattern(
    rf"(?:(?:按照?|根据|依据|依照?|结合|立足|对照)(?:[^、，,；;。：:（）()“”\"\s]{{0,8}}?|[“\"][^“”\"\n]{{1,30}}[”\"]的?)(?:{_DUTY})"
    rf"(?:[和与]?(?:{_DUTY}|范围|划分|清单|领域|内))*"
    r"|在?(?:各自|本单位|本)?职责范围内|各司其职|各负其责|分工(?:合作|协作)?|齐抓共管)"
)
#: A duty that somebody bears: 负主体责任, 承担牵头责任, 履行配合职责.
_BEARING = Pattern(
    "(?:负(?!责)有?|承担|担负|履行|扛起|扛牢)(?P<what>[^、，,；;。：:（）()\\s]{0,8}?)(?:责任|职责|义务)(?![人单部])"
)
_BEARING_BEGINS = frozenset("负承担履扛")
#: Words of one verb, with its adverbs.
_MOST = 12
_MANNER_BEGINS = frozenset("按根依结立对在各本职分齐")
#: What is no verb: a word for people or things is made of it (负责人, 牵头单位), or it belongs to a longer description (负责的).
_NOT_BEFORE = Pattern("的|者|同志|单位|部门|人(?![民才口员力工文社])")


class Verbs:
    """All verbs that hold in a document."""

    def __init__(self, own: Mapping[str, Role]) -> None:
        self.own = {word.strip(): role for word, role in own.items() if word.strip()}
        self.table = {**BUILT_IN, **{word: Verb(role, role) for word, role in self.own.items()}}
        self._words = Words({*self.table, *_ADVERBS})

    def match(self, text: str, start: int, end: int) -> tuple[int, Verb] | None:
        """The end of the verb that stands at a place, and what it says; None where none does."""
        words: list[str] = []
        place, stop, manner = start, start, 0
        while place < end and len(words) < _MOST:
            borne = self._borne(text, place, end)
            word, after = borne or (self._words.at(text, place, end), 0)
            if word:
                place = after or place + len(word)
                words.append(word)
                stop = place if word in self.table else stop
                continue
            found = None if manner or stop > start else _manner(text, place, end)
            if found is None:
                break
            place = manner = found
        said = [word for word in words if word not in _ADVERBS]
        if stop > start and not _NOT_BEFORE.match(text, stop, end):
            last = words[-1] if words[-1] in self.table else ""
            return stop, self._read([*said, *([last] if last in _ADVERBS else [])] or words)
        if stop == start and words and words[-1] in _GOVERNING:
            return place, _ANSWER
        if manner and not _NOT_BEFORE.match(text, manner, end):
            return manner, _ANSWER
        return None

    def _borne(self, text: str, start: int, end: int) -> tuple[str, int] | None:
        """The verb that a duty borne at a place stands for, and where its words end: 牵头 for 承担牵头责任."""
        found = _BEARING.match(text, start, end) if text[start] in _BEARING_BEGINS else None
        if found is None:
            return None
        inner = self.match(text, *found.span("what")) if found["what"] else None
        role = inner[1].alone if inner else "responsible"
        return {"lead": "牵头", "support": "配合", "responsible": "负责"}[role], found.end()

    def _read(self, words: list[str]) -> Verb:
        """What the words of a verb say: who leads, leads; who helps, helps; 负责落实 says as much as 落实."""
        verbs = [self.table[word] for word in words if word in self.table]
        for role in ("lead", "support"):
            found = next((verb for verb in verbs if verb.alone == role), None)
            if found:
                return found
        return next((verb for verb in verbs if verb == _DO), verbs[0])


def _manner(text: str, start: int, end: int) -> int | None:
    found = _MANNER.match(text, start, end) if text[start] in _MANNER_BEGINS else None
    return found.end() if found else None


@lru_cache(maxsize=8)
def verbs_with(own: tuple[tuple[str, Role], ...] = ()) -> Verbs:
    """The verbs of a document that adds ``own`` to the built-in ones, or gives those another role."""
    return Verbs(dict(own))
