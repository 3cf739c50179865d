"""The frame pass: masthead, 发文字号, title, 主送, 印发通知, signature, date, 附注, 附件 and 版记 told from the running text.

What is not surely of the frame stays running text: a plan prints that exactly in any case.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.importing import attachments, wordings
from workplan.importing.framed import Framed, Signed
from workplan.importing.imprint import imprint
from workplan.importing.marks import bare
from workplan.importing.piece import Align, Paragraph, Table
from workplan.importing.wordings import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.importing.framed import Lines

    _Own = Paragraph | Table

#: A title has at most so many lines, a line of it so many 字.
_TITLE_LINES, _TITLE = 5, 60
#: So many paragraphs behind a text may belong to its signature.
_SIGNATORIES = 12
#: 发文机关标志 of joint issuers, and the marks above it, have at most so many lines.
_RED_HEAD = 8
#: Fewest 字 of a line of a title that is as wide as the page.
_FULL = 12
_NOTICE = Pattern(r".*(?:印发|转发|发布|下发).*(?:通知|公告|令)|.*关于.*的通知|.*的?通知")
_SPEAKER = Pattern(r"[一-龥\s　]{2,30}")
#: How the running text of a notice speaks of what it carries.
_CARRIES = Pattern(
    r".*(?:印发给|现印发|予以印发|现将|现转发|印发《|予以公布|现予发布|公布《|请认真贯彻|请遵照|贯彻执行|贯彻落实|组织实施).*"
)
_HEADLESS = 12
#: So many paragraphs does a plan have at least; a form has fewer.
_PLAN = 3


@dataclass(slots=True)
class _Head:
    """What stands before the running text."""

    marks: list[tuple[str, Lines]] = field(default_factory=list)
    masthead: Lines = ()
    number: Lines = ()
    below: bool = False
    title: Lines = ()
    subtitle: Lines = ()
    speaker: Lines = ()
    to: Lines = ()
    end: int = 0


def _head(pieces: Sequence[_Own]) -> _Head:
    """The head of a document, or of a document within another: up to its first running text."""
    head = _Head()
    lines: list[Paragraph] = []
    place = _red_head(pieces, head)
    while place < len(pieces):
        piece = pieces[place]
        if not isinstance(piece, Paragraph) or not _of_head(piece, head, lines):
            break
        place += 1
    opening = pieces[0] if pieces else None
    if not place and isinstance(opening, Paragraph) and wordings.is_salutation(opening.text):
        head.to, place = (opening,), 1  # the page it was taken from had the title elsewhere
    head.end = place
    if not head.title and len(lines) > _TITLE_LINES:
        return replace(_Head(), end=0)
    head.title = head.title or tuple(lines)
    _settle(head, pieces)
    return head


def _red_head(pieces: Sequence[_Own], head: _Head) -> int:
    """Take the marks and a 发文机关标志 of several lines, such as that of joint issuers; where the rest begins."""
    place = 0
    for piece in pieces[:_RED_HEAD]:
        kind = _mark(told(piece.text)) if isinstance(piece, Paragraph) else ""
        if not kind or not isinstance(piece, Paragraph):
            break
        head.marks.append((kind, (piece,)))
        place += 1
    end = place
    for piece in pieces[place : place + _RED_HEAD]:
        words = told(piece.text) if isinstance(piece, Paragraph) else ""
        if not words or len(words) > _TITLE or wordings.is_number(words) or words.endswith(("。", "：", ":")):
            break
        end += 1
    lines = tuple(piece for piece in pieces[place:end] if isinstance(piece, Paragraph))
    after = pieces[end] if end < len(pieces) else None
    numbered = isinstance(after, Paragraph) and wordings.is_number(after.text)
    red = any(told(line.text).endswith("文件") for line in lines)
    if len(lines) > 1 and numbered and red and all(map(_is_title, lines)):
        head.masthead = lines
        return end
    return place


def _of_head(piece: Paragraph, head: _Head, lines: list[Paragraph]) -> bool:
    """Take one more paragraph into the head; False where the running text begins."""
    words = told(piece.text)
    if wordings.is_number(piece.text) and not head.number:
        head.number, head.below = (piece,), bool(lines)
    elif not lines and not head.number and not head.masthead and (kind := _mark(words)):
        head.marks.append((kind, (piece,)))
    elif not lines and not head.masthead and wordings.MASTHEAD.fullmatch(words):
        head.masthead = (piece,)
    elif head.to or len(words) > 6 * _TITLE:
        return False
    elif (lines or head.number) and wordings.is_salutation(piece.text):
        head.to = (piece,)
    elif lines and words.startswith(("——", "—")) and len(words) <= _TITLE:
        head.subtitle = (piece,)
    elif head.subtitle and not head.speaker and _SPEAKER.fullmatch(piece.text):
        head.speaker = (piece,)
    elif lines and wordings.STATUS.fullmatch(words) and not head.subtitle:
        head.subtitle = (piece,)
    elif _is_title(piece) and not head.subtitle and len(lines) < _TITLE_LINES and not _done(head, lines, piece):
        lines.append(piece)
    else:
        return False
    return True


def _mark(words: str) -> str:
    """The key of what stands at the upper left of the first page; a registration number has none of its own."""
    found = next((kind for kind, pattern in wordings.MARKS if pattern.fullmatch(words)), "")
    return "status" if not found and wordings.CODE.fullmatch(words) else found


def _is_title(piece: Paragraph) -> bool:
    return wordings.is_title(piece.text) and piece.looks.align != Align.RIGHT


def _done(head: _Head, lines: Sequence[Paragraph], piece: Paragraph) -> bool:
    """Whether the title was complete before this line: another size, a number in between, or indented as text is."""
    if not lines:
        return False
    first = lines[0]
    sizes = (first.looks.size, piece.looks.size)
    if head.below or (None not in sizes and sizes[0] != sizes[1]):
        return True
    centred = first.looks.align is Align.CENTER
    return centred and piece.looks.align not in (Align.CENTER, Align.UNKNOWN) and not _fills(piece, first)


def _fills(piece: Paragraph, first: Paragraph) -> bool:
    """Whether a line is as wide as the page, so that it cannot show that it is centred like the first of the title."""
    looks = piece.looks
    flush = looks.align is Align.JUSTIFY and looks.first is not None and looks.first < 1
    return flush and looks.size is not None and looks.size == first.looks.size and len(told(piece.text)) >= _FULL


def _settle(head: _Head, pieces: Sequence[_Own]) -> None:
    """A head without a title has none of what stands below one."""
    if not head.title and head.number and head.end < len(pieces):
        head.below = False


def _signed(pieces: Sequence[_Own]) -> tuple[Signed, Sequence[_Own]]:
    """The first text with signature and date, and what follows it; all of it is text where nobody signs."""
    for place, piece in enumerate(pieces):
        if not isinstance(piece, Paragraph) or not wordings.is_date(piece.text):
            continue
        begin = place
        while begin and place - begin < _SIGNATORIES and _signs(pieces[begin - 1], last=begin == place):
            begin -= 1
        if begin == place and not _ends(pieces, place):
            continue
        end = place + 1
        note: Lines = ()
        following = pieces[end] if end < len(pieces) else None
        if isinstance(following, Paragraph) and wordings.is_note(following.text):
            note, end = (following,), end + 1
        names = [one for one in pieces[begin:place] if isinstance(one, Paragraph)]
        text = Signed(body=tuple(pieces[:begin]), signatures=_grouped(names), date=(piece,), note=note)
        return text, pieces[end:]
    return Signed(body=tuple(pieces)), ()


def _signs(piece: _Own, *, last: bool) -> bool:
    """Whether a paragraph may be of a signature; ``last`` says that it is its last line, which ends as names of organs do."""
    if not isinstance(piece, Paragraph):
        return False
    return wordings.is_organ(piece.text) or (not last and wordings.is_name_part(piece.text))


def _grouped(lines: Iterable[Paragraph]) -> tuple[Lines, ...]:
    """The signatories; a name that breaks off in one line goes on in the next."""
    found: list[Lines] = []
    broken = False
    for line in lines:
        found = [*found[:-1], (*found[-1], line)] if broken else [*found, (line,)]
        broken = not wordings.is_organ(line.text)
    return tuple(found)


def _ends(pieces: Sequence[_Own], place: int) -> bool:
    """Whether a date without a signatory ends a text: nothing follows, or what begins something new."""
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    if following is None:
        return True
    return isinstance(following, Paragraph) and (
        wordings.is_note(following.text) or wordings.LABEL.fullmatch(bare(following.text)) is not None
    )


def _carried(head: _Head, first: Signed, after: Sequence[_Own]) -> tuple[Lines, Sequence[_Own]] | None:
    """The label (附件) and the pieces of the document that a notice carries; None where there is no notice."""
    title = "".join(bare(line.text) for line in head.title)
    spoken = "".join(bare(piece.text) for piece in first.body[-6:] if isinstance(piece, Paragraph))
    notice = not title or _NOTICE.fullmatch(title) is not None
    if (
        not after
        or not first.body
        or not first.date
        or len(first.body) > _HEADLESS
        or not (notice and (not title or _CARRIES.search(spoken)))
    ):
        return None
    opening = after[0]
    label: Lines = ()
    if isinstance(opening, Paragraph) and wordings.LABEL.fullmatch(bare(opening.text)):
        label, after = (opening,), after[1:]
    inner = _head(after)
    begins = inner.title and inner.end < len(after)
    return (label, after) if begins and _reads_on(after[inner.end :]) else None


def _reads_on(pieces: Sequence[_Own]) -> bool:
    """Whether pieces hold running text of some length, as a plan does and a form does not."""
    return sum(isinstance(piece, Paragraph) for piece in pieces) >= _PLAN


def framed(pieces: Sequence[_Own]) -> Framed:
    """Take a document apart; nothing is lost: every piece is in the frame or in a body, in order."""
    head = _head(pieces)
    rest, foot = imprint(pieces[head.end :])
    first, after = _signed(rest)
    carried = _carried(head, first, after)
    no_label: Lines = ()
    if carried is None:
        notice: Signed | None = None
        main, label = _headed(first, head), no_label
    else:
        label, inner = carried
        notice = _headed(first, head)
        own = _head(inner)
        main, after = _signed(inner[own.end :])
        main = _headed(main, own)
    parted = attachments.parted(notice, label, main, after)
    return Framed(
        marks=tuple(head.marks),
        masthead=head.masthead,
        number=head.number,
        below=head.below,
        notice=parted.notice,
        label=parted.label,
        carried=parted.carried,
        labels=parted.labels,
        main=parted.main,
        listing=parted.listing,
        attachments=parted.attachments,
        cc=foot.cc,
        office=foot.office,
        issued=foot.issued,
    )


def _headed(text: Signed, head: _Head) -> Signed:
    return replace(text, title=head.title, subtitle=head.subtitle, speaker=head.speaker, to=head.to)
