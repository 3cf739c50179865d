"""Writes a PDF as archives take it: PDF/A-3, level U (ISO 19005-3), with the structure of the text besides.

Level A would promise more than a machine can know of templates that users write: a picture with words for it, say.
"""

from __future__ import annotations

import io
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from weasyprint.css import ColorProfile

if TYPE_CHECKING:
    from collections.abc import Callable

_VARIANT = "pdf/a-3u"
#: What the colours mean, where nothing else is said of them: WeasyPrint has the profile, and would leave its file open.
_COLOURS, _PROFILE = "srgb-here", "sRGB2014.icc"


def write(document: Any, finish: Callable[[Any, Any], None]) -> bytes:  # noqa: ANN401 - WeasyPrint has no types
    """The PDF of pages laid out; ``finish`` gets it before its last bytes are written."""
    profile = ColorProfile(io.BytesIO(_profile()), _PROFILE, "relative-colorimetric", (["r"], ["g"], ["b"]))
    document.color_profiles = {_COLOURS: profile, **document.color_profiles}
    written: bytes = document.write_pdf(pdf_variant=_VARIANT, pdf_tags=True, output_intent=_COLOURS, finisher=finish)
    return written


@lru_cache(maxsize=1)
def _profile() -> bytes:
    return (files("weasyprint.pdf") / _PROFILE).read_bytes()
