"""What prints pages: a style sheet and faces, loaded once for all pages that share them."""

from __future__ import annotations

import re
import weakref
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint import CSS, HTML
from weasyprint.text.ffi import fontconfig
from weasyprint.text.fonts import FontConfiguration

from workplan.diagnostic import Diagnostic, Refusal, Span
from workplan.files import passing
from workplan.render import limits
from workplan.render.pdf import archivable, destinations, drawn, embedding, narrow, quick, tags
from workplan.render.pdf.drawn import Drawn
from workplan.render.pdf.fetching import FONT, Complaints, Folders
from workplan.render.templating import unreadable
from workplan.resources import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from weasyprint import Document

    from workplan.resources.templates import Templates
    from workplan.view.blocks import Official

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Characters that a style sheet may print without writing them: counters and blanks.
_ALWAYS = frozenset("0123456789 ")
_PARAGRAPHS = frozenset({"p", "td", "th", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"})

quick.install()


class Press:
    """Prints documents that share style sheet and fonts; loading those is most of the work for a small document."""

    def __init__(self, templates: Templates, sheet: str, carried: fonts.FontSet, others: str) -> None:
        self.style = self.told = templates.path(sheet)
        self.faces = {face.name: face.data for face in carried.faces}
        self.fetcher = Folders(templates, carried.faces)
        self.fonts = FontConfiguration()
        # WeasyPrint never gives the configuration back, 300 kB for each press; Pango keeps it for as long as it needs it.
        weakref.finalize(self.fonts, fontconfig.FcConfigDestroy, self.fonts._config)  # noqa: SLF001 - as said
        self.templates = templates
        self.length = 0
        with self._bounded(), Complaints() as complaints:
            self.styles = [
                CSS(string=source, base_url=str(self.style), font_config=self.fonts, url_fetcher=self.fetcher)
                for source in (_font_faces(carried), _named(text_of(templates, sheet), others, carried))
            ]
        if self.fonts._folder is not None:  # noqa: SLF001 - WeasyPrint removes it when the last page is gone, which may be never
            passing(str(self.fonts._folder))  # noqa: SLF001 - likewise
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


def own_styles(pages: Iterable[HTML]) -> str:
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


def text_of(templates: Templates, name: str) -> str:
    """What a style sheet says; Refusal where it cannot be read."""
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


def of(templates: Templates, sheet: str, pages: Sequence[HTML], choices: fonts.Choices, plan: str) -> Press:
    """A press for these pages; Refusal where a face or a character is missing, before anything is laid out."""
    characters, roles = asked(templates, sheet, words(pages))
    if refusal := fonts.refused(characters, _passages(pages), choices, plan):
        raise refusal
    return Press(templates, sheet, fonts.carry(characters, choices, roles), own_styles(pages))


def words(pages: Iterable[HTML]) -> str:
    """All that pages say."""
    return "".join(text for page in pages for text in page.etree_element.itertext())


def asked(templates: Templates, sheet: str, said: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The characters and the roles that a style sheet and what pages say may ask for; Refusal where it cannot be read."""
    printed = said + _COMMENT.sub("", text_of(templates, sheet))
    return _ALWAYS.union(printed), tuple(role for role in fonts.ROLES if f"--{role}" in printed)
