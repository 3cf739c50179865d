"""Whether what stands in a build's folder is what its manifest lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from workplan.output import record
from workplan.output.record import INTENT, MANIFEST

if TYPE_CHECKING:
    from pathlib import Path

#: No manifest; a build that was cut short; a file that is not there, or not as it was made.
Kind = Literal["no-manifest", "unfinished", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the manifest says; ``path`` is the file's below the folder."""

    kind: Kind
    path: str


def differences(folder: Path) -> tuple[Difference, ...]:
    """What differs, in the order of the manifest; raises OSError where a file cannot be read."""
    if record.is_ours(folder / INTENT):
        return (Difference("unfinished", INTENT),)
    if not record.is_ours(folder / MANIFEST):
        return (Difference("no-manifest", MANIFEST),)
    found = []
    for path, (listed, *_) in sorted(record.read(folder).made.items()):
        now = record.digest(folder / path)
        if now != listed:
            found.append(Difference("changed" if now else "gone", path))
    return tuple(found)
