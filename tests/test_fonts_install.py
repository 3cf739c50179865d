"""``workplan fonts install``: faces from a folder or from packages of the system, nothing overwritten, nothing without asking."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lacking import EVERY_LIBRARY, Computer
from workplan.diagnostic import Misuse
from workplan.installing import fetch, folder
from workplan.installing.folder import Fate, install
from workplan.resources import fonts
from workplan.resources.packages import FANDOL

FANDOL_FACES = ("FandolFang-Regular", "FandolHei-Regular", "FandolKai-Regular", "FandolSong-Regular", "FandolSong-Bold")


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the faces of the five roles, one of them in a folder of its own, and a file that is no font."""
    place = tmp_path_factory.mktemp("faces")
    for role in fonts.ROLES:
        face = fonts.serving(role)
        assert face is not None
        below = place / "楷体" if role == "楷体" else place
        below.mkdir(exist_ok=True)
        shutil.copy(face.file, below)
    (place / "坏.otf").write_bytes(b"no font at all")
    (place / "说明.txt").write_text("字体", "utf-8")
    return place


def own_folder(computer: Computer) -> Path:
    """Where the faces of the user of a computer are."""
    return computer.home / ".local/share/fonts/workplan"


def snapshot(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def names(faces: tuple[str, ...]) -> set[str]:
    return {f"{name}.otf" for name in faces}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the font folder is another one")
def test_faces_of_a_folder_serve_after_they_were_installed(tmp_path: Path, faces: Path) -> None:
    computer = Computer(tmp_path, (), ())
    assert computer.run("doctor").returncode == 2
    said = computer.run("fonts", "install", faces)
    assert said.returncode == 0
    assert set(snapshot(own_folder(computer))) == names(FANDOL_FACES)
    lines = {line.split()[0]: line for line in said.stdout.splitlines()}
    assert all("Fandol" in lines[role] and str(own_folder(computer)) in lines[role] for role in fonts.ROLES)
    assert "not found" in lines[fonts.SPARE], "what is still missing is named too"
    assert "1 file(s)" in said.stderr, "of the file that is no font"
    again = computer.run("fonts", "install", faces)
    assert again.returncode == 0
    assert "Copied" not in again.stderr


def test_a_file_that_has_the_name_already_stays_as_it_is(tmp_path: Path, faces: Path) -> None:
    target = tmp_path / "fonts"
    target.mkdir()
    (target / "FandolFang-Regular.otf").write_bytes(b"theirs")
    (target / "FandolHei-Regular.otf").symlink_to(tmp_path / "elsewhere")
    fates = {one.place.name: one.fate for one in install(faces, target)}
    assert fates["FandolFang-Regular.otf"] is fates["FandolHei-Regular.otf"] is Fate.TAKEN
    assert fates["FandolSong-Regular.otf"] is Fate.COPIED
    assert (target / "FandolFang-Regular.otf").read_bytes() == b"theirs"
    assert not (tmp_path / "elsewhere").exists(), "nothing is written through a link"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the font folder is another one")
def test_a_name_that_is_taken_is_told_and_ends_the_command_with_1(tmp_path: Path, faces: Path) -> None:
    computer = Computer(tmp_path, (), ())
    own_folder(computer).mkdir(parents=True)
    (own_folder(computer) / "FandolFang-Regular.otf").write_bytes(b"theirs")
    said = computer.run("fonts", "install", faces)
    assert said.returncode == 1
    assert "is another file of that name" in said.stderr
    assert snapshot(own_folder(computer))["FandolFang-Regular.otf"] == b"theirs"


def test_faces_that_serve_only_where_a_plan_names_them_are_copied_when_all_are_asked_for(tmp_path: Path) -> None:
    other = fonts.find("DejaVu Serif")
    if other is None:
        pytest.skip("no face that serves no role")
    source = tmp_path / "source"
    source.mkdir()
    shutil.copy(other.file, source)
    assert [one.fate for one in install(source, tmp_path / "fonts")] == [Fate.LEFT]
    assert [one.fate for one in install(source, tmp_path / "fonts", every=True)] == [Fate.COPIED]


def test_faces_that_the_computer_finds_already_are_not_doubled(tmp_path: Path, faces: Path) -> None:
    there = [str(path) for path in faces.rglob("*.otf")]
    assert {one.fate for one in install(faces, tmp_path / "fonts", there=there)} == {Fate.PRESENT, Fate.UNREAD}
    assert not (tmp_path / "fonts").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "either the folder that the fonts are in, or --fetch"),
        (("nowhere",), "there is no folder `nowhere`"),
        (("empty",), "has no font"),
        (("empty", "--fetch"), "either the folder"),
    ],
)
def test_a_call_that_cannot_be_answered_is_refused_in_words(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    ended = Computer(tmp_path / "computer", (), ()).run("fonts", "install", *arguments, cwd=tmp_path)
    assert ended.returncode == 2
    assert said in ended.stderr


def test_a_folder_that_is_far_too_large_is_not_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_MOST", 3)
    for number in range(4):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(Misuse) as refused:
        install(tmp_path, tmp_path / "fonts")
    assert refused.value.key == "fonts-many"


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("linux", ".local/share/fonts/workplan"),
        ("darwin", "Library/Fonts"),
        ("win32", "AppData/Local/Microsoft/Windows/Fonts"),
    ],
)
def test_the_font_folder_is_that_of_the_system(
    platform: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert folder.font_folder() == tmp_path / place


# ------------------------------------------------------------------------------------------- fetching

pytest_deb = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="no dpkg")

#: Stands in for the one program that uses the network: it hands out packages that lie in a folder, and writes down its calls.
_APT = """\
#!/bin/sh
printf '%s\\n' "$*" >>"$PACKAGES/calls"
case "$*" in
*--print-uris*) for file in "$PACKAGES"/*.deb; do
    printf "'http://mirror.invalid/%s' %s 48000000 SHA256:0\\n" "${file##*/}" "${file##*/}"; done ;;
*download*) [ ! -e "$PACKAGES/broken" ] || { echo 'E: no network' >&2; exit 100; }
    cp "$PACKAGES"/*.deb . ;;
esac
"""


@pytest.fixture
def debian(tmp_path: Path, faces: Path) -> Computer:
    """A computer without faces, with dpkg, and with an apt whose packages are at hand: one of TeX, with Fandol in it."""
    tree = tmp_path / "tree"
    held = tree / "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(
        "Package: texlive-lang-chinese\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody@example.invalid>\n"
        "Description: fonts\n"
    )
    held.mkdir(parents=True)
    for face in faces.rglob("Fandol*.otf"):
        shutil.copy(face, held)
    (held / "FandolHei-Bold.otf").symlink_to("/etc/passwd")
    (held.parent / "OtherSong.otf").write_bytes(b"of another package")
    packages, programs = tmp_path / "packages", tmp_path / "programs"
    packages.mkdir()
    programs.mkdir()
    name = packages / "texlive-lang-chinese_1_all.deb"
    subprocess.run(["dpkg-deb", "--build", "-Znone", tree, name], check=True, capture_output=True)
    (programs / "apt-get").write_text(_APT)
    (programs / "apt-get").chmod(0o755)
    computer = Computer(tmp_path / "computer", (), noto())
    computer.environment |= {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PACKAGES": str(packages),
        "TMPDIR": str(tmp_path / "temporary"),
    }
    (tmp_path / "temporary").mkdir()
    return computer


def noto() -> tuple[Path, ...]:
    """The folder of the spare face."""
    spare = next((one.face for one in fonts.report().served if one.role == fonts.SPARE), None)
    return (Path(spare.file).parent,) if spare else ()


def calls(computer: Computer) -> list[str]:
    """What the package manager was asked."""
    path = Path(computer.environment["PACKAGES"], "calls")
    return path.read_text().splitlines() if path.is_file() else []


@pytest_deb
@pytest.mark.parametrize("answer", ["", "n\n", "nein\n", "\n"])
def test_nothing_is_downloaded_unless_somebody_agrees(answer: str, debian: Computer) -> None:
    said = debian.run("fonts", "install", "--fetch", told=answer)
    assert said.returncode == 2
    assert "apt-get download texlive-lang-chinese (48 MB" in said.stderr
    assert str(own_folder(debian)) in said.stderr
    assert [call for call in calls(debian) if "--print-uris" not in call] == []
    assert not own_folder(debian).exists()


@pytest_deb
@pytest.mark.parametrize(("answer", "options"), [("y\n", ()), ("是\n", ()), ("", ("--yes",))])
def test_faces_are_taken_out_of_the_packages_of_the_system(
    answer: str, options: tuple[str, ...], debian: Computer
) -> None:
    said = debian.run("fonts", "install", "--fetch", *options, told=answer)
    assert said.returncode == 0
    assert set(snapshot(own_folder(debian))) == names(FANDOL_FACES), "plain files of Fandol alone"
    assert calls(debian)[-1].endswith("download texlive-lang-chinese")
    assert list(Path(debian.environment["TMPDIR"]).iterdir()) == [], "nothing is left of the download"
    assert debian.run("doctor").returncode == 0
    again = debian.run("fonts", "install", "--fetch", "--yes")
    assert (again.returncode, "Nothing is missing" in again.stderr) == (0, True)


@pytest_deb
def test_a_download_that_fails_is_told_in_its_own_words_and_leaves_nothing(debian: Computer) -> None:
    Path(debian.environment["PACKAGES"], "broken").touch()
    said = debian.run("fonts", "install", "--fetch", "--yes")
    assert said.returncode == 2
    assert "E: no network" in said.stderr
    assert not own_folder(debian).exists()
    assert list(Path(debian.environment["TMPDIR"]).iterdir()) == []


def test_where_there_is_no_apt_the_packages_are_named_by_doctor(tmp_path: Path) -> None:
    computer = Computer(tmp_path, (), ())
    computer.environment["PATH"] = str(tmp_path)
    said = computer.run("fonts", "install", "--fetch", "--yes")
    assert said.returncode == 2
    assert "`workplan doctor` names" in said.stderr


def test_faces_of_tex_live_need_no_download(tmp_path: Path, faces: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = tmp_path / "2031/texmf-dist" / fetch.FANDOL_PLACE
    held.mkdir(parents=True)
    for face in faces.rglob("Fandol*.otf"):
        shutil.copy(face, held)
    monkeypatch.setattr(fetch, "TREES", (f"{tmp_path}/*/texmf-dist",))
    order = fetch.order((FANDOL,))
    assert (order.folder, order.packages) == (held, ())
    with fetch.fetched(order) as found:
        assert set(snapshot(found)) == names(FANDOL_FACES)
    assert not found.exists()


@pytest_deb
def test_faces_can_be_fetched_before_the_libraries_are_there(debian: Computer) -> None:
    """Without Fontconfig nobody can say which faces there are: those in the user's own folder are known by their files."""
    debian.environment["HIDDEN_LIBRARIES"] = " ".join(EVERY_LIBRARY)
    said = debian.run("fonts", "install", "--fetch", "--yes")
    assert "apt-get download texlive-lang-chinese fonts-noto-cjk" in said.stderr or "does not know" in said.stderr
    assert said.returncode == 2, "the apt of this test has no Noto"
