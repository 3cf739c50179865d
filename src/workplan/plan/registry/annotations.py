"""Where annotations stand in running text, and what looks like one and is not read.

A bracket of any kind is an annotation where its label names units, or where it makes a sentence of registered units and known
verbs: （主要领导亲自负责） and （区教育局负责的学校除外） stay the prose they are. Paragraphs that begin with a label are one without
brackets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from workplan.chinese.patterns import Pattern
from workplan.plan.registry.brackets import outermost, pairs
from workplan.plan.registry.labels import labels_with
from workplan.plan.registry.parsing import parse
from workplan.plan.registry.unregistered import stands_for_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.registry.book import Book
    from workplan.plan.registry.labels import Kind
    from workplan.plan.registry.phrase import Phrase

_STOPS = "。；;！!？?\n"
_LABEL = Pattern(r"[\s（(〔\[【［]*(?P<label>[^：:。；，]{2,24}?)\s*[：:]")
_PARAGRAPH = re.compile(r"[^\n]+")
#: A verb at the end says surely that this was meant as an annotation.
_SURE = Pattern("[^。：:（）()【】［］\\s]+(?:负责|牵头)")
#: Verbs behind which words may stand: 区教育局牵头制定方案. With others (参与全市改革试点) it is prose.
_GOVERNING = Pattern("负责|牵头|配合|落实")
#: Words behind a name that make it no party: people of it.
_PEOPLE = Pattern("[^、，；。]{0,6}(?:负责人|负责同志|领导|局长|主任|书记|同志|人员|代表|除外)")
#: Words before a name that is only explained.
_EXPLAINED = Pattern("(?:以下|下)?(?:统称|简称|称)|(?:即|原|含|包括|不含|如|例如|详?见|指|注)")
_BARE = re.compile(
    r"(?:[【〔［\[]\s*)?(?:责任|牵头|配合|主办|协办|落实|参与|参加|承办|实施|协同|主责|主管|负责)(?:责任)?(?:单位|部门|主体|处室|人|领导)\s*"
    r"(?:[：:]|(?<=[单部主处人领][位门体室导])[】〕］\]](?=\w))"
)
#: What a unit that nobody registered does: 区某某局牵头，……
_STRANGERS = Pattern(
    "由?[省市区县州旗镇各][^，。；：:（）()\\s]{1,24}(?:牵头|负责|落实|配合|承办|主办|协办)(?:负责|组织|协调|实施|落实|推进|抓总){0,2}(?:$|[，,；;、。])"
)
#: Blanks between a bracket and the mark before or after it.
_BLANKS = 4
_LONGEST_LINE = 160
_LONGEST_PHRASE = 1000


class _Candidate(NamedTuple):
    start: int
    end: int
    read: bool


def in_text(text: str, book: Book) -> Iterator[tuple[int, int]]:
    """Where annotations stand in running text: the bounds of each, brackets included, in order.

    Brackets that follow at once and tell a deadline or a column belong to the annotation before them; so do such lines.
    """
    for start, end, read in _candidates(text, book):
        if read:
            yield start, end


def doubtful(text: str, book: Book) -> Iterator[tuple[int, int]]:
    """What looks like an annotation and is not read as one, in order.

    A bracket that closes a sentence and names a registered unit, one that ends in 负责 or 牵头 whomever it names, one that says
    what units do that nobody registered, and a label without brackets in the midst of a paragraph.
    """
    candidates = list(_candidates(text, book))
    sure = [(start, end) for start, end, read in candidates if read]
    left = [(start, end) for start, end, read in candidates if not read]
    seeming = [
        (start, end) for start, end in left if not _begins_within(sure, start, end) and _seems(text, start, end, book)
    ]
    labels = (match.span() for match in _BARE.finditer(text))
    bare = [span for span in labels if not _is_within(span[0], sure)]
    yield from sorted((*seeming, *bare))


def _begins_within(stretches: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of some stretches, in order, begins behind ``start`` and before ``end``."""
    place = bisect_right(stretches, start, key=itemgetter(0))
    return place < len(stretches) and stretches[place][0] < end


def _is_within(place: int, stretches: list[tuple[int, int]]) -> bool:
    """Whether a place lies in one of some stretches, in order, that do not overlap."""
    before = bisect_right(stretches, place, key=itemgetter(0))
    return before > 0 and place < stretches[before - 1][1]


def labelled_line(text: str, book: Book) -> tuple[Phrase, ...]:
    """A paragraph that is an annotation without brackets, ``责任单位：区教育局`` or ``完成时限：12月底前``, as its phrases; else ().

    It begins with a known label and says no more than names, a deadline, or (after 责任领导) a few words.
    """
    return parse(text, book) if _line_kind(text, book) else ()


def _line_kind(text: str, book: Book) -> Kind | None:
    """What the label of such a paragraph is of; None for any other paragraph."""
    found = _LABEL.match(text)
    if found is None or len(text) > _LONGEST_LINE or "。" in text.strip()[:-1] or text.strip()[0] != found["label"][0]:
        return None
    labels = labels_with(book.verbs)
    kind = labels.kind(found["label"])
    if kind == "other" or (kind == "units" and not labels.is_headed(found["label"])):
        return None
    phrases = parse(text, book)
    names = [name for phrase in phrases for name in phrase.names]
    unread = any(doubt.kind == "name" for phrase in phrases for doubt in phrase.doubts)
    if any(phrase.names and not labels.is_headed(phrase.label) for phrase in phrases):
        return None
    if unread or not all(name.unit or stands_for_unit(text[name.start : name.end]) for name in names):
        return None
    return "units" if names else None if kind == "units" else kind


def _candidates(text: str, book: Book) -> Iterator[_Candidate]:
    """Every bracket that might be an annotation and every labelled line, in order, with whether it is one."""
    brackets = pairs(text)
    lines = list(_lines(text, book)) if ":" in text or "：" in text else []
    found = [] if not brackets else list(_bracketed(text, brackets, book))
    bounds = [(start, end) for start, end, _ in lines]
    inside = [one for one in found if not _is_within(one.start, bounds)]
    yield from sorted((*lines, *inside))


def _lines(text: str, book: Book) -> Iterator[_Candidate]:
    """Labelled lines that follow each other are one annotation, if one of them names units."""
    group: list[tuple[int, int]] = []
    units = False
    for paragraph in _PARAGRAPH.finditer(text):
        kind = _line_kind(paragraph[0], book)
        if kind:
            group.append(paragraph.span())
            units = units or kind == "units"
            continue
        if units:
            yield _Candidate(group[0][0], group[-1][1], read=True)
        group, units = [], False
    if units:
        yield _Candidate(group[0][0], group[-1][1], read=True)


def _bracketed(text: str, brackets: dict[int, int], book: Book) -> Iterator[_Candidate]:
    outer = outermost(brackets)
    place = 0
    while place < len(outer):
        start, close = outer[place]
        place += 1
        if not _is_annotation(text, start, close + 1, book):
            yield _Candidate(start, close + 1, read=False)
            yield from _within(text, brackets, (start, close), book)
            continue
        while place < len(outer) and _belongs(text, close + 1, outer[place], book):
            close = outer[place][1]
            place += 1
        yield _Candidate(start, close + 1, read=True)


def _within(text: str, brackets: dict[int, int], outer: tuple[int, int], book: Book) -> Iterator[_Candidate]:
    """The annotations that stand in brackets which are none themselves."""
    inner = outermost({begin: brackets[begin] for begin in range(outer[0] + 1, outer[1]) if begin in brackets})
    for start, close in inner:
        if _is_annotation(text, start, close + 1, book):
            yield _Candidate(start, close + 1, read=True)


def _belongs(text: str, end: int, following: tuple[int, int], book: Book) -> bool:
    """Whether the bracket that follows tells no more than a deadline or a column of the annotation that ends here."""
    start, close = following
    found = None if text[end:start].strip() else _LABEL.match(text, start, close)
    return found is not None and labels_with(book.verbs).kind(found["label"]) in ("due", "person")


def _is_annotation(text: str, start: int, end: int, book: Book) -> bool:
    inner = text[start + 1 : end - 1]
    labels = labels_with(book.verbs)
    labelled = ":" in inner or "：" in inner
    if len(inner) > _LONGEST_PHRASE or not (labelled or _named(inner, book)):
        return False
    phrases = parse(text[start:end], book)
    names = [name for phrase in phrases for name in phrase.names]
    known = any(name.unit for name in names)
    own = [phrase.label for phrase in phrases if phrase.label]
    if any(labels.is_headed(label) or (known and labels.kind(label) == "units") for label in own):
        return True
    return known and not own and _is_sentence(phrases, text, start, end)


def _is_sentence(phrases: tuple[Phrase, ...], text: str, start: int, end: int) -> bool:
    """Whether phrases without a label say who does something, and nothing else."""
    written = text[start:end]
    pieces = [piece for phrase in phrases for piece in phrase.pieces if piece.kind not in ("bracket", "mark", "join")]
    if pieces[0].kind not in ("name", "due", "role") or any(
        _PEOPLE.match(written, doubt.start, doubt.end) for phrase in phrases for doubt in phrase.doubts
    ):
        return False
    if any(phrase.verb for phrase in phrases):
        done = any(piece.kind == "words" for piece in pieces)
        return not done or _GOVERNING.search(written) is not None or any(phrase.due for phrase in phrases)
    if any(
        phrase.columns or phrase.rules or any(name.role != "responsible" for name in phrase.names) for phrase in phrases
    ):
        return True
    only_names = all(piece.kind in ("name", "open") for piece in pieces) and not any(p.doubts for p in phrases)
    unknown = any(not name.unit for phrase in phrases for name in phrase.names)
    return (
        only_names
        and not unknown
        and text[start - 1 : start] in tuple("。！？")
        and not text[end:].partition("\n")[0].strip()
    )


def _named(words: str, book: Book) -> int:
    """Where the first registered name in some words ends; 0 without one."""
    for place in range(len(words)):
        spelling = next(book.at(words, place), "")
        if spelling:
            return place + len(spelling)
    return 0


def _seems(text: str, start: int, end: int, book: Book) -> bool:
    """Whether a bracket that is not read might have been meant."""
    inner = text[start + 1 : end - 1]
    if _SURE.fullmatch(inner):
        return True
    if _EXPLAINED.match(inner.lstrip()) or not (_named(inner, book) or _STRANGERS.match(inner)):
        return False
    after = text[end : end + _BLANKS].lstrip(" \u3000")[:1]
    before = text[max(0, start - _BLANKS) : start].rstrip(" \u3000")[-1:]
    closes = not after or after in _STOPS or (bool(before) and before in _STOPS)
    return closes or (after in "，,、" and bool(next(book.at(inner, 0), "")))
