"""The files of a build before they are made: each with all that its renderer gets, and the key of exactly that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workplan import view
from workplan.output import stamp
from workplan.output.content import Contents
from workplan.output.formats import ASSIGNMENTS, BUNDLE, OFFICIAL, SHEETS
from workplan.output.surroundings import ask_for_files
from workplan.output.wanted import BUNDLE_FOLDER, COVERING, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.output.surroundings import Surroundings
    from workplan.output.wanted import Wanted
    from workplan.plan.compiled import Plan
    from workplan.resources.templates import Templates
    from workplan.view.assignments import Sheet
    from workplan.view.blocks import Official

#: Formats whose files hide where they came from, unless they should be clean: no other is told of it.
_HIDING = frozenset(
    {("official", "pdf"), ("official", "docx"), ("official", "html"), ("sheets", "docx"), ("sheets", "xlsx")}
)
#: Formats whose files name the files of the plan.
_NAMING = frozenset({("official", "docx"), ("sheets", "docx"), ("sheets", "xlsx")})
#: What is told apart by this number gives other bytes for the same key.
_FORM = 1


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be made: its path, its group and format, and what the renderer gets.

    Two jobs with the same ``key`` give the same bytes, before the ``names`` of the plan's files are put into them; it is "" where
    nobody asked for keys.
    """

    path: str
    group: str
    form: str
    value: tuple[Any, ...]
    clean: bool
    key: str = ""
    names: tuple[tuple[str, str], ...] = ()

    def finished(self, content: bytes) -> bytes:
        """The file of what was made or kept."""
        return stamp.named(content, self.names) if self.names else content


def planned(plan: Plan, wanted: Wanted, templates: Templates, around: Surroundings | None) -> tuple[Job, ...]:
    """The files of a build in the order in which they are told; with keys, where it is told what is ``around``."""
    contents = Contents()
    official = contents.bare(view.official(plan))
    sheets = contents.bare(_sheets(plan, wanted)) if wanted.of("sheets") else ()
    rest = contents.bare((view.rows(plan), view.loads(plan), view.official(plan)))
    values: dict[str, list[tuple[str, tuple[Any, ...]]]] = {
        "official": [("official", (official,))],
        "sheets": [(f"sheets/{sheet.stem}", (sheet,)) for sheet in sheets],
        "assignments": [("assignments", rest)],
    }
    found: Iterable[Job] = (
        Job(path=f"{stem}.{form}", group=group, form=form, value=value, clean=wanted.clean)
        for group, stems in values.items()
        for form in wanted.of(group)
        for stem, value in stems
    )
    found = (*found, *_bundle(sheets, wanted))
    if not ask_for_files(templates):
        found = map(_Reduced(official, *sheets).of, found)
    jobs = tuple(replace(job, clean=job.clean and (job.group, job.form) in _HIDING) for job in found)
    return tuple(_keyed(jobs, contents, around, official.faces)) if around else jobs


def _bundle(sheets: Sequence[Sheet], wanted: Wanted) -> Iterator[Job]:
    """What a hand-out has besides the sheets."""
    if not (wanted.bundle and sheets):
        return
    if "pdf" in wanted.of("sheets"):
        yield Job(path=f"{WHOLE}.pdf", group="bundle", form="pdf", value=tuple(sheets), clean=False)
    for sheet in sheets:
        path = f"{BUNDLE_FOLDER}/{sheet.stem}/{COVERING}.txt"
        yield Job(path=path, group="bundle", form="txt", value=(sheet,), clean=False)


def _sheets(plan: Plan, wanted: Wanted) -> tuple[Sheet, ...]:
    until = wanted.return_by if wanted.blanks else ""
    return view.sheets(plan, wanted.sheet_units(plan), wanted.blanks, return_by=until, signed=wanted.signed)


class _Reduced:
    """Jobs without the names of the plan's files: they change with every word, and would remake every file.

    Where a file has to have them, they are put into it afterwards.
    """

    def __init__(self, *values: Official | Sheet) -> None:
        self._named = bool(values[0].files)
        self._without = {id(one): replace(one, files=()) for one in values}
        self._placeholder = {id(one): replace(one, files=stamp.PLACEHOLDER) for one in values}

    def of(self, job: Job) -> Job:
        """The job reduced."""
        has_names = (job.group, job.form) in _NAMING and not job.clean and self._named
        instead = self._placeholder if has_names else self._without
        value = tuple(instead.get(id(one), one) for one in job.value)
        return replace(job, value=value, names=job.value[0].files if has_names else ())


def _keyed(
    jobs: Iterable[Job], contents: Contents, around: Surroundings, faces: tuple[tuple[str, str], ...]
) -> Iterator[Job]:
    known: dict[tuple[str, str], str] = {}
    for job in jobs:
        kind = (job.group, job.form)
        if kind not in known:
            known[kind] = contents.digest(around.of_format(*kind, faces if job.group == "official" else ()))
        yield replace(job, key=contents.digest((_FORM, *kind, job.clean, known[kind], job.value)))


def made(jobs: Sequence[Job], templates: Templates) -> Iterator[tuple[Job, bytes]]:
    """The files of some jobs of one group and format, one after the other; raises Refusal as the renderers do."""
    for job in jobs[:1]:
        if job.group == "official":
            writer = OFFICIAL[job.form]
            yield from ((one, writer(one.value[0], templates, clean=one.clean)) for one in jobs)
        elif job.group == "bundle":
            yield from ((one, BUNDLE[one.form](one.value, templates)) for one in jobs)
        elif job.group == "assignments":
            yield from ((one, ASSIGNMENTS[one.form](*one.value)) for one in jobs)
        else:
            sheets = [one.value[0] for one in jobs]
            done = SHEETS[job.form](sheets, templates, clean=job.clean)
            yield from zip(jobs, (content for _, content in done), strict=True)
