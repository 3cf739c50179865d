"""Several files as one input: each behind a line ``=== name``, so that an input can be read, and cut by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = re.compile(rb"^=== ([^\r\n]{1,80})\n", re.MULTILINE)
#: The files of the old plan, where an input holds two; those that both have stand there once.
OLD = "old/"


def files(data: bytes) -> dict[str, bytes]:
    """The files of an input by name, in order; what stands before the first line of a name belongs to none."""
    pieces = _HEAD.split(data)
    names = (name.decode(errors="replace") for name in pieces[1::2])
    return dict(zip(names, pieces[2::2], strict=True))


def written(contents: Mapping[str, bytes]) -> bytes:
    """The input that holds these files; each but the last gets a line end at its end."""
    return b"\n".join(b"=== %s\n%s" % (name.encode(), text.removesuffix(b"\n")) for name, text in contents.items())


def plan(contents: Mapping[str, bytes]) -> Memory:
    """A plan of the year 2026 with these files, without those of an old plan."""
    return Memory({name: content for name, content in contents.items() if not name.startswith(OLD)}, plan="2026")


def both(contents: Mapping[str, bytes]) -> tuple[Memory, Memory]:
    """The old plan and the new one."""
    former = {name.removeprefix(OLD): content for name, content in contents.items() if name.startswith(OLD)}
    new = plan(contents)
    return Memory({**new.files, **former}, plan="2025"), new
