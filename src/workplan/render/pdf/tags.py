"""The structure of a PDF: what is a heading, a paragraph, a table, whatever pages and lines it is printed on.

WeasyPrint has an element for every line, parts what a page parts, and knows headings by the names of HTML alone. Here what the
outline of the file has is a heading, also at the beginning of a paragraph; a paragraph or a table is one, and what is printed
for paper alone (page numbers, the header row on further pages) is an artifact. Where a document has what is not known here,
links, forms, pictures or lists, WeasyPrint's own way is taken.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pydyf  # type: ignore[import-untyped]  # WeasyPrint's writer, which has no types
import weasyprint.pdf as writer
from weasyprint.formatting_structure.boxes import MarginBox, TextBox
from weasyprint.layout.absolute import AbsolutePlaceholder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

#: Types of structure by the names of HTML; others are only boxes around something.
_TYPES = {
    "p": "P",
    "dt": "P",
    "dd": "P",
    "section": "Sect",
    "article": "Art",
    "main": "Part",
    "blockquote": "BlockQuote",
}
_TYPES |= {"table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD"}
_PARTS_OF_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "th", "td"})
#: Tables that only put something beside something else.
_PRESENTATION = "presentation"
_UNKNOWN = frozenset({"ul", "ol", "li", "a", "img", "input", "form"})
#: Types that hold text themselves; in others it becomes a paragraph.
_WITH_TEXT = frozenset({"P", "TH", "TD", "H1", "H2", "H3", "H4", "H5", "H6"})
_DEEPEST = 6


@dataclass(eq=False, slots=True)
class _Part:
    """An element of the structure, with its parts and its pieces of text (page and number there) in order."""

    kind: str
    attributes: dict[str, object] = field(default_factory=dict)
    kids: list[_Part | tuple[int, int]] = field(default_factory=list)


@contextmanager
def replaced() -> Iterator[None]:
    """Within it, WeasyPrint tags PDFs as it is done here."""
    usual = getattr(writer, "add_tags", None)
    if usual is not None:
        writer.add_tags = _add
    try:
        yield
    finally:
        if usual is not None:
            writer.add_tags = usual


_usual = getattr(writer, "add_tags", None)


def _add(pdf: Any, document: Any, version: Any, streams: Sequence[Any]) -> None:  # noqa: ANN401 - WeasyPrint has no types
    reader = _Reader()
    known = all(tag["tag"] == "Span" for stream in streams for tag in stream._tags.values())  # noqa: SLF001 - the only way to what is drawn
    for number, page in enumerate(document.pages if known else ()):
        reader.read(page._page_box, number, streams[number]._tags)  # noqa: SLF001 - likewise
    if not known or not reader.knows_all(streams):
        _usual(pdf, document, version, streams)  # type: ignore[misc]  # it is there, or this is not called
        return
    for number, stream in enumerate(streams):
        _mark_artifacts(stream, reader.artifacts.get(number, ()))
    _write(pdf, reader.root, [len(stream._tags) for stream in streams])  # noqa: SLF001 - likewise
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Reader:
    """Finds the structure in the boxes of the pages."""

    def __init__(self) -> None:
        self.root = _Part("Document")
        self.artifacts: dict[int, set[int]] = {}
        self._known: dict[tuple[object, str], _Part] = {}
        self._headers: dict[object, int] = {}
        self._read: set[object] = set()
        self._foreign = False

    def read(self, page: Any, number: int, tags: Mapping[Any, Mapping[str, int]]) -> None:  # noqa: ANN401 - as above
        """One page; ``tags`` has the number of each piece of text that is drawn on it."""
        self._walk(page, self.root, number, tags, paper=False)

    def knows_all(self, streams: Sequence[Any]) -> bool:
        """Whether every piece of text has its place."""
        return not self._foreign and sum(len(stream._tags) for stream in streams) == len(self._read)  # noqa: SLF001 - as above

    def _walk(self, box: Any, parent: _Part, page: int, tags: Mapping[Any, Any], *, paper: bool) -> None:  # noqa: ANN401 - as above
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001 - what it stands for
        if isinstance(box, TextBox):
            if box in tags:
                self._read.add(box)
                self._take(box, parent, (page, tags[box]["mcid"]), paper=paper)
            return
        if box.link_annotation or box.element_tag in _UNKNOWN:
            self._foreign = True
        if getattr(box, "is_header", False) and self._headers.setdefault(box.element, page) != page:
            paper = True
        own = parent if paper else self._part(box, parent)
        for child in getattr(box, "children", ()):
            self._walk(child, own, page, tags, paper=paper or isinstance(box, MarginBox))

    def _take(self, box: Any, parent: _Part, piece: tuple[int, int], *, paper: bool) -> None:  # noqa: ANN401 - as above
        if paper:
            self.artifacts.setdefault(piece[0], set()).add(piece[1])
            return
        holder = parent if parent.kind in _WITH_TEXT else self._child(parent, (box.element, "text"), "P")
        holder.kids.append(piece)

    def _part(self, box: Any, parent: _Part) -> _Part:  # noqa: ANN401 - as above
        """The part of the structure that a box belongs to."""
        element, tag = box.element, box.element_tag or ""
        if element is None or ":" in tag:
            return parent
        level = box.style["bookmark_level"]
        if level != "none":
            return self._child(parent, (element, "part"), f"H{min(level, _DEEPEST)}")
        if tag == "p" and any(child.get("data-outline") for child in element):
            return parent  # a heading at its beginning stands beside its text, not in it
        kind = _TYPES.get(tag)
        if kind is None or (tag in _PARTS_OF_TABLES and self._presents(box, parent)):
            return parent
        return self._child(parent, (element, "part"), kind, _of_cell(box) if tag in ("td", "th") else {})

    @staticmethod
    def _presents(box: Any, parent: _Part) -> bool:  # noqa: ANN401 - as above
        """Whether a table, or the one around a part of it, only puts something beside something else."""
        if box.element_tag == "table":
            return bool(box.element.get("role") == _PRESENTATION)
        return parent.kind not in {"Table", "THead", "TBody", "TFoot", "TR"}

    def _child(
        self, parent: _Part, key: tuple[object, str], kind: str, attributes: dict[str, object] | None = None
    ) -> _Part:
        if key not in self._known:
            self._known[key] = part = _Part(kind, attributes or {})
            parent.kids.append(part)
        return self._known[key]


def _of_cell(box: Any) -> dict[str, object]:  # noqa: ANN401 - as above
    spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
    scope = {"Scope": "/Column"} if box.element_tag == "th" else {}
    return scope | {name: span for name, span in spans.items() if span != 1}


def _mark_artifacts(stream: Any, numbers: Collection[int]) -> None:  # noqa: ANN401 - as above
    """Make artifacts of the pieces of text with those numbers: a tag and its properties stand one after the other."""
    parts = stream.stream
    for place, part in enumerate(parts if numbers else ()):
        if isinstance(part, dict) and part.get("MCID") in numbers:
            parts[place - 1 : place + 1] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})


def _write(pdf: Any, root: _Part, pieces: Sequence[int]) -> None:  # noqa: ANN401 - as above
    """The structure, with the way back from the text of each page, which has so many ``pieces``."""
    owners: list[list[bytes]] = [[b"null"] * count for count in pieces]
    tree = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(tree)
    document = _element(pdf, root, tree.reference, pdf.page_references, owners)
    back = pydyf.Array()
    for number, owner in enumerate(owners):
        back.extend((number, pydyf.Array(owner)))
    numbers = pydyf.Dictionary({"Nums": back})
    pdf.add_object(numbers)
    tree |= {"K": pydyf.Array([document]), "ParentTree": numbers.reference, "ParentTreeNextKey": len(owners)}
    pdf.catalog["StructTreeRoot"] = tree.reference


def _element(pdf: Any, part: _Part, parent: bytes, pages: Sequence[bytes], owners: list[list[bytes]]) -> bytes:  # noqa: ANN401 - as above
    made = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{part.kind}", "P": parent})
    pdf.add_object(made)
    reference = bytes(made.reference)
    if part.attributes:
        made["A"] = pydyf.Dictionary({"O": "/Table", **part.attributes})
    kids = pydyf.Array()
    own = next((kid[0] for kid in part.kids if isinstance(kid, tuple)), None)
    if own is not None:
        made["Pg"] = pages[own]
    for kid in part.kids:
        if isinstance(kid, _Part):
            kids.append(_element(pdf, kid, reference, pages, owners))
            continue
        page, number = kid
        owners[page][number] = reference
        elsewhere = pydyf.Dictionary({"Type": "/MCR", "Pg": pages[page], "MCID": number})
        kids.append(number if page == own else elsewhere)
    made["K"] = kids
    return reference
