"""Phrases with what they say: the tables of tests/data, and that of ``shared/cases`` where it stands beside the checkout."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workplan.language.model import Registry
from workplan.language.model.decode import decode
from workplan.language.scalar import File
from workplan.language.syntax import parse as parse_yaml
from workplan.plan.registry import Book, Phrase, build

DATA = Path(__file__).resolve().parent / "data"
#: The folder of cases beside the checkout, or beside the worktrees.
_CASES = (Path(__file__).resolve().parents[2] / "shared/cases", Path(__file__).resolve().parents[3] / "shared/cases")


def book_of(text: str) -> Book:
    """The book of a registry; the text has to be without a fault."""
    node, faults = parse_yaml(File("units.yaml", text))
    assert node is not None
    registry, more = decode(node, Registry)
    assert registry is not None
    book, findings = build(registry)
    assert (*faults, *more, *findings) == ()
    return book


def cases() -> Path | None:
    """The folder of cases, or None where it is not there."""
    return next((path for path in _CASES if path.is_dir()), None)


@dataclass(frozen=True)
class Row:
    """A phrase and what it says: ``units`` with their roles, "?" before a name that nobody registered, else see the file."""

    text: str
    units: tuple[tuple[str, str], ...]
    open: bool
    in_text: str
    doubts: tuple[str, ...]
    due: tuple[str, ...]
    columns: tuple[str, ...]
    rules: tuple[str, ...]


def rows() -> list[Row]:
    """The table of tests/data/phrases.tsv."""
    lines = (DATA / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    return [_row(line.split("\t")) for line in lines if not line.startswith("#")]


def _row(cells: list[str]) -> Row:
    text, units, open_, in_text, doubts, due, columns, rules = cells
    return Row(
        text=text.replace("\\n", "\n"),
        units=roles(units),
        open=open_ == "1",
        in_text=in_text,
        doubts=_several(doubts, ","),
        due=_several(due),
        columns=_several(columns),
        rules=_several(rules),
    )


def _several(cell: str, between: str = "|") -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split(between))


def roles(cell: str) -> tuple[tuple[str, str], ...]:
    """``unit=role|…`` as pairs."""
    pairs = (pair.split("=") for pair in _several(cell))
    return tuple((unit, role) for unit, role in pairs)


def named(phrases: tuple[Phrase, ...], text: str) -> tuple[tuple[str, str], ...]:
    """The units of phrases with their roles, "?" before a name that nobody registered."""
    names = (name for phrase in phrases for name in phrase.names)
    return tuple((name.unit or f"?{text[name.start : name.end]}", name.role) for name in names)


def told(phrases: tuple[Phrase, ...], start: int, end: int) -> bool:
    """Whether a stretch of a text is a name that was found, known or not, or stands in a doubt."""
    names = [(name.start, name.end) for phrase in phrases for name in phrase.names]
    doubts = [(doubt.start, doubt.end) for phrase in phrases for doubt in phrase.doubts]
    return any(first < end and start < last for first, last in (*names, *doubts))
