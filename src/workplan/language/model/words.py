"""Keys and values in the words of those who write plans: which key a word means, and what a key is called in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.language.syntax import Mapping, Node, Sequence
from workplan.resources.messages import user_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workplan.language.model.base import Record

#: Keys that hold a list of records: of several that a word may mean, one of these is meant where such a list is written.
_LISTS = frozenset({"items", "clauses", "rows", "columns", "parts", "attachments"})
#: The key below which units stand by their roles; in units.yaml it holds the registry.
_ROLES = "units"


def meant_key(word: str, value: Node | None, record: type[Record], known: Iterable[str]) -> str:
    """The key of a record that a word means, "" for none; ``value`` is what is written under it."""
    name = word.strip().casefold()
    found = [key for key in known if name in _words(record, key)]
    listed = isinstance(value, Sequence) and any(isinstance(item, Mapping) for item in value.items)
    fitting = [key for key in found if (key in _LISTS) == listed]
    return next(iter((*fitting, *found)), "")


def is_role(word: str, record: type[Record], known: Iterable[str]) -> bool:
    """Whether a word names a role that stands below the key ``units`` of a record: 牵头单位."""
    return (
        _ROLES in known and _ROLES not in user_words(record.__name__) and word.strip() in user_words("labels")[_ROLES]
    )


def meant_value(word: str, choices: Iterable[str]) -> str:
    """The one of some choices that a word means, "" for none."""
    values = user_words("values")
    return next((choice for choice in choices if word.strip() in values.get(choice, ())), "")


def glossed_keys(record: type[Record], keys: Iterable[str]) -> str:
    """Keys with their Chinese names in brackets: ``title(标题)、text(正文)``; the catalogue says how a language sets them."""
    return "、".join(_glossed(key, _words(record, key)) for key in keys)


def glossed_values(choices: Iterable[str]) -> str:
    """The same for what may be chosen."""
    values = user_words("values")
    return "、".join(_glossed(choice, values.get(choice, ())) for choice in choices)


def _glossed(word: str, names: Iterable[str]) -> str:
    gloss = next(iter(names), "")
    return f"{word}({gloss})" if gloss else word


def _words(record: type[Record], key: str) -> tuple[str, ...]:
    """What writers call a key: in this record, or in one that it extends, or anywhere."""
    for kind in record.__mro__:
        own = user_words(kind.__name__)
        if key in own:
            return own[key]
    return user_words("keys").get(key, ())
