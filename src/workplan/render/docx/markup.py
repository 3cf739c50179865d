"""WordprocessingML of paragraphs and tables, in the named styles of a template.

A paragraph whose title stands on its own line takes the style of its level (一级标题 … 四级标题), which has an outline
level. One whose text runs on after its head is 正文, its head set in the character style linked to that level, as Word
itself does: the navigation pane and a table of contents then show only the head.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree
from markupsafe import Markup, escape

from workplan.chinese.characters import clean
from workplan.lengths import Twips
from workplan.render.docx import table_rows
from workplan.render.docx.addressed_text import AddressedText, parts, printed_by, with_signs
from workplan.render.docx.metrics import PAPER_HEIGHT, PAPER_WIDTH, TEXT_HEIGHT, TEXT_WIDTH
from workplan.view.sequence import HEADS, Cell, Element, Paragraph, Role, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import NoReturn

    from lxml.etree import _Element

    from workplan.view.sequence import Block

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
etree.register_namespace("w", W[1:-1])

BODY = "正文"
LEVELS = ("一级标题", "二级标题", "三级标题", "四级标题")
#: Styles that Word has itself, by the names that they have here. The shipped templates use Word's names, by which other programs
#: know titles, headings and text; a template of a user may have either.
BUILT_IN = {
    "标题": "Title",
    "副标题": "Subtitle",
    BODY: "Body Text",
    **{name: f"heading {level}" for level, name in enumerate(LEVELS, 1)},
}
_HEAD, _CELL, _RULED = "表头文字", "表格文字", "公文表格"

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_EMPTY = Cell(Element("", Role.CELL, (), ""))
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
#: Gives quotes, dashes and ellipses to the East Asian face.
_HINT = '<w:rFonts w:hint="eastAsia"/>'


class Styles:
    """The styles of a template by their names, which stay when Word saves a file; their ids change.

    ``missing`` is called with the name of a style that is needed and missing.
    """

    def __init__(self, element: _Element, missing: Callable[[str], NoReturn]) -> None:
        self.element = element
        self._missing = missing
        self._ids: dict[str, str] = {}
        self._links: dict[str, str] = {}
        for style in element.iter(f"{W}style"):
            name, link, key = style.find(f"{W}name"), style.find(f"{W}link"), style.get(f"{W}styleId")
            if name is None or not key:
                continue
            self._ids.setdefault(name.get(f"{W}val", ""), key)
            if link is not None:
                self._links[key] = link.get(f"{W}val", "")
        # Programs differ in how they write the names of Word's own styles: heading 1, Heading 1.
        given = {name.casefold(): key for name, key in self._ids.items()}
        for ours, built_in in BUILT_IN.items():
            if ours not in self._ids and built_in.casefold() in given:
                self._ids[ours] = given[built_in.casefold()]

    def id(self, name: str) -> str:
        """The id of a style that must exist."""
        return self._ids.get(name) or self._missing(f"{name} / {BUILT_IN[name]}" if name in BUILT_IN else name)

    def linked(self, name: str) -> str:
        """The id of the character style that belongs to a paragraph style."""
        return self._links.get(self.id(name)) or self.id(f"{name}字符")

    def names(self) -> dict[str, str]:
        """The names of the styles by their ids; of Word's own styles those that they have here."""
        return {key: name for name, key in self._ids.items()}


def text_block(body: _Element) -> tuple[Twips, Twips]:
    """Width and height of the text block, from the last section's page and margins."""
    page, margins = body.find(f"{W}sectPr/{W}pgSz"), body.find(f"{W}sectPr/{W}pgMar")
    if page is None or margins is None:
        return TEXT_WIDTH, TEXT_HEIGHT
    left, right, top, bottom = (int(margins.get(f"{W}{side}", "0")) for side in ("left", "right", "top", "bottom"))
    width, height = int(page.get(f"{W}w", PAPER_WIDTH)), int(page.get(f"{W}h", PAPER_HEIGHT))
    return Twips(width - left - right), Twips(height - top - bottom)


def marked(value: object) -> object:
    """A value as a ``w:t`` needs it: escaped, with Word's line ends and tabs, between the signs of its element."""
    if isinstance(value, TemplateParagraph):
        return marked(value.printed)
    if isinstance(value, str) and not isinstance(value, Markup):
        text = "".join(with_signs(clean(text), tag) for text, tag in parts(value))
        return Markup(escape(text).replace("\n", Markup(_BREAK)).replace("\t", Markup(_TAB)))  # noqa: S704
    return value


class TemplateParagraph:
    """A paragraph for a template that lays paragraphs out itself: its texts know their elements."""

    def __init__(self, paragraph: Paragraph) -> None:
        self._paragraph = paragraph
        self.head, self.text = _halves(paragraph)
        self.printed = printed_by(paragraph.elements)

    def __getattr__(self, name: str) -> object:
        """Any other attribute of the paragraph."""
        return getattr(self._paragraph, name)

    def __str__(self) -> str:
        return self.printed


class Blocks:
    """The blocks of a text: ``{{p blocks }}`` prints all, ``{% for block in blocks %}`` goes through them.

    ``width`` is that of their tables, ``room`` the heights that pages have for one.
    """

    def __init__(self, blocks: tuple[Block, ...], styles: Styles, width: Twips, room: table_rows.Room) -> None:
        self._blocks, self._styles, self._width, self._room = blocks, styles, width, room

    def __iter__(self) -> Iterator[TemplateParagraph | Table]:
        return (TemplateParagraph(block) if isinstance(block, Paragraph) else block for block in self._blocks)

    def __len__(self) -> int:
        return len(self._blocks)

    def __html__(self) -> str:
        """All blocks as markup (the name is Jinja's protocol for text that needs no escaping)."""
        return "".join(
            _paragraph(block, self._styles)
            if isinstance(block, Paragraph)
            else _table(block, self._styles, self._width, self._room.of(place))
            for place, block in enumerate(self._blocks)
        )


def _run(text: str, style: str = "") -> str:
    if not any(text or tag for text, tag in parts(text)):
        return ""
    face = f'<w:rStyle w:val="{escape(style)}"/>' if style else ""
    return f'<w:r><w:rPr>{face}{_HINT}</w:rPr><w:t xml:space="preserve">{marked(text)}</w:t></w:r>'


def _in_style(style: str, runs: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{escape(style)}"/>{more}</w:pPr>{runs}</w:p>'


def _paragraph(block: Paragraph, styles: Styles) -> str:
    level = LEVELS[min(block.level, len(LEVELS)) - 1] if block.level else ""
    if level and block.is_heading:
        return _in_style(styles.id(level), _run(printed_by(block.elements)))
    head, text = _halves(block)
    return _in_style(styles.id(BODY), _run(head, styles.linked(level) if level and head else "") + _run(text))


def _halves(block: Paragraph) -> tuple[AddressedText, AddressedText]:
    """The head of a paragraph, and its other text."""
    title = tuple(one for one in block.elements if one.role in HEADS)
    rest = tuple(one for one in block.elements if one.role not in HEADS)
    return printed_by(title), printed_by(rest)


def _table(table: Table, styles: Styles, width: Twips, room: table_rows.Room) -> str:
    header, rows = _grid(table.header), _grid(table.rows)
    columns = max([len(table.widths), *(len(row) for row in header + rows)])
    shares = table.widths if len(table.widths) == columns else (1 / columns,) * columns
    edges = [round(width * sum(shares[:place])) for place in range(columns + 1)]
    widths = [Twips(end - start) for start, end in pairwise(edges)]
    style = _RowStyle(styles.id(_HEAD), "<w:cantSplit/><w:tblHeader/>")
    body = "".join(_row(row, widths, style) for row in header)
    for row, kept in zip(rows, table_rows.kept(table, widths, room), strict=True):
        whole = "" if kept.cut else "<w:cantSplit/>"
        body += _row(row, widths, _RowStyle(styles.id(_CELL), whole, keep=kept.with_next), again=kept.again)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{escape(styles.id(_RULED))}"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
        + f"</w:tblGrid>{body}</w:tbl>"
    )


@dataclass(frozen=True, slots=True)
class _RowStyle:
    """How a row is set: the style of its text, the properties of the row, and whether it keeps with the next."""

    text: str
    row: str
    keep: bool = False


#: A place of the grid: its cell, and whether the cell begins in this row or reaches down to it from one above.
_Place = tuple[Cell, bool]


def _grid(rows: tuple[tuple[Cell, ...], ...]) -> list[list[_Place | None]]:
    """Spread cells over a grid as HTML does; None stands where there is no cell."""
    grid: list[list[_Place | None]] = [[] for _ in rows]
    for top, row in enumerate(rows):
        column = 0
        for cell in row:
            while column < len(grid[top]) and grid[top][column] is not None:
                column += 1
            for below in range(top, min(top + max(cell.rowspan, 1), len(rows))):
                line = grid[below]
                line.extend([None] * (column + max(cell.colspan, 1) - len(line)))
                line[column : column + max(cell.colspan, 1)] = [(cell, below == top)] * max(cell.colspan, 1)
            column += max(cell.colspan, 1)
    return grid


def _row(places: list[_Place | None], widths: list[Twips], style: _RowStyle, *, again: bool = False) -> str:
    """One table row; places that no cell covers are empty cells. Cells from above begin ``again`` where a page does."""
    cells, column = [], 0
    while column < len(widths):
        place = places[column] if column < len(places) else None
        span = 1
        # A cell has no more columns than its own row gave it.
        while place is not None and column + span < len(places) and places[column + span] is place:
            span += 1
        width = Twips(sum(widths[column : column + span]))
        cells.append(_cell(place or (_EMPTY, True), _wide(width, span), style, again=again))
        column += span
    return f"<w:tr><w:trPr>{style.row}</w:trPr>{''.join(cells)}</w:tr>"


def _wide(width: Twips, span: int) -> str:
    return f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")


def _cell(place: _Place, wide: str, style: _RowStyle, *, again: bool) -> str:
    cell, begins = place
    copied = again and not begins
    tall = "" if cell.rowspan <= 1 else f'<w:vMerge w:val="{"restart" if begins or copied else "continue"}"/>'
    lines = cell.text.split("\n") if begins or copied else [""]
    own = cell.element if begins else _EMPTY.element
    paragraphs = "".join(
        _in_style(style.text, _run(AddressedText(line, own.address, own.role)), "<w:keepNext/>" if style.keep else "")
        for line in lines
    )
    # By the last mark a reader of the file knows a copy, which says nothing new.
    mark = "<w:hideMark/>" if copied else ""
    return f'<w:tc><w:tcPr>{wide}{tall}<w:vAlign w:val="center"/>{mark}</w:tcPr>{paragraphs}</w:tc>'
