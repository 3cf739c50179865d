"""The texts of a plan's frame as entries name them: by the keys of document.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan import view
from workplan.view.blocks import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.plan import Plan
    from workplan.view.blocks import Block, Letter, Masthead, Official

#: A key of document.yaml and what is printed of it.
Framed = tuple[str, str]


def frame(plan: Plan) -> tuple[tuple[Framed, ...], tuple[Framed, ...]]:
    """What is printed before the parts and what after them, empty texts left out."""
    official = view.official(plan, ())
    return _said(_before(plan, official)), _said(_after(plan, official))


def _said(texts: Iterable[Framed]) -> tuple[Framed, ...]:
    return tuple((key, text) for key, text in texts if text)


def _before(plan: Plan, official: Official) -> Iterator[Framed]:
    document = plan.document
    marks = ("copy", document.copy_), ("secrecy", document.secrecy), ("urgency", document.urgency)
    yield from ((key, mark.line) for key, mark in marks if mark)
    yield "status", official.status
    yield "masthead", _masthead(official.masthead)
    yield "number", official.number
    yield from _notice(official.notice)
    yield "title", official.name
    yield "subtitle", official.subtitle
    yield "speaker", official.speaker
    yield "to", official.to
    yield "preamble", "\n".join(document.preamble.paragraphs) if document.preamble else ""


def _after(plan: Plan, official: Official) -> Iterator[Framed]:
    closing = plan.document.closing
    yield "closing", "\n".join(closing.paragraphs) if closing else ""
    yield "signature", _signatures(official.signature)
    yield "date", official.date
    yield "note", official.note
    if official.imprint:
        yield "imprint.cc", official.imprint.cc
        yield "imprint.office", official.imprint.office
        yield "imprint.date", official.imprint.date


def _masthead(masthead: Masthead | None) -> str:
    return "\n".join(masthead.names) + masthead.suffix if masthead else ""


def _notice(notice: Letter | None) -> Iterator[Framed]:
    if notice:
        yield "notice.title", "".join(notice.title)
        yield "notice.to", notice.to
        yield "notice.text", _printed(notice.blocks)
        yield "notice.signature", _signatures(notice.signature)
        yield "notice.date", notice.date
        yield "notice.note", notice.note


def _printed(blocks: Sequence[Block]) -> str:
    return "\n".join(block.printed for block in blocks if isinstance(block, Paragraph))


def _signatures(signatures: Sequence[Sequence[str]]) -> str:
    return "\n".join("".join(lines) for lines in signatures)
