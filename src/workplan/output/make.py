"""Makes the files of a build, and holds them back: nothing is written into its folder unless all of them came out."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from workplan import view
from workplan.diagnostic import Diagnostic, Refusal
from workplan.output import jobs, production
from workplan.output.cache import Cache
from workplan.output.formats import FORMATS
from workplan.output.result import Done, Made
from workplan.output.spool import Spool
from workplan.output.surroundings import Surroundings
from workplan.output.wanted import BUNDLE_FOLDER, Wanted, makeable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from workplan.output.jobs import Job
    from workplan.plan.compiled import Plan
    from workplan.resources.templates import Templates

__all__ = ["Done", "Made", "Wanted", "counts", "make"]


def make(
    plan: Plan,
    wanted: Wanted,
    templates: Templates,
    step: Callable[[Done], None],
    kept: tuple[Cache, Surroundings] | None = None,
) -> Made:
    """Make every wanted file that this computer can make and no earlier build kept; ``step`` is told of each when it is done.

    ``kept`` is the cache, and what was around the plan when it was read: without it nothing is kept. A sheet that cannot be
    made is told, and the others are made. Raises Refusal where that holds for all of a format or for the document: a template
    is broken, or a character has no face; Misuse where a unit has no sheet or a process that made sheets was killed.
    """
    units = wanted.sheet_units(plan)
    asked, (wanted, findings) = wanted, makeable(plan, wanted)
    cache, around = kept or (Cache(), None)
    planned = jobs.planned(plan, wanted, templates, around)
    files = Spool()
    _put_kept(planned if kept else (), cache, files, step)
    fresh = [job for job in planned if job.path not in files]
    refused = _put_made(fresh, wanted.jobs, templates, files, step)
    _refuse_all(planned, refused)
    if fresh and kept and around == Surroundings.now(templates):  # a template may have been saved while it was used
        _keep([job for job in fresh if job.path in files], cache, files)
    copies = _copies(planned, wanted)
    files.only({job.path: job.path for job in planned} | {path: job.path for path, job in copies.items()})
    by_path = {job.path: job for job in planned} | copies
    stems = {sheet.unit: sheet.stem for sheet in view.sheets(plan, units)} if asked.of("sheets") else {}
    return Made(
        files=files,
        units=stems,
        missing=tuple(path for path in asked.paths(stems.values()) if path not in files),
        refused=tuple(refused),
        findings=_told(findings, refused.values()),
        keys={path: job.key for path, job in by_path.items() if job.key},
        names={path: job.names for path, job in by_path.items() if job.names},
    )


def _told(findings: Sequence[Diagnostic], refused: Iterable[Refusal]) -> tuple[Diagnostic, ...]:
    """What is told, each once."""
    told = list(findings)
    told += [finding for one in refused for finding in one.diagnostics if finding not in told]
    return tuple(told)


def _copies(planned: Sequence[Job], wanted: Wanted) -> dict[str, Job]:
    """The sheets that stand in the folders of a hand-out too, by their paths there."""
    stems = (
        (job, PurePosixPath(job.path))
        for job in planned
        if wanted.bundle and job.group == "sheets" and job.form != "md"
    )
    return {f"{BUNDLE_FOLDER}/{path.stem}/{path.name}": job for job, path in stems}


def _put_kept(planned: Sequence[Job], cache: Cache, files: Spool, step: Callable[[Done], None]) -> None:
    """Put there what an earlier build kept."""
    for job in planned:
        known = cache.get(job.key)
        if known is not None:
            files.put(job.path, job.finished(known))
            step(Done(job.path, kept=True))


def _put_made(
    fresh: Sequence[Job], processes: int, templates: Templates, files: Spool, step: Callable[[Done], None]
) -> dict[str, Refusal]:
    """Put there what can be made; gives what was refused, by path."""
    refused: dict[str, Refusal] = {}
    for job, content, seconds in production.made(fresh, processes, templates):
        if isinstance(content, Refusal):
            refused[job.path] = content
            continue
        files.put(job.path, job.finished(content))
        if job.names and job.key:
            files.put(job.key, content)
        step(Done(job.path, seconds))
    return refused


def _keep(made: Sequence[Job], cache: Cache, files: Spool) -> None:
    """Keep files for later builds, as they were before the plan's files were named in them."""
    for job in made:
        cache.put(job.key, files[job.key if job.names else job.path])
    cache.trim(job.key for job in made)


def _refuse_all(planned: Sequence[Job], refused: Mapping[str, Refusal]) -> None:
    """Raise the first refusal of a format of which no sheet came out: then it is not for one sheet."""
    for form in {job.form for job in planned if job.path in refused}:
        sheets = [job.path for job in planned if job.group == "sheets" and job.form == form]
        if all(path in refused for path in sheets):
            raise refused[sheets[0]]


def counts(plan: Plan, wanted: Wanted) -> Counter[tuple[str, str]]:
    """How many files of each group and format ``make`` will make."""
    wanted, _ = makeable(plan, wanted)
    sheets = len(wanted.sheet_units(plan))
    return Counter(
        {(group, form): sheets if group == "sheets" else 1 for group in FORMATS for form in wanted.of(group)}
    )
