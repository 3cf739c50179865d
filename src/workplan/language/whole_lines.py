"""Items and keys of a plan file as whole lines: taken out, put in, laid elsewhere, with the comments that belong to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workplan.diagnostic import Replacement
from workplan.language.additions import is_flow, last_place
from workplan.language.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workplan.language.scalar import File
    from workplan.language.syntax import Mapping, Node, Sequence


class Lines(NamedTuple):
    """Whole lines of a file: where they begin, and where the next one does; ``indent`` is that of the dash or key."""

    start: int
    end: int
    indent: str


def item(file: File, listed: Sequence, place: int) -> Lines | None:
    """The lines of an item (``place`` from 0), comments right above it included; None where it shares them."""
    node = listed.items[place]
    dash = file.text.rfind("-", 0, node.span.start)
    if is_flow(file, listed) or dash < 0:
        return None
    return _lines(file, dash, node)


def entry(file: File, mapping: Mapping, name: str) -> Lines | None:
    """The lines of a key with its value; None where it shares them, or stands behind a dash."""
    found = next((one for one in mapping.entries if one.key.text == name), None)
    if found is None or is_flow(file, mapping):
        return None
    return _lines(file, found.key.start, found.value)


def ending(file: File, mapping: Mapping, name: str) -> Lines | None:
    """The lines of a key as far as they are needed to put something behind them; it may stand behind a dash."""
    found = next((one for one in mapping.entries if one.key.text == name), None)
    if found is None or is_flow(file, mapping):
        return None
    end = file.text.find("\n", last_place(file, found.value))
    return Lines(found.key.start, len(file.text) if end < 0 else end + 1, " " * (found.key.span.column - 1))


def _lines(file: File, place: int, node: Node) -> Lines | None:
    start = file.text.rfind("\n", 0, place) + 1
    indent = file.text[start:place]
    if indent.strip(" "):
        return None
    end = file.text.find("\n", last_place(file, node))
    end = len(file.text) if end < 0 else end + 1
    while start:
        above = file.text.rfind("\n", 0, start - 1) + 1
        line = file.text[above:start]
        if not line.startswith(f"{indent}#") or line.lstrip().startswith(("# yaml-language-server", "# workplan")):
            break
        start = above
    return Lines(start, end, indent)


def removal(file: File, lines: Lines) -> Replacement:
    """Takes some lines out."""
    start, end = lines.start, lines.end
    if end == len(file.text) and not file.text.endswith("\n") and start:
        start -= 1  # the line before them becomes the last, and has no end either
    return Replacement(file.span(start, end), "", adds=True)


def behind(file: File, lines: Lines, added: Iterable[str]) -> Replacement:
    """Puts lines (without their ends) behind some lines."""
    newline = file.line_end
    text = "".join(f"{line}{newline}" for line in added)
    if lines.end == len(file.text) and not file.text.endswith("\n"):
        text = newline + text.removesuffix(newline)
    return Replacement(file.span(lines.end, lines.end), text, adds=True)


def before(file: File, lines: Lines, added: Iterable[str]) -> Replacement:
    """Puts lines (without their ends) in front of some lines."""
    text = "".join(f"{line}{file.line_end}" for line in added)
    return Replacement(file.span(lines.start, lines.start), text, adds=True)


def moved(file: File, lines: Lines, indent: str) -> list[str]:
    """Some lines as they stand under another indent; texts in quotes or blocks keep theirs in relation to it."""
    text = file.text[lines.start : lines.end].splitlines()
    return [indent + line[len(lines.indent) :] if line.startswith(lines.indent) else line for line in text]


def place_of(listed: Sequence, node: Node) -> int | None:
    """The place (from 0) of a node in a list."""
    start = node.start if isinstance(node, Scalar) else node.span.start
    starts = [one.start if isinstance(one, Scalar) else one.span.start for one in listed.items]
    return starts.index(start) if start in starts else None
