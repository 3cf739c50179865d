"""Comments and blank lines, each given to what it stands by, so that it goes where that goes."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workplan.language.comments import comments
from workplan.language.scalar import Scalar
from workplan.language.syntax import Mapping, Sequence, walk

if TYPE_CHECKING:
    from workplan.language.comments import Comment
    from workplan.language.scalar import File
    from workplan.language.syntax import Node

#: What is said to the program of one key, and stays with that key even at the top of a file.
_OF_A_KEY = re.compile(r"# *workplan *: *ignore\[")


@dataclass(frozen=True, slots=True)
class Trivia:
    """The comments of a file by what they stand by: offsets of keys and items, or of the blocks that they end."""

    file: File
    header: list[Comment] = field(default_factory=list)
    above: dict[int, list[Comment]] = field(default_factory=dict)
    beside: dict[int, Comment] = field(default_factory=dict)
    below: dict[int, list[Comment]] = field(default_factory=dict)

    def blank_before(self, offset: int) -> bool:
        """Whether an empty line stands above the line of ``offset``."""
        line = self.file.span(offset, offset).line
        return line > 1 and not self.file.line(line - 1).strip()


def attached(file: File, root: Node) -> Trivia:
    """Every comment that does not stand within brackets, by what it belongs to."""
    trivia = Trivia(file)
    nodes = list(walk(root))
    flows = [node.span for node in nodes if is_flow(file, node)]
    blocks = [node for node in nodes if not isinstance(node, Scalar) and not is_flow(file, node)]
    starts = sorted({start for block in blocks for start in _starts(block)})
    for comment in comments(file, root):
        place = comment.span.start
        if any(flow.start < place < flow.end for flow in flows):
            continue
        number = bisect_right(starts, place)
        before = starts[number - 1] if number else None
        following = starts[number] if number < len(starts) else None
        if not comment.alone and before is not None and _shares_line(file, before, comment, nodes):
            trivia.beside[before] = comment
        elif before is None:
            of_key = _OF_A_KEY.match(comment.text) or trivia.above
            (trivia.above.setdefault(starts[0], []) if of_key else trivia.header).append(comment)
        else:
            ended = _ended(file, comment, blocks, before)
            column = 0 if following is None else file.span(following, following).column
            if following is not None and (ended is None or comment.span.column <= column):
                trivia.above.setdefault(following, []).append(comment)
            else:
                trivia.below.setdefault(root.span.start if ended is None else ended, []).append(comment)
    return trivia


def is_flow(file: File, node: Node) -> bool:
    """Whether a node is a list or mapping in brackets."""
    return not isinstance(node, Scalar) and file.text[node.span.start : node.span.start + 1] in ("[", "{")


def _starts(block: Mapping | Sequence) -> list[int]:
    if isinstance(block, Mapping):
        return [entry.key.start for entry in block.entries]
    return [item.start if isinstance(item, Scalar) else item.span.start for item in block.items]


def _shares_line(file: File, before: int, comment: Comment, nodes: list[Node]) -> bool:
    """Whether what begins at ``before`` also stands on the comment's line, by its first line or its last."""
    line = comment.span.line
    if file.span(before, before).line == line:
        return True
    return any(
        isinstance(node, Scalar)
        and node.start >= before
        and node.end <= comment.span.start
        and node.span.end_line == line
        for node in nodes
    )


def _ended(file: File, comment: Comment, blocks: list[Mapping | Sequence], before: int) -> int | None:
    """Where the block begins that the comment, by its indentation, belongs to: of two at one indentation the outer.

    None where no block ends between ``before``, the key or item above the comment, and the comment: it stands within one.
    """
    column = comment.span.column
    places = [(file.span(block.span.start, block.span.start).column, block.span) for block in blocks]
    fitting = [(at, span) for at, span in places if before < span.end <= comment.span.start and at <= column]
    latest = max((span.end for _, span in fitting), default=0)
    ending = [(at, -span.start) for at, span in fitting if span.end == latest]
    return -max(ending)[1] if ending else None
