"""The structure of a PDF read back: its elements with their texts, found by the marks in the content of the pages."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXTS = re.compile(r"<([0-9a-f]+)> <([0-9a-f]+)>")


@dataclass(frozen=True)
class Part:
    """An element of the structure: its type, its text with that of the elements below it, and those."""

    kind: str
    text: str
    parts: tuple[Part, ...]
    entry: Any

    def all(self, *kinds: str) -> Iterator[Part]:
        """The elements of these types at and below this one, in order."""
        if self.kind in kinds:
            yield self
        for part in self.parts:
            yield from part.all(*kinds)


def structure(content: bytes) -> Part:
    """The document as the structure has it."""
    reader = PdfReader(io.BytesIO(content))
    texts = {page.indirect_reference: marked(reader, page)[0] for page in reader.pages}
    root: Any = reader.trailer["/Root"]
    return _part(root["/StructTreeRoot"]["/K"][0].get_object(), None, texts)


def artifacts(content: bytes) -> list[str]:
    """What stands on each page for paper alone."""
    reader = PdfReader(io.BytesIO(content))
    return [marked(reader, page)[1] for page in reader.pages]


def marked(reader: PdfReader, page: Any) -> tuple[dict[int, str], str]:  # noqa: ANN401 - pypdf's objects
    """The texts of a page by the numbers of its marks, and the text of its artifacts."""
    fonts = {name: _glyphs(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    texts: dict[int, str] = {}
    paper, glyphs, inside = "", dict[int, str](), list[Any]()
    for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        if operator == b"BDC":
            inside.append(operands[1].get("/MCID", "paper"))
        elif operator == b"BMC":
            inside.append("paper")
        elif operator == b"EMC":
            inside.pop()
        elif operator == b"Tf":
            glyphs = fonts[operands[0]]
        elif operator == b"TJ":
            shown = "".join(_shown(one, glyphs) for one in operands[0] if not isinstance(one, (int, float)))
            if inside[-1] == "paper":
                paper += shown
            else:
                texts[inside[-1]] = texts.get(inside[-1], "") + shown
    return texts, paper


def _glyphs(font: Any) -> dict[int, str]:  # noqa: ANN401 - likewise
    said = font["/ToUnicode"].get_object().get_data().decode()
    return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in _TEXTS.findall(said)}


def _shown(codes: Any, glyphs: dict[int, str]) -> str:  # noqa: ANN401 - likewise
    raw = codes.original_bytes
    return "".join(glyphs[int.from_bytes(raw[at : at + 2], "big")] for at in range(0, len(raw), 2))


def _part(entry: Any, page: Any, texts: dict[Any, dict[int, str]]) -> Part:  # noqa: ANN401 - likewise
    page = entry.raw_get("/Pg") if "/Pg" in entry else page
    parts, words = [], ""
    for kid in entry["/K"]:
        one = kid.get_object()
        if isinstance(one, int):
            words += texts[page][one]
        elif one.get("/Type") == "/MCR":
            words += texts[one.raw_get("/Pg")][one["/MCID"]]
        elif "/S" in one:
            parts.append(_part(one, page, texts))
            words += parts[-1].text
    return Part(entry["/S"][1:], words, tuple(parts), entry)
