"""The command line: which exit code, which stream, and that a hostile machine or plan brings no traceback and no debris."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workplan.compiler import compile_plan
from workplan.output.make import Wanted, make
from workplan.resources.templates import Templates
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from subprocess import CompletedProcess

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

#: Runs a program without root's power to read and write what is closed.
POWERLESS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
FAULTY = {"tasks.yaml": "kind: tasks\nitems:\n  - {title: 培训, units: 区教育据}\n"}
WARNED = {"document.yaml": "title: 样本\nparts: [tasks]\n"}
#: What commands that use a plan say of its warnings.
COUNTED = "2022：1 个警告，用 workplan check 2022 查看\n"


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder, files with what they hold."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture
def powerless(start: Run) -> Run:
    """Runs ``workplan`` as a user for whom the permissions of files hold."""
    if sys.platform == "win32":
        pytest.skip("permissions of another kind")
    if os.geteuid() != 0:
        return start
    if not shutil.which("setpriv"):
        pytest.skip("root reads everything, and there is no setpriv to make it less mighty")
    return partial(start, before=POWERLESS)


@pytest.mark.parametrize(
    ("files", "arguments", "code"),
    [
        ({}, ("check",), 0),
        ({}, ("check", "--strict"), 0),
        ({}, ("check", "2022", "plan/2022"), 0),
        (WARNED, ("check",), 0),
        (WARNED, ("check", "--strict"), 1),
        (FAULTY, ("check",), 1),
        (FAULTY, ("check", "--format", "json"), 1),
        ({}, ("tasks",), 0),
        (FAULTY, ("tasks",), 1),
        ({}, ("units",), 0),
        (FAULTY, ("units",), 1),
        (WARNED, ("tasks", "--format", "json"), 0),
        (FAULTY, ("build", "--only", "assignments", "--format", "json"), 1),
        (WARNED, ("build", "--only", "assignments", "--format", "json"), 0),
        ({}, ("schema", "document"), 0),
        ({}, ("--version",), 0),
        ({}, ("--help",), 0),
        ({}, ("build", "--help"), 0),
        ({}, ("new", "2031"), 0),
    ],
)
def test_the_exit_code_says_how_it_went(
    files: Mapping[str, str], arguments: tuple[str, ...], code: int, project: Project, run: Run
) -> None:
    project(files)
    assert run(*arguments).returncode == code


#: Calls that cannot be, and a word that the complaint must hold.
MISUSES = {
    "unknown command": (("frobnicate",), "frobnicate"),
    "misspelt command": (("chekc",), "“chekc”"),
    "unknown option": (("check", "--nope"), "--nope"),
    "bad format of check": (("check", "--format", "xml"), "xml"),
    "bad format of tasks": (("tasks", "--format", "xml"), "xml"),
    "bad format of build": (("build", "--format", "pdf,tiff"), "tiff"),
    "a format that the group has not": (("build", "--only", "assignments", "--format", "pdf"), "pdf"),
    "unknown group": (("build", "--only", "everything"), "everything"),
    "option without value": (("tasks", "--format"), "--format"),
    "jobs below one": (("build", "--jobs", "-1"), "-1"),
    "jobs in words": (("build", "--jobs", "many"), "--jobs"),
    "no such year": (("check", "1999"), "1999"),
    "no such folder": (("build", "plan/1999"), "plan/1999"),
    "a file of all plans for one": (("tasks", "plan/units.yaml"), "plan/units.yaml"),
    "a name that no file system takes": (("check", "x" * 400), "xxx"),
    "one plan too many": (("tasks", "2022", "2022"), "2022"),
    "unknown schema": (("schema", "plan"), "plan"),
    "schema of nothing": (("schema",), "document"),
    "a unit that nobody named": (("tasks", "--unit", "区体育局"), "区体育局"),
    "a sheet for nobody": (("build", "--unit", "区体育局"), "区体育局"),
    "a year in words": (("new", "明年"), "明年"),
    "a year that is a path": (("new", "../2030"), "../2030"),
    "a year that exists": (("new", "2022"), "2022"),
    "new without year": (("new",), "NAME"),
    "output onto a folder": (("tasks", "-o", "plan"), "plan"),
    "output onto a file": (("build", "-o", "plan/units.yaml", "--format", "json"), "plan/units.yaml"),
    "output below a file": (("units", "-o", "plan/units.yaml/x"), "plan/units.yaml"),
    "output with a name too long": (("build", "-o", "x" * 400, "--format", "json"), "xxx"),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("arguments", "word"), MISUSES.values(), ids=MISUSES)
def test_a_call_that_cannot_be_is_refused_in_one_line_with_code_2(
    arguments: tuple[str, ...], word: str, language: str, project: Project, run: Run
) -> None:
    root = project({})
    before = tree(root)
    ended = run("--lang", language, *arguments)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("workplan: ")
    assert ended.stderr.count("\n") == 1
    assert word.strip("“”") in ended.stderr if language == "en" else word in ended.stderr
    assert tree(root) == before


def test_a_name_that_no_file_system_takes_is_a_name_that_is_not_there(project: Project, run: Run) -> None:
    project({})
    assert run("check", "x" * 400).stderr == run("check", "y").stderr.replace("y", "x" * 400)


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (("build", "-o", "plan/units.yaml", "--format", "json"), "plan/units.yaml"),
        (("tasks", "-o", "plan"), "plan"),
        (("units", "-o", "plan/units.yaml/x"), "plan/units.yaml"),
    ],
)
def test_what_cannot_be_written_is_named_with_a_way_out(
    arguments: tuple[str, ...], place: str, project: Project, run: Run
) -> None:
    project({})
    assert run(*arguments).stderr.startswith(f"workplan: 不能写入“{place}")


def test_without_a_plan_anywhere_every_command_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("check", "build", "tasks", "units"):
        ended = run(command)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "workplan new" in ended.stderr


def test_without_arguments_the_help_is_shown(run: Run) -> None:
    ended = run()
    assert ended.returncode == 2
    assert "check" in ended.stdout
    assert ended.stderr == ""


def test_a_plan_is_found_by_year_from_below_and_by_path(
    project: Project, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(
        {"plan/2021/document.yaml": "title: 旧\nparts: []\ndate: ''\n", "plan/²/document.yaml": "titel: 坏\n"}
    )
    assert json.loads(run("check", "--format", "json").stdout)["plan"] == "2022"
    assert json.loads(run("check", "2021", "--format", "json").stdout)["plan"] == "2021"
    below = root / "docs/notes"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert json.loads(run("check", "--format", "json").stdout)["plan"] == "2022"
    monkeypatch.chdir(root / "plan/2021")
    assert json.loads(run("check", ".", "--format", "json").stdout)["plan"] == "2021"


def test_the_folder_of_all_years_is_no_plan_and_the_latest_is_named(
    project: Project, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project({"plan/2021/document.yaml": "title: 旧\nparts: []\ndate: ''\n"})
    for command in ("check", "build", "tasks"):
        ended = run(command, "plan")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "“plan”是放各年工作要点的文件夹" in ended.stderr
        assert "：plan/2022\n" in ended.stderr
    monkeypatch.chdir(root / "plan")
    assert "：2022\n" in run("check", ".").stderr


def test_findings_of_check_are_its_data_and_go_to_standard_output(project: Project, run: Run) -> None:
    project(FAULTY)
    ended = run("check")
    assert ended.stdout.startswith("plan/2022/tasks.yaml:3:24 错误 单位名册里没有“区教育据”")
    assert ended.stderr == ""


def test_data_of_tasks_and_units_stay_clean_of_findings(project: Project, run: Run) -> None:
    project(WARNED)
    for command in ("tasks", "units"):
        ended = run(command, "--format", "json")
        assert json.loads(ended.stdout)["version"] == 1
        assert ended.stderr == COUNTED
        rows = list(csv.reader(io.StringIO(run(command, "--format", "csv").stdout.removeprefix("\ufeff"))))
        assert len(rows) >= 2
        assert "警告" not in run(command).stdout


def test_a_build_counts_warnings_in_one_line_and_goes_on(project: Project, run: Run) -> None:
    project(WARNED)
    ended = run("build", "--only", "official", "--format", "txt")
    assert (ended.returncode, ended.stdout) == (0, "")
    assert ended.stderr == f"{COUNTED}已生成 2 个文件，在 build/2022\n"


def test_a_build_of_a_plan_with_notes_alone_says_nothing_of_them(project: Project, run: Run) -> None:
    project({"document.yaml": 'title: 样本\nparts: [tasks]\ndate: ""\nissuer: 甲\nchecks: {missing-number: info}\n'})
    assert "1 条提示" in run("check").stdout
    assert run("build", "--only", "official", "--format", "txt").stderr == "已生成 2 个文件，在 build/2022\n"


def test_two_plans_give_a_list_of_reports(project: Project, run: Run) -> None:
    project({"plan/2021/document.yaml": "title: 旧\nparts: []\ndate: ''\n"})
    shapes = json.loads(run("check", "2021", "2022", "--format", "json").stdout)
    assert [shape["plan"] for shape in shapes] == ["2021", "2022"]
    assert [{one["rule"] for one in shape["diagnostics"]} for shape in shapes] == [{"unused-unit"}] * 2


def test_a_fault_in_one_plan_keeps_that_one_alone_from_being_built(project: Project, run: Run) -> None:
    root = project({"plan/2023/document.yaml": "titel: 坏\nparts: []\n"})
    assert run("build", "2022", "2023", "--only", "assignments", "--format", "json").returncode == 1
    assert [path.name for path in (root / "build").iterdir()] == ["2022"]
    before = tree(root)
    assert run("build", "2023", "--only", "assignments", "--format", "json").returncode == 1
    assert tree(root) == before


def test_a_finding_is_shown_with_its_line_and_a_caret_under_the_right_cells(project: Project, run: Run) -> None:
    project(FAULTY)
    lines = run("check").stdout.splitlines()
    assert lines[1] == " 3 |   - {title: 培训, units: 区教育据}"
    assert lines[2] == "   | " + " " * (23 + len("培训")) + "^" * 8


def test_no_control_sequence_of_a_plan_reaches_the_terminal(project: Project, run: Run) -> None:
    hostile = "title: 样本\x1b[31m\x07\r\nparts: [tasks]\n\x9b"
    project({"document.yaml": hostile, "plan/2022/x\x1b[2Jy.yaml": "kind: tasks\n"})
    for command in ("check", "build"):
        ended = run(command)
        assert not set(ended.stdout + ended.stderr) & {"\x1b", "\x07", "\x9b", "\r"}


def test_the_language_is_that_of_the_option_then_the_variable_then_the_locale(
    project: Project, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    project({})
    assert "没有" in run("check").stdout
    assert "没有" not in run("--lang", "en", "check").stdout
    monkeypatch.setenv("WORKPLAN_LANG", "en")
    assert "没有" not in run("check").stdout
    assert "没有" in run("--lang=zh", "check").stdout
    monkeypatch.delenv("WORKPLAN_LANG")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "没有" not in run("check").stdout
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "没有" in run("check").stdout


HOSTILE = (
    "../x",
    "a/b",
    "a\\b",
    "CON",
    "con",
    "con.txt",
    "..",
    ".hidden",
    "-rf",
    "长" * 300,
    "长" * 301,
    "é",
    "e\u0301",
    "A:b",
    "x*?",
    "尾.",
    "Ab局",
    "aB局",
)


def test_sheets_of_hostile_units_stay_in_their_folder_and_apart(project: Project, run: Run) -> None:
    names = "".join(f"  - {{name: {json.dumps(name, ensure_ascii=False)}}}\n" for name in HOSTILE)
    tasks = "".join(f"  - title: 任务\n    units: {json.dumps(name, ensure_ascii=False)}\n" for name in HOSTILE)
    root = project({"units.yaml": f"units:\n{names}", "tasks.yaml": f"kind: tasks\nitems:\n{tasks}"})
    before = tree(root)
    assert run("build", "-o", "out", "--only", "sheets", "--format", "md").returncode == 0
    written = {path: text for path, text in tree(root).items() if path not in before and text is not None}
    sheets = {Path(path).name for path in written} - {"manifest.json"}
    assert all(path.startswith("out/2022/") for path in written)
    assert len({name.casefold() for name in sheets}) == len(HOSTILE)
    assert all(len(name.encode()) < 160 and not set(name) & set('/\\:*?"<>|') for name in sheets)
    assert not {"con.md", "con.txt.md"} & {name.casefold() for name in sheets}
    manifest = json.loads(written["out/2022/manifest.json"])
    assert set(manifest["units"]) == set(HOSTILE)


@pytest.mark.parametrize("closed", ["plan/2022/tasks.yaml", "plan/2022/document.yaml", "plan/units.yaml", "plan/2022"])
def test_what_cannot_be_read_is_a_finding_that_names_it(closed: str, project: Project, powerless: Run) -> None:
    root = project({})
    (root / closed).chmod(0)
    try:
        for arguments in (("check",), ("check", "plan/2022"), ("build", "-o", "out")):
            ended = powerless(*arguments, cwd=root)
            assert ended.returncode == 1
            assert "Traceback" not in ended.stderr
            assert f"{closed}{'/document.yaml' if closed == 'plan/2022' else ''}:1:1 " in ended.stdout + ended.stderr
            assert (ended.stdout + ended.stderr).count("[unreadable-file]") == 1
    finally:
        (root / closed).chmod(0o755)
    assert not (root / "out").exists()


@pytest.mark.parametrize(
    ("closed", "mode", "arguments"),
    [
        ("plan", 0o000, ("check",)),
        ("plan", 0o000, ("check", "2022")),
        ("plan", 0o000, ("check", "plan/2022")),
        ("plan", 0o555, ("new", "2030")),
        ("plan", 0o000, ("new", "2030")),
        ("out", 0o555, ("build", "-o", "out", "--format", "json")),
        ("out", 0o555, ("tasks", "-o", "out/tasks.csv", "--format", "csv")),
        ("out", 0o000, ("build", "-o", "out/deeper", "--format", "json")),
    ],
)
def test_a_folder_closed_to_us_is_said_in_one_line(
    closed: str, mode: int, arguments: tuple[str, ...], project: Project, powerless: Run
) -> None:
    root = project({"out/kept.txt": "旧"})
    before = tree(root)
    (root / closed).chmod(mode)
    try:
        ended = powerless(*arguments, cwd=root)
    finally:
        (root / closed).chmod(0o755)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("workplan: ")
    assert ended.stderr.count("\n") == 1
    assert (" -o " in ended.stderr) == (arguments[0] in ("build", "tasks"))
    assert tree(root) == before


def test_a_template_that_cannot_be_read_is_a_finding(project: Project, powerless: Run) -> None:
    root = project({})
    powerless("build", "--only", "official", "--format", "txt", "-o", "kept", cwd=root)
    root = project({"templates/official.txt": "x"})
    (root / "templates/official.txt").chmod(0)
    ended = powerless("build", "--only", "official", "--format", "txt", "-o", "out", cwd=root)
    assert ended.returncode == 1
    assert ended.stderr.rstrip().splitlines()[0].endswith("[template]")
    assert not (root / "out").exists()


def test_a_pipe_named_with_o_is_written_to_and_stays_a_pipe(project: Project, run: Run) -> None:
    """So ``-o /dev/null`` replaces no device."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here")
    pipe = project({}) / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("tasks", "--format", "csv", "-o", "pipe").returncode == 0
        assert os.read(reader, 1 << 16).decode("utf-8-sig").count("\n") > 0
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_links_in_a_circle_are_findings(project: Project, run: Run) -> None:
    root = project({"tasks.yaml": None})
    link = root / "plan/2022/tasks.yaml"
    try:
        link.symlink_to(link)
    except OSError:
        pytest.skip("no links here")
    ended = run("check")
    assert ended.returncode == 1
    assert "plan/2022/tasks.yaml:1:1 " in ended.stdout


def test_a_working_folder_that_went_away_is_said_in_one_line(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("a folder in use cannot go away")
    gone = tmp_path / "gone"
    gone.mkdir()
    code = "import os, sys; os.rmdir(os.getcwd()); from workplan.cli import main; main(['check'])"
    ended = subprocess.run([sys.executable, "-c", code], cwd=gone, capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "arguments", [("check",), ("--help",), ("tasks",), ("tasks", "--format", "json"), ("schema", "part")]
)
def test_a_reader_that_has_seen_enough_ends_the_command_quietly(arguments: tuple[str, ...], project: Project) -> None:
    if sys.platform == "win32":
        pytest.skip("pipes of another kind")
    root = project({})
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "workplan", *arguments]
    try:
        ended = subprocess.run(command, cwd=root, env=usual(), stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, b"")


@pytest.mark.parametrize("arguments", [("check",), ("tasks", "--format", "json")])
def test_a_full_disk_behind_standard_output_is_said_in_one_line(arguments: tuple[str, ...], project: Project) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    root = project({})
    command = [sys.executable, "-m", "workplan", *arguments]
    with full.open("wb") as out:
        ended = subprocess.run(command, cwd=root, env=usual(), stdout=out, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    assert ended.stderr.decode().startswith("workplan: 不能写入")
    assert ended.stderr.count(b"\n") == 1


def usual() -> dict[str, str]:
    """The environment with buffered streams, as users have them."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def test_closed_streams_do_no_harm(project: Project) -> None:
    root = project({})
    code = "import sys; sys.stdout = sys.stderr = None; from workplan.cli import main; main(['check'])"
    ended = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_output_is_utf_8_whatever_the_terminal_says(
    project: Project, monkeypatch: pytest.MonkeyPatch, start: Run
) -> None:
    root = project(FAULTY)
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    monkeypatch.setenv("PYTHONUTF8", "0")
    ended = start("check", cwd=root)
    assert ended.returncode == 1
    assert "单位名册里没有“区教育据”" in ended.stdout


def test_a_new_plan_checks_as_it_stands_and_nothing_is_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "2030").returncode == 0
    assert run("check").returncode == 0
    before = tree(tmp_path)
    assert run("new", "2030").returncode == 2
    assert tree(tmp_path) == before
    (tmp_path / "plan/units.yaml").write_text("units: []\n", encoding="utf-8")
    assert run("new", "2031").returncode == 0
    assert (tmp_path / "plan/units.yaml").read_text(encoding="utf-8") == "units: []\n"


def test_a_result_replaces_an_older_one_whole(project: Project, run: Run) -> None:
    root = project({"tasks.json": "旧" * 10_000})
    assert run("tasks", "--format", "json", "-o", "tasks.json").returncode == 0
    assert json.loads((root / "tasks.json").read_bytes())["plan"] == "2022"
    assert [path.name for path in root.glob(".*")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="file names are text there")
def test_names_that_are_no_utf_8_and_names_that_command_the_terminal_are_shown_as_they_are_written(
    project: Project, run: Run
) -> None:
    root = project({})
    (root / "plan/2022").rename(root / "plan/20\udcff22\x1b[31m\x9b")
    name = "20\udcff22\x1b[31m\x9b"
    calls = [["check", name, "--format", form] for form in ("text", "json", "sarif", "github")]
    calls += [["tasks", name], ["tasks", name, "--format", "json"], ["fmt", name, "--diff"], ["check", name, "--diff"]]
    calls += [["build", name, "-o", "out", "--only", "official", "--format", "txt"], ["check", f"{name}0"]]
    for call in calls:
        ended = run(*call)
        assert "Traceback" not in ended.stderr, call
        assert not set(ended.stdout + ended.stderr) & {"\x1b", "\x9b", "\udcff"}, call
    assert r"20\xff22\x1b[31m\x9b0" in run("check", f"{name}0").stderr


@pytest.mark.parametrize("only", [("--only", "official", "--format", "txt"), ("--format", "json")])
def test_an_option_for_task_sheets_that_does_nothing_says_so(only: tuple[str, ...], project: Project, run: Run) -> None:
    project({})
    ended = run("build", *only, "--blank", "完成情况", "--members")
    assert ended.returncode == 0
    assert [option for option in ("--blank", "--members") if f"{option} 在这里不起作用" in ended.stderr] == [
        "--blank",
        "--members",
    ]


def test_an_option_for_task_sheets_that_does_something_says_nothing(project: Project, run: Run) -> None:
    root = project({})
    ended = run("build", "--only", "sheets", "--format", "md", "--blank", "完成情况", "--members")
    assert "不起作用" not in ended.stderr
    assert "完成情况" in (root / "build/2022/sheets/区教育局.md").read_text("utf-8")
    assert "--blank" in run("build", "--only", "sheets", "--format", "md", "--blank", " ").stderr


def test_log_outside_of_a_repository_advises_about_log(
    project: Project, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project({})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    for call in (("log",), ("log", "2022")):
        ended = run(*call)
        assert ended.returncode == 2
        assert "workplan log" in ended.stderr
        assert "workplan diff" not in ended.stderr


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_is_told_of_each_file_once(jobs: int, project: Project) -> None:
    """By several processes as each is done: a bar that stands still and then jumps to its end says nothing."""
    root = project({})
    plan = compile_plan(Directory(root / "plan/2022")).plan
    assert plan is not None
    told: list[str] = []
    wanted = Wanted(only="sheets", formats=frozenset({"md"}), jobs=jobs, members=True)
    made = make(plan, wanted, Templates(None), lambda done: told.append(done.path))
    assert sorted(told) == sorted(made.files)
