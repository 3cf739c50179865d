"""Who does what in the made-up plans: rows, sheets, loads and JSON against the tables written by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from full_plans import FULL, YEARS, every_year, plan, rows
from full_rows import OF_NOBODY, PRINTED, ROWS, TEXTS
from full_sheets import LOADS, POSSIBLE, SHEETS
from reading import pdf, squeezed, word
from workplan import view
from workplan.render import task_json

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path


@every_year
def test_rows_are_those_written_by_hand(year: str) -> None:
    """Number, path, part, section, title; labels, phrases, roles; deadlines and targets: see ``full_rows``."""
    found = [
        (
            row.id,
            row.number,
            " ".join(row.path),
            row.kind,
            row.part,
            row.section,
            row.title,
            [
                (
                    one.label,
                    one.printed + ("…" if one.open else ""),
                    one.source,
                    " ".join(f"{named.unit}:{named.role}" for named in one.units),
                )
                for one in row.assignments
            ],
            [(due.text, due.date) for due in row.due],
            [(target.name, target.text, target.value, target.unit) for target in row.targets],
        )
        for row in rows(year)
    ]
    assert found == [tuple(row) for row in ROWS[year]]


def test_rows_have_their_full_text_without_the_annotation_printed_from_units() -> None:
    assert {row.id: row.text for row in rows("2031")} == TEXTS


def test_spellings_stand_as_printed_and_resolve_to_one_name() -> None:
    found = {
        (named.printed, named.unit)
        for year in YEARS
        for row in rows(year)
        for named in row.named
        if named.printed != named.unit
    }
    assert found == PRINTED


def test_rows_that_nobody_answers_for_are_rows_all_the_same() -> None:
    assert [row.id for row in rows("2031") if not row.named] == OF_NOBODY


@every_year
def test_sheets_hold_the_rows_that_name_the_unit_or_its_group_and_no_others(year: str) -> None:
    units = list(SHEETS[year])
    found = {
        sheet.unit: [
            " ".join((entry.row.id, "/".join(entry.roles), *(f"通过{group}" for group in entry.via)))
            for entry in sheet.entries
        ]
        for sheet in view.sheets(plan(year), units)
    }
    assert found == SHEETS[year]


@every_year
def test_groups_that_may_hold_the_unit_stand_under_possible(year: str) -> None:
    units = list(POSSIBLE[year])
    found = {
        sheet.unit: [(one.group, one.places) for one in sheet.possible] for sheet in view.sheets(plan(year), units)
    }
    assert found == POSSIBLE[year]


@every_year
def test_every_unit_named_has_a_sheet_in_each_format(year: str, built: Callable[[Path], Path]) -> None:
    loads = view.loads(plan(year))
    wanted = {f"{load.unit}.{form}" for load in loads for form in ("pdf", "docx", "md")}
    assert {path.name for path in (built(FULL / "plan" / year) / "sheets").iterdir()} == wanted


def test_status_stands_on_every_sheet(built: Callable[[Path], Path]) -> None:
    folder = built(FULL / "plan" / "2032") / "sheets"
    for path in folder.glob("*.md"):
        assert "征求意见稿" in path.read_text("utf-8")
        assert "征求意见稿" in squeezed("".join(word(path.with_suffix(".docx"))))
        assert all("征求意见稿" in squeezed(page) for page in pdf(path.with_suffix(".pdf"))[:1])


def test_what_is_known_of_the_unit_stands_on_its_sheet() -> None:
    units = ("乡村振兴科", "区委农村工作领导小组办公室", "各镇街", "东川镇")
    found = view.sheets(plan("2031"), units)
    assert [(sheet.kind, sheet.full, sheet.within, sheet.members) for sheet in found] == [
        ("office", "", "区农业农村局", ()),
        ("unit", "中共云溪区委农村工作领导小组办公室", "", ()),
        ("group", "", "", ("各镇", "东川镇", "西坪镇", "溪口街道")),
        ("unit", "", "", ()),
    ]


# ------------------------------------------------------------------------------------------------------ JSON shapes


@every_year
def test_json_has_the_keys_of_the_stable_shapes(
    year: str, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    folder = FULL / "plan" / year
    shape = json.loads(run("tasks", folder, "--format", "json").stdout)
    assert shape.keys() >= {"version", "plan", "tasks"}
    assert (shape["version"], shape["plan"]) == (1, year)
    of_task = "id number path part kind section title text assignments due targets"
    for task in shape["tasks"]:
        assert task.keys() >= set(of_task.split())
        for assignment in task["assignments"]:
            assert assignment.keys() >= {"label", "printed", "open", "units"}
            assert all(unit.keys() >= {"printed", "unit", "role"} for unit in assignment["units"])
        assert all(due.keys() >= {"text", "date"} for due in task["due"])
        assert all(target.keys() >= {"text", "value", "unit"} for target in task["targets"])
    loads = json.loads(run("units", folder, "--format", "json").stdout)
    assert (loads["version"], loads["plan"]) == (1, year)
    of_load = {"unit", "kind", "printed", "tasks", "safeguards", "lead", "support", "responsible"}
    assert all(load.keys() >= of_load for load in loads["units"])


@every_year
def test_ids_are_unique_and_loads_refer_to_them(year: str) -> None:
    ids = [row.id for row in rows(year)]
    assert len(set(ids)) == len(ids)
    for load in view.loads(plan(year)):
        assert {*load.tasks, *load.safeguards, *load.duties} <= set(ids)


@every_year
def test_loads_are_those_written_by_hand(year: str) -> None:
    found = {
        load.unit: (
            load.kind,
            *(len(ids) for ids in (load.tasks, load.safeguards, load.duties)),
            *(load.lead, load.support, load.responsible),
        )
        for load in view.loads(plan(year))
    }
    assert found == LOADS[year]


@every_year
def test_the_assignment_file_is_what_the_command_prints(year: str, built: Callable[[Path], Path]) -> None:
    shape = task_json.tasks(year, rows(year))
    assert json.loads((built(FULL / "plan" / year) / "assignments.json").read_text("utf-8")) == shape
