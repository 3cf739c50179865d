"""Where texts begin: what stands close below a title, and the page of a plan that its notice brings."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells
from workplan.lengths import Em, Pt, Twips, em_to_pt, pt_to_twips
from workplan.page.dimensions import MEASURE
from workplan.page.dimensions import TITLE as TITLE_SIZE
from workplan.page.grids import NATURAL
from workplan.render.docx.address import addresses
from workplan.render.docx.markup import W
from workplan.render.docx.metrics import LINE
from workplan.render.docx.properties import indent, put, text_of
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from lxml.etree import _Element

    from workplan.view.blocks import Official
    from workplan.view.section import Section

TITLE, NUMBER, LABEL = "标题", "发文字号", "附件标识"
_UNDER_TITLE, _ATTACHMENT_TITLE = ("副标题", "报告人"), "附件标题"


def arrange(paragraphs: list[tuple[_Element, str]], official: Official) -> None:
    """Close titles up with what stands below them, part a label from what has no title, and begin the page of the plan."""
    number = _below_title(paragraphs, official)
    for paragraph, style in paragraphs:
        if style in (TITLE, _ATTACHMENT_TITLE):
            _hold(paragraph)
    for (paragraph, style), (following, below) in pairwise(paragraphs):
        begins = style in (TITLE, *_UNDER_TITLE) or paragraph is number
        if begins and (below in _UNDER_TITLE or (following is number and below != NUMBER)):
            put(paragraph, "pPr", "spacing", after=0)
        if style == LABEL and below not in (TITLE, _ATTACHMENT_TITLE):
            put(paragraph, "pPr", "spacing", after=LINE)
    if official.notice:
        _new_page(paragraphs, official)


def _hold(paragraph: _Element) -> None:
    """Let a title stand past both edges, as far as a program needs that sets digits apart from 字 whatever it is told."""
    widths = ((cells(line), NATURAL.gap * _meetings(line)) for line in text_of(paragraph).split("\n"))
    # A line that its author made longer than any line turns over anyway.
    fitting = (own + gaps for own, gaps in widths if gaps and em_to_pt(Em(own), TITLE_SIZE) <= MEASURE)
    past = em_to_pt(Em(max(fitting, default=0.0)), TITLE_SIZE) - MEASURE
    if past > 0:
        edge = Twips(-pt_to_twips(Pt(past / 2 + 1)))
        indent(paragraph, left=edge, right=edge)


def _meetings(line: str) -> int:
    """Where such a program may leave room: it takes marks for 字."""
    return sum(one.isascii() != other.isascii() for one, other in pairwise(line))


def opening(paragraphs: list[tuple[_Element, str]], official: Official) -> _Element | None:
    """The first paragraph below the head: a title, or what stands in its place; None where a template prints neither."""
    titled = next((paragraph for paragraph, style in paragraphs if style == TITLE), None)
    if titled is not None and (official.title or official.notice):
        return titled
    return _first(paragraphs, official.section("main"))


def _below_title(paragraphs: list[tuple[_Element, str]], official: Official) -> _Element | None:
    """发文字号 where it stands below a title."""
    numbers = [one.address for kind in ("notice", "main") for one in official.section(kind).all(Role.NUMBER)]
    return _at(paragraphs, numbers[0]) if numbers else None


def _new_page(paragraphs: list[tuple[_Element, str]], official: Official) -> None:
    """The plan begins a page: its label does, and then its title on the third line not again; without either its text does."""
    if official.label:
        title = next(iter(official.section("main").all(Role.TITLE)), None)
        paragraph = _at(paragraphs, title.address) if title else None
        if paragraph is not None:
            put(paragraph, "pPr", "pageBreakBefore", val=0)
            put(paragraph, "pPr", "spacing", before=LINE)
    elif not official.title:
        paragraph = _first(paragraphs, official.section("main"))
        if paragraph is not None:
            put(paragraph, "pPr", "pageBreakBefore")


def _first(paragraphs: list[tuple[_Element, str]], section: Section) -> _Element | None:
    """The paragraph that a section begins with; None where a table does."""
    found = _at(paragraphs, section.blocks[0].elements[0].address) if section.blocks else None
    in_table = found is not None and next(found.iterancestors(f"{W}tbl"), None) is not None
    return None if in_table else found


def _at(paragraphs: list[tuple[_Element, str]], address: str) -> _Element | None:
    return next((paragraph for paragraph, _ in paragraphs if address in addresses(paragraph)[:1]), None)
