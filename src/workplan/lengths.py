"""Units of length as types, and the only place that knows how many of one unit make another.

A length in the wrong unit is a type error. Sums and products of lengths are plain numbers to the type checker; a result gets
its unit where it is stored or passed on.
"""

from __future__ import annotations

from typing import NewType

#: Points, 72 to the inch: sizes of type, and places on the page of a PDF.
Pt = NewType("Pt", float)
#: Millimetres: the figures of GB/T 9704, and what ``measure`` reads from a page.
Mm = NewType("Mm", float)
#: 字: widths in multiples of the size of type.
Em = NewType("Em", float)
#: Pixels of CSS and of Excel, 96 to the inch.
Px = NewType("Px", float)
#: Inches: margins of a worksheet.
Inch = NewType("Inch", float)
#: Twentieths of a point, always whole: lengths in a Word document.
Twips = NewType("Twips", int)
#: 914,400 to the inch, always whole: places of drawings in a Word document.
Emu = NewType("Emu", int)

_MM_PER_INCH = 25.4
_PT_PER_INCH = 72
_PT_PER_MM = _PT_PER_INCH / _MM_PER_INCH
_MM_PER_PT = _MM_PER_INCH / _PT_PER_INCH
_PT_PER_PX = 0.75
_TWIPS_PER_PT = 20
_EMU_PER_PT = 12_700


def mm_to_pt(length: Mm) -> Pt:
    """Millimetres in points."""
    return Pt(length * _PT_PER_MM)


def pt_to_mm(length: Pt) -> Mm:
    """Points in millimetres."""
    return Mm(length * _MM_PER_PT)


def mm_to_inches(length: Mm) -> Inch:
    """Millimetres in inches."""
    return Inch(length / _MM_PER_INCH)


def px_to_pt(length: Px) -> Pt:
    """Pixels in points."""
    return Pt(length * _PT_PER_PX)


def pt_to_px(length: Pt) -> Px:
    """Points in pixels."""
    return Px(length / _PT_PER_PX)


def em_to_pt(width: Em, size: Pt) -> Pt:
    """The width in points of 字 that are set in ``size``."""
    return Pt(width * size)


def pt_to_em(width: Pt, size: Pt) -> Em:
    """How many 字 of ``size`` a width in points holds."""
    return Em(width / size)


def pt_to_twips(length: Pt) -> Twips:
    """Points in twips, rounded to the nearest."""
    return Twips(round(length * _TWIPS_PER_PT))


def pt_to_twips_down(length: Pt) -> Twips:
    """Points in twips, rounded towards 0: for what must not become larger."""
    return Twips(int(length * _TWIPS_PER_PT))


def twips_to_pt(length: Twips) -> Pt:
    """Twips in points."""
    return Pt(length / _TWIPS_PER_PT)


def mm_to_twips(length: Mm) -> Twips:
    """Millimetres in twips, rounded to the nearest."""
    return pt_to_twips(mm_to_pt(length))


def pt_to_emu(length: Pt) -> Emu:
    """Points in the units of drawings, rounded to the nearest."""
    return Emu(round(length * _EMU_PER_PT))


def mm_to_dots(length: Mm, resolution: int) -> float:
    """Millimetres in dots of a picture that has ``resolution`` dots to the inch."""
    return length * (resolution / _MM_PER_INCH)


def pt_to_dots(length: Pt, resolution: int) -> float:
    """Points in dots of such a picture."""
    return length * (resolution / _PT_PER_INCH)


def dots_to_mm(count: float, resolution: int) -> Mm:
    """Dots of such a picture in millimetres."""
    return Mm(count * _MM_PER_INCH / resolution)
