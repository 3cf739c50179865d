"""Rows and loads as tables: the columns that CSV and XLSX share, and the CSV files."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from workplan.chinese.characters import clean
from workplan.view.facts import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.view.assignments import Load, TaskRow

#: The headings of the 任务分解表, in the order of ``values``.
HEADINGS = tuple(column.heading for column in COLUMNS)

#: The headings of the table of units. ``kind`` and the columns ``id`` hold the registry's and the plan's own words.
_LOAD_HEADINGS = (
    *("单位", "文中名称", "任务数", "保障措施数", "职责数", "牵头", "配合", "责任"),
    *("kind", "任务id", "保障措施id", "职责id"),
)

#: How a cell begins that a spreadsheet takes for a formula (OWASP, CSV injection); some also take the full-width forms.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BLANKS = ("\t", "\r", "\n")


def values(row: TaskRow) -> tuple[str, ...]:
    """The cells of a row, under ``HEADINGS``."""
    return tuple(column.words(row) for column in COLUMNS)


def rows_csv(rows: Sequence[TaskRow]) -> bytes:
    """The 任务分解表 as CSV for Excel: UTF-8 with BOM, CRLF, no cell a formula; ``id`` and ``kind`` come last."""
    # A file that begins with "ID" is taken by Excel for another format (SYLK): one more reason to put it last.
    return _csv((*HEADINGS, "id", "kind"), ((*values(row), row.id, row.kind) for row in rows))


def loads_csv(loads: Sequence[Load]) -> bytes:
    """What each unit carries as CSV for Excel, one line per unit; spellings and ids are joined by ；."""
    return _csv(_LOAD_HEADINGS, (_load(load) for load in loads))


def _load(load: Load) -> tuple[str, ...]:
    lists = (load.tasks, load.safeguards, load.duties)
    counts = (*(len(ids) for ids in lists), load.lead, load.support, load.responsible)
    # A name may hold a 、 of its own (各市、州、县人民政府), so that ； separates.
    return (
        load.unit,
        "；".join(load.printed),
        *map(str, counts),
        load.kind,
        *("；".join(ids) for ids in lists),
    )


def _csv(headings: Sequence[str], body: Iterable[Sequence[str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in line] for line in body)
    return file.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text as a CSV cell: an apostrophe before whatever a spreadsheet would run as a formula."""
    dangerous = text.startswith(_BLANKS) or text.lstrip().startswith(_FORMULA)
    # Tested before cleaning, which turns a carriage return into a visible mark.
    return f"'{clean(text)}" if dangerous else clean(text)
