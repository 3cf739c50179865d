"""The content of the shipped Word template of the task sheet: a style for each line of the sheet, in any order.

The template goes through the blocks of a sheet and the lines of each; a line's role picks its style. What is to be filled in
is a table with a row for each label, and the room to sign one with a cell for each.
"""

from __future__ import annotations

from docx_bodies import Grid, Item, Line, TableCell, TableRow, Tag, one
from workplan.lengths import Mm, Twips, mm_to_twips
from workplan.render.docx.metrics import SHEET_WIDTH

#: Widths of a column to sign in and of one for a tag; the arranging code shares the table's width among the former.
_BLANK, _TAG = Twips(2000), Twips(300)
#: The room at the sides of a cell to be filled in, above and below it, and its height with them, as ``sheet.css`` has them.
_SIDE, _ABOVE = mm_to_twips(Mm(2)), mm_to_twips(Mm(1))
_WRITE, _SIGN = (Twips(mm_to_twips(Mm(high)) + 2 * _ABOVE) for high in (8, 12))
#: The widths of the name of what is to be filled in, and of the room to write: 24 and 144 mm.
_NAME = mm_to_twips(Mm(24))
_ROOM = Twips(SHEET_WIDTH - _NAME)
_TEXT = "{{ line.text }}"


def _labelled(style: str) -> Line:
    """A label, and what stands behind it in a column of its own."""
    return Line(style, (("{{ line.label }}", "栏目名字符"), (f"\t{_TEXT}", "")))


#: The style of a line by its role.
_STYLES: dict[str, Line] = {
    "status": one("稿本标识", _TEXT),
    "title": one("标题", _TEXT),
    "plan": one("副标题", _TEXT),
    "about": _labelled("单位情况"),
    "section": one("一级标题", _TEXT),
    "task": one("任务标题", _TEXT),
    "own": _labelled("本单位角色"),
    "fact": _labelled("栏目"),
    "note": one("说明", _TEXT),
    "possible": Line("可能涉及", (("{{ line.label }}", "栏目名字符"), (_TEXT, ""))),
}


def _lines() -> tuple[Item, ...]:
    """Each line in the style of its role; lines of other roles are 正文."""
    found: list[Item] = []
    for place, (role, line) in enumerate(_STYLES.items()):
        found += (Tag(f"{{%p {'elif' if place else 'if'} line.role == '{role}' %}}"), line)
    return (*found, Tag("{%p else %}"), one("正文", _TEXT), Tag("{%p endif %}"))


def _tag(text: str) -> TableCell:
    """A cell that only holds a tag, and vanishes."""
    return TableCell(_TAG, (Tag(text),))


def _table(grid: tuple[Twips, ...], *rows: TableRow) -> Grid:
    """A ruled table over the width of the text."""
    return Grid(
        "公文表格",
        f'<w:tblStyle w:val="STYLE"/><w:tblW w:w="{SHEET_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:top w:w="{_ABOVE}" w:type="dxa"/><w:left w:w="{_SIDE}" w:type="dxa"/>'
        f'<w:bottom w:w="{_ABOVE}" w:type="dxa"/><w:right w:w="{_SIDE}" w:type="dxa"/></w:tblCellMar>',
        grid,
        rows,
    )


#: The room to sign in: a cell for each label, side by side.
_SIGNATURES = _table(
    (_TAG, _BLANK, _TAG),
    TableRow(
        (
            _tag("{%tc for line in block.lines %}"),
            TableCell(_BLANK, (one("填写栏", "{{ line.label }}"),)),
            _tag("{%tc endfor %}"),
        ),
        whole=True,
        height=_SIGN,
    ),
)

#: What is to be filled in: a row for each label, with all the rest of the width to write in.
_FIELDS = _table(
    (_NAME, _ROOM),
    TableRow((TableCell(SHEET_WIDTH, (Tag("{%tr for line in block.lines %}"),), span=2),)),
    TableRow(
        (
            TableCell(_NAME, (one("填写栏", "{{ line.label }}", '<w:jc w:val="center"/>'),), align="center"),
            TableCell(_ROOM, (one("填写栏", ""),), align="center"),
        ),
        whole=True,
        height=_WRITE,
    ),
    TableRow((TableCell(SHEET_WIDTH, (Tag("{%tr endfor %}"),), span=2),)),
)

SHEET: tuple[Item, ...] = (
    Tag("{%p for block in blocks %}"),
    Tag("{%p if block.kind == 'blanks' and block.lines[0].role == 'sign' %}"),
    _SIGNATURES,
    Tag("{%p elif block.kind == 'blanks' %}"),
    _FIELDS,
    Tag("{%p else %}"),
    Tag("{%p for line in block.lines %}"),
    *_lines(),
    Tag("{%p endfor %}"),
    Tag("{%p endif %}"),
    Tag("{%p endfor %}"),
)
