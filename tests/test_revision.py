"""A plan in a revision: read from git's objects alone, found as the arguments of a comparison say."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from repositories import commit, git, plan_files, repository, state, write
from workplan import view
from workplan.compiler import compile_plan
from workplan.diagnostic import Misuse
from workplan.source import Directory, Revision, find_side, find_sides

if TYPE_CHECKING:
    from pathlib import Path

FRAME = "title: 甲\nparts: [任务]\ndate: ''\nnumber: ''\n"
UNITS = "units: [{name: 甲局}]\n"


def tasks(text: str) -> str:
    return f"kind: tasks\ntitle: 重点任务\nitems:\n  - id: 乙\n    title: 乙\n    text: {text}\n    units: 甲局\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Two revisions of ``plan/2022`` in a folder with a Chinese name; the second adds ``plan/2023``."""
    folder = repository(tmp_path / "工作 要点")
    commit(
        folder,
        {"plan/units.yaml": UNITS, "plan/2022/document.yaml": FRAME, "plan/2022/任务.yaml": tasks("旧文。")},
        "初稿",
    )
    git(folder, "tag", "初稿")
    both = {"plan/2023/document.yaml": FRAME, "plan/2023/任务.yaml": tasks("来年。")}
    commit(folder, {"plan/2022/任务.yaml": tasks("新文。"), **both}, "修改：第二稿")
    return folder


def said(source: Directory | Revision) -> str:
    """The text of the only task."""
    result = compile_plan(source)
    assert result.diagnostics == ()
    assert result.plan is not None
    (row,) = view.rows(result.plan)
    return row.text


def misuse(argument: str | None, other: str | None, here: Path) -> Misuse:
    with pytest.raises(Misuse) as caught:
        find_side(argument, other, here)
    return caught.value


@pytest.mark.parametrize(
    ("argument", "other", "text"),
    [
        ("2022", None, "新文。"),
        ("plan/2023", None, "来年。"),
        ("HEAD~1", "2022", "旧文。"),
        ("初稿", "plan/2022", "旧文。"),
        ("HEAD", None, "来年。"),
        ("HEAD", "初稿:plan/2022", "新文。"),
        ("HEAD~1:plan/2022", None, "旧文。"),
        ("HEAD~1:2022", None, "旧文。"),
        ("HEAD~1:./plan/2022/", None, "旧文。"),
        ("HEAD^{/初稿}:plan/2022", None, "旧文。"),
        (":/修改：第", "2022", "新文。"),
        ("main", "2023", "来年。"),
        (None, None, "来年。"),
        (None, "HEAD~1:plan/2022", "新文。"),
        (None, "HEAD~1:2022", "新文。"),
        (None, "2022", "来年。"),
    ],
)
def test_a_side_is_a_folder_a_year_or_a_revision(
    argument: str | None, other: str | None, text: str, office: Path
) -> None:
    assert said(find_side(argument, other, office)) == text


@pytest.mark.parametrize("below", ["plan", "plan/2022", "plan/2023"])
def test_it_does_not_matter_where_in_the_tree_one_stands(below: str, office: Path) -> None:
    here = office / below
    assert said(find_side("HEAD~1", "2022", here)) == "旧文。"
    assert said(find_side("HEAD~1:plan/2022", None, here)) == "旧文。"
    assert said(find_side(None, "HEAD~1:plan/2022", here)) == "新文。"


def test_without_arguments_the_last_revision_is_compared_with_the_working_tree(office: Path) -> None:
    write(office, {"plan/2023/任务.yaml": tasks("改而未交。")})
    old, new = find_sides(None, None, office)
    assert (said(old), said(new)) == ("来年。", "改而未交。")
    assert (old.plan, new.plan) == ("2023", "2023")


def test_a_folder_goes_before_a_branch_of_the_same_name(office: Path) -> None:
    git(office, "branch", "2022", "HEAD~1")
    assert isinstance(find_side("2022", None, office), Directory)
    assert said(find_side("refs/heads/2022", "2022", office)) == "旧文。"


def test_the_real_plan_reads_from_git_as_from_its_folder(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    commit(folder, plan_files())
    (there, here) = find_sides("HEAD:2022", "2022", folder)
    assert there.parts() == here.parts()
    for name in (*here.parts(), "../units.yaml"):
        assert there.read(name) == here.read(name)
    first, second = compile_plan(there).plan, compile_plan(here).plan
    assert first is not None
    assert second is not None
    assert view.rows(first) == view.rows(second)


def test_nothing_is_touched_by_reading(office: Path) -> None:
    """Neither the work tree nor the index nor anything else in ``.git``, though the index is out of date."""
    os.utime(office / "plan/2022/任务.yaml", (1, 1))
    write(office, {"plan/2022/任务.yaml": tasks("改而未交。"), "新.txt": ""})
    before = state(office)
    for argument in ("HEAD", "HEAD~1:plan/2022", "初稿:2022"):
        said(find_side(argument, "2022", office))
    assert state(office) == before


def test_a_bare_repository_has_plans_in_its_revisions(office: Path, tmp_path: Path) -> None:
    bare = tmp_path / "库.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(office), str(bare))
    assert said(find_side("main:plan/2022", None, bare)) == "新文。"
    assert said(find_side("main~1", "main:2022", bare)) == "旧文。"
    assert said(find_side("main", "main~1", bare)) == "来年。"
    assert misuse("main~1", "main:2023", bare).key == "not-in-revision"


def test_a_linked_work_tree_reads_its_own_branch(office: Path, tmp_path: Path) -> None:
    git(office, "worktree", "add", "--quiet", "--detach", str(tmp_path / "另一处"), "HEAD~1")
    assert said(find_side("HEAD", None, tmp_path / "另一处")) == "旧文。"


def test_a_shallow_clone_says_what_it_lacks(office: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{office}", str(tmp_path / "浅"))
    assert said(find_side("HEAD", "2022", tmp_path / "浅")) == "新文。"
    assert misuse("HEAD~1", "2022", tmp_path / "浅").key == "shallow-clone"


def test_repositories_of_the_longer_hash_are_read_too(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", "--object-format=sha256")
    files = {"plan/units.yaml": UNITS, "plan/2022/document.yaml": FRAME, "plan/2022/任务.yaml": tasks("文。")}
    commit(folder, files)
    assert said(find_side("HEAD", None, folder)) == "文。"


def test_links_are_followed_as_far_as_they_stay_inside(office: Path) -> None:
    (office / "共用.yaml").write_bytes((office / "plan/units.yaml").read_bytes())
    (office / "plan/units.yaml").unlink()
    (office / "plan/units.yaml").symlink_to("../共用.yaml")
    (office / "plan/2024").symlink_to("2022")
    (office / "plan/2022/外.yaml").symlink_to("/etc/hostname")
    (office / "plan/2022/圈.yaml").symlink_to("圈.yaml")
    commit(office, {})
    found = find_side("HEAD:plan/2024", None, office)
    assert (said(found), found.parts()) == ("新文。", ("document.yaml", "任务.yaml"))


def test_a_repository_around_a_hook_does_not_matter(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git sets these for the programs that it starts; the plan's own repository is asked all the same."""
    other = repository(tmp_path / "别的")
    for name, value in {"GIT_DIR": other / ".git", "GIT_WORK_TREE": other, "GIT_INDEX_FILE": other / "i"}.items():
        monkeypatch.setenv(name, str(value))
    assert said(find_side("HEAD~1", "2022", office)) == "旧文。"


def test_findings_name_a_file_as_git_show_takes_it(office: Path) -> None:
    commit(office, {"plan/2022/document.yaml": "title: 甲\nparts: [任务, 没有]\n", "plan/2022/没有.yml": ""})
    found = find_side("HEAD:plan/2022", None, office)
    spans = {finding.rule: finding.span.file for finding in compile_plan(found).diagnostics}
    assert spans["missing-file"] == "HEAD:plan/2022/document.yaml"
    assert found.misnamed("没有.yaml") == "没有.yml"
    assert git(office, "show", found.label("../units.yaml")).decode() == UNITS


@pytest.mark.parametrize(
    ("argument", "other", "key"),
    [
        ("没有", None, "unknown-revision"),
        ("2021", None, "unknown-revision"),
        (":plan/2022", None, "unknown-revision"),
        ("甲\n乙", None, "unknown-revision"),
        ("-x", None, "unknown-revision"),
        ("HEAD~9", None, "unknown-revision"),
        ("HEAD:没有", None, "not-in-revision"),
        ("HEAD:", None, "not-in-revision"),
        ("HEAD:../..", None, "not-in-revision"),
        ("HEAD:plan/2022/document.yaml", None, "not-in-revision"),
        ("HEAD~1", "2023", "not-in-revision"),
        ("HEAD~1", None, "not-in-revision"),
        ("plan/units.yaml", None, "not-a-plan-file"),
        ("plan", None, "all-years"),
    ],
)
def test_what_cannot_be_a_side_is_said_with_a_way_out(argument: str, other: str | None, key: str, office: Path) -> None:
    assert misuse(argument, other, office).key == key


def test_a_revision_without_plans_says_so(office: Path) -> None:
    shutil.rmtree(office / "plan")
    commit(office, {"说明.txt": ""})
    git(office, "checkout", "--quiet", "HEAD~1", "--", "plan")
    assert misuse("HEAD", "2022", office).key == "no-plan-in-revision"


def test_without_git_without_repository_and_without_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"甲/plan/2022/document.yaml": FRAME})
    here = tmp_path / "甲"
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert misuse("HEAD", None, here).key == "not-a-repository"
    repository(here)
    assert misuse("HEAD", None, here).key == "no-commits"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert misuse("HEAD", None, here).key == "no-git"


def test_a_damaged_repository_is_told_in_gits_own_words(office: Path) -> None:
    (office / ".git" / "config").write_text("[core\n")
    found = misuse("HEAD", None, office)
    assert found.key == "git-failed"
    assert "config" in str(found.arguments["reason"])


def test_in_a_bare_repository_the_lack_of_a_working_tree_is_told(office: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    git(office, "clone", "--quiet", "--bare", str(office), str(bare))
    with pytest.raises(Misuse, match="bare-repository"):
        find_sides(None, None, bare)
    old, new = find_sides("HEAD:plan/2022", "HEAD:plan/2022", bare)
    assert old.read("document.yaml") == new.read("document.yaml")


@pytest.mark.parametrize("loss", ["damaged", "gone"])
def test_a_file_that_the_repository_has_lost_is_told_as_that(loss: str, office: Path) -> None:
    """It would otherwise be taken for a missing file, and for one that is named wrongly: it stands beside itself."""
    blob = git(office, "rev-parse", "HEAD:plan/2022/document.yaml").decode().strip()
    stored = office / ".git" / "objects" / blob[:2] / blob[2:]
    stored.chmod(0o644)
    if loss == "gone":
        stored.unlink()
    else:
        stored.write_bytes(b"no longer zlib")
    found = misuse("HEAD:plan/2022", None, office)
    assert (found.key, found.arguments["object"]) == ("git-broken", blob)
