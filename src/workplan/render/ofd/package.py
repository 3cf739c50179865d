"""The parts of an OFD, and the package that holds them (GB/T 33190-2016, 6 and 7): the same bytes for the same pages."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import workplan
from workplan.lengths import pt_to_mm
from workplan.render.ofd.content import NAMESPACE, Numbers, number, page
from workplan.render.ofd.ink import Ink, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workplan.render.pdf.drawn import Drawn, Entry, Face

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DOCUMENT = "Doc_0"
#: When no time is known: the first that a ZIP can tell.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
#: The first bytes of a font file with PostScript outlines.
_POSTSCRIPT = b"OTTO"


def write(drawn: Drawn, date: str, said: Mapping[str, str]) -> bytes:
    """The document as an OFD; ``date`` is its day in ISO form or "", ``said`` what else is said of it, by name."""
    numbers, parts = Numbers(), dict[str, bytes]()
    inks = [Ink.of(sheet, drawn.faces) for sheet in drawn.sheets]
    used = {one.face for ink in inks for one in ink.items if isinstance(one, Text)}
    faces = {name: numbers.new() for name in drawn.faces if name in used}
    pictures = {place: numbers.new() for place, ink in enumerate(inks) if ink.foreign}
    pages = []
    for place, (sheet, ink) in enumerate(zip(drawn.sheets, inks, strict=True)):
        size = pt_to_mm(sheet.width), pt_to_mm(sheet.height)
        pages.append(numbers.new())
        items = [one for one in ink.items if place not in pictures or isinstance(one, Text)]
        parts[f"Pages/Page_{place}/Content.xml"] = _xml(page(size, items, faces, numbers, pictures.get(place, 0)))
    parts |= _resources({number: drawn.faces[name] for name, number in faces.items()})
    parts |= _pictures(drawn, pictures)
    size = (pt_to_mm(drawn.sheets[0].width), pt_to_mm(drawn.sheets[0].height))
    parts["Document.xml"] = _xml(_document(size, pages, numbers.last, drawn.outline, pictures=bool(pictures)))
    whole = {f"{_DOCUMENT}/{name}": content for name, content in parts.items()}
    return _packed({"OFD.xml": _xml(_entry(drawn, _identity(whole), date, said)), **whole})


def _xml(text: str) -> bytes:
    return (_HEAD + text).encode()


def _identity(parts: Mapping[str, bytes]) -> str:
    """What tells the document from any other: 32 hexadecimal digits of what it holds."""
    hashed = hashlib.sha256()
    for name, content in sorted(parts.items()):
        hashed.update(f"{name}\0{len(content)}\0".encode() + content)
    return hashed.hexdigest()[:32]


def _entry(drawn: Drawn, identity: str, date: str, said: Mapping[str, str]) -> str:
    """The entry of the package, with what is known of the document."""
    known = {"DocID": identity, "Title": drawn.title, "Author": "、".join(drawn.authors), "CreationDate": date}
    known |= {"DocUsage": "Normal", "Creator": "workplan", "CreatorVersion": workplan.__version__}
    info = "".join(f"<ofd:{name}>{escape(value)}</ofd:{name}>" for name, value in known.items() if value)
    custom = "".join(
        f"<ofd:CustomData Name={quoteattr(name)}>{escape(value)}</ofd:CustomData>"
        for name, value in said.items()
        if value
    )
    info += f"<ofd:CustomDatas>{custom}</ofd:CustomDatas>" if custom else ""
    return (
        f'<ofd:OFD xmlns:ofd="{NAMESPACE}" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo>'
        f"<ofd:DocRoot>{_DOCUMENT}/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _document(
    size: tuple[float, float], pages: Sequence[int], last: int, outline: Sequence[Entry], *, pictures: bool
) -> str:
    box = f"0 0 {number(size[0])} {number(size[1])}"
    listed = "".join(
        f'<ofd:Page ID="{one}" BaseLoc="Pages/Page_{place}/Content.xml"/>' for place, one in enumerate(pages)
    )
    headings = "".join(_headings(outline, pages))
    return (
        f'<ofd:Document xmlns:ofd="{NAMESPACE}"><ofd:CommonData><ofd:MaxUnitID>{last}</ofd:MaxUnitID>'
        f"<ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        f"{'<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>' if pictures else ''}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{f'<ofd:Outlines>{headings}</ofd:Outlines>' if headings else ''}</ofd:Document>"
    )


def _headings(outline: Iterable[Entry], pages: Sequence[int]) -> Iterator[str]:
    for one in outline:
        place = f'PageID="{pages[one.page]}" Left="0" Top="{number(pt_to_mm(one.down))}" Zoom="0"'
        action = f'<ofd:Action Event="CLICK"><ofd:Goto><ofd:Dest Type="XYZ" {place}/></ofd:Goto></ofd:Action>'
        below = "".join(_headings(one.below, pages))
        yield (
            f"<ofd:OutlineElem Title={quoteattr(one.title)}><ofd:Actions>{action}</ofd:Actions>{below}</ofd:OutlineElem>"
        )


def _resources(faces: Mapping[int, Face]) -> Iterator[tuple[str, bytes]]:
    """The font files, and the part that lists them."""
    listed = ""
    for identity, face in faces.items():
        file = f"font_{identity}.{'otf' if face.data.startswith(_POSTSCRIPT) else 'ttf'}"
        yield f"Res/{file}", face.data
        listed += (
            f'<ofd:Font ID="{identity}" FontName={quoteattr(face.name)} FamilyName={quoteattr(face.family)}>'
            f"<ofd:FontFile>{file}</ofd:FontFile></ofd:Font>"
        )
    yield (
        "PublicRes.xml",
        _xml(f'<ofd:Res xmlns:ofd="{NAMESPACE}" BaseLoc="Res"><ofd:Fonts>{listed}</ofd:Fonts></ofd:Res>'),
    )


def _pictures(drawn: Drawn, places: Mapping[int, int]) -> Iterator[tuple[str, bytes]]:
    """The pictures of pages of which OFD could not tell all, and the part that lists them."""
    if not places:
        return
    from workplan.render.ofd import picture  # noqa: PLC0415 - loads PDFium, which the shipped templates never need

    listed = ""
    for place, content in picture.of_pages(drawn.content, places):
        file = f"page_{places[place]}.png"
        yield f"Res/{file}", content
        listed += (
            f'<ofd:MultiMedia ID="{places[place]}" Type="Image" Format="PNG">'
            f"<ofd:MediaFile>{file}</ofd:MediaFile></ofd:MultiMedia>"
        )
    res = f'<ofd:Res xmlns:ofd="{NAMESPACE}" BaseLoc="Res"><ofd:MultiMedias>{listed}</ofd:MultiMedias></ofd:Res>'
    yield "DocumentRes.xml", _xml(res)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    return target.getvalue()
