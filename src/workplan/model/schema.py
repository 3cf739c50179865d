"""JSON Schemas of the plan's files, from the same types that validate them."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from workplan.model.plan import Document, Part
from workplan.model.registry import Registry

SCHEMAS: dict[str, Any] = {"document": Document, "part": Part, "units": Registry}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(which: str) -> dict[str, Any]:
    """The schema of ``document``, ``part`` or ``units`` files (JSON Schema 2020-12)."""
    schema = TypeAdapter(SCHEMAS[which]).json_schema(mode="validation")
    return {"$schema": _DIALECT, **_tidy(schema)}


def _tidy(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Without what editors would offer wrongly: ``null`` (nothing typed is a finding), defaults, made-up titles."""
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _tidy(item) for key, item in value.items() if not _is_noise(key, item)}
    choices = kept.get("anyOf")
    if isinstance(choices, list):
        choices = [choice for choice in choices if choice != {"type": "null"}]
        if len(choices) == 1:
            return {**{key: item for key, item in kept.items() if key != "anyOf"}, **choices[0]}
        kept["anyOf"] = choices
    return kept


def _is_noise(key: str, item: Any) -> bool:  # noqa: ANN401 - any JSON
    return (key == "title" and isinstance(item, str)) or (key == "default" and item in (None, [], {}, False))
