"""PDF by WeasyPrint: the official document and the task sheets, from templates and style sheets that users may replace.

Fonts are cut to the characters of the document before WeasyPrint sees them, so that it embeds exactly the faces that
``resources.fonts`` chose; nothing is fetched except files of the template folders.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from weasyprint import HTML

from workplan.diagnostic import Lacking
from workplan.page import typeset
from workplan.page.grids import GRIDS
from workplan.render.pdf import press, stock
from workplan.render.pdf.lines import LaidOut, Setter
from workplan.render.pdf.tables import TableSetter
from workplan.render.templating import render
from workplan.resources import fonts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.render.pdf.drawn import Drawn
    from workplan.resources.templates import Templates
    from workplan.view.assignments import Sheet
    from workplan.view.blocks import Official

_SHEET, _SHEET_STYLE = "sheet.pdf.html", "sheet.css"
#: What the sheets that are printed now share.
_stocks: list[stock.Stock] = []
#: The document that was printed last and how it was drawn, for a format that is made of that: they follow each other.
_LATEST: list[tuple[tuple[object, ...], Drawn]] = []


def _page(templates: Templates, name: str, context: dict[str, object]) -> HTML:
    return HTML(string=render(templates, name, context), base_url=str(templates.path(name)))


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
    printing: press.Press | None = None
    fit, tables = typeset.Concessions(), TableSetter()
    while True:
        context = {**typeset.context(official, fit), "addressed": not clean}
        tree = _page(templates, "official.pdf.html", context)
        printing = printing or press.of(templates, "official.css", (tree,), official.faces, official.plan)
        setter = Setter(GRIDS[official.grid], official.faces)
        setter.compose(tree.etree_element, keep=not fit.signed_close)
        tables.arrange(tree.etree_element, fit.tables)
        setter.leave_room(tree.etree_element, fit.below)
        document = printing.lay_out(tree)
        placed = tables.placed(document, tree.etree_element)
        better = fit.after(LaidOut.of(document, tree.etree_element, placed, onesided=official.setting.onesided))
        if better == fit:
            setter.space(document)
            return printing.write(document, None if clean else official)
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
    pages = [_page(templates, _SHEET, {"sheet": sheet}) for sheet in sheets]
    shared = (one.press(templates, _SHEET_STYLE, pages) for one in _stocks)
    printing = next(filter(None, shared), None) or press.of(templates, _SHEET_STYLE, pages, (), sheets[0].plan)
    for sheet, page in zip(sheets, pages, strict=True):
        yield sheet, printing.draw(page)


def together(sheets: Sequence[Sheet], templates: Templates) -> bytes:
    """All task sheets as one PDF, in their order, each with its own page numbers; the outline has their titles and headings.

    Raises Refusal as ``official`` does.
    """
    pages = [_page(templates, _SHEET, {"sheet": sheet}) for sheet in sheets]
    printing = press.of(templates, _SHEET_STYLE, pages, (), sheets[0].plan)
    first, *rest = [printing.lay_out(page) for page in pages]
    whole = first.copy([page for document in (first, *rest) for page in document.pages])
    return printing.write(whole).content


@contextmanager
def shared(sheets: Sequence[Sheet], templates: Templates) -> Iterator[None]:
    """Have at hand what these sheets share, for as long as they are made, some at a time, here and in copies of this process."""
    made = stock.of(templates, _SHEET, _SHEET_STYLE, sheets)
    _stocks[:] = [made] if made else []
    try:
        yield
    finally:
        _stocks.clear()


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
    return press.of(templates, sheet, (page,), *plan).print(page)
