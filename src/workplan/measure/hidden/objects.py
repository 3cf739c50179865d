"""The objects of a PDF, read from the plain copy that PDFium writes: no object streams, no passwords, one table of places.

PDFium itself reports no layers and few scripts; they are found in these objects (ISO 32000-1, 7.3). Of a PDF that a build has
just written no copy is needed.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    rb"[\s\0]*(?:(?P<open><<|\[)|(?P<close>>>|\])|/(?P<name>[^\s\0/<>\[\](){}%]*)|(?P<reference>\d{1,10})\s+\d+\s+R\b"
    rb"|\((?P<text>(?:[^()\\]|\\.)*+)\)|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<plain>[^\s\0/<>\[\](){}%]+))",
    re.DOTALL,
)
_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
_SECTION = re.compile(rb"\s*(\d{1,10}) (\d{1,10})\s+(?=\d{10})")
_TRAILER = re.compile(rb"\s*trailer\b")
_HEAD = re.compile(rb"\s*\d+ \d+ obj\b")
#: Number of bytes of an entry in the table of places (7.5.4).
_ENTRY = 20
#: Of a PDF with a stream of places and one of objects: where they begin, the widths of a place, and the first of the objects.
_STREAM = re.compile(rb"\s*\d+ \d+ obj\n(<<[^\n]*>>)\nstream\n")
_PLACES = re.compile(rb"/Index \[0 \d+\].*/W \[1 (\d) (\d)\]")
_FIRST = re.compile(rb"/First (\d{1,10})\b")
#: Number of objects that are kept read; of a document with more each is read whenever it is asked for.
_KEPT = 20_000
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MARKS = ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8"))
#: Kinds of entries in a stream of places.
_AT_PLACE, _IN_STREAM = 1, 2
#: Keys that a walk leaves out: page content, links back to the parent, and the structure for reading aloud.
_ASIDE = frozenset({"Resources", "Contents", "Parent", "P", "Metadata", "StructTreeRoot", "AP"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name; a text is bytes."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to another object."""

    number: int


#: Numbers, truth values and null are None: they are not needed here.
Value: TypeAlias = "dict[str, Value] | list[Value] | Name | Reference | bytes | None"


class Objects:
    """The objects of a plain copy, each read when it is needed."""

    def __init__(self, copy: bytes) -> None:
        """Raises ValueError where the copy has no table of places."""
        self._copy = copy
        self._known: dict[int, Value] = {}
        self._places, trailer = self._table()
        self.root = self.table(trailer, "Root")

    def resolved(self, value: Value) -> Value:
        """The object that a reference leads to; any other value unchanged."""
        if not isinstance(value, Reference):
            return value
        if value.number in self._known:
            return self._known[value.number]
        found = self._found(value.number)
        found = None if isinstance(found, Reference) else found
        if len(self._known) < _KEPT:
            self._known[value.number] = found
        return found

    def _table(self) -> tuple[dict[int, int], Value]:
        """The places where the objects begin, and the trailer."""
        places, trailer = _table(self._copy)
        return places, _value(self._copy, trailer)

    def _found(self, number: int) -> Value:
        head = _HEAD.match(self._copy, self._places.get(number, len(self._copy)))
        return _value(self._copy, head.end()) if head else None

    def table(self, value: Value, *keys: str) -> dict[str, Value]:
        """The dictionary that the keys lead to, one below the other; an empty one where there is none."""
        found = self.resolved(value)
        for key in keys:
            found = self.resolved(found.get(key)) if isinstance(found, dict) else None
        return found if isinstance(found, dict) else {}

    def row(self, value: Value) -> list[Value]:
        """The value if it is an array, else an empty one."""
        found = self.resolved(value)
        return found if isinstance(found, list) else []

    def below(self, start: Value) -> Iterator[dict[str, Value]]:
        """Every dictionary that can be reached, each once."""
        waiting: list[Value] = [start]
        seen: set[int] = set()
        while waiting:
            value = waiting.pop()
            if isinstance(value, Reference):
                if value.number in seen:
                    continue
                seen.add(value.number)
                value = self.resolved(value)
            if isinstance(value, dict):
                yield value
                waiting.extend(under for key, under in value.items() if key not in _ASIDE)
            elif isinstance(value, list):
                waiting.extend(value)

    def text(self, value: Value) -> str:
        """The characters of a text or a name; "" for anything else."""
        found = self.resolved(value)
        if isinstance(found, Name):
            return found.text
        return decoded(found) if isinstance(found, bytes) else ""


class Written(Objects):
    """The objects of a PDF as WeasyPrint writes it: those that are no streams lie in one stream (7.5.7), and so do the places (7.5.8)."""

    def _table(self) -> tuple[dict[int, int], Value]:
        end = _END.search(self._copy, max(0, len(self._copy) - 64))
        head, table = _unpacked(self._copy, int(end[1]) if end else -1)
        widths = _PLACES.search(head)
        if not widths:
            raise ValueError
        wide, narrow = int(widths[1]), int(widths[2])
        size = 1 + wide + narrow
        rows = (table[at : at + size] for at in range(0, len(table) // size * size, size))
        entries = [(row[0], int.from_bytes(row[1 : 1 + wide], "big")) for row in rows]
        self._together: dict[int, int] = {}
        self._objects = b""
        for stream in {place for kind, place in entries if kind == _IN_STREAM}:
            self._open(entries[stream][1] if stream < len(entries) else -1)
        places = {number: place for number, (kind, place) in enumerate(entries) if kind == _AT_PLACE}
        return places, _value(head, 0)

    def _open(self, at: int) -> None:
        """Read the stream of objects, of which there is one."""
        head, self._objects = _unpacked(self._copy, at)
        first = _FIRST.search(head)
        if not first or self._together:
            raise ValueError
        numbers = list(map(int, self._objects[: int(first[1])].split()))
        self._together = {
            number: int(first[1]) + place for number, place in zip(numbers[::2], numbers[1::2], strict=True)
        }

    def _found(self, number: int) -> Value:
        if number in self._together:
            return _value(self._objects, self._together[number])
        return super()._found(number)


def _unpacked(content: bytes, at: int) -> tuple[bytes, bytes]:
    """The dictionary of a stream, and what is packed in it; raises ValueError where none begins there."""
    head = _STREAM.match(content, at) if at >= 0 else None
    if not head:
        raise ValueError
    try:
        return head[1], zlib.decompressobj().decompress(content[head.end() :])
    except zlib.error as fault:
        raise ValueError from fault


def decoded(text: bytes) -> str:
    """A text in Unicode; one without a byte order mark is UTF-8 or GBK if it can be, else Latin."""
    for mark, encoding in _MARKS:
        if text.startswith(mark):
            return text[len(mark) :].decode(encoding, "replace")
    for encoding in ("utf-8", "gbk"):
        with contextlib.suppress(UnicodeDecodeError):
            return text.decode(encoding)
    return text.decode("latin-1")


def _table(copy: bytes) -> tuple[dict[int, int], int]:
    """The places where each object and the trailer begin."""
    end = _END.search(copy, max(0, len(copy) - 64))
    at = int(end[1]) + len(b"xref") if end else len(copy)
    places: dict[int, int] = {}
    while section := _SECTION.match(copy, at):
        first, count, at = int(section[1]), int(section[2]), section.end()
        for number in range(first, first + min(count, (len(copy) - at) // _ENTRY)):
            with contextlib.suppress(ValueError):
                places[number] = int(copy[at : at + 10])
            at += _ENTRY
    trailer = _TRAILER.match(copy, at)
    if not trailer:
        raise ValueError
    return places, trailer.end()


def _value(copy: bytes, at: int) -> Value:
    """The value that begins at a place; None where it is incomplete."""
    open_: list[tuple[bytes, list[Value]]] = []
    while token := _TOKEN.match(copy, at):
        at = token.end()
        if token.lastgroup == "open":
            open_.append((token["open"], []))
            continue
        if token.lastgroup == "close" and not open_:
            return None
        value = _closed(*open_.pop()) if token.lastgroup == "close" else _leaf(token)
        if not open_:
            return value
        open_[-1][1].append(value)
    return None


def _closed(bracket: bytes, values: list[Value]) -> Value:
    if bracket == b"[":
        return values
    pairs = zip(values[::2], values[1::2], strict=False)
    return {key.text: value for key, value in pairs if isinstance(key, Name)}


def _leaf(token: re.Match[bytes]) -> Value:
    match token.lastgroup:
        case "name":
            return Name(decoded(_HEX.sub(lambda sign: bytes([int(sign[1], 16)]), token["name"])))
        case "reference":
            return Reference(int(token["reference"]))
        case "text":
            return _ESCAPE.sub(lambda sign: _CONTROLS.get(sign[1], sign[1]), token["text"])
        case "hex":
            digits = b"".join(token["hex"].split()).decode()
            return bytes.fromhex(digits + "0" * (len(digits) % 2))
        case _:
            return None
