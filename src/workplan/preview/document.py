"""One document as it is shown: its pages, each with a digest, and where every text of it stands."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.preview import placing
from workplan.preview.glyphs import Opened, Page
from workplan.preview.placing import Said
from workplan.view.sequence import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.preview.placing import Line, Placed
    from workplan.render.pdf.drawn import Drawn, Entry
    from workplan.view.assignments import Sheet
    from workplan.view.blocks import Official

#: What of a page's operations changes with the characters of other pages: the numbers of glyphs, the names of faces.
_OF_FACES = re.compile(rb"<[0-9A-Fa-f\s]*>|/\S+ [0-9.]+ Tf")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with its digest; ``key`` is that of all from which it was read."""

    key: str
    digest: str
    page: Page


@dataclass(frozen=True, slots=True)
class Shown:
    """A document on screen; ``opened`` draws its pictures."""

    opened: Opened
    leaves: tuple[Leaf, ...]
    placed: Placed
    outline: tuple[dict[str, object], ...]

    def pages(self) -> list[dict[str, object]]:
        """The pages as the browser learns of them."""
        return [
            {"number": number, "width": leaf.page.width, "height": leaf.page.height, "digest": leaf.digest}
            for number, leaf in enumerate(self.leaves, 1)
        ]

    def lines(self, number: int) -> list[dict[str, object]]:
        """The text layer of a page."""
        return [_line(line) for line in self.placed.lines[number - 1]]


def shown(drawn: Drawn, texts: Iterable[Said], before: Shown | None = None) -> Shown:
    """A document that was just drawn; pages that are as they were ``before`` are not read again."""
    known = {leaf.key: leaf for leaf in before.leaves} if before is not None else {}
    faces = hashlib.sha256(
        repr([(name, face.name, sorted(face.texts.items())) for name, face in sorted(drawn.faces.items())]).encode()
    )
    opened = Opened(drawn.content)
    leaves = []
    for number, sheet in enumerate(drawn.sheets, 1):
        said = b"\n".join(_bytes(one) for one in sheet.operations)
        made = faces.copy()
        made.update(said)
        key = f"{made.hexdigest()}{sheet.width}x{sheet.height}"
        leaves.append(known.get(key) or _leaf(key, said, opened.page(number)))
    placed = placing.place([leaf.page for leaf in leaves], texts)
    return Shown(opened, tuple(leaves), placed, tuple(_outline(drawn.outline, placed)))


def _bytes(operation: object) -> bytes:
    data = getattr(operation, "data", operation)
    return data if isinstance(data, bytes) else str(data).encode()


def _leaf(key: str, said: bytes, page: Page) -> Leaf:
    words = "".join(glyph.text for glyph in page.glyphs)
    look = b"%s\0%s\0%.1fx%.1f" % (_OF_FACES.sub(b"", said), words.encode(), page.width, page.height)
    return Leaf(key, hashlib.sha256(look).hexdigest()[:20], page)


def official_texts(official: Official) -> Iterator[Said]:
    """The texts of the official document in printed order."""
    for section in official.sections:
        for group in section.groups:
            for block in group.blocks:
                if isinstance(block, Table):
                    yield from (Said(one.address, one.runs) for one in block.elements)
                else:
                    yield Said(block.address, block.runs)


def sheet_texts(sheet: Sheet) -> Iterator[Said]:
    """The texts of a task sheet likewise."""
    for block in sheet.blocks:
        for line in block.lines:
            yield Said(line.address, (*line.named, *line.runs))


def _outline(entries: Iterable[Entry], placed: Placed, level: int = 1) -> Iterator[dict[str, object]]:
    for entry in entries:
        page = min(entry.page, len(placed.lines) - 1)
        below = (line for line in placed.lines[page] if line.box[3] > entry.down and any(line.letters))
        letter = next((one for line in below for one in line.letters if one), None)
        yield {
            "text": entry.title,
            "level": level,
            "page": page + 1,
            "y": round(float(entry.down), 2),
            "address": letter.said.address if letter else None,
        }
        yield from _outline(entry.below, placed, level + 1)


def _line(line: Line) -> dict[str, object]:
    """A printed line: its place in the plan is that of its first character that a file has, else of the key that asks for it."""
    letters = [letter for letter in line.letters if letter is not None]
    own = next((letter for letter in letters if letter.run.start is not None), None)
    letter = own or next(iter(letters), None)
    span = letter.run.span(letter.index, letter.index + 1) if letter is not None else None
    is_placed = span is not None and span.file != ""
    return {
        "text": line.text,
        "box": [round(length, 2) for length in line.box],
        "size": round(line.glyphs[0].size, 2),
        "chars": [round(glyph.left, 2) for glyph in line.glyphs],
        "address": letters[0].said.address if letters else None,
        "file": span.file if span is not None and is_placed else None,
        "line": span.line if span is not None and is_placed else None,
        "column": span.column if span is not None and is_placed else None,
    }
