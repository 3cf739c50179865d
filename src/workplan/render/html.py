"""The official document as a web page for publication (政务公开): one file, no script, nothing fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells
from workplan.render.templating import render
from workplan.view.attached import list_label

if TYPE_CHECKING:
    from workplan.resources.templates import Templates
    from workplan.view.blocks import Official
    from workplan.view.sequence import Paragraph

#: The room that 附件： and 1. take, in 字.
_USUAL_ROOM = (3.0, 1.0)
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def iso(date: str) -> str:
    """The ISO form of a printed date (``2022年6月29日`` → ``2022-06-29``) for machines; "" if it is no whole date."""
    match = _DATE.fullmatch(date)
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else ""


def hanging(line: Paragraph) -> str:
    """How far the lines of a 附件说明 hang that begins with ``line``, as a style; "" for the usual 附件：1. alone."""
    lead, number = list_label(line.runs[0].text)
    room = cells(lead), cells(number)
    return "" if room == _USUAL_ROOM else f"--lead: {room[0]:g}em; --number: {room[1]:g}em"


def official(official: Official, templates: Templates, *, clean: bool = False) -> bytes:
    """The page in UTF-8: header, main, headings h1 to h5 by level, tables with scope, items under their ids.

    Every text has its address as an id, so that links and programs find it; ``clean`` leaves the addresses out.
    """
    addresses = frozenset() if clean else frozenset(element.address for element in official.elements)
    context = {"official": official, "iso": iso, "hanging": hanging, "addressed": not clean, "addresses": addresses}
    return render(templates, "official.html", context).encode()
