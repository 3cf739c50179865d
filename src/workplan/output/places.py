"""Where the files of plans go, and where the user's own templates for them lie."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workplan.source import Directory


@dataclass(frozen=True, slots=True)
class Place:
    """Where a plan's files go: the folder of its name, below the folders ``under`` (``城东``, mostly ""); ``label`` names the plan."""

    under: str
    name: str
    label: str

    @property
    def folder(self) -> str:
        """The folder below the one of all builds."""
        return f"{self.under}/{self.name}" if self.under else self.name


def places(sources: Iterable[Directory]) -> Mapping[Directory, Place]:
    """A folder of its own for each plan.

    It has the plan's name. Where several plans have one name, the nearest folders above them in which they differ stand before
    it: ``城东/plan/2022`` and ``城西/plan/2022`` go to ``城东/2022`` and ``城西/2022``. Raises Misuse where one would then lie in
    another.
    """
    alike: dict[str, list[Directory]] = defaultdict(list)
    for source in sources:
        alike[_plain(source.plan)].append(source)
    found: dict[Directory, Place] = {}
    for group in alike.values():
        for source, under in zip(group, _apart([_above(source) for source in group]), strict=True):
            found[source] = Place(under, source.plan, source.plan if len(group) == 1 else _shown(source))
    _refuse_nested(found)
    return found


def _above(source: Directory) -> tuple[str, ...]:
    """The folders above a plan, the nearest first."""
    return tuple(reversed(source.folder.resolve().parts[1:-1]))


def _apart(above: Sequence[tuple[str, ...]]) -> list[str]:
    """The folders that tell some plans apart, as few as do; "" for a plan alone."""
    if len(above) == 1:
        return [""]
    most = max(map(len, above))
    padded = [(*one, *("",) * (most - len(one))) for one in above]
    differing = [level for level in range(most) if len({_plain(one[level]) for one in padded}) > 1]
    named = [""] * len(above)
    for count in range(1, len(differing) + 1):
        named = ["/".join(one[level] for level in reversed(differing[:count]) if one[level]) for one in padded]
        if all(named) and len({_plain(name) for name in named}) == len(named):
            break
    return named


def _refuse_nested(found: Mapping[Directory, Place]) -> None:
    taken = {_plain(place.folder) for place in found.values()}
    for place in found.values():
        above = _plain(place.folder).split("/")[:-1]
        if len(taken) < len(found) or any("/".join(above[:count]) in taken for count in range(1, len(above) + 1)):
            raise Misuse("same-name", name=place.name)


def _plain(name: str) -> str:
    """A name as the least particular file system tells it apart."""
    return unicodedata.normalize("NFC", name).casefold()


def _shown(source: Directory) -> str:
    folder, here = source.folder.resolve(), Path.cwd()
    return (folder.relative_to(here) if folder.is_relative_to(here) else folder).as_posix()


def own_templates(source: Directory) -> Path | None:
    """The user's own templates: a ``templates`` folder beside the folder that holds the plans."""
    folder = source.folder.resolve().parent.parent / "templates"
    if not folder.is_dir():
        return None
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
