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


def signed(owner: str) -> tuple[Text, ...]:
    """Signature, date and note of the notice (``notice.``) or the plan ("")."""
    return (
        *each(f"name in {owner}signature", one("落款", "{{ name }}")),
        *when(f"{owner}date", one("成文日期", f"{{{{ {owner}date }}}}")),
        *when(f"{owner}note", one("附注", f"{{{{ {owner}note }}}}")),
    )


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
        TableRow(
            (
                TableCell(
                    _TEXT,
                    (Tag("{%tr if imprint.cc %}"),),
                    span=2,
                ),
            )
        ),
        TableRow(
            (
                TableCell(
                    _TEXT,
                    (
                        one(
                            "版记",
                            "{{ imprint.cc }}",
                            '<w:ind w:leftChars="400" w:left="1120" w:hangingChars="300" w:hanging="840"/>',
                        ),
                    ),
                    span=2,
                ),
            )
        ),
        TableRow((TableCell(_TEXT, (Tag("{%tr endif %}"),), span=2),)),
        TableRow((TableCell(_TEXT, (Tag("{%tr if imprint.office or imprint.date %}"),), span=2),)),
        TableRow(
            (
                TableCell(5444, (one("版记", "{{ imprint.office }}"),)),
                TableCell(3400, (one("印发日期", "{{ imprint.date }}"),)),
            )
        ),
        TableRow((TableCell(_TEXT, (Tag("{%tr endif %}"),), span=2),)),
    ),
)

OFFICIAL: tuple[Item, ...] = (
    Tag("{%p for mark in marks %}"),
    Tag("{%p if mark.serial %}"),
    one("份号", "{{ mark.text }}"),
    Tag("{%p else %}"),
    one("密级和紧急程度", "{{ mark.text }}"),
    Tag("{%p endif %}"),
    Tag("{%p endfor %}"),
    *when("status", one("稿本标识", "{{ status }}")),
    Tag("{%p if masthead.stacked %}"),
    _STACK,
    Tag("{%p elif masthead.line %}"),
    one("发文机关标志", "{{ masthead.line }}"),
    Tag("{%p endif %}"),
    Tag("{%p if masthead.line %}"),
    one("发文字号", "{{ number }}"),
    Tag("{%p elif number %}"),
    one("发文字号", "{{ number }}", '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>'),
    Tag("{%p endif %}"),
    Tag("{%p if notice %}"),
    *when("notice.title", one("标题", "{{ notice.title }}")),
    *when("notice.to", one("主送机关", "{{ notice.to }}")),
    Tag("{{p notice.blocks }}"),
    *signed("notice."),
    one("标题", "{{ title }}", "<w:pageBreakBefore/>"),
    Tag("{%p else %}"),
    one("标题", "{{ title }}"),
    Tag("{%p endif %}"),
    *when("subtitle", one("副标题", "{{ subtitle }}")),
    *when("speaker", one("报告人", "{{ speaker }}")),
    *when("to", one("主送机关", "{{ to }}")),
    Tag("{{p blocks }}"),
    *each("line in attachment_list", one("附件说明", "{{ line }}")),
    *signed(""),
    Tag("{%p for attachment in attachments %}"),
    one("附件标识", "{{ attachment.label }}"),
    *when("attachment.title", one("附件标题", "{{ attachment.title }}")),
    Tag("{{p attachment.blocks }}"),
    Tag("{%p endfor %}"),
    Tag("{%p if imprint %}"),
    _IMPRINT,
    one("占位行", ""),
    Tag("{%p endif %}"),
)
