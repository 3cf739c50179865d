"""Annotations: who answers for a task, in brackets or not, among other words."""

from __future__ import annotations

from functools import cache

from fuzz.laws import bounds, hold
from fuzz.mutate import phrases as MUTATE  # noqa: F401, N812 - the name that targets have in common
from workplan.language.model import Registry
from workplan.language.model.decode import decode
from workplan.language.scalar import File
from workplan.language.syntax import parse as parse_yaml
from workplan.plan.registry import Book, Phrase, build, doubtful, in_text, parse

_UNITS = """
units:
  - {name: 区教育局, full: 示例区教育局, aliases: [区教委]}
  - {name: 区财政局}
  - {name: 区委办公室}
  - {name: 市公安局B分局}
  - {name: 各街镇, kind: group, members: [东街街道, 南河镇]}
  - {name: 各市、州、县人民政府, kind: group, open: true}
  - {name: 各县（市、区）政府, kind: group, open: true}
  - {name: 有关部门, kind: group, open: true}
"""

#: The folder of kept inputs.
KEPT = "phrases"


@cache
def _book() -> Book:
    node, _ = parse_yaml(File("units.yaml", _UNITS))
    hold(node is not None)
    registry, _ = decode(node, Registry)  # type: ignore[arg-type]
    hold(registry is not None)
    return build(registry)[0]  # type: ignore[arg-type]


def run(data: bytes) -> None:
    """The pieces of what is read cover the text; every name stands where it says; what stands in running text is in order."""
    text, book = data.decode(errors="replace"), _book()
    phrases = parse(text, book)
    place = 0
    for piece in (piece for phrase in phrases for piece in phrase.pieces):
        hold(piece.start == place < piece.end, text, piece)
        place = piece.end
    hold(place == len(text), text, place)
    for phrase in phrases:
        _hold(phrase, text, book)
    read = list(in_text(text, book))
    bounds(text, read)
    for start, end in (*read, *doubtful(text, book)):
        hold(0 <= start < end <= len(text), text, start, end)
    for start, end in read:
        hold(bool(parse(text[start:end], book)), text, start, end)
    parse(text, book, "牵头单位", "责任单位")


def _hold(phrase: Phrase, text: str, book: Book) -> None:
    hold(text[phrase.start : phrase.start + len(phrase.text)] == phrase.text, text, phrase)
    for name in phrase.names:
        printed = text[name.start : name.end]
        hold(bool(printed) and printed in name.printed, text, name)
        known = name.carried + printed
        hold(not name.unit or any(book.spellings[one] == name.unit for one in book.at(known, 0)), text, name)
    for words in (*phrase.due, *phrase.columns):
        hold(text[words.start : words.end] == words.text, text, words)
    for one in (*phrase.doubts, *phrase.rules):
        hold(0 <= one.start <= one.end <= len(text), text, one)
