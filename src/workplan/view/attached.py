"""What attachments are called: the label on the page of each, and the 附件说明, after GB/T 9704 7.3.4 and 7.3.7 or as written.

A plan that its notice lists is an attachment itself. What the notice lists is counted together, and so is what the plan lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.language.model import AssignmentsPart, AttachmentStyle
from workplan.plan.numbering import formatted
from workplan.view import runs
from workplan.view.sequence import DERIVED, Element, Face, Paragraph, Role, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.language.model import Document
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import NumberedPart

#: What the assignment table is called where its attachment has no title.
ASSIGNMENTS = "任务分解表"
#: The addresses of the plan where it is an attachment itself, and of its line in the list of the notice.
_PLAN, LISTED_PLAN = "document", "document.notice.listed"
_USUAL = AttachmentStyle.model_construct()
_LIST_LABEL = re.compile("(.*[：:])?(.*)", re.DOTALL)
_LEAD, _NUMBER = "附件：", "1."


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentWording:
    """``labels`` by the address of the attachment, that of the plan under ``plan``; ``in_notice`` and ``in_plan`` are the lists.

    ``last`` says that lists stand behind signature, date and note.
    """

    labels: dict[str, Paragraph]
    in_notice: tuple[Paragraph, ...]
    in_plan: tuple[Paragraph, ...]
    last: bool

    @property
    def plan(self) -> Paragraph | None:
        """The label of the plan; None where it is no attachment."""
        return self.labels.get(_PLAN)


@dataclass(frozen=True, slots=True)
class _Attachment:
    """An attachment as a list names it; ``owner`` is what says the name, which is empty where no list is to have it."""

    address: str
    listed_at: str
    name: tuple[Run, ...]
    owner: str


def worded(plan: Plan) -> AttachmentWording:
    """The labels and lists of a plan."""
    document = plan.document
    style = style_of(document)
    place = style.place_ if document.notice or style.place_ != "notice" else None
    notice, own = [*_carried(document)], [*map(_attachment, plan.attachments)]
    if place == "notice":
        notice, own = [*notice, *own], []
    labels = [label for group in (notice, own) for label in _labels(document, style, group)]
    return AttachmentWording(
        labels=dict(labels),
        in_notice=tuple(_list(document, style, notice)),
        in_plan=() if place == "none" else tuple(_list(document, style, own)),
        last=place == "after-signature",
    )


def style_of(document: Document) -> AttachmentStyle:
    """What the document says of its attachments."""
    return (document.style and document.style.attachments) or _USUAL


def example(style: AttachmentStyle) -> tuple[str, str]:
    """What begins a list, and the number of its first line by example, "" for none: ``附件：`` and ``1.``."""
    lead, number = list_label(style.list.text) if style.list is not None else ("", _NUMBER)
    return lead or _LEAD, number


def list_label(text: str) -> tuple[str, str]:
    """What stands before a name in a list: what begins the list, and the number; either may be ""."""
    found = _LIST_LABEL.fullmatch(text)
    assert found  # noqa: S101 - it takes any text
    return found[1] or "", found[2]


def name(part: NumberedPart, face: Face) -> tuple[Run, ...]:
    """The title of an attachment; an assignment table needs none."""
    if part.part.title is None and isinstance(part.part, AssignmentsPart):
        return (runs.added(ASSIGNMENTS, part.part, "kind", face=face),)
    return tuple(runs.lines(part.part.title, face))


def _carried(document: Document) -> Iterator[_Attachment]:
    """The plan as the attachment of its notice."""
    if document.notice and document.notice.listed is not None:
        yield _Attachment(_PLAN, LISTED_PLAN, tuple(runs.paragraphs(document.notice.listed)), LISTED_PLAN)


def _attachment(part: NumberedPart) -> _Attachment:
    at, listed = f"{part.address}.listed", part.part.listed
    if listed:
        return _Attachment(part.address, at, tuple(runs.paragraphs(listed)), at)
    # A title is said by the attachment itself; a wording of its own stands in the list alone.
    titled = tuple(runs.paragraphs(part.part.title)) or name(part, Face.FANGSONG)
    return _Attachment(part.address, at, titled, DERIVED)


def _labels(
    document: Document, style: AttachmentStyle, group: Sequence[_Attachment]
) -> Iterator[tuple[str, Paragraph]]:
    """附件标识 by address: 附件, or 附件1 where there are several (GB/T 9704 7.3.7), or by example."""
    for place, one in enumerate(group, 1):
        if style.label:
            text = formatted(style.label.text, place)[0]
            run = Run(text, Face.HEITI, style.label, 0 if text == style.label.text else None)
        else:
            run = _added(document, one, f"附件{place}" if len(group) > 1 else "附件", Face.HEITI)
        # Without a line in a list the label alone says that something is an attachment.
        owner = DERIVED if one.name else one.owner
        yield one.address, Paragraph((Element(f"{one.address}.label", Role.LABEL, (run,), owner),))


def _list(document: Document, style: AttachmentStyle, group: Sequence[_Attachment]) -> Iterator[Paragraph]:
    """附件说明 (GB/T 9704 7.3.4): ``附件：1.甲`` and ``2.乙``, or ``附件：甲`` where there is one."""
    lead, number = example(style)
    for place, one in enumerate(group, 1):
        if not one.name:
            continue
        label = lead + (formatted(number, place)[0] if len(group) > 1 else "")
        own = _added(document, one, label, Face.FANGSONG) if style.list is None else runs.added(label, style, "list")
        yield Paragraph((Element(one.listed_at, Role.LISTED, (own, *one.name), one.owner),))
        lead = ""


def _added(document: Document, one: _Attachment, text: str, face: Face) -> Run:
    """What workplan adds, asked for by the key that makes something an attachment."""
    if one.address == _PLAN and document.notice:
        return runs.added(text, document.notice, "listed", face=face)
    return runs.added(text, document, "attachments", face=face)
