"""Rows and loads as tables: the columns that CSV and XLSX share, and the CSV files."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from workplan.chinese.characters import clean
from workplan.view import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.view.assignments import Load, TaskRow

#: The headings of the table of units. Cells of ``kind`` and of the ``id`` columns are words of the registry and the plan.
_LOAD_HEADINGS = (
    *("单位", "文中名称", "任务数", "保障措施数", "职责数", "牵头", "配合", "责任"),
    *("kind", "任务id", "保障措施id", "职责id"),
)

#: Characters with which a formula begins (OWASP, CSV injection); some spreadsheets accept the full-width forms too.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BLANKS = ("\t", "\r", "\n")


def rows_csv(rows: Sequence[TaskRow]) -> bytes:
    """The 任务分解表 as CSV for Excel: UTF-8 with BOM, CRLF, no cell a formula; ``id`` and ``kind`` come last."""
    columns = facts.columns(rows)
    cells = ((*(column.words(row) for column in columns), row.id, row.kind) for row in rows)
    # Excel takes a file that begins with "ID" for another format (SYLK): one more reason to put it last.
    return as_csv((*(column.heading for column in columns), "id", "kind"), cells)


def loads_csv(loads: Sequence[Load]) -> bytes:
    """The load of each unit as CSV for Excel, one line per unit; spellings and ids are joined by ；."""
    return as_csv(_LOAD_HEADINGS, (_load(load) for load in loads))


def _load(load: Load) -> tuple[str, ...]:
    lists = (load.tasks, load.safeguards, load.duties)
    counts = (*(len(ids) for ids in lists), load.lead, load.support, load.responsible)
    # ； separates, since a name may have a 、 of its own (各市、州、县人民政府).
    return (
        load.unit,
        "；".join(load.printed),
        *map(str, counts),
        load.kind,
        *("；".join(ids) for ids in lists),
    )


def as_csv(headings: Sequence[str], body: Iterable[Sequence[str]]) -> bytes:
    """Lines under headings as CSV for Excel: UTF-8 with BOM, CRLF, no cell a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in line] for line in (headings, *body))
    return file.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text as a CSV cell, with an apostrophe before anything that a spreadsheet would run as a formula."""
    dangerous = text.startswith(_BLANKS) or text.lstrip().startswith(_FORMULA)
    # Tested before cleaning, which replaces a carriage return with a visible mark.
    return f"'{clean(text)}" if dangerous else clean(text)
