"""JSON Schemas of the plan's files, from the same types that validate them, with words for every key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from workplan.language.model.base import Record
from workplan.language.model.examples import EXAMPLES
from workplan.language.model.plan import Document, Part
from workplan.language.model.progress import Progress
from workplan.language.model.registry import Registry
from workplan.resources.messages import key_words

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS: dict[str, Any] = {"document": Document, "part": Part, "units": Registry, "progress": Progress}
#: The folder beside the registry that the plan's files name as the place of their schemas.
SCHEMA_FOLDER = ".schema"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Parts by the kinds that only they have; every other kind is made of items.
_OWN_KIND = {"table": "TablePart", "assignments": "AssignmentsPart"}
_ITEMS, _ITEM, _TABLE = "ItemsPart", "Item", "table"
#: What stands in a list of items, texts left out.
_AMONG_ITEMS = "ItemOrTable"


def json_schema(which: str, language: str) -> dict[str, Any]:
    """The schema of ``document``, ``part``, ``units`` or ``progress`` files (JSON Schema 2020-12), told in ``zh`` or ``en``."""
    schema = _tidy(TypeAdapter(SCHEMAS[which]).json_schema(mode="validation"))
    definitions = schema.get("$defs", {})
    if "properties" in schema:
        definitions = {SCHEMAS[which].__name__: schema, **definitions}
    types = {kind.__name__: kind for kind in record_types()}
    for name, found in definitions.items():
        _describe(found, types[name], language)
    if _ITEMS in definitions:
        kind = definitions[_ITEMS]["properties"]["kind"]
        schema["$defs"]["Part"] = _by_kind(kind["enum"])
        kind["enum"] = [*kind["enum"], *_OWN_KIND]
        schema["$defs"][_AMONG_ITEMS] = _item_or_table(definitions)
    return {"$schema": _DIALECT, **schema}


def files(language: str) -> dict[str, bytes]:
    """What stands in the folder of schemas, by file name."""
    return {f"{which}.json": dump(which, language) for which in SCHEMAS}


def dump(which: str, language: str) -> bytes:
    """A schema as a file."""
    return (json.dumps(json_schema(which, language), ensure_ascii=False, indent=2) + "\n").encode()


def record_types(base: type[Record] = Record) -> Iterator[type[Record]]:
    """Every record that a plan file can hold; a name with an underscore is only a base of others."""
    for kind in base.__subclasses__():
        if not kind.__name__.startswith("_"):
            yield kind
        yield from record_types(kind)


def keys(kind: type[Record]) -> list[str]:
    """The keys of a record as they are written."""
    return [field.alias or name for name, field in kind.model_fields.items()]


def description(kind: type[Record], key: str, language: str) -> str:
    """What a key says; ``about`` is the record itself. Words stand with the record that brings the key; no word is KeyError."""
    words = key_words(language)
    for each in kind.__mro__:
        found = words.words(each.__name__.lstrip("_")).get(key)
        if isinstance(found, str):
            return found
    raise KeyError(kind.__name__, key)


def example(kind: type[Record], key: str) -> Any:  # noqa: ANN401 - any JSON
    """What one may write under a key; KeyError where nobody has thought of anything."""
    return next(found[key] for each in kind.__mro__ if key in (found := EXAMPLES.get(each.__name__.lstrip("_"), {})))


def _describe(schema: dict[str, Any], kind: type[Record], language: str) -> None:
    schema["description"] = description(kind, "about", language)
    for key, found in schema["properties"].items():
        described = {"description": description(kind, key, language), "examples": [example(kind, key)]}
        schema["properties"][key] = {**described, **found}


def _by_kind(kinds: list[str]) -> dict[str, Any]:
    """A part as its ``kind`` says: a union would offer the keys of all kinds, and complain of all of them at once."""
    chain: dict[str, Any] = _ref(_ITEMS)
    # The outermost one is what the language server offers where no kind is written yet.
    for names, record in (*(((kind,), name) for kind, name in _OWN_KIND.items()), (kinds, _ITEMS)):
        asked = {"properties": {"kind": {"enum": list(names)}}, "required": ["kind"]}
        chain = {"if": asked, "then": _ref(record), "else": chain}
    return {"type": "object", **chain}


def _item_or_table(definitions: dict[str, Any]) -> dict[str, Any]:
    """What stands among items, if it is no text: a table as its ``kind`` says, else an item, where that kind is offered."""
    table = definitions[_OWN_KIND[_TABLE]]["properties"]["kind"]
    definitions[_ITEM]["properties"]["kind"] = table
    asked = {"properties": {"kind": table}, "required": ["kind"]}
    return {"type": "object", "if": asked, "then": _ref(_OWN_KIND[_TABLE]), "else": _ref(_ITEM)}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def _tidy(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Without what editors would offer wrongly: ``null`` (nothing typed is a finding), defaults, made-up titles."""
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {
        key: _named(item) if key in ("properties", "$defs") else _tidy(item)
        for key, item in value.items()
        if not _is_noise(key, item)
    }
    for union in ("anyOf", "oneOf"):
        if union in kept:
            choices = _parts([choice for choice in kept.pop(union) if choice != {"type": "null"}])
            kept |= choices[0] if len(choices) == 1 else {"anyOf": choices}
    return kept


def _named(value: dict[str, Any]) -> dict[str, Any]:
    """What is under names of the plan's own: a key may be called ``title``."""
    return {key: _tidy(item) for key, item in value.items()}


def _parts(choices: list[Any]) -> list[Any]:
    """The choices with all kinds of parts as one, and items and the tables among them as one."""
    for names, whole in (((_ITEMS, *_OWN_KIND.values()), "Part"), ((_ITEM, _OWN_KIND[_TABLE]), _AMONG_ITEMS)):
        refs = [_ref(name) for name in names]
        if all(ref in choices for ref in refs):
            return [_ref(whole) if choice == refs[0] else choice for choice in choices if choice not in refs[1:]]
    return choices


def _is_noise(key: str, item: Any) -> bool:  # noqa: ANN401 - any JSON
    return (key == "title" and isinstance(item, str)) or key in ("default", "discriminator")
