"""Structure that a missing blank or a mark in the wrong place takes from a file: keys, items and texts that YAML reads as one.

Where a person must say what was meant, no finding here carries a correction.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Related

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.language.scalar import File, Scalar

RULE = "lost-structure"
#: The variants that mean a key only where the plan language has a key of that name.
OF_KEYS = ("no-blank", "dash-key")
_MARKER = re.compile(r"^(?:<{7}|>{7})(?=[ \r\n]|\Z)|^={7}(?=\r?$)", re.MULTILINE)
#: Marks that belong to one place: where its halves part, and where it ends.
_HALVES = 2
#: A key of the plan language, or a Chinese word that somebody may take for one; text says 一是: and 例如: too.
_KEY = r"(?P<key>[a-z_]+|[\u4e00-\u9fff]{0,4}(?:单位|部门|名称|标题|正文|内容|时限|期限))"
#: ``title:甲`` at the beginning of a line, also behind the dashes of items.
_NO_BLANK = re.compile(rf"(?P<lead>[ \t]*(?:- +)*){_KEY}(?P<colon>:)(?=[^\s:/])")
#: ``-title: 甲`` and ``-甲``: no figure (``-5``), and no dash of other signs.
_DASH = re.compile(r"[ \t]*(?:- +)*(?P<dash>-)(?P<word>[a-z_]+(?=:)|[a-z_\u4e00-\u9fff“《\"'\[{])")
_FLOW_KEY = re.compile(r"(?P<key>[^\s:]+?):(?=[^\s:/])")
#: Where a value may begin on a line: behind a key, a dash, or a sign of a list in brackets.
_VALUE = r"(?:(?<=[:\-,\[{?] )|(?<=[\[{,])|^)[ \t]*"
_BRACKETED = re.compile(
    rf"{_VALUE}(?P<inside>\[[^\[\]{{}}\n]*\]|\{{[^\[\]{{}}\n]*\}})[ \t]*(?P<after>[^\s,#\[\]{{}}:])", re.MULTILINE
)
_QUOTED = re.compile(
    rf"{_VALUE}(?P<inside>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')[ \t]*(?P<after>[^\s,#\]}}:\"'])",
    re.MULTILINE | re.DOTALL,
)


def markers(file: File) -> tuple[Diagnostic, ...]:
    """The places where git left both sides of a merge in a file, each with where its two halves part and end."""
    found: list[Diagnostic] = []
    marks = list(_MARKER.finditer(file.text)) if "<<<<<<<" in file.text else []
    for number, mark in enumerate(marks):
        if mark[0][0] != "<":
            continue
        halves = []
        for after in takewhile(lambda after: after[0][0] != "<", marks[number + 1 : number + 1 + _HALVES]):
            name = "merge-marker.middle" if after[0][0] == "=" else "merge-marker.end"
            halves.append(Related(name, file.span(*after.span())))
            if after[0][0] == ">":
                break
        found.append(Diagnostic("merge-marker", file.span(*mark.span()), related=tuple(halves)))
    return tuple(found)


def in_texts(file: File, scalars: Iterable[Scalar]) -> Iterator[Diagnostic]:
    """What stands in texts that YAML could read, though it was meant as keys and items."""
    for scalar in scalars:
        if scalar.style or not scalar.value:
            continue
        if file.text.startswith(":", scalar.end):
            dash = re.fullmatch(r"-+([a-z_]+)", scalar.value)
            if dash:
                yield _lost(file, scalar.start, scalar.end, "dash-key", key=dash[1])
        elif ":" in scalar.value or "-" in scalar.value:
            yield from _lines(file, scalar)


def without_value(key: Scalar) -> Diagnostic | None:
    """What a key in braces hides that has no value: ``{name:甲}`` is one key, for its colon has no blank behind it."""
    found = None if key.style or key.file.text.startswith(":", key.end) else _FLOW_KEY.match(key.value)
    if found is None:
        return None
    return _lost(key.file, key.start, key.start + found.end(), "no-blank-in-braces", key=found["key"])


def behind(file: File, latest: int, place: int) -> Diagnostic | None:
    """What made reading come to an end: ``latest`` is where the last text began that was read, ``place`` where it ended."""
    start = file.text.rfind("\n", 0, latest) + 1
    end = file.text.find("\n", place)
    end = end if end >= 0 else len(file.text)
    if file.text[latest : latest + 1] in ("'", '"'):
        quoted = _QUOTED.search(file.text, start, end)
        if quoted and quoted.start("after") <= place:
            return _lost(file, *quoted.span("inside"), variant="quotes", text=_short(quoted["inside"]))
    while 0 <= start <= place:
        found = _slip(file, start)
        if found:
            return found
        start = file.text.find("\n", start) + 1 or -1
    return None


def _slip(file: File, start: int) -> Diagnostic | None:
    """The slip on the line that begins at ``start``."""
    end = file.text.find("\n", start)
    end = end if end >= 0 else len(file.text)
    dash = _DASH.match(file.text, start, end)
    if dash:
        return _dashed(file, dash)
    key = _NO_BLANK.match(file.text, start, end)
    if key:
        return _lost(file, key.start("key"), key.end("colon"), "no-blank", key=key["key"])
    bracketed = _BRACKETED.search(file.text, start, end)
    if bracketed:
        return _lost(file, *bracketed.span("inside"), variant="brackets", text=_short(bracketed["inside"]))
    quoted = _QUOTED.search(file.text, start, end)
    if quoted:
        return _lost(file, *quoted.span("inside"), variant="quotes", text=_short(quoted["inside"]))
    return None


def _lines(file: File, scalar: Scalar) -> Iterator[Diagnostic]:
    """Lines of a plain text that begin as a key or an item would."""
    starts = list(_line_starts(file, scalar))
    keys = [_NO_BLANK.match(file.text, start, scalar.end) for start in starts]
    labelled = len(keys) > 1 and all(key is not None and key.start("key") >= scalar.start for key in keys)
    for start, key in zip(starts, keys, strict=True):
        dash = _DASH.match(file.text, start, scalar.end)
        if dash and dash.start("dash") >= scalar.start:
            yield _dashed(file, dash)
        elif key and key.start("key") >= scalar.start and (labelled or key["key"].isascii()):
            yield _lost(file, key.start("key"), key.end("colon"), "no-blank", key=key["key"])


def _line_starts(file: File, scalar: Scalar) -> Iterator[int]:
    """The beginnings of the lines on which a text begins a line; the first one may stand behind the dashes of items."""
    first = file.text.rfind("\n", 0, scalar.start) + 1
    if not file.text[first : scalar.start].strip(" \t-"):
        yield first
    place = file.text.find("\n", scalar.start, scalar.end)
    while place >= 0:
        yield place + 1
        place = file.text.find("\n", place + 1, scalar.end)


def _dashed(file: File, dash: re.Match[str]) -> Diagnostic:
    word = dash["word"]
    if len(word) > 1 and word.isascii():
        return _lost(file, dash.start("dash"), dash.end("word"), "dash-key", key=word)
    return _lost(file, dash.start("dash"), dash.start("dash") + 1, "dash")


def _lost(file: File, start: int, end: int, variant: str, **arguments: str) -> Diagnostic:
    return Diagnostic(RULE, file.span(start, end), arguments, variant=variant)


def _short(text: str, most: int = 20) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
