"""What the files of a build hide, by the document in each format and by all its sheets together; files of a cache are not read again."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from workplan.output.wanted import BUNDLE_FOLDER

if TYPE_CHECKING:
    from workplan.measure.hidden.found import Hidden
    from workplan.output.cache import Cache
    from workplan.output.result import Made

#: Files that can hold what their pages do not show.
_HIDING = (".docx", ".pdf")


def in_files(made: Made, cache: Cache) -> dict[str, tuple[Hidden, ...]]:
    """What they hide, by names such as ``official.pdf`` and ``sheets/*.docx``; empty where nothing was found."""
    groups: dict[str, list[tuple[Hidden, ...]]] = {}
    for path, content in made.files.items():
        folder, _, name = path.rpartition("/")
        # What is handed out are the sheets once more.
        if name.endswith(_HIDING) and not path.startswith(f"{BUNDLE_FOLDER}/"):
            group = f"{folder}/*.{name.rpartition('.')[2]}" if folder else name
            groups.setdefault(group, []).append(_in_file(group, content, made.keys.get(path, ""), cache))
    if not groups:
        return {}
    from workplan.measure.hidden.found import summed  # noqa: PLC0415 - for files that can hide something alone

    return {name: summed(found) for name, found in groups.items()}


def _in_file(name: str, content: bytes, key: str, cache: Cache) -> tuple[Hidden, ...]:
    own = hashlib.sha256(f"hidden {key}".encode()).hexdigest() if key else ""
    known = cache.get(own) if own else None
    if known is not None:
        return read_found(json.loads(known))
    from workplan.measure import hidden  # noqa: PLC0415 - lxml is slow to load

    found = hidden.of_bytes(name, content, built=True)
    if own:
        cache.put(own, json.dumps(shape_of(found)).encode())
    return found


def shape_of(found: tuple[Hidden, ...]) -> list[list[object]]:
    """What was found, as JSON has it."""
    return [[str(one.kind), one.count, list(one.examples), one.own] for one in found]


def read_found(shape: list[list[object]]) -> tuple[Hidden, ...]:
    """What was found, from JSON that ``shape_of`` made."""
    from workplan.measure.hidden.found import Hidden, HiddenKind  # noqa: PLC0415 - as above

    return tuple(
        Hidden(HiddenKind(str(kind)), int(str(count)), tuple(map(str, examples)), int(str(own)))  # type: ignore[call-overload]
        for kind, count, examples, own in shape
    )
