"""Keys and items put into a plan file: beside what stands there, in the layout of the place, with every comment where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.diagnostic import Replacement
from workplan.language.edit import escaped
from workplan.language.scalar import Scalar
from workplan.language.syntax import Mapping

if TYPE_CHECKING:
    from collections.abc import Container

    from workplan.language.scalar import File
    from workplan.language.syntax import KeyValue, Node, Sequence

#: A text that reads the same without quotes, in braces too: it has a Chinese character and no sign of YAML's.
_PLAIN = Pattern("(?=.*[一-鿿])[0-9A-Za-z一-鿿“”‘’《》（）—.％%·、～–]+")
_LINE_END = Pattern("\r\n|\r|\n|$")


def quoted(text: str) -> str:
    """A text of one line as it is written in a plan file: in quotes where it needs them."""
    return text if _PLAIN.fullmatch(text) else f'"{escaped(text, chr(34))}"'


def key(
    file: File, mapping: Mapping, name: str, value: str, *, behind: Container[str]
) -> tuple[Replacement, ...] | None:
    """A key with its value, written out, behind the last of some keys or of all; None where there is no place for one."""
    entries = [entry for entry in mapping.entries if entry.key.text in behind] or list(mapping.entries)
    if not entries or not _is_written(entries[-1]):
        return None
    last = entries[-1].value
    if is_flow(file, mapping):
        return (_at(file, last.span.end, f", {name}: {value}"),)
    return (_line(file, last, mapping.entries[0].key, f"{name}: {value}"),)


def item(file: File, entry: KeyValue, value: str) -> tuple[Replacement, ...] | None:
    """One more text under a key that holds a text or a list of them; None where they are laid out so that it has no place."""
    held = entry.value
    if isinstance(held, (Scalar, Mapping)):
        bare = _is_bare(held) if isinstance(held, Scalar) else is_flow(file, held)
        if not bare or held.span.line != held.span.end_line:
            return None
        return _at(file, held.span.start, "["), _at(file, held.span.end, f", {value}]")
    return _in_list(file, held, value)


def _in_list(file: File, held: Sequence, value: str) -> tuple[Replacement, ...] | None:
    if not held.items:
        return None
    last = held.items[-1]
    if is_flow(file, held):
        return (_at(file, last.span.end, f", {value}"),)
    if not isinstance(last, Scalar):
        return None
    dash = file.text.rfind("-", 0, held.items[0].span.start)
    indent = file.text[file.text.rfind("\n", 0, dash) + 1 : dash]
    return None if indent.strip(" ") else (_behind_line(file, last.span.end, f"{indent}- {value}"),)


def _is_written(entry: KeyValue) -> bool:
    return not isinstance(entry.value, Scalar) or entry.value.given


def _is_bare(scalar: Scalar) -> bool:
    """Whether a text reads the same in brackets."""
    return scalar.style in ("'", '"') or not (scalar.style or set(scalar.value) & set(",[]{}"))


def is_flow(file: File, node: Node) -> bool:
    """Whether a mapping or list is written in brackets."""
    return file.text[node.span.start : node.span.start + 1] in ("{", "[")


def _line(file: File, last: Node, first: Scalar, words: str) -> Replacement:
    """A line for a key, indented as the mapping's first key is."""
    return _behind_line(file, last_place(file, last), " " * (first.span.column - 1) + words)


def _behind_line(file: File, place: int, line: str) -> Replacement:
    """A new line behind the one that holds a place, whatever comment ends that."""
    end = _LINE_END.search(file.text, place)
    assert end is not None  # noqa: S101 - the end of the file is one
    newline = "\r\n" if "\r\n" in file.text else "\n"
    return _at(file, end.start(), newline + line)


def last_place(file: File, node: Node) -> int:
    """The end of what is written of a node; a block ends with the last node in it."""
    if isinstance(node, Scalar) or is_flow(file, node):
        return node.span.end
    inner = node.entries[-1].value if isinstance(node, Mapping) else node.items[-1]
    return last_place(file, inner)


def _at(file: File, place: int, text: str) -> Replacement:
    return Replacement(file.span(place, place), text, adds=True)
