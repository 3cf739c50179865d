"""What WeasyPrint does for every PDF anew, done once or faster: faces that are cut already, streams packed at the usual level.

Half the time of a task sheet went into cutting faces twice and packing them as hard as can be. Where something is not as it is
known here, WeasyPrint's own way is taken: the PDF is the same to a reader.
"""

from __future__ import annotations

import zlib
from functools import partial
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]  # WeasyPrint's writer, which has no types

from workplan.resources import harfbuzz

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The level of packing at which zlib gives nearly all that it can give, in a third of the time.
_LEVEL = 6
#: In a face only the room of the glyphs that were left out packs well. To look for nothing but such runs takes a third of the time,
#: and makes the file larger by a fiftieth.
_FACE = "/OpenType"


class Fonts(dict[Any, Any]):
    """The fonts of one document by WeasyPrint's keys; those that ``cut`` has, by name, are embedded from there."""

    def __init__(self, cut: Mapping[str, bytes]) -> None:
        super().__init__()
        self._cut = cut

    def __setitem__(self, key: Any, font: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        super().__setitem__(key, font)
        data = self._cut.get(font.family)
        pictures = font.bitmap or font.png or font.svg or font.colr
        if data and not pictures and "fvar" not in font.tables and harfbuzz.can_subset():
            font.clean = partial(_pick, font, data, font.clean)


def _pick(font: Any, data: bytes, usual: Any, glyphs: Mapping[int, str], hinting: Any) -> None:  # noqa: ANN401 - as above
    """Leave the font with the glyphs that are drawn."""
    picked = b"" if font.missing or not glyphs else harfbuzz.picked(data, glyphs)
    if picked:
        font.file_content = picked
    else:
        usual(glyphs, hinting)


def pack(pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint's PDF, which has no types
    """Pack the streams of a finished PDF, before its writer packs them."""
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.compress and "Filter" not in stream.extra:
            plain = b"\n".join(part if isinstance(part, bytes) else pydyf._to_bytes(part) for part in stream.stream)  # noqa: SLF001 - the only way to its bytes
            stream.stream = [
                _packed(plain, zlib.Z_RLE if stream.extra.get("Subtype") == _FACE else zlib.Z_DEFAULT_STRATEGY)
            ]
            stream.extra = pydyf.Dictionary({**stream.extra, "Filter": "/FlateDecode"})
            stream.compress = False


def _packed(plain: bytes, strategy: int) -> bytes:
    packing = zlib.compressobj(_LEVEL, strategy=strategy)
    return packing.compress(plain) + packing.flush()
