"""What was gathered into a table of opinions, for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.merge.report.told_json import found as found_in
from workplan.render.task_json import VERSION, Shape, dump

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.diagnostic import Diagnostic
    from workplan.merge.opinions.collect import Opinions
    from workplan.resources.messages import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Opinions that were gathered into a table, for a plan, and whether the table was written."""

    plan: str
    table: str
    opinions: Opinions
    written: bool


def gathered(found: Gathered, findings: Sequence[Diagnostic], words: Catalogue) -> bytes:
    """What was gathered into a table of opinions; ``findings`` are those of the plan."""
    opinions = found.opinions
    shape: Shape = {
        "version": VERSION,
        "plan": found.plan,
        "written": found.written,
        "table": found.table,
        "opinions": len(opinions.rows) + len(opinions.loose),
        "received": [
            {"file": one.path, "unit": one.sender.name, "registered": one.sender.registered, "opinions": one.count}
            for one in opinions.received
        ],
    }
    return dump(shape | found_in(found.plan, findings, words))
