"""The year that an issued document is for, which names the folder of its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.importing.piece import Paragraph
from workplan.importing.wordings import is_date, told

if TYPE_CHECKING:
    from workplan.importing.framed import Framed, Lines

_YEAR = Pattern("(?:19|20)[0-9]{2}")
_ALONE = Pattern("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_CHINESE = Pattern("二[〇○零Ｏ０][一二三四五六七八九〇○零Ｏ０]{2}")
_DIGITS = {sign: str(place) for place, sign in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○Ｏ０", "0")


def year_of(framed: Framed) -> str:
    """The year that the titles name, else the number, else the date or one that a paragraph is; "" where none does."""
    notice = framed.notice
    titles = (framed.main.title, notice.title if notice else ())
    dates = (framed.main.date, notice.date if notice else ())
    below = (framed.main.subtitle, notice.subtitle if notice else ())
    pieces = (piece for body in framed.bodies() for piece in body if isinstance(piece, Paragraph))
    alone = ((piece,) for piece in pieces if is_date(piece.text))  # below the name of a person who signs
    return next((year for lines in (*titles, framed.number, *dates, *below, *alone) if (year := _year(lines))), "")


def in_name(file: str) -> str:
    """The year that a file's name says, "" where it has none or several: what is left for a document that names no year."""
    years = {found[0] for found in _ALONE.finditer(file)}
    return years.pop() if len(years) == 1 else ""


def _year(lines: Lines) -> str:
    words = told("".join(line.text for line in lines))
    found = _YEAR.search(words)
    if found:
        return found[0]
    written = _CHINESE.search(words)
    return "".join(_DIGITS[sign] for sign in written[0]) if written else ""
