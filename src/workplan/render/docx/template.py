"""A Word template opened, filled by Jinja and written: strict where docxtpl is lenient, and the same bytes every time.

docxtpl's own environment would run code in a template; ours is sandboxed. Its parser repairs broken XML by dropping text;
ours reports that the template is broken.
"""

from __future__ import annotations

import re
import traceback
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, NoReturn

from docx.opc import phys_pkg
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError
from lxml import etree

from workplan.chinese.characters import clean
from workplan.diagnostic import Arguments, Diagnostic, Refusal, Span
from workplan.lengths import Twips
from workplan.render import limits, removed_names
from workplan.render.docx import extended, true_glyphs
from workplan.render.docx.address import settle
from workplan.render.docx.addressed_text import without_signs
from workplan.render.docx.faces import refaced
from workplan.render.docx.markup import Styles, W, marked, text_block
from workplan.render.docx.metrics import OFFICIAL_PAGE
from workplan.render.templating import environment, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from _typeshed import SizedBuffer
    from docx.opc.part import Part
    from docx.parts.document import DocumentPart
    from jinja2 import Environment, Template
    from lxml.etree import _Element

    from workplan.resources.templates import Templates

#: What the libraries raise for a file that is no Word document.
_NO_DOCUMENT = (zipfile.BadZipFile, zlib.error, etree.LxmlError, LookupError, ValueError, RuntimeError, EOFError)
#: What filling a template can raise: errors of Jinja, errors of Python in its expressions, and unbalanced markup.
_FAULTS = (
    TemplateError,
    etree.LxmlError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    SyntaxError,
)

_PARAGRAPH = re.compile(r"<w:p(?=[ >])")
_MARKUP = re.compile(r"<[^>]*>")
#: The part with the text, as docxtpl writes it.
_MAIN = "word/document.xml"
#: Number of characters in a property that the format allows.
_LONGEST_PROPERTY = 255
#: Number of characters of the template's text that a finding shows.
_LONGEST_PLACE = 80


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties of the file: its title and its author."""

    title: str
    creator: str


class _Package(zipfile.ZipFile):
    """A package whose parts have no time: that of now, which the library takes, fits into no ZIP before 1980 or after 2107."""

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: str | SizedBuffer,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a part."""
        entry = zipfile.ZipInfo(zinfo_or_arcname) if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname
        super().writestr(entry, data, compress_type, compresslevel)


vars(phys_pkg)["ZipFile"] = _Package


class _Strict(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl that keeps every character of the values, and drops nothing of the template silently."""

    source = ""

    def patch_xml(self, src_xml: str) -> str:
        return _patched(src_xml)

    def render_xml_part(
        self, src_xml: str, part: object, context: Mapping[str, object], jinja_env: Environment | None = None
    ) -> str:
        assert jinja_env is not None  # noqa: S101 - fill() always passes one
        self.current_rendering_part = part
        # One paragraph a line: the line number of an error then leads to its paragraph.
        self.source = _PARAGRAPH.sub("\n<w:p", src_xml)
        filled = _compiled(jinja_env, self.source).render(context)
        return filled if part is self.docx._part else without_signs(filled)  # noqa: SLF001 - as docxtpl itself names it

    def fix_tables(self, xml: str) -> _Element:
        etree.fromstring(xml)  # raises for broken markup, of which the original would drop text
        fixed: _Element = super().fix_tables(xml)
        return fixed

    def render_properties(self, context: Mapping[str, object], jinja_env: Environment | None = None) -> None:
        """Properties are no templates: ``pack`` writes them."""


@lru_cache(maxsize=16)
def _patched(xml: str) -> str:
    patched: str = DocxTemplate.patch_xml(DocxTemplate(BytesIO()), xml)
    return patched


@lru_cache(maxsize=16)
def _compiled(jinja: Environment, xml: str) -> Template:
    return jinja.from_string(xml)


@lru_cache(maxsize=8)
def _environment(templates: Templates) -> Environment:
    return environment(templates).overlay(finalize=marked)


class Opened:
    """One template, read and opened; raises Refusal with the rule ``template`` where that fails."""

    def __init__(self, templates: Templates, name: str) -> None:
        self._templates = templates
        self._jinja = _environment(templates)
        self._place = name
        try:
            path = templates.path(name)
            self._place = str(path)
            content = path.read_bytes()
        except OSError as fault:
            raise unreadable(self._place, fault) from fault
        self._template = _Strict(BytesIO(content))
        try:
            self._template.init_docx()
            _refuse_entities(self._template.docx.part.package.iter_parts())
            self.styles = Styles(self._template.docx.styles.element, self._missing)
            self.width, self.height = text_block(self._template.docx.element.body)
        except _NO_DOCUMENT as fault:
            self._refuse(fault, "document", {"fault": _words(fault)})

    @property
    def top(self) -> Twips:
        """The upper edge of the text block of the last section, from the top of the page."""
        margins = self._template.docx.element.body.find(f"{W}sectPr/{W}pgMar")
        return OFFICIAL_PAGE.top if margins is None else Twips(int(margins.get(f"{W}top", OFFICIAL_PAGE.top)))

    @property
    def settings(self) -> _Element:
        """The document's settings, which may be changed in place."""
        settings: _Element = self._template.docx.settings.element
        return settings

    @property
    def part(self) -> DocumentPart:
        """The main part, to which other parts can be added."""
        return self._template.docx.part  # type: ignore[no-any-return]  # docxtpl has no types

    def fill(self, context: Mapping[str, object]) -> _Element:
        """Fill the template and return the document's body, which may be changed in place until it is packed."""
        try:
            with limits.limited(self._templates):
                self._template.render(context, self._jinja)
        except Refusal:
            raise
        except limits.REACHED as fault:
            raise limits.refused(fault, Span.whole(self._place)) from fault
        except _FAULTS as fault:
            if old := removed_names.refused(self._place, fault, Span.whole(self._place)):
                raise old from fault
            where = _where(fault, self._template.source)
            self._refuse(
                fault, "place" if where else "", {"fault": _words(fault)} | ({"where": where} if where else {})
            )
        body: _Element = self._template.docx.element.body
        settle(body)
        return body

    def save(self, properties: Properties) -> BytesIO:
        """The filled document as docxtpl writes it, with only these properties."""
        core = self._template.docx.core_properties
        for child in list(core._element):  # noqa: SLF001 - the library can set properties, not remove them
            core._element.remove(child)  # noqa: SLF001
        core.title = clean(properties.title)[:_LONGEST_PROPERTY]
        core.author = clean(properties.creator)[:_LONGEST_PROPERTY]
        file = BytesIO()
        self._template.save(file)
        return file

    def _refuse(self, fault: Exception, variant: str, arguments: Arguments) -> NoReturn:
        raise Refusal(Diagnostic("template", Span.whole(self._place), arguments, variant=variant)) from fault

    def _missing(self, style: str) -> NoReturn:
        raise Refusal(Diagnostic("template", Span.whole(self._place), {"style": style}, variant="style"))


def _refuse_entities(parts: Iterable[Part]) -> None:
    """Raise ValueError for an entity in a part: no word processor writes one, and the finished part would not declare it."""
    for part in parts:
        root = getattr(part, "element", None)
        for entity in root.iter(etree.Entity) if root is not None else ():
            raise ValueError(str(entity))


def _words(fault: Exception) -> str:
    """The message of an error, without the name of a file object that no user knows."""
    text = str(fault)
    return type(fault).__name__ if not text or "BytesIO" in text else text


def _where(fault: Exception, source: str) -> str:
    """The template's own text at an error: a Word file has no line numbers."""
    line = fault.lineno if isinstance(fault, TemplateSyntaxError) else 0
    for frame in traceback.extract_tb(fault.__traceback__):
        if frame.filename == "<template>" and frame.lineno:
            line = frame.lineno
    lines = source.splitlines()
    return _MARKUP.sub("", lines[line - 1]).strip()[:_LONGEST_PLACE] if 0 < line <= len(lines) else ""


def pack(opened: Opened, properties: Properties, faces: tuple[tuple[str, str], ...]) -> bytes:
    """The finished file: parts in a fixed order, constant dates, and the chosen faces instead of the template's."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(opened.save(properties)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        parts = {name: refaced(name, source.read(name), faces) for name in source.namelist()}
        if extended.PART in parts:
            parts[extended.PART] = extended.written(parts[_MAIN])
        apart = true_glyphs.are_in(parts)
        for name in sorted(parts, key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, true_glyphs.parted(name, parts[name]) if apart else parts[name])
    return packed.getvalue()
