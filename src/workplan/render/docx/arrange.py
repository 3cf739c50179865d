"""Sets what depends on the length of a text, after the template is filled: a template cannot know it.

Paragraphs are found by the names of their styles, so a template may place them as it likes.
"""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from workplan.lengths import Pt, Twips, mm_to_pt, pt_to_twips_down, twips_to_pt
from workplan.page import typeset
from workplan.page.dimensions import PITCH, SMALL
from workplan.page.grids import GRIDS
from workplan.render.docx import extent, letter, masthead, sections, signing, titles
from workplan.render.docx.markup import BODY, LEVELS, W
from workplan.render.docx.metrics import (
    ABOVE_BLANKS,
    BELOW_SECTION,
    BETWEEN_TABLES,
    CHARACTER_PITCH,
    LEAST_LINE,
    LINE,
    LOWEST_LINE,
    NUMBER_BEFORE,
    RULED,
)
from workplan.render.docx.properties import filler, put, remove, set_columns, style_of, text_of
from workplan.view.blocks import PageOptions
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from lxml.etree import _Element

    from workplan.render.docx.template import Opened
    from workplan.view.blocks import Official

_STATUS, _MASTHEAD = ("稿本标识", "份号", "密级和紧急程度"), "发文机关标志"
_IMPRINT = "版记"

#: The settings for which the template itself has the right distances.
_USUAL = PageOptions()
#: Width beyond that of its characters that a line gets, so that rounding cannot turn it over.
_SPARE = Twips(20)
#: Labelled lines of a row on a task sheet, which stay with what follows them.
_FACTS = ("本单位角色", "栏目")
#: The title of a row on a task sheet, a heading of the second level; templates of earlier versions have a style of their own.
_TASKS = (LEVELS[1], "任务标题")

#: What stands on the grid.
_ON_GRID = (BODY, *LEVELS, "主送机关", signing.LIST, signing.NAME, signing.DATE, signing.NOTE)
#: Longer lines than this, in characters, take three lines and more. Word parts them where a page ends, and LibreOffice would not:
#: it takes no part of what stays with the next paragraph.
_PARTED = 90
#: A text longer than this is parted even above what is to be filled in.
_ENDLESS = 400

_Styled = list[tuple["_Element", str]]


def official(opened: Opened, body: _Element, official: Official) -> None:
    """Arrange the official document."""
    names = opened.styles.names()
    paragraphs = [(paragraph, style_of(paragraph, names)) for paragraph in body.iter(f"{W}p")]
    _space(opened, official.grid)
    _head(opened, paragraphs, official)
    titles.arrange(paragraphs, official)
    lists = (typeset.listed(official, section.all(Role.LISTED)) for section in official.sections)
    listed = {line.text: line for lines in lists for line in lines}
    for paragraph, style in paragraphs:
        if style == signing.LIST:
            signing.hang(paragraph, CHARACTER_PITCH, listed.get(text_of(paragraph)))
        if style in (signing.LIST, signing.NAME, signing.DATE, signing.NOTE):
            signing.keep(paragraph)
    gap = GRIDS[official.grid].gap
    signing.arrange(paragraphs, CHARACTER_PITCH, seal=official.setting.seal, gap=gap)
    _mend(body)
    if official.setting.mirrored:
        sections.mirror(opened.settings)
        _centre_imprint(body)
    labels = [paragraph for paragraph, style in paragraphs if style == titles.LABEL][bool(official.label) :]
    wide = [one.is_wide for one in official.attachments]
    imprint = _imprint(paragraphs)
    portrait = deepcopy(opened.part.element.body.find(f"{W}sectPr"))
    sections.turn(opened.part, labels, wide)
    if imprint is not None and portrait is not None and (place := extent.of(official).imprint(official)):
        sections.set_apart(opened.part, imprint, portrait, behind_blank=place == "blank")
    _copies(paragraphs, official)
    fitted = typeset.masthead(official)
    if official.setting.letter and fitted:
        letter.rule(opened.part, typeset.masthead_place(official, fitted))
        letter.unrule(imprint)


def _head(opened: Opened, paragraphs: _Styled, official: Official) -> None:
    """Set the mark's size and place, and the blank lines on the first page, as in every other format."""
    setting = official.setting
    first = {style: paragraph for paragraph, style in reversed(paragraphs)}
    fit = extent.first_page(official)
    number = setting.number * (0.5 if fit.close else 1)
    before = Twips(_lines(number - _USUAL.number) + NUMBER_BEFORE)
    if number != _USUAL.number and titles.NUMBER in first:
        put(first[titles.NUMBER], "pPr", "spacing", before=before)
    fitted = typeset.masthead(official)
    begins = titles.opening(paragraphs, official)
    if not fitted or titles.NUMBER not in first or begins is None:
        return
    marks = [paragraph for paragraph, style in paragraphs if style == _MASTHEAD]
    at_left = [paragraph for paragraph, style in paragraphs if style in _STATUS]
    for paragraph in (*at_left, *marks, first[titles.NUMBER]) if fit.close else ():
        # What keeps with a text that the page has no room for goes to the next with it.
        put(paragraph, "pPr", "keepNext", val="0")
    place = typeset.masthead_place(official, fitted)
    if setting.letter:
        masthead.lift(marks, fitted, place)
        below = letter.arrange(opened, first[titles.NUMBER], at_left, place, number)
    else:
        room = Pt(mm_to_pt(place.top) - twips_to_pt(opened.top))
        above = _close_up(at_left, room)
        room_below = Pt(room - twips_to_pt(above))
        end = masthead.arrange(marks, fitted, place, room_below)
        if masthead.is_lifted(room_below):
            put(first[titles.NUMBER], "pPr", "spacing", before=max(0, end + before))
        below = Twips(above + end + before + RULED)
    parts = typeset.head(official, fitted, fit)
    put(begins, "pPr", "spacing", before=max(0, _lines(parts.begins) - below))
    if parts.text != _USUAL.text * PITCH and titles.TITLE in first:
        put(begins, "pPr", "spacing", after=_lines(parts.text / PITCH))


def _lines(count: float) -> Twips:
    """The height of ``count`` lines."""
    return Twips(round(count * LINE))


def _close_up(lines: list[_Element], room: Pt) -> Twips:
    """Lower the lines above the mark as far as they must to leave it its place; returns their height together."""
    line = min(LINE, max(LOWEST_LINE, pt_to_twips_down(Pt(room / len(lines))))) if lines else Twips(0)
    for paragraph in lines if line < LINE else ():
        put(paragraph, "pPr", "spacing", line=line, lineRule="exact")
    return Twips(line * len(lines))


def _imprint(paragraphs: _Styled) -> _Element | None:
    """Where the imprint begins: its table, or its first line."""
    for paragraph, style in paragraphs:
        if style == _IMPRINT:
            return next(paragraph.iterancestors(f"{W}tbl"), paragraph)
    return None


def _copies(paragraphs: _Styled, official: Official) -> None:
    """Let the marks at line ends of 抄送 go into the blank 字 beside it, as far as the PDF squeezes them."""
    copies = {one.printed for one in official.section("imprint").all(Role.COPIES)}
    over = extent.copies_wider(official) if copies else Pt(0.0)
    for paragraph in (one for one, style in paragraphs if style == _IMPRINT and over > 0 and text_of(one) in copies):
        right = max(pt_to_twips_down(Pt(SMALL - over)) - _SPARE, 0)
        put(paragraph, "pPr", "ind", rightChars=0, right=right)


def _centre_imprint(body: _Element) -> None:
    """Put the imprint in the middle of the paper where margins are mirrored: its page may be a left-hand or a right-hand one.

    That is 1 mm from its right place, on either side.
    """
    for place in body.iter(f"{W}tblpPr"):
        place.attrib.pop(f"{W}tblpX", None)
        place.set(f"{W}tblpXSpec", "center")


def sheet(opened: Opened, body: _Element) -> None:
    """Arrange a task sheet: the columns of a table share its width, and a table stays with the text before it.

    A row without text ends in a line whose style would keep it with the next row's title.
    """
    names = opened.styles.names()
    for table in body.iter(f"{W}tbl"):
        _share_width(table)
    for element, following in pairwise(body):
        if following.tag == f"{W}tbl" and element.tag == f"{W}p":
            if len(text_of(element)) <= _ENDLESS:
                put(element, "pPr", "keepNext")
            put(element, "pPr", "spacing", after=ABOVE_BLANKS)
        elif style_of(element, names) in _FACTS and (
            style_of(following, names) not in (*_FACTS, BODY) or len(text_of(element)) > _PARTED
        ):
            put(element, "pPr", "keepNext", val="0")
        elif style_of(element, names) == LEVELS[0] and style_of(following, names) in _TASKS:
            put(following, "pPr", "spacing", before=BELOW_SECTION)
    _mend(body)


def _space(opened: Opened, grid: str) -> None:
    """Set digits apart from 字 and squeeze marks as the grid does; a template is made for the strict grid.

    Titles, tables and what stands in the head have no grid.
    """
    apart = {key for key, name in opened.styles.names().items() if name in _ON_GRID}
    for style in opened.styles.element.iterfind(f"{W}style") if GRIDS[grid].gap else ():
        for found in list(style.iterfind(f"{W}pPr/*")) if style.get(f"{W}styleId") in apart else ():
            if found.tag in (f"{W}autoSpaceDE", f"{W}autoSpaceDN"):
                remove(found)
    control = opened.settings.find(f"{W}characterSpacingControl")
    if grid == "natural" and control is not None:
        # Its lines hold 28 字 because their marks are squeezed; programs that squeezed them once more would take in others.
        control.set(f"{W}val", "doNotCompress")


def _share_width(table: _Element) -> None:
    """Let the widths of the first row's cells, in their proportions, fill the width of the table."""
    first = table.find(f"{W}tr")
    if first is None or first.find(f"{W}tc/{W}tcPr/{W}gridSpan") is not None:
        return
    asked = [int(width.get(f"{W}w", "0")) for width in first.iterfind(f"{W}tc/{W}tcPr/{W}tcW")]
    whole = table.find(f"{W}tblPr/{W}tblW")
    if whole is None or whole.get(f"{W}type") != "dxa" or not all(asked) or not asked:
        return
    total = int(whole.get(f"{W}w", "0"))
    edges = [round(total * sum(asked[:place]) / sum(asked)) for place in range(len(asked) + 1)]
    set_columns(table, [Twips(end - start) for start, end in pairwise(edges)])


def _mend(body: _Element) -> None:
    """Mend what Word cannot open or would join: a cell without a paragraph, a table with no paragraph after it."""
    for cell in body.iter(f"{W}tc"):
        if not len(cell) or cell[-1].tag != f"{W}p":
            etree.SubElement(cell, f"{W}p")
    for table in list(body.iterchildren(f"{W}tbl")):
        following = table.getnext()
        if following is None or following.tag != f"{W}p":
            next_is_table = following is not None and following.tag == f"{W}tbl"
            table.addnext(filler(BETWEEN_TABLES if next_is_table else LEAST_LINE))
