"""Lines that a page had wrapped, in a plain text, joined to the paragraphs they were; page numbers between them told apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells
from workplan.chinese.patterns import Pattern
from workplan.importing import wordings
from workplan.importing.marks import bare, mark_at
from workplan.importing.piece import Paragraph
from workplan.importing.record import Deed, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.importing.piece import Piece

#: Pages of official documents hold 28 字 a line; what is much narrower or wider was not wrapped by a page.
_NARROWEST, _WIDEST = 20.0, 45.0
#: So much of a text's lines, less those that end paragraphs, stand at its full width.
_SHARE = 0.4
_FEWEST = 12
#: So many sentences broken off at one width show that a text was wrapped.
_BREAKS = 5
#: So far may a full line fall short: indentation, a mark that may not begin the next line, squeezed marks.
_SLACK = 3.5
_PAGE_NUMBER = Pattern(r"[-—－–·\s]*\d{1,3}[-—－–·\s]*")
#: What a page sets between figures and 字, and programs that extract its text write as a blank.
_GAP = Pattern("(?<=[一-鿿、。，；：（）〔〕]) (?=[0-9A-Za-z“])|(?<=[0-9A-Za-z]) (?=[一-鿿])")
#: How a title ends that a salutation follows.
_NAMES = ("通知", "意见", "方案", "办法", "函", "批复", "通报", "决定", "公告", "细则", "规定", "要点", "规划", "计划")
#: In 字: what a line is indented by that begins a paragraph.
_INDENT = 1.5
_STOPPED = tuple("。；：！？）)”】〕")


def unwrapped(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Record, ...]]:
    """The pieces with wrapped lines joined, where most lines are as wide as each other; else as they are."""
    width = _width([piece for piece in pieces if isinstance(piece, Paragraph)])
    if not width:
        return tuple(pieces), ()
    kept: list[Piece] = []
    records: list[Record] = []
    open_ = False
    for piece in pieces:
        if not isinstance(piece, Paragraph):
            kept.append(piece)
            open_ = False
            continue
        if _PAGE_NUMBER.fullmatch(piece.text):
            records.append(Record(Deed.LEFT_OUT, piece.place, piece.text))
            continue
        last = kept[-1] if kept else None
        if open_ and isinstance(last, Paragraph) and _goes_on(last, piece):
            kept[-1] = replace(last, text=_joined(last.text, piece.text))
            records.append(Record(Deed.JOINED, piece.place, piece.text))
        else:
            kept.append(piece)
        open_ = cells(piece.text.strip()) >= width - _SLACK and not _alone(piece.text)
    closed = (replace(one, text=_GAP.sub("", one.text)) if isinstance(one, Paragraph) else one for one in kept)
    return tuple(closed), tuple(records)


def _width(lines: Sequence[Paragraph]) -> float:
    """The width in 字 that the text was wrapped to; 0 where it was not."""
    lines = [line for line in lines if line.text.strip()]
    widths = [float(cells(line.text.strip())) for line in lines]
    wide = Counter(round(width) for width in widths if width >= _NARROWEST)
    if len(widths) < _FEWEST or max(widths) > _WIDEST or not wide:
        return 0.0
    full, _ = max(wide.items(), key=lambda one: (one[1], one[0]))
    near = sum(abs(width - full) <= _SLACK for width in widths)
    if near >= _SHARE * len(widths):
        return float(full)
    # Where many paragraphs are short, sentences that break off at one width and go on in the next line show it too.
    broken = sum(
        abs(width - full) <= _SLACK
        and not _is_whole(line.text)
        and _goes_on(line, next_)
        and mark_at(next_.text) is None
        for width, line, next_ in zip(widths, lines, lines[1:], strict=False)
    )
    return float(full) if max(widths) <= full + _SLACK and broken >= max(_BREAKS, near / 2) else 0.0


def _is_whole(text: str) -> bool:
    return text.rstrip().endswith(_STOPPED)


def _goes_on(before: Paragraph, line: Paragraph) -> bool:
    """Whether a line carries on the full one before it: it begins no paragraph, as an indent or a mark behind a sentence show."""
    text, said = line.text, before.text.rstrip()
    if _alone(text) or _is_indented(line):
        return False
    if said.endswith(_NAMES) and wordings.is_salutation(text):
        return False  # the title was as wide as the page
    if wordings.is_salutation(said) and said.endswith(("：", ":")):
        return False
    mark, own = mark_at(text.lstrip()), mark_at(said.lstrip())
    if mark and own and mark.kind == own.kind and mark.number == own.number + 1:
        return False  # headings one below the other, as wide as each other
    begins = mark is not None or wordings.LISTED.fullmatch(wordings.told(text)) is not None
    return not (begins and said.endswith(_STOPPED))


def _is_indented(line: Paragraph) -> bool:
    return line.looks.first is not None and line.looks.first >= _INDENT


def _alone(text: str) -> bool:
    """Whether a line is an element of the frame that is one line in any case."""
    return wordings.is_number(text) or wordings.is_date(text) or wordings.MASTHEAD.fullmatch(bare(text)) is not None


def _joined(before: str, after: str) -> str:
    """Two lines as one; a blank stays only between two words of a narrow script."""
    before, after = before.rstrip(), after.lstrip()
    between = " " if before[-1:].isascii() and after[:1].isascii() else ""
    return f"{before}{between}{after}"


def is_page_number(text: str) -> bool:
    """Whether a line holds nothing but the number of a page between dashes: — 7 —."""
    words = bare(text)
    return _PAGE_NUMBER.fullmatch(words) is not None and not words.isdigit()
