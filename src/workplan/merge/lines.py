"""Pieces that the reader of a Word document hands on, as lines with our marks, tracked changes and comments."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.importing.characters import plain
from workplan.importing.hanging import Hanging
from workplan.importing.piece import Paragraph, Place, Table
from workplan.merge.returned import Comment, Line, Mark, Tracked, Tracking
from workplan.render.docx.bookmarks import is_annotation, original

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workplan.importing.hanging import Change, Stretch
    from workplan.importing.piece import Cell, Piece
    from workplan.importing.readers.docx.whole import Remark

_TRACKING = {
    "ins": Tracking.INSERTED,
    "del": Tracking.DELETED,
    "moveTo": Tracking.MOVED_HERE,
    "moveFrom": Tracking.MOVED_AWAY,
}


def lines_of(pieces: Iterable[Piece], remarks: Mapping[str, Remark]) -> tuple[tuple[Line, ...], tuple[Comment, ...]]:
    """The lines in order, and the comments that stand on none."""
    texts = list(_texts(pieces))
    hanging = [text.hanging or Hanging() for text in texts]
    marks = _marks(hanging)
    comments, loose = _comments(hanging, remarks)
    lines = (
        Line(
            text=text.text,
            place=text.place,
            marks=own_marks,
            paragraph_id=own.identifier,
            tracked=tuple(one for one in map(_tracked, own.changes) if one.words),
            comments=own_comments,
            automatic=text.automatic if isinstance(text, Paragraph) else 0,
            outside=text.outside if isinstance(text, Paragraph) else None,
            boxed=isinstance(text, Paragraph) and text.looks.boxed,
        )
        for text, own, own_marks, own_comments in zip(texts, hanging, marks, comments, strict=True)
    )
    return tuple(lines), loose


def _texts(pieces: Iterable[Piece]) -> Iterator[Paragraph | Cell]:
    for piece in pieces:
        if isinstance(piece, Paragraph):
            yield piece
        elif isinstance(piece, Table):
            yield from (cell for row in piece.rows for cell in row)


def _marks(hanging: Sequence[Hanging]) -> list[tuple[Mark, ...]]:
    """The marks of each line.

    Where a bookmark has words, its ends on lines around them say nothing. A copy counts where the bookmark itself is gone:
    LibreOffice makes one of what stands in a tracked deletion, or is cut and put elsewhere.
    """
    every = [one for own in hanging for one in own.bookmarks]
    names = {one.name.lower() for one in every}
    said = {one.number for one in every if one.start < one.end}
    found = []
    for own in hanging:
        kept = [
            one for one in own.bookmarks if (one.start < one.end or one.number not in said) and not _is_idle(one, names)
        ]
        said.update(one.number for one in kept)
        found.append(_unswapped([Mark(original(one.name), one.start, one.end) for one in kept]))
    return found


def _unswapped(marks: list[Mark]) -> tuple[Mark, ...]:
    """The marks of a line with their own names: of two that end together in an RTF, LibreOffice takes one for the other."""
    for place, (outer, inner) in enumerate(pairwise(marks)):
        around = outer.start < inner.start and outer.end == inner.end
        if around and is_annotation(outer.name) and not is_annotation(inner.name):
            marks[place : place + 2] = replace(outer, name=inner.name), replace(inner, name=outer.name)
    return tuple(marks)


def _is_idle(one: Stretch, names: set[str]) -> bool:
    """Whether a bookmark is a copy of one that is there."""
    own = one.name.lower()
    return original(own) != own and original(own) in names


def _tracked(change: Change) -> Tracked:
    return Tracked(
        kind=_TRACKING[change.kind],
        start=change.start,
        end=change.end,
        words=change.words if change.end > change.start else plain(change.words, Place())[0],
        author=change.author,
        date=change.date,
    )


def _comments(
    hanging: Sequence[Hanging], remarks: Mapping[str, Remark]
) -> tuple[list[tuple[Comment, ...]], tuple[Comment, ...]]:
    """The comments of each line, answers behind what they answer, and those that stand on none."""
    placed = {one.name for own in hanging for one in own.comments}
    answers: dict[str, list[str]] = {}
    for key, remark in remarks.items():
        # Whatever is answered is the first of a thread; an answer whose question has no place stands at its own.
        if remark.answers in placed and key != remark.answers and not remarks[remark.answers].answers:
            answers.setdefault(remark.answers, []).append(key)
    second = {key for keys in answers.values() for key in keys}
    found: list[tuple[Comment, ...]] = []
    for own in hanging:
        stretches = [one for one in own.comments if one.name in remarks and one.name not in second]
        keys = [(one, key) for one in stretches for key in (one.name, *answers.get(one.name, ()))]
        found.append(tuple(_comment(one, remarks[key]) for one, key in keys))
    return found, tuple(
        _comment(None, remark) for key, remark in remarks.items() if key not in placed and key not in second
    )


def _comment(stretch: Stretch | None, remark: Remark) -> Comment:
    return Comment(
        start=0 if stretch is None else stretch.start,
        end=0 if stretch is None else stretch.end,
        said=remark.said,
        author=remark.author,
        date=remark.date,
        goes_on=stretch is not None and stretch.goes_on,
        answer=bool(remark.answers),
        done=remark.done,
    )
