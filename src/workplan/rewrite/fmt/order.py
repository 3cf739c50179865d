"""The order of keys: that of the types in ``model``, with what tells a record's kind before everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from workplan.language.model import Record, Unit
from workplan.language.model.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import TypeForm

    from workplan.language.syntax import Node

#: The key that tells what a part is, so that the rest of it can be read.
_KIND = "kind"
#: The order of keys in the mapping that begins at an offset.
Order = dict[int, tuple[str, ...]]


def key_order(root: Node, kind: TypeForm[Any]) -> Order:
    """For every record of a file, by where its mapping begins, its keys in order.

    Mappings that are no records (units by label, targets, checks) keep the order in which they were written.
    """
    record, _ = decode(root, kind)
    return {found.node.span.start: _keys(found) for found in _records(record)}


def _keys(record: Record) -> tuple[str, ...]:
    known = [field.alias or name for name, field in type(record).model_fields.items()]
    own = [entry.key.text for entry in record.node.entries if entry.key.text not in known]
    first = [_KIND] if _KIND in known and not isinstance(record, Unit) else []
    return (*first, *own, *(name for name in known if name not in first))


def _records(value: object) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _records(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _records(item)
