"""Comparisons as a web page: one file, nothing fetched, both sides beside each other, to be filtered and printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from workplan.compare.change import Kind
from workplan.compare.report.wording import ChangeWording
from workplan.compare.text_diff import compare
from workplan.render.templating import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.compare.change import Change, Comparison, Entry, Piece
    from workplan.compare.report.wording import Detail
    from workplan.compare.subject import Subject

Pieces = tuple["Piece", ...]


@dataclass(frozen=True, slots=True)
class CardSide:
    """What one side says: where it stands, its title, text and annotation, each as pieces."""

    place: str
    title: Pieces
    text: Pieces
    note: Pieces


@dataclass(frozen=True, slots=True)
class Card:
    """One change: its kinds and units (for the filters), what it is called, what is told of it, and both sides.

    A side is None where there is nothing.
    """

    kinds: tuple[str, ...]
    units: tuple[str, ...]
    told: str
    name: str
    lines: tuple[Detail, ...]
    old: CardSide | None
    new: CardSide | None


def write(subject: Subject) -> bytes:
    """The page in UTF-8; raises Refusal where the template ``diff.html`` is broken."""
    comparison, words = subject.comparison, subject.words
    wording = ChangeWording(words, 0)
    cards = tuple(_card(wording, change) for change in comparison.changes)
    context = {
        "language": words.language,
        "words": words.words("page"),
        "heading": words.text("diff.heading", {"old": comparison.old, "new": comparison.new}),
        "summary": wording.summary(comparison),
        "sides": (comparison.old, comparison.new),
        "titles": tuple(side.name for side in subject.officials()),
        "cards": cards,
        "kinds": [(kind, words.text(f"diff.kinds.{kind}")) for kind in _kinds(comparison)],
        "units": _units(cards, comparison),
        "balances": [(unit, told) for unit, told in wording.accounts(comparison) if any(duties for _, duties in told)],
        "columns": words.words("page.columns"),
        "registry": tuple(wording.registry(comparison)),
        "registry_changes": words.text("diff.registry-changes"),
        "renumbered": tuple(wording.renumbered(comparison)),
        "renumbered_only": words.text("diff.renumbered-only"),
    }
    return render(subject.templates, "diff.html", context).encode("utf-8", "replace")


def _kinds(comparison: Comparison) -> list[Kind]:
    return [kind for kind in get_args(Kind) if any(kind in change.kinds for change in comparison.changes)]


def _units(cards: Sequence[Card], comparison: Comparison) -> list[str]:
    """The units that a change speaks of, in the order of the registry as far as it is known."""
    found = dict.fromkeys(unit for card in cards for unit in card.units)
    known = [balance.unit for balance in comparison.units if balance.unit in found]
    return list(dict.fromkeys([*known, *found]))


def _card(wording: ChangeWording, change: Change) -> Card:
    named = [named.unit for entry in change.old + change.new for named in entry.units]
    units = dict.fromkeys([*named, *(one.unit for one in change.units)])
    old, new = _sides(change)
    text = wording.words.text("diff.labels.text")
    lines = tuple(line for line in wording.lines(change) if line.label != text)
    return Card(
        kinds=change.kinds,
        units=tuple(units),
        told=wording.kinds(change),
        name=wording.name(change),
        lines=lines,
        old=old,
        new=new,
    )


def _sides(change: Change) -> tuple[CardSide | None, CardSide | None]:
    titles = _compared("\n".join(_titles(change.old)), "\n".join(_titles(change.new)))
    texts = change.text_diff or _compared(_text(change.old), _text(change.new))
    notes = _compared(_notes(change.old), _notes(change.new))

    def side(entries: Sequence[Entry], gone: str) -> CardSide | None:
        if not entries:
            return None
        kept = (tuple(piece for piece in pieces if piece[0] != gone) for pieces in (titles, texts, notes))
        return CardSide(" / ".join(entries[0].section), *kept)

    return side(change.old, "+"), side(change.new, "-")


def _compared(old: str, new: str) -> Pieces:
    return compare(old, new)


def _titles(entries: Sequence[Entry]) -> Iterator[str]:
    return ((entry.path[-1] if entry.path and entry.number else "") + entry.title for entry in entries)


def _text(entries: Sequence[Entry]) -> str:
    return "\n".join(entry.text for entry in entries)


def _notes(entries: Sequence[Entry]) -> str:
    return "\n".join(dict.fromkeys(printed.strip() for entry in entries for printed in entry.printed))
