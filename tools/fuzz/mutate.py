"""Changes inputs so that they stay close to what people write: lines of YAML, pieces of phrases, files of a bundle.

Every change is a function of the input and of chance alone: the same seed makes the same input anywhere.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from fuzz import bundle, words

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A line of YAML: indentation and dashes, key with colon, value.
_LINE = re.compile(r"(?P<lead>[ \t]*(?:- +)*)(?P<key>[^:\s{\[][^:\n]{0,30}:(?=\s|$))?(?P<rest>.*)", re.DOTALL)
_MOST_CHANGES = 4
#: Lines of a file, which grows no further by copying.
_LONGEST = 400


def seeded(seed: int) -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(seed)  # noqa: S311 - reproducible on purpose


def plans(data: bytes, seed: int) -> bytes:
    """One change of the lines of a bundle's files, or a few: each leaves fewer plans that can be read."""
    chance = seeded(seed)
    contents = bundle.files(data)
    if not contents:
        return data
    for _ in range(chance.choice((1, 1, 1, 2, _MOST_CHANGES))):
        name = chance.choice(list(contents))
        other = contents[chance.choice(list(contents))]
        contents[name] = _with_changed_lines(contents[name], other, chance)
    return bundle.written(contents)


def pairs(data: bytes, seed: int) -> bytes:
    """One or two changes after which most plans have no error still: only those are compared."""
    chance = seeded(seed)
    contents = bundle.files(data)
    for _ in range(chance.randint(1, 2) if contents else 0):
        name = chance.choice(list(contents))
        lines, other = (_decoded(contents[one]).split("\n") for one in (name, chance.choice(list(contents))))
        place = chance.randrange(len(lines))
        change = chance.choice((_gone, _twice, _block, _reworded, _reworded, _reworded, _new_key))
        lines[place : place + 1] = change(lines[place], lines, other, chance)
        contents[name] = _encoded("\n".join(lines[:_LONGEST]))
    return bundle.written(contents)


def parts(data: bytes, seed: int) -> bytes:
    """Changes of the tags and attributes in the parts of an unpacked Word file."""
    chance = seeded(seed)
    contents = bundle.files(data)
    if not contents:
        return data
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        name = chance.choice(list(contents))
        tags = re.split(r"(?=<)", _decoded(contents[name]))
        other = re.split(r"(?=<)", _decoded(contents[chance.choice(list(contents))]))
        place = chance.randrange(len(tags))
        way = chance.choice((_gone, _twice, _block, _cut, _grown_value))
        tags[place : place + 1] = way(tags[place], tags, other, chance)
        contents[name] = _encoded("".join(tags))
    return bundle.written(contents)


def phrases(data: bytes, seed: int) -> bytes:
    """Changes of an annotation."""
    return _pieces(data, words.PHRASES, seeded(seed), 60)


def deadlines(data: bytes, seed: int) -> bytes:
    """Changes of the words of one deadline."""
    return _pieces(data, words.DAYS, seeded(seed), 40)


def passages(data: bytes, seed: int) -> bytes:
    """Changes of a text with deadlines and targets in it."""
    return _pieces(data, words.DAYS, seeded(seed), 200)


def _decoded(data: bytes) -> str:
    return data.decode(errors="surrogateescape")


def _encoded(text: str) -> bytes:
    return text.encode(errors="surrogatepass") if re.search("[\ud800-\udc7f\udd00-\udfff]", text) else _escaped(text)


def _escaped(text: str) -> bytes:
    return text.encode(errors="surrogateescape")


# ------------------------------------------------------------------------------------------------ lines of YAML


def _with_changed_lines(content: bytes, other: bytes, chance: random.Random) -> bytes:
    lines = _decoded(content).split("\n")
    change = chance.choice(_LINE_CHANGES)
    place = chance.randrange(len(lines))
    lines[place : place + 1] = change(lines[place], lines, _decoded(other).split("\n"), chance)
    return _encoded("\n".join(lines[:_LONGEST]))


def _gone(_line: str, _lines: Sequence[str], _other: Sequence[str], _chance: random.Random) -> list[str]:
    return []


def _twice(line: str, _lines: Sequence[str], _other: Sequence[str], _chance: random.Random) -> list[str]:
    return [line, line]


def _shifted(line: str, _lines: Sequence[str], _other: Sequence[str], chance: random.Random) -> list[str]:
    by = chance.choice((-4, -2, -1, 1, 2, 4))
    return [line[-by:] if by < 0 and not line[:-by].strip() else " " * max(by, 0) + line]


def _block(line: str, lines: Sequence[str], other: Sequence[str], chance: random.Random) -> list[str]:
    """Some lines of this file or another behind the line."""
    source = chance.choice((lines, other))
    start = chance.randrange(len(source))
    return [line, *source[start : start + chance.randint(1, 8)]]


def _new_key(line: str, _lines: Sequence[str], _other: Sequence[str], chance: random.Random) -> list[str]:
    found = _LINE.fullmatch(line)
    lead = re.sub("-", " ", found["lead"]) if found else ""
    return [line, lead + chance.choice(words.KEYS)]


def _other_value(line: str, lines: Sequence[str], _other: Sequence[str], chance: random.Random) -> list[str]:
    found = _LINE.fullmatch(line)
    if not found:
        return [line]
    value = chance.choice((*words.VALUES, chance.choice(lines).strip()))
    return [f"{found['lead']}{found['key'] or ''} {value}"]


def _grown_value(line: str, _lines: Sequence[str], _other: Sequence[str], chance: random.Random) -> list[str]:
    """Something put into the line, most often behind its key."""
    found = _LINE.fullmatch(line)
    start = found.start("rest") if found and chance.random() < 0.8 else 0  # noqa: PLR2004 - most often
    place = chance.randint(start, len(line))
    piece = chance.choice(chance.choice((words.VALUES, words.PHRASES, words.DAYS)))
    return [line[:place] + piece + line[place:]]


def _reworded(line: str, _lines: Sequence[str], _other: Sequence[str], chance: random.Random) -> list[str]:
    """Words put in the place of others, next to a Chinese character."""
    places = [found.start() for found in re.finditer("[\u4e00-\u9fff]", line)]
    if not places:
        return [line]
    start = chance.choice(places)
    piece = chance.choice(chance.choice((words.PHRASES, words.DAYS)))
    return [line[:start] + piece.strip() + line[start + chance.choice((0, 0, 1, 3, 8)) :]]


def _cut(line: str, _lines: Sequence[str], _other: Sequence[str], chance: random.Random) -> list[str]:
    start, end = sorted(chance.randint(0, len(line)) for _ in range(2))
    return [line[:start] + line[min(end, start + 4) :]]


def _requoted(line: str, _lines: Sequence[str], _other: Sequence[str], chance: random.Random) -> list[str]:
    """The value in other quotes, in brackets, or as a block."""
    found = _LINE.fullmatch(line)
    if not found or not found["rest"].strip():
        return [line]
    head, value = found["lead"] + (found["key"] or ""), found["rest"].strip().strip("'\"")
    form = chance.choice(("'{}'", '"{}"', "[{}]", "{{甲: {}}}", "[{{title: {}}}]", ">", "|", "|-", ">\n"))
    if form[0] in "|>":
        inner = " " * (len(found["lead"]) + 2)
        return [f"{head} {form}", *(inner + piece for piece in re.split("(?<=[。，])", value) if piece)]
    return [f"{head} {form.format(value)}"]


def _wrapped(line: str, _lines: Sequence[str], _other: Sequence[str], chance: random.Random) -> list[str]:
    """The line broken in two, the second indented deeper."""
    place = chance.randint(0, len(line))
    return [line[:place], " " * chance.randint(0, 8) + line[place:]]


_LINE_CHANGES = (
    *(_gone, _twice, _shifted, _block, _new_key, _new_key, _other_value, _other_value, _grown_value, _grown_value),
    *(_grown_value, _cut, _requoted, _wrapped),
)

# ------------------------------------------------------------------------------------------------ running text


def _pieces(data: bytes, vocabulary: Sequence[str], chance: random.Random, longest: int) -> bytes:
    """Pieces put in, taken out, doubled or moved; at most ``longest`` characters stay."""
    text = _decoded(data)
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.randint(0, 6))
        way = chance.randrange(5)
        piece = chance.choice(vocabulary) if way < 3 else text[start:end]  # noqa: PLR2004 - three ways of five
        kept = text[end:] if way in (0, 4) else text[start:]
        text = text[:start] + piece + kept if way < 4 else text[:start] + kept + piece  # noqa: PLR2004 - the fifth
    return _encoded(text[:longest])
