"""``# workplan: ignore[rule]``: findings that the writer of a plan has looked at and lets stand, place by place.

A comment on a line of its own speaks of what follows it: the next key with its whole value, or the next item of a list. One
that ends a line speaks of that line and of the text that begins there. ``ignore-file`` speaks of the whole file.
"""

from __future__ import annotations

import re
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

    def covers(self, finding: Diagnostic) -> bool:
        place = finding.span
        return (
            finding.rule == self.rule
            and finding.rule in ADJUSTABLE
            and place.file == self.span.file
            and self.first <= place.line <= self.last
        )


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
    used = {mark for mark in marks for finding in reported if mark.covers(finding)}
    unused = () if has_errors(reported) else tuple(_unused(mark) for mark in marks if mark not in used)
    yield from (finding for finding in (*reported, *unused) if not any(mark.covers(finding) for mark in marks))


def _unused(mark: _Ignored) -> Diagnostic:
    return Diagnostic(_RULE_ID, mark.span, {"rule": mark.rule}, Severity.WARNING)


def _read(file: File, root: Node) -> Iterator[_Ignored | Diagnostic]:
    """What the comments of a file ignore, and a finding for each that cannot be understood."""
    nodes = list(walk(root))
    for comment in comments(file, root):
        if not DIRECTIVE.match(comment.text) or ORIGIN.match(comment.text):
            continue
        match = _IGNORE.match(comment.text)
        named = list(_RULE.finditer(match["rules"])) if match else []
        if match is None or not named:
            yield Diagnostic(_RULE_ID, comment.span, {}, Severity.WARNING, variant="unreadable")
            continue
        first, last = (1, file.text.count("\n") + 1) if match["whole"] else _covered(file, comment, nodes)
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


def _covered(file: File, comment: Comment, nodes: list[Node]) -> tuple[int, int]:
    """The first and last line that a comment speaks of."""
    line = comment.span.line
    if not comment.alone:
        return line, max(
            (_last(node) for node in nodes if _line(node) == line and not _is_block(file, node)), default=line
        )
    starts = [_start(node) for node in nodes]
    following = min((start for start in starts if start > comment.span.start), default=None)
    if following is None:
        return line, line
    first = file.span(following, following).line
    if file.line(first).lstrip().startswith("- "):
        begun = [item for node in nodes if isinstance(node, Sequence) for item in node.items if _line(item) == first]
    else:
        entries = [entry for node in nodes if isinstance(node, Mapping) for entry in node.entries]
        begun = [entry.value for entry in entries if entry.key.start == following]
    return first, max((_last(node) for node in begun), default=first)


def _is_block(file: File, node: Node) -> bool:
    """Whether a node is a list or mapping without brackets: its first line is only its beginning."""
    return not isinstance(node, Scalar) and file.text[node.span.start : node.span.start + 1] not in ("[", "{")


def _start(node: Node) -> int:
    return node.start if isinstance(node, Scalar) else node.span.start


def _line(node: Node) -> int:
    return node.span.line


def _last(node: Node) -> int:
    return node.span.end_line
