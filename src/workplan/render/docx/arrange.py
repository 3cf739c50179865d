"""Set what depends on the length of a text, once the template is filled: a template cannot know it.

Paragraphs are found by the names of their styles, so a template may place them as it likes.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from workplan.layout.masthead import cells, fit
from workplan.layout.signature import place
from workplan.render.docx.markup import W, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from workplan.layout.masthead import Fitted
    from workplan.render.docx.markup import Styles
    from workplan.view.blocks import Official

_STATUS, _MASTHEAD, _NAME, _DATE, _LIST = "稿本标识", "发文机关标志", "落款", "成文日期", "附件说明"
_TITLES, _UNDER_TITLE = ("标题", "副标题", "报告人"), ("副标题", "报告人")

#: The pitch of 三号 in twips by grid: 16 pt, in the strict one 1/4 pt closer (28 characters in 156 mm, 5.2.3).
_PITCH = {"strict": 315, "natural": 320}
_LINE = 579
_MARK_TOP = 1984  # twips: the mark's upper edge stands 35 mm below the text block's (7.2.4)
_HEIGHT = 1.1  # the mark's line, in sizes of its characters
_OVER = 0.1  # how far below the upper edge of such a line its characters begin, in sizes
_WIDEST_KEEPS = 0.3  # of the table's width, for the text column of a sheet
_DATE_RIGHT = 4  # 字 right of the date, as its style says (7.3.5.1)
_BETWEEN_TABLES, _LEAST_LINE = 240, 20  # twips: an empty line that parts two tables, one that only ends the document
_USUAL_DATE = "2022年6月29日"
_LISTED = re.compile(r"(附件：)?(\d+\.)?")

#: The order that the schema lays down, as far as properties are set here.
_ORDER = {
    "pPr": ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "shd", "tabs",
            "snapToGrid", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr"),
    "rPr": ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "w", "kern", "position", "sz", "szCs", "u",
            "lang"),
    "tblPr": ("tblStyle", "tblpPr", "tblOverlap", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd",
              "tblLayout", "tblCellMar", "tblLook"),
}  # fmt: skip


def official(body: _Element, styles: Styles, official: Official) -> None:
    """Arrange the official document."""
    names = styles.names()
    paragraphs = [(paragraph, _style(paragraph, names)) for paragraph in body.iter(f"{W}p")]
    if official.masthead is not None and official.masthead.names:
        marks = [paragraph for paragraph, style in paragraphs if style == _MASTHEAD]
        above = sum(style == _STATUS for _, style in paragraphs) * _LINE
        _fit_masthead(marks, fit(official.masthead), above)
    pitch = _PITCH.get(official.grid, _PITCH["strict"])
    if official.grid == "natural":
        _loosen(styles.element)
    for (paragraph, style), (_, below) in pairwise([*paragraphs, (body, "")]):
        if style in _TITLES and below in _UNDER_TITLE:
            _property(paragraph, "pPr", "spacing", after=0)
        if style == _LIST:
            _hang(paragraph, pitch)
        if style in (_LIST, _NAME, _DATE):
            _keep_with(paragraph)
    for signatories, date in _signatures(paragraphs):
        _centre(signatories, date, text_width(body), pitch)
    _mend(body)


def sheet(body: _Element) -> None:
    """Arrange a task sheet: columns that came or went share the width of the table."""
    for table in body.iter(f"{W}tbl"):
        _share_width(table)
    _mend(body)


def _loosen(styles: _Element) -> None:
    """Take the styles' closer setting away: 16 pt to the 字."""
    for spacing in list(styles.iterfind(f"{W}style/{W}rPr/{W}spacing")):
        if spacing.get(f"{W}val") == str(_PITCH["strict"] - _PITCH["natural"]):
            parent = spacing.getparent()
            assert parent is not None  # noqa: S101 - it was found inside a style
            parent.remove(spacing)


def _style(paragraph: _Element, names: dict[str, str]) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else names.get(found.get(f"{W}val", ""), "")


def _text(paragraph: _Element) -> str:
    """The text with its line ends."""
    return "".join("\n" if node.tag == f"{W}br" else node.text or "" for node in paragraph.iter(f"{W}t", f"{W}br"))


def _property(owner: _Element, group: str, name: str, **attributes: object) -> _Element:
    """Set one property, in the place that the schema gives it; attributes already there stay unless they are given."""
    properties = owner.find(f"{W}{group}")
    if properties is None:
        properties = etree.Element(f"{W}{group}")
        owner.insert(0, properties)
    found = properties.find(f"{W}{name}")
    if found is None:
        order = _ORDER[group]
        before = {f"{W}{one}" for one in order[: order.index(name)]}
        place = sum(1 for child in properties if child.tag in before)
        found = etree.Element(f"{W}{name}")
        properties.insert(place, found)
    for key, value in attributes.items():
        found.set(f"{W}{key}", str(value))
    return found


def _fit_masthead(marks: list[_Element], fitted: Fitted, above: int) -> None:
    """Give the mark its size; ``above`` is the height of the lines that stand over it in the text block."""
    spread = {line.text: line.spacing for line in fitted.lines} if len(fitted.lines) > 1 else {}
    for paragraph in marks:
        text = _text(paragraph)
        size = fitted.suffix_size if spread and text == fitted.suffix else fitted.size
        _property(paragraph, "pPr", "spacing", line=round(size * 20 * _HEIGHT), lineRule="exact")
        for run in list(paragraph.iter(f"{W}r")):
            _squeeze(run, size, fitted.squeeze)
            if spread.get(text):
                _spread(run, spread[text] * fitted.squeeze)
    top = max(0, round(_MARK_TOP - above - fitted.size * 20 * _OVER))
    table = next(marks[0].iterancestors(f"{W}tbl"), None) if marks else None
    if table is not None:
        _stack(table, fitted, top)
    elif marks:
        _property(marks[0], "pPr", "spacing", before=top)


def _squeeze(run: _Element, size: float, squeeze: float) -> None:
    # Rounded down: a mark that is a hair too wide would turn over.
    _property(run, "rPr", "w", val=int(squeeze * 100))
    _property(run, "rPr", "sz", val=int(size * 2))
    _property(run, "rPr", "szCs", val=int(size * 2))


def _spread(run: _Element, points: float) -> None:
    """Room after each character but the last, which stands in a run of its own."""
    text = run.find(f"{W}t")
    if text is None or not text.text or len(text.text) < 2:  # noqa: PLR2004 - one character has nobody to stand off from
        return
    last = etree.fromstring(etree.tostring(run))
    last_text = last.find(f"{W}t")
    assert last_text is not None  # noqa: S101 - it is a copy of a run that has one
    last_text.text, text.text = text.text[-1], text.text[:-1]
    run.addnext(last)
    _property(run, "rPr", "spacing", val=int(points * 20))


def _stack(table: _Element, fitted: Fitted, top: int) -> None:
    """Fit the borderless table of several names and 文件 to them, and push it down from the top of the text block."""
    widest = fitted.names * fitted.squeeze
    suffix = (fitted.width - fitted.names) * fitted.squeeze
    columns = [round(widest * 20) + 60, round(suffix * 20) + 60]
    _set_columns(table, columns)
    _property(table, "tblPr", "tblW", w=sum(columns), type="dxa")
    margins = _property(table, "tblPr", "tblCellMar")
    for old in margins.findall(f"{W}top"):
        margins.remove(old)
    margins.insert(0, etree.Element(f"{W}top", {f"{W}w": str(top), f"{W}type": "dxa"}))


def _hang(paragraph: _Element, pitch: int) -> None:
    """附件说明: a turned-over line begins under the first character of the name (7.3.4)."""
    found = _LISTED.match(_text(paragraph))
    label, number = (found.group(1) or "", found.group(2) or "") if found else ("", "")
    hanging = cells(label + number)
    left = 2 + cells("附件：") + cells(number)
    _indent(paragraph, left=round(left * pitch), hanging=round(hanging * pitch))


def _indent(paragraph: _Element, **twips: int) -> None:
    """Set indents in twips; those in characters, which Word would follow instead, are set to nothing."""
    indent = _property(paragraph, "pPr", "ind")
    indent.attrib.clear()
    for key, value in twips.items():
        indent.set(f"{W}{key}Chars", "0")
        indent.set(f"{W}{key}", str(value))


def _signatures(paragraphs: list[tuple[_Element, str]]) -> Iterator[tuple[list[_Element], _Element | None]]:
    """The names that stand together, and the date below them."""
    signatories: list[_Element] = []
    for paragraph, style in paragraphs:
        if style == _NAME:
            signatories.append(paragraph)
        elif signatories:
            yield signatories, paragraph if style == _DATE else None
            signatories = []
    if signatories:
        yield signatories, None


def _centre(signatories: list[_Element], date: _Element | None, width: int, pitch: int) -> None:
    """Centre names over the date; the date moves from its four 字 only where a name is too long for them."""
    texts = [_text(paragraph).split("\n") for paragraph in signatories]
    dated = _text(date) if date is not None else _USUAL_DATE
    block, room = place(texts, dated)
    slack = 0.2  # 字 at each side, so that rounding never turns a line over
    left = max(0, round(width - (block + room + slack) * pitch))
    for paragraph in signatories:
        _indent(paragraph, left=left, right=max(0, round((room - slack) * pitch)))
    aside = room + (block - cells(dated)) / 2
    if date is not None and aside != _DATE_RIGHT:
        _indent(date, right=max(0, round(aside * pitch)))


def _keep_with(paragraph: _Element) -> None:
    """Keep what stands before on the same page: signature and date never stand alone (7.3.5.5)."""
    before = paragraph.getprevious()
    if before is None:
        return
    if before.tag == f"{W}p":
        _property(before, "pPr", "keepNext")
    elif before.tag == f"{W}tbl":
        rows = before.findall(f"{W}tr")
        for inside in rows[-1].iter(f"{W}p") if rows else ():
            _property(inside, "pPr", "keepNext")


def _share_width(table: _Element) -> None:
    """Let the widths of the first row's cells fill the width of the table."""
    first = table.find(f"{W}tr")
    if first is None or first.find(f"{W}tc/{W}tcPr/{W}gridSpan") is not None:
        return
    asked = [int(width.get(f"{W}w", "0")) for width in first.iterfind(f"{W}tc/{W}tcPr/{W}tcW")]
    whole = table.find(f"{W}tblPr/{W}tblW")
    if whole is None or whole.get(f"{W}type") != "dxa" or not all(asked) or not asked:
        return
    _set_columns(table, _shared(asked, int(whole.get(f"{W}w", "0"))))


def _shared(asked: list[int], total: int) -> list[int]:
    """The widths asked for, made to fill the total: the widest column gives or takes, down to three tenths of it."""
    widest = asked.index(max(asked))
    others = sum(asked) - asked[widest]
    wide = max(total - others, round(total * _WIDEST_KEEPS)) if others else total
    scale = min(1.0, (total - wide) / others) if others else 1.0
    found = [int(width * scale) for width in asked]
    found[widest] = 0
    found[widest] = total - sum(found)
    return found


def _set_columns(table: _Element, twips: list[int]) -> None:
    """Write the widths of the columns into the grid and into the cells of every row that has that many."""
    grid = table.find(f"{W}tblGrid")
    if grid is None:
        return
    for old in list(grid):
        grid.remove(old)
    for width in twips:
        etree.SubElement(grid, f"{W}gridCol", {f"{W}w": str(width)})
    for row in table.iterfind(f"{W}tr"):
        columns = row.findall(f"{W}tc/{W}tcPr/{W}tcW")
        for column, width in zip(columns, twips, strict=False) if len(columns) == len(twips) else ():
            column.set(f"{W}w", str(width))


def _mend(body: _Element) -> None:
    """What Word cannot open or would run together: a cell without a paragraph, a table that nothing follows."""
    for cell in body.iter(f"{W}tc"):
        if not len(cell) or cell[-1].tag != f"{W}p":
            etree.SubElement(cell, f"{W}p")
    for table in list(body.iterchildren(f"{W}tbl")):
        following = table.getnext()
        if following is None or following.tag != f"{W}p":
            next_is_table = following is not None and following.tag == f"{W}tbl"
            empty = etree.Element(f"{W}p")
            height = _BETWEEN_TABLES if next_is_table else _LEAST_LINE
            _property(empty, "pPr", "spacing", before=0, after=0, line=height, lineRule="exact")
            table.addnext(empty)
