"""PDF by WeasyPrint: the official document and the task sheets, from templates and style sheets that users may replace.

Fonts are cut to the characters of the document before WeasyPrint sees them, so that it embeds exactly the faces that
``resources.fonts`` chose; nothing is fetched except files of the template folders.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from workplan.diagnostic import Diagnostic, Lacking, Refusal, Span
from workplan.page import typeset
from workplan.page.grids import GRIDS
from workplan.render import limits
from workplan.render.pdf import archivable, destinations, drawn, embedding, narrow, tags
from workplan.render.pdf.drawn import Drawn
from workplan.render.pdf.fetching import FONT, Complaints, Folders
from workplan.render.pdf.lines import LaidOut, Setter
from workplan.render.pdf.tables import TableSetter
from workplan.render.templating import render, unreadable
from workplan.resources import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from weasyprint import Document

    from workplan.resources.templates import Templates
    from workplan.view.assignments import Sheet
    from workplan.view.blocks import Official

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Characters that a style sheet may print without writing them: counters and blanks.
_ALWAYS = frozenset("0123456789 ")
#: The document that was printed last and how it was drawn, for a format that is made of that: they follow each other.
_LATEST: list[tuple[tuple[object, ...], Drawn]] = []
_PARAGRAPHS = frozenset({"p", "td", "th", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"})


class _Press:
    """Prints documents that share style sheet and fonts; loading those is most of the work for a small document."""

    def __init__(self, templates: Templates, sheet: str, carried: fonts.FontSet, others: str) -> None:
        self.style = self.told = templates.path(sheet)
        self.faces = {face.name: face.data for face in carried.faces}
        self.fetcher = Folders(templates, carried.faces)
        self.fonts = FontConfiguration()
        self.templates = templates
        self.length = 0
        with self._bounded(), Complaints() as complaints:
            self.styles = [
                CSS(string=source, base_url=str(self.style), font_config=self.fonts, url_fetcher=self.fetcher)
                for source in (_font_faces(carried), _named(_style(templates, sheet), others, carried))
            ]
        self._refuse(complaints.messages)

    def print(self, tree: HTML) -> bytes:
        """The PDF of one page tree; Refusal where a template of the user's asks for something that is not there."""
        return self.draw(tree).content

    def draw(self, tree: HTML) -> Drawn:
        """The same, and how it was drawn."""
        return self.write(self.lay_out(tree))

    def lay_out(self, tree: HTML) -> Document:
        """The pages of a tree, which may still be changed before they are written."""
        tree.url_fetcher = self.fetcher
        self._blame(tree)
        self.length = sum(map(len, tree.etree_element.itertext()))
        with self._bounded(), Complaints() as complaints:
            document = tree.render(font_config=self.fonts, stylesheets=self.styles)
        self._refuse(complaints.messages)
        return document

    def write(self, document: Document, official: Official | None = None) -> Drawn:
        """The PDF of pages laid out, with the addresses of ``official`` as destinations."""
        pages: list[drawn.Sheet] = []
        faces: dict[bytes, drawn.Face] = {}

        def finish(_: Document, writer: object) -> None:
            pages.extend(drawn.sheets(writer))
            faces.update(drawn.faces(document))
            narrow.declare(writer, faces)
            if official is not None:
                destinations.complete(writer, official)
            embedding.pack(writer)

        document.fonts = embedding.Fonts(self.faces)
        with self._bounded(), Complaints() as complaints, tags.replaced():
            written = archivable.write(document, finish)
        used = tuple(document.fonts.values())
        self._refuse(complaints.messages)
        self._refuse(sorted({font.family for font in used if font.family not in self.faces}), "face", "family")
        self._refuse(sorted({f"U+{code:04X}" for font in used for code in font.missing}), "glyph", "code")
        return Drawn.of(written, document, tuple(pages), faces)

    @contextmanager
    def _bounded(self) -> Iterator[None]:
        """Limits where the user has templates or style sheets, of which an error is a finding."""
        try:
            with limits.limited(self.templates, characters=self.length):
                yield
        except Refusal:
            raise
        except limits.REACHED as fault:
            raise limits.refused(fault, Span.whole(str(self.told))) from fault
        except Exception as fault:
            if self.templates.own is None:
                raise  # an error of workplan, not of the user
            self._refuse([str(fault) or type(fault).__name__])

    def _blame(self, tree: HTML) -> None:
        """Name the page's template in findings where it is the user's and the style sheet is not."""
        own = self.templates.own
        page = Path(url2pathname(urlsplit(tree.base_url).path)).name
        if own is not None and (own / page).is_file() and not self.style.is_relative_to(own):
            self.told = own / page

    def _refuse(self, faults: list[str], variant: str = "", named: str = "fault") -> None:
        if faults:
            span = Span.whole(str(self.told))
            raise Refusal(*(Diagnostic("template", span, {named: fault}, variant=variant) for fault in faults))


def _font_faces(carried: fonts.FontSet) -> str:
    faces = "".join(
        f'@font-face {{ font-family: "{face.name}"; src: url("{FONT}{face.name}"); font-weight: normal }}\n'
        for face in carried.faces
    )
    stacks = "".join(f"--{role}: {_families(names)};\n" for role, names in carried.stacks)
    return f"{faces}:root {{\n{stacks}}}\n@page {{\n{stacks}}}\n"


def _families(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _named(source: str, others: str, carried: fonts.FontSet) -> str:
    """The style sheet with the faces in place of ``var(--仿宋)``: WeasyPrint would look them up for every element anew.

    Where a role could be given other faces on the way, by it or by ``others``, its name stays.
    """
    if "@import" in source + others:
        return source
    for role, names in carried.stacks:
        if not re.search(rf"--{role}\s*:", source + others):
            source = re.sub(rf"var\(\s*--{role}\s*\)", _families(names), source)
    return source


def _own_styles(pages: Iterable[HTML]) -> str:
    """What pages say of their style themselves; a style sheet of their own counts as one that is imported."""
    said = []
    for page in pages:
        for element in page.etree_element.iter():
            said.append(element.get("style", ""))
            if element.tag == "link":
                said.append("@import")
            elif element.tag == "style":
                said.append(element.text or "")
    return "\n".join(said)


def _page(templates: Templates, name: str, context: dict[str, object]) -> HTML:
    return HTML(string=render(templates, name, context), base_url=str(templates.path(name)))


def _style(templates: Templates, name: str) -> str:
    try:
        return templates.path(name).read_text("utf-8")
    except OSError as fault:
        raise unreadable(name, fault) from fault
    except UnicodeDecodeError as fault:
        raise Refusal(Diagnostic("template", Span.whole(str(templates.path(name))), {"fault": str(fault)})) from fault


def _passages(pages: Iterable[HTML]) -> Iterator[str]:
    for page in pages:
        for element in page.etree_element.iter():
            if element.tag in _PARAGRAPHS:
                yield "".join(element.itertext()).strip()


def _press(templates: Templates, sheet: str, pages: Sequence[HTML], choices: fonts.Choices, plan: str) -> _Press:
    """A press for these pages; Refusal where a face or a character is missing, before anything is laid out."""
    printed = "".join(text for page in pages for text in page.etree_element.itertext())
    printed += _COMMENT.sub("", _style(templates, sheet))
    characters = _ALWAYS.union(printed)
    if refusal := fonts.refused(characters, _passages(pages), choices, plan):
        raise refusal
    roles = tuple(role for role in fonts.ROLES if f"--{role}" in printed)
    return _Press(templates, sheet, fonts.carry(characters, choices, roles), _own_styles(pages))


def official(official: Official, templates: Templates, *, clean: bool = False) -> bytes:
    """The official document after GB/T 9704: A4, 22 lines of 28 字, masthead, levels, signature, page numbers.

    Its outline has all headings; every address is a named destination, unless the file should be ``clean``.
    Raises Lacking with ``missing-library`` and ``missing-font``, Refusal with findings ``missing-glyph`` (nothing is printed as an empty box) or
    ``template``.
    """
    made = drawn_official(official, templates, clean=clean)
    _LATEST[:] = [((official, templates), made)]
    return made.content


def drawn_official(official: Official, templates: Templates, *, clean: bool = False) -> Drawn:
    """The same, and how it was drawn."""
    if absent := fonts.missing(official.faces, official.plan):
        raise Lacking(*absent)
    press: _Press | None = None
    fit, tables = typeset.Concessions(), TableSetter()
    while True:
        context = {**typeset.context(official, fit), "addressed": not clean}
        tree = _page(templates, "official.pdf.html", context)
        press = press or _press(templates, "official.css", (tree,), official.faces, official.plan)
        setter = Setter(GRIDS[official.grid], official.faces)
        setter.compose(tree.etree_element, keep=not fit.close)
        tables.arrange(tree.etree_element, fit.tables)
        setter.leave_room(tree.etree_element, fit.below)
        document = press.lay_out(tree)
        placed = tables.placed(document, tree.etree_element)
        better = fit.after(LaidOut.of(document, tree.etree_element, placed, onesided=official.setting.onesided))
        if better == fit:
            setter.space(document)
            return press.write(document, None if clean else official)
        fit = better


def latest(official: Official, templates: Templates, *, clean: bool = False) -> Drawn:
    """How the document is drawn: as it just was, where that was the last thing done, else anew. Raises as ``official`` does."""
    of_what, known = _LATEST.pop() if _LATEST else ((), None)
    is_same = known is not None and all(one is other for one, other in zip(of_what, (official, templates), strict=True))
    return known if known is not None and is_same else drawn_official(official, templates, clean=clean)


def sheets(sheets: Sequence[Sheet], templates: Templates) -> Iterator[tuple[Sheet, bytes]]:
    """Each task sheet with its PDF, one after the other, so that progress can be shown; faster than separate calls.

    Raises Refusal as ``official`` does, before the first is written.
    """
    return ((sheet, made.content) for sheet, made in drawn_sheets(sheets, templates))


def drawn_sheets(sheets: Sequence[Sheet], templates: Templates) -> Iterator[tuple[Sheet, Drawn]]:
    """The same, and how they were drawn."""
    if not sheets:
        return
    pages = [_page(templates, "sheet.pdf.html", {"sheet": sheet}) for sheet in sheets]
    press = _press(templates, "sheet.css", pages, (), sheets[0].plan)
    for sheet, page in zip(sheets, pages, strict=True):
        yield sheet, press.draw(page)


def sheet(sheet: Sheet, templates: Templates) -> bytes:
    """The task sheet of one unit."""
    return next(content for _, content in sheets((sheet,), templates))


def pages(
    name: str, sheet: str, context: dict[str, object], templates: Templates, plan: tuple[fonts.Choices, str]
) -> bytes:
    """Any other document: the template ``name`` in the style ``sheet``; ``plan`` is a plan's choice of faces, and its name.

    Raises Refusal as ``official`` does.
    """
    page = _page(templates, name, context)
    return _press(templates, sheet, (page,), *plan).print(page)
