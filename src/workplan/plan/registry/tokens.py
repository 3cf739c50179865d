"""What may stand at a place of a phrase: a registered name, a verb, a connector, a role in brackets, 等, a mark.

A name is looked for only where one may begin, the longest registered one first; everything else is told by a few words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.plan.registry import brackets
from workplan.plan.registry.labels import labels_with
from workplan.plan.registry.verbs import Verb

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from workplan.plan.registry.book import Book
    from workplan.plan.registry.labels import Labels
    from workplan.plan.registry.phrase import Role
    from workplan.plan.registry.verbs import Verbs

_MARK = Pattern(r"(?:注[：:])?[、，,；;。/／|｜+＋&\s：:]+|注[：:]|[“”\"’‘]|[①-⑳]|[-—–－]+")
#: A number before a name: 1.区教育局；2.区财政局.
_NUMBER = Pattern(r"\d{1,2}[.．]|[（(]\d{1,2}[）)]")
_NUMBER_BEGINS = frozenset("0123456789（(")
_JOIN = Pattern("以及|和|及(?!时)|与|暨|或者?")
_WITH = Pattern("(?:共同)?会同|会商|商请|商")
#: A verb that joins where a name follows it at once: 区教育局协同区财政局.
_WITH_NAME = Pattern("协同|联合|协调")
_BY = Pattern("(?:拟|并|再|另|同时|主要|具体|统一|其中|需|须|应|建议|原则上)*(?:由|请|望)")
#: Who is only told of it: 报县政府办审定.
_REPORTED = Pattern("[^、，,；;。：:（）()\\s]{0,8}?(?:报|呈|提请|提交|抄送|抄报|上报)(?:送|请|经|由)?")
#: All those before: 以上单位按职责分工负责.
_ABOVE = Pattern("(?:以上|上述|前述|前列)(?:各|有关|相关|责任)*(?:单位|部门|几家|各方)(?:均|都)?")
#: The same with what it is about, which may hold marks: 第1—3项由, 一、二项由.
_BY_NUMBERS = Pattern(
    "(?:第?[0-9一二三四五六七八九十]{1,3}[、，,—–~～至和-]?){1,6}(?:项|条|款|点|类)[^、，,；;。：:（）()\\s]{0,8}?由"
)
#: The same before a name that is known: 需各街镇支持.
_BY_KNOWN = Pattern("[^、，,；;。：:（）()\\s]{1,8}?由|需要?|须|另|并|同时|其中|拟|以")
_STAR = Pattern(r"[*＊★☆▲△●◆#※]+")
#: 区教育局为牵头单位, 区教育局作为责任单位.
_IS = Pattern("(?:作为|担任|均为|为|是|系)")
_IS_BEGINS = frozenset("作担均为是系")
_NOBODY = "(?:部门(?:和|、|及|与)?单位|单位(?:和|、|及|与)?部门|部门|单位|地区|地方|各地|机构|方面|企业|科室|处室|主体|组织|团体|乡镇|街镇|街道|各方)"
_WHICH = (
    "(?:各|有关|相关|其他|其它|市级|区级|县级|省级|市直|区直|县直|省直|市|区|县|省|直属|职能|主管|责任|成员|配合|参与|业务|行业|涉及|领导小组|"
    "[省市区县镇街](?:[、和][省市区县镇街])+|[\\d０-９]+个?家?|[一二两三四五六七八九十多几数]+[个家]?)"
)
_OPEN = Pattern(
    f"等等|…+|\\.{{3,}}|等(?:{_WHICH}*{_NOBODY}|[^、，,；;。（）()\\s和及与]{{1,10}}?(?:有关|相关|职能|成员|直属)(?:部门|单位|机构))?"
)
#: Words for nobody in particular, which after 等 only say that the list is open.
_BARE = Pattern(f"(?:有关|相关|其他|其它)?{_NOBODY}")
_PLACE = (
    "(?:省|自治区|直辖市|设区市|地级以上市|地级市|县级市|自治州|自治县|市|州|盟|地区|县|区|旗|乡镇|镇街|街镇|镇|乡|街道|园区|开发区|功能区|新区|高新区|"
    "管委会|村|社区)"
)
_SIDE = r"(?:[（(〔\[][^（()）〔〕\[\]]{1,12}[）)〕\]])?"
_ORGAN = "(?:人民政府|政府办公室|政府|党委|管委会|管理委员会|办事处|行署|人民团体)"
#: One name that is a list in itself: 各市、州、县人民政府, 各区、县级市, 各县（市、区）政府, 各镇（街道）.
_COLLECTIVE = Pattern(
    rf"各(?:有关|相关)?{_PLACE}{_SIDE}(?:{_ORGAN})?(?:(?:[、和及与]|以及){_PLACE}{_SIDE}(?:{_ORGAN})?)*(?:{_ORGAN})?"
)
_LEVELS = "省市区县州旗盟"
#: Signs that names hold; what follows them there belongs to the name.
_WITHIN = brackets.OPENING + "、，/和及与"
_CARRIED = Pattern(rf"(?:国家|全国|中央|中国|[^{_LEVELS}、，]{{0,4}}?[{_LEVELS}](?:委|政府)?)")
#: Fewer characters than this are no name without the place before it.
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A registered name at a place: its unit, where it ends, what it leaves out because the list said it before."""

    unit: str
    end: int
    carried: str = ""


class Tokens:
    """The tokens of one text, read with a book of units."""

    def __init__(self, text: str, book: Book) -> None:
        self.text = text
        self.book = book
        self.verbs: Verbs = book.verbs
        self.labels: Labels = labels_with(book.verbs)

    @cached_property
    def brackets(self) -> dict[int, int]:
        """The places of opening brackets with their closing ones."""
        return brackets.pairs(self.text)

    def mark(self, pos: int, end: int) -> int:
        """The end of the marks and blanks at a place; of a bracket without its half too."""
        found = _MARK.match(self.text, pos, end)
        if found is None and self.text[pos] in _NUMBER_BEGINS:
            found = _NUMBER.match(self.text, pos, end)
            found = found if found and self.known(found.end(), end) else None
        if found:
            return found.end()
        return pos + 1 if self.text[pos] in brackets.OPENING + brackets.CLOSING and pos not in self.brackets else pos

    def join(self, pos: int, end: int) -> int:
        """The end of 和, 及, 以及, 与 at a place; 并 is one before a name."""
        if self.text.startswith("并", pos, end):
            return pos + 1 if self.known(pos + 1, end) else pos
        return _end(_JOIN.match(self.text, pos, end), pos)

    def together(self, pos: int, end: int) -> int:
        """The end of 会同 at a place, or of a verb that says so before a name (协同)."""
        found = _WITH.match(self.text, pos, end)
        if not found:
            found = _WITH_NAME.match(self.text, pos, end)
            return found.end() if found and self.known(found.end(), end) else pos
        return found.end() if len(found[0]) > 1 or self.known(found.end(), end) else pos

    def by(self, pos: int, end: int) -> int:
        """The end of 由 at a place, or of another word before a known name."""
        found = _BY.match(self.text, pos, end) or _BY_NUMBERS.match(self.text, pos, end)
        if found is None:
            found = _BY_KNOWN.match(self.text, pos, end)
            if found is None or self.known(found.end(), end) is None or self.names_in(pos, found.end()):
                return pos
        return found.end()

    def reported(self, pos: int, end: int) -> bool:
        """Whether a known name stands at a place to whom something is only told: 报县政府办审定."""
        found = _REPORTED.match(self.text, pos, end)
        return found is not None and self.known(found.end(), end) is not None

    def above(self, pos: int, end: int) -> int:
        """The end of words at a place that stand for all the names before them, and of which a verb speaks."""
        found = _ABOVE.match(self.text, pos, end)
        return found.end() if found and self.verb(found.end(), end) else pos

    def names_in(self, start: int, end: int) -> bool:
        """Whether a registered name begins in a stretch."""
        return any(True for place in range(start, end) for _ in self.book.at(self.text, place))

    def star(self, pos: int, end: int) -> int:
        """The end of a mark by which a name is set apart."""
        return _end(_STAR.match(self.text, pos, end), pos)

    def verb(self, pos: int, end: int) -> tuple[int, Verb] | None:
        """The verb at a place; 为牵头单位 and 为主 are some."""
        found = self.verbs.match(self.text, pos, end)
        if found is None and self.text[pos : pos + 1] in _IS_BEGINS:
            being = _IS.match(self.text, pos, end)
            role = self.labels.starts(self.text, being.end(), end) if being else None
            return (role[0], Verb(role[1], role[1])) if role else None
        return found

    def others(self, pos: int, end: int) -> int:
        """The end of 等 at a place, with the words for nobody in particular; those that are a registered name stay one."""
        found = _OPEN.match(self.text, pos, end) if self.text.startswith(("等", "…", "..."), pos, end) else None
        if not found:
            return pos
        after = pos + 1
        known = self.known(after, end)
        if known and (not _BARE.fullmatch(self.text, after, known.end) or self._goes_on(known.end, end)):
            return after
        return found.end()

    def _goes_on(self, pos: int, end: int) -> bool:
        """Whether 和 with another name follows."""
        after = self.join(pos, end)
        return after > pos and (self.known(after, end) is not None or self.text[after : after + 1] in (*_LEVELS, "各"))

    def role(self, pos: int) -> Role | None:
        """The role that brackets at a place name alone: （牵头）, （配合单位）."""
        inner = self.text[pos + 1 : self.brackets[pos]].strip()
        return self.labels.role(inner)

    def known(self, pos: int, end: int) -> Found | None:
        """The longest registered name at a place behind which something understood follows, else the longest of all."""
        longest: Found | None = None
        for spelling in self.book.at(self.text, pos):
            found = Found(self.book.spellings[spelling], pos + len(spelling))
            if found.end > end or (longest and self.text[found.end] in _WITHIN):
                continue  # the rest of 各乡镇（街道） is no remark on 各乡镇
            if self.edge(found.end, end):
                return found
            longest = longest or found
        return longest

    def collective(self, pos: int, end: int) -> int:
        """The end of a name that is a list in itself, registered or not."""
        if not self.text.startswith("各", pos, end):
            return pos
        found = _COLLECTIVE.match(self.text, pos, end)
        while found and not self.edge(found.end(), end):
            found = _COLLECTIVE.match(self.text, pos, found.end() - 1)
        return found.end() if found else pos

    def carried(self, pos: int, end: int, before: Iterable[str]) -> Found | None:
        """A registered name that leaves out what the names ``before`` it, the nearest first, begin with."""
        if pos >= end or not self.text[pos].isalnum():
            return None
        for start in dict.fromkeys(start for name in before for start in _beginnings(name)):
            for spelling in self.book.with_beginning(start, self.text, pos):
                stop = pos + len(spelling) - len(start)
                if stop - pos >= _SHORTEST and stop <= end and self.edge(stop, end):
                    return Found(self.book.spellings[spelling], stop, start)
        return None

    def edge(self, pos: int, end: int) -> bool:
        """Whether a name may end here: something that is understood follows."""
        if pos >= end or self.text[pos] in brackets.OPENING + brackets.CLOSING + "等…":
            return True
        tries = (self.mark, self.join, self.together, self.star)
        return any(token(pos, end) > pos for token in tries) or self.verb(pos, end) is not None


def _end(found: re.Match[str] | None, pos: int) -> int:
    return found.end() if found else pos


@lru_cache(maxsize=1024)
def _beginnings(name: str) -> list[str]:
    """What a list may leave out of a name after it has said it once, the longest first: 市委, 市 of 市委宣传部."""
    found = [name[:end] for end in range(min(len(name) - 1, 6), 0, -1) if _CARRIED.fullmatch(name, 0, end)]
    level = next((sign for sign in name[:3] if sign in _LEVELS), "")
    return found if not level or level in found else [*found, level]
