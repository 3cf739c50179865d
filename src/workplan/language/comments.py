"""The comments of a plan file, with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.language.scalar import Scalar
from workplan.language.syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.diagnostic import Span
    from workplan.language.scalar import File
    from workplan.language.syntax import Node

#: How a comment begins that speaks to workplan.
DIRECTIVE = re.compile(r"# *workplan *[:：]")
_COMMENT = re.compile(r"(?<![^ \t\r\n])#[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a file: its place, and whether nothing else stands on its line."""

    span: Span
    text: str
    alone: bool


def comments(file: File, root: Node) -> Iterator[Comment]:
    """The comments of a file in order; a ``#`` within a text is none."""
    texts = sorted(_body(node) for node in walk(root) if isinstance(node, Scalar))
    place = 0
    for match in _COMMENT.finditer(file.text):
        while place < len(texts) and texts[place][1] <= match.start():
            place += 1
        if place < len(texts) and texts[place][0] <= match.start():
            continue
        before = file.text[file.text.rfind("\n", 0, match.start()) + 1 : match.start()]
        yield Comment(file.span(*match.span()), match[0], not before.strip(" \t\r"))


def _body(scalar: Scalar) -> tuple[int, int]:
    """Where a text stands; the head of a block (``>``) is no text, a comment may follow it."""
    head = scalar.file.text.find("\n", scalar.start, scalar.end) if scalar.style in ("|", ">") else scalar.start
    return (scalar.end if head < 0 else head), scalar.end
