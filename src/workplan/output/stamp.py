"""Names the files of a plan in a finished DOCX, so that it need not be made anew when one of them changes elsewhere.

A DOCX says which files it was made from, by their git hashes, and these change with every word of the plan. It is made with a
placeholder in their place; nothing else of it is touched here, packed as it is.
"""

from __future__ import annotations

import io
import struct
import zipfile
from html import escape
from typing import TYPE_CHECKING

from workplan.chinese.characters import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A file of no plan, with the hash of nothing.
PLACEHOLDER = (("workplan", "f" * 64),)
_PROPERTIES = "docProps/custom.xml"
#: The length of an entry's head in a zip file, and where in it the lengths of the name and of what follows the name stand.
_HEAD, _LENGTHS = 30, 26


def named(content: bytes, files: Sequence[tuple[str, str]]) -> bytes:
    """The DOCX with these files, each with its hash, in place of the placeholder."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.infolist():
            if entry.filename == _PROPERTIES:
                target.writestr(_like(entry), _put(source.read(entry), files))
            else:
                _copy(content, entry, target)
    return made.getvalue()


def _put(properties: bytes, files: Sequence[tuple[str, str]]) -> bytes:
    meant, put = ("; ".join(f"{name} {blob}" for name, blob in some) for some in (PLACEHOLDER, files))
    return properties.replace(escape(meant).encode(), escape(clean(put)).encode(), 1)


def _like(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    fresh = zipfile.ZipInfo(entry.filename, entry.date_time)
    fresh.compress_type, fresh.create_system = entry.compress_type, entry.create_system
    return fresh


def _copy(content: bytes, entry: zipfile.ZipInfo, target: zipfile.ZipFile) -> None:
    """Put an entry into another file as it is packed."""
    start = entry.header_offset
    lengths = struct.unpack_from("<HH", content, start + _LENGTHS)
    end = start + _HEAD + sum(lengths) + entry.compress_size
    assert target.fp is not None  # noqa: S101 - it is open
    target.fp.seek(target.start_dir)
    entry.header_offset = target.fp.tell()
    target.fp.write(content[start:end])
    target.filelist.append(entry)
    target.NameToInfo[entry.filename] = entry
    target.start_dir = target.fp.tell()
