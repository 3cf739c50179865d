"""Every key of the language, and every word that a key chooses from, is used by one of the made-up plans."""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Annotated, Any, Literal

from full_plans import FULL, YEARS, plan
from test_named_everywhere import NAMED
from workplan.compiler import compile_plan
from workplan.language.model import Record, Registry
from workplan.language.model.decode import decode
from workplan.language.scalar import File
from workplan.language.syntax import parse
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Iterator


def used() -> dict[type[Record], dict[str, list[Any]]]:
    """By record type and key, every value that the plans and the registry write; a key counts for the type that has it."""
    found: dict[type[Record], dict[str, list[Any]]] = {}
    for record in written():
        for kind in (kind for kind in type(record).__mro__ if issubclass(kind, Record)):
            for name, field in own_fields(kind).items():
                key = field.alias or name
                if record.node.get(key) is not None:
                    found.setdefault(kind, {}).setdefault(key, []).append(getattr(record, name))
    return found


def own_fields(kind: type[Record]) -> dict[str, Any]:
    """The fields that a record has and those that it is made from have not, but for bases that are no record of a plan."""
    above = [base for base in kind.__bases__ if issubclass(base, Record) and not base.__name__.startswith("_")]
    return {
        name: field for name, field in kind.model_fields.items() if all(name not in base.model_fields for base in above)
    }


def written() -> Iterator[Record]:
    named = compile_plan(Directory(NAMED)).plan
    assert named is not None
    for one in (*map(plan, YEARS), named):
        yield from below(one.document)
        for part in one.sections:
            yield from below(part.part)
    registry = FULL / "plan" / "units.yaml"
    node, _ = parse(File("units.yaml", registry.read_text("utf-8")))
    assert node is not None
    record, findings = decode(node, Registry)
    assert record is not None
    assert not findings
    yield from below(record)


def below(value: object) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
        for name in type(value).model_fields:
            yield from below(getattr(value, name))
    elif isinstance(value, (tuple, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from below(one)


def record_types(base: type[Record] = Record) -> Iterator[type[Record]]:
    """Every record that a plan file can hold; a name with an underscore is only a base of others. Answers are no part of a plan."""
    for kind in base.__subclasses__():
        if not kind.__name__.startswith("_") and kind.__module__ != "workplan.language.model.progress":
            yield kind
        yield from record_types(kind)


def words(annotation: object) -> set[str]:
    """The words that a key chooses from."""
    if typing.get_origin(annotation) is Literal:
        return set(typing.get_args(annotation))
    if typing.get_origin(annotation) in (None, tuple, dict):
        return set()
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) is Annotated:
        arguments = arguments[:1]
    return set().union(*map(words, arguments))


def test_every_key_of_the_language_is_used() -> None:
    """A new key fails here until one of the plans uses it and the text written by hand shows what it does."""
    present = used()
    unused = [
        f"{kind.__name__}.{field.alias or name}"
        for kind in record_types()
        for name, field in own_fields(kind).items()
        if (field.alias or name) not in present.get(kind, {})
    ]
    assert unused == []


def test_every_word_that_a_key_chooses_from_is_used() -> None:
    present = used()
    unused = [
        f"{kind.__name__}.{field.alias or name}: {word}"
        for kind in record_types()
        for name, field in own_fields(kind).items()
        for word in words(field.annotation) | {word for note in field.metadata for word in words(note)}
        if word not in present[kind].get(field.alias or name, [])
    ]
    assert unused == []
    assert words(
        next(kind for kind in record_types() if kind.__name__ == "DocumentStyle").model_fields["grid"].annotation
    )
