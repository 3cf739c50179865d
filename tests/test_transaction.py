"""A build is one transaction: whatever fails, and wherever, the manifest is true or absent, and nobody's work is lost.

The faults are put at every file operation in turn: ``count`` of them pass, the next one fails.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest

from workplan.diagnostic import Misuse
from workplan.output.make import Made
from workplan.output.write import Written, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

#: All that a build does with files goes through these, in ``os``; and what of it changes anything.
CHANGING = (
    "open",
    "write",
    "fsync",
    "close",
    "chmod",
    "chown",
    "mkdir",
    "rmdir",
    "unlink",
    "replace",
    "rename",
    "link",
)
OPERATIONS = {
    "error": (*CHANGING, "stat", "lstat", "listdir", "scandir"),
    "killed": CHANGING,
    "half": ("write",),
    "full": ("write", "mkdir"),
}
OLD = {"official.txt": "旧文", "sheets/甲.md": "甲旧", "sheets/去.md": "去", "sheets/散.md": "散", "sheets/同.md": "同"}
NEW = {"official.txt": "新文", "sheets/甲.md": "甲新", "sheets/乙.md": "乙", "sheets/同.md": "同"}
#: What people did since the old build: filled in a sheet, and one of a unit that went; put a file where one is to be.
THEIRS = {"sheets/甲.md": "甲旧，已填写", "sheets/去.md": "去，已填写", "sheets/乙.md": "别人的文件"}
MANIFEST = "manifest.json"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the operations are those of POSIX")


class Killed(BaseException):
    """The process is gone: nothing of it runs any more."""


def made(files: Mapping[str, str]) -> Made:
    units = {path[len("sheets/") : -len(".md")] for path in files if path.startswith("sheets/")}
    return Made({path: text.encode() for path, text in files.items()}, {unit: unit for unit in sorted(units)})


def built(out: Path, files: Mapping[str, str], *, everything: bool = True) -> Written:
    return write(made(files), out, "2022", everything=everything)


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def kept(files: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in files.items() if "（留存" in path}


def listed(folder: Path) -> dict[str, str]:
    shape = json.loads((folder / MANIFEST).read_bytes())
    return {one["path"]: one["sha256"] for one in shape["files"]}


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, at: int, how: str) -> Iterator[list[str]]:
    """The operations that were done, where operation number ``at`` fails.

    ``error``: it alone; ``killed``: it and all after it; ``half``: likewise, after half of what it writes; ``full``: it, and
    all writing after it, for want of space.
    """
    done: list[str] = []

    def failed(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def operation(*arguments: Any, **named: Any) -> object:  # noqa: ANN401 - whatever it takes
            done.append(name)
            number = len(done) - 1
            if name == "close":  # a process that dies closes its files
                real(*arguments, **named)
            if how == "half" and number == at:
                real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            if number >= at and how in ("killed", "half"):
                raise Killed
            if number >= at and (number == at or how == "full"):
                raise OSError(errno.ENOSPC if how == "full" else errno.EIO, how)
            return None if name == "close" else real(*arguments, **named)

        return operation

    with monkeypatch.context() as patched:
        for name in OPERATIONS[how]:
            patched.setattr(os, name, failed(name, getattr(os, name)))
        yield done


@pytest.fixture
def start(tmp_path: Path) -> Callable[[int], Path]:
    """Lays out, anew for each number, a folder with the old build, and what people did to it since."""
    first = tmp_path / "first"
    built(first, OLD)
    for path, text in THEIRS.items():
        (first / "2022" / path).write_text(text, encoding="utf-8")

    def lay_out(number: int) -> Path:
        return shutil.copytree(first, tmp_path / str(number))

    return lay_out


def wrong(folder: Path) -> list[str]:
    """What must not be, after whatever fault: an untrue manifest, half a file, or work that is gone."""
    files = tree(folder)
    whole = {*OLD.values(), *NEW.values(), *THEIRS.values()}
    faults = [f"lost: {text}" for text in THEIRS.values() if text not in files.values()]
    for path, text in files.items():
        if not path.startswith(".workplan-") and not path.endswith(".json") and text not in whole:
            faults.append(f"half: {path}")
    if MANIFEST in files:
        for path, digest in listed(folder).items():
            if sha(files.get(path, "")) != digest and files.get(path) != THEIRS.get(path, ""):
                faults.append(f"untrue: {path}")
    return faults


def clean(out: Path) -> dict[str, str]:
    built(out, NEW)
    return tree(out / "2022")


@pytest.mark.parametrize("how", ["error", "killed", "half", "full"])
def test_after_any_fault_the_manifest_is_true_or_absent_and_the_next_build_is_right(
    how: str, start: Callable[[int], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = clean(tmp_path / "clean")
    at, more = 0, True
    while more:
        out = start(at)
        with failing(monkeypatch, at, how) as done, suppress(Killed, Misuse):
            built(out, NEW)
        more = len(done) > at
        where = f"{how} at {at}, {done[at] if more else 'none'}"
        assert wrong(out / "2022") == [], where
        built(out, NEW)
        files = tree(out / "2022")
        assert files.keys() - kept(files).keys() == right.keys(), where
        assert files == right | kept(files), where
        assert sorted(kept(files).values()) == sorted(THEIRS.values()), where
        shutil.rmtree(out)
        at += 1
    assert at > len(NEW), "the operations were seen"


@pytest.mark.parametrize("how", ["error", "killed"])
def test_a_build_of_some_files_after_a_fault_lists_nothing_that_may_be_old(
    how: str, start: Callable[[int], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It either makes up for what the earlier one left undone, or leaves the manifest to the next full build."""
    right = clean(tmp_path / "clean")
    some = {"official.txt": NEW["official.txt"]}
    at, more, seen = 0, True, set()
    while more:
        out = start(at)
        with failing(monkeypatch, at, how) as done, suppress(Killed, Misuse):
            built(out, NEW)
        more = len(done) > at
        begun = (out / "2022" / MANIFEST).exists()
        written = built(out, some, everything=False)
        seen.add(written.finished)
        assert wrong(out / "2022") == []
        assert written.finished == (out / "2022" / MANIFEST).exists()
        if written.finished and not begun:
            assert set(listed(out / "2022")) <= set(NEW)
        built(out, NEW)
        files = tree(out / "2022")
        assert files == right | kept(files)
        shutil.rmtree(out)
        at += 1
    assert seen == {True, False}


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(tmp_path, OLD)
    before = tree(tmp_path)
    with failing(monkeypatch, 0, "full"), pytest.raises(Misuse) as misuse:
        built(tmp_path, NEW)
    assert misuse.value.arguments["path"] == str(tmp_path / "2022")
    assert tree(tmp_path) == before


def test_what_people_changed_is_kept_beside_the_new_file_and_told(tmp_path: Path) -> None:
    built(tmp_path, OLD)
    folder = tmp_path / "2022"
    for path, text in THEIRS.items():
        (folder / path).write_text(text, encoding="utf-8")
    findings = built(tmp_path, NEW).findings
    assert {(one.key, one.arguments["file"], one.arguments["kept"]) for one in findings} == {
        ("kept-file", "sheets/甲.md", "甲（留存001）.md"),
        ("kept-file.gone", "sheets/去.md", "去（留存001）.md"),
        ("kept-file.foreign", "sheets/乙.md", "乙（留存001）.md"),
    }
    assert tree(folder) == {
        **NEW,
        "sheets/甲（留存001）.md": THEIRS["sheets/甲.md"],
        "sheets/去（留存001）.md": THEIRS["sheets/去.md"],
        "sheets/乙（留存001）.md": THEIRS["sheets/乙.md"],
        MANIFEST: (folder / MANIFEST).read_text(encoding="utf-8"),
    }
    assert set(listed(folder)) == set(NEW)


def test_no_kept_file_is_ever_overwritten_and_none_is_kept_twice(tmp_path: Path) -> None:
    built(tmp_path, NEW)
    sheet = tmp_path / "2022/sheets/甲.md"
    for text in ("一", "二", "二", "三"):
        sheet.write_text(text, encoding="utf-8")
        built(tmp_path, NEW)
    sheets = tree(sheet.parent)
    assert [sheets[f"甲（留存00{number}）.md"] for number in (1, 2, 3)] == ["一", "二", "三"]
    (sheet.parent / "甲（留存002）.md").unlink()
    sheet.write_text("四", encoding="utf-8")
    built(tmp_path, NEW)
    assert tree(sheet.parent)["甲（留存004）.md"] == "四", "later ones sort behind"


def test_files_that_are_as_they_should_be_are_not_touched(tmp_path: Path) -> None:
    """Programs that carry files to other computers take every file that was written for a new one."""
    built(tmp_path, OLD)
    for path in (tmp_path / "2022").rglob("*.*"):
        os.utime(path, (1, 1))
    assert built(tmp_path, OLD).finished
    assert {path.stat().st_mtime for path in (tmp_path / "2022").rglob("*.*")} == {1}
    assert built(tmp_path, NEW).finished
    written = {path.name for path in (tmp_path / "2022").rglob("*.*") if path.stat().st_mtime != 1}
    assert written == {"official.txt", "甲.md", "乙.md", MANIFEST}
    assert listed(tmp_path / "2022") == {path: sha(text) for path, text in NEW.items()}


def test_an_unchanged_build_and_one_that_was_undone_by_hand_keep_nothing(tmp_path: Path) -> None:
    built(tmp_path, NEW)
    (tmp_path / "2022" / MANIFEST).unlink()
    assert built(tmp_path, NEW).findings == ()
    (tmp_path / "2022/official.txt").unlink()
    assert built(tmp_path, NEW).findings == ()
    assert kept(tree(tmp_path)) == {}


def test_a_build_of_some_files_leaves_the_others_listed_as_they_were_made(tmp_path: Path) -> None:
    built(tmp_path, OLD)
    (tmp_path / "2022/sheets/去.md").write_text("已填写", encoding="utf-8")
    built(tmp_path, {"official.txt": "新文"}, everything=False)
    assert listed(tmp_path / "2022") == {path: sha(text) for path, text in {**OLD, "official.txt": "新文"}.items()}
    assert [one.key for one in built(tmp_path, NEW).findings] == ["kept-file.gone"]


def test_a_manifest_that_is_none_of_ours_is_kept(tmp_path: Path) -> None:
    built(tmp_path, NEW)
    for text in (
        "{}",
        "[" * 100_000,
        '{"version": 1, "plan": 1, "files": [{"path": "..", "sha256": [[]]}], "units": 3}',
    ):
        (tmp_path / "2022" / MANIFEST).write_text(text, encoding="utf-8")
        (finding,) = built(tmp_path, NEW).findings
        assert (tmp_path / "2022" / str(finding.arguments["kept"])).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("place", ["2022", "2022/sheets"])
def test_nothing_is_written_through_a_link_that_leads_out(place: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    link = tmp_path / "out" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(other)
    with pytest.raises(Misuse) as misuse:
        built(tmp_path / "out", NEW)
    assert (misuse.value.key, misuse.value.arguments["target"]) == ("out-leads-out", str(other))
    assert tree(tmp_path) == {}


def test_the_folder_named_may_be_a_link_itself_and_links_inside_it_are_followed(tmp_path: Path) -> None:
    (tmp_path / "real/任务单").mkdir(parents=True)
    (tmp_path / "out").symlink_to("real")
    (tmp_path / "real/2022").mkdir()
    (tmp_path / "real/2022/sheets").symlink_to("../任务单")
    built(tmp_path / "out", NEW)
    assert tree(tmp_path / "real/任务单") == {"甲.md": "甲新", "乙.md": "乙", "同.md": "同"}


def test_links_in_the_place_of_files_are_moved_aside_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "书信.txt"
    outside.write_text("家书", encoding="utf-8")
    folder = tmp_path / "out/2022"
    folder.mkdir(parents=True)
    for name in ("official.txt", MANIFEST, ".unfinished.json"):
        (folder / name).symlink_to(outside)
    findings = built(tmp_path / "out", NEW).findings
    assert {one.key for one in findings} == {"kept-file.foreign"}
    assert outside.read_text(encoding="utf-8") == "家书"
    assert not any((folder / name).is_symlink() for name in (*NEW, MANIFEST))
    assert (folder / "official（留存001）.txt").readlink() == outside


def test_a_manifest_cannot_make_a_build_remove_what_is_elsewhere(tmp_path: Path) -> None:
    outside = tmp_path / "other"
    outside.mkdir()
    (outside / "文.txt").write_text("文", encoding="utf-8")
    built(tmp_path / "out", NEW)
    folder = tmp_path / "out/2022"
    (folder / "link").symlink_to(outside)
    shape = json.loads((folder / MANIFEST).read_bytes())
    for path in ("link/文.txt", "../../other/文.txt", str(outside / "文.txt"), "sheets"):
        shape["files"].append({"path": path, "sha256": sha("文")})
    (folder / MANIFEST).write_text(json.dumps(shape), encoding="utf-8")
    built(tmp_path / "out", NEW)
    assert tree(outside) == {"文.txt": "文"}
    assert tree(folder / "sheets") == {"甲.md": "甲新", "乙.md": "乙", "同.md": "同"}


def test_the_folder_of_a_plan_gets_no_files(tmp_path: Path) -> None:
    (tmp_path / "2022").mkdir()
    (tmp_path / "2022/document.yaml").write_text("title: 甲\n", encoding="utf-8")
    with pytest.raises(Misuse) as misuse:
        built(tmp_path, NEW)
    assert misuse.value.key == "out-is-plan"
    assert tree(tmp_path) == {"2022/document.yaml": "title: 甲\n"}


def test_drafts_of_killed_builds_are_swept_and_those_of_other_programs_are_not(tmp_path: Path) -> None:
    built(tmp_path, NEW)
    folder = tmp_path / "2022"
    stage = folder / f".workplan-{'0' * 32}.part"
    stage.mkdir()
    (stage / "0").write_text("半", encoding="utf-8")
    for name in (f".workplan-{'a' * 32}.part", "sheets/.0123456789abcdef.4711.part", "video.part", ".x.part"):
        (folder / name).write_text("半", encoding="utf-8")
    built(tmp_path, NEW)
    assert {path for path in tree(folder) if path.endswith(".part")} == {"video.part", ".x.part"}
    assert not stage.exists()


def test_a_file_that_must_not_be_written_is_left_alone_and_so_is_everything_else(tmp_path: Path) -> None:
    built(tmp_path, OLD)
    (tmp_path / "2022/sheets/甲.md").chmod(0o444)
    before = tree(tmp_path)
    with pytest.raises(Misuse) as misuse:
        built(tmp_path, NEW)
    assert misuse.value.arguments["path"] == str(tmp_path / "2022/sheets/甲.md")
    assert tree(tmp_path) == before


def test_a_second_build_of_the_folder_waits_and_gives_up_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workplan.output.staging._PATIENCE", 0.0)
    built(tmp_path, OLD)
    held = os.open(tmp_path / "2022", os.O_RDONLY)
    try:
        from workplan.files import hold  # noqa: PLC0415 - only this test is another process

        assert hold(held)
        with pytest.raises(Misuse) as misuse:
            built(tmp_path, NEW)
    finally:
        os.close(held)
    assert misuse.value.key == "folder-busy"
    built(tmp_path, NEW)


def test_a_folder_in_which_files_may_not_change_is_told_before_anything_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(tmp_path, OLD)
    before = tree(tmp_path)
    real = os.access
    closed = tmp_path / "2022/sheets"
    monkeypatch.setattr(os, "access", lambda path, mode: path != closed and real(path, mode))
    with pytest.raises(Misuse) as misuse:
        built(tmp_path, NEW)
    assert misuse.value.arguments["path"] == str(closed)
    assert tree(tmp_path) == before
