"""``workplan import``: issued documents become plan folders, with a report of what was understood."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from importing_files import REMARKS, imported_file, registry
from workplan import view
from workplan.compiler import compile_plan
from workplan.importing.bring import imported
from workplan.importing.intake.sources import is_wrapped, reading_of
from workplan.rewrite.fmt import formatted
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

    from workplan.plan.compiled import Plan

    Run = Callable[..., "CompletedProcess[str]"]

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "tests" / "data" / "2022-source.txt"
UNITS = (ROOT / "plan" / "units.yaml").read_text(encoding="utf-8")
TEXT = """\
某区人民政府关于印发2024年培训工作要点的通知
某政发〔2024〕3号
各街道办事处：
现将2024年培训工作要点印发给你们，请认真贯彻执行。
某区人民政府
2024年3月1日
2024年培训工作要点
为做好培训工作，制定本要点。
一、重点任务
（一）办好培训班。9月底前办好培训班5期。（责任单位：区教育局、区财政局）
（二）办好讲座。（区教育局牵头，区民政局配合）
二、保障措施
（一）加强领导。各部门要亲自抓。
"""


def _issued(folder: Path, text: str = TEXT, name: str = "要点.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ------------------------------------------------------------------------------------------- the 2022 document


def _rows(plan: Plan) -> list[tuple[object, ...]]:
    """The rows of a plan with everything but their ids."""
    return [
        (row.number, row.path, row.part, row.kind, row.section, row.title, row.text, row.assignments, row.due, row.targets)
        for row in view.rows(plan)
    ]  # fmt: skip


def _own() -> Plan:
    plan = compile_plan(Directory(ROOT / "plan" / "2022")).plan
    assert plan
    return plan


def test_the_2022_text_with_its_registry_gives_the_rows_and_assignments_of_the_plan() -> None:
    made = imported_file(SOURCE, units=UNITS)
    assert made.name == "2022"
    assert _rows(made.plan) == _rows(_own())


def test_the_2022_text_with_its_registry_registers_nothing_and_keeps_it_as_it_is() -> None:
    made = imported_file(SOURCE, units=UNITS)
    assert (made.registry.text, made.registry.units, made.registry.aliases) == (UNITS, (), ())
    assert [load.unit for load in view.loads(made.plan)] == [load.unit for load in view.loads(_own())]


def test_the_2022_text_without_a_registry_gives_its_21_rows_and_a_registry_with_guessed_kinds() -> None:
    made = imported_file(SOURCE)
    assert [row.title for row in view.rows(made.plan)] == [row.title for row in view.rows(_own())]
    kinds = Counter(unit.kind for unit in made.registry.units)
    assert kinds == {"unit": 23, "group": 6}
    assert all(REMARKS.heading not in unit.name for unit in made.registry.units)
    assert f"# {REMARKS.heading}" in made.registry.text


def test_the_frame_of_the_2022_text_is_that_of_the_plan() -> None:
    ours, own = (view.official(plan) for plan in (imported_file(SOURCE, units=UNITS).plan, _own()))
    assert (ours.masthead, ours.number, ours.title) == (own.masthead, own.number, own.title)
    assert (ours.signature, ours.date) == (own.signature, own.date)


# ------------------------------------------------------------------------------------------- the command


def test_a_document_becomes_a_folder_that_checks_and_is_in_canonical_layout(run: Run, here: Path) -> None:
    _issued(here)
    assert run("--lang", "en", "import", "要点.txt").returncode == 0
    files = sorted(path.relative_to(here).as_posix() for path in (here / "plan").rglob("*.yaml"))
    assert files == [
        "plan/2024/document.yaml",
        "plan/2024/safeguards.yaml",
        "plan/2024/tasks.yaml",
        "plan/units.yaml",
    ]
    assert run("check", "2024").returncode == 0
    assert formatted(Directory(here / "plan" / "2024"))[0] == ()
    assert (here / "plan" / ".schema" / "part.json").is_file()


def test_a_notice_and_the_plan_it_carries_are_told_apart(run: Run, here: Path) -> None:
    _issued(here)
    run("import", "要点.txt")
    plan = compile_plan(Directory(here / "plan" / "2024")).plan
    assert plan
    official = view.official(plan)
    assert official.notice
    assert official.notice.title == ("某区人民政府关于印发2024年培训工作要点的通知",)
    assert (official.notice.signature, official.notice.date) == ((("某区人民政府",),), "2024年3月1日")
    assert official.title == ("2024年培训工作要点",)


def test_an_attachment_that_is_a_table_is_told_line_by_line(run: Run, here: Path) -> None:
    table = (
        "| 序号 | 工作任务 | 责任单位 |\n|---|---|---|\n| 1 | 办好培训班 | 区教育局 |\n| 2 | 办好讲座 | 区民政局 |\n"
    )
    _issued(here, f"{TEXT}附件：任务分解表\n\n附件\n\n任务分解表\n\n{table}", "要点.md")
    told = run("--lang", "en", "import", "要点.md", "--dry-run")
    assert told.returncode == 0
    assert "办好讲座 ← 区民政局" in told.stdout
    outline = json.loads(run("import", "要点.md", "--format", "json").stdout)["documents"][0]["outline"]
    lines = [(one["number"], one["title"], one["units"]) for one in outline if one["file"].endswith("任务分解表.yaml")]
    assert lines == [("", "任务分解表", []), ("1", "办好培训班", ["区教育局"]), ("2", "办好讲座", ["区民政局"])]


def test_titles_of_tasks_are_their_ids_and_annotations_their_units(run: Run, here: Path) -> None:
    _issued(here)
    run("import", "要点.txt")
    tasks = json.loads(run("tasks", "2024", "--format", "json").stdout)["tasks"]
    assert [task["id"] for task in tasks] == ["办好培训班", "办好讲座", "加强领导"]
    named = [(unit["unit"], unit["role"]) for one in tasks[1]["assignments"] for unit in one["units"]]
    assert named == [("区教育局", "lead"), ("区民政局", "support")]


def test_the_report_tells_outline_units_doubts_and_what_was_left_out_each_with_its_place(run: Run, here: Path) -> None:
    _issued(here, TEXT.replace("某区人民政府\n2024", "— 1 —\n某区人民政府\n2024"))
    ended = run("--lang", "en", "import", "要点.txt", "--format", "json")
    told = json.loads(ended.stdout)
    (document,) = told["documents"]
    assert (told["version"], told["written"], document["plan"], document["exact"]) == (1, True, "2024", True)
    entry = next(one for one in document["outline"] if one["title"] == "办好培训班")
    assert entry["number"] == "（一）"
    assert entry["units"] == ["区教育局", "区财政局"]
    assert entry["source"] == {"block": 11}
    lines = (here / entry["file"]).read_text(encoding="utf-8").splitlines()
    assert "id: 办好培训班" in lines[entry["line"] - 1]
    assert {"deed": "left-out", "text": "— 1 —", "became": "", "source": {"block": 5}} in document["records"]
    assert [unit["unit"] for unit in told["registry"]["added"]] == ["区教育局", "区财政局", "区民政局"]
    assert {one["rule"] for one in document["suggestions"]} == {"suggest-due", "suggest-target"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_for_people_names_every_task_in_either_language(run: Run, here: Path, language: str) -> None:
    _issued(here)
    shown = run("--lang", language, "import", "要点.txt").stdout
    assert all(title in shown for title in ("一、重点任务", "（一）办好培训班", "（二）办好讲座", "二、保障措施"))


def test_a_dry_run_writes_nothing(run: Run, here: Path) -> None:
    _issued(here)
    assert run("import", "要点.txt", "--dry-run").returncode == 0
    assert [path.name for path in here.iterdir()] == ["要点.txt"]


@pytest.mark.parametrize(("name", "code"), [("要点2023年.txt", 0), ("202312.txt", 2), ("2023-2025.txt", 2)])
def test_the_name_of_a_file_tells_the_year_where_its_document_does_not(
    run: Run, here: Path, name: str, code: int
) -> None:
    _issued(here, TEXT.replace("2024", "今"), name)
    assert run("import", name).returncode == code
    assert (here / "plan" / "2023").exists() == (code == 0)


def test_several_files_are_years_of_one_registry(run: Run, here: Path) -> None:
    _issued(here)
    _issued(here, TEXT.replace("2024", "2023").replace("区民政局", "区水务局"), "去年.txt")
    ended = run("--lang", "en", "import", "要点.txt", "去年.txt", "-o", "plans")
    assert ended.returncode == 0, ended.stderr
    assert {path.name for path in (here / "plans").iterdir()} == {"2023", "2024", "units.yaml", ".schema"}
    names = (here / "plans" / "units.yaml").read_text(encoding="utf-8")
    assert all(names.count(name) == 1 for name in ("区教育局", "区民政局", "区水务局"))
    assert all(run("check", here / "plans" / year).returncode == 0 for year in ("2023", "2024"))


def test_the_next_step_names_the_plan_that_was_written_and_no_other_of_its_year(run: Run, here: Path) -> None:
    _issued(here)
    assert "workplan check 2024, and" in run("--lang", "en", "import", "要点.txt").stderr
    ended = run("--lang", "en", "import", "要点.txt", "-o", "office/plan")
    assert "workplan check office/plan/2024, and" in ended.stderr
    assert run("check", "office/plan/2024").returncode == 0


def test_an_existing_registry_goes_first_and_stays_as_it_is(run: Run, here: Path) -> None:
    _issued(here)
    (here / "plan").mkdir()
    own = "# 名册\nunits:\n  - {name: 静安区教育局, aliases: [区教育局]}   # 第一\n"
    (here / "plan" / "units.yaml").write_text(own, encoding="utf-8")
    run("import", "要点.txt")
    text = (here / "plan" / "units.yaml").read_text(encoding="utf-8")
    assert text.startswith(own)
    assert "区财政局" in text
    tasks = json.loads(run("tasks", "2024", "--format", "json").stdout)["tasks"]
    assert tasks[0]["assignments"][0]["units"][0] == {
        "printed": "区教育局",
        "unit": "静安区教育局",
        "role": "responsible",
    }


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"一.txt": TEXT, "二.txt": TEXT}, "both of 2024"),
        ({"一.txt": TEXT.replace("2024", "今")}, "names a year"),
        ({"一.txt": TEXT, "二.txt": ""}, "is empty"),
        ({"一.txt": TEXT, "plan/2024/document.yaml": "title: 甲\n"}, "already exists"),
        ({"一.txt": TEXT, "plan/units.yaml": "units: {}\n"}, "registry"),
        ({"一.txt": b"\xff\xff\x81"}, "encoding"),
    ],
    ids=["same year", "no year", "empty", "folder exists", "registry", "encoding"],
)
def test_what_cannot_come_in_is_refused_with_a_reason_and_nothing_is_written(
    run: Run, here: Path, files: dict[str, str | bytes], said: str
) -> None:
    for name, content in files.items():
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    before = sorted(here.rglob("*"))
    ended = run("--lang", "en", "import", *(name for name in files if name.endswith(".txt")))
    assert ended.returncode == 2
    assert said in ended.stderr
    assert sorted(here.rglob("*")) == before


@pytest.mark.usefixtures("here")
def test_a_file_that_is_not_there_is_named(run: Run) -> None:
    ended = run("--lang", "en", "import", "没有.docx")
    assert (ended.returncode, "没有.docx" in ended.stderr) == (2, True)


def test_where_one_file_cannot_be_written_none_is(run: Run, here: Path) -> None:
    _issued(here)
    (here / "plan").mkdir()
    (here / "plan" / "units.yaml").mkdir()
    assert run("import", "要点.txt").returncode == 2
    assert [path.name for path in (here / "plan").iterdir()] == ["units.yaml"]


# ------------------------------------------------------------------------------------------- readers of text


def _imported(content: bytes, name: str) -> Plan:
    kind, read = reading_of(content, name)
    return imported(read, registry(), REMARKS, wrapped=is_wrapped(kind)).plan


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_text_says_the_same_in_every_encoding(codec: str) -> None:
    texts = [view.official(_imported(TEXT.encode(one), "要点.txt")).sequence for one in (codec, "utf-8")]
    printed = ["".join(element.text for block in blocks for element in block.elements) for blocks in texts]
    assert printed[0] == printed[1]


def test_markdown_has_headings_tables_and_bold_words_and_no_signs() -> None:
    text = (
        "# 2024年工作要点\n\n## 一、重点任务\n\n**1.办班。**办好培训班。\n\n"
        "| 序号 | 任务 |\n|---|:---:|\n| 1 | 办班 |\n| 2 | 讲座 |\n\n1.讲座。办好讲座。\n"
    )
    plan = _imported(text.encode(), "要点.md")
    official = view.official(plan)
    assert official.title == ("2024年工作要点",)
    tables = [block for block in official.sequence if hasattr(block, "rows")]
    assert [len(table.rows) for table in tables] == [2]
    printed = "".join(element.text for element in official.elements)
    assert not set(printed) & set("#*|")
