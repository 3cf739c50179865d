"""The message catalogues: every word that workplan says to its user, in Chinese and English."""

from __future__ import annotations

import locale
import os
import re
import sys
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workplan.diagnostic import visible
from workplan.resources.messages import foreign

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LANGUAGES = ("zh", "en")
#: The arguments that list names, and where in a list of keys or options (never between Chinese words) it is parted.
_LISTS = ("known", "choices")
#: The arguments that name something, in one line whatever it holds.
_NAMES = ("path", "file", "plan", "folder", "revision", "name", "found", "origin")
#: The arguments in which another program's words may stand.
_FOREIGN = ("fault", "problem", "reason")
_ENGLISH = re.compile(r"[A-Za-z]{2}")
_CHINESE = re.compile("[\u4e00-\u9fff]")
#: The Chinese name of a key, behind it.
_GLOSS = re.compile("(?<=[a-z])\\(([\u4e00-\u9fff]+)\\)")
#: Words that hang on a number: ``{copies} (copies:copy|copies)``.
_NUMBERED = re.compile(r"\((\w+):([^|()]*)\|([^|()]*)\)")
_BETWEEN = re.compile("(?<=[!-~])、(?=[!-~])")


@dataclass(frozen=True)
class Catalogue:
    """The words of one language, by dotted key."""

    language: str
    entries: Mapping[str, Any] = field(repr=False)

    def text(self, key: str, arguments: Mapping[str, object] | None = None) -> str:
        """The words under ``key``, filled; a key that is not there is a fault of workplan (KeyError)."""
        found = self._find(key)
        if not isinstance(found, str):
            raise KeyError(key)
        return self._filled(found, arguments or {})

    def message(self, key: str, arguments: Mapping[str, object]) -> str:
        """What a finding says."""
        return self.text(f"{key}.message", arguments)

    def hint(self, key: str, arguments: Mapping[str, object]) -> str:
        """The way out of a finding; "" where there is none to tell."""
        found = self._find(f"{key}.hint")
        return self._filled(found, arguments) if isinstance(found, str) else ""

    def words(self, key: str) -> dict[str, Any]:
        """All words directly under ``key``, and the tables there."""
        return dict(self._find(key) or {})

    def findings(self) -> tuple[str, ...]:
        """The ids of all findings that can be said."""
        return tuple(name for name, entry in self.entries.items() if isinstance(entry, dict) and "message" in entry)

    def _filled(self, text: str, arguments: Mapping[str, object]) -> str:
        return numbered(text, arguments).format_map(self._spelt(arguments))

    def _spelt(self, arguments: Mapping[str, object]) -> dict[str, object]:
        """The arguments as this language says them: lists parted its way, and no other program's words untold."""
        return {
            name: self._argument(name, value) if isinstance(value, str) else value for name, value in arguments.items()
        }

    def _argument(self, name: str, value: str) -> str:
        value = visible(value, one_line=name in _NAMES)
        if name in _LISTS:
            parted = _BETWEEN.sub(self._find("summary.separator") or "、", value)
            return _GLOSS.sub(lambda gloss: str(self._find("summary.gloss")).format(gloss=gloss[1]), parted)
        if name in _FOREIGN and _ENGLISH.search(value) and not _CHINESE.match(value):
            entry, arguments = foreign.known(value)
            return self.text(f"foreign.{entry}", arguments)
        return value

    def _find(self, key: str) -> Any:  # noqa: ANN401 - a table or a text
        found: Any = self.entries
        for step in key.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        return found


def numbered(text: str, arguments: Mapping[str, object]) -> str:
    """An entry with the words that hang on numbers chosen: those of one thing where the number is 1, else of several."""
    return _NUMBERED.sub(lambda found: found[2] if str(arguments.get(found[1])) == "1" else found[3], text)


@lru_cache(maxsize=2)
def catalogue(language: str) -> Catalogue:
    """The catalogue of ``zh`` or ``en``."""
    text = (Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8")
    return Catalogue(language, tomllib.loads(text))


@lru_cache(maxsize=2)
def key_words(language: str) -> Catalogue:
    """What the keys of the plan's files say, by record; kept apart because only editors and the reference ask for it."""
    text = (Path(__file__).parent / f"keys.{language}.toml").read_text(encoding="utf-8")
    return Catalogue(language, tomllib.loads(text))


#: What the preview says in the words of other commands: tables of the catalogue.
_SHARED = ("severity", "kinds", "diff.kinds", "diff.entries", "diff.frames", "diff.labels", "diff.roles", "diff.units")


@lru_cache(maxsize=2)
def preview_words(language: str) -> dict[str, str]:
    """All that the page of ``workplan preview`` says, by dotted key: its own words, and those of other commands."""
    own = tomllib.loads((Path(__file__).parent / f"preview.{language}.toml").read_text(encoding="utf-8"))
    shared = {table: catalogue(language).words(table) for table in _SHARED}
    return dict(_flat({**own, **shared}))


def _flat(entries: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in entries.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


@lru_cache(maxsize=64)
def user_words(table: str) -> dict[str, tuple[str, ...]]:
    """What writers of plans call keys and values, by key; ``table`` is ``keys``, ``values`` or a record with words of its own."""
    return {key: tuple(words) for key, words in _all_user_words().get(table, {}).items()}


@lru_cache(maxsize=1)
def _all_user_words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def preferred(asked: str | None = None) -> str:
    """The language to speak: the one asked for, else ``WORKPLAN_LANG``, else the locale's; Chinese where none says."""
    for wish in (asked, os.environ.get("WORKPLAN_LANG"), _locale()):
        if wish and wish.lower().startswith(("zh", "chinese")):
            return "zh"
        if wish and wish.lower().startswith("en"):
            return "en"
    return "zh"


def _locale() -> str:
    """The locale's language: from the environment, on Windows from the system (elsewhere C passes for English there)."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in named if name), "") or (
        locale.getlocale()[0] or "" if sys.platform == "win32" else ""
    )
