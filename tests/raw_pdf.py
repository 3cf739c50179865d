"""PDFs written by hand, object by object, for what no program writes on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
#: A grey picture of one dot, to be stretched.
PICTURE = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\nz\nendstream"


def raw(objects: Sequence[str]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the root."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def stream(content: str, entries: str = "") -> str:
    """A stream object."""
    return f"<</Length {len(content)}{entries}>>stream\n{content}\nendstream"


def page(content: str, *, count: int = 1, box: str = "0 0 595 842", more: Sequence[str] = ()) -> bytes:
    """Equal pages with this content; the font is /F, the picture /P, a form of ``more`` /X."""
    fonts = "/Font<</F 3 0 R>>/XObject<</P 4 0 R/X 6 0 R>>"
    sheet = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Resources<<{fonts}>>/Contents 5 0 R>>"
    forms = [*more] or ["null"]
    kids = " ".join(f"{6 + len(forms) + place} 0 R" for place in range(count))
    head = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>", _FONT, PICTURE]
    return raw([*head, stream(content), *forms, *[sheet] * count])


def text(words: str, x: float, y: float, *, size: float = 16, extra: str = "") -> str:
    """The operators that print some words."""
    return f"BT {extra} /F {size} Tf {x} {y} Td ({words}) Tj ET "
