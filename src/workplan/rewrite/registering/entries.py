"""Entries and spellings put into the text of units.yaml, so that whatever stands there stays as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.diagnostic import Replacement
from workplan.language import syntax
from workplan.language.edit import apply, escaped
from workplan.language.scalar import File, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: A name that YAML reads as it is, in a list too.
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=<][^:#,\[\]{}\n]*")


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be registered: ``count`` is the number of places that name it; ``remark`` asks for what is to be confirmed."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    count: int = 0
    remark: str = ""

    @property
    def open(self) -> bool:
        """Whether it is a group whose members nobody has listed yet."""
        return self.kind == "group"


@dataclass(frozen=True, slots=True)
class NewAlias:
    """Another spelling of a unit that is registered."""

    unit: str
    alias: str
    count: int = 0


def with_entries(text: str, units: Sequence[NewUnit], aliases: Sequence[NewAlias], heading: str) -> str | None:
    """The text of units.yaml with more units at its end and more spellings; None where it is not made so that one can.

    ``heading`` is the comment above the new units, "" for none.
    """
    file = File("", text)
    node, _ = syntax.parse(file)
    edits: list[Replacement] = []
    for alias in aliases:
        own = _entry(node, alias.unit)
        if own is None:
            return None
        edits.append(_spelling(file, own, [each.alias for each in aliases if each.unit == alias.unit]))
    if units:
        more = _more(file, node, units, heading)
        if more is None:
            return None
        edits.append(more)
    return apply(text, edits)


def _entry(node: syntax.Node | None, name: str) -> syntax.Mapping | None:
    for item in _items(node):
        own = item.get("name") if isinstance(item, syntax.Mapping) else None
        if isinstance(item, syntax.Mapping) and isinstance(own, Scalar) and own.line == name:
            return item
    return None


def _items(node: syntax.Node | None) -> tuple[syntax.Node, ...]:
    listed = node.get("units") if isinstance(node, syntax.Mapping) else None
    return listed.items if isinstance(listed, syntax.Sequence) else ()


def _more(file: File, node: syntax.Node | None, units: Sequence[NewUnit], heading: str) -> Replacement | None:
    """The edit that puts units behind the last one."""
    listed = node.get("units") if isinstance(node, syntax.Mapping) else None
    text, end = file.text, "\r\n" if "\r\n" in file.text else "\n"
    if isinstance(listed, syntax.Sequence) and listed.items:
        last = listed.items[-1]
        if text[listed.span.start] == "[":
            return _insert(file, _end(last), "".join(f", {_flow(unit)}" for unit in units))
        dash = text.rfind("-", 0, _start(listed.items[0]))
        indent = " " * (dash - text.rfind("\n", 0, dash) - 1)
        return _below(file, _end(last), _lines(units, heading, indent), end)
    lines = "".join(f"{end}{line}" for line in _lines(units, heading, "  "))
    key = node.key("units") if isinstance(node, syntax.Mapping) else None
    if key is not None and isinstance(listed, syntax.Sequence):
        return Replacement(file.span(text.index(":", key.end) + 1, listed.span.end), lines)
    if key is not None and isinstance(listed, Scalar) and not listed.given:
        return _below(file, key.end, _lines(units, heading, "  "), end)
    if node is None or (isinstance(node, Scalar) and not node.given):
        begin = end if text and not text.endswith("\n") else ""
        return _insert(file, len(text), f"{begin}units:{lines}{end}")
    return None


def _lines(units: Iterable[NewUnit], heading: str, indent: str) -> Iterator[str]:
    if heading:
        yield f"{indent}# {heading}"
    for unit in units:
        yield f"{indent}- {_flow(unit)}" + (f"  # {unit.remark}" if unit.remark else "")


def _flow(unit: NewUnit) -> str:
    said = [f"name: {_written(unit.name)}"]
    said += [f"aliases: [{', '.join(map(_written, unit.aliases))}]"] if unit.aliases else []
    said += [f"kind: {unit.kind}"] if unit.kind != "unit" else []
    said += ["open: true"] if unit.open else []
    return f"{{{', '.join(said)}}}"


def _spelling(file: File, entry: syntax.Mapping, names: Sequence[str]) -> Replacement:
    """The edit that gives an entry more spellings."""
    text, end = file.text, "\r\n" if "\r\n" in file.text else "\n"
    known = entry.get("aliases")
    written = ", ".join(map(_written, names))
    if isinstance(known, syntax.Sequence) and known.items:
        last = known.items[-1]
        if text[known.span.start] == "[":
            return _insert(file, _end(last), f", {written}")
        dash = text.rfind("-", 0, _start(last))
        indent = " " * (dash - text.rfind("\n", 0, dash) - 1)
        return _below(file, _end(last), [f"{indent}- {_written(name)}" for name in names], end)
    if isinstance(known, syntax.Sequence):
        return Replacement(known.span, f"[{written}]")
    first, final = entry.entries[0], entry.entries[-1]
    if text[entry.span.start] == "{":
        return _insert(file, _end(final.value), f", aliases: [{written}]")
    indent = " " * (first.key.span.column - 1)
    return _below(file, _end(final.value), [f"{indent}aliases: [{written}]"], end)


def _below(file: File, place: int, lines: Iterable[str], end: str) -> Replacement:
    """The edit that puts lines below the one at a place, behind what else stands in it."""
    stop = file.text.find("\n", place)
    if stop < 0:
        return _insert(file, len(file.text), "".join(f"{end}{line}" for line in lines) + end)
    return _insert(file, stop + 1, "".join(f"{line}{end}" for line in lines))


def _insert(file: File, place: int, text: str) -> Replacement:
    return Replacement(file.span(place, place), text)


def _start(node: syntax.Node) -> int:
    return node.start if isinstance(node, Scalar) else node.span.start


def _end(node: syntax.Node) -> int:
    return node.span.end


def _written(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else f'"{escaped(name, chr(34))}"'
