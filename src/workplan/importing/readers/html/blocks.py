"""A page as blocks of text in the order of reading, each with the element that it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from workplan.importing.piece import Align

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

#: Elements that begin a line of their own.
BLOCKS = frozenset(
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
_AROUND = frozenset({"nav", "header", "footer", "aside"})
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "th"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
#: Fewest characters in one cell that make a table with few cells a frame for text, and most such cells.
_PROSE, _FRAME_CELLS = 400, 3


@dataclass
class Block:
    """One block: its text as shown, or ``table``; ``linked`` and ``bold`` count characters in links and in bold."""

    element: _Element
    said: list[str] = field(default_factory=list)
    table: _Element | None = None
    pictures: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0
    number: str = ""
    align: Align = Align.UNKNOWN
    #: Whether it stands in what a page has around its text, such as its navigation.
    around: bool = False

    @cached_property
    def text(self) -> str:
        """What it says; asked for when it has ended."""
        return "".join(self.said)

    @cached_property
    def length(self) -> int:
        """Number of characters that are no blanks."""
        return len("".join(self.text.split()))


def blocks(root: _Element, numbers: Mapping[_Element, str] = MappingProxyType({})) -> list[Block]:
    """The blocks of a page or of a part of it. What is not shown (scripts, hidden boxes) is left out.

    ``numbers`` are those that a browser puts before the items of lists.
    """
    gathered = _Gatherer(numbers)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What holds for the text in an element, by it and those around it."""

    block: _Element
    linked: bool = False
    bold: bool = False
    keeps_lines: bool = False
    around: bool = False
    align: Align = Align.UNKNOWN


def _context(element: _Element, outer: _Context | None) -> _Context:
    kind = tag(element)
    if outer is None:
        outer = _Context(block=element)
    elif kind not in BLOCKS and kind not in _BOLD and kind != "a":
        return outer
    is_block = kind in BLOCKS
    return _Context(
        block=element if is_block else outer.block,
        linked=outer.linked or kind == "a",
        bold=outer.bold or kind in _BOLD,
        keeps_lines=kind == "pre" if is_block else outer.keeps_lines,
        around=outer.around or kind in _AROUND,
        align=_align(element, kind, outer.align) if is_block else outer.align,
    )


def _align(element: _Element, kind: str, outer: Align) -> Align:
    """How the lines of a block are placed: as it says, else as the one around it; a cell of a table is told by itself."""
    styled = _ALIGNED.search(element.get("style") or "")
    said = styled[1] if styled else element.get("align") or ("center" if kind == "center" else "")
    if said:
        return Align(said.lower()) if said.lower() in set(Align) else Align.UNKNOWN
    return Align.UNKNOWN if kind == "td" else outer


class _Gatherer:
    def __init__(self, numbers: Mapping[_Element, str]) -> None:
        self.found: list[Block] = []
        self._numbers = numbers
        self._number = ""
        self._open: Block | None = None

    def walk(self, root: _Element) -> None:
        """Go through an element, its texts and what is in it: by a stack, as pages nest without bound."""
        stack: list[tuple[_Element, Iterator[_Element], _Context]] = []
        self._enter(root, _context(root, None), stack)
        while stack:
            element, inside, context = stack[-1]
            child = next(inside, None)
            if child is not None:
                if not self._enter(child, _context(child, context), stack):
                    self._text(context, child.tail)
                continue
            stack.pop()
            if context.block is element:
                self.end()
            if stack:
                self._text(stack[-1][2], element.tail)

    def _enter(
        self, element: _Element, context: _Context, stack: list[tuple[_Element, Iterator[_Element], _Context]]
    ) -> bool:
        """Begin an element; whether what is in it is looked at."""
        kind = tag(element)
        if not kind or kind in _NOTHING or _is_hidden(element):
            return False
        if kind == "table" and is_data(element):
            self.end()
            said = " ".join(element.itertext())
            self.found.append(Block(element, [said], table=element, around=context.around))
            return False
        if context.block is element:
            self.end()
            self._number += self._numbers.get(element, "")
        if kind == "br":
            self._add(context, "\n")
        if kind == "img":
            self._opened(context).pictures.append(
                (element.get("alt") or element.get("title") or element.get("src") or "")[:200]
            )
        self._text(context, element.text)
        stack.append((element, iter(element), context))
        return True

    def _text(self, context: _Context, text: str | None) -> None:
        if text:
            self._add(context, text if context.keeps_lines else _SPACE.sub(" ", text))

    def _add(self, context: _Context, text: str) -> None:
        if self._open is None and not text.strip():
            return
        block = self._opened(context)
        block.said.append(text)
        length = len("".join(text.split())) if context.linked or context.bold else 0
        block.linked += length if context.linked else 0
        block.bold += length if context.bold else 0

    def _opened(self, context: _Context) -> Block:
        """The block that is open, or a new one."""
        if self._open is None:
            self._open = Block(context.block, number=self._number, align=context.align, around=context.around)
            self._number = ""
        return self._open

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
