"""Builds of several plans: a folder for each, one faulty plan stops no other, and nothing is lost with a worker."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workplan.cli.progress import Work
from workplan.diagnostic import Misuse
from workplan.output import one_plan, several
from workplan.output.one_plan import Order, Outcome
from workplan.output.places import Place, places
from workplan.output.result import Done
from workplan.output.wanted import Wanted
from workplan.resources.messages import catalogue
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from subprocess import CompletedProcess

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

DOCUMENT = 'title: 样本\nparts: [tasks]\ndate: ""\n'
TASKS = "kind: tasks\ntitle: 重点任务\nitems:\n  - {title: 加强培训, text: 办好培训班。, units: 区教育局}\n"
YEARS = ("2022", "2023", "2024", "2025")
#: What a worker does to a plan, by the tests below.
SIGNALLED = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by a signal")


def of(*names: str, **others: str) -> dict[str, str | bytes | None]:
    """The files of plans of these names."""
    files: dict[str, str | bytes | None] = {}
    for name in names:
        files |= {f"plan/{name}/document.yaml": DOCUMENT, f"plan/{name}/tasks.yaml": TASKS}
    return files | {f"plan/{name.removeprefix('of_')}/tasks.yaml": text for name, text in others.items()}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def folders(*paths: str) -> list[str]:
    sources = [Directory(Path("/office", path)) for path in paths]
    found = places(sources)
    return [found[source].folder for source in sources]


def test_a_plan_goes_to_the_folder_of_its_name() -> None:
    assert folders("plan/2022", "other/plan/2023") == ["2022", "2023"]


@pytest.mark.parametrize(
    ("paths", "wanted"),
    [
        (("东/plan/2022", "西/plan/2022", "西/plan/2023"), ["东/2022", "西/2022", "2023"]),
        (("东/plan/2022", "西/工作/2022"), ["plan/2022", "工作/2022"]),
        (("甲/东/plan/2022", "甲/西/plan/2022", "乙/东/plan/2022"), ["甲/东/2022", "甲/西/2022", "乙/东/2022"]),
        (("plan/2022", "东/plan/2022"), ["office/2022", "东/2022"]),
        (("a/plan/2022民生", "b/plan/2022民生"), ["a/2022民生", "b/2022民生"]),
    ],
)
def test_where_names_clash_the_nearest_folders_that_differ_stand_before_them(
    paths: tuple[str, ...], wanted: list[str]
) -> None:
    assert folders(*paths) == wanted


def test_names_that_some_file_systems_do_not_tell_apart_clash_too() -> None:
    assert folders("east/plan/Draft", "west/plan/draft") == ["east/Draft", "west/draft"]


def test_no_plan_is_written_into_the_folder_of_another() -> None:
    with pytest.raises(Misuse, match="same-name"):
        folders("东/2022", "西/2022", "plan/东")


def test_one_faulty_plan_stops_no_other_and_all_are_told_in_order(project: Project, run: Run) -> None:
    root = project(of(*YEARS, of_2023=TASKS.replace("区教育局", "区教育据")))
    ended = run("build", *(f"plan/{year}" for year in reversed(YEARS)))
    assert ended.returncode == 1
    told = re.findall(r"(?:build/|^)(20\d\d)(?:：没有写出|$)", ended.stderr, re.MULTILINE)
    assert told == ["2025", "2024", "2023", "2022"]
    assert "plan/2023/tasks.yaml:4:" in ended.stderr
    assert sorted(path.name for path in (root / "build").iterdir()) == ["2022", "2024", "2025"]
    together = contents(root / "build/2024")
    assert run("build", "2024", "--force", "-o", "alone").returncode == 0
    assert contents(root / "alone/2024") == together


def test_one_missing_plan_keeps_no_other_from_being_built_and_is_told(project: Project, run: Run) -> None:
    root = project(of("2022", "2023"))
    ended = run("build", "plan/2022", "plan/2019", "plan/2023", "--only", "assignments")
    assert ended.returncode == 2
    assert "plan/2019" in ended.stderr
    assert sorted(path.name for path in (root / "build").iterdir()) == ["2022", "2023"]
    assert run("build", "plan/2018", "plan/2019").returncode == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_the_call_asks_and_one_plan_has_not_is_told_of_that_plan(jobs: str, project: Project, run: Run) -> None:
    files = of("2022", "2023", of_2023=TASKS.replace("区教育局", "区财政局"))
    root = project({**files, "units.yaml": "units:\n  - name: 区教育局\n  - name: 区财政局\n"})
    ended = run("build", "plan/2022", "plan/2023", "--unit", "区财政局", "--format", "md", "--jobs", jobs)
    assert ended.returncode == 2
    assert "workplan: 2022：工作要点里没有“区财政局”的任务" in ended.stderr
    assert (root / "build/2023/sheets/区财政局.md").is_file()
    assert not (root / "build/2022").exists()


def test_plans_of_one_name_get_folders_of_their_own_and_are_verified_there(project: Project, run: Run) -> None:
    root = project({})
    for district in ("城东", "城西"):
        for name in ("document.yaml", "tasks.yaml"):
            place = root / district / "plan/2022" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes((root / "plan/2022" / name).read_bytes().replace("样本".encode(), district.encode()))
        (root / district / "plan/units.yaml").write_bytes((root / "plan/units.yaml").read_bytes())
    call = ("build", "城东/plan/2022", "城西/plan/2022", "--format", "txt,md")
    built = run(*call)
    assert built.returncode == 0, built.stderr
    assert re.findall(r"build/城.\S*", built.stderr) == ["build/城东/2022", "build/城西/2022"]
    assert json.loads((root / "build/城西/2022/manifest.json").read_bytes())["plan"] == "2022"
    assert run(*call[:3], "--verify").returncode == 0
    (root / "build/城西/2022/official.txt").write_text("", "utf-8")
    ended = run(*call[:3], "--verify")
    assert (ended.returncode, ended.stdout.count("official.txt")) == (1, 1)
    assert "build/城西/2022/official.txt" in ended.stdout
    assert "workplan build 城西/plan/2022" in ended.stdout


def test_timings_of_several_plans_name_the_plan_of_each_file(project: Project, run: Run) -> None:
    project(of("2022", "2023"))
    told = run("build", "plan/2022", "plan/2023", "--force", "--timings", "--format", "txt,md").stderr
    assert set(re.findall(r"秒  (\S+txt)$", told, re.MULTILINE)) == {"2022/official.txt", "2023/official.txt"}


def test_the_bar_of_several_plans_moves_with_each() -> None:
    work = Work({("plan", ""): 4}, catalogue("zh"))
    for number in range(1, 5):
        work.step(Done(f"20{number}", 2.0))
        assert work.completed / work.total == number / 4
    assert work.told()["done"] == "4/4"
    assert "2.0" in work.told()["slowest"]


def test_unchanged_plans_are_neither_compiled_nor_handed_to_others(project: Project, run: Run) -> None:
    root = project(of("2022", "2023"))
    run("build", "plan/2022", "plan/2023", "--format", "txt")
    call = [sys.executable, "-X", "importtime", "-m", "workplan", "build", "plan/2022", "plan/2023", "--format", "txt"]
    again = subprocess.run(call, capture_output=True, encoding="utf-8", check=True, cwd=root)
    loaded = {line.rpartition("|")[2].strip() for line in again.stderr.splitlines() if line.startswith("import time:")}
    assert not loaded & {"workplan.compiler", "workplan.output.make", "yaml", "multiprocessing.context"}


def orders(root: Path, *names: str) -> list[Order]:
    wanted = Wanted(formats=frozenset({"txt", "md"}))
    return [
        Order(source=Directory(root / "plan" / name), wanted=wanted, out=root / "out", place=Place("", name, name))
        for name in names
    ]


def written(outcomes: list[Outcome]) -> list[str]:
    return sorted(one.order.place.name for one in outcomes if one.written)


def test_any_executor_will_do(project: Project) -> None:
    root = project(of(*YEARS))
    with ThreadPoolExecutor(1) as executor:
        hands = several.Hands(executor, one_plan.built_beside_others)
        assert written(list(hands.outcomes(orders(root, *YEARS)))) == list(YEARS)


def dying_once(order: Order) -> Outcome:
    """A worker that is killed while it writes the second plan, the first time."""
    mark = order.out.parent / "died"
    if order.place.name == "2023" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return one_plan.built_beside_others(order)


def dying(order: Order) -> Outcome:
    """A worker that is killed whenever it builds the second plan."""
    if order.place.name == "2023":
        os.kill(os.getpid(), signal.SIGKILL)
    return one_plan.built_beside_others(order)


def faulty(order: Order) -> Outcome:
    """A fault of workplan's own."""
    if order.place.name == "2023":
        raise ZeroDivisionError
    return one_plan.built_beside_others(order)


@SIGNALLED
@pytest.mark.parametrize("count", [1, 2])
def test_what_a_killed_worker_had_in_hand_is_made_by_another(
    count: int, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(of(*YEARS))
    monkeypatch.setattr(several, "built_beside_others", dying_once)
    assert written(list(several.side_by_side(orders(root, *YEARS), count))) == list(YEARS)
    assert (root / "died").exists()


@SIGNALLED
def test_a_plan_whose_workers_are_killed_again_is_told_and_the_others_are_made(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(of(*YEARS))
    monkeypatch.setattr(several, "built_beside_others", dying)
    outcomes = list(several.side_by_side(orders(root, *YEARS), 2))
    assert written(outcomes) == ["2022", "2024", "2025"]
    assert [(one.order.place.name, one.misuse.key) for one in outcomes if one.misuse] == [("2023", "plan-killed")]


@pytest.mark.parametrize("count", [1, 2])
def test_a_fault_of_our_own_is_raised_once_the_others_are_made(
    count: int, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(of(*YEARS))
    monkeypatch.setattr(several, "built_beside_others", faulty)
    make = several.side_by_side if count > 1 else lambda found, _: several.one_after_the_other(found)
    outcomes: list[Outcome] = []
    with pytest.raises(ZeroDivisionError):
        outcomes.extend(make(orders(root, *YEARS), count))
    assert sorted(path.name for path in (root / "out").iterdir()) == ["2022", "2024", "2025"]


@SIGNALLED
def test_ctrl_c_ends_all_and_leaves_nothing_half(project: Project, tmp_path: Path) -> None:
    """As on a terminal, where it goes to the workers as well."""
    root = project(of(*(str(year) for year in range(2001, 2041))))
    call = [sys.executable, "-m", "workplan", "build", *(f"plan/{year}" for year in range(2001, 2041)), "--jobs", "2"]
    inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    build = subprocess.Popen(
        call, cwd=root, stderr=subprocess.PIPE, env=environment, start_new_session=True, encoding="utf-8"
    )
    signal.signal(signal.SIGINT, inherited)
    while build.poll() is None and not list(root.glob("build/*/manifest.json")):
        time.sleep(0.01)
    os.killpg(build.pid, signal.SIGINT)
    _, complaint = build.communicate(timeout=120)
    assert build.returncode == 130
    assert "Traceback" not in complaint
    with pytest.raises(ProcessLookupError):
        os.killpg(build.pid, 0)
    made = sorted(path.name for path in (root / "build").iterdir())
    assert 0 < len(made) < 40
    for year in made:
        left = {path.name for path in (root / "build" / year).iterdir()}
        assert not {name for name in left if name.startswith(".")}
        assert not left or "manifest.json" in left
