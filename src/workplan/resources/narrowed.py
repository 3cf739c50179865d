"""Font files whose glyphs are narrower than they are drawn: the same outlines, with smaller widths in every place that has them.

A file has widths for the lines of programs (``hmtx``), and with PostScript outlines (``CFF``) once more with those. An archive
asks for both, and what a PDF says of them, to agree (ISO 19005-3, 6.2.11.5).
"""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Bytes before the table directory of a font file, and of one entry in it.
_DIRECTORY, _ENTRY = 12, 16
#: Operators of PostScript outlines: the widths of a private dictionary, and what leads to one.
_DEFAULT_WIDTH, _NOMINAL_WIDTH, _PRIVATE, _FACES = 20, 21, 18, (12, 36)
#: First bytes of numbers there, by how long they are.
_SHORT, _LONG, _REAL, _OPERATORS = 28, 29, 30, 22
_LAST_NIBBLE = 0xF
_ESCAPE = 12
#: One operator: what it is (the second byte where the first is an escape), where its operands begin, and where it stands.
_Operator = tuple[int | tuple[int, int], list[int], int]


def narrowed(data: bytes, thousandths: int) -> bytes:
    """The font file with every width smaller by so many thousandths of the em, and none below nothing.

    Raises ValueError where the file is not laid out as HarfBuzz writes it.
    """
    try:
        tables = dict(_tables(data))
        (em,) = struct.unpack_from(">H", tables[b"head"], 18)
        step = round(thousandths * em / 1000)
        tables[b"hmtx"] = _metrics(tables[b"hhea"], tables[b"hmtx"], step)
        if b"CFF " in tables:
            tables[b"CFF "] = _outlines(tables[b"CFF "], step)
    except (KeyError, IndexError, struct.error) as fault:
        raise ValueError(str(fault)) from fault
    return _file(data[:4], tables)


def _tables(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    for at in range(_DIRECTORY, _DIRECTORY + _ENTRY * int.from_bytes(data[4:6], "big"), _ENTRY):
        tag, _, start, length = struct.unpack_from(">4sLLL", data, at)
        yield tag, data[start : start + length]


def _file(kind: bytes, tables: dict[bytes, bytes]) -> bytes:
    """The tables as a font file, in the order of their names, with their checksums."""
    count = len(tables)
    power = count.bit_length() - 1
    directory = kind + struct.pack(">HHHH", count, _ENTRY << power, power, _ENTRY * count - (_ENTRY << power))
    body, start = b"", _DIRECTORY + _ENTRY * count
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sLLL", tag, total, start + len(body), len(table))
        body += padded
    return directory + body


def _metrics(header: bytes, table: bytes, step: int) -> bytes:
    """The widths of lines; after the glyphs that have one of their own, the last one holds."""
    (count,) = struct.unpack_from(">H", header, 34)
    values = list(struct.unpack_from(f">{2 * count}H", table))
    values[::2] = [max(width - step, 0) for width in values[::2]]
    return struct.pack(f">{2 * count}H", *values) + table[4 * count :]


def _outlines(table: bytes, step: int) -> bytes:
    """The outlines; each glyph has its width as what it differs by from one number, or takes another, of its dictionary."""
    changed = bytearray(table)
    _, tops = _index(table, table[2])
    for start, end in _index(table, tops)[0]:
        operators = {name: operands for name, operands, _ in _operators(table, start, end)}
        if _PRIVATE in operators:
            _narrow(changed, operators[_PRIVATE], step)
        if _FACES in operators:
            faces, _ = _index(table, _number(table, operators[_FACES][0])[0])
            for first, last in faces:
                for name, operands, _ in _operators(table, first, last):
                    if name == _PRIVATE:
                        _narrow(changed, operands, step)
    return bytes(changed)


def _narrow(table: bytearray, operands: list[int], step: int) -> None:
    """Put the private dictionary that the operands lead to at the end of the table, with its widths smaller."""
    (size, offset), source = (_number(table, at)[0] for at in operands), bytes(table)
    private = bytearray()
    widths = {_DEFAULT_WIDTH: 0, _NOMINAL_WIDTH: 0}
    for name, places, at in _operators(source, offset, offset + size):
        if name in widths:
            widths[name] = _number(source, places[0])[0]
        else:
            private += source[places[0] if places else at : at + (2 if isinstance(name, tuple) else 1)]
    for name, width in widths.items():
        private += struct.pack(">BhB", _SHORT, width - step, name)
    _replace(table, operands[0], len(private))
    _replace(table, operands[1], len(table))
    table += private


def _replace(table: bytearray, at: int, number: int) -> None:
    """Put a number where another one stands, in as many bytes."""
    match table[at]:
        case 28:
            struct.pack_into(">h", table, at + 1, number)
        case 29:
            struct.pack_into(">l", table, at + 1, number)
        case first:
            message = f"a number that begins with {first} cannot hold {number}"
            raise ValueError(message)


def _index(table: bytes, at: int) -> tuple[list[tuple[int, int]], int]:
    """Where the entries of an index begin and end, and where the index ends."""
    count = int.from_bytes(table[at : at + 2], "big")
    if not count:
        return [], at + 2
    size = table[at + 2]
    base = at + 3 + (count + 1) * size - 1
    marks = [base + int.from_bytes(table[place : place + size], "big") for place in range(at + 3, base + 1, size)]
    return list(pairwise(marks)), marks[-1]


def _operators(table: bytes, start: int, end: int) -> Iterator[_Operator]:
    """The operators of a dictionary."""
    operands: list[int] = []
    while start < end:
        first = table[start]
        if first < _OPERATORS:
            yield (first, table[start + 1]) if first == _ESCAPE else first, operands, start
            operands = []
            start += 2 if first == _ESCAPE else 1
        else:
            operands.append(start)
            start += _number(table, start)[1]


def _number(table: bytes | bytearray, at: int) -> tuple[int, int]:
    """A number of a dictionary, and how many bytes it takes; of one with decimals only that."""
    first = table[at]
    if first == _SHORT:
        return int.from_bytes(table[at + 1 : at + 3], "big", signed=True), 3
    if first == _LONG:
        return int.from_bytes(table[at + 1 : at + 5], "big", signed=True), 5
    if first == _REAL:
        end = at + 1
        while _LAST_NIBBLE not in (table[end] & 15, table[end] >> 4):
            end += 1
        return 0, end + 1 - at
    if first <= 246:  # noqa: PLR2004 - the ranges of Adobe's Technical Note 5176, table 3
        return first - 139, 1
    value = (first - 247) * 256 + table[at + 1] + 108 if first <= 250 else -(first - 251) * 256 - table[at + 1] - 108  # noqa: PLR2004 - likewise
    return value, 2
