"""What a cell of a workbook shows: a number, a share or a date by its format, in the words of official style.

A cell holds a number and a format; only both together are what somebody wrote: 85% is 0.85, and a date the count of its days.
Formats are after ECMA-376 part 1, 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: Formats that have a number and no code in the file, and show dates and times with it in Chinese programs.
_FIRST_OWN = 164
#: What a number looks like: words before it, its digits, and words after it.
_NUMBER = re.compile(
    r"(?P<before>(?:\"[^\"]*\"|[^\"#0,.%?/Ee@])*)(?P<digits>[#0,]*[#0](?:\.[0#]+)?)(?P<after>(?:\"[^\"]*\"|[^\"#0,.?/@])*)"
)
#: A format that has words in place of the number.
_WORDS = re.compile(r"(?:\"[^\"]*\")+")
#: Room as wide as a character, a character to fill the cell with, conditions, colours and languages: none of it is text.
_NO_TEXT = re.compile(r"_.|\*.|\[(?!\$[^-\]])[^\]]*\]")
_CURRENCY = re.compile(r"\[\$([^-\]]*)[^\]]*\]")
_ESCAPED = re.compile(r"\\(.)")
_SECTION = re.compile(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")
_QUOTED = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]")
#: Characters of a format at most, as in Excel: a longer one comes from nobody's program, and might take hours to read.
_LONGEST = 255
#: Digits of a number that a cell without format shows at most.
_PRECISION = 15


def plain_styles(styles: bytes) -> bytes:
    """The styles of a workbook with nothing but the formats of numbers; b"" where they cannot be read.

    What else stands in them may be wrong with other programs, and says nothing about what a cell shows.
    """
    from lxml import etree  # noqa: PLC0415 - a table may turn out to be none

    try:
        root = etree.fromstring(styles, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return b""
    made = etree.Element(f"{_SHEETS}styleSheet", nsmap={None: _SHEETS[1:-1]})
    own = etree.SubElement(made, f"{_SHEETS}numFmts")
    for one in root.iterfind(f"{_SHEETS}numFmts/{_SHEETS}numFmt"):
        code = one.get("formatCode")
        if _number(one) >= _FIRST_OWN and code is not None:
            known = code if len(code) <= _LONGEST else "General"
            etree.SubElement(own, f"{_SHEETS}numFmt", numFmtId=str(_number(one)), formatCode=known)
    for group in ("fonts/font", "fills/fill/patternFill", "borders/border", "cellStyleXfs/xf"):
        at = made
        for tag in group.split("/"):
            at = etree.SubElement(at, f"{_SHEETS}{tag}")
    cells = etree.SubElement(made, f"{_SHEETS}cellXfs")
    for one in root.iterfind(f"{_SHEETS}cellXfs/{_SHEETS}xf"):
        etree.SubElement(cells, f"{_SHEETS}xf", numFmtId=str(max(_number(one), 0)))
    return etree.tostring(made, encoding="UTF-8", xml_declaration=True) if len(cells) else b""


def _number(one: _Element) -> int:
    said = one.get("numFmtId", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= len("65535") else -1


def shown(value: object, code: str) -> str:
    """What a cell with that value and format shows; ``code`` is the format's.

    Dates are told as official documents write them (2026年5月1日), as far as the format shows them: a day of which the month alone
    is shown is the month. A format that is not understood shows the number itself.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (dt.datetime, dt.date, dt.time, dt.timedelta)):
        return _moment(value, code)
    if isinstance(value, (int, float)):
        return _figure(value, code)
    return str(value)


def _moment(value: dt.datetime | dt.date | dt.time | dt.timedelta, code: str) -> str:
    """A date, a time, or both, by the parts that the format shows."""
    if isinstance(value, dt.timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    parts = _QUOTED.sub("", code).lower()
    day = value.date() if isinstance(value, dt.datetime) else value
    said = ""
    if not isinstance(day, dt.time):
        has_day = "d" in parts or "m" not in parts
        said += f"{day.year}年" if "y" in parts or "e" in parts else ""
        said += f"{day.month}月" if "m" in parts.replace("mmss", "") or has_day else ""
        said += f"{day.day}日" if has_day else ""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return said
    time = value if isinstance(value, dt.time) else value.time()
    if isinstance(value, dt.time) or "h" in parts or (time != dt.time() and not said):
        said += f"{time.hour}:{time.minute:02}" + (f":{time.second:02}" if "s" in parts else "")
    return said


def _figure(value: float, code: str) -> str:
    """A number by its format."""
    sections = _SECTION.split(code)
    is_negative = value < 0 and len(sections) > 1
    section = sections[1] if is_negative else sections[2] if value == 0 and len(sections) > len("+-") else sections[0]
    section = _NO_TEXT.sub("", _CURRENCY.sub(r'"\1"', _ESCAPED.sub(r'"\1"', section)))
    if _WORDS.fullmatch(section):
        return section.replace('"', "")
    found = _NUMBER.fullmatch(section)
    try:
        if found is not None:
            return _by_digits(Decimal(repr(abs(value) if is_negative else value)), found)
        return _general(value)
    except (ArithmeticError, ValueError):  # larger than anybody writes
        return str(value)


def _by_digits(exact: Decimal, found: re.Match[str]) -> str:
    """A number with the words around it, its digits as many as asked for."""
    before, after = (found[group].replace('"', "").strip() for group in ("before", "after"))
    whole, _, fraction = found["digits"].partition(".")
    share = "%" in found["after"].replace('"%"', "")
    rounded = (exact * (100 if share else 1)).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    said = f"{abs(rounded):,f}" if "," in whole else f"{abs(rounded):f}"
    optional = len(fraction) - len(fraction.rstrip("#"))
    least = len(said) - optional
    while len(said) > least and said.endswith("0"):
        said = said[:-1]
    integer, _, rest = said.partition(".")
    integer = integer.zfill(whole.count("0"))
    if "0" not in whole and integer == "0":
        integer = ""
    return ("-" if rounded < 0 else "") + before + integer + ("." + rest if rest else "") + after


def _general(value: float) -> str:
    """A number without a format, with no more digits than a program holds."""
    exact = Decimal(f"{value:.{_PRECISION}g}")
    said = f"{exact:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said
