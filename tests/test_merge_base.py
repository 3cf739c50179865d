"""The plan that a copy was made from, where the copy has lost what names it: by its bookmarks, and only as far as they prove it."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from edited import Copy, packed
from repositories import commit, repository

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

PLAN = Path(__file__).parents[1] / "plan"
NEW = "      - {id: 新增任务, title: 新增任务, text: 抓好落实。, units: 区财政局}\n"
ABOVE = "      - id: 选派援外干部挂职交流\n"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(PLAN, tmp_path / "plan")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pasted(office: Path, run: Run, edit: Callable[[Copy], object]) -> Path:
    """An edited copy of the built document without the property that names the plan."""
    assert run("build", "2022", "--only", "official", "--format", "docx").returncode == 0
    copy = Copy((office / "build/2022/official.docx").read_bytes())
    edit(copy)
    with zipfile.ZipFile(io.BytesIO(copy.packed())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b'name="workplan"', b'name="other"')
    path = office / "改.docx"
    path.write_bytes(packed(parts))
    return path


def add_a_task(office: Path) -> None:
    tasks = office / "plan/2022/tasks.yaml"
    tasks.write_text(tasks.read_text("utf-8").replace(ABOVE, NEW + ABOVE), "utf-8")


def test_what_the_plan_got_since_is_not_taken_for_deleted(office: Path, run: Run) -> None:
    """The copy lacks a task that was added after it went out: the revision that it was made from lacks it too."""
    repository(office)
    commit(office, {})
    copy = pasted(office, run, lambda copy: copy.delete("坚持推动消费协作进机关"))
    add_a_task(office)
    commit(office, {})
    assert run("merge", copy, "--into", "2022").returncode == 0
    tasks = (office / "plan/2022/tasks.yaml").read_text("utf-8")
    assert "新增任务" in tasks
    assert "坚持推动消费协作进机关" not in tasks


def test_without_git_nothing_is_deleted_on_a_guess(office: Path, run: Run) -> None:
    """Whether the copy lost a paragraph or the plan got one since, nobody can say: it is told, and other edits come home."""

    def edit(copy: Copy) -> None:
        copy.delete("坚持推动消费协作进机关")
        copy.retype("新一轮援外干部选派", "第十一批援外干部选派")

    copy = pasted(office, run, edit)
    done = run("merge", copy, "--into", "2022")
    assert done.returncode == 1, done.stdout
    assert "说不准是谁改的 1 处" in done.stdout
    tasks = (office / "plan/2022/tasks.yaml").read_text("utf-8")
    assert "坚持推动消费协作进机关" in tasks
    assert "第十一批援外干部选派" in tasks
