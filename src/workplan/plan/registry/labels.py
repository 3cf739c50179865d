"""Labels of phrases: which name units and in what role, which a deadline, which something else (责任领导：某某)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from workplan.chinese.patterns import Pattern, Words

if TYPE_CHECKING:
    from workplan.plan.registry.phrase import Role
    from workplan.plan.registry.verbs import Verbs

Kind = Literal["units", "due", "person", "other"]

#: Words of labels that are no verbs, or say something else there than as verbs.
_STEMS: dict[Role, str] = {
    "responsible": "责任 负责 主体 成员 分工 具体 任务分工 职责分工 责任分工 工作分工",
    "lead": "第一责任 首要责任 主要责任 主要负责",
    "support": "会同单位 会同部门",
}
_SCOPES = Words(
    "省级 市级 区级 县级 旗级 州级 镇级 省直 市直 区直 县直 国家 本级 我省 我市 我区 我县 省 市 区 县 各区 各县 各市 各镇 各级 第一 第二 首要 "
    "主要 具体 其他 其它 共同 有关 相关 直接 总"
)
_HEADS = Words(
    "单位和部门 单位 部门 主体 机构 处室 科室 股室 组织 地区 地方 企业 街镇 镇街 乡镇 街道 专班 党组织 小组 分工"
)
_JOINTS = Words("和 及 以及 与 、 / 或")
_WHO_BEGINS = Words("责任 分管 牵头 主管 包保 联系 主要 配合 具体 直接 第一 市 区 县")
_WHO = (
    "领导 负责人 责任人 牵头人 配合人 联系人 联络人 联络员 经办人 承办人 包保人 责任人员 负责同志 书记 主任 局长 区长 市长 县长 镇长 专员 "
    "联系方式 电话"
)
_WHO_WORDS = Words(_WHO)
_WHO_ENDS = tuple(_WHO.split())
_WHEN_BEGINS = Words("完成 办理 办结 整改 实施 推进 落实 工作 任务 计划 预计 目标 责任 年度 启动 报送 建设 达成")
_WHEN = Words("时限 时间 期限 时间节点 节点 日期 进度 完成期 计划完成 预计完成")
_WHEN_TAILS = Words("要求 安排 计划")
_WHEN_ENDS = Pattern(".*(?:时限|时间|期限|节点|日期|进度|完成期|[划计]完成)(?:要求|安排|计划)?")
#: Longer words before a colon are no label.
_LONGEST = 14
_MAIN = Pattern(r"主(?=[，,；;。、）)\s]|$)")
_ANY = Pattern(r"[^：:、，,；;。（）()〔〕【】\[\]\s“”]{2,14}")
_BRACKET = Pattern(r"[（(〔\[][^（()）〔〕\[\]]{1,20}[）)〕\]]")
#: What a label says in brackets at its end: 责任单位（牵头）.
_LAST = Pattern(r"[（(〔\[](?P<words>[^（()）〔〕\[\]]{1,8})[）)〕\]]$")
_OPENING = Pattern(r"[（(〔\[]")
_NO_COLON = Pattern(r"\s*(?:为|是|[-—–－]+)?\s*")
#: Several labels of one kind: 责任单位一, 责任单位1.
_COUNTED = Pattern("[一二三四五六1-9１-９](?=$|[：:\\s])")
_DASH = Pattern(r"\s*[-—–－]+\s*")
_UNIT_ENDS = ("单位", "部门")
_DAY_BEGINS = frozenset("0123456789二今明本年长全持")


@dataclass(frozen=True, slots=True)
class Said:
    """What a label says of the names behind it: the first one's role and the others'; ``doubtful`` where it names two.

    ``people`` is what it calls the people who stand among them: 责任人 in 责任单位及责任人.
    """

    first: Role = "responsible"
    others: Role = "responsible"
    doubtful: bool = False
    people: str = ""


class Written(NamedTuple):
    """A label as it stands in a text: its words from ``start`` to ``stop``; behind the colon the rest begins at ``end``."""

    start: int
    stop: int
    end: int


class _Units(NamedTuple):
    """A label that names units, up to ``end``: the words that say in what role, and whether it says 单位, 部门 and the like."""

    end: int
    stems: tuple[str, ...]
    joined: bool
    headed: bool


class Labels:
    """The labels that are known with the verbs of a document."""

    def __init__(self, verbs: Verbs) -> None:
        self._roles: dict[str, Role] = {word: verb.alone for word, verb in verbs.table.items()}
        self._roles |= {word: role for role, words in _STEMS.items() for word in words.split()} | verbs.own
        self._stems = Words(self._roles)
        # A document has few labels and asks for each of them everywhere.
        self._kinds = lru_cache(maxsize=1024)(self._kind)
        self._sayings = lru_cache(maxsize=1024)(self._said)

    def kind(self, label: str) -> Kind:
        """What stands behind a label."""
        return self._kinds(label)

    def said(self, label: str) -> Said:
        """The roles of the names behind a label that names units."""
        return self._sayings(label)

    def _kind(self, label: str) -> Kind:
        if self._is_units(label) or self._ending(label) or self._with_people(label):
            return "units"
        if _WHEN_ENDS.fullmatch(label) and len(label) <= _LONGEST:
            return "due"
        if label.endswith(_WHO_ENDS):
            return "person"
        return "units" if label.endswith(_UNIT_ENDS) and label not in _UNIT_ENDS else "other"

    def is_headed(self, label: str) -> bool:
        """Whether a label says 单位, 部门 and the like, so that it can be none but that of an annotation."""
        found = self._units(label, 0, len(label))
        return found is not None and found.end == len(label) and found.headed

    def _said(self, label: str) -> Said:
        both = self._with_people(label)
        if both:
            return replace(self.said(both[0]), people=both[1])
        found = self._units(label, 0, len(label))
        found = found if found and found.end == len(label) else self._ending(label)
        roles = list(dict.fromkeys(self._roles[stem] for stem in found.stems)) if found else []
        if found and found.joined and len(roles) > 1 and "lead" in roles:
            return Said("lead", next(role for role in roles if role != "lead"), doubtful=True)
        role: Role = "lead" if "lead" in roles else "support" if "support" in roles else "responsible"
        inner = _LAST.search(label) if role == "responsible" else None
        role = (self.role(inner["words"]) if inner else None) or role
        return Said(role, role)

    def role(self, words: str) -> Role | None:
        """The role that words name alone, as in 区教育局（牵头）; None for other words."""
        return self.said(words).first if self._is_units(words) else None

    def starts(self, text: str, start: int, end: int) -> tuple[int, Role] | None:
        """Where the words end that say a role at a place, and the role: 牵头单位, and 主 in 区教育局为主."""
        plain = _OPENING.search(text, start, end)
        found = self._units(text, start, plain.start() if plain else end)
        if found is not None and found.headed:
            return found.end, self.said(text[start : found.end]).first
        return (start + 1, "lead") if _MAIN.match(text, start, end) else None

    def before(self, text: str, start: int, colon: int, *, named: bool) -> Written | None:
        """The label that ends at a colon, in the text from ``start`` on; where a unit is ``named`` there, only a known one."""
        stretch = text[start:colon].rstrip()
        stop = start + len(stretch)
        if not stretch:
            return None
        if self._is_known(text, start, stop):
            return Written(start, stop, colon + 1)
        if not named and not stretch[-1:].isdigit() and _ANY.fullmatch(stretch):
            return Written(start, stop, colon + 1)
        begins = (
            place for place in range(max(start + 1, stop - 2 * _LONGEST), stop) if self._is_known(text, place, stop)
        )
        begin = next(begins, None)
        return None if begin is None else Written(begin, stop, colon + 1)

    def bare(self, text: str, start: int, end: int) -> tuple[Written, bool] | None:
        """A label that no colon ends, if it stands at a place: 责任单位为, 牵头单位—; and whether it is that of a deadline.

        It is one only where a name, or a day, stands behind it.
        """
        found = self._units(text, start, end)
        dash = _DASH.match(text, found.end, end) if found and not found.headed else None
        if found and dash:
            return Written(start, found.end, dash.end()), False
        due = found is None or not found.headed
        stop = _due(text, start, end) if found is None or not found.headed else found.end
        behind = _NO_COLON.match(text, stop, end)
        if stop == start or behind is None or (due and text[behind.end() : behind.end() + 1] not in _DAY_BEGINS):
            return None
        return Written(start, stop, behind.end()), due

    def listed(self, text: str, start: int, end: int) -> int:
        """Where a label begins that has another one before it in the same list: 牵头、配合单位."""
        if text[start:end].endswith(("、", "/")):
            return next((place for place in range(start, end - 1) if self._is_units(text[place : end - 1])), end)
        return end

    def _is_units(self, label: str) -> bool:
        found = self._units(label, 0, len(label))
        return found is not None and found.end == len(label)

    def _with_people(self, label: str) -> tuple[str, str] | None:
        """The two labels that one of units and people is made of: 责任单位及责任人."""
        found = self._units(label, 0, len(label)) if label.endswith(_WHO_ENDS) else None
        joint = _JOINTS.at(label, found.end, len(label)) if found and found.headed else ""
        return (label[: found.end], label[found.end + len(joint) :]) if found and joint else None

    def _ending(self, label: str) -> _Units | None:
        """The label that names units with which another one ends: 市卫健委内牵头处室."""
        found = (self._units(label, place, len(label)) for place in range(1, len(label)))
        return next((one for one in found if one and one.headed and one.end == len(label)), None)

    def _is_known(self, text: str, start: int, end: int) -> bool:
        """Whether a label that is known fills a stretch."""
        found = self._units(text, start, end)
        return (found is not None and found.end == end) or end in (_due(text, start, end), _who(text, start, end))

    def _units(self, text: str, start: int, end: int) -> _Units | None:
        """The longest label that names units and begins at a place."""
        stems: list[str] = []
        place, stop, joined, headed = start, start, False, False
        end = min(end, start + 4 * _LONGEST)
        while place < end and not headed:
            stem = self._stems.at(text, place, end)
            head = _HEADS.at(text, place, end) if stems else ""
            scope = _SCOPES.at(text, place, end)
            joint = _JOINTS.at(text, place, end) if stems else ""
            bracket = _BRACKET.match(text, place, end) if stems else None
            if head and len(head) >= len(stem):
                place = stop = place + len(head)
                headed = True
            elif len(stem) >= len(scope) and stem:
                place = stop = place + len(stem)
                stems.append(stem)
            elif bracket:
                place = stop = bracket.end()
            elif scope or joint:
                place += len(scope or joint)
                joined = joined or bool(joint)
            else:
                break
        counted = _COUNTED.match(text, stop, end) if headed else None
        stop = counted.end() if counted else stop
        bracket = _BRACKET.match(text, stop, end) if headed else None
        stop = bracket.end() if bracket else stop
        return _Units(stop, tuple(stems), joined, headed) if stems else None


def _due(text: str, start: int, end: int) -> int:
    """Where the label of a deadline ends that begins at a place; the place itself for none."""
    place = start
    while place < end:
        word = _WHEN.at(text, place, end)
        if word:
            place += len(word)
            return place + len(_WHEN_TAILS.at(text, place, end))
        begin = _WHEN_BEGINS.at(text, place, end)
        if not begin:
            break
        place += len(begin)
    return start


def _who(text: str, start: int, end: int) -> int:
    """The same for the label of a person."""
    place = start
    while place < end:
        word = _WHO_WORDS.at(text, place, end)
        if word:
            return place + len(word)
        begin = _WHO_BEGINS.at(text, place, end)
        if not begin:
            break
        place += len(begin)
    return start


@lru_cache(maxsize=8)
def labels_with(verbs: Verbs) -> Labels:
    """The labels known with these verbs."""
    return Labels(verbs)
