"""What stands in the shipped Word templates: lines in their styles, and the tags that repeat or leave them out.

The body here is the official document's; that of the task sheet is in ``docx_sheet_body``.

A tag line (style 模板标记) vanishes. ``{{ blocks }}`` becomes paragraphs in 正文, 一级标题 … 四级标题 and tables with
表头文字 and 表格文字: their look is changed by changing those styles.
"""

from __future__ import annotations

from dataclasses import dataclass, field


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
    """A cell: width in twips and its paragraphs."""

    width: int
    lines: tuple[Line | Tag, ...]
    span: int = 1
    align: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row; a ``header`` row is repeated on every page, a ``whole`` one is not split over two; ``height`` is the least, in twips."""

    cells: tuple[TableCell, ...]
    header: bool = False
    whole: bool = False
    height: int = 0


@dataclass(frozen=True)
class Grid:
    """A table: table style, properties, column widths in twips, and rows."""

    style: str
    properties: str
    grid: tuple[int, ...]
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


_TEXT = 8844  # 156 mm

_STACK = Grid(
    "无框表格",
    '<w:tblStyle w:val="STYLE"/><w:tblW w:w="8844" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>',
    (7400, 1444),
    (
        TableRow(
            (
                TableCell(7400, each("name in masthead.names", one("发文机关标志", "{{ name }}")), align="center"),
                TableCell(1444, (one("发文机关标志", "{{ masthead.suffix }}"),), align="center"),
            )
        ),
    ),
)


def _rule(side: str, size: int) -> str:
    """One rule of the imprint, in eighths of a point (7.4.1)."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>'


def _tag_row(text: str) -> TableRow:
    """A row of the imprint that only holds a tag, and vanishes."""
    return TableRow((TableCell(_TEXT, (Tag(text),), span=2),))


# The last rule coincides with the bottom of the text block (7.4.1): the table floats there, anchored to the line after.
# Its place across is said from the edge of the paper: LibreOffice lets a table of this width float only then.
_IMPRINT = Grid(
    "无框表格",
    '<w:tblStyle w:val="STYLE"/><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" '
    'w:horzAnchor="page" w:tblpX="1588" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
    '<w:tblW w:w="8844" w:type="dxa"/>'
    f"<w:tblBorders>{_rule('top', 8)}{_rule('bottom', 8)}{_rule('insideH', 6)}</w:tblBorders>"
    '<w:tblLayout w:type="fixed"/>',
    (5444, 3400),
    (
        _tag_row("{%tr for row in block.rows %}"),
        _tag_row('{%tr if row.name == "cc" %}'),
        TableRow(
            (
                TableCell(
                    _TEXT,
                    (
                        one(
                            "版记",
                            "{{ row.cc }}",
                            '<w:ind w:leftChars="400" w:left="1120" w:hangingChars="300" w:hanging="840"/>',
                        ),
                    ),
                    span=2,
                ),
            )
        ),
        _tag_row("{%tr else %}"),
        TableRow(
            (
                TableCell(5444, (one("版记", "{{ row.office }}"),)),
                TableCell(3400, (one("印发日期", "{{ row.date }}"),)),
            )
        ),
        _tag_row("{%tr endif %}"),
        _tag_row("{%tr endfor %}"),
    ),
)

#: 发文字号 below the title, with the room that a title has below it.
_BELOW_TITLE = '<w:spacing w:after="579"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'

#: A sample for every role. What comes first, and what follows, only the sequence says; a title that a notice carries, and
#: every attachment (in its style), begin a page.
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
