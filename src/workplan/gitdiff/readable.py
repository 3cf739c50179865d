"""A plan file as lines for people: what ``git diff`` compares in place of YAML.

A title a line in 【】, a unit a line, a sentence a line, comments where they stand. Computed numbers are left out: one more
task would change them all.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from workplan.language.scalar import File, Scalar
from workplan.language.syntax import Mapping, parse, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.syntax import Node

#: Git cuts the words of a hunk header at 80 bytes, in the middle of a character if need be: titles stay below.
_LONGEST_HEADING = 78
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]+[”’）》]*|[^。！？；\n]+")
_NAME = re.compile(r"[^、，；,;\n]*[、，；,;]+|[^、，；,;\n]+")
_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\r\n]*", re.MULTILINE)
#: A value of at most this many characters stands on the line of its key.
_SHORT = 40
#: Where a line stands in the file, and the line.
_Line = tuple[int, str]


def readable(content: bytes) -> str:
    """The lines of a plan file; the text itself where it is no plan file, or a broken one."""
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        return _foreign(content)
    file = File("", text)
    node, findings = parse(file)
    if findings or not isinstance(node, Mapping):
        return text
    lines = sorted((*_comments(file, node), *_mapping(node, "")), key=lambda line: line[0])
    return "".join(f"{line}\n" for _, line in lines)


def _foreign(content: bytes) -> str:
    """A file that is not UTF-8, so that one can at least see what changed."""
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return content.decode(errors="replace")


def _comments(file: File, node: Node) -> Iterator[_Line]:
    texts = [(each.start, each.end) for each in walk(node) if isinstance(each, Scalar)]
    for found in _COMMENT.finditer(file.text):
        if not any(start <= found.start() < end for start, end in texts):
            yield found.start(), found[0].rstrip()


def _mapping(node: Mapping, above: str) -> Iterator[_Line]:
    """A record: its title as a heading, then what it holds; ``above`` names it where it has no title."""
    title = _text(node, "title")
    name = title or _text(node, "name") or _text(node, "id") or above
    start = node.span.start
    if name:
        heading = _cut(name)
        yield start, f"【{heading}】"
        if heading != name and name == title:
            yield start, f"  {title}"
    for entry in node.entries:
        key, value = entry.key.text, entry.value
        if isinstance(value, Scalar) and value.text == name and key in ("title", "name", "id"):
            continue
        for offset, line in _value(key, value):
            yield max(offset, start), line


def _value(key: str, value: Node) -> Iterator[_Line]:
    if isinstance(value, Mapping):
        if key == "units":
            for entry in value.entries:
                yield from _units(entry.key.text, entry.value)
        else:
            for entry in value.entries:
                yield from _value(f"{key}.{entry.key.text}", entry.value)
    elif isinstance(value, Scalar):
        yield from _units(key, value) if key == "units" else _words(key, value)
    elif key in ("items", "clauses", "units", "parts", "attachments", "rows", "columns"):
        for item in value.items:
            yield from _mapping(item, key) if isinstance(item, Mapping) else _value("", item)
    else:
        for item in value.items:
            yield from _value(key, item)


def _units(label: str, value: Node) -> Iterator[_Line]:
    """Each unit on a line with the label it stands under; without the 、 that would change with the next unit."""
    if not isinstance(value, Scalar):
        yield from _value(label, value)
        return
    for found in _NAME.finditer(value.text):
        yield value.start, f"  {label}：{found[0].strip().removesuffix('、')}"


def _words(key: str, value: Scalar) -> Iterator[_Line]:
    """A short value beside its key; running text a sentence a line."""
    text = value.text
    if key not in ("", "text") and len(text) <= _SHORT and "\n" not in text:
        yield value.start, f"  {key}：{text}"
        return
    if key not in ("", "text"):
        yield value.start, f"【{_cut(key)}】"
    for found in _SENTENCE.finditer(text):
        if found[0].strip():
            yield value.start, f"  {found[0].strip()}"


def _text(node: Mapping, key: str) -> str:
    value = node.get(key)
    return value.line if isinstance(value, Scalar) else ""


def _cut(name: str) -> str:
    """As much of a name as fits into a hunk header with its brackets."""
    room = _LONGEST_HEADING - len("【】".encode())
    if len(name.encode()) <= room:
        return name
    return name.encode()[: room - len("…".encode())].decode(errors="ignore") + "…"
