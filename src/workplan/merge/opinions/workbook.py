"""The cells of a workbook that came back, as text: bounded before anything is parsed; macros and formulas never run."""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workplan.diagnostic import Misuse
from workplan.importing.package import Package
from workplan.merge.opinions.cells import plain_styles, shown
from workplan.resources import office

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Largest file in bytes, and largest number of bytes that its XML parts unpack to: ten times a table of 5,000 opinions.
MOST_BYTES, _LARGEST_TOGETHER = 32 << 20, 96 << 20
#: Most elements in all parts, and rows and columns of a sheet that are looked at.
_MOST_ELEMENTS, _MOST_ROWS, _MOST_COLUMNS = 4_000_000, 60_000, 200
#: The last row that a sheet has in Excel.
_LAST_ROW = 1 << 20
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Names of streams in a compound file, as its directory has them.
_BOOK_STREAM, _LOCKED_STREAM = (name.encode("utf-16-le") for name in ("Workbook", "EncryptedPackage"))
_TYPES, _MIMETYPE = "[Content_Types].xml", "mimetype"
#: The part that says in which format numbers are shown.
_STYLES = "xl/styles.xml"
_LARGEST_STYLES = 4 << 20
#: How a formula stands in a sheet, and where sheets are.
_FORMULA, _SHEETS = (b"<f>", b"<f ", b"<f/>", b":f>", b":f "), "xl/worksheets/"
#: Parts that say how cells look and what stands beside them: other programs' errors in them are none of ours.
_UNREAD = ("docProps/", "customXml/", "xl/theme/", "xl/drawings/", "xl/charts/", "xl/externalLinks/")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, and of each line that is not empty its number and the text of its cells ("" for an empty one).

    ``unsaved`` are the cells, by line and place in it, whose formula was saved without its value: they are not empty, and
    nobody knows what they show.
    """

    name: str
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    unsaved: frozenset[tuple[int, int]] = frozenset()


def sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """All sheets of an XLSX, or of an ODS or XLS through LibreOffice; ``name`` is what the user calls the file.

    Of a formula the value counts that was saved with it. Raises Misuse where the file is no table, locked, broken or of an
    absurd size, or needs a LibreOffice that is not there.
    """
    if len(content) > MOST_BYTES:
        raise Misuse("opinions-large", path=name)
    if content.startswith(_COMPOUND):
        if _LOCKED_STREAM in content:
            raise Misuse("opinions-locked", path=name)
        if _BOOK_STREAM not in content:
            raise Misuse("opinions-kind", path=name)
        return _read(_bounded(_package(office.xlsx_of(content, name), name), name), name)
    if not content.startswith(_ZIP):
        raise Misuse("opinions-kind", path=name)
    package = _package(content, name)
    if _MIMETYPE in package.names:
        if not _part(package, _MIMETYPE, name).startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            raise Misuse("opinions-kind", path=name)
        package = _package(office.xlsx_of(content, name), name)
    elif _TYPES not in package.names or b"spreadsheetml" not in _part(package, _TYPES, name):
        raise Misuse("opinions-kind", path=name)
    return _read(_bounded(package, name), name)


def _package(content: bytes, name: str) -> Package:
    try:
        return Package(content, name)
    except Misuse as fault:
        raise _own(fault, name) from fault


def _part(package: Package, part: str, name: str) -> bytes:
    try:
        return package.read(part)
    except Misuse as fault:
        raise _own(fault, name) from fault


def _own(fault: Misuse, name: str) -> Misuse:
    """What is said of a table where import says it of a document."""
    if fault.key == "import-unpacks":
        return Misuse("opinions-large", path=name)
    return Misuse("opinions-locked" if fault.key == "import-locked" else "opinions-broken", path=name)


def _bounded(package: Package, name: str) -> bytes:
    """The workbook with nothing but the parts that are read, each of them plain XML of a size that was looked at."""
    file = io.BytesIO()
    together = elements = 0
    with zipfile.ZipFile(file, "w") as target:
        for part in sorted(package.names):
            if not part.lower().endswith((".xml", ".rels")) or part.startswith(_UNREAD):
                continue
            content = _part(package, part, name)
            together += len(content)
            if together > _LARGEST_TOGETHER:
                raise Misuse("opinions-large", path=name)
            if part == _STYLES:
                content = plain_styles(content) if len(content) <= _LARGEST_STYLES else b""
            if not content:
                continue
            elements += _counted(content, name)
            if elements > _MOST_ELEMENTS:
                raise Misuse("opinions-large", path=name)
            target.writestr(part, content)
    return file.getvalue()


class _Counter:
    """Counts elements as they are parsed, and keeps none of them."""

    def __init__(self) -> None:
        self.count = 0

    def start(self, *_: object) -> None:
        self.count += 1

    def doctype(self, *_: object) -> None:
        # OPC forbids it, and entities are declared there that unfold to any size (ECMA-376 part 2).
        raise ValueError

    def close(self) -> int:
        return self.count


def _counted(content: bytes, name: str) -> int:
    """Number of elements of a part; Misuse where it is no XML or has a document type."""
    from lxml import etree  # noqa: PLC0415 - the table may turn out to be none before it is parsed

    counter = _Counter()
    try:
        # The stubs ask for every method of a target, lxml for those that it has.
        parser = etree.XMLParser(target=counter, resolve_entities=False, no_network=True)  # type: ignore[call-overload]
        etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
        raise Misuse("opinions-broken", path=name) from fault
    return counter.count


def _read(content: bytes, name: str) -> tuple[Sheet, ...]:
    import openpyxl  # noqa: PLC0415 - only here

    def book(*, values: bool) -> Any:  # noqa: ANN401 - the stubs know no such workbook
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the library does not read, such as lists to choose from
            found = [(str(one.title), tuple(_lines(one, name))) for one in book(values=True).worksheets]
            if not _has_formulas(content):
                return tuple(Sheet(title, lines) for title, lines in found)
            formulas = [_formulas(one) for one in book(values=False).worksheets]
    except Misuse:
        raise
    except Exception as fault:  # the library has no error of its own: parsing fails with whatever a value did
        raise Misuse("opinions-broken", path=name) from fault
    return tuple(
        Sheet(title, lines, cells - _filled(lines)) for (title, lines), cells in zip(found, formulas, strict=True)
    )


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(part) for part in package.namelist() if part.startswith(_SHEETS)]
    return any(sign in part for part in parts for sign in _FORMULA)


def _formulas(sheet: Any) -> frozenset[tuple[int, int]]:  # noqa: ANN401 - as above
    """The cells with a formula."""
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1)
    return frozenset((number, place) for number, row in rows for place, cell in enumerate(row) if cell.data_type == "f")


def _filled(lines: tuple[tuple[int, tuple[str, ...]], ...]) -> frozenset[tuple[int, int]]:
    return frozenset((number, place) for number, cells in lines for place, text in enumerate(cells) if text)


def _lines(sheet: Any, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:  # noqa: ANN401 - as above
    sheet.reset_dimensions()  # what a sheet says of its size may be wrong
    found = 0
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1):
        if number > _LAST_ROW:
            raise Misuse("opinions-large", path=name)
        if any(cell.value is not None for cell in row):
            found += 1
            if found > _MOST_ROWS:
                raise Misuse("opinions-large", path=name)
            yield number, tuple("" if cell.value is None else shown(cell.value, _format(cell)) for cell in row)


def _format(cell: Any) -> str:  # noqa: ANN401 - as above
    """The format of a cell; that of cells without one where the file lacks it."""
    try:
        return str(cell.number_format)
    except IndexError:
        return "General"
