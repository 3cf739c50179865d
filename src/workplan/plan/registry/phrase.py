"""What is read in a phrase that names who answers for a task: names with roles and places, and everything around them.

Places are offsets in the text that was read; ``parsing.py`` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["lead", "support", "responsible"]
#: What a sentence says of how a phrase is to be read.
LaidDownKind = Literal["first", "comma", "marked", "rest", "everyone"]
#: What a stretch of a phrase was read as.
PieceKind = Literal[
    "bracket", "label", "name", "verb", "join", "mark", "open", "role", "words", "tail", "due", "column", "rule"
]


@dataclass(frozen=True, slots=True)
class Name:
    """A unit in a phrase: the words between the list marks, the registry's name ("" if unknown), role and place.

    ``start`` and ``end`` bound the name itself. ``carried`` is what the list said before and this name leaves out: 区 in
    ``区教育局、财政局``.
    """

    printed: str
    unit: str
    role: Role
    start: int
    end: int
    carried: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Words under a label that names no units: a deadline (``完成时限：12月底前``) or a column of its own (``责任领导：某某``).

    ``label`` is "" where a deadline stands without one (``12月底前完成``). ``start`` and ``end`` bound the words.
    """

    label: str
    text: str
    start: int
    end: int

    @classmethod
    def between(cls, label: str, text: str, start: int, end: int, marks: str = "") -> Labelled:
        """What stands in ``text[start:end]``, without the blanks around it and the ``marks`` at its end."""
        words = text[start:end].strip().rstrip(marks) if marks else text[start:end].strip()
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        return cls(label, words, first, first + len(words))


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that were not understood, and how they were read.

    ``tail``: words behind a registered name were read as a remark on it. ``name``: a registered name that stands among other
    words was not read. ``mark``: two names follow each other without a mark between them and were read as two. ``label``: the
    names behind a label that nobody knows, or one that names two roles, were read as units.
    """

    kind: Literal["tail", "name", "mark", "label"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LaidDown:
    """A sentence in which a phrase says how it, or the document, is to be read; ``start`` and ``end`` bound it.

    ``first``: who stands first leads, or the first ``count`` (列第一位的为牵头单位, 前两家为牵头单位). ``comma``: who stands before the first comma leads (逗号前为牵头单位).
    ``marked``: who bears a mark leads (加“*”为牵头单位). ``everyone``: ``words`` are units that answer for all that follows
    (以下均需各街镇落实，不再列出). ``rest`` is the role it gives to those who do not lead (其余为配合单位), in a sentence of its own where that is the ``kind``. ``onward`` says that it holds for what follows as well (下同); for the phrase itself what it says of
    the names has been done.
    """

    kind: LaidDownKind
    start: int
    end: int
    onward: bool = False
    words: str = ""
    count: int = 1
    rest: Role | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text and what it was read as; the pieces of all phrases of a text follow each other without a gap."""

    kind: PieceKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase, or one labelled part of it; ``text`` is what stands between label and remark, from ``start`` on.

    ``verb`` says that a verb or a role in brackets is written, ``open`` that the list ends in 等, ``before_comma`` how many names
    stand before the first comma (0 without one). ``due`` and ``columns`` stand
    with the phrase that they follow.
    """

    label: str
    text: str
    names: tuple[Name, ...]
    open: bool = False
    verb: bool = False
    before_comma: int = 0
    remark: str = ""
    start: int = 0
    due: tuple[Labelled, ...] = ()
    columns: tuple[Labelled, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    rules: tuple[LaidDown, ...] = ()
    pieces: tuple[Piece, ...] = ()
