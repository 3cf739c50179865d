"""The documents that import is tried on: those beside the checkout, read once and imported once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.importing.bring import Imported, imported
from workplan.importing.intake.sources import is_wrapped, reading_of
from workplan.importing.registering import Known, known
from workplan.rewrite.registering.proposed import Remarks

if TYPE_CHECKING:
    from import_keys import Key
    from workplan.importing.record import Reading
    from workplan.importing.sniff import Kind

REMARKS = Remarks("由导入登记", "请核对别称")


def shared() -> Path | None:
    """The folder of real documents beside the checkout; None where it is not there."""
    here = Path(__file__).resolve()
    return next((path for up in (2, 3) if (path := here.parents[up] / "shared").is_dir()), None)


def registry(text: str = "") -> Known:
    """A registry of that text, an empty one for none."""
    found = known(text)
    assert found
    return found


@cache
def reading(path: Path, header: int = 0) -> tuple[Kind, Reading]:
    """What the reader of its kind hands on of a file, without the first lines of a text."""
    content = path.read_bytes()
    if header:
        content = b"\n".join(content.splitlines()[header:])
    return reading_of(content, path.name)


@cache
def imported_file(path: Path, header: int = 0, units: str = "") -> Imported:
    """A file as a plan."""
    kind, read = reading(path, header)
    return imported(read, registry(units), REMARKS, wrapped=is_wrapped(kind))


def imported_key(key: Key) -> Imported:
    """The document of a key as a plan."""
    folder = shared()
    assert folder
    return imported_file(folder / key.source, key.header)
