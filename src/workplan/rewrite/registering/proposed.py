"""What a plan's unregistered names are to be in the registry: units of their own, or other spellings of units."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.plan.registry import Name, Phrase
from workplan.plan.registry.short_form import completed
from workplan.rewrite.registering.entries import NewAlias, NewUnit
from workplan.rewrite.registering.guess import kind_of, longer_form

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from workplan.language.model import Registry
    from workplan.plan.registry import Book

#: A name that nobody registered: the text that it stands in, the phrase of which it is one, the name with its place.
Mention = tuple[str, Phrase, Name]


@dataclass(frozen=True, slots=True)
class Remarks:
    """The comments to be written: above what was added, and at a unit with a proposed alias."""

    heading: str
    alias: str


def counted(mentions: Iterable[Mention], tried: Container[str]) -> Counter[str]:
    """The names to be registered with the number of their places.

    One gets the level that the list says before it, unless it stands alone elsewhere, or was tried with it in vain.
    """
    found: list[tuple[str, str]] = []
    for text, phrase, name in mentions:
        words = text[name.start : name.end].strip()
        before = [text[other.start : other.end] for other in phrase.names if other.end <= name.start]
        found.append((words, completed(words, reversed(before))))
    alone = {words for words, whole in found if words == whole or whole in tried}
    return Counter(words if words in alone else whole for words, whole in found)


def proposed(
    counts: Counter[str], book: Book, registry: Registry, remarks: Remarks
) -> tuple[list[NewUnit], list[NewAlias]]:
    """The units to be registered, a name that is another's short or long form as its alias."""
    known = book.spellings
    of_known = {name: known[longer] for name in counts if (longer := _other(name, known))}
    fresh = [name for name in counts if name not in of_known]
    named = {name: other for name in fresh if (other := longer_form(name, fresh))}
    forms: dict[str, list[str]] = {}
    for name in fresh:
        forms.setdefault(named.get(name, name), []).append(name)
    units = [_unit(same, counts, remarks) for same in forms.values()]
    own = {unit.name.line for unit in registry.units}
    aliases: list[NewAlias] = []
    for name, unit in of_known.items():
        if book.present[unit] in own:
            aliases.append(NewAlias(book.present[unit], name, counts[name]))
        else:  # a member of a group without an entry of its own
            units.append(NewUnit(name=unit, kind="unit", aliases=(name,), count=counts[name], remark=remarks.alias))
    return units, aliases


def _other(name: str, known: Iterable[str]) -> str:
    """The registered spelling of which a name is the short form, or which is the short form of the name."""
    spellings = tuple(known)
    longer = longer_form(name, spellings)
    return longer or next((short for short in spellings if longer_form(short, (name,))), "")


def _unit(names: list[str], counts: Counter[str], remarks: Remarks) -> NewUnit:
    """One unit under the name that the plan uses most."""
    name = max(names, key=counts.__getitem__)
    others = tuple(other for other in names if other != name)
    return NewUnit(
        name=name,
        kind=kind_of(name),
        aliases=others,
        count=sum(counts[each] for each in names),
        remark=remarks.alias if others else "",
    )
