"""The numbers that Word computes (ECMA-376 part 1, 17.9): they are no text of the file and stand on every page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workplan.importing.readers.counters import worded
from workplan.importing.readers.docx.names import child, children, is_on, number, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_SEPARATOR = {"tab": "\t", "space": " ", "nothing": ""}
#: A list in which a style is numbered may lead to a style that leads to a list, and so on in a damaged file.
_MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "\t"
    legal: bool = False
    #: The level (from 1) after which this one starts again; 0 for never, None for any higher one.
    restart: int | None = None
    indent: int | None = None
    first: int | None = None


@dataclass
class Numbering:
    """Counts through a document; paragraphs are asked for in their order."""

    root: _Element | None
    styles: dict[str, tuple[int, int]] = field(default_factory=dict)
    _lists: dict[int, tuple[int, dict[int, _Level]]] = field(default_factory=dict)
    _kinds: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counts: dict[int, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[int, int]] = field(default_factory=set)
    #: Lists and levels that override where they start, at whatever is counted already.
    _overrides: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Index the lists once: a document of a thousand lists asks for each again and again."""
        self._abstract = {value(one, "abstractNumId"): one for one in children(self.root, "w:abstractNum")}
        self._given = {number(one, "numId"): one for one in children(self.root, "w:num")}
        self._by_style = {
            value(child(one, "w:styleLink")): one
            for one in self._abstract.values()
            if child(one, "w:styleLink") is not None
        }

    def next(self, identifier: int, level: int) -> str:
        """The number of the next paragraph of a list with the separator after it; "" where it prints none."""
        key, levels = self._list(identifier)
        if level not in levels or not 0 <= level < _LEVELS:
            return ""
        own = levels[level]
        counts = self._counts.setdefault(key, {})
        self._take_start(identifier, key, level)
        counts[level] = counts[level] + 1 if level in counts else own.start
        for lower in [one for one in counts if one > level and _restarts(levels.get(one, _Level()), level)]:
            del counts[lower]
        if own.form == "none" and not _PLACEHOLDER.sub("", own.text):
            return ""
        shown = _PLACEHOLDER.sub(lambda found: self._shown(int(found[1]) - 1, own, levels, counts), own.text)
        return shown + own.suffix if shown.strip() else ""

    def indents(self, identifier: int, level: int) -> tuple[int | None, int | None]:
        """The indents that a level sets, in twentieths of a point: of the paragraph and of its first line."""
        own = self._list(identifier)[1].get(level, _Level())
        return own.indent, own.first

    def _shown(self, place: int, own: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        level = levels.get(place, _Level())
        form = "decimal" if own.legal else level.form
        return worded(counts.get(place, level.start), form)

    def _take_start(self, identifier: int, key: int, level: int) -> None:
        """A list that overrides where a level starts does so at its first paragraph, though it counts with others."""
        if (identifier, level) not in self._overrides or (identifier, level) in self._started:
            return
        self._started.add((identifier, level))
        self._counts[key].pop(level, None)

    def _list(self, identifier: int) -> tuple[int, dict[int, _Level]]:
        """What counts together with a list, and its levels."""
        if identifier not in self._lists:
            given = self._given.get(identifier)
            root = self._resolved(value(child(given, "w:abstractNumId")))
            levels = dict(self._levels_of(root))
            for one in children(given, "w:lvlOverride"):
                place = number(one, "ilvl")
                own = child(one, "w:lvl")
                level = _level(own) if own is not None else levels.get(place, _Level())
                start = number(child(one, "w:startOverride"), missing=level.start)
                levels[place] = replace(level, start=start)
                if child(one, "w:startOverride") is not None:
                    self._overrides.add((identifier, place))
            key = number(root, "abstractNumId", -1 - identifier) if root is not None else -1 - identifier
            self._lists[identifier] = key, levels
        return self._lists[identifier]

    def _levels_of(self, root: _Element | None) -> dict[int, _Level]:
        """The levels of a list, made once: a thousand lists may be of one kind."""
        kind = value(root, "abstractNumId")
        if kind not in self._kinds:
            self._kinds[kind] = dict(_levels(root))
        return self._kinds[kind]

    def _resolved(self, abstract: str) -> _Element | None:
        """A list by its identifier, through the style that it may refer to."""
        found = self._abstract.get(abstract)
        for _ in range(_MOST_STEPS):
            link = child(found, "w:numStyleLink")
            if link is None:
                break
            found = self._by_style.get(value(link), found)
            if child(found, "w:numStyleLink") is link:
                break
        return found


def _restarts(level: _Level, after: int) -> bool:
    """Whether a level starts again behind a paragraph of a higher one."""
    return level.restart is None or after < level.restart


def _levels(root: _Element | None) -> Iterator[tuple[int, _Level]]:
    for one in children(root, "w:lvl"):
        yield number(one, "ilvl"), _level(one)


def _level(one: _Element) -> _Level:
    restart, indent = child(one, "w:lvlRestart"), child(one, "w:pPr", "w:ind")
    left = number(indent, "left", number(indent, "start"))
    return _Level(
        start=number(child(one, "w:start"), missing=0 if child(one, "w:start") is None else 1),
        form=value(child(one, "w:numFmt")) or "decimal",
        text=value(child(one, "w:lvlText")),
        suffix=_SEPARATOR.get(value(child(one, "w:suff")) or "tab", "\t"),
        legal=is_on(child(one, "w:isLgl")),
        restart=None if restart is None else number(restart),
        indent=None if indent is None else left,
        first=None if indent is None else number(indent, "firstLine") - number(indent, "hanging"),
    )
