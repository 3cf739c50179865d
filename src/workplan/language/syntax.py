"""YAML text to a tree of nodes that know their place, with the findings that only the text itself can show.

Only the shape of YAML is used, never its types: every scalar is text. The tree is built from libyaml's events, so that
depth, aliases and size are refused before anything is built from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

import yaml

from workplan.diagnostic import Diagnostic, Related, Replacement, Span
from workplan.language import lost_structure
from workplan.language.scalar import Scalar
from workplan.language.yaml_pitfalls import explain, lost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.scalar import File

#: The deepest nesting a plan may have; real plans need about 12.
MAX_DEPTH = 100

#: Characters that nobody sees, by what they are: they come along from Word and web pages, and no face can print them.
_INVISIBLE = {
    "soft-hyphen": "\u00ad",
    "zero-width": "\u034f\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\ufeff\ufff9-\ufffb",
    "direction": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f",
    "variation": "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef",
    "tag": "\U000e0000-\U000e00ff",
    "filler": "\u115f\u1160\u2800\u3164\uffa0",
    "line-end": "\u2028\u2029",
}
#: Those that may stand for a blank or a line end that somebody wanted, or for words that got lost: not simply deleted.
_DOUBTFUL = ("", "filler", "line-end")
_NO_TEXT = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]+"
_CONTROL = re.compile(
    "|".join(f"(?P<{kind.replace('-', '_')}>[{signs}]+)" for kind, signs in _INVISIBLE.items()) + f"|{_NO_TEXT}"
)
#: Whether there is any; much faster, and nearly no file has one.
_ANY_CONTROL = re.compile(f"[{''.join(_INVISIBLE.values())}]|{_NO_TEXT}")
#: Among so few keys one is found sooner by looking at them than by an index.
_FEW = 16
#: More of them are not named one by one.
_ENOUGH = 20
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: The stubs know neither marks nor anchors of events.
_Event = Any


@dataclass(frozen=True, slots=True)
class KeyValue:
    """A key of a mapping and what it holds."""

    key: Scalar
    value: Node


@dataclass(frozen=True)
class Mapping:
    """Keys in the order written, each once (a repeated key is a finding, its first value counts).

    ``left_out`` names the keys that were at fault and had to go so that the rest can be read.
    """

    span: Span
    entries: tuple[KeyValue, ...]
    left_out: frozenset[str] = frozenset()

    def get(self, key: str) -> Node | None:
        """The value of ``key``, or None."""
        found = self._found(key)
        return found.value if found is not None else None

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place."""
        found = self._found(key)
        return found.key if found is not None else None

    def _found(self, key: str) -> KeyValue | None:
        if len(self.entries) > _FEW:
            return self._by_name.get(key)
        return next((entry for entry in self.entries if entry.key.text == key), None)

    @cached_property
    def _by_name(self) -> dict[str, KeyValue]:
        return {entry.key.text: entry for entry in reversed(self.entries)}


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
        file = self.file
        for event in _events(file.text):
            # Texts come first: they are most of all events, and everything here is done for each.
            if isinstance(event, yaml.ScalarEvent):
                if event.anchor or event.tag:
                    self._refuse(event)
                self.latest, end = _bounds(event)
                self._add(Scalar(file=file, start=self.latest, end=end, style=event.style or "", value=event.value))
                continue
            self._refuse(event)
            if isinstance(event, self._STARTS):
                self._open(event)
            elif isinstance(event, self._ENDS):
                self._close(event)
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

    def _entries(self, children: list[Node]) -> tuple[KeyValue, ...]:
        entries: dict[str, KeyValue] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.findings.append(Diagnostic("yaml-syntax", key.span, variant="complex-key"))
            elif key.text in entries:
                first = Related("duplicate-key.first", entries[key.text].key.span, {"key": key.text})
                self.findings.append(Diagnostic("duplicate-key", key.span, {"key": key.text}, related=(first,)))
            else:
                entries[key.text] = KeyValue(key, value)
        return tuple(entries.values())


def parse(file: File) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read one YAML file into nodes; None for an empty file or one that cannot be read (then with an error)."""
    unreadable = _unreadable(file)
    if unreadable:
        return None, unreadable
    builder = _Builder(file)
    try:
        builder.build()
    except _Unfit:
        return None, tuple(builder.findings)
    except yaml.MarkedYAMLError as error:
        return None, (*builder.findings, *explain(file, error, builder.latest))
    if builder.root is None or (isinstance(builder.root, Scalar) and not builder.root.value):
        return None, (*builder.findings, Diagnostic("empty-file", Span.whole(file.name)))
    scalars = [node for node in walk(builder.root) if isinstance(node, Scalar)]
    # The file itself has none, so that only an escape in quotes can make one.
    quoted = [scalar for scalar in scalars if scalar.style == '"'] if "\\" in file.text else []
    escaped = [_control(scalar.part(*bad.span()), bad) for scalar in quoted if (bad := _CONTROL.search(scalar.text))]
    if escaped:
        return None, (*builder.findings, *escaped)
    hidden = (lost_structure.without_value(key) for key in _without_values(builder.root))
    structure = (*lost_structure.in_texts(file, scalars), *filter(None, hidden))
    return builder.root, (*builder.findings, *lost(file, scalars), *structure)


def _unreadable(file: File) -> tuple[Diagnostic, ...]:
    """What keeps a file from being read at all, whatever else it holds."""
    controls = tuple(islice(_CONTROL.finditer(file.text), _ENOUGH)) if _ANY_CONTROL.search(file.text) else ()
    return tuple(_control(file.span(*bad.span()), bad, file.text) for bad in controls) or lost_structure.markers(file)


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


def _without_values(root: Node) -> Iterator[Scalar]:
    """The keys that nothing is written for."""
    for node in walk(root):
        for entry in node.entries if isinstance(node, Mapping) else ():
            if isinstance(entry.value, Scalar) and not entry.value.given:
                yield entry.key


def _control(span: Span, found: re.Match[str], text: str = "") -> Diagnostic:
    """The finding; with a fix where the character stands in the file's own ``text``, not as an escape in quotes."""
    kind = (found.lastgroup or "").replace("_", "-")
    fix = (Replacement(span, ""),) if text and kind not in _DOUBTFUL else None
    return Diagnostic("control-character", span, {"code": f"U+{ord(found[0][0]):04X}"}, variant=kind, fix=fix)


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
