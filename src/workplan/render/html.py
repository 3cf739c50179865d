"""The official document as a web page for publication (政务公开): one file, no script, nothing fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells
from workplan.render.templating import render
from workplan.view import disclosure
from workplan.view.attached import list_label
from workplan.view.sequence import Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.resources.templates import Templates
    from workplan.view.blocks import Official
    from workplan.view.section import Section
    from workplan.view.sequence import Table

#: The room that 附件： and 1. take, in 字.
_USUAL_ROOM = (3.0, 1.0)
#: A page with fewer headings needs no list of them, and deeper ones than these make it too long.
_WORTH_A_LIST, _LISTED_LEVELS = 3, 2
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


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents: what it says, its level from 1, and the id that it leads to."""

    text: str
    level: int
    target: str


def headings(official: Official, *, addressed: bool) -> dict[str, Heading]:
    """The headings that the contents list, by their addresses; those of a page without addresses get numbers to lead to.

    They are the titles of the notice, of the document and of its attachments where there are several, and headings of two levels.
    """
    found = list(_headings(official.sections))
    return {
        address: Heading(text, level, address if addressed else f"c{number}")
        for number, (address, text, level) in enumerate(found, 1)
        if len(found) >= _WORTH_A_LIST
    }


def _headings(sections: Sequence[Section]) -> Iterator[tuple[str, str, int]]:
    """Their addresses, their words and their levels."""
    titled = [section for section in sections if section.all(Role.TITLE)]
    for section in sections:
        for block in section.blocks:
            if not isinstance(block, Paragraph):
                continue
            if block.role is Role.TITLE and len(titled) > 1:
                yield block.address, "".join(block.lines), 1
            elif 1 <= block.level <= _LISTED_LEVELS and block.is_heading:
                yield block.address, block.head, block.level + (len(titled) > 1)


def labels(table: Table) -> tuple[str, ...]:
    """What the header row says above each column, one below the other where it has several rows: cards show it beside a cell."""
    columns: list[list[str]] = [[] for _ in table.widths]
    for cell in (cell for row in table.header for cell in row):
        for column in columns[cell.column : cell.column + cell.colspan]:
            column.append("".join(cell.text.split()))
    return tuple("／".join(filter(None, column)) for column in columns)


def official(official: Official, templates: Templates, *, clean: bool = False) -> bytes:
    """The page in UTF-8: header, main, headings h1 to h5 by level, tables with scope, items under their ids.

    Every text has its address as an id, so that links and programs find it; ``clean`` leaves the addresses out. Above it all stand
    信息公开, where the author gives that, and a list of the headings; on a phone the rows of a table are cards.
    """
    addresses = frozenset() if clean else frozenset(element.address for element in official.elements)
    context = {
        "official": official,
        "iso": iso,
        "hanging": hanging,
        "addressed": not clean,
        "addresses": addresses,
        "disclosed": disclosure.rows(official),
        "tags": disclosure.tags(official),
        "contents": headings(official, addressed=not clean),
        "labels": labels,
    }
    return render(templates, "official.html", context).encode()
