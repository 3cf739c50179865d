"""Builds that take what earlier ones made: the same bytes whatever the cache holds, and no more work than what changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workplan.compiler import compile_plan
from workplan.output import cache as kept
from workplan.output.cache import Cache
from workplan.output.unchanged import Witness, answers_as_before
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from subprocess import CompletedProcess

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

UNITS = "units:\n" + "".join(
    f"  - name: {name}\n    full: 云州市{name}\n" for name in ("区教育局", "区财政局", "区民政局")
)
TASK = "  - id: {id}\n    title: {title}\n    text: {text}\n    units: {units}\n"
TASKS = "kind: tasks\ntitle: 重点任务\nitems:\n"
FIRST = TASK.format(id="one", title="加强培训", text="办好培训班。", units="区教育局牵头，区财政局配合")
SECOND = TASK.format(id="two", title="做好救助", text="及时发放。", units="区民政局")
FILES = {"units.yaml": UNITS, "tasks.yaml": TASKS + FIRST + SECOND}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that is empty when the test begins."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "workplan" / "files"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def made(told: str) -> set[str]:
    """The files that ``--timings`` says were made."""
    return set(re.findall(r"^ *\d+\.\d+ 秒  (\S+)$", told, re.MULTILINE))


def test_an_unchanged_plan_is_neither_compiled_nor_printed(project: Project, run: Run) -> None:
    """A build of it takes as long as reading its files, since nothing else is loaded."""
    root = project(FILES)
    first = run("build")
    assert first.returncode == 0, first.stderr
    before = contents(root / "build")
    shutil.rmtree(root / "build")
    call = [sys.executable, "-X", "importtime", "-m", "workplan", "build"]
    again = subprocess.run(call, capture_output=True, encoding="utf-8", check=True, cwd=root)
    loaded = {line.rpartition("|")[2].strip() for line in again.stderr.splitlines() if line.startswith("import time:")}
    unwanted = {
        "yaml",
        "jinja2",
        "weasyprint",
        "docx",
        "lxml",
        "xlsxwriter",
        "pypdfium2",
        "rjieba",
        "workplan.compiler",
    }
    assert not loaded & (unwanted | {"workplan.view", "workplan.language.model", "workplan.output.make"})
    told = [line for line in again.stderr.splitlines() if not line.startswith("import time:")]
    assert told == first.stderr.splitlines()
    assert contents(root / "build") == before


def test_one_changed_task_makes_only_the_files_that_it_is_on(project: Project, run: Run) -> None:
    root = project(FILES)
    run("build")
    tasks = root / "plan/2022/tasks.yaml"
    tasks.write_text(TASKS + FIRST + SECOND.replace("及时", "按月"), "utf-8")
    again = made(run("build", "--timings").stderr)
    assert {path for path in again if path.startswith("sheets/")} == {
        f"sheets/区民政局.{form}" for form in ("pdf", "docx", "md")
    }
    tasks.write_text("# 说明\n" + TASKS + FIRST + SECOND.replace("及时", "按月"), "utf-8")
    assert made(run("build", "--timings").stderr) == set()
    incremental = contents(root / "build")
    run("build", "--force", "-o", "clean")
    assert incremental == contents(root / "clean")


def test_force_makes_everything_and_the_same(project: Project, run: Run) -> None:
    root = project(FILES)
    run("build")
    before = contents(root / "build")
    told = run("build", "--force", "--timings").stderr
    assert made(told) == {path.removeprefix("2022/") for path in before} - {"manifest.json"}
    assert contents(root / "build") == before


def relinked(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


#: What may happen to an entry.
SPOILING: Mapping[str, Callable[[Path], object]] = {
    "warm": lambda _: None,
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "empty": lambda path: path.write_bytes(b""),
    "one byte": lambda path: path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1])),
    "exchanged": lambda path: path.write_bytes(max(path.parent.parent.rglob("*")).read_bytes()),
    "folders": replaced_by_a_folder,
    "half gone": lambda path: path.unlink() if path.name[2] > "7" else None,
    "nobody's": lambda path: path.chmod(0),
    "links": relinked,
}


def spoilt(cache: Path, how: str) -> None:
    """Do something to a cache that no build does."""
    if how in ("gone", "a file"):
        shutil.rmtree(cache)
    if how == "a file":
        cache.write_bytes(b"no folder")
    for path in sorted(path for path in cache.rglob("*") if path.is_file()):
        SPOILING[how](path)


@pytest.mark.parametrize("how", ["gone", "a file", *SPOILING])
def test_whatever_the_cache_holds_the_bytes_are_those_of_a_clean_build(
    how: str, project: Project, run: Run, cache: Path
) -> None:
    root = project(FILES)
    assert run("build").returncode == 0
    clean = contents(root / "build")
    spoilt(cache, how)
    shutil.rmtree(root / "build")
    ended = run("build", "--jobs", "2")
    assert ended.returncode == 0, ended.stderr
    assert contents(root / "build") == clean


def test_the_cache_of_another_project_gives_what_is_the_same_and_nothing_else(
    project: Project, run: Run, tmp_path: Path
) -> None:
    root = project(FILES)
    run("build")
    other = tmp_path / "other"
    shutil.copytree(root, other)
    shutil.rmtree(other / "build")
    (other / "plan/2022/tasks.yaml").write_text(TASKS + FIRST + SECOND.replace("救助", "帮扶"), "utf-8")
    os.chdir(other)
    told = run("build", "--timings").stderr
    assert "sheets/区教育局.pdf" not in made(told)
    warm = contents(other / "build")
    run("build", "--force", "-o", "clean")
    assert warm == contents(other / "clean")


def test_a_damaged_file_of_the_build_is_made_again(project: Project, run: Run) -> None:
    """Also where nothing else changed, and the cache has it."""
    root = project(FILES)
    run("build")
    clean = contents(root / "build")
    for path in ("official.pdf", "sheets/区教育局.md"):
        (root / "build/2022" / path).write_bytes(b"damaged")
    (root / "build/2022/official.txt").unlink()
    run("build")
    now = contents(root / "build")
    assert {path: now[path] for path in clean} == clean
    assert {path.partition("（")[0] for path in now.keys() - clean.keys()} == {"2022/official", "2022/sheets/区教育局"}


def test_two_builds_at_once_share_a_cache(project: Project, run: Run, cache: Path) -> None:
    root = project(FILES)
    run("build")
    clean = contents(root / "build")
    shutil.rmtree(cache)

    def build(out: str, jobs: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "workplan", "build", "-o", out, "--jobs", jobs], cwd=root, stderr=subprocess.DEVNULL
        )

    both = [build("one", "1"), build("two", "2")]
    assert [one.wait(300) for one in both] == [0, 0]
    assert contents(root / "one") == contents(root / "two") == clean


def test_whatever_a_plan_was_asked_for_is_asked_again(project: Project) -> None:
    """Files of plans beside it too: a name of the registry that another plan uses is no finding."""
    root = project({**FILES, "units.yaml": f"{UNITS}  - name: 区体育局\n"})
    plan, beside = root / "plan/2022", root / "plan/2023"
    witness = Witness(Directory(plan))
    compile_plan(witness)
    alone = list(witness.answers)
    assert answers_as_before(Directory(plan), alone)
    shutil.copytree(plan, beside)
    assert not answers_as_before(Directory(plan), alone)
    witness = Witness(Directory(plan))
    compile_plan(witness)
    assert answers_as_before(Directory(plan), witness.answers)
    changes: tuple[Callable[[], object], ...] = (
        lambda: (root / "plan/units.yaml").write_text(UNITS, "utf-8"),
        (plan / "tasks.yaml").unlink,
        lambda: (plan / "more.yaml").write_text("", "utf-8"),
        lambda: (plan / "document.yaml").replace(plan / "Document.yaml"),
        lambda: (beside / "tasks.yaml").write_text(TASKS + FIRST, "utf-8"),
    )
    for change in changes:
        before = contents(root)
        change()
        assert not answers_as_before(Directory(plan), witness.answers)
        shutil.rmtree(root / "plan")
        for path, content in before.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        assert answers_as_before(Directory(plan), witness.answers)


def test_a_template_counts_as_soon_as_it_is_there(project: Project, run: Run) -> None:
    root = project(FILES)
    run("build")
    (root / "templates").mkdir()
    (root / "templates/official.txt").write_text("本单位的模板", "utf-8")
    run("build")
    assert (root / "build/2022/official.txt").read_text("utf-8") == "本单位的模板\n"
    (root / "templates/official.txt").unlink()
    run("build")
    assert "加强培训" in (root / "build/2022/official.txt").read_text("utf-8")


def test_the_cache_keeps_within_its_bounds_and_drops_what_was_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST", 10_000)
    monkeypatch.setattr(kept, "_STAYS", 7_500)
    cache = Cache(tmp_path)
    for place in range(20):
        cache.put(f"{place:064x}", bytes(1000))
        os.utime(tmp_path / "00" / f"{place:064x}", (place, place))
    cache.trim([f"{0:064x}"])
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) <= 7_500
    assert cache.get(f"{0:064x}") is None
    assert cache.get(f"{19:064x}") == bytes(1000)


def test_how_full_the_cache_is_is_told_from_where_something_was_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys are spread evenly, so to look at all of thousands of entries after each build would tell no more."""
    monkeypatch.setattr(kept, "MOST", 256_000)
    looked_at: list[Path] = []
    usual = os.scandir

    def scandir(folder: str | Path) -> Iterator[os.DirEntry[str]]:
        looked_at.append(Path(folder))
        return usual(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    cache = Cache(tmp_path)
    for place in range(256):
        cache.put(f"{place:02x}{0:062x}", bytes(500))
    cache.trim([f"{7:02x}{0:062x}", f"{9:02x}{0:062x}"])
    assert looked_at == [tmp_path / "07", tmp_path / "09"]
    cache.put(f"{9:02x}{1:062x}", bytes(5000))
    cache.trim([f"{9:02x}{1:062x}"])
    assert set(looked_at) == {tmp_path, *(tmp_path / f"{place:02x}" for place in range(256))}


def test_an_entry_holds_only_under_its_own_key(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("aa", b"content")
    shutil.copy(tmp_path / "aa/aa", tmp_path / "aa/aab")
    assert (cache.get("aa"), cache.get("aab")) == (b"content", None)
    assert not (tmp_path / "aa/aab").exists()
    assert Cache(tmp_path, fresh=True).get("aa") is None
    assert Cache().get("aa") is None


def test_where_nothing_can_be_kept_a_build_goes_on(project: Project, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(FILES)
    for home in (str(root / "units"), "/dev/null", "relative", "/proc/nothing"):
        monkeypatch.setenv("XDG_CACHE_HOME", home)
        monkeypatch.setenv("HOME", "/dev/null")
        ended = run("build", "--only", "sheets", "--format", "md")
        assert (ended.returncode, "Traceback" in ended.stderr) == (0, False), ended.stderr
    assert not (root / "relative").exists()


def test_verify_says_what_differs_and_ends_with_1(project: Project, run: Run) -> None:
    root = project(FILES)
    absent = run("build", "--verify")
    assert (absent.returncode, "manifest.json" in absent.stdout) == (1, True)
    run("build")
    whole = run("build", "--verify")
    assert (whole.returncode, whole.stdout) == (0, "")
    (root / "build/2022/official.txt").write_text("改过", "utf-8")
    (root / "build/2022/sheets/区教育局.md").unlink()
    differs = run("build", "--verify")
    assert differs.returncode == 1
    assert [line.partition("：")[0] for line in differs.stdout.splitlines()] == [
        "build/2022/official.txt",
        "build/2022/sheets/区教育局.md",
    ]
    assert (root / "build/2022/official.txt").read_text("utf-8") == "改过"
    (root / "build/2022/.unfinished.json").write_text(
        json.dumps({"version": 1, "plan": "2022", "files": [], "units": {}}), "utf-8"
    )
    assert ".unfinished.json" in run("build", "--verify").stdout
    assert run("build", "--verify", "--force").returncode == 2


#: A character that no face has.
NOBODYS = "\U000323af"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_sheet_that_cannot_be_made_is_told_and_the_others_are_written(jobs: str, project: Project, run: Run) -> None:
    root = project(FILES)
    run("build")
    (root / "plan/units.yaml").write_text(UNITS.replace("云州市区财政局", f"云州市区财政{NOBODYS}局"), "utf-8")
    ended = run("build", "--jobs", jobs)
    assert ended.returncode == 1
    assert "U+323AF" in ended.stderr
    assert "sheets/*.pdf" in ended.stderr
    folder = root / "build/2022"
    assert not (folder / "sheets/区财政局.pdf").exists()
    assert all((folder / "sheets" / f"{name}.pdf").exists() for name in ("区教育局", "区民政局"))
    assert NOBODYS in (folder / "sheets/区财政局.md").read_text("utf-8")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert manifest["missing"] == ["sheets/区财政局.pdf"]
    assert run("build", "--jobs", jobs).returncode == 1  # and told again as long as it is so
    (root / "plan/units.yaml").write_text(UNITS, "utf-8")
    assert run("build").returncode == 0
    assert (folder / "sheets/区财政局.pdf").exists()


def test_timings_are_told_the_slowest_first_and_nothing_of_them_unasked(project: Project, run: Run) -> None:
    project(FILES)
    assert "秒" not in run("build").stderr
    told = run("build", "--force", "--timings").stderr
    seconds = [float(found) for found in re.findall(r"^ *(\d+\.\d+) 秒  ", told, re.MULTILINE)]
    assert seconds == sorted(seconds, reverse=True)
    assert len(seconds) > 10
    kept = run("build", "--timings").stderr
    assert f"0 个文件；另有 {len(seconds)} 个沿用以前生成的" in kept


def test_an_empty_path_is_refused_and_writes_nothing(project: Project, run: Run) -> None:
    folder = project(FILES)
    before = sorted(folder.rglob("*"))
    for call in (["build", "-o", ""], ["tasks", "-o", ""], ["log", "--out="], ["merge", "--opinions", ""]):
        ended = run(*call)
        assert (ended.returncode, "有一个路径是空的" in ended.stderr) == (2, True), call
    assert sorted(folder.rglob("*")) == before


class Watching:
    """``build --watch`` as a program of its own; its lines come as they are written."""

    def __init__(self, root: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "workplan", "build", "--watch"], cwd=root, stderr=subprocess.PIPE, encoding="utf-8"
        )

    def until(self, words: str) -> str:
        """The next line that has some words."""
        assert self.process.stderr
        timer = threading.Timer(120, self.process.kill)
        timer.start()
        try:
            return next(line for line in self.process.stderr if words in line)
        finally:
            timer.cancel()

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


def test_watch_builds_what_is_saved_and_tells_what_is_wrong_with_it(project: Project, run: Run) -> None:
    root = project(FILES)
    watching = Watching(root)
    tasks, text = root / "plan/2022/tasks.yaml", root / "build/2022/official.txt"
    try:
        watching.until("已生成")
        tasks.write_text(TASKS + FIRST + SECOND.replace("及时", "按月"), "utf-8")
        watching.until("已生成")
        assert "按月发放" in text.read_text("utf-8")
        tasks.write_text(TASKS + "  - {", "utf-8")
        watching.until("没有生成文件")
        assert "按月发放" in text.read_text("utf-8")
        tasks.write_text(TASKS + FIRST + SECOND.replace("及时", "按季"), "utf-8")
        watching.until("已生成")
        (root / "templates").mkdir()
        (root / "templates/official.txt").write_text("模板一", "utf-8")
        watching.until("已生成")
        assert text.read_text("utf-8") == "模板一\n"
    finally:
        watching.close()
    watched = contents(root / "build")
    (root / "templates/official.txt").write_text("模板一", "utf-8")
    run("build", "--force", "-o", "clean")
    assert watched == contents(root / "clean")
