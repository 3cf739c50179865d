"""Numbering marks at the beginning of paragraphs: 一、 （二） 3． 第四条, and what may be told from them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workplan.chinese import numerals
from workplan.chinese.patterns import Pattern

_CHINESE = "[一二三四五六七八九十百]{1,5}"
_DIGITS = "[0-9０-９]{1,2}"
#: Every kind of mark by how it is written; a figure that goes on behind its point (1.5亿元, 2022．6) is none.
_MARKS = Pattern(
    "|".join(
        (
            f"(?P<ordinal>第\\s*(?:{_CHINESE}|{_DIGITS})\\s*[编章节条](?![^\\s　]{{0,8}}规定))",
            f"(?P<chinese>{_CHINESE}\\s*[、.．](?=\\S|\\s))",
            f"(?P<bracketed>[（(]\\s*{_CHINESE}\\s*[）)][、.．]?)",
            "(?P<decimal>[0-9]{1,2}(?:[.．][0-9]{1,2}){1,3}(?=[.．]?\\s*[一-鿿“《]))",
            f"(?P<figure>{_DIGITS}\\s*(?:[.．](?![0-9０-９])|、))",
            f"(?P<bracketed_figure>[（(]\\s*{_DIGITS}\\s*[）)][、.．]?)",
            f"(?P<half_bracket>{_DIGITS}[）)])",
            "(?P<circled>[①-⑳])",
        )
    )
)
_NUMERAL = Pattern(f"{_CHINESE}|{_DIGITS}|[①-⑳]")
_BLANKS = Pattern(r"\s+")
#: Kinds of marks in the order in which they usually stand within each other.
_RANKS = (
    "第一编",
    "第一章",
    "第一节",
    "第一条",
    "一、",
    "（一）",
    "1.",
    "1、",
    "1.1",
    "1.1.1",
    "1.1.1.1",
    "（1）",
    "1）",
    "①",
)
#: Signs of one kind in two widths.
_ALIKE = str.maketrans("()．１", "（）.1")


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark: as written, its kind (the numeral left out: ``（#）`` with 一 or 1), its number, where it ends.

    ``within`` are the numbers before its own in a decimal one: 3 and 2 in 3.2.1.
    """

    written: str
    kind: str
    number: int
    end: int
    within: tuple[int, ...] = ()

    @property
    def printed(self) -> str:
        """The mark without blanks, as a plan prints it."""
        return _BLANKS.sub("", self.written)

    @property
    def glyph(self) -> str:
        """The mark by example, with the number one: 一、 for 三、, 1. for 12."""
        return _NUMERAL.sub(lambda found: numerals.written(1, _numeral_kind(found[0])), self.printed)

    @property
    def is_article(self) -> bool:
        """Whether it numbers the articles of a regulation, which have no titles."""
        return self.kind.endswith("条")

    @property
    def rank(self) -> int:
        """Where its kind usually stands: a lower one above a higher one."""
        return _RANKS.index(self.kind) if self.kind in _RANKS else len(_RANKS)


def mark_at(text: str, start: int = 0) -> Mark | None:
    """The mark that begins at a place of a text; None where none does, or where nothing stands behind it."""
    found = _MARKS.match(text, start)
    if found is None or not text[found.end() :].strip():
        return None
    if found["decimal"]:
        return _decimal(found)
    numeral = _NUMERAL.search(found[0])
    number = numerals.value(numeral[0]) if numeral else None
    if numeral is None or number is None or not number:
        return None
    shape = _BLANKS.sub("", found[0][: numeral.start()] + _kind_sign(numeral[0]) + found[0][numeral.end() :])
    shape = shape.translate(_ALIKE)
    return Mark(written=found[0], kind=shape, number=number, end=found.end())


def _decimal(found: re.Match[str]) -> Mark:
    *within, number = (int(part) for part in re.split("[.．]", found[0]))
    kind = ".".join("1" for _ in (*within, number))
    return Mark(written=found[0], kind=kind, number=number, end=found.end(), within=tuple(within))


def _numeral_kind(numeral: str) -> str:
    found = numerals.NUMERAL.fullmatch(numeral)
    return (found.lastgroup if found else None) or "arabic"


def _kind_sign(numeral: str) -> str:
    """What stands for the numeral in a kind: one sign for each way to write numbers."""
    return {"chinese": "一", "arabic": "1", "wide": "１", "circled": "①"}.get(_numeral_kind(numeral), "1")


#: A blank between two characters that are not both of a narrow script says nothing.
_SPACE = re.compile(r"\s+")


def bare(text: str) -> str:
    """A text without white space: what the law of importing compares."""
    return _SPACE.sub("", text)
