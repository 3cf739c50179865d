"""The addresses of a document as named destinations of its PDF, so that links and programs find every text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]  # WeasyPrint's writer, which has no types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.view.blocks import Official


def complete(pdf: Any, official: Official) -> None:  # noqa: ANN401 - WeasyPrint's PDF, which has no types
    """Give each element without a box of its own the destination of its surroundings, and sort the names as PDF requires.

    WeasyPrint names what has an id. Some readers look names up by bytes (ISO 32000-1 7.9.6), some by characters: with all
    names in UTF-16 both find the same order.
    """
    if "Names" not in pdf.catalog or "Dests" not in pdf.catalog["Names"]:
        return
    tree = pdf.catalog["Names"]["Dests"]
    names = tree["Names"]
    known = dict(zip((name.data for name in names[::2]), names[1::2], strict=True))
    places = {}
    for address, holder in _holders(official):
        place = known.get(pydyf.String(address).data, known.get(pydyf.String(holder).data))
        if place is not None:
            places[_utf16(address)] = place
    addresses = {pydyf.String(element.address).data for element in official.elements}
    places |= {name: place for name, place in known.items() if name not in addresses}
    tree["Names"] = pydyf.Array([part for name in sorted(places) for part in (name, places[name])])


def _utf16(name: str) -> bytes:
    """A name as a string of a PDF, in hexadecimal digits with a byte order mark."""
    return b"<feff%s>" % name.encode("utf-16-be").hex().encode()


def _holders(official: Official) -> Iterator[tuple[str, str]]:
    """The address of each element, and that of the element with a box: the first of its paragraph or of its group."""
    for section in official.sections:
        for group in section.groups:
            for block in group.blocks:
                holder = block if group.name == "body" else group.blocks[0]
                yield from ((element.address, holder.address) for element in block.elements)
