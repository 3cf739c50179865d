"""A numbering glyph that is no example of a number, in the list of attachments too, or a ``continuous`` one that numbers nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese.numerals import NUMERAL
from workplan.diagnostic import Diagnostic, Severity
from workplan.language.scalar import Scalar
from workplan.view.attached import example, style_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.model import Document, Style
    from workplan.plan.compiled import Plan

ID = "numbering-example"
SEVERITY = Severity.ERROR
SOURCE = "workplan"
BAD = """\
# document.yaml
title: 样本
parts: [tasks]
date: ""
style: {numbering: [第部分]}
"""
GOOD = """\
# document.yaml
title: 样本
parts: [tasks]
date: ""
style: {numbering: [第一部分, （一）, 1．], continuous: [1．]}
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each glyph at fault."""
    parts = [(part.part.style, part.style.numbering) for part in plan.sections]
    items = [
        (numbered.item.style, numbered.style.numbering)
        for _, numbered in plan.walk()
        if not isinstance(numbered.item, Scalar)
    ]
    yield from _in_list(plan.document)
    for style, numbering in ((plan.document.style, plan.style.numbering), *parts, *items):
        if style is not None:
            yield from _in_style(style, numbering)


def _in_list(document: Document) -> Iterator[Diagnostic]:
    """The number of the list of attachments, where it is to have one."""
    style = style_of(document)
    glyph = example(style)[1]
    if style.list is not None and glyph and not NUMERAL.search(glyph):
        yield Diagnostic(ID, style.list.span, {"glyph": glyph}, SEVERITY, variant="list")


def _in_style(style: Style, numbering: tuple[str, ...]) -> Iterator[Diagnostic]:
    if style.numbering == ():
        yield Diagnostic(ID, style.place("numbering"), {}, SEVERITY, variant="empty")
    clauses = (style.clauses,) if style.clauses is not None and style.clauses.text else ()
    for glyph in (*(style.numbering or ()), *clauses):
        if not NUMERAL.search(glyph.text):
            yield Diagnostic(ID, glyph.span, {"glyph": glyph.text}, SEVERITY)
    for glyph in style.continuous or ():
        if glyph.text not in numbering:
            arguments: dict[str, str | int] = {"glyph": glyph.text, "known": " ".join(numbering)}
            yield Diagnostic(ID, glyph.span, arguments, SEVERITY, variant="continuous")
