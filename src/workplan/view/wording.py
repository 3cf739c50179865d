"""The words of an item as they are printed: annotation, clauses, paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.model import Clause, Item
from workplan.registry import phrase
from workplan.scalar import Scalar
from workplan.view.blocks import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.numbering import Numbered
    from workplan.plan import Plan

#: A title that ends in one of these needs no stop of ours before the text that runs on.
_STOPS = "。！？：；…—，、"


def annotation(plan: Plan, numbered: Numbered) -> str:
    """What is printed of the item's ``units``, brackets included; "" where nothing is."""
    item, manner = numbered.item, numbered.manner
    if isinstance(item, Scalar) or item.units is None or manner.annotations == "none":
        return ""
    if not isinstance(item.units, Scalar):
        return f"（{'；'.join(f'{label}：{words.text}' for label, words in item.units.items())}）"
    text = item.units.text
    if phrase.bracketed(text):
        return text
    own = [mention for mention in numbered.mentions or () if mention.source == "units"]
    spoken = any(part.label or part.verb for mention in own for part in mention.phrases)
    return f"（{text}）" if spoken or not manner.label else f"（{manner.label}：{text}）"


def stopped(title: str) -> str:
    """A title before text that runs on: with a full stop, unless it brings a mark of its own."""
    return title if title[-1:] in _STOPS else f"{title}。"


def clauses(plan: Plan, numbered: Numbered) -> str:
    """The clauses of an item as they run on after its text."""
    return "".join(_clause(plan, clause) for clause in numbered.clauses)


def _clause(plan: Plan, clause: Numbered) -> str:
    item = clause.item
    text = own_text(item)
    title = item.title.line if isinstance(item, Clause) and item.title else ""
    head = clause.mark + (stopped(title) if title and text else title)
    return head + _annotated(text, annotation(plan, clause), clause.manner.annotations)


def own_text(item: Item | Clause | Scalar) -> str:
    """The text of an item in one string, its paragraphs joined; a clause has but one."""
    text = item if isinstance(item, Scalar) else item.text
    return "".join(text.paragraphs) if text else ""


def paragraphs(plan: Plan, numbered: Numbered) -> list[str]:
    """The body of an item: its paragraphs, the clauses running on after the last."""
    item = numbered.item
    text = item if isinstance(item, Scalar) else item.text
    body = list(text.paragraphs) if text else []
    run_on = clauses(plan, numbered)
    if run_on and body:
        body[-1] += run_on
    elif run_on:
        body = [run_on]
    return body


def _annotated(text: str, note: str, manner: str) -> str:
    if note and manner == "before-stop" and text.endswith("。"):
        return f"{text[:-1]}{note}。"
    return text + note


def blocks(plan: Plan, numbered: Numbered) -> Iterator[Paragraph]:
    """The printed paragraphs of an item and of all below it."""
    yield from own_blocks(plan, numbered)
    for child in numbered.items:
        yield from blocks(plan, child)


def own_blocks(plan: Plan, numbered: Numbered) -> Iterator[Paragraph]:
    """The printed paragraphs of the item itself."""
    item, manner = numbered.item, numbered.manner
    body = paragraphs(plan, numbered)
    note = annotation(plan, numbered)
    title = item.title.line if isinstance(item, Clause) and item.title else ""
    anchor = item.id.text if isinstance(item, Clause) and item.id else ""
    own_line = note if manner.annotations == "own-line" else ""
    if body and not own_line:
        body[-1] = _annotated(body[-1], note, manner.annotations)
    level = numbered.level
    if title and body and manner.titles == "run-in":
        yield Paragraph(body[0], numbered.mark + stopped(title), level, anchor)
    elif title:
        yield Paragraph("" if body or own_line else note, numbered.mark + title, level, anchor)
        yield from (Paragraph(body[0]) for _ in body[:1])
    elif body:
        yield Paragraph(numbered.mark + body[0], anchor=anchor)
    elif numbered.mark or (note and not own_line):
        yield Paragraph(numbered.mark + ("" if own_line else note), anchor=anchor)
    yield from (Paragraph(text) for text in body[1:])
    if own_line:
        yield Paragraph(own_line.strip())
