"""Texts in canonical layout: a long text as a folded block with a sentence a line, quotes only where they are needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from workplan.language.scalar import File, Scalar
from workplan.language.syntax import Mapping, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The end of a sentence with what closes around it, where more follows on the line; a blank there would be lost.
_SENTENCE = re.compile(r"[。！？]+[”’」』》）〕】]*(?=[^\s。！？”’」』》）〕】])")


def block_lines(node: Scalar) -> list[str] | None:
    """The head and the lines of a text that is written as a block; None for one that is not.

    Line breaks that the writer made stay, and every sentence begins a line.
    """
    if node.style == "|":
        return ["|", *_without_doubles(line for _, line in node.source_lines)]
    folded = node.style == ">" or (not node.style and "\n" in node.file.text[node.start : node.end])
    if not folded:
        return None
    lines = (sentence for _, line in node.source_lines for sentence in _sentences(line))
    return [">", *_without_doubles(lines)]


def _sentences(line: str) -> Iterator[str]:
    start = 0
    for match in _SENTENCE.finditer(line):
        yield line[start : match.end()]
        start = match.end()
    yield line[start:]


def _without_doubles(lines: Iterator[str]) -> Iterator[str]:
    """The lines with at most one empty one between two, and none at the ends."""
    waiting = False
    begun = False
    for line in lines:
        if line:
            if waiting and begun:
                yield ""
            yield line
            begun, waiting = True, False
        else:
            waiting = True


def one_line(node: Scalar) -> str:
    """A text that stands on one line: without its quotes where it reads the same, and is text to every reader."""
    raw = node.file.text[node.start : node.end]
    if node.style in ("'", '"') and _plain_does(node.text):
        return node.text
    return raw


def _plain_does(text: str) -> bool:
    if not text or "\n" in text:
        return False
    root, findings = parse(File("", f"a: {text}\nb: c\n"))
    if findings or not isinstance(root, Mapping):
        return False
    value = root.get("a")
    if not isinstance(value, Scalar) or value.style or value.text != text or len(root.entries) != len("ab"):
        return False
    try:
        return isinstance(yaml.safe_load(f"a: {text}")["a"], str)
    except (yaml.YAMLError, ValueError):  # a date that no calendar has, and the like
        return False
