"""A line end in a title or signature that parts a term or the name of a unit (先进|制造业), and one that no line ends suit.

What stands in several lines is its author's, and printed so. A single line is broken for print by workplan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese import breaking
from workplan.chinese.characters import cells
from workplan.chinese.words import bound, longest_whole, names_organ, parted, segment
from workplan.diagnostic import Diagnostic, Severity
from workplan.lengths import Em
from workplan.view import of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.scalar import Scalar
    from workplan.plan.compiled import Plan

ID = "title-break"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 9704-2012 7.3.1"
BAD = """\
# document.yaml
title: |
  2022年静安区推动先进
  制造业集群发展工作要点
parts: [tasks]
date: ''
"""
GOOD = """\
# document.yaml
title: |
  2022年静安区推动
  先进制造业集群发展工作要点
parts: [tasks]
date: ''
"""

#: A title no wider than this has a shape if the pieces that no line may part are no longer than these characters: each of
#: 506 clauses of issued documents of 18 to 40 字 has.
_ALWAYS_SHAPED, _MOVABLE = Em(40.0), 6
#: The widest name that stands in one line under a seal, above the shortest date.
_SHORT = Em(14.5)


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each line that begins within a term, and one for a title without a good shape."""
    official = of(plan).official
    names = (*official.issuers, *official.names)
    for title in _titles(plan):
        text, lines = "".join(title.lines), title.lines
        if len(lines) > 1:
            words = [one for place in breaking.ends(lines) if (one := parted(text, place, names))]
            for one in words:
                yield Diagnostic(ID, title.find(one.partition("|")[2]), {"words": one}, SEVERITY)
        elif cells(text) > breaking.TITLE_COMFORTABLE and not _is_shaped(text, names, official.body):
            yield Diagnostic(ID, title.span, {"title": text}, Severity.INFO, variant="shape")
    for name in _signatories(plan):
        text, lines = "".join(name.lines), name.lines
        for one in (parted(text, place) for place in breaking.ends(lines)):
            if one:
                yield Diagnostic(ID, name.find(one.partition("|")[2]), {"words": one}, SEVERITY, variant="signature")
        if len(lines) == 1 and not _is_well_broken(text, official.body):
            yield Diagnostic(ID, name.span, {"name": text}, Severity.INFO, variant="name")


def _titles(plan: Plan) -> Iterator[Scalar]:
    """The titles that print on pages in large type: of the plan, its notice and its attachments."""
    notice = plan.document.notice
    titles = (plan.document.title, notice.title if notice else None, *(part.part.title for part in plan.attachments))
    yield from (title for title in titles if title is not None and title.lines)


def _signatories(plan: Plan) -> Iterator[Scalar]:
    """The names below the text and below the notice, as the author wrote them."""
    document = plan.document
    given = document.signature if document.signature is not None else document.issuer
    yield from (one for one in (*(given or ()), *((document.notice and document.notice.signature) or ())) if one.lines)


def _is_well_broken(name: str, body: str) -> bool:
    """Whether a name that its place cannot hold is broken between words, and within no phrase that the text repeats."""
    if cells(name) <= _SHORT or not (names_organ(name) or longest_whole(name) > _MOVABLE):
        return True
    words = segment(name)
    together = bound(words, body)
    ends = set(breaking.ends(breaking.name(words, _SHORT, bound=together)))
    return ends <= {*breaking.ends(words)} - together


def _is_shaped(title: str, names: tuple[str, ...], body: str) -> bool:
    """Whether the lines that it is broken into have a shape that the standard allows, and part no word."""
    if cells(title) <= _ALWAYS_SHAPED and longest_whole(title, names) <= _MOVABLE and not names_organ(title):
        return True  # without the dictionary, which takes longer to load than all else that is checked
    words = segment(title, names)
    together = bound(words, body)
    lines = breaking.title(words, bound=together)
    places = {*breaking.ends(words)} - together
    return breaking.has_shape(lines) and places >= {*breaking.ends(lines)}
