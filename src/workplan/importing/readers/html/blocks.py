"""A page as blocks of text in the order of reading, each with the element that it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workplan.importing.piece import Align

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
    }
    | {
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
    }
    | {
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_NOTHING = frozenset(
    {
        "area",
        "audio",
        "button",
        "canvas",
        "embed",
        "head",
        "iframe",
        "input",
        "link",
        "map",
        "meta",
        "noscript",
        "object",
    }
    | {"option", "script", "select", "style", "svg", "template", "textarea", "title", "video"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ALIGNED = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
#: Fewest characters in one cell that make a table with few cells a frame for text, and most such cells.
_PROSE, _FRAME_CELLS = 400, 3


@dataclass
class Block:
    """One block: its text as shown, or ``table``; ``linked`` and ``bold`` count characters in links and in bold."""

    element: _Element
    text: str = ""
    table: _Element | None = None
    pictures: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0

    @property
    def length(self) -> int:
        """Number of characters that are no blanks."""
        return len("".join(self.text.split()))


def blocks(root: _Element) -> list[Block]:
    """The blocks of a page or of a part of it. What is not shown (scripts, hidden boxes) is left out."""
    gathered = _Gatherer()
    gathered.walk(root)
    gathered.end()
    return gathered.found


def tag(element: _Element) -> str:
    """The name of an element in small letters; "" for what is no element."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_data(table: _Element) -> bool:
    """Whether a table is one of the text, and not a frame that an old page puts its text into."""
    if any(True for _ in table.iterdescendants("table")):
        return False
    cells = [cell for row in table.iter("tr") for cell in row if tag(cell) in {"td", "th"}]
    lengths = [len("".join("".join(cell.itertext()).split())) for cell in cells]
    filled = [length for length in lengths if length]
    return len(filled) > 1 and not (len(filled) <= _FRAME_CELLS and max(filled) > _PROSE)


def align(element: _Element) -> Align:
    """How the lines of an element are placed, by itself or the nearest element around it that says so."""
    for one in (element, *element.iterancestors()):
        styled = _ALIGNED.search(one.get("style") or "")
        said = styled[1] if styled else one.get("align") or ("center" if tag(one) == "center" else "")
        if said:
            return Align(said.lower()) if said.lower() in set(Align) else Align.UNKNOWN
        if tag(one) == "td":
            break
    return Align.UNKNOWN


class _Gatherer:
    def __init__(self) -> None:
        self.found: list[Block] = []
        self._open: Block | None = None

    def walk(self, root: _Element) -> None:
        """Go through an element, its texts and what is in it: by a stack, as pages nest without bound."""
        stack: list[Iterator[tuple[_Element, str]]] = [iter(((root, "start"),))]
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                continue
            element, phase = step
            if phase == "tail":
                self._text(element.getparent(), element.tail)
            elif phase == "end":
                self.end()
            elif self._enters(element):
                stack.append(_steps(element))

    def _enters(self, element: _Element) -> bool:
        """Begin an element; whether what is in it is looked at."""
        kind = tag(element)
        if not kind or kind in _NOTHING or _is_hidden(element):
            return False
        if kind == "table" and is_data(element):
            self.end()
            self.found.append(Block(element, table=element, text=" ".join(element.itertext())))
            return False
        if kind in _BLOCKS:
            self.end()
        if kind == "br":
            self._add(element.getparent(), "\n")
        if kind == "img":
            self._picture(element)
        self._text(element, element.text)
        return True

    def _picture(self, element: _Element) -> None:
        if self._open is None:
            self._open = Block(_block_of(element.getparent()))
        self._open.pictures.append((element.get("alt") or element.get("title") or element.get("src") or "")[:200])

    def _text(self, element: _Element | None, text: str | None) -> None:
        if text and element is not None:
            self._add(element, text if _keeps_lines(element) else _SPACE.sub(" ", text))

    def _add(self, element: _Element | None, text: str) -> None:
        if self._open is None:
            if not text.strip() or element is None:
                return
            self._open = Block(_block_of(element))
        self._open.text += text
        length = len("".join(text.split()))
        kinds = {tag(one) for one in _inline(element)}
        self._open.linked += length if "a" in kinds else 0
        self._open.bold += length if kinds & {"b", "strong", "h1", "h2", "h3", "th"} else 0

    def end(self) -> None:
        """End the block that is open."""
        if self._open is not None and (self._open.text.strip() or self._open.pictures):
            self.found.append(self._open)
        self._open = None


def _is_hidden(element: _Element) -> bool:
    """Whether an element is not shown; a whole page is hidden only until its scripts have run."""
    if tag(element) in {"html", "body"}:
        return False
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _steps(element: _Element) -> Iterator[tuple[_Element, str]]:
    for one in element:
        yield one, "start"
        yield one, "tail"
    if tag(element) in _BLOCKS:
        yield element, "end"


def _inline(element: _Element | None) -> Iterator[_Element]:
    """An element and those around it, up to its block."""
    while element is not None:
        yield element
        if tag(element) in _BLOCKS:
            return
        element = element.getparent()


def _block_of(element: _Element | None) -> _Element:
    *_, last = _inline(element)
    return last


def _keeps_lines(element: _Element) -> bool:
    return any(tag(one) == "pre" for one in _inline(element))
