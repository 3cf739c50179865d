"""What a PDF hides, except for author and program in its properties, which are usual."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse
from workplan.measure.hidden.found import HiddenKind, of_kind
from workplan.measure.hidden.objects import Name, Objects, Reference, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workplan.measure.hidden.found import Hidden
    from workplan.measure.hidden.objects import Value

#: Annotations that are no notes: links, form fields, printers' marks, the window of a note; files are another kind.
_NO_NOTES = frozenset({"", "Link", "Widget", "Popup", "PrinterMark", "TrapNet", "FileAttachment"})


def hidden(content: bytes, file: str) -> tuple[Hidden, ...]:
    """What a PDF hides, in the order of ``HiddenKind``. Raises Misuse where it is locked or broken."""
    from pypdfium2 import raw  # noqa: PLC0415 - PDFium is slow to load

    from workplan.measure.reader import document  # noqa: PLC0415 - likewise

    copy = io.BytesIO()
    with document(content, file) as opened:
        # An owner's password forbids changes, not reading; the copy is not kept.
        opened.save(copy, flags=raw.FPDF_REMOVE_SECURITY)
    try:
        objects = Objects(copy.getvalue())
    except ValueError as fault:
        raise Misuse("measure-broken", path=file) from fault
    return _found(objects)


def hidden_by_build(content: bytes, file: str) -> tuple[Hidden, ...]:
    """The same for a PDF that a build wrote: its objects are read as they stand, without PDFium, in a fifth of the time."""
    with suppress(ValueError):  # another WeasyPrint may pack them otherwise
        objects = Written(content)
        if objects.root:
            return _found(objects)
    return hidden(content, file)


def _found(objects: Objects) -> tuple[Hidden, ...]:
    every = ((kind, tuple(look(objects))) for kind, look in _LOOKS.items())
    return tuple(of_kind(kind, texts) for kind, texts in every if texts)


def _destinations(objects: Objects) -> Iterator[str]:
    """Names to which a link from outside can lead: workplan's are the addresses of printed texts."""
    # PDF 1.1 has them as keys of one dictionary, later versions in a tree of names (7.9.6).
    names = set(objects.table(objects.root, "Dests"))
    for node in objects.below(objects.table(objects.root, "Names").get("Dests")):
        names.update(map(objects.text, objects.row(node.get("Names"))[::2]))
    yield from sorted(names)


def _attachments(objects: Objects) -> Iterator[str]:
    for one in objects.below(objects.root):
        if objects.table(one.get("EF")):
            yield objects.text(one.get("UF")) or objects.text(one.get("F"))


def _annotations(objects: Objects) -> Iterator[str]:
    for page in objects.below(objects.root):
        if page.get("Type") == Name("Page"):
            for note in map(objects.table, objects.row(page.get("Annots"))):
                kind = objects.text(note.get("Subtype"))
                if kind not in _NO_NOTES:
                    yield objects.text(note.get("Contents")) or kind


def _layers(objects: Objects) -> Iterator[str]:
    """The groups of optional content that are switched off when the document is opened (8.11.4)."""
    properties = objects.table(objects.root, "OCProperties")
    usual = objects.table(properties.get("D"))
    off = _references(objects.row(usual.get("OFF")))
    if usual.get("BaseState") == Name("OFF"):
        off |= _references(objects.row(properties.get("OCGs"))) - _references(objects.row(usual.get("ON")))
    for layer in sorted(off, key=lambda one: one.number):
        yield objects.text(objects.table(layer).get("Name"))


def _references(values: list[Value]) -> set[Reference]:
    return {value for value in values if isinstance(value, Reference)}


def _scripts(objects: Objects) -> Iterator[str]:
    for action in objects.below(objects.root):
        if action.get("S") == Name("JavaScript"):
            yield objects.text(action.get("JS"))


_LOOKS: dict[HiddenKind, Callable[[Objects], Iterator[str]]] = {
    HiddenKind.DESTINATIONS: _destinations,
    HiddenKind.ATTACHMENTS: _attachments,
    HiddenKind.ANNOTATIONS: _annotations,
    HiddenKind.LAYERS: _layers,
    HiddenKind.JAVASCRIPT: _scripts,
}
