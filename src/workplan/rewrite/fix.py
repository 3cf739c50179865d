"""``check --fix``: makes the corrections that findings carry, in memory, until none is left to make."""

from __future__ import annotations

import codecs
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from workplan.compiler import compile_plan
from workplan.language.edit import Change, apply, compatible, scalars, written
from workplan.language.scalar import File
from workplan.source import DOCUMENT, REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workplan.check.suppress import Selection
    from workplan.compiler import Result
    from workplan.diagnostic import Replacement
    from workplan.language.scalar import Scalar
    from workplan.source import Source

#: A correction may uncover another; no real file needs more rounds.
_PASSES = 10
#: To find one correction that would break a file among a thousand takes some twenty trials.
_TRIALS = 200


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
    """The corrections after which the file still reads as it did; one that would break it is left to a person.

    Where very many would, those that are not tried are left too: every trial reads the whole file.
    """
    before = scalars(file)
    waiting = [groups] if groups else []
    for _ in range(_TRIALS):
        if not waiting:
            return
        tried = waiting.pop()
        if _reads_alike(file, before, [edit for group in tried for edit in group]):
            yield from tried
        elif len(tried) > 1:
            half = len(tried) // 2
            waiting += (tried[half:], tried[:half])


def _reads_alike(file: File, before: Sequence[Scalar], edits: list[Replacement]) -> bool:
    """Whether the changed file has the same texts in the same places, or could not be read before."""
    if not before:
        return True
    after = scalars(File(file.name, apply(file.text, edits)))
    bounds = sorted((edit.span.start, edit.span.end, _growth(edit)) for edit in edits)
    starts, ends = [start for start, _, _ in bounds], [end for _, end, _ in bounds]
    grown = [0, *accumulate(growth for _, _, growth in bounds)]
    wanted = []
    for text in before:
        first, last = bisect_left(starts, text.start), bisect_right(ends, text.end)
        left = grown[first - 1 if first and ends[first - 1] > text.start else first]
        within = grown[last] - grown[first] if last > first else 0
        wanted.append((text.start + left, text.end + left + within))
    return [(text.start, text.end) for text in after] == wanted


def _growth(edit: Replacement) -> int:
    return len(edit.text) - (edit.span.end - edit.span.start)
