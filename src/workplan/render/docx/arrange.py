"""Set what depends on the length of a text, once the template is filled: a template cannot know it.

Paragraphs are found by the names of their styles, so a template may place them as it likes.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from workplan.page import typeset
from workplan.page.geometry import PITCH
from workplan.render.docx import letter, masthead, sections, signing, titles
from workplan.render.docx.markup import BODY, W
from workplan.render.docx.properties import filler, put, remove, set_columns, style_of, text_of
from workplan.view.blocks import PageOptions
from workplan.view.sequence import Role

if TYPE_CHECKING:
    from lxml.etree import _Element

    from workplan.render.docx.template import Opened
    from workplan.view.blocks import Official

_STATUS, _MASTHEAD = ("稿本标识", "份号", "密级和紧急程度"), "发文机关标志"
_IMPRINT = "版记"

#: The pitch of 三号 in twips by grid: 16 pt, in the strict one 1/5 pt closer (28 characters in 156 mm, 5.2.3).
_PITCH = {"strict": 316, "natural": 320}
_LINE = 579
_NUMBER_BEFORE = 1210  # twips: the room before the number, as its style has it (7.2.5)
_RULED = 360 + 230  # twips: the number's line, the room below it and the red rule
_LOWEST = 340  # twips: the lowest line that holds 三号
_TWIPS = 1440 / 25.4  # to the millimetre
_USUAL = PageOptions()
#: Labelled lines of a row on a task sheet, which stay with what follows them.
_FACTS = ("本单位角色", "栏目")
_ABOVE_BLANKS = 113  # twips: 2 mm
_BETWEEN_TABLES, _LEAST_LINE = 240, 14  # twips: an empty line that parts two tables, one that only ends the document

_Styled = list[tuple["_Element", str]]


def official(opened: Opened, body: _Element, official: Official) -> None:
    """Arrange the official document."""
    names = opened.styles.names()
    paragraphs = [(paragraph, style_of(paragraph, names)) for paragraph in body.iter(f"{W}p")]
    natural = official.grid == "natural"
    pitch = _PITCH["natural" if natural else "strict"]
    if natural:
        _loosen(opened.styles.element)
    _head(opened, paragraphs, official)
    titles.arrange(paragraphs, official)
    lists = (typeset.listed(official, section.all(Role.LISTED)) for section in official.sections)
    listed = {line.text: line for lines in lists for line in lines}
    for paragraph, style in paragraphs:
        if style == signing.LIST:
            signing.hang(paragraph, pitch, listed.get(text_of(paragraph)))
        if style in (signing.LIST, signing.NAME, signing.DATE, signing.NOTE):
            signing.keep(paragraph)
    signing.arrange(paragraphs, pitch, seal=official.setting.seal, gaps=natural)
    _mend(body)
    if official.setting.mirrored:
        sections.mirror(opened.settings)
        _bind(body)
    labels = [paragraph for paragraph, style in paragraphs if style == titles.LABEL][bool(official.label) :]
    wide = [one.is_wide for one in official.attachments]
    sections.turn(opened.part, labels, wide, _imprint(paragraphs))
    fitted = typeset.masthead(official)
    if official.setting.letter and fitted:
        letter.rule(opened.part, typeset.masthead_place(official, fitted))
        letter.unrule(_imprint(paragraphs))


def _head(opened: Opened, paragraphs: _Styled, official: Official) -> None:
    """The mark's size and place, and the blank lines on the first page, as every other format has them."""
    setting = official.setting
    first = {style: paragraph for paragraph, style in reversed(paragraphs)}
    before = round((setting.number - _USUAL.number) * _LINE) + _NUMBER_BEFORE
    if setting.number != _USUAL.number and titles.NUMBER in first:
        put(first[titles.NUMBER], "pPr", "spacing", before=before)
    fitted = typeset.masthead(official)
    begins = titles.opening(paragraphs, official)
    if not fitted or titles.NUMBER not in first or begins is None:
        return
    marks = [paragraph for paragraph, style in paragraphs if style == _MASTHEAD]
    at_left = [paragraph for paragraph, style in paragraphs if style in _STATUS]
    place = typeset.masthead_place(official, fitted)
    if setting.letter:
        masthead.lift(marks, fitted, place)
        below = letter.arrange(opened, first[titles.NUMBER], at_left, place, setting.number)
    else:
        room = place.top * _TWIPS - opened.top
        above = _close_up(at_left, room)
        end = masthead.arrange(marks, fitted, place, room - above)
        if masthead.is_lifted(room - above):
            put(first[titles.NUMBER], "pPr", "spacing", before=max(0, end + before))
        below = above + end + before + _RULED
    parts = typeset.head(official, fitted)
    put(begins, "pPr", "spacing", before=max(0, round(parts.begins * _LINE) - below))
    if parts.text != _USUAL.text * PITCH and titles.TITLE in first:
        put(begins, "pPr", "spacing", after=round(parts.text / PITCH * _LINE))


def _close_up(lines: list[_Element], room: float) -> int:
    """Make lines that stand over the mark as low as they must be to leave it its place; their height in twips."""
    line = min(_LINE, max(_LOWEST, int(room / len(lines)))) if lines else 0
    for paragraph in lines if line < _LINE else ():
        put(paragraph, "pPr", "spacing", line=line, lineRule="exact")
    return line * len(lines)


def _imprint(paragraphs: _Styled) -> _Element | None:
    """Where the imprint begins: its table, or its first line."""
    for paragraph, style in paragraphs:
        if style == _IMPRINT:
            return next(paragraph.iterancestors(f"{W}tbl"), paragraph)
    return None


def _bind(body: _Element) -> None:
    """Where margins turn round, the imprint stands in the middle of the paper: nobody knows on which side of a leaf it falls.

    That is 1 mm from where it should be, on either side.
    """
    for place in body.iter(f"{W}tblpPr"):
        place.attrib.pop(f"{W}tblpX", None)
        place.set(f"{W}tblpXSpec", "center")


def sheet(opened: Opened, body: _Element) -> None:
    """Arrange a task sheet: as many columns as there are share the width of a table, which stays with the text before it.

    A row without text ends in a line that would hold on to the next row's title.
    """
    names = opened.styles.names()
    for table in body.iter(f"{W}tbl"):
        _share_width(table)
    for element, following in pairwise(body):
        if following.tag == f"{W}tbl" and element.tag == f"{W}p":
            put(element, "pPr", "keepNext")
            put(element, "pPr", "spacing", after=_ABOVE_BLANKS)
        elif style_of(element, names) in _FACTS and style_of(following, names) not in (*_FACTS, BODY):
            put(element, "pPr", "keepNext", val="0")
    _mend(body)


def _loosen(styles: _Element) -> None:
    """Take the styles' closer setting away: 16 pt to the 字, a quarter of it between 字 and digit."""
    for spacing in list(styles.iterfind(f"{W}style/{W}rPr/{W}spacing")):
        if spacing.get(f"{W}val") == str(_PITCH["strict"] - _PITCH["natural"]):
            remove(spacing)
    for name in ("autoSpaceDE", "autoSpaceDN"):
        for apart in list(styles.iterfind(f"{W}style/{W}pPr/{W}{name}")):
            remove(apart)


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
    set_columns(table, [end - start for start, end in pairwise(edges)])


def _mend(body: _Element) -> None:
    """What Word cannot open or would run together: a cell without a paragraph, a table that nothing follows."""
    for cell in body.iter(f"{W}tc"):
        if not len(cell) or cell[-1].tag != f"{W}p":
            etree.SubElement(cell, f"{W}p")
    for table in list(body.iterchildren(f"{W}tbl")):
        following = table.getnext()
        if following is None or following.tag != f"{W}p":
            next_is_table = following is not None and following.tag == f"{W}tbl"
            table.addnext(filler(_BETWEEN_TABLES if next_is_table else _LEAST_LINE))
