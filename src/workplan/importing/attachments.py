"""附件 and 附件说明: attachments under their labels, and the list that names them, where a plan can print both as they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.importing import wordings
from workplan.importing.framed import Attached, Listing
from workplan.importing.marks import bare, mark_at
from workplan.importing.piece import Paragraph, Table
from workplan.importing.wordings import told
from workplan.plan.numbering import formatted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.importing.framed import Framed, Lines, Signed

    _Own = Paragraph | Table

_ENTRY = re.compile(
    r"(?P<lead>附\s*(?:件|表)?\s*[：:])?\s*(?P<number>[0-9]{1,2}\s*[.．、：:]|[（(][0-9]{1,2}[）)])?\s*(?P<name>\S.*)",
    re.DOTALL,
)
#: A label alone, of the kind that gives each attachment its number.
_TITLE_LINES = 3
#: The rest of an entry of a list that was broken by hand has at most so many 字.
_REST = 20
_ENDS = ("。", "；", "：", "，")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A document with its attachments apart: what ``framed`` puts together."""

    notice: Signed | None
    label: Lines
    carried: Listing
    labels: str
    main: Signed
    listing: Listing
    attachments: tuple[Attached, ...]


def parted(notice: Signed | None, label: Lines, main: Signed, after: Sequence[_Own]) -> Parted:
    """Take the attachments out of what follows a text, and their list out of the text; what does not fit stays running text."""
    main, after = _labels_in_body(main, after)
    leftover, attached = _attached(after)
    body, own_list = _listing(main.body, leftover)
    in_notice = Listing()
    noticed = notice.body if notice else ()
    if notice and not own_list.lines:
        noticed, in_notice = _listing(notice.body, ())
    own_list = own_list if len(own_list.names) == len(attached) else Listing()
    carried, shared = _shares(in_notice, len(attached), carried=bool(label))
    labels = _labels(label, attached, together=shared)
    if labels is None:  # the labels follow no example: all of it is running text behind the main one
        prose = [piece for one in attached for piece in (*one.label, *one.title, *one.body)]
        body = (*main.body, *leftover, *label, *prose) if not label else (*main.body, *leftover, *prose)
        return Parted(
            notice=notice, label=label, carried=Listing(), labels=label[0].text if label else "",
            main=replace(main, body=body), listing=Listing(), attachments=(),
        )  # fmt: skip
    if not own_list.lines:
        body = (*main.body, *leftover)
    if notice and (carried.lines or shared):
        notice = replace(notice, body=noticed)
    if shared:
        own_list = _rest(in_notice, len(carried.lines))
    return Parted(
        notice=notice, label=label, carried=carried, labels=labels,
        main=replace(main, body=tuple(body)), listing=own_list, attachments=attached,
    )  # fmt: skip


def _labels_in_body(main: Signed, after: Sequence[_Own]) -> tuple[Signed, Sequence[_Own]]:
    """A document that nobody signs has its attachments at the end of its text."""
    if main.date or after:
        return main, after
    begins = next((place for place, piece in enumerate(main.body) if place and _label(piece)), None)
    if begins is None:
        return main, after
    return replace(main, body=main.body[:begins]), main.body[begins:]


def _label(piece: _Own) -> Lines:
    """The label that a paragraph is, or begins with; () for any other piece."""
    if not isinstance(piece, Paragraph):
        return ()
    words = told(piece.text)
    if wordings.LABEL.fullmatch(words) and not re.search(r"[-—－]", words):
        return (piece,)
    found = wordings.LABELLED.fullmatch(piece.text.strip())
    if found and found["number"] and wordings.is_title(found["title"]):
        return (replace(piece, text=found["label"]), replace(piece, text=found["title"]))
    return ()


def _attached(after: Sequence[_Own]) -> tuple[tuple[_Own, ...], tuple[Attached, ...]]:
    """What stands before the first label, and each attachment."""
    starts = [place for place, piece in enumerate(after) if _label(piece)]
    if not starts:
        return tuple(after), ()
    ends = [*starts[1:], len(after)]
    return tuple(after[: starts[0]]), tuple(_one(after[start:end]) for start, end in zip(starts, ends, strict=True))


def _one(pieces: Sequence[_Own]) -> Attached:
    label, *more = _label(pieces[0])
    title = list(more)
    place = 1
    while not more and place < len(pieces) and len(title) < _TITLE_LINES:
        piece = pieces[place]
        if not isinstance(piece, Paragraph) or not wordings.is_title(piece.text):
            break
        if title and piece.text.strip().startswith(("（", "(")):
            break  # a remark below the title
        title.append(piece)
        place += 1
    if len(title) == len(pieces) - 1 and len(title) > 1:  # nothing but short lines: the first of them is the title
        title, place = title[:1], 2
    return Attached(label=(label,), title=tuple(title), body=tuple(pieces[place:]))


def _listing(body: tuple[_Own, ...], leftover: tuple[_Own, ...]) -> tuple[tuple[_Own, ...], Listing]:
    """The list at the end of a text, or right behind its signature; what is left of both."""
    behind = _entries(leftover, 0)
    if behind is not None and behind[1] == len(leftover):
        return body, replace(behind[0], behind=True)
    for place in range(len(body) - 1, -1, -1):
        piece = body[place]
        if isinstance(piece, Paragraph) and wordings.LISTED.fullmatch(told(piece.text)):
            found = _entries(body, place)
            if found is not None and found[1] == len(body):
                return (*body[:place], *leftover), found[0]
            break
    return (*body, *leftover), Listing()


def _entries(pieces: Sequence[_Own], start: int) -> tuple[Listing, int] | None:
    """The list that begins at a place, and where it ends; None where none does or where it is not to be printed as it stands."""
    lines: list[Lines] = []
    end = start
    while end < len(pieces):
        piece = pieces[end]
        if not isinstance(piece, Paragraph):
            break
        words = told(piece.text)
        if (wordings.LISTED_NEXT if lines else wordings.LISTED).fullmatch(words):
            lines.append((piece,))
        elif (
            lines
            and len(words) <= _REST
            and not words.endswith(_ENDS)
            and mark_at(piece.text) is None
            and not _label(piece)
        ):
            lines[-1] = (*lines[-1], piece)  # an entry that was broken by hand
        else:
            break
        end += 1
    written = ["".join(line.text.strip() for line in entry) for entry in lines]
    entries = [_ENTRY.fullmatch(words) for words in written]
    if not entries or not all(entries):
        return None
    first = entries[0]
    assert first  # noqa: S101 - just asked
    listing = Listing(
        lines=tuple(lines),
        lead=first["lead"] or "",
        number=first["number"] or "",
        names=tuple(entry["name"].strip() for entry in entries if entry),
    )
    return (listing, end) if _prints(listing, written) else None


def _prints(listing: Listing, written: Sequence[str]) -> bool:
    """Whether a plan prints the list as it stands."""
    several = len(listing.lines) > 1
    if not listing.lead or (several and not listing.number) or (not several and listing.number):
        return False
    for place, (line, name) in enumerate(zip(written, listing.names, strict=True), 1):
        lead = listing.lead if place == 1 else ""
        number = formatted(listing.number, place)[0] if several else ""
        if bare(f"{lead}{number}{name}") != bare(line):
            return False
    return True


def _shares(listing: Listing, attached: int, *, carried: bool) -> tuple[Listing, bool]:
    """The notice's line for the plan that it carries, and whether its list names the attachments too."""
    if not listing.lines:
        return Listing(), False
    if carried and len(listing.lines) in (1, attached + 1):
        return replace(listing, lines=listing.lines[:1], names=listing.names[:1]), len(listing.lines) > 1
    return Listing(), not carried and len(listing.lines) == attached


def _rest(listing: Listing, carried: int) -> Listing:
    """What a notice's list names besides the plan that it carries."""
    return replace(listing, in_notice=True, lines=listing.lines[carried:], names=listing.names[carried:])


def _labels(label: Lines, attached: Sequence[Attached], *, together: bool) -> str | None:
    """The example of the labels: "" where they are the usual ones, None where they follow none."""
    own = [bare(one.label[0].text) for one in attached]
    first = [bare(label[0].text)] if label else []
    groups = [[*first, *own]] if together and first else [first, own]
    usual = [f"附件{place}" if len(group) > 1 else "附件" for group in groups for place, _ in enumerate(group, 1)]
    written = [*first, *own]
    if written == usual:
        return ""
    example = written[0]
    by_example = [formatted(example, place)[0] for group in groups for place, _ in enumerate(group, 1)]
    return example if written == by_example else None


def without_attachments(framed: Framed) -> Framed:
    """The same document with its attachments as running text behind the main one."""
    lines = tuple(line for entry in framed.listing.lines for line in entry)
    prose = [piece for one in framed.attachments for piece in (*one.label, *one.title, *one.body)]
    if not framed.listing.in_notice or not framed.notice:
        main = replace(framed.main, body=(*framed.main.body, *lines, *prose))
        return replace(framed, main=main, listing=Listing(), attachments=())
    carried = [line for entry in framed.carried.lines for line in entry]
    notice = replace(framed.notice, body=(*framed.notice.body, *carried, *lines))
    main = replace(framed.main, body=(*framed.main.body, *prose))
    return replace(framed, notice=notice, main=main, carried=Listing(), listing=Listing(), attachments=())
