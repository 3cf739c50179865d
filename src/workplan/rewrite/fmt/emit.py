"""One file to its canonical layout: its tree is written anew, with its comments, in the order of keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workplan.diagnostic import has_errors
from workplan.language.comments import comments
from workplan.language.scalar import File, Scalar
from workplan.language.syntax import KeyValue, Mapping, Sequence, parse
from workplan.rewrite.fmt.order import Order, key_order
from workplan.rewrite.fmt.scalars import block_lines, one_line
from workplan.rewrite.fmt.trivia import Trivia, attached, is_flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import TypeForm

    from workplan.language.comments import Comment
    from workplan.language.syntax import Node

_STEP = "  "


def canonical(file: File, kind: TypeForm[Any]) -> str:
    """The text of ``file`` in canonical layout, with the ends that most of its lines have.

    It is its own text where the file has errors, or cannot be laid out safely.
    """
    root, findings = parse(file)
    return file.text if root is None or has_errors(findings) else of_tree(file, root, kind)


def of_tree(file: File, root: Node, kind: TypeForm[Any]) -> str:
    """The same of a file that was read without errors, as ``root``."""
    writer = _Writer(file, attached(file, root), key_order(root, kind))
    end = file.line_end
    text = "".join(line.rstrip() + end for line in writer.file_lines(root))
    return text if _says_the_same(file, root, File(file.name, text)) else file.text


def _says_the_same(file: File, root: Node, other: File) -> bool:
    """The guard: whether the new text has the same tree and the same comments."""
    again, findings = parse(other)
    if again is None or has_errors(findings):
        return False
    before, after = (sorted(item.text for item in comments(*pair)) for pair in ((file, root), (other, again)))
    return before == after and _meaning(root) == _meaning(again)


def _meaning(node: Node) -> object:
    """What a tree says, whatever the order of its keys."""
    if isinstance(node, Scalar):
        return (node.text, node.lines if node.style == "|" else (), node.given)
    if isinstance(node, Sequence):
        return [_meaning(item) for item in node.items]
    return {entry.key.text: _meaning(entry.value) for entry in node.entries}


@dataclass(frozen=True, slots=True)
class _Writer:
    file: File
    trivia: Trivia
    order: Order

    def file_lines(self, root: Node) -> Iterator[str]:
        """The whole file."""
        yield from self._comments(self.trivia.header, "", first=True)
        header = self.trivia.header
        first = root.entries[0].key.start if isinstance(root, Mapping) and root.entries else root.span.start
        if header and self.trivia.blank_before(first):
            yield ""
        yield from self._block(root, "")

    def _block(self, node: Node, indent: str) -> Iterator[str]:
        """A block mapping or list, then the comments that end it."""
        if isinstance(node, Scalar) or is_flow(self.file, node):
            yield from self._value("", node, indent, None)
            return
        if isinstance(node, Mapping):
            for number, entry in enumerate(self._sorted(node)):
                yield from self._above(entry.key.start, indent, first=number == 0)
                yield from self._entry(entry, indent)
        else:
            for number, item in enumerate(node.items):
                yield from self._item(item, indent, first=number == 0)
        yield from self._comments(self.trivia.below.get(node.span.start, []), indent, first=False)

    def _sorted(self, node: Mapping) -> list[KeyValue]:
        keys = self.order.get(node.span.start)
        if keys is None:
            return list(node.entries)
        return sorted(
            node.entries, key=lambda entry: keys.index(entry.key.text) if entry.key.text in keys else len(keys)
        )

    def _entry(self, entry: KeyValue, indent: str) -> Iterator[str]:
        key = self.file.text[entry.key.start : entry.key.end]
        yield from self._value(f"{indent}{key}:", entry.value, indent, self.trivia.beside.get(entry.key.start))

    def _item(self, item: Node, indent: str, *, first: bool) -> Iterator[str]:
        start = item.start if isinstance(item, Scalar) else item.span.start
        if isinstance(item, Scalar) or is_flow(self.file, item):
            yield from self._above(start, indent, first=first)
            yield from self._value(f"{indent}-", item, indent, self.trivia.beside.get(start))
            return
        # what was above the first key stands above the dash, and so does what is above the key that now comes first
        entries = self._sorted(item) if isinstance(item, Mapping) else []
        heads = [start, *(entry.key.start for entry in entries[:1] if entry.key.start != start)]
        for number, head in enumerate(heads):
            yield from self._above(head, indent, first=first or number > 0)
        lines = iter(self._inner(item, entries, indent + _STEP))
        yield f"{indent}- {next(lines).lstrip()}"
        yield from lines

    def _inner(self, item: Node, entries: list[KeyValue], indent: str) -> Iterator[str]:
        """The lines of an item below its dash."""
        if not isinstance(item, Mapping):
            yield from self._block(item, indent)
            return
        for number, entry in enumerate(entries):
            if number and entry.key.start != item.span.start:
                yield from self._above(entry.key.start, indent, first=False)
            yield from self._entry(entry, indent)
        yield from self._comments(self.trivia.below.get(item.span.start, []), indent, first=False)

    def _above(self, start: int, indent: str, *, first: bool) -> Iterator[str]:
        """The comments above a key or item, and an empty line where the writer left some."""
        own = self.trivia.above.get(start, [])
        yield from self._comments(own, indent, first=first)
        if self.trivia.blank_before(start) and not (first and not own):
            yield ""

    def _comments(self, own: list[Comment], indent: str, *, first: bool) -> Iterator[str]:
        for number, comment in enumerate(own):
            if self.trivia.blank_before(comment.span.start) and not (first and number == 0):
                yield ""
            yield indent + comment.text

    def _value(self, head: str, node: Node, indent: str, beside: Comment | None) -> Iterator[str]:
        """A value behind ``key:`` or ``-``, with the comment that ends its first line."""
        if is_flow(self.file, node):
            lines = self._flow(node, indent)
        elif isinstance(node, Scalar):
            lines = self._scalar(node, indent)
        else:
            lines = ["", *self._block(node, indent + _STEP)]
        first = f"{head} {lines[0]}".strip() if not head else f"{head} {lines[0]}".rstrip()
        lines = [first, *lines[1:]]
        if beside:  # within brackets or quotes that go on it would be lost in a text
            closed = is_flow(self.file, node) or (isinstance(node, Scalar) and node.style in ("'", '"'))
            lines[-1 if closed else 0] += self._gap(beside)
        yield from lines

    def _gap(self, beside: Comment) -> str:
        """A comment with the blanks before it: writers line comments up."""
        line = self.file.line(beside.span.line)[: beside.span.column - 1]
        return " " * max(len(line) - len(line.rstrip()), 1) + beside.text

    def _scalar(self, node: Scalar, indent: str) -> list[str]:
        lines = block_lines(node)
        if lines is not None:
            return [lines[0], *(f"{indent}{_STEP}{line}" if line else "" for line in lines[1:])]
        raw = self.file.text[node.start : node.end]
        if "\n" not in raw and "\r" not in raw:
            return [one_line(node)]
        first, *more = re.split("\r\n|\r|\n", raw)
        return [first, *(f"{indent}{_STEP}{line.strip()}" if line.strip() else "" for line in more)]

    def _flow(self, node: Node, indent: str) -> list[str]:
        """Brackets as they were written; lines that go on keep their place relative to the first."""
        span = node.span
        first, *more = re.split("\r\n|\r|\n", self.file.text[span.start : span.end])
        line = self.file.line(span.line)
        was = len(line) - len(line.lstrip(" "))
        shift = len(indent) - was
        return [first, *(_shifted(text, shift, len(indent) + len(_STEP)) for text in more)]


def _shifted(line: str, shift: int, least: int) -> str:
    blanks = len(line) - len(line.lstrip(" "))
    return " " * max(blanks + shift, least) + line.lstrip(" ") if line.strip() else ""
