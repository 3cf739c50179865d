"""What the browser is told, as values that JSON can write; every object has ``"version": 1``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from workplan import view
from workplan.diagnostic import Misuse, Refusal
from workplan.preview.desk import sheet_key
from workplan.progress import answers, pictures
from workplan.render import task_json
from workplan.report import json as findings
from workplan.report.offered import offered
from workplan.source import collected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from workplan.plan.compiled import Plan
    from workplan.preview.desk import Build, Desk
    from workplan.preview.placing import Box
    from workplan.progress.answers import State
    from workplan.resources.messages import Catalogue
    from workplan.source import Directory
    from workplan.view.assignments import TaskRow

Shape = dict[str, Any]
VERSION = 1
_COUNTED = ("errors", "warnings", "infos")


def state(desk: Desk, words: Catalogue, beside: Sequence[str]) -> Shape:
    """The newest state: its findings with their pins, and the last good pages."""
    build = desk.now
    good = build.good
    told = _findings(desk, build, words)
    return {
        "version": VERSION,
        "revision": build.revision,
        "good": good.revision if good is not None else None,
        "plan": {"name": desk.source.plan, "title": _title(build), "root": _root(desk)},
        "plans": list(beside),
        "summary": told["summary"],
        "diagnostics": told["diagnostics"],
        "pages": good.shown.pages() if good is not None else [],
        "outline": list(good.shown.outline) if good is not None else [],
        "seconds": round(build.seconds, 3),
    }


def _title(build: Build) -> str:
    if build.good is None:
        return ""
    return "".join(view.official(build.good.plan).title)


def _root(desk: Desk) -> str:
    """The folder that files are named from, unless they are named whole."""
    try:
        return Path.cwd().as_posix()
    except OSError:  # somebody took the folder away
        return desk.source.folder.parent.as_posix()


def _findings(desk: Desk, build: Build, words: Catalogue) -> Shape:
    if build.result is None:
        return _fault(build, words)
    given = offered(build.result)
    told = findings.shape(desk.source.plan, given, words)
    for shape, finding in zip(told["diagnostics"], given, strict=True):
        span = finding.span
        boxes = desk.boxes(span.file, span.start, span.end) if span.file else {}
        shape["pins"] = [{"page": page, "boxes": rounded(found)} for page, found in boxes.items()]
    return told


def _fault(build: Build, words: Catalogue) -> Shape:
    """What kept a plan from being read, in the form of a finding without a place."""
    if build.fault is None:
        return {"summary": dict.fromkeys(_COUNTED, 0), "diagnostics": []}
    message = words.text(f"misuse.{build.fault.key}", build.fault.arguments)
    place: Shape = {"file": "", "line": 1, "column": 1, "end_line": 1, "end_column": 1}
    told = {"rule": build.fault.key, "severity": "error", "message": message, **place}
    return {
        "summary": {"errors": 1, "warnings": 0, "infos": 0},
        "diagnostics": [{**told, "hint": "", "related": [], "fix": None, "pins": []}],
    }


def rounded(boxes: Sequence[Box]) -> list[list[float]]:
    """Boxes in hundredths of a point."""
    return [[round(length, 2) for length in box] for box in boxes]


def at(boxes: Mapping[int, Sequence[Box]]) -> Shape:
    """Where a line is printed: the first page of it."""
    page = min(boxes)
    return {"version": VERSION, "page": page, "boxes": rounded(boxes[page])}


def tasks(desk: Desk) -> Shape:
    """The shape of ``tasks --format json``, and of each row where it stands: its file and line, and the page."""
    good = desk.now.good
    if good is None:
        return {"version": VERSION, "plan": desk.source.plan, "tasks": []}
    rows = view.rows(good.plan)
    shape: Shape = dict(task_json.tasks(good.plan.name, rows))
    for told, row in zip(shape["tasks"], rows, strict=True):
        told.update(_place(desk, row))
    return shape


def _place(desk: Desk, row: TaskRow) -> Shape:
    key = next((row.keys[name] for name in ("title", "text", "units") if name in row.keys), None)
    key = key or next((one.key for one in row.assignments), None)
    if key is None or not key.file.name:
        return {"file": None, "line": None, "page": None}
    good = desk.now.good
    boxes = good.shown.placed.boxes(key.file.name, key.start, key.end) if good is not None else {}
    return {"file": key.file.name, "line": key.span.line, "page": min(boxes, default=None)}


def units(desk: Desk) -> Shape:
    """The shape of ``units --format json``."""
    good = desk.now.good
    if good is None:
        return {"version": VERSION, "plan": desk.source.plan, "units": []}
    return dict(task_json.units(good.plan.name, view.loads(good.plan)))


def sheets(desk: Desk) -> Shape:
    """Every unit with its load; ``pages`` is known of a sheet that was made."""
    good = desk.now.good
    told = []
    for load in view.loads(good.plan) if good is not None else ():
        (sheet,) = view.sheets(good.plan, (load.unit,)) if good is not None else ()
        rows = sum(map(len, (load.tasks, load.safeguards, load.duties, load.goals, load.prose)))
        digest, pages = desk.known_sheet(sheet_key(sheet))
        counts = {"lead": load.lead, "support": load.support, "responsible": load.responsible}
        told.append({"unit": load.unit, "kind": load.kind, "rows": rows, **counts, "pages": pages, "digest": digest})
    return {"version": VERSION, "units": told}


def sheet(desk: Desk, unit: str) -> Shape:
    """The pages of a sheet with their text."""
    _, shown = desk.sheet(unit)
    pages = [{**page, "lines": shown.lines(number)} for number, page in enumerate(shown.pages(), 1)]
    return {"version": VERSION, "unit": unit, "pages": pages}


def _loads(source: Directory, plan: Plan) -> bytes:
    return pictures.loads(source, plan, _collected(source, plan))


def _calendar(source: Directory, plan: Plan) -> bytes:
    return pictures.calendar(plan, view.rows(plan), _collected(source, plan))


#: The pictures of the year, by name.
CHARTS: dict[str, Callable[[Directory, Plan], bytes]] = {"load": _loads, "calendar": _calendar}


def _collected(source: Directory, plan: Plan) -> State | None:
    """The latest answers; None where there are none, or where they cannot be read, which ``collect`` and ``tasks`` tell."""
    try:
        found = collected.latest(source.folder)
        state = answers.taken(found) if found else None
    except (OSError, Misuse, Refusal):
        return None
    return state if state is not None and state.plan == plan.name else None
