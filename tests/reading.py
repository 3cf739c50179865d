"""Reads built documents back as text: what the tests compare with the text that was to be printed."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import docx
from docx.table import Table as WordTable
from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from docx.blkcntnr import BlockItemContainer
    from docx.document import Document

_PAGE_NUMBER = re.compile(r"^\s*—\s*\d+\s*—\s*$", re.MULTILINE)


def squeezed(text: str) -> str:
    """The text without any white space: blanks, full-width ones too, tabs, line and page ends."""
    return re.sub(r"\s", "", text)


def lines(text: str) -> list[str]:
    """The lines that hold something."""
    return [line for line in text.split("\n") if line.strip()]


def pdf(path: Path, *options: str) -> list[str]:
    """The text of each page, as pdftotext finds it, without page numbers."""
    made = subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, encoding="utf-8", check=True)
    return [_PAGE_NUMBER.sub("", page) for page in made.stdout.split("\f")]


def web(path: Path) -> str:
    """The text of a page's document."""
    return document_of(path.read_bytes())


def document_of(content: bytes) -> str:
    """The text of a page, without what stands beside the document: 信息公开 and the list of headings."""
    body = html.document_fromstring(content).find("body")
    assert body is not None
    for beside in body.cssselect("nav, .disclosure"):
        beside.drop_tree()
    return str(body.text_content())


def word(path: Path) -> list[str]:
    """The paragraphs and, one line each, the table rows of a Word document in order, lines inside them joined."""
    return [squeezed_lines for line in _blocks(docx.Document(str(path))) if (squeezed_lines := line.replace("\n", ""))]


def _blocks(holder: Document | BlockItemContainer) -> Iterator[str]:
    for block in holder.iter_inner_content():
        if isinstance(block, WordTable):
            yield from _rows(block)
        else:
            yield block.text


def _rows(table: WordTable) -> Iterator[str]:
    """Each row as one line, its cells parted by tabs; a merged cell is read once, where it begins."""
    seen = set()
    for row in table.rows:
        fresh = []
        for cell in row.cells:
            if cell._tc not in seen:  # noqa: SLF001 - python-docx has no other name for a merged cell
                seen.add(cell._tc)  # noqa: SLF001 - likewise
                fresh.append("".join(_blocks(cell)))
        yield "\t".join(fresh)


def unrepeated(pages: Sequence[str], headers: Sequence[str]) -> str:
    """The text of all pages without white space, and without the table headers that a later page repeats on its top."""
    text = ""
    for page in map(squeezed, pages):
        repeated = (header for header in map(squeezed, headers) if header in text and page.startswith(header))
        text += page.removeprefix(next(repeated, ""))
    return text
