"""What the Word template of the task sheet gets: its lines, each one value, or a label and a value.

``blocks`` (``kind`` and ``lines``) or ``lines`` alone, in reading order; each line has its ``role``, ``label``, ``text`` and
``address``. There are also ``unit``, ``title``, ``status`` and ``blanks``, and ``sheet`` itself, as for every other template
of a sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.render.docx.addressed_text import AddressedText

if TYPE_CHECKING:
    from workplan.view.assignments import Sheet
    from workplan.view.sheet_lines import SheetLine

Context = dict[str, object]


def sheet(sheet: Sheet) -> Context:
    """A task sheet's values."""
    blocks = [{"kind": str(block.kind), "lines": [_line(line) for line in block.lines]} for block in sheet.blocks]
    return {
        "sheet": sheet,
        "unit": sheet.unit,
        "title": sheet.title,
        "status": sheet.status,
        "blanks": list(sheet.blanks),
        "blocks": blocks,
        "lines": [_line(line) for line in sheet.lines],
    }


def _line(line: SheetLine) -> Context:
    label, text = (AddressedText(words, line.address, line.role) for words in (line.label, line.text))
    return {"role": str(line.role), "label": label, "text": text, "address": line.address}
