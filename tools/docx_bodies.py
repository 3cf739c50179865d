"""The content of the shipped Word templates: lines in their styles, and the tags that repeat or omit them.

The body here is the official document's; that of the task sheet is in ``docx_sheet_body``.

A tag line (style 模板标记) vanishes. ``{{ blocks }}`` becomes paragraphs in 正文, 一级标题 … 四级标题 and tables with
表头文字 and 表格文字: their look is changed by changing those styles.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workplan.lengths import Pt, Twips, pt_to_twips
from workplan.page.dimensions import SMALL
from workplan.render.docx.metrics import LINE, OFFICIAL_PAGE, TEXT_WIDTH, eighths


@dataclass(frozen=True)
class Tag:
    """A paragraph that holds nothing but a tag."""

    text: str


@dataclass(frozen=True)
class Line:
    """A printed paragraph: its style and runs of (text, character style or ""); ``extra`` are direct properties."""

    style: str
    runs: tuple[tuple[str, str], ...]
    extra: str = ""


@dataclass(frozen=True)
class TableCell:
    """A cell: its width and its paragraphs."""

    width: Twips
    lines: tuple[Line | Tag, ...]
    span: int = 1
    align: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row; a ``header`` row is repeated on every page, a ``whole`` one is not split over two; ``height`` is its least."""

    cells: tuple[TableCell, ...]
    header: bool = False
    whole: bool = False
    height: Twips = Twips(0)


@dataclass(frozen=True)
class Grid:
    """A table: table style, properties, column widths, and rows."""

    style: str
    properties: str
    grid: tuple[Twips, ...]
    rows: tuple[TableRow, ...] = field(default_factory=tuple)


Text = Line | Tag
Item = Text | Grid


def one(style: str, text: str, extra: str = "") -> Line:
    """A line of a single run."""
    return Line(style, ((text, ""),), extra)


def each(loop: str, line: Line) -> tuple[Text, ...]:
    """A line for each member of a list."""
    return (Tag(f"{{%p for {loop} %}}"), line, Tag("{%p endfor %}"))


def when(condition: str, *items: Text) -> tuple[Text, ...]:
    """Lines that are left out where there is nothing to print."""
    return (Tag(f"{{%p if {condition} %}}"), *items, Tag("{%p endif %}"))


def one_of(*arms: tuple[str, tuple[Item, ...]]) -> tuple[Item, ...]:
    """For each condition what is printed where it is the first that holds."""
    found: list[Item] = []
    for condition, items in arms:
        found += [Tag(f"{{%p {'elif' if found else 'if'} {condition} %}}"), *items]
    return (*found, Tag("{%p endif %}"))


def role(name: str, style: str, extra: str = "", *, further: str = "") -> tuple[str, tuple[Item, ...]]:
    """The sample of a paragraph of a role; ``further`` says when it looks so."""
    return f'block.role == "{name}"{further}', (one(style, "{{ block.text }}", extra),)


#: The widths of the columns of names and 文件, before the arranging code fits them to the names.
_NAMES = Twips(7400)
_SUFFIX = Twips(TEXT_WIDTH - _NAMES)

_STACK = Grid(
    "无框表格",
    f'<w:tblStyle w:val="STYLE"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>',
    (_NAMES, _SUFFIX),
    (
        TableRow(
            (
                TableCell(_NAMES, each("name in masthead.names", one("发文机关标志", "{{ name }}")), align="center"),
                TableCell(_SUFFIX, (one("发文机关标志", "{{ masthead.suffix }}"),), align="center"),
            )
        ),
    ),
)


def _rule(side: str, thickness: Pt) -> str:
    """One rule of the imprint (7.4.1)."""
    return f'<w:{side} w:val="single" w:sz="{eighths(thickness)}" w:space="0" w:color="auto"/>'


def _tag_row(text: str) -> TableRow:
    """A row of the imprint that only holds a tag, and vanishes."""
    return TableRow((TableCell(TEXT_WIDTH, (Tag(text),), span=2),))


# The last rule coincides with the bottom of the text block (7.4.1): the table floats there, anchored to the line after.
# Its left edge is given from the edge of the paper: only then does LibreOffice let a table of this width float.
# 印发机关 has all the room that 印发日期 leaves at its longest, in programs that set digits apart from 字 too.
_ISSUED = Twips(3200)
_OFFICE = Twips(TEXT_WIDTH - _ISSUED)
#: 0.35 mm and 0.25 mm, as near as Word's eighths of a point come (7.4.1).
_THICK, _THIN = Pt(1), Pt(0.75)
#: The 抄送 line: 左空一字, and a turned-over line under what follows the three 字 of 抄送：.
_LEFT, _HANGING = 4, 3
_IMPRINT = Grid(
    "无框表格",
    '<w:tblStyle w:val="STYLE"/><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" '
    f'w:horzAnchor="page" w:tblpX="{OFFICIAL_PAGE.left}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
    f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
    f"<w:tblBorders>{_rule('top', _THICK)}{_rule('bottom', _THICK)}{_rule('insideH', _THIN)}</w:tblBorders>"
    '<w:tblLayout w:type="fixed"/>',
    (_OFFICE, _ISSUED),
    (
        _tag_row("{%tr for row in block.rows %}"),
        _tag_row('{%tr if row.name == "cc" %}'),
        TableRow(
            (
                TableCell(
                    TEXT_WIDTH,
                    (
                        one(
                            "版记",
                            "{{ row.cc }}",
                            f'<w:ind w:leftChars="{100 * _LEFT}" w:left="{_LEFT * pt_to_twips(SMALL)}" '
                            f'w:hangingChars="{100 * _HANGING}" w:hanging="{_HANGING * pt_to_twips(SMALL)}"/>',
                        ),
                    ),
                    span=2,
                ),
            )
        ),
        _tag_row("{%tr else %}"),
        TableRow(
            (
                TableCell(_OFFICE, (one("版记", "{{ row.office }}", '<w:ind w:rightChars="0" w:right="0"/>'),)),
                TableCell(_ISSUED, (one("印发日期", "{{ row.date }}"),)),
            )
        ),
        _tag_row("{%tr endif %}"),
        _tag_row("{%tr endfor %}"),
    ),
)

#: 发文字号 below the title, with the room that a title has below it.
_BELOW_TITLE = f'<w:spacing w:after="{LINE}"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'

#: A sample for every role; the sequence alone says what comes first and what follows. A title that a notice carries, and
#: every attachment (by its style), begins a page.
OFFICIAL: tuple[Item, ...] = (
    Tag("{%p for block in document %}"),
    *one_of(
        role("serial", "份号"),
        role("secrecy", "密级和紧急程度"),
        role("urgency", "密级和紧急程度"),
        role("status", "稿本标识"),
        ('block.role == "masthead" and masthead.stacked', (_STACK,)),
        role("masthead", "发文机关标志"),
        role("number", "正文", _BELOW_TITLE, further=' and block.section != "head"'),
        role("number", "发文字号", further=" and masthead.line"),
        role("number", "发文字号", '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>'),
        role("title", "附件标题", further=' and block.section == "attachment"'),
        role("title", "标题", "<w:pageBreakBefore/>", further=' and block.section == "main" and notice'),
        role("title", "标题"),
        role("subtitle", "副标题"),
        role("speaker", "报告人"),
        role("to", "主送机关"),
        ('block.role == "body"', (Tag("{{p block.blocks }}"),)),
        role("listed", "附件说明"),
        role("signature", "落款"),
        role("date", "成文日期"),
        role("note", "附注"),
        role("label", "附件标识"),
        ('block.role == "imprint"', (_IMPRINT, one("占位行", ""))),
    ),
    Tag("{%p endfor %}"),
)
