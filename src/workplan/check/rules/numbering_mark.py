"""A number that begins a paragraph, or an example in ``numbering``, with the wrong mark: 1、 and （一）、 instead of 1. and （一）.

Numbers are best left to workplan; where they are typed, the marks of the four levels hold, and those of one list are alike: no
1． among 2. and 3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.mixed_marks import strays
from workplan.check.rules.texts import BLANK, HAN, Text, TextKind, texts
from workplan.diagnostic import Diagnostic, Severity
from workplan.language.scalar import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.model import Style
    from workplan.plan.compiled import Plan

ID = "numbering-mark"
SEVERITY = Severity.WARNING
SOURCE = "GB/T 9704-2012 7.3.3"
BAD = """\
# document.yaml
title: 样本
parts: [tasks]
date: ''
number: ''
style: {numbering: [一、, （一）、, 1.]}
"""
GOOD = """\
# document.yaml
title: 样本
parts: [tasks]
date: ''
number: ''
style: {numbering: [一、, （一）, 1.]}
"""

_CHINESE = "[一二三四五六七八九十]+"
#: A number and its mark at the beginning of a paragraph; the groups are what is right and what is put for the rest.
_FORMS = (
    (r"\d{1,3}(?P<dot>、)", "dot", "."),
    (rf"（(?:{_CHINESE}|\d{{1,3}})）(?P<none>[、，.．])", "none", ""),
    (rf"{_CHINESE}(?P<comma>[.．])", "comma", "、"),
    (r"[①-⑳](?P<circled>[、.．])", "circled", ""),
)
_BEFORE_TEXT = rf"(?={BLANK}*[{HAN}“《])"
_TYPED = re.compile(rf"^(?:{'|'.join(form for form, *_ in _FORMS)}){_BEFORE_TEXT}", re.MULTILINE)
_EXAMPLE = re.compile("|".join(form for form, *_ in _FORMS))
_RIGHT = {group: right for _, group, right in _FORMS}


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at each mark that is wrong, or right but unlike the others of its list."""
    for text in texts(plan):
        if text.kind in (TextKind.TITLE, TextKind.TEXT):
            for match in _TYPED.finditer(text.text):
                yield _finding(text, match)
    for glyph in _examples(plan):
        whole = _EXAMPLE.fullmatch(glyph.text)
        if whole:
            yield _finding(Text(glyph, glyph.text, TextKind.NUMBER), whole)
    for stray in strays(plan):
        if not _is_wrong(stray.mark.words) and not _is_wrong(stray.right):
            arguments = {"written": stray.mark.words, "right": stray.right}
            yield Diagnostic(ID, stray.place, arguments, SEVERITY, variant="mixed", fix=stray.fix)


def _is_wrong(mark: str) -> bool:
    """Whether a mark is wrong whatever stands beside it."""
    return _EXAMPLE.fullmatch(mark) is not None


def _finding(text: Text, match: re.Match[str]) -> Diagnostic:
    group = match.lastgroup or ""
    start, end = match.span(group)
    right = match[0][: start - match.start()] + _RIGHT[group]
    arguments = {"written": match[0], "right": right}
    fix = text.fix((start, end, _RIGHT[group]))
    return Diagnostic(ID, text.part(start, end), arguments, SEVERITY, fix=fix)


def _examples(plan: Plan) -> Iterator[Scalar]:
    """The examples that styles number by, and the numbers written out."""
    for part in plan.sections:
        yield from _glyphs(part.part.style, part.part.number)
    for _, numbered in plan.walk():
        if not isinstance(numbered.item, Scalar):
            yield from _glyphs(numbered.item.style, numbered.item.number)
    yield from _glyphs(plan.document.style, None)


def _glyphs(style: Style | None, number: Scalar | None) -> Iterator[Scalar]:
    if style is not None:
        yield from (*(style.numbering or ()), *(style.continuous or ()))
    if number is not None:
        yield number
