"""``# workplan: ignore[rule]``: findings that the writer of a plan has looked at and lets stand, place by place.

A comment on a line of its own speaks of what follows it: the next key with its whole value, or the next item of a list. One
that ends a line speaks of that line and of the text that begins there. ``ignore-file`` speaks of the whole file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.check.rules.carried_over import ORIGIN
from workplan.check.rules.every import ADJUSTABLE
from workplan.diagnostic import Diagnostic, Severity, Span, has_errors, nearest
from workplan.language.comments import DIRECTIVE, Comment, comments
from workplan.language.scalar import Scalar
from workplan.language.syntax import Mapping, Sequence, walk
from workplan.resources.messages import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Sequence as SequenceOf

    from workplan.language.scalar import File
    from workplan.language.syntax import Node

_IGNORE = re.compile(r"# *workplan *: *ignore(?P<whole>-file)?\[(?P<rules>[^\[\]]*)\]")
_RULE = re.compile(r"[^\s,，、]+")
_RULE_ID = "unused-suppression"


@dataclass(frozen=True, slots=True)
class _Ignored:
    """One rule that is ignored from one line to another, and where that is written."""

    rule: str
    span: Span
    first: int
    last: int

    def speaks_of(self, lines: SequenceOf[int]) -> bool:
        """Whether the rule found something in its file that it covers; ``lines`` are sorted."""
        place = bisect_left(lines, self.first)
        return place < len(lines) and lines[place] <= self.last


def ignored(findings: Iterable[Diagnostic], files: Iterable[tuple[File, Node]]) -> Iterator[Diagnostic]:
    """The findings that no comment ignores, and one for each comment that ignores nothing.

    While there are errors nobody knows what the rules would find, so no comment is then said to be of no use.
    """
    reported = list(findings)
    marks: list[_Ignored] = []
    for file, root in files:
        for item in _read(file, root):
            if isinstance(item, _Ignored):
                marks.append(item)
            else:
                reported.append(item)
    lines: dict[tuple[str, str], list[int]] = {}
    for finding in reported:
        lines.setdefault((finding.span.file, finding.rule), []).append(finding.span.line)
    for found in lines.values():
        found.sort()
    spoken = {mark for mark in marks if mark.speaks_of(lines.get((mark.span.file, mark.rule), ()))}
    unused = () if has_errors(reported) else tuple(_unused(mark) for mark in marks if mark not in spoken)
    covered = _Covered(marks)
    yield from (finding for finding in (*reported, *unused) if finding not in covered)


class _Covered:
    """The findings that some comments cover."""

    def __init__(self, marks: Iterable[_Ignored]) -> None:
        self._reach: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
        for mark in sorted(marks, key=lambda mark: mark.first):
            firsts, lasts = self._reach.setdefault((mark.span.file, mark.rule), ([], []))
            firsts.append(mark.first)
            lasts.append(max(mark.last, lasts[-1] if lasts else 0))

    def __contains__(self, finding: Diagnostic) -> bool:
        firsts, lasts = self._reach.get((finding.span.file, finding.rule), ([], []))
        before = bisect_right(firsts, finding.span.line)
        return before > 0 and finding.span.line <= lasts[before - 1]


def _unused(mark: _Ignored) -> Diagnostic:
    return Diagnostic(_RULE_ID, mark.span, {"rule": mark.rule}, Severity.WARNING)


def _read(file: File, root: Node) -> Iterator[_Ignored | Diagnostic]:
    """What the comments of a file ignore, and a finding for each that cannot be understood."""
    outline: _Outline | None = None
    for comment in comments(file, root):
        if not DIRECTIVE.match(comment.text) or ORIGIN.match(comment.text):
            continue
        match = _IGNORE.match(comment.text)
        named = list(_RULE.finditer(match["rules"])) if match else []
        if match is None or not named:
            yield Diagnostic(_RULE_ID, comment.span, {}, Severity.WARNING, variant="unreadable")
            continue
        outline = outline or _Outline(file, walk(root))
        first, last = (1, file.text.count("\n") + 1) if match["whole"] else outline.covered(comment)
        start = comment.span.start + match.start("rules")
        for rule in named:
            span = file.span(start + rule.start(), start + rule.end())
            yield _Ignored(rule[0], span, first, last) if rule[0] in ADJUSTABLE else _not_ignorable(rule[0], span)


def _not_ignorable(name: str, span: Span) -> Diagnostic:
    if name in catalogue("zh").findings():
        return Diagnostic(_RULE_ID, span, {"rule": name}, Severity.WARNING, variant="error")
    near = nearest(name, sorted(ADJUSTABLE))
    arguments: dict[str, str | int] = {"rule": name, "near": near}
    return Diagnostic(_RULE_ID, span, arguments, Severity.WARNING, variant="near" if near else "unknown")


class _Outline:
    """What begins where in a file."""

    def __init__(self, file: File, nodes: Iterable[Node]) -> None:
        self.file = file
        self.starts: list[int] = []
        self.texts: dict[int, int] = {}
        self.items: dict[int, int] = {}
        self.values: dict[int, int] = {}
        for node in nodes:
            self.starts.append(_start(node))
            if not _is_block(file, node):
                self._reach(self.texts, node.span.line, node)
            for item in node.items if isinstance(node, Sequence) else ():
                self._reach(self.items, item.span.line, item)
            for entry in node.entries if isinstance(node, Mapping) else ():
                self._reach(self.values, entry.key.start, entry.value)
        self.starts.sort()

    @staticmethod
    def _reach(lasts: dict[int, int], key: int, node: Node) -> None:
        lasts[key] = max(lasts.get(key, 0), node.span.end_line)

    def covered(self, comment: Comment) -> tuple[int, int]:
        """The first and last line that a comment speaks of."""
        line = comment.span.line
        if not comment.alone:
            return line, self.texts.get(line, line)
        place = bisect_right(self.starts, comment.span.start)
        if place == len(self.starts):
            return line, line
        following = self.starts[place]
        first = self.file.span(following, following).line
        if self.file.line(first, 0, following).lstrip().startswith("- "):
            return first, self.items.get(first, first)
        return first, self.values.get(following, first)


def _is_block(file: File, node: Node) -> bool:
    """Whether a node is a list or mapping without brackets: its first line is only its beginning."""
    return not isinstance(node, Scalar) and file.text[node.span.start : node.span.start + 1] not in ("[", "{")


def _start(node: Node) -> int:
    return node.start if isinstance(node, Scalar) else node.span.start
