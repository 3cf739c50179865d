"""The property ``workplan`` of a file: the plan that it was made from, and the git blobs of the plan's files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from workplan.chinese.characters import clean

if TYPE_CHECKING:
    from docx.parts.document import DocumentPart
    from lxml.etree import _Element

    from workplan.view.assignments import Sheet

#: What the property is called.
NAME = "workplan"
_PLACE = "/docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_NS = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_VT = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
#: The format id of every custom property.
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
#: The lowest id that a property may have.
_FIRST = 2
#: What stands before the unit whose sheet a file is.
_UNIT = "unit "
#: A file of the plan, whose name may have blanks, and its blob: SHA-1, or SHA-256.
_FILE = re.compile(r"(?P<name>.+?) (?P<blob>[0-9a-f]{64}|[0-9a-f]{40})(?:; |$)")


class DocumentKind(StrEnum):
    """What a file is: the official document, which says nothing of it, or another that is no draft of it."""

    OFFICIAL = ""
    SHEET = "sheet"
    MARKED = "marked"  # with the changes between two plans


@dataclass(frozen=True, slots=True)
class Origin:
    """What the property says: the plan, its files with the names of their git blobs, what the file is, and whose sheet."""

    plan: str
    files: tuple[tuple[str, str], ...] = ()
    kind: DocumentKind = DocumentKind.OFFICIAL
    unit: str = ""


def origin_of(plan: str, files: tuple[tuple[str, str], ...], kind: DocumentKind = DocumentKind.OFFICIAL) -> str:
    """The value of the property: ``2022; document.yaml 1a2b…; ../units.yaml 3c4d…``, and ``; sheet`` for a task sheet."""
    return "; ".join((plan, *(f"{name} {blob}" for name, blob in files), *filter(None, (kind.value,))))


def sheet_origin(sheet: Sheet) -> str:
    """The value for a task sheet, which says whose it is: ``2022; document.yaml 1a2b…; unit 区教育局; sheet``."""
    parts = (origin_of(sheet.plan, sheet.files), f"{_UNIT}{sheet.unit}", DocumentKind.SHEET.value)
    return "; ".join(parts)


def read(text: str) -> Origin:
    """What a value of the property says."""
    before, separator, last = text.rpartition("; ")
    kind = (
        DocumentKind(last) if separator and last in (DocumentKind.SHEET, DocumentKind.MARKED) else DocumentKind.OFFICIAL
    )
    plan, _, files = (before if kind else text).partition("; ")
    unit = before.rpartition(f"; {_UNIT}")[2] if kind is DocumentKind.SHEET and f"; {_UNIT}" in before else ""
    return Origin(plan, tuple((found["name"], found["blob"]) for found in _FILE.finditer(files)), kind, unit)


def put(document: DocumentPart, text: str) -> None:
    """Set the property, beside those of the template; "" removes it."""
    part = _part(document)
    if part is None and not text:
        return
    root = etree.Element(f"{_NS}Properties", nsmap={None: _NS[1:-1], "vt": _VT[1:-1]})
    if part is None:
        part = Part(PackURI(_PLACE), _TYPE, b"", document.package)
        document.package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    else:
        root = etree.fromstring(part.blob)
    for old in root.findall(f"{_NS}property[@name='{NAME}']"):
        root.remove(old)
    if text:
        _add(root, text)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001 - the library has no other way


def _part(document: DocumentPart) -> Part | None:
    relations = document.package.rels.values()
    kind = RELATIONSHIP_TYPE.CUSTOM_PROPERTIES
    return next((relation.target_part for relation in relations if relation.reltype == kind), None)


def _add(root: _Element, text: str) -> None:
    last = max((int(one.get("pid", "0")) for one in root), default=_FIRST - 1)
    added = etree.SubElement(root, f"{_NS}property", {"fmtid": _FORMAT, "pid": str(last + 1), "name": NAME})
    etree.SubElement(added, f"{_VT}lpwstr").text = clean(text)
