"""An OFD and a PDF read back glyph by glyph: an OFD by its own words (GB/T 33190-2016), a PDF through PDFium."""

from __future__ import annotations

import ctypes
import io
import zipfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from lxml import etree
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from pypdfium2 import PdfDocument, raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MM = 25.4 / 72
#: What is darker than this, of 255, is ink; the red of a head is 76.
_INK = 200
_SPACE = {"ofd": "http://www.ofdspec.org/2016"}
#: A character, and its origin in mm from the left and the upper edge of its page.
Glyph = tuple[str, float, float]


@dataclass
class Ofd:
    """An OFD taken apart: its parts, and its pages as trees."""

    content: bytes
    parts: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.content)) as packed:
            assert packed.testzip() is None
            self.parts = {name: packed.read(name) for name in packed.namelist()}

    def tree(self, name: str) -> Any:  # noqa: ANN401 - lxml's elements
        """A part as a tree."""
        return etree.fromstring(self.parts[name])

    def find(self, name: str, path: str) -> list[Any]:
        """What a path leads to within a part."""
        found: list[Any] = self.tree(name).xpath(path, namespaces=_SPACE)
        return found

    @property
    def root(self) -> str:
        """The part that lists the pages."""
        (said,) = self.find("OFD.xml", "//ofd:DocRoot")
        return str(said.text)

    def beside(self, name: str, location: str) -> str:
        """The part that another one names."""
        return (PurePosixPath(name).parent / location).as_posix()

    @property
    def pages(self) -> list[Any]:
        """The pages in order."""
        listed = self.find(self.root, "//ofd:Pages/ofd:Page")
        return [self.tree(self.beside(self.root, one.get("BaseLoc"))) for one in listed]

    @property
    def faces(self) -> dict[str, bytes]:
        """The font files by their numbers."""
        found = {}
        for one in self.find(self.root, "//ofd:PublicRes"):
            part = self.beside(self.root, one.text)
            base = self.tree(part).get("BaseLoc")
            for face in self.find(part, "//ofd:Font"):
                (file,) = face
                found[face.get("ID")] = self.parts[self.beside(part, f"{base}/{file.text}")]
        return found

    def glyphs(self) -> list[list[Glyph]]:
        """The glyphs of each page in the order of the file."""
        return [list(_glyphs(page)) for page in self.pages]

    def shapes(self, page: int) -> list[tuple[str, tuple[float, ...]]]:
        """The colour and the box of each area that a page fills, or line that it draws."""
        found: list[tuple[str, tuple[float, ...]]] = []
        for one in self.pages[page].iterfind(".//ofd:PathObject", _SPACE):
            kind = "Fill" if one.get("Fill") == "true" else "Stroke"
            wide = float(one.get("LineWidth", "0")) / 2
            colour = one.find(f"ofd:{kind}Color", _SPACE).get("Value")
            left, top, *_ = map(float, one.get("Boundary").split())
            said = [float(part) for part in one.find("ofd:AbbreviatedData", _SPACE).text.split() if part not in "MLC"]
            across, down = [left + x for x in said[::2]], [top + y for y in said[1::2]]
            found.append((colour, (min(across) - wide, min(down) - wide, max(across) + wide, max(down) + wide)))
        return found


def _glyphs(page: Any) -> Iterator[Glyph]:  # noqa: ANN401 - likewise
    for one in page.iterfind(".//ofd:TextObject", _SPACE):
        left, top, width, height = map(float, one.get("Boundary").split())
        a, b, c, d, e, f = map(float, one.get("CTM", "1 0 0 1 0 0").split())
        (code,) = one.iterfind("ofd:TextCode", _SPACE)
        x, y = float(code.get("X")), float(code.get("Y"))
        steps = list(map(float, code.get("DeltaX", "").split()))
        assert len(steps) == len(code.text) - 1
        for character, step in zip(code.text, [*steps, 0.0], strict=True):
            within = a * x + c * y + e, b * x + d * y + f
            assert -0.01 <= within[0] <= width + 0.01
            assert -0.01 <= within[1] <= height + 0.01
            yield character, left + within[0], top + within[1]
            x += step


def of_pdf(content: bytes) -> list[list[Glyph]]:
    """The glyphs of each page of a PDF, less those that PDFium adds, in the order of the file."""
    with closing(PdfDocument(content)) as opened:
        return [list(_of_page(page)) for page in opened]


def _of_page(page: Any) -> Iterator[Glyph]:  # noqa: ANN401 - PDFium's objects
    text, height = page.get_textpage(), page.get_height()
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        yield chr(raw.FPDFText_GetUnicode(text, index)), x.value * MM, (height - y.value) * MM


def inked(content: bytes, page: int) -> Image.Image:
    """The ink of a page of a PDF without its text, in dots to the tenth of a millimetre: white, and 0 where there is any."""
    with closing(PdfDocument(content)) as opened:
        shown = opened[page]
        for text in list(shown.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=1)):
            shown.remove_obj(text)
        picture: Image.Image = shown.render(scale=10 * MM).to_pil().convert("L")
    return picture.point(lambda light: 0 if light < _INK else 255)


def drawn(shapes: Iterable[tuple[str, tuple[float, ...]]], like: Image.Image) -> Image.Image:
    """Shapes in mm as such a picture."""
    picture = Image.new("L", like.size, 255)
    pen = ImageDraw.Draw(picture)
    for _, (left, top, right, bottom) in shapes:
        pen.rectangle((left * 10, top * 10, max(right * 10, left * 10 + 0.5), max(bottom * 10, top * 10 + 0.5)), fill=0)
    return picture


def are_near(one: Image.Image, other: Image.Image) -> bool:
    """Whether nowhere is ink in one picture that is more than two dots from ink in the other, in both directions."""
    pairs = ((one, other), (other, one))
    return all(ImageChops.subtract(wide.filter(ImageFilter.MinFilter(5)), ink).getbbox() is None for ink, wide in pairs)
