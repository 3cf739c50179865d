"""One key of a record in a plan file set to a value, or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Replacement
from workplan.importing.layout import Paragraphs, keyed
from workplan.language import additions, whole_lines
from workplan.language.scalar import Scalar
from workplan.merge import text_ops

if TYPE_CHECKING:
    from workplan.language.model import Record
    from workplan.merge.text_ops import Replacements


def set_key(record: Record, key: str, value: object) -> Replacements | None:
    """A key with that value: changed, put in where it is missing, taken out for None; None where the layout does not let it."""
    node = record.node
    file = node.entries[0].key.file
    entry = next((one for one in node.entries if one.key.text == key), None)
    if entry is None and value is None:
        return ()
    if entry is None:
        return _put(record, key, value)
    if value is None:
        lines = whole_lines.entry(file, node, key)
        return (whole_lines.removal(file, lines),) if lines else _first_out(record, key)
    if isinstance(entry.value, Scalar) and isinstance(value, Paragraphs) and entry.value.paragraphs == value.texts:
        return ()
    if isinstance(entry.value, Scalar) and entry.value.text == value:
        return ()
    made = text_ops.value(file, node, key, value)
    return (made,) if made else None


def _first_out(record: Record, key: str) -> Replacements | None:
    """A key behind a dash taken out: the next one takes its place, unless a comment stands between them."""
    entries = record.node.entries
    if len(entries) == 1 or entries[0].key.text != key:
        return None
    file, span = entries[0].key.file, entries[0].key.span
    gone = file.span(span.start, entries[1].key.span.start)
    between = file.text[additions.last_place(file, entries[0].value) : gone.end]
    return None if "#" in between else (Replacement(gone, "", adds=True),)


def _put(record: Record, key: str, value: object) -> Replacements | None:
    """A key that is not there yet, in the order of the model: before what stands below it there."""
    node = record.node
    file = node.entries[0].key.file
    order = [field.alias or name for name, field in type(record).model_fields.items()]
    above = [entry for entry in node.entries if entry.key.text in order[: order.index(key)]]
    if not above:
        return None
    lines = whole_lines.ending(file, node, above[-1].key.text)
    if lines is None:
        flat = isinstance(value, str)
        return (
            additions.key(file, node, key, additions.quoted(str(value)), behind=[above[-1].key.text]) if flat else None
        )
    return (whole_lines.behind(file, lines, keyed(key, value, lines.indent)),)
