"""Git's own diff speaks of tasks and units: real git, under LC_ALL=C and in UTF-8, in a folder with a Chinese name."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workplan
from repositories import ENVIRONMENT, commit, git, plan_files, repository
from workplan.diagnostic import Misuse
from workplan.gitdiff import install, textconv
from workplan.gitdiff.readable import readable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

TASKS = "plan/2022/tasks.yaml"
OLD = plan_files()[TASKS].decode()
#: One sentence reworded, one unit taken away, one task retitled.
EDITS = (
    ("鼓励开展医疗集团和教育集团建设。", "支持医疗集团和教育集团建设。"),
    ("区人力资源和社会保障局、区卫生健康委、区政府合作交流办", "区人力资源和社会保障局、区政府合作交流办"),
    ("title: 推动调研互访", "title: 推动高层互访"),
)


def edited(*edits: tuple[str, str]) -> str:
    text = OLD
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The issued plan, committed, and the current folder."""
    folder = repository(tmp_path / "工作 要点")
    commit(folder, plan_files())
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)
    return folder


def changes(shown: bytes) -> list[str]:
    """The lines of a diff that came or went; reading them proves that they are UTF-8."""
    lines = shown.decode().splitlines()
    return [line for line in lines if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))]


WANTED = [
    "-【推动调研互访】",
    "+【推动高层互访】",
    "+  id：推动调研互访",
    "-  在对口支援地区继续深化“组团式”医疗、教育成果，鼓励开展医疗集团和教育集团建设。",
    "+  在对口支援地区继续深化“组团式”医疗、教育成果，支持医疗集团和教育集团建设。",
    "-  units：区卫生健康委",
]


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "zh_CN.GB18030"])
@pytest.mark.parametrize("command", ["diff HEAD~1", "log -p -1 --format=", "show --format="])
def test_plain_git_tells_changes_by_title_sentence_and_unit(
    command: str, locale: str, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install.install(office)
    commit(office, {TASKS: edited(*EDITS)})
    monkeypatch.setenv("LC_ALL", locale)
    ended = subprocess.run(["git", *command.split(), "--", "plan/2022"], capture_output=True, check=True)
    assert sorted(changes(ended.stdout)) == sorted(WANTED)


def test_hunk_headers_name_the_task_whole_even_if_its_name_is_long(office: Path) -> None:
    long = "推动" + "调研互访" * 20
    commit(office, {TASKS: edited(("title: 推动调研互访", f"title: {long}"))})
    install.install(office)
    commit(office, {TASKS: edited(("title: 推动调研互访", f"title: {long}"), ("考察访问，", "考察，"))})
    headers = [line for line in git(office, "show", "--format=", "-U0").decode().splitlines() if line.startswith("@@")]
    assert headers[-1].rpartition(" ")[2] == "【推动" + "调研互访" * 5 + "调…】"


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
@pytest.mark.parametrize("option", ["--word-diff", "--color-words", "--word-diff=porcelain"])
def test_words_are_never_cut_inside_a_character(locale: str, option: str, office: Path) -> None:
    install.install(office)
    commit(office, {TASKS: edited(*EDITS, ("县均选派2名教师", "县均选派12名教师"))})
    environment = {**ENVIRONMENT, "LC_ALL": locale}
    ended = subprocess.run(
        ["git", "show", option, "--format="], cwd=office, env=environment, capture_output=True, check=True
    )
    shown = ended.stdout.decode()
    if option == "--word-diff":
        assert "[-鼓励开展-]{+支持+}" in shown
        assert "[-2-]{+12+}名教师" in shown


def test_a_second_time_nothing_changes_and_it_can_be_taken_back(
    office: Path, run: Callable[..., CompletedProcess[str]]
) -> None:
    attributes = office / "plan" / ".gitattributes"
    attributes.write_text("*.docx binary", "utf-8")
    config = (office / ".git" / "config").read_bytes()
    first = run("git", "install")
    assert (first.returncode, "plan/.gitattributes" in first.stderr) == (0, True)
    assert attributes.read_text("utf-8") == "*.docx binary\n*.yaml diff=workplan\n"
    state = attributes.read_bytes(), (office / ".git" / "config").read_bytes()
    assert "没有改动" in run("git", "install").stderr
    assert (attributes.read_bytes(), (office / ".git" / "config").read_bytes()) == state
    assert "已撤销" in run("git", "install", "--remove").stderr
    assert attributes.read_text("utf-8") == "*.docx binary\n"
    assert (office / ".git" / "config").read_bytes() == config
    assert "没有改动" in run("git", "install", "--remove").stderr


def test_git_names_files_readably_after_it_and_as_before_when_it_is_taken_back(office: Path) -> None:
    """Git's own setting writes 重点任务.yaml as a row of octal numbers."""
    commit(office, {"plan/2022/重点任务.yaml": "kind: tasks\n"})
    command = ["git", "-C", str(office), "show", "--format=", "--name-only"]

    def names() -> str:
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=ENVIRONMENT).stdout

    before = names()
    assert "core.quotePath" in install.install(office).changed
    assert names() == "plan/2022/重点任务.yaml\n"
    assert "core.quotePath" in install.remove(office).changed
    assert names() == before
    assert before != "plan/2022/重点任务.yaml\n"


def test_a_setting_of_the_users_own_for_names_stays(office: Path) -> None:
    git(office, "config", "core.quotePath", "no")
    assert "core.quotePath" not in install.install(office).changed
    assert "core.quotePath" not in install.remove(office).changed
    assert setting(office) == "no"


def setting(repository: Path) -> str:
    command = ["git", "-C", str(repository), "config", "--local", "--get", "core.quotePath"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout.strip()


def test_an_attributes_file_of_ours_alone_goes_with_the_rest(office: Path) -> None:
    install.install(office)
    assert install.remove(office).changed[0] == "plan/.gitattributes"
    assert not (office / "plan" / ".gitattributes").exists()


def test_outside_of_a_repository_and_without_plans_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(Misuse, match="no-plan"):
        install.install(tmp_path)
    (tmp_path / "甲" / "plan").mkdir(parents=True)
    with pytest.raises(Misuse, match="nothing-to-set-up"):
        install.install(tmp_path / "甲")


def test_where_workplan_is_gone_git_shows_the_text_itself(office: Path) -> None:
    install.install(office)
    call = git(office, "config", "diff.workplan.textconv").decode().strip()
    git(
        office,
        "config",
        "diff.workplan.textconv",
        call.replace("-m workplan.gitdiff.textconv", "-m workplan_is_gone"),
    )
    commit(office, {TASKS: edited(EDITS[2])})
    assert changes(git(office, "show", "--format=", "--", TASKS)) == [
        "-        title: 推动调研互访",
        "+        title: 推动高层互访",
    ]


def test_a_setting_of_an_earlier_version_is_renewed_and_shows_the_text_until_then(office: Path) -> None:
    install.install(office)
    call = git(office, "config", "diff.workplan.textconv").decode().strip()
    before = call.replace("workplan.gitdiff.textconv", "workplan.textconv")
    git(office, "config", "diff.workplan.textconv", before)
    commit(office, {TASKS: edited(EDITS[2])})
    assert "+        title: 推动高层互访" in changes(git(office, "show", "--format=", "--", TASKS))
    assert install.install(office).changed == ("diff.workplan.textconv", "diff.workplan.cachetextconv")
    assert git(office, "config", "diff.workplan.textconv").decode().strip() == call


@pytest.fixture
def counted(office: Path) -> Callable[[], int]:
    """Sets git up so that it counts what it starts, and says how often that was since the last time."""
    install.install(office)
    call = git(office, "config", "diff.workplan.textconv").decode().strip()
    log = office.parent / "started"
    git(office, "config", "diff.workplan.textconv", f"echo >>'{log}'; {call}")

    def count() -> int:
        number = len(log.read_text("utf-8").splitlines()) if log.exists() else 0
        log.unlink(missing_ok=True)
        return number

    return count


def test_git_keeps_the_lines_of_each_text(office: Path, counted: Callable[[], int]) -> None:
    """A log that was seen once starts nothing the second time, and says the same."""
    commit(office, {TASKS: edited(EDITS[0])})
    commit(office, {TASKS: edited(*EDITS)})
    first = git(office, "log", "-p", "--", TASKS)
    assert counted() == 3, "a text once each"
    assert git(office, "log", "-p", "--", TASKS) == first
    assert counted() == 0


def test_git_keeps_nothing_of_a_program_that_failed(office: Path, counted: Callable[[], int]) -> None:
    """What is shown in its place is gone with the fault, and set-up has git keep lines again."""
    call = git(office, "config", "diff.workplan.textconv").decode().strip()
    commit(office, {TASKS: edited(EDITS[2])})
    wanted = changes(git(office, "-c", "diff.workplan.cachetextconv=false", "show", "--format=", "--", TASKS))
    started = counted()
    failing = office.parent / "failing"
    failing.mkdir()
    (failing / "python").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    (failing / "python").chmod(0o755)
    git(office, "config", "diff.workplan.textconv", call.replace(sys.executable, str(failing / "python")))
    assert "+        title: 推动高层互访" in changes(git(office, "show", "--format=", "--", TASKS))
    assert counted() == started
    assert git(office, "config", "diff.workplan.cachetextconv") == b"false\n"
    (failing / "python").write_text(f"#!/bin/sh\nexec '{sys.executable}' \"$@\"\n", "utf-8")
    for _ in range(2):
        assert changes(git(office, "show", "--format=", "--", TASKS)) == wanted
        assert counted() == started
    assert "diff.workplan.cachetextconv" in install.install(office).changed
    assert changes(git(office, "show", "--format=", "--", TASKS)) == wanted


def test_an_upgrade_renews_what_git_keeps(
    office: Path, counted: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines of another version are right and not kept; set-up names the new version in the call, by which git knows its own."""
    git(office, "show", "--format=", "--", TASKS)
    assert counted() > 0
    monkeypatch.setattr(install, "__version__", "0.0.1")
    install.install(office)
    commit(office, {TASKS: edited(EDITS[2])})
    assert "+【推动高层互访】" in changes(git(office, "show", "--format=", "--", TASKS))
    assert git(office, "config", "diff.workplan.cachetextconv") == b"false\n"
    monkeypatch.setattr(install, "__version__", workplan.__version__)
    assert install.install(office).changed == ("diff.workplan.textconv", "diff.workplan.cachetextconv")
    assert install.install(office).changed == ()


def test_taking_it_back_leaves_nothing_that_git_kept(office: Path, counted: Callable[[], int]) -> None:
    git(office, "show", "--format=", "--", TASKS)
    assert counted() > 0
    assert b"textconv" in git(office, "for-each-ref")
    install.remove(office)
    assert b"textconv" not in git(office, "for-each-ref")


def test_every_word_of_the_real_plan_is_in_its_lines() -> None:
    """Nothing that changes may be lost from the diff."""
    for path, content in plan_files().items():
        lines = readable(content)
        signs = set("\"'{}[]>|- \n:：、")
        left = {sign for sign in content.decode() if sign not in signs} - set(lines)
        assert left - set("idtextkuns,titlem") == set(), path


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"kind: tasks\nitems:\n  - {title: \xe7\x94\xb2\n",
        "kind: tasks\nitems:\n<<<<<<< HEAD\n  - 甲\n=======\n  - 乙\n>>>>>>> b\n".encode(),
        b"\0\xff\xfe",
        "- 甲\n- 乙\n".encode(),
        ("[" * 5000).encode(),
    ],
)
def test_what_is_no_plan_file_or_a_broken_one_is_shown_as_it_is(
    content: bytes, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "甲.yaml"
    path.write_bytes(content)
    textconv.main(str(path))
    assert capfdbinary.readouterr().out.decode() == content.decode(errors="replace")


def test_a_file_in_another_encoding_is_shown_in_its_own_words() -> None:
    text = "kind: tasks\ntitle: 重点任务\n"
    assert readable(text.encode("gb18030")) == text


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=60) | st.integers(0, len(OLD)).map(lambda end: OLD[:end].encode()))
def test_no_content_whatever_makes_it_fail(content: bytes) -> None:
    readable(content).encode()


def test_an_inserted_task_changes_no_other_line() -> None:
    """Computed numbers are not shown, and the last unit of a list does not change with the one added after it."""
    more = edited(
        (
            "  - id: 人才支援\n",
            "      - title: 加一项\n        text: 新文。\n        units: 区委办公室\n  - id: 人才支援\n",
        )
    )
    old, new = readable(OLD.encode()).splitlines(), readable(more.encode()).splitlines()
    at = new.index("【加一项】")
    assert old == new[:at] + new[at + 3 :]
    longer = edited(("units: 区委组织部\n      - id: 加大", "units: 区委组织部、区委宣传部\n      - id: 加大"))
    assert set(readable(longer.encode()).splitlines()) - set(old) == {"  units：区委宣传部"} - set(old)


def test_neighbouring_tasks_edited_on_two_branches_merge_without_conflict(office: Path) -> None:
    """Plain git, no merge driver: a title of one task, and the units and the text of the next."""
    git(office, "checkout", "--quiet", "-b", "甲")
    commit(office, {TASKS: edited(("title: 推动调研互访", "title: 推动高层互访"))})
    git(office, "checkout", "--quiet", "-b", "乙", "main")
    mine = ("对口支援要点等工作文件。", "对口支援工作要点等文件。")
    other = ("县均选派2名教师", "县均选派3名教师")
    commit(office, {TASKS: edited(mine, other)})
    git(office, "merge", "--quiet", "--no-edit", "甲")
    merged = (office / TASKS).read_text("utf-8")
    assert merged == edited(("title: 推动调研互访", "title: 推动高层互访"), mine, other)


def test_sentences_of_one_task_edited_on_two_branches_merge_as_well(office: Path) -> None:
    """One sentence a line, with a line between them."""
    first = ("加强党对东西部协作", "坚持党对东西部协作")
    second = (
        "units: {责任单位: 区委办公室、区政府办公室、区政府合作交流办}\n      - id: 推动",
        "units: {责任单位: 区委办公室、区政府办公室}\n      - id: 推动",
    )
    git(office, "checkout", "--quiet", "-b", "甲")
    commit(office, {TASKS: edited(first)})
    git(office, "checkout", "--quiet", "-b", "乙", "main")
    commit(office, {TASKS: edited(second)})
    git(office, "merge", "--quiet", "--no-edit", "甲")
    assert (office / TASKS).read_text("utf-8") == edited(first, second)


def test_what_git_starts_for_every_file_loads_next_to_nothing(office: Path) -> None:
    code = (
        "import sys\nfrom workplan.gitdiff.textconv import main\nmain('plan/2022/tasks.yaml')\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=office, capture_output=True, check=True, env=dict(os.environ)
    )
    loaded = {name.split(".")[0] for name in ended.stderr.decode().splitlines()}
    assert loaded & {"typer", "rich", "pydantic", "jinja2", "rapidfuzz", "subprocess"} == set()
