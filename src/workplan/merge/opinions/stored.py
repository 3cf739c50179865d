"""What a row of the table carries for the program, in a hidden column: all that applying it needs but the plan itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.merge.edit import Hunk
from workplan.merge.opinions import words
from workplan.merge.opinions.row import Row, RowKind, digest

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The version of what is carried: a table of a newer one is not read.
VERSION = 1
#: Stands before the number of each hidden column in its heading.
HEADING = "workplan:"
#: Largest number of characters in a hidden cell: Excel takes 32,767.
_LONGEST = 30_000
_CHECK = 16


@dataclass(frozen=True, slots=True)
class Origin:
    """What a table was made for: the plan's name, and the git blobs of its files (file, blob)."""

    plan: str
    blobs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One row as it was written: the ``row`` without its original words, and what tells whether its cells were edited.

    It takes several lines of the sheet where its text is long; ``joints`` stand between the parts of its opinion.
    """

    row: Row
    original: str
    opinion: str
    joints: tuple[str, ...] = ()


class DamagedError(ValueError):
    """What a hidden cell carries is not what was put there."""


class NewerError(ValueError):
    """A table was made by a newer version."""


def settled(text: str) -> str:
    """A cell's text as any program gives it back: line ends of one kind, nothing blank around it."""
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def cell_digest(text: str) -> str:
    """What tells a cell's text from an edited one; how it was cut into lines of the sheet does not count."""
    return digest("".join(text.replace("_x000D_", "").split()))


def exact_digest(text: str) -> str:
    """The same for a cell whose line ends and blanks count; tabs do not, which some programs lose."""
    return digest(settled(text).replace("\t", ""))


def origin_to_text(origin: Origin) -> str:
    """The heading of the first hidden column, behind its number."""
    return _sealed({"version": VERSION, "plan": origin.plan, "blobs": [list(blob) for blob in origin.blobs]})


def origin_of(text: str) -> Origin:
    """What a heading says; DamagedError where it says nothing whole, NewerError where it is of a newer version."""
    found = _opened(text)
    if found.get("version") != VERSION:
        raise NewerError
    try:
        blobs = [_list(blob) for blob in _list(found["blobs"])]
        return Origin(str(found["plan"]), tuple((str(file), str(blob)) for file, blob in blobs))
    except (KeyError, TypeError, ValueError) as fault:
        raise DamagedError from fault


def lines(row: Row, table: str, joints: Sequence[str], count: int) -> list[str]:
    """What each of ``count`` lines of a row carries; ``table`` is the digest of the heading."""
    first = {
        "table": table,
        "number": row.number,
        "part": 0,
        "parts": count,
        "joints": list(joints),
        "kind": row.kind,
        "holder": row.holder,
        "behind": row.behind,
        "place": row.place,
        "before": row.before,
        "start": row.start,
        "end": row.end,
        "hunks": [[one.start, one.end, one.words, list(one.authors), one.date] for one in row.hunks],
        "added": row.proposed if row.kind is RowKind.ADDED else "",
        "swallowed": list(row.swallowed),
        "joint": [list(group) for group in row.joint],
        "units": list(row.units),
        "authors": list(row.authors),
        "original": cell_digest(words.original(row)),
        "opinion": exact_digest(words.opinion(row)),
    }
    more = [{"table": table, "number": row.number, "part": part, "parts": count} for part in range(1, count)]
    return [_sealed(one) for one in (first, *more)]


def cut(carried: str) -> list[str]:
    """The pieces of a carried text, one for each hidden column."""
    return [carried[start : start + _LONGEST] for start in range(0, len(carried), _LONGEST)]


@dataclass(frozen=True, slots=True)
class Part:
    """What one line of the sheet carries: which of the ``parts`` of row ``number`` it is, and with the first the row."""

    table: str
    number: int
    part: int
    parts: int
    carried: Carried | None


def part_of(text: str) -> Part:
    """What the hidden cells of a line say; DamagedError where it is not whole."""
    found = _opened(text)
    try:
        number, part, parts = (int(str(found[key])) for key in ("number", "part", "parts"))
        carried = None if part else _carried(found)
        return Part(table=str(found["table"]), number=number, part=part, parts=parts, carried=carried)
    except (KeyError, TypeError, ValueError) as fault:
        raise DamagedError from fault


def _carried(found: dict[str, object]) -> Carried:
    text = {key: str(found[key]) for key in ("holder", "behind", "place", "before", "added", "original", "opinion")}
    number = {key: int(str(found[key])) for key in ("number", "start", "end")}
    row = Row(
        kind=RowKind(str(found["kind"])),
        holder=text["holder"],
        behind=text["behind"],
        place=text["place"],
        before=text["before"],
        start=number["start"],
        end=number["end"],
        hunks=tuple(_hunk(one) for one in _list(found["hunks"])),
        proposed=text["added"],
        units=tuple(map(str, _list(found["units"]))),
        authors=tuple(map(str, _list(found["authors"]))),
        number=number["number"],
        swallowed=tuple(map(str, _list(found.get("swallowed", [])))),
        joint=tuple(tuple(int(str(one)) for one in _list(group)) for group in _list(found.get("joint", []))),
    )
    joints = tuple(map(str, _list(found["joints"])))
    return Carried(row=row, original=text["original"], opinion=text["opinion"], joints=joints)


def _hunk(found: object) -> Hunk:
    start, end, new, authors, date = _list(found)
    people = tuple(map(str, _list(authors)))
    return Hunk(start=int(str(start)), end=int(str(end)), words=str(new), authors=people, date=str(date))


def _list(found: object) -> list[object]:
    if not isinstance(found, list):
        raise DamagedError
    return found


def _sealed(values: dict[str, object]) -> str:
    # Every other character as \uXXXX: no program changes, breaks or corrects such a text on its way.
    text = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
    return f"{text}{digest(text)[:_CHECK]}"


def _opened(text: str) -> dict[str, object]:
    body, check = text[:-_CHECK], text[-_CHECK:]
    if digest(body)[:_CHECK] != check:
        raise DamagedError
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise DamagedError from fault
    if not isinstance(found, dict):
        raise DamagedError
    return found
