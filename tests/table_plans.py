"""Made-up tables that fill pages, as views; and what pages of a printed document show of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

from views import cell, table_of
from workplan.view import column_widths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.view.sequence import Cell, Table

HEADER = ("镇街", "项目", "责任单位")


def table(*rows: tuple[Cell, ...], header: Sequence[str] = HEADER) -> Table:
    """A table under a header, its columns as wide as they need."""
    head = tuple(cell(name, column=place) for place, name in enumerate(header))
    return table_of((head,), rows, column_widths.shares(len(header), (head, *rows)))


def group(name: str, count: int, lines: int = 1) -> tuple[tuple[Cell, ...], ...]:
    """Rows that share their first cell, each of some ``lines``."""
    first = cell(name, rowspan=count)
    rest = [
        (cell("\n".join(f"{name}{row}项{line}" for line in range(lines)), column=1), cell(f"{row}局", column=2))
        for row in range(count)
    ]
    return ((first, *rest[0]), *rest[1:])


def section(name: str) -> tuple[Cell, ...]:
    """A line over the whole width that names what follows."""
    return (cell(name, colspan=len(HEADER)),)


def row(name: str, lines: int = 1) -> tuple[Cell, ...]:
    """A row whose second cell has some lines."""
    text = "\n".join(f"{name}行{line}" for line in range(lines))
    return cell(name), cell(text, column=1), cell("某局", column=2)


def shown(content: bytes, between: str = "") -> list[str]:
    """The text of each page, without its blanks and line ends, or with ``between`` in their place."""
    pdf = pypdfium2.PdfDocument(content)
    return [between.join(page.get_textpage().get_text_range().split()) for page in pdf]
