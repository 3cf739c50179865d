"""Names that nobody registered: where one ends, and whether words that stand in a name's place are one at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern

if TYPE_CHECKING:
    from workplan.plan.registry.tokens import Tokens

_END = Pattern(r"[、，,；;。/／|｜：:\s（()）〔〕【】［］〖〗\[\]]")
#: How names of units end, less words that end alike and name none (布局, 督办, 全部, 试行).
_ORGAN = (
    "(?<![格全布开结大])局|委|(?<![督主协承交领联快代])办|厅|(?<![全内干外])部|(?<!部)署|院|(?<![好用到])处|(?<![学本专])科|社|团|队|"
    "(?<![厕场])所|站|中心|公司|集团|政府|街道|镇|(?<!城)乡|[银支分总]行|(?:委员|协|学|商|联合|工|基金|理事|董事)会|学校|大学|单位|部门|"
    "企业|机构|园区|专班|小组|海关|工委|妇联|残联|文联|科协|机关|各区|各县|各市|各地|成员"
)
_UNIT = Pattern(rf"[^，。；]{{0,24}}(?:{_ORGAN})|各[^，。；]{{1,16}}")
#: A place or 各 before a name, as in 区教育局, 各街镇.
_BEGINS = Pattern("[省市区县州旗镇乡各]|[^，。；、]{1,3}[省市区县州旗镇乡]")
#: Verbs that are part of no name.
_PLAIN = Pattern("负责|牵头|配合|落实|承办|协办|主办")


def unregistered(tokens: Tokens, start: int, end: int) -> int:
    """Where the name ends that begins at ``start``: at the next mark, less 等 and a verb, less a known name joined to it."""
    text = tokens.text
    stop = _mark(tokens, start, end)
    for place in range(start + 1, stop):
        opened = tokens.others(place, stop) if text[place] == "等" else place
        if opened > place and (opened == stop or tokens.verb(opened, stop) or tokens.known(opened, stop)):
            return place
        verb = tokens.verb(place, stop)
        if verb and (
            verb[0] == stop or (_PLAIN.search(text, place, verb[0]) and not _UNIT.fullmatch(text, place, stop))
        ):
            return place
        joined = max(tokens.join(place, stop), tokens.together(place, stop))
        if joined > place and _is_joint(tokens, start, place, joined, stop):
            return place
    return stop


def _mark(tokens: Tokens, start: int, end: int) -> int:
    """The next mark; brackets that stand within a name belong to it: 各县（市、区）政府."""
    place = start
    while True:
        found = _END.search(tokens.text, place, end)
        if not found:
            return end
        close = tokens.brackets.get(found.start(), end)
        inside = start < found.start() and close + 1 < end and not tokens.edge(close + 1, end)
        if not inside:
            return max(found.start(), start + 1)
        place = close + 1


def _is_joint(tokens: Tokens, start: int, join: int, after: int, end: int) -> bool:
    """Whether 和 or 会同 parts two names here: a known one follows, or a whole one stands on either side."""
    if tokens.known(after, end):
        return True
    whole = _UNIT.fullmatch(tokens.text, start, join) is not None
    return whole and bool(tokens.text.startswith("会同", join) or _BEGINS.match(tokens.text, after, end))


def stands_for_unit(words: str) -> bool:
    """Whether words look like the name of a unit."""
    return _UNIT.fullmatch(words) is not None
