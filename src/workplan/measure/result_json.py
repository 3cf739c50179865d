"""The JSON of ``workplan measure``: stable, keys may be added, none is ever renamed or removed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from workplan.diagnostic import visible_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan.measure import MeasureReport
    from workplan.measure.requirement import Measurement
    from workplan.resources.messages import Catalogue


def dump(report: MeasureReport, hides: Mapping[str, Any], words: Catalogue, findings: Mapping[str, Any]) -> bytes:
    """Everything measured, what the file ``hides`` (``hidden.wording.shape``), then the ``findings`` in the shape of ``check``.

    The line of a finding is its page.
    """
    return _written(
        {
            "version": 1,
            "file": report.file,
            "pages": report.pages,
            "summary": findings["summary"],
            "measured": [_item(item, words) for item in report.items],
            "absent": list(report.absent),
            "unsought": list(report.unsought),
            **hides,
            "diagnostics": findings["diagnostics"],
        }
    )


def unmeasured(file: str, hides: Mapping[str, Any]) -> bytes:
    """The same for a file that cannot be measured: everything that was not examined is null."""
    unknown = dict.fromkeys(("pages", "summary", "measured", "absent", "unsought"))
    return _written({"version": 1, "file": file, **unknown, **hides, "diagnostics": None})


def _written(shape: Mapping[str, Any]) -> bytes:
    return (visible_json(json.dumps(shape, ensure_ascii=False, indent=2)) + "\n").encode()


def _item(item: Measurement, words: Catalogue) -> dict[str, Any]:
    asked, value = item.requirement, item.worst.value
    return {
        "rule": asked.rule,
        "name": words.text(f"{asked.rule}.name"),
        "page": item.worst.page,
        "measured": value if isinstance(value, str) else round(value, 3),
        "required": asked.required if isinstance(asked.required, str) else [round(one, 3) for one in asked.required],
        "tolerance": asked.tolerance,
        "unit": asked.unit,
        "clause": asked.clause,
        "strength": str(asked.strength),
        "verdict": item.verdict,
        "places": item.places,
        "reading": item.worst.reading,
    }
