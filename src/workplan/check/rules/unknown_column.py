"""A table row with a cell for a column that the table does not have, or that a row above it has filled already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity, nearest
from workplan.language.model import Column, TablePart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.language.model import Row
    from workplan.language.scalar import Scalar
    from workplan.plan.compiled import Plan

ID = "unknown-column"
SEVERITY = Severity.ERROR
SOURCE = "workplan"
BAD = """\
kind: table
title: 任务表
columns: [序号, 任务]
rows: [{序号: 1, 事项: 培训}]
"""
GOOD = """\
kind: table
title: 任务表
columns: [序号, 任务]
rows: [{序号: 1, 任务: 培训}]
"""


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding for each such cell, and for each column that has the name of another."""
    for holder in (*(part.part for part in plan.sections), *(numbered.item for _, numbered in plan.walk())):
        if isinstance(holder, TablePart):
            names: dict[str, Scalar] = {}
            for title in _titles(holder.columns):
                if title.line in names:
                    yield Diagnostic(ID, title.span, {"column": title.line}, SEVERITY, variant="twice")
                names.setdefault(title.line, title)
            for row in holder.rows:
                yield from _in_row(row, names, set())


def _titles(columns: Sequence[Column | Scalar]) -> Iterator[Scalar]:
    for column in columns:
        if isinstance(column, Column) and column.columns:
            yield from _titles(column.columns)
        else:
            yield column.title if isinstance(column, Column) else column


def _in_row(row: Row, names: dict[str, Scalar], filled: set[str]) -> Iterator[Diagnostic]:
    for name in row.cells:
        if name not in names:
            near = nearest(name, names)
            arguments: dict[str, str | int] = {"column": name, "near": near, "known": "、".join(names)}
            yield Diagnostic(ID, row.place(name), arguments, SEVERITY, variant="near" if near else "")
        elif name in filled:
            yield Diagnostic(ID, row.place(name), {"column": name}, SEVERITY, variant="filled")
    for nested in row.rows:
        yield from _in_row(nested, names, filled | row.cells.keys())
