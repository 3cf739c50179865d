"""``check --fix``: makes the corrections that findings carry, in memory, until none is left to make."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.compiler import compile_plan
from workplan.language.edit import Change, apply, compatible, scalars, written
from workplan.language.scalar import File, Scalar
from workplan.source import DOCUMENT, REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workplan.check.suppress import Selection
    from workplan.compiler import Result
    from workplan.diagnostic import Replacement
    from workplan.source import Source

#: A correction may uncover another; no real file needs more rounds.
_PASSES = 10


@dataclass(frozen=True, slots=True)
class RevisedSource:
    """A plan some of whose files read otherwise than in its source."""

    source: Source
    changed: Mapping[str, bytes]

    @property
    def plan(self) -> str:
        """The name of the plan's folder."""
        return self.source.plan

    def read(self, file: str) -> bytes:
        """The bytes of a file as changed."""
        return self.changed[file] if file in self.changed else self.source.read(file)

    def parts(self) -> tuple[str, ...]:
        """The names of the plan's YAML files."""
        return self.source.parts()

    def misnamed(self, file: str) -> str:
        """The file that is there in place of a missing one."""
        return self.source.misnamed(file)

    def label(self, file: str) -> str:
        """How findings name a file."""
        return self.source.label(file)

    def others(self) -> tuple[Source, ...]:
        """The other plans that share the registry."""
        return self.source.others()


@dataclass(frozen=True, slots=True)
class Fixed:
    """What could be corrected: the files that change, how many findings went, and the plan as it then is."""

    changes: tuple[Change, ...]
    count: int
    result: Result


def fixed(source: Source, selection: Selection) -> Fixed:
    """Correct what the findings that ``selection`` wants can correct; nothing is written."""
    names = {source.label(name): name for name in (DOCUMENT, REGISTRY, *_parts(source))}
    changed: dict[str, bytes] = {}
    count = 0
    result = compile_plan(source, selection)
    for _ in range(_PASSES):
        edits = [tuple(finding.fix) for finding in result.diagnostics if finding.fix]
        made = [group for file in result.files.values() for group in _sound(file, _within(file, edits))]
        if not made:
            break
        count += len(made)
        for label, file in result.files.items():
            own = [edit for group in made for edit in group if edit.span.file == label]
            if own:
                name = names[label]
                before = changed.get(name) or source.read(name)
                mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
                changed[name] = mark + apply(file.text, own).encode()
        result = compile_plan(RevisedSource(source, changed), selection)
    changes = (Change(source.label(name), source.read(name), after) for name, after in changed.items())
    return Fixed(tuple(change for change in changes if change.before != change.after), count, result)


def _parts(source: Source) -> tuple[str, ...]:
    try:
        return source.parts()
    except OSError:  # then nothing of the plan can be read, which its findings say
        return ()


def _within(file: File, groups: Iterable[Sequence[Replacement]]) -> list[Sequence[Replacement]]:
    """The corrections of one file that can be made together, as their places ask for them."""
    own = [group for group in groups if all(edit.span.file == file.name for edit in group)]
    texts = scalars(file) if own else ()
    return compatible([tuple(written(edit, texts) for edit in group) for group in own])


def _sound(file: File, groups: Sequence[Sequence[Replacement]]) -> Iterator[Sequence[Replacement]]:
    """The corrections after which the file still reads as it did; one that would break it is left to a person."""
    if not groups:
        return
    if _reads_alike(file, [edit for group in groups for edit in group]):
        yield from groups
    elif len(groups) > 1:
        half = len(groups) // 2
        yield from _sound(file, groups[:half])
        yield from _sound(file, groups[half:])


def _reads_alike(file: File, edits: list[Replacement]) -> bool:
    """Whether the changed file has the same texts in the same places, new ones apart, or could not be read before."""
    before = scalars(file)
    after = scalars(File(file.name, apply(file.text, edits)))
    if not before:
        return True
    wanted = []
    for text in before:
        left = sum(_growth(edit) for edit in edits if edit.span.end <= text.start and edit.span.start < text.start)
        within = sum(_growth(edit) for edit in edits if text.start <= edit.span.start and edit.span.end <= text.end)
        wanted.append((text.start + left, text.end + left + within))
    new = list(_additions(edits, before))
    found = [(text.start, text.end) for text in after]
    return [place for place in found if not any(start <= place[0] and place[1] <= end for start, end in new)] == wanted


def _additions(edits: list[Replacement], texts: Iterable[Scalar]) -> Iterator[tuple[int, int]]:
    """Where in the changed file stands what was put between its texts: a key of its own."""
    for edit in edits:
        start = edit.span.start
        if start == edit.span.end and not any(text.start <= start <= text.end for text in texts):
            start += sum(_growth(other) for other in edits if other.span.end <= start and other is not edit)
            yield start, start + len(edit.text)


def _growth(edit: Replacement) -> int:
    return len(edit.text) - (edit.span.end - edit.span.start)
