"""What staff see in an editor: the real YAML language server completes, explains and checks plan files by the schemas."""

from __future__ import annotations

import shutil
from itertools import count
from typing import TYPE_CHECKING

import pytest

from editor import ROOT, SERVER, Editor
from workplan.language.model import AssignmentsPart, Item, ItemsPart, TablePart
from workplan.language.model.schema import description, keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLANS = ROOT / "plan"
FILES = [*sorted(PLANS.glob("*.yaml")), *sorted(PLANS.glob("*/*.yaml"))]
HEAD = "# yaml-language-server: $schema=../.schema/part.json\n"

pytestmark = pytest.mark.skipif(
    not SERVER.is_file() or shutil.which("node") is None, reason="needs node and npm when the tests are set up"
)


_NUMBERS = count()


def written() -> Path:
    """A part beside the others that is not on disk: only the editor holds it."""
    return PLANS / "2022" / f"written-{next(_NUMBERS)}.yaml"


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    with Editor(ROOT) as running:
        yield running


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_shipped_plans_are_accepted(editor: Editor, path: Path) -> None:
    assert editor.open(path) == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("templates/new/*.yaml")), ids=lambda path: path.name)
def test_a_new_plan_is_accepted(editor: Editor, path: Path, tmp_path: Path) -> None:
    shutil.copytree(PLANS / ".schema", tmp_path / ".schema")
    placed = tmp_path / path.name if path.stem == "units" else tmp_path / "2026" / path.name
    placed.parent.mkdir(exist_ok=True)
    shutil.copy(path, placed)
    assert editor.open(placed) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("kind: tasks\nitmes: []\n", "itmes"),
        ("kind: taks\n", "tasks"),
        ("kind: tasks\nitems:\n  - titel: 教育\n", "titel"),
        ("kind: table\ncolumns: [甲]\nrows: []\nitems: []\n", "items"),
        ("kind: table\nrows: []\n", "columns"),
        ("kind: prose\nitems:\n  - {kind: tabel, title: 教育}\n", "table"),
        ("kind: prose\nitems:\n  - {kind: table, columns: [甲], rows: [], itmes: []}\n", "itmes"),
        ("kind: assignments\nrows: [甲]\n", "rows"),
        ("kind: assignments\ncolumns: [甲]\n", "主要内容"),
        ("kind: tasks\ntitle:\n", "string"),
    ],
)
def test_a_slip_is_marked_once_and_named(editor: Editor, text: str, word: str) -> None:
    [found] = editor.open(written(), HEAD + text)
    assert word in found["message"]


def test_what_yaml_reads_as_something_else_than_text_is_accepted(editor: Editor) -> None:
    text = "kind: table\ncolumns: [1., 2022]\nrows:\n  - {1.: 1.10, 2022: true}\nempty: 0\n"
    assert editor.open(written(), HEAD + text) == []


def test_keys_are_completed_by_kind_and_explained(editor: Editor) -> None:
    for kind, record in (("tasks", ItemsPart), ("table", TablePart), ("assignments", AssignmentsPart)):
        part = written()
        editor.open(part, f"{HEAD}kind: {kind}\n\n")
        offered = editor.complete(part, 2, 0)
        assert set(offered) - {record.__name__} == set(keys(record)) - {"kind"}  # and one that writes all it needs
        for key in set(offered) - {record.__name__}:
            assert description(record, key, "zh") in offered[key].replace("\\", "")


def test_kinds_and_keys_of_items_are_completed(editor: Editor) -> None:
    part = written()
    editor.open(part, HEAD + "kind: \n")
    assert set(editor.complete(part, 1, 6)) >= {"goals", "tasks", "safeguards", "duties", "table", "assignments"}
    part = written()
    editor.open(part, HEAD + "kind: tasks\nitems:\n  - id: 教育\n    \n")
    assert set(editor.complete(part, 4, 4)) == {"kind", *keys(Item)} - {"id"}
    part = written()
    editor.open(part, HEAD + "kind: prose\nitems:\n  - kind: table\n    \n")
    assert set(editor.complete(part, 4, 4)) - {"TablePart"} == set(keys(TablePart)) - {"kind"}


def test_hovering_over_a_key_explains_it_in_chinese(editor: Editor) -> None:
    tasks = PLANS / "2022" / "tasks.yaml"
    editor.open(tasks)
    lines = tasks.read_text(encoding="utf-8").splitlines()
    line = next(place for place, text in enumerate(lines) if text.lstrip().startswith("units:"))
    said = editor.hover(tasks, line, lines[line].index("units:") + 1)
    assert "责任单位，照公文的写法书写并原样印出" in said
    assert "区教育局牵头" in said
