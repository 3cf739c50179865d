"""Annotations that name units, found before any registry knows them: by their brackets, labels and verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workplan.chinese.patterns import Pattern
from workplan.plan.registry import in_text, parse
from workplan.plan.registry.brackets import outermost, pairs
from workplan.plan.registry.unregistered import stands_for_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.registry import Book

_UNIT_LABEL = (
    "(?:市|省|区|县)?(?:责任|牵头|配合|主办|协办|落实|参与|参加|承办|实施|协同|主责|主管|负责|支持)(?:责任)?(?:及?(?:牵头|配合|责任|协办))?"
    "(?:单位|部门|主体|处室|科室)"
)
_LABEL = Pattern(rf"\s*{_UNIT_LABEL}\s*(?:[（(][^）)]*[）)])?\s*")
_LABELLED = Pattern(rf"\s*{_UNIT_LABEL}\s*(?:[（(][^）)]*[）)])?\s*[：:].+")
#: A sentence that says who does something, and does not go on.
_VERBED = Pattern(
    r"由?[^。：:；;]{2,}?(?:牵头|负责|落实|配合|承办|会同|按职责|分工)[^。：:]{0,60}(?:[；;][^。：:]{2,80})*"
)
_VERB_AT_END = Pattern(
    r".*(?:牵头|负责|落实|配合|承办|协办|组织实施|实施|参与|推进|分工协作|督促|指导|支持)(?:等)?(?:，下同)?(?:。.*(?:牵头单位|下同|不再列出|落实).*)?"
)
_OTHER = Pattern(r"(?:以下|下同?|简称|即|含|包括|不含|如|例如|详?见|指|注|其中|原)")
_LONGEST = 400
_LINE = Pattern(rf"\s*(?:[【〔［\[]\s*)?{_UNIT_LABEL}\s*(?:[】〕］\]]\s*)?[：:]\s*\S.*")


class Trailing(NamedTuple):
    """A text with the annotation that closes it: what stands before, the brackets with what they hold, and a stop behind."""

    before: str
    brackets: str
    stop: str


def is_label(words: str) -> bool:
    """Whether words only say that names follow: 责任单位, as over a column of a table."""
    return _LABEL.fullmatch(words) is not None


def is_annotation(inner: str, book: Book) -> bool:
    """Whether words between brackets say who answers for something."""
    words = inner.strip()
    if len(words) > _LONGEST or _OTHER.match(words):
        return False
    if _LABELLED.fullmatch(words):
        return True
    if not (_VERBED.fullmatch(words) and _VERB_AT_END.fullmatch(words)):
        return False
    phrases = parse(words, book)
    names = [words[name.start : name.end] for phrase in phrases for name in phrase.names]
    verb = any(phrase.verb for phrase in phrases)
    return verb and bool(names) and all(stands_for_unit(name) or book.spellings.get(name) for name in names)


def in_brackets(text: str, book: Book) -> Iterator[str]:
    """The annotations in brackets anywhere in a text, without their brackets."""
    for start, close in outermost(pairs(text)):
        inner = text[start + 1 : close]
        if is_annotation(inner, book):
            yield inner


def line(text: str) -> bool:
    """Whether a paragraph is an annotation without brackets: 责任单位：区教育局."""
    words = text.strip()
    return len(words) <= _LONGEST and "。" not in words[:-1] and _LINE.fullmatch(words) is not None


def trailing(text: str, book: Book) -> Trailing | None:
    """The annotation that closes a text, as several brackets that follow each other may; None where none does."""
    body = text.rstrip()
    stop = body[-1:] if body.endswith("。") else ""
    end = len(body) - len(stop)
    brackets = outermost(pairs(body[:end]))
    start = end
    while brackets and brackets[-1][1] == len(body[:start].rstrip()) - 1:
        start = brackets.pop()[0]
    if start == end:
        return None
    own = outermost(pairs(body[start:end]))
    while own:
        first = own[0]
        inner = body[start + first[0] + 1 : start + first[1]]
        if is_annotation(inner, book) or _is_known(body[: start + first[1] + 1], start + first[0], book):
            begin = start + first[0]
            return Trailing(body[:begin], body[begin:end], stop)
        own = own[1:]
    return None


def _is_known(text: str, start: int, book: Book) -> bool:
    """Whether the registry makes an annotation of the bracket at the end of a text."""
    return any(begin == start for begin, _ in in_text(text, book))
