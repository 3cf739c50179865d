"""Make the shipped Word templates, ``templates/official.docx`` and ``templates/sheet.docx``.

The templates are committed, because people edit them in Word; this script made them and restores them:
``python tools/make_docx_templates.py [FOLDER]``. The figures are those of ``workplan.render.docx.metrics``. The grid has lines
only; characters are set 1/5 pt closer instead, because LibreOffice misreads a grid of characters.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips

from docx_bodies import OFFICIAL, Grid, Item, Line, TableCell, TableRow, Tag
from docx_sheet_body import SHEET
from docx_styles import fonts_xml, settings_xml, styles_xml, word_name
from workplan.render.docx.metrics import OFFICIAL_PAGE, PAPER_HEIGHT, PAPER_WIDTH, SHEET_PAGE, Page

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.section import Section
    from docx.text.paragraph import Paragraph

_ROOT = Path(__file__).resolve().parents[1]
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_UNUSED = ("stylesWithEffects", "customXml", "numbering", "webSettings", "thumbnail")


def main() -> None:
    """Write both templates to the folder given, by default ``templates``."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _ROOT / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in (("official.docx", official()), ("sheet.docx", sheet())):
        (folder / name).write_bytes(made)
        print(folder / name, len(made))


def official() -> bytes:
    """The template of the official document: page numbers outside, odd and even."""
    word = _blank("official", OFFICIAL_PAGE)
    _write(word, OFFICIAL)
    section = word.sections[0]
    _page_number(word, section.footer.paragraphs[0], "页码")
    _page_number(word, section.even_page_footer.paragraphs[0], "页码（双页）")
    return _packed(word)


def sheet() -> bytes:
    """The template of the task sheet: a running head with the unit and the plan, and the number of each page among all."""
    word = _blank("sheet", SHEET_PAGE)
    _write(word, SHEET)
    section = word.sections[0]
    head = section.header.paragraphs[0]
    head.style = _style(word, "页眉文字").name
    head.add_run("{{ unit }}任务清单").style = _style(word, "页眉单位字符")
    head.add_run("\t{{ title }}")
    foot = section.footer.paragraphs[0]
    foot.style = _style(word, "页码").name
    _fields(foot, ("第 ", "PAGE", " 页　共 ", "NUMPAGES", " 页"))
    return _packed(word)


def _blank(kind: str, page: Page) -> Word:
    """An empty document with our styles, fonts and settings in place of the library's, whose own have faults."""
    word = Document()
    part = word.part
    for holder in (part.rels, part.package.rels):
        for key in [key for key, rel in holder.items() if rel.reltype.endswith(_UNUSED)]:
            del holder[key]
    for rel in part.rels.values():
        if rel.reltype == RELATIONSHIP_TYPE.STYLES:
            rel.target_part._element = parse_xml(styles_xml(kind))  # noqa: SLF001 - the library has no other way
        elif rel.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            rel.target_part._blob = fonts_xml()  # noqa: SLF001
        elif rel.reltype == RELATIONSHIP_TYPE.SETTINGS:
            rel.target_part._element = parse_xml(settings_xml(facing=kind == "official"))  # noqa: SLF001
    body = word.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    _set_page(word.sections[0], page)
    return word


def _style(word: Word, name: str) -> Any:  # noqa: ANN401 - a style of the library, of any kind
    """A style by the name that it has here."""
    return word.styles[word_name(name)]


def _set_page(section: Section, page: Page) -> None:
    """Paper, margins and the grid of lines."""
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(PAPER_WIDTH), Twips(PAPER_HEIGHT)
    section.top_margin, section.right_margin = Twips(page.top), Twips(page.right)
    section.bottom_margin, section.left_margin = Twips(page.bottom), Twips(page.left)
    section.header_distance, section.footer_distance = Twips(page.head), Twips(page.foot)
    end: Any = section._sectPr  # noqa: SLF001
    for old in end.findall(qn("w:docGrid")):
        end.remove(old)
    if page.line:
        end.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{page.line}"/>'))


def _page_number(word: Word, paragraph: Paragraph, style: str) -> None:
    """``— 1 —`` with a PAGE field (7.5)."""
    paragraph.style = _style(word, style).name
    _fields(paragraph, ("— ", "PAGE", " —"))


def _fields(paragraph: Paragraph, parts: tuple[str, ...]) -> None:
    """Texts, and fields by their names in capitals."""
    end: Any = paragraph._p  # noqa: SLF001
    for part in parts:
        words = f"<w:t xml:space='preserve'>{part}</w:t>"
        field = (
            "<w:fldChar w:fldCharType='begin'/>",
            f"<w:instrText xml:space='preserve'> {part} </w:instrText>",
            "<w:fldChar w:fldCharType='separate'/>",
            "<w:t>1</w:t>",
            "<w:fldChar w:fldCharType='end'/>",
        )
        for run in field if part.isupper() else (words,):
            end.append(parse_xml(f"<w:r {nsdecls('w')}>{run}</w:r>"))


def _write(word: Word, items: tuple[Item, ...]) -> None:
    """Put the lines, tags and tables of a template into its body."""
    end = word.element.body.sectPr
    for item in items:
        xml = _paragraph(word, item) if isinstance(item, Line | Tag) else _table(word, item)
        end.addprevious(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def _table(word: Word, table: Grid) -> str:
    """A table of a template."""
    properties = table.properties.replace("STYLE", _style(word, table.style).style_id)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.grid)
    rows = "".join(_row(word, row) for row in table.rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _row(word: Word, row: TableRow) -> str:
    """A row of a table."""
    whole = "<w:cantSplit/>" if row.whole or row.header else ""
    high = f'<w:trHeight w:val="{row.height}" w:hRule="atLeast"/>' if row.height else ""
    properties = whole + high + ("<w:tblHeader/>" if row.header else "")
    cells = "".join(_cell(word, cell) for cell in row.cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"


def _cell(word: Word, cell: TableCell) -> str:
    """A cell of a table."""
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    align = f'<w:vAlign w:val="{cell.align}"/>' if cell.align else ""
    lines = "".join(_paragraph(word, line) for line in cell.lines)
    return f'<w:tc><w:tcPr><w:tcW w:w="{cell.width}" w:type="dxa"/>{span}{align}</w:tcPr>{lines}</w:tc>'


def _paragraph(word: Word, line: Line | Tag) -> str:
    """One paragraph of a template: a line in its style, runs in their character styles, or a bare tag."""
    style = "模板标记" if isinstance(line, Tag) else line.style
    extra = "" if isinstance(line, Tag) else line.extra
    parts = ((line.text, ""),) if isinstance(line, Tag) else line.runs
    runs = "".join(
        "<w:r><w:rPr>"
        + (f'<w:rStyle w:val="{_style(word, face).style_id}"/>' if face else "")
        + f'<w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{text.replace(chr(9), _TAB)}</w:t></w:r>'
        for text, face in parts
        if text
    )
    pstyle = f'<w:pStyle w:val="{_style(word, style).style_id}"/>'
    return f"<w:p><w:pPr>{pstyle}{extra}</w:pPr>{runs}</w:p>"


def _packed(word: Word) -> bytes:
    """The file with constant dates and no trace of who made it, the same bytes every time."""
    core = word.core_properties
    for child in list(core._element):  # noqa: SLF001
        core._element.remove(child)  # noqa: SLF001
    core.title, core.author = "workplan", "workplan"
    made, packed = BytesIO(), BytesIO()
    word.save(made)
    with ZipFile(made) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for entry in sorted(source.infolist(), key=lambda one: (one.filename != "[Content_Types].xml", one.filename)):
            info = ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = ZIP_DEFLATED, 0
            target.writestr(info, source.read(entry.filename))
    return packed.getvalue()


if __name__ == "__main__":
    main()
