"""What YAML reads otherwise than its writer meant: text that would be lost, and files that cannot be read at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Related, Replacement
from workplan.language import lost_structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import yaml

    from workplan.diagnostic import Span
    from workplan.language.scalar import File, Scalar

_WIDE_BLANK = re.compile("[\u3000\u00a0]+")
_WIDE_COLON = re.compile(r"^[ \t]*(?:- +)*([a-z_]+)(：)", re.MULTILINE)
_COMMENT_IN_TEXT = re.compile(r"[ \t]+(#[^\s#!][^\n\r]*)")
_NAME = re.compile(r"[^\s,\[\]{}]*")
#: What a text must not begin with unquoted, and the finding that says so.
_SIGNS = {"&": ("yaml-alias", "anchor"), "*": ("yaml-alias", "alias"), "!": ("yaml-tag", "")}

#: What libyaml says, by the words that tell it apart, and the variant of ``yaml-syntax`` that says it to a person.
_PROBLEMS = (
    ("cannot start any token", "reserved"),
    ("found a tab character", "tab"),
    ("mapping values are not allowed", "colon"),
    ("unknown escape character", "escape"),
    ("invalid Unicode character escape", "escape"),
    ("expected hexdecimal number", "escape"),
    ("unexpected end of stream", "unclosed-quote"),
    ("expected ',' or '}'", "unclosed-brace"),
    ("expected ',' or ']'", "unclosed-bracket"),
    ("could not find expected ':'", "no-colon"),
    ("did not find expected key", "indent"),
    ("did not find expected '-' indicator", "indent"),
)
#: Where the fault lies at its beginning: libyaml itself marks the place where it gave up, maybe the end of the file.
_AT_BEGINNING = ("unclosed-quote", "no-colon")


def lost(file: File, scalars: Iterable[Scalar]) -> Iterator[Diagnostic]:
    """Text that YAML took for something else, or that the writer took for YAML."""
    wide = _WIDE_BLANK.search(file.text) is not None
    for scalar in scalars:
        if wide:
            yield from _wide_blanks(scalar)
        if scalar.style:
            continue
        comment = _COMMENT_IN_TEXT.match(file.text, scalar.end)
        if comment and scalar.value:
            yield _comment(file.span(comment.start(1), comment.end(1)), comment[1])
        colon = _WIDE_COLON.match(scalar.value)
        if colon:
            yield _wide_colon(file.span(scalar.start + colon.start(2), scalar.start + colon.end(2)), colon[1])


def explain(file: File, error: yaml.MarkedYAMLError, latest: int) -> Iterator[Diagnostic]:
    """The finding for a file that libyaml cannot read, at the place where the writer went wrong.

    ``latest`` is where the last text began that could be read.
    """
    problem = str(error.problem or error.context or "")
    place = _index(file, error.problem_mark or error.context_mark)
    begins = _index(file, error.context_mark) if error.context_mark else place
    sign = file.text[begins : begins + 1]
    if sign in _SIGNS and "while scanning a" in str(error.context):
        yield _misused(file, begins, sign)
        return
    slip = _slip(file, latest, place) or lost_structure.behind(file, latest, place)
    if slip:
        yield slip
        return
    variant = next((name for words, name in _PROBLEMS if words in problem), "other")
    if variant == "reserved" and file.text[place : place + 1] == "\t":
        variant = "tab"
    if variant in _AT_BEGINNING:
        place = begins
    related: tuple[Related, ...] = ()
    if begins != place and variant != "tab":
        related = (Related("yaml-syntax.begins", file.span(begins, min(begins + 1, len(file.text)))),)
    span = file.span(place, min(place + 1, len(file.text)))
    yield Diagnostic("yaml-syntax", span, {"problem": problem}, variant=variant, related=related)


def _index(file: File, mark: yaml.Mark | None) -> int:
    return min(mark.index, len(file.text)) if mark else len(file.text)


def _misused(file: File, start: int, sign: str) -> Diagnostic:
    """A text that begins with a sign of YAML's own, followed by what YAML does not allow in a name (Chinese)."""
    rule, variant = _SIGNS[sign]
    name = _NAME.match(file.text, start + 1)
    end = name.end() if name else start + 1
    return Diagnostic(rule, file.span(start, end), {"name": file.text[start + bool(variant) : end]}, variant=variant)


def _slip(file: File, latest: int, place: int) -> Diagnostic | None:
    """The usual slip of a Chinese input method, or a comment, in the lines where reading came to an end."""
    start = file.text.rfind("\n", 0, latest) + 1
    end = file.text.find("\n", place)
    suspect = file.text[start : end if end >= 0 else len(file.text)]
    colon = _WIDE_COLON.search(suspect)
    if colon:
        return _wide_colon(file.span(start + colon.start(2), start + colon.end(2)), colon[1])
    blank = re.search(r"^[ \t]*([\u3000\u00a0]+)", suspect, re.MULTILINE)
    if blank:
        return _wide_blank(file.span(start + blank.start(1), start + blank.end(1)))
    comment = re.search(r"\S" + _COMMENT_IN_TEXT.pattern, suspect)
    if comment:
        return _comment(file.span(start + comment.start(1), start + comment.end(1)), comment[1])
    return None


def _wide_blanks(scalar: Scalar) -> Iterator[Diagnostic]:
    """Full-width or no-break blanks that begin a line, where a writer meant indentation."""
    for start, line in scalar.source_lines:
        blank = _WIDE_BLANK.match(line)
        if blank and not (scalar.style in ("'", '"') and start <= scalar.start + 1):
            yield _wide_blank(scalar.file.span(start, start + blank.end()))


def _comment(span: Span, text: str) -> Diagnostic:
    return Diagnostic("lost-text", span, {"text": text.rstrip()}, variant="comment")


def _wide_blank(span: Span) -> Diagnostic:
    return Diagnostic("lost-text", span, variant="wide-blank", fix=(Replacement(span, ""),))


def _wide_colon(span: Span, key: str) -> Diagnostic:
    return Diagnostic("lost-text", span, {"key": key}, variant="wide-colon", fix=(Replacement(span, ": "),))
