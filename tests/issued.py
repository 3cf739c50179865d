"""Issued documents as a test writes them: the raw XML of DOCX and OFD, zipped, and what their readers make of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workplan.importing.piece import Cell, Outside, Paragraph, Table
from workplan.importing.readers.docx import older
from workplan.importing.readers.docx import reader as docx_reader
from workplan.importing.readers.html import reader as html_reader
from workplan.importing.readers.ofd import reader as ofd_reader
from workplan.importing.readers.pdf import reader as pdf_reader
from workplan.importing.record import Deed, Reading, Revisions
from workplan.importing.sniff import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workplan.importing.piece import Piece

#: Real files, beside the checkout; None where they are not there.
SHARED: Final = next(
    (path for up in (2, 3) if (path := Path(__file__).resolve().parents[up] / "shared" / "import").is_dir()), None
)
WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = {
    "r": f"{_OFFICE}/relationships",
    "m": f"{_OFFICE}/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_OFD = "http://www.ofdspec.org/2016"


def read(content: bytes, name: str, revisions: Revisions = Revisions.ACCEPT) -> Reading:
    """What import reads of a file, by the kind that its content says."""
    match kind_of(content, name):
        case Kind.DOCX:
            return docx_reader.read(content, name, revisions)
        case Kind.DOC | Kind.WPS:
            return older.read(content, name, revisions)
        case Kind.PDF:
            return pdf_reader.read(content, name)
        case Kind.HTML:
            return html_reader.read(content, name)
        case Kind.OFD:
            return ofd_reader.read(content, name)
        case kind:
            raise AssertionError(kind)


def texts(reading: Reading) -> list[str]:
    """The paragraphs of the document itself, in their order."""
    return [piece.text for piece in reading.pieces if isinstance(piece, Paragraph) and piece.outside is None]


def outside(reading: Reading) -> list[tuple[Outside, str]]:
    """What the reader takes for no part of the document."""
    return [(piece.outside, piece.text) for piece in reading.pieces if isinstance(piece, Paragraph) and piece.outside]


def only_table(reading: Reading) -> Table:
    (found,) = (piece for piece in reading.pieces if isinstance(piece, Table))
    return found


def rows(table: Table) -> list[list[str]]:
    """The cells of a table; one that covers several is followed by ``→`` and ``↓`` with how many."""
    return [[_cell(cell) for cell in row] for row in table.rows]


def _cell(cell: Cell) -> str:
    across = f"→{cell.across}" if cell.across > 1 else ""
    return cell.text + across + (f"↓{cell.down}" if cell.down > 1 else "")


def deeds(reading: Reading, deed: Deed) -> list[str]:
    """The characters that a deed was done to, or that it made."""
    return [record.text or record.became for record in reading.records if record.deed is deed]


def everything(pieces: Sequence[Piece]) -> str:
    """All characters of pieces that are not white space."""
    said = []
    for piece in pieces:
        if isinstance(piece, Paragraph):
            said.append(piece.text)
        elif isinstance(piece, Table):
            said += [cell.text for row in piece.rows for cell in row]
    return "".join("".join(said).split())


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return made.getvalue()


def docx(  # noqa: PLR0913 - the parts of a document
    body: str,
    *,
    numbering: str = "",
    styles: str = "",
    notes: str = "",
    endnotes: str = "",
    links: Mapping[str, tuple[str, str]] | None = None,
    more: Mapping[str, str | bytes] | None = None,
    main: str = "word/document.xml",
    word: str = WORD,
) -> bytes:
    """A DOCX: the insides of its parts. ``links`` are further relationships (kind and target), ``more`` further files."""
    inside = {"styles": styles, "numbering": numbering, "footnotes": notes, "endnotes": endnotes}
    given = {f"own-{kind}": (kind, f"{kind}.xml") for kind, content in inside.items() if content} | dict(links or {})
    folder, _, file = main.rpartition("/")
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Override PartName="/{main}" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": relations({"main": ("officeDocument", main)}),
        main: part("document", f"<w:body>{body}</w:body>", word),
        f"{folder}/_rels/{file}.rels": relations(given),
    }
    files |= {f"{folder}/{kind}.xml": part(kind, content, word) for kind, content in inside.items() if content}
    return zipped(files | dict(more or {}))


def part(kind: str, content: str, word: str = WORD) -> str:
    """A part of a DOCX with the vocabularies that it may need."""
    spaces = "".join(f' xmlns:{short}="{name}"' for short, name in _SPACES.items())
    return f'<w:{kind} xmlns:w="{word}"{spaces}>{content}</w:{kind}>'


def relations(given: Mapping[str, tuple[str, str]]) -> str:
    """The relationships of a part: kind and target by identifier; a target with ``://`` lies outside."""
    outside = ' TargetMode="External"'
    lines = (
        f'<Relationship Id="{identifier}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"'
        f"{outside if '://' in target else ''}/>"
        for identifier, (kind, target) in given.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def p(text: str = "", settings: str = "") -> str:
    """A paragraph of one run, or of the runs that are given as XML."""
    runs = text if text.startswith("<") or not text else r(text)
    return f"<w:p>{f'<w:pPr>{settings}</w:pPr>' if settings else ''}{runs}</w:p>"


def r(text: str, settings: str = "") -> str:
    """A run."""
    inside = text if text.startswith("<") else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r>{f'<w:rPr>{settings}</w:rPr>' if settings else ''}{inside}</w:r>"


def tc(text: str, settings: str = "") -> str:
    """A cell of a table."""
    content = text if text.startswith("<") else p(text)
    return f"<w:tc>{f'<w:tcPr>{settings}</w:tcPr>' if settings else ''}{content}</w:tc>"


def tr(*cells: str, settings: str = "") -> str:
    """A row of a table."""
    return f"<w:tr>{f'<w:trPr>{settings}</w:trPr>' if settings else ''}{''.join(cells)}</w:tr>"


def tbl(*lines: str) -> str:
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def ofd(*pages: str, template: str = "", uses: str = "", box: str = "0 0 210 297") -> bytes:
    """An OFD: the objects of its pages. ``template`` has those of a page below each; ``uses`` is what pages say of it."""
    space = f'xmlns:ofd="{_OFD}"'
    area = f"<ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/{at}.xml"/>' for at, _ in enumerate(pages, 1))
    below = '<ofd:TemplatePage ID="900" BaseLoc="Tpls/1.xml"/>' if template else ""
    uses = uses or ('<ofd:Template TemplateID="900"/>' if template else "")
    files: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData>{area}{below}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for at, content in enumerate(pages, 1):
        files[f"Doc_0/Pages/{at}.xml"] = (
            f"<ofd:Page {space}>{uses}<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    if template:
        files["Doc_0/Tpls/1.xml"] = (
            f"<ofd:Page {space}><ofd:Content><ofd:Layer>{template}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return zipped(files)


def words(  # noqa: PLR0913 - what a text object says
    text: str, x: float, y: float, *, size: float = 5.6, deltas: str = "", settings: str = ""
) -> str:
    """A line of text of an OFD with its first character's origin in mm; 字 stand as far apart as they are large."""
    deltas = deltas or (f"g {len(text) - 1} {size}" if len(text) > 1 else "")
    return (
        f'<ofd:TextObject Boundary="0 0 210 297" Font="1" Size="{size}" {settings}>'
        f'<ofd:TextCode X="{x}" Y="{y}" DeltaX="{deltas}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def stroke(x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line of an OFD, in mm."""
    data = f"M {x1} {y1} L {x2} {y2}"
    return f'<ofd:PathObject Boundary="0 0 210 297"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
