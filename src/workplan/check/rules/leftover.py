"""What a plan carried over from another year still says of that year, and what hangs on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.language.comments import DIRECTIVE, comments
from workplan.language.scalar import Scalar
from workplan.language.syntax import Mapping, Sequence, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Span
    from workplan.language.scalar import File
    from workplan.language.syntax import Node

#: Words that are right one year and wrong the next, by what they are; at one place the first that fits counts.
_HANGING = {
    "anniversary": r"[0-9０-９〇一二三四五六七八九十百]+周年",
    "period": r"“?(?<![一二三四五六七八九百])十[一二三四五六七八]五(?![年月日个名项])”?",
    "meeting": r"党的[一二三四五六七八九十]+大|[一二三四五六七八九十]+届[一二三四五六七八九十]+中全会"
    r"|第[一二三四五六七八九十百0-9]+[次届][^，。；、\n]{0,12}?(?:座谈会|会议|大会|博览会|论坛)"
    r"|第[一二三四五六七八九十百0-9]+届",
    "turn": r"(?:开局|起步|关键|攻坚|决胜|决战|收官|深化|巩固|冲刺)之?年|元年|第[一二三四五六七八九十0-9]+年(?!级)",
    "relative": r"去年|上年|上一年|前年|明年|(?<!年)来年(?!均)|下一年",
    "event": r"(?:新冠肺炎)?疫情(?:防控)?(?:常态化)?|新冠",
    "round": r"[新上本]一轮|换届",
    "other-year": r"(?<![0-9])(?:19|20)[0-9]{2}(?=[年〕/—–-])|[一二][〇○零九][〇○零一二三四五六七八九]{2}(?=年)",
    "day": r"(?<![0-9])[0-9]{1,2}月(?:[0-9]{1,2}日|底|初|末|[上中下]旬)?|[一二三四1-4]季度|[上下]半年",
    "quantity": r"(?<![第0-9０-９,.])[0-9０-９][0-9０-９,.]*(?:[%％‰]|(?!号)[\u4e00-\u9fff])",
}
#: The kind of what says the old year itself, and of a name that a unit no longer has.
YEAR, RENAMED = "", "renamed"
#: Keys whose values quote what the text says as well.
_QUOTING = ("due", "targets")
_HANGS = Pattern("|".join(f"(?P<{kind.replace('-', '_')}>{pattern})" for kind, pattern in _HANGING.items()))
#: What these keys hold is not printed as text, or is a name for life.
_SILENT = {"id", "kind", "parts", "style", "checks", "rules"}
#: A number or date of the old year that was made a comment.
_ASIDE = re.compile(r"^ *# (?:number|date):.*(?:\n *#  .*)*", re.MULTILINE)
_MARK = re.compile("[，。；：、！？\n]")
_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def spelt(year: str) -> re.Pattern[str]:
    """A year in every way that documents write it: 2022, ２０２２, 二〇二二, 二○二二, 二零二二."""
    chinese = year.translate(_CHINESE).replace("〇", "[〇○零]")
    return re.compile(f"(?<![0-9])(?:{year}|{year.translate(_WIDE)}|{chinese})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Leftover:
    """One place that a plan has from another year: its words, of what kind they are, and the sentence or line around them.

    Of a unit that is called otherwise by now ``now`` is the present name and ``since`` the year of the change.
    """

    span: Span
    words: str
    kind: str
    around: str
    now: str = ""
    since: int = 0


def leftovers(file: File, node: Node, old: str, new: str, renamed: dict[str, tuple[str, int]]) -> Iterator[Leftover]:
    """Every place of one file that says ``old`` (a year, "" where it is not known) or hangs on it.

    ``renamed`` gives for an earlier name of a unit the present one and the year of the change.
    """
    names = {name: now for name, now in renamed.items() if now[1] <= int(new)}
    for scalar in _printed(node):
        yield from _in_text(scalar, old, new)
        yield from _in_names(scalar, names)
    if old:
        yield from _in_comments(file, node, old)


def _printed(node: Node) -> Iterator[Scalar]:
    """Every text that prints, in the order written, but for those that quote another."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _printed(item)
    else:
        for entry in node.entries:
            if entry.key.text in _QUOTING:
                yield from _not_quoted(entry.value)
            elif entry.key.text not in _SILENT:
                yield from _printed(entry.value)


def _not_quoted(node: Node) -> Iterator[Scalar]:
    """The texts of a deadline or target that the text does not have: those written as a mapping of their own."""
    for below in walk(node):
        if isinstance(below, Mapping):
            yield from (value for name in ("date", "value") if isinstance(value := below.get(name), Scalar))


def _in_text(scalar: Scalar, old: str, new: str) -> Iterator[Leftover]:
    text = scalar.text
    taken: list[range] = []
    for found in spelt(old).finditer(text) if old else ():
        taken.append(range(*found.span()))
        yield Leftover(scalar.part(*found.span()), found[0], YEAR, _clause(text, *found.span()))
    for found in _HANGS.finditer(text):
        kind = (found.lastgroup or "").replace("_", "-")
        if any(found.start() < each.stop and each.start < found.end() for each in taken) or found[0] == new:
            continue
        yield Leftover(scalar.part(*found.span()), found[0], kind, _clause(text, *found.span()))


def _clause(text: str, start: int, end: int) -> str:
    """The words around a place, from mark to mark."""
    before = max((found.end() for found in _MARK.finditer(text, 0, start)), default=0)
    after = _MARK.search(text, end)
    return text[before : after.start() if after else len(text)]


def _in_names(scalar: Scalar, renamed: dict[str, tuple[str, int]]) -> Iterator[Leftover]:
    for name, (now, year) in renamed.items():
        for found in re.finditer(re.escape(name), scalar.text):
            if not scalar.text.startswith(now, found.start()):
                around = _clause(scalar.text, *found.span())
                yield Leftover(scalar.part(*found.span()), name, RENAMED, around, now=now, since=year)


def _in_comments(file: File, node: Node, old: str) -> Iterator[Leftover]:
    """What comments say; what was set aside there does not count, nor does what is said to workplan."""
    asides = [range(*aside.span()) for aside in _ASIDE.finditer(file.text)]
    for comment in comments(file, node):
        for found in () if DIRECTIVE.match(comment.text) else spelt(old).finditer(comment.text):
            start = comment.span.start + found.start()
            if not any(start in aside for aside in asides):
                yield Leftover(file.span(start, start + len(found[0])), found[0], YEAR, comment.text)
