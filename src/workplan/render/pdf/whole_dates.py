"""Dates in the cells of a table: each unbreakable where its column holds it."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING
from xml.etree.ElementTree import SubElement

from workplan.view.column_widths import DATE, TURNED, UPRIGHT, longest_word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

_TURNED = "data-turned"
_SHARE = re.compile(r"width: ([\d.]+)%")
#: What the rules of a cell and the blanks beside its text take away, in 字 of the table.
_BESIDE = 0.7


def tell_turned(root: Element) -> None:
    """Mark the tables of a tree whose pages are turned."""
    wide = (one for one in root.iter() if "wide" in one.get("class", "").split())
    for table in (table for one in wide for table in one.iter("table")):
        table.set(_TURNED, "")


def rooms(table: Element) -> list[float]:
    """The room for text in each column of a table, in 字 of its size, as its ``col`` elements share the width."""
    shares = (_SHARE.search(one.get("style", "")) for one in table.iter("col"))
    width = UPRIGHT if table.get(_TURNED) is None else TURNED
    return [float(found[1]) / 100 * width - _BESIDE if found else width for found in shares]


def fill(cell: Element, text: str, room: Sequence[float]) -> None:
    """Give a cell its text, each date in it unbreakable that the columns of the cell (``room``) hold: others would run over.

    What the cell had before goes.
    """
    for old in list(cell):
        cell.remove(old)
    width = sum(room) + _BESIDE * (len(room) - 1) if room else UPRIGHT
    fitting = (date for date in DATE.finditer(text) if longest_word(date[0]) <= width)
    dates = [] if DATE.fullmatch(text) else [*fitting]
    cell.text = text[: dates[0].start()] if dates else text
    for date, after in zip_longest(dates, dates[1:]):
        whole = SubElement(cell, "span", {"style": "white-space: nowrap"})
        whole.text, whole.tail = date[0], text[date.end() : after.start() if after else None]
