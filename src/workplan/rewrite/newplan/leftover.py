"""What a plan carried over from another year still says of that year, and what hangs on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity
from workplan.language.scalar import Scalar
from workplan.language.syntax import Sequence, parse, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Span
    from workplan.language.scalar import File
    from workplan.language.syntax import Node

RULE = "carried-over"
#: Words that are right one year and wrong the next, by what they are; at one place the first that fits counts.
_HANGING = {
    "anniversary": r"[0-9０-９〇一二三四五六七八九十百]+周年",
    "period": r"“?(?<![一二三四五六七八九百])十[一二三四五六七八]五(?![年月日个名项])”?",
    "meeting": r"党的[一二三四五六七八九十]+大|[一二三四五六七八九十]+届[一二三四五六七八九十]+中全会"
    r"|第[一二三四五六七八九十0-9]+[次届][^，。；、\n]{0,12}?(?:座谈会|会议|大会|博览会|论坛)",
    "turn": r"(?:开局|起步|关键|攻坚|决胜|决战|收官|深化|巩固|冲刺)之?年|元年|第[一二三四五六七八九十0-9]+年(?!级)",
    "relative": r"去年|上年|上一年|前年|明年|(?<!年)来年(?!均)|下一年",
    "event": r"(?:新冠肺炎)?疫情(?:防控)?(?:常态化)?|新冠",
    "round": r"[新上本]一轮|换届",
    "other-year": r"(?<![0-9])(?:19|20)[0-9]{2}(?=[年〕/—–-])|[一二][〇○零九][〇○零一二三四五六七八九]{2}(?=年)",
    "day": r"(?<![0-9])[0-9]{1,2}月(?:[0-9]{1,2}日|底|初|末|[上中下]旬)?|[一二三四1-4]季度|[上下]半年",
    "quantity": r"[0-9０-９][0-9０-９,.]*[%％‰]|[0-9０-９][0-9０-９,.]*(?!号)[\u4e00-\u9fff]",
}
_HANGS = re.compile("|".join(f"(?P<{kind.replace('-', '_')}>{pattern})" for kind, pattern in _HANGING.items()))
#: What these keys hold is not printed as text, or is a name for life.
_SILENT = {"id", "kind", "parts", "style", "checks", "rules"}
#: A number or date of the old year that was made a comment.
_ASIDE = re.compile(r"^ *# (?:number|date):.*(?:\n *#  .*)*", re.MULTILINE)
_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def spelt(year: str) -> re.Pattern[str]:
    """A year in every way that documents write it: 2022, ２０２２, 二〇二二, 二○二二, 二零二二."""
    chinese = year.translate(_CHINESE).replace("〇", "[〇○零]")
    return re.compile(f"(?<![0-9])(?:{year}|{year.translate(_WIDE)}|{chinese})(?![0-9])")


def leftovers(file: File, old: str, new: str, renamed: dict[str, tuple[str, int]]) -> Iterator[Diagnostic]:
    """A finding for every place of one file that says ``old`` (a year, "" where it is not known) or hangs on it.

    ``renamed`` gives for an earlier name of a unit the present one and the year of the change.
    """
    node, _ = parse(file)
    if node is None:
        return
    names = {name: now for name, now in renamed.items() if now[1] <= int(new)}
    for scalar in _printed(node):
        yield from _in_text(scalar, old, new)
        yield from _in_names(scalar, names)
    if old:
        yield from _in_comments(file, node, old, new)


def _printed(node: Node) -> Iterator[Scalar]:
    """Every text that prints, in the order written."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _printed(item)
    else:
        for entry in node.entries:
            if entry.key.text not in _SILENT:
                yield from _printed(entry.value)


def _in_text(scalar: Scalar, old: str, new: str) -> Iterator[Diagnostic]:
    taken: list[range] = []
    for found in spelt(old).finditer(scalar.text) if old else ():
        taken.append(range(*found.span()))
        yield _of_year(scalar.part(*found.span()), found[0], new)
    for found in _HANGS.finditer(scalar.text):
        kind = (found.lastgroup or "").replace("_", "-")
        if any(found.start() < each.stop and each.start < found.end() for each in taken) or found[0] == new:
            continue
        arguments: dict[str, str | int] = {"words": found[0], "year": new}
        yield Diagnostic(RULE, scalar.part(*found.span()), arguments, Severity.INFO, variant=kind)


def _in_names(scalar: Scalar, renamed: dict[str, tuple[str, int]]) -> Iterator[Diagnostic]:
    for name, (now, year) in renamed.items():
        for found in re.finditer(re.escape(name), scalar.text):
            if not scalar.text.startswith(now, found.start()):
                arguments: dict[str, str | int] = {"words": name, "now": now, "year": year}
                yield Diagnostic(RULE, scalar.part(*found.span()), arguments, Severity.WARNING, variant="renamed")


def _in_comments(file: File, node: Node, old: str, new: str) -> Iterator[Diagnostic]:
    """Outside of all texts and keys only comments are left; what was set aside there does not count."""
    texts = [range(each.start, each.end) for each in walk(node) if isinstance(each, Scalar)]
    texts += [range(*aside.span()) for aside in _ASIDE.finditer(file.text)]
    for found in spelt(old).finditer(file.text):
        if not any(found.start() in text for text in texts):
            yield _of_year(file.span(*found.span()), found[0], new)


def _of_year(span: Span, words: str, new: str) -> Diagnostic:
    return Diagnostic(RULE, span, {"words": words, "year": new}, Severity.WARNING)
