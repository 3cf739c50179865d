"""YAML text to a tree of nodes that know their place, with the findings that only the text itself can show.

Only the shape of YAML is used, never its types: every scalar is text. The tree is built from libyaml's events, so that
depth, aliases and size are refused before anything is built from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import yaml

from workplan.diagnostic import Diagnostic, Related, Replacement, Span
from workplan.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.scalar import File

#: The deepest nesting a plan may have; real plans need about 12.
MAX_DEPTH = 100

_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDE_BLANK = re.compile("[\u3000\u00a0]+")
_WIDE_COLON = re.compile(r"^[ \t]*(?:- +)*([a-z_]+)(：)", re.MULTILINE)
_COMMENT_IN_TEXT = re.compile(r"[ \t]+(#[^\s#!][^\n\r]*)")
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: The stubs know neither marks nor anchors of events.
_Event = Any


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping and what it holds."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys in the order written, each once (a repeated key is a finding, its first value counts)."""

    span: Span
    entries: tuple[Entry, ...]

    def get(self, key: str) -> Node | None:
        """The value of ``key``, or None."""
        return next((entry.value for entry in self.entries if entry.key.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place."""
        return next((entry.key for entry in self.entries if entry.key.text == key), None)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    span: Span
    items: tuple[Node, ...]


Node = Scalar | Mapping | Sequence


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    start: int
    mapping: bool
    flow: bool
    children: list[Node] = field(default_factory=list)


class _Unfit(Exception):  # noqa: N818 - it carries nothing, the finding is noted
    """The rest of the file cannot be read; the finding is already noted."""


class _Builder:
    """Builds the tree of one file from its events, without recursion."""

    _STARTS: ClassVar = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
    _ENDS: ClassVar = (yaml.MappingEndEvent, yaml.SequenceEndEvent)

    def __init__(self, file: File) -> None:
        self.file = file
        self.findings: list[Diagnostic] = []
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.documents = 0
        self.latest = 0

    def build(self) -> None:
        for event in _events(self.file.text):
            self._refuse(event)
            if isinstance(event, self._STARTS):
                self._open(event)
            elif isinstance(event, self._ENDS):
                self._close(event)
            elif isinstance(event, yaml.ScalarEvent):
                self.latest, end = _bounds(event)
                self._add(Scalar(self.file, self.latest, end, event.style or "", event.value))
            elif isinstance(event, yaml.DocumentStartEvent):
                self._count_document(event)

    def report(self, rule: str, start: int, end: int, variant: str = "", **arguments: str | int) -> None:
        self.findings.append(Diagnostic(rule, self.file.span(start, end), arguments, variant=variant))

    def _refuse(self, event: _Event) -> None:
        start, end = _bounds(event)
        if isinstance(event, yaml.AliasEvent):
            self.report("yaml-alias", start, end, "alias", name=str(event.anchor))
            raise _Unfit
        if getattr(event, "anchor", None):
            self.report("yaml-alias", start, start + 1 + len(event.anchor), "anchor", name=event.anchor)
            raise _Unfit
        if getattr(event, "tag", None):
            self.report("yaml-tag", start, max(end, start + 1), name=self.file.text[start:].split(maxsplit=1)[0])
            raise _Unfit

    def _count_document(self, event: _Event) -> None:
        self.documents += 1
        if self.documents > 1:
            self.report("several-documents", *_bounds(event))
            raise _Unfit

    def _open(self, event: _Event) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self.report("nesting", event.start_mark.index, event.start_mark.index + 1, limit=MAX_DEPTH)
            raise _Unfit
        mapping = isinstance(event, yaml.MappingStartEvent)
        self.stack.append(_Open(event.start_mark.index, mapping, bool(event.flow_style)))

    def _close(self, event: _Event) -> None:
        done = self.stack.pop()
        end = _last_end(done, event.end_mark.index)
        span = self.file.span(done.start, end)
        self._add(Mapping(span, self._entries(done.children)) if done.mapping else Sequence(span, tuple(done.children)))

    def _add(self, node: Node) -> None:
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node

    def _entries(self, children: list[Node]) -> tuple[Entry, ...]:
        entries: dict[str, Entry] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.findings.append(Diagnostic("yaml-syntax", key.span, variant="complex-key"))
            elif key.text in entries:
                first = Related("duplicate-key.first", entries[key.text].key.span, {"key": key.text})
                self.findings.append(Diagnostic("duplicate-key", key.span, {"key": key.text}, related=(first,)))
            else:
                entries[key.text] = Entry(key, value)
        return tuple(entries.values())


def parse(file: File) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read one YAML file into nodes; None for an empty file or one that cannot be read (then with an error)."""
    bad = _CONTROL.search(file.text)
    if bad:
        span = file.span(bad.start(), bad.end())
        return None, (Diagnostic("control-character", span, {"code": f"U+{ord(bad[0]):04X}"}),)
    builder = _Builder(file)
    try:
        builder.build()
    except _Unfit:
        return None, tuple(builder.findings)
    except yaml.MarkedYAMLError as error:
        return None, (*builder.findings, *_explain(file, error, builder.latest))
    if builder.root is None or (isinstance(builder.root, Scalar) and not builder.root.value):
        return None, (*builder.findings, Diagnostic("empty-file", Span.whole(file.name)))
    return builder.root, (*builder.findings, *_lost(file, builder.root))


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in the order written; keys come before their values."""
    waiting: list[Node] = [node]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Sequence):
            waiting.extend(reversed(node.items))
        elif isinstance(node, Mapping):
            for entry in reversed(node.entries):
                waiting += (entry.value, entry.key)


def _events(text: str) -> Iterator[_Event]:
    loader = _PARSER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _bounds(event: _Event) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


def _last_end(done: _Open, end: int) -> int:
    """Where a block collection really ends: libyaml's own mark lies at the next token, often lines below."""
    if done.flow or not done.children:
        return end
    last = done.children[-1]
    last_end = last.end if isinstance(last, Scalar) else last.span.end
    return max(last_end, done.start)


def _lost(file: File, root: Node) -> Iterator[Diagnostic]:
    """Text that YAML took for something else, or that the writer took for YAML."""
    for node in walk(root):
        if not isinstance(node, Scalar):
            continue
        yield from _wide_blanks(node)
        if node.style:
            continue
        comment = _COMMENT_IN_TEXT.match(file.text, node.end)
        if comment and node.value:
            span = file.span(comment.start(1), comment.end(1))
            yield Diagnostic("lost-text", span, {"text": comment[1].rstrip()}, variant="comment")
        colon = _WIDE_COLON.match(node.value)
        if colon:
            place = file.span(node.start + colon.start(2), node.start + colon.end(2))
            yield _wide_colon(place, colon[1])


def _wide_blanks(node: Scalar) -> Iterator[Diagnostic]:
    """Full-width or no-break blanks that begin a line, where a writer meant indentation."""
    for start, line in node.source_lines:
        blank = _WIDE_BLANK.match(line)
        if blank and not (node.style in ("'", '"') and start <= node.start + 1):
            span = node.file.span(start, start + blank.end())
            yield Diagnostic("lost-text", span, variant="wide-blank", fix=(Replacement(span, ""),))


def _wide_colon(span: Span, key: str) -> Diagnostic:
    fix = (Replacement(span, ": "),)
    return Diagnostic("lost-text", span, {"key": key}, variant="wide-colon", fix=fix)


#: What libyaml says, by the words that tell it apart, and the variant of ``yaml-syntax`` that says it to a person.
_PROBLEMS = (
    ("cannot start any token", "reserved"),
    ("mapping values are not allowed", "colon"),
    ("unknown escape character", "escape"),
    ("unexpected end of stream", "unclosed-quote"),
    ("expected ',' or '}'", "unclosed-brace"),
    ("expected ',' or ']'", "unclosed-bracket"),
    ("could not find expected ':'", "no-colon"),
    ("did not find expected key", "indent"),
    ("did not find expected '-' indicator", "indent"),
    ("undefined alias", "alias"),
)


def _explain(file: File, error: yaml.MarkedYAMLError, latest: int) -> Iterator[Diagnostic]:
    """The finding for a file that libyaml cannot read, at the place where the writer went wrong."""
    problem = str(error.problem or error.context or "")
    mark = error.problem_mark or error.context_mark
    place = min(mark.index, len(file.text)) if mark else len(file.text)
    line_start = file.text.rfind("\n", 0, latest) + 1
    line_end = file.text.find("\n", place)
    suspect = file.text[line_start : line_end if line_end >= 0 else len(file.text)]
    colon = _WIDE_COLON.search(suspect)
    if colon:
        yield _wide_colon(file.span(line_start + colon.start(2), line_start + colon.end(2)), colon[1])
        return
    lost = re.search(r"^[ \t]*([\u3000\u00a0]+)", suspect, re.MULTILINE)
    if lost:
        span = file.span(line_start + lost.start(1), line_start + lost.end(1))
        yield Diagnostic("lost-text", span, variant="wide-blank", fix=(Replacement(span, ""),))
        return
    comment = re.search(r"\S" + _COMMENT_IN_TEXT.pattern, suspect)
    if comment:
        span = file.span(line_start + comment.start(1), line_start + comment.end(1))
        yield Diagnostic("lost-text", span, {"text": comment[1].rstrip()}, variant="comment")
        return
    variant = next((name for words, name in _PROBLEMS if words in problem), "other")
    if variant == "reserved" and file.text[place : place + 1] == "\t":
        variant = "tab"
    related: tuple[Related, ...] = ()
    if error.context_mark and error.context_mark.index != place:
        start = min(error.context_mark.index, len(file.text))
        related = (Related("yaml-syntax.begins", file.span(start, min(start + 1, len(file.text)))),)
    span = file.span(place, min(place + 1, len(file.text)))
    yield Diagnostic("yaml-syntax", span, {"problem": problem}, variant=variant, related=related)
