"""What a plan made from another one still says of that year, or what hangs on it: a list that lasts until all of it was seen to.

The comment ``# workplan: from[2022]`` in document.yaml says what the plan was made from. A place is done when its clause reads
otherwise than in the other plan; ``# workplan: ignore[carried-over]`` ticks off one that is right as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.leftover import RENAMED, YEAR, leftovers
from workplan.diagnostic import Diagnostic, Severity
from workplan.language.comments import comments
from workplan.language.scalar import Scalar
from workplan.language.syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.check.rules.leftover import Leftover
    from workplan.language.scalar import File
    from workplan.language.syntax import Node
    from workplan.plan.compiled import Plan

ID = "carried-over"
SEVERITY = Severity.INFO
SOURCE = "实务"
BAD = """\
# document.yaml
# workplan: from[2021]
title: 2022年培训工作要点
preamble: 2022年是攻坚之年。
parts: [tasks]
date: ""
"""
GOOD = """\
# document.yaml
# workplan: from[2021]
title: 2022年培训工作要点
preamble: 2022年是攻坚之年。 # workplan: ignore[carried-over]
parts: [tasks]
date: ""
"""

#: The comment that says what the plan was made from: the name of a plan beside it.
ORIGIN = re.compile(r"# *workplan *: *from\[(?P<plan>[^\[\]]+)\]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each place that reads as in the other plan, or says its year; none where no comment names one."""
    frame = _file(plan.document.node)
    origin = _origin(frame, plan.document.node)
    if origin is None or not plan.year:
        return
    said = _YEAR.search(origin)
    old = said[0] if said and said[0] != plan.year else ""
    before = ["".join(text.split()) for text in plan.elsewhere()]
    for file, node in _files(plan):
        for left in leftovers(file, node, old, plan.year, _renamed(plan)):
            around = "".join(left.around.split())
            # What stands beside the place may say the new year by now, as the carried-over title does.
            if not before or any(
                words in text for words in (around, around.replace(plan.year, old or plan.year)) for text in before
            ):
                yield _finding(left, plan.year)


def _origin(file: File | None, node: Node) -> str | None:
    """The plan that this one was made from, as its comment names it."""
    found = (ORIGIN.match(comment.text) for comment in comments(file, node)) if file and "from[" in file.text else ()
    return next((match["plan"].strip() for match in found if match), None)


def _finding(left: Leftover, year: str) -> Diagnostic:
    arguments: dict[str, str | int] = {"words": left.words.strip("“”"), "year": left.since or year, "now": left.now}
    severity = Severity.WARNING if left.kind in (YEAR, RENAMED) else SEVERITY
    return Diagnostic(ID, left.span, arguments, severity, variant=left.kind)


def _renamed(plan: Plan) -> dict[str, tuple[str, int]]:
    """Names of units that a plan of the year has no more, with those in their place and the year of the change."""
    return {name: ("、".join(found.names), found.year) for name, found in plan.book.old.items()}


def _files(plan: Plan) -> Iterator[tuple[File, Node]]:
    """The files of the plan with what they hold: the frame, then the parts that stand in files of their own."""
    seen = set()
    for node in (plan.document.node, *(section.part.node for section in plan.sections)):
        file = _file(node)
        if file is not None and file.name not in seen:
            seen.add(file.name)
            yield file, node


def _file(node: Node) -> File | None:
    return next((part.file for part in walk(node) if isinstance(part, Scalar)), None)
