"""Paragraphs that lost their marks: at soft breaks, and where one paragraph of the file holds several numbered ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.importing.marks import mark_at
from workplan.importing.piece import Paragraph
from workplan.importing.record import Deed, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.importing.marks import Mark
    from workplan.importing.piece import Piece

#: Where a mark of the first or second level may begin within a paragraph.
_INNER = Pattern(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,5}[章条])(?=\S)"
)
_FIGURES = Pattern(r"[0-9]{1,2}[.．](?![0-9])(?=\S)")
#: What ends a sentence or an annotation, so that a paragraph may begin behind it.
_ENDS = "。）)！？：”】〕"
#: A paragraph as long as this was several; a shorter one may well list things in a line.
_LONG = 1500
#: At most so many 字 does a heading have, behind which the first mark of the next level may follow without a stop.
_HEADING = 30
#: A number of the document in a line with all else, and the salutation behind it.
_NUMBER = Pattern(
    r"(?<=意见|通知|方案|办法|细则|规定|要点|计划|决定|规划|措施)[一-龥]{1,12}[〔\[［]\s*(?:19|20)\d\d\s*[〕\]］]\s*\d{1,4}\s*号"
)
_SALUTATION = Pattern(r"[^。：]{4,160}(?:单位|机构|部门|政府|委员会|办公室|企业|局|厅|部)：")
#: Signature, date and note at the end of a line with all else.
_TAIL = Pattern(
    r"(?<=[。）])(?P<organ>\s*[一-龥]{4,30}\s*)(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*)(?P<note>（[^（）]{2,30}）)?\s*$"
)
#: Among so many marks behind one the next of its kind is looked for, and so many blanks may stand before it.
_AHEAD, _BLANKS = 60, 16
_WIDE_GAP = Pattern(r"[ \u3000]{3,}|\t+")
_SHORT = 80


def rebroken(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Record, ...]]:
    """The pieces with each paragraph broken where several were one; a record for each that was."""
    kept: list[Piece] = []
    records: list[Record] = []
    for piece in pieces:
        if not isinstance(piece, Paragraph):
            kept.append(piece)
            continue
        parts = [part for line in piece.text.split("\n") for part in _several(line) if part.strip()]
        kept += _as_paragraphs(piece, parts)
        if len(parts) > 1:
            records.append(Record(Deed.BROKEN, piece.place, piece.text[:_SHORT], str(len(parts))))
    return tuple(kept), tuple(records)


def _as_paragraphs(piece: Paragraph, parts: list[str]) -> Iterator[Paragraph]:
    for line, part in enumerate(parts, 1):
        place = replace(piece.place, line=line) if len(parts) > 1 else piece.place
        yield replace(piece, text=part, place=place, automatic=piece.automatic if line == 1 else 0)


def _several(text: str) -> list[str]:
    if len(text) <= _LONG:
        return [part for one in _apart(text) for part in _at_sequence(one)]
    pieces = [text]
    number = _NUMBER.search(text, 0, 2 * _SHORT)
    if number:
        pieces = [text[: number.start()], number[0], *_behind_salutation(text[number.end() :])]
    tail = _TAIL.search(pieces[-1])
    if tail:
        ends = [tail["organ"], tail["date"], tail["note"] or ""]
        pieces = [*pieces[:-1], pieces[-1][: tail.start()], *ends]
    return [part for piece in pieces for part in _at_sequence(piece)]


def _behind_salutation(text: str) -> list[str]:
    found = _SALUTATION.match(text)
    return [found[0], text[found.end() :]] if found else [text]


def _apart(text: str) -> list[str]:
    """What wide blanks set apart in one short line: the signatures of a joint document, organ and date."""
    words = text.strip()
    if len(words) > _SHORT or not _WIDE_GAP.search(words) or set(words) & set("。；，："):
        return [text]
    return _WIDE_GAP.split(words)


def _at_sequence(text: str) -> list[str]:
    """A paragraph broken at marks that go on counting, or that begin a level right behind a heading."""
    places = [0]
    counts: dict[str, int] = {}
    first = mark_at(text.lstrip())
    if first:
        counts[first.kind] = first.number
    marks = _marks(text)
    for number, (place, mark) in enumerate(marks):
        if place == places[-1]:
            continue
        if _goes_on(text, place, mark, counts) or (
            len(text) > _LONG and _begins_level(text, places[-1], marks[number : number + _AHEAD])
        ):
            counts[mark.kind] = mark.number
            places.append(place)
    return [text[start:end] for start, end in zip(places, [*places[1:], len(text)], strict=True)]


def _marks(text: str) -> list[tuple[int, Mark]]:
    """Every mark within a text with its place; figures only in a long one, since short ones hold figures of other kinds."""
    patterns = (_INNER, _FIGURES) if len(text) > _LONG else (_INNER,)
    places = sorted(one.start() for pattern in patterns for one in pattern.finditer(text))
    found = ((place, mark_at(text, place)) for place in places)
    return [(place, mark) for place, mark in found if mark is not None]


def _goes_on(text: str, place: int, mark: Mark, counts: dict[str, int]) -> bool:
    """Whether a mark carries on the last of its kind, behind a sentence."""
    before = _last(text, place)
    follows = mark.number > 1 and counts.get(mark.kind) == mark.number - 1
    return follows and before in _ENDS and (before != "：" or len(text) > _LONG)


def _begins_level(text: str, last: int, marks: list[tuple[int, Mark]]) -> bool:
    """Whether the first of some marks begins a level: the next one of its kind follows, and a sentence or heading ends before it."""
    place, mark = marks[0]
    if mark.number != 1:
        return False
    following = ((at, other) for at, other in marks[1:] if other.kind == mark.kind)
    later = next(((at, other) for at, other in following if other.number == mark.number + 1), None)
    if later is None or _last(text, later[0]) not in _ENDS:
        return False
    before = _last(text, place)
    heading = mark_at(text, last)
    short = heading is not None and place - last <= _HEADING + heading.end - last
    return before in "。）" or (short and before not in "，、；")


def _last(text: str, place: int) -> str:
    """The last character before a place that is no blank."""
    return text[max(0, place - _BLANKS) : place].rstrip()[-1:]
