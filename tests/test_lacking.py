"""What happens on a computer that lacks libraries or faces: the rest is made, and what is missing is named."""

from __future__ import annotations

import json
import pickle
import re
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

import workplan
from lacking import EVERY_LIBRARY, Computer
from workplan.output.make import Made
from workplan.output.write import Written, write
from workplan.resources import fontconfig, fonts, libraries
from workplan.resources.messages import LANGUAGES, catalogue
from workplan.resources.packages import SYSTEMS
from workplan.resources.templates import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Project = Callable[[Mapping[str, str | bytes | None]], Path]

#: A finding that points at a line of a file.
PLACED = re.compile(r"^\S+:\d+:\d+ error", re.MULTILINE)
PACKAGE = Path(workplan.__file__).parent
SHEET = "sheets/区教育局"
ALL_BUT_FIXED_PAGES = {
    *("official.docx", "official.html", "official.txt", "assignments.xlsx", "assignments.json"),
    *(f"{SHEET}.docx", f"{SHEET}.md", "manifest.json"),
}


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def manifest(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return read


@pytest.fixture
def plan(project: Project) -> Path:
    """A small plan with one task sheet."""
    return project({"tasks.yaml": "kind: tasks\nitems:\n  - {title: 培训, units: 区教育局}\n"})


@pytest.fixture
def bare(tmp_path: Path) -> Computer:
    """A computer with neither libraries nor faces."""
    return Computer(tmp_path / "bare", EVERY_LIBRARY, ())


@pytest.fixture
def own_faces() -> tuple[Path, ...]:
    """The folders of the faces that serve by themselves."""
    served = [one.face for one in fonts.report().served]
    return tuple(sorted({Path(face.file).parent for face in served if face}))


# ------------------------------------------------------------------------------------------- doctor


def test_doctor_names_every_missing_library_and_the_packages_of_each_system(bare: Computer) -> None:
    said = bare.run("doctor")
    assert said.returncode == 2
    lines = [line.split() for line in said.stdout.splitlines()]
    names = [library.name for library in (*libraries.NEEDED, libraries.SUBSET)]
    assert [line[0] for line in lines if line[1:2] == ["missing"]] == names
    for system in SYSTEMS:
        label = catalogue("en").text(f"cli.doctor.systems.{system.key}")
        (line,) = [line for line in said.stdout.splitlines() if line.startswith(f"  {label}  ")]
        assert system.install(names) in line or system.command in line
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libfontconfig1 libharfbuzz-subset0" in said.stdout
    assert "workplan fonts install --fetch" in said.stdout


@pytest.mark.parametrize("name", ["pango-1.0", "pangoft2", "libharfbuzz.", "fontconfig", "gobject"])
def test_one_missing_library_is_called_by_its_name(name: str, tmp_path: Path, plan: Path) -> None:
    called = {"pango-1.0": "Pango", "pangoft2": "PangoFT2", "libharfbuzz.": "HarfBuzz"}
    called |= {"fontconfig": "Fontconfig", "gobject": "GObject"}
    computer = Computer(tmp_path / "computer", (name, *(("harfbuzz.",) if "harfbuzz" in name else ())))
    said = computer.run("doctor")
    assert said.returncode == 2
    assert f"  {called[name]}  missing\n" in said.stdout
    built = computer.run("build", "--format", "pdf,txt", cwd=plan)
    assert built.returncode == 2
    assert f"there is no PDF and no OFD: {called[name]} [missing-library]" in built.stderr


def test_doctor_is_content_without_what_only_makes_pdfs_faster(tmp_path: Path) -> None:
    computer = Computer(tmp_path / "computer", ("harfbuzz-subset",))
    said = computer.run("doctor")
    assert said.returncode == 0
    assert "  HarfBuzz-Subset  missing" in said.stdout
    assert "libharfbuzz-subset0" in said.stdout


def installed_alone(place: Path) -> Path:
    """The package as a wheel puts it down, without the repository around it."""
    site = place / "site"
    shutil.copytree(PACKAGE, site / "workplan", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(shipped(), site / "workplan" / "templates", dirs_exist_ok=True)
    return site


def test_outside_a_checkout_nobody_is_sent_to_its_make(tmp_path: Path, plan: Path) -> None:
    site = installed_alone(tmp_path)
    computer = Computer(tmp_path / "computer", EVERY_LIBRARY, (), site)
    for call in (("doctor",), ("build",), ("--lang", "zh", "doctor"), ("explain", "missing-font")):
        said = computer.run(*call, cwd=plan)
        assert "make setup" not in said.stdout + said.stderr
    assert "make setup" in Computer(tmp_path / "checkout", EVERY_LIBRARY, ()).run("doctor").stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_speaks_of_make(language: str) -> None:
    assert "make setup" not in json.dumps(catalogue(language).entries, ensure_ascii=False)


# ------------------------------------------------------------------------------------------- build


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_all_formats_but_pdf_are_made_without_libraries(bare: Computer, plan: Path, jobs: str) -> None:
    built = bare.run("build", "--jobs", jobs, cwd=plan)
    assert built.returncode == 2
    assert files(plan / "build/2022") == ALL_BUT_FIXED_PAGES
    assert manifest(plan / "build/2022")["missing"] == ["official.ofd", "official.pdf", f"{SHEET}.pdf"]
    assert "GObject Pango PangoFT2 HarfBuzz Fontconfig" in built.stderr
    assert "official.pdf, official.ofd, sheets/*.pdf (1)" in built.stderr
    assert not PLACED.search(built.stderr)


def test_all_formats_but_pdf_are_made_without_faces(tmp_path: Path, plan: Path) -> None:
    built = Computer(tmp_path / "computer", (), ()).run("build", cwd=plan)
    assert built.returncode == 2
    assert files(plan / "build/2022") == ALL_BUT_FIXED_PAGES
    assert [role for role in fonts.ROLES if f"no installed font can serve as {role}" in built.stderr] == [*fonts.ROLES]
    assert not PLACED.search(built.stderr)


def test_a_chosen_face_that_is_missing_keeps_only_the_document_from_being_printed(
    tmp_path: Path, project: Project, own_faces: tuple[Path, ...]
) -> None:
    """The task sheets are printed in no chosen face; the finding stands where the face is chosen."""
    document = "title: 样本\nparts: [tasks]\nstyle:\n  fonts: {楷体: 没有这种字体}\n"
    task = "kind: tasks\nitems:\n  - {title: 培训, units: 区教育局}\n"
    root = project({"document.yaml": document, "tasks.yaml": task})
    built = Computer(tmp_path / "computer", (), own_faces).run("build", cwd=root)
    assert built.returncode == 2
    assert "plan/2022/document.yaml:4:" in built.stderr
    assert manifest(root / "build/2022")["missing"] == ["official.ofd", "official.pdf"]
    assert f"{SHEET}.pdf" in files(root / "build/2022")


def test_a_docx_is_made_without_libraries_and_says_the_same(bare: Computer, plan: Path, tmp_path: Path) -> None:
    built = bare.run("build", "--format", "docx", cwd=plan)
    assert built.returncode == 0
    assert "cannot write" not in built.stderr
    whole = Computer(tmp_path / "whole").run("build", "--format", "docx", "-o", "whole", cwd=plan)
    assert whole.returncode == 0
    texts = []
    for folder in ("build", "whole"):
        with zipfile.ZipFile(plan / folder / "2022/official.docx") as document:
            texts.append(re.sub("<[^>]+>", "", document.read("word/document.xml").decode()))
    assert texts[0] == texts[1] != ""


def test_what_was_printed_before_goes_where_it_cannot_be_printed_anew(
    bare: Computer, plan: Path, tmp_path: Path
) -> None:
    """Else the old PDF would be taken for the new plan's; a partial build removes it too, and the next whole one makes it."""
    whole = Computer(tmp_path / "whole")
    folder = plan / "build/2022"
    assert whole.run("build", cwd=plan).returncode == 0
    assert manifest(folder)["missing"] == []
    assert bare.run("build", "--format", "pdf", "--only", "official", cwd=plan).returncode == 2
    assert files(folder) == ALL_BUT_FIXED_PAGES | {"official.ofd", f"{SHEET}.pdf"}
    assert manifest(folder)["missing"] == ["official.pdf"]
    assert "official.pdf" not in {one["path"] for one in manifest(folder)["files"]}
    assert bare.run("build", "--format", "txt", cwd=plan).returncode == 0
    assert manifest(folder)["missing"] == ["official.pdf"], "what another build could not make is still missing"
    assert whole.run("build", cwd=plan).returncode == 0
    assert manifest(folder)["missing"] == []
    assert "official.pdf" in files(folder)


def test_nothing_is_written_where_nothing_can_be(bare: Computer, plan: Path) -> None:
    built = bare.run("build", "--format", "pdf", cwd=plan)
    assert built.returncode == 2
    assert "Nothing was written" in built.stderr
    assert not (plan / "build").exists()


def test_what_is_missing_is_told_once_for_several_plans(bare: Computer, plan: Path) -> None:
    shutil.copytree(plan / "plan/2022", plan / "plan/2023")
    built = bare.run("build", "plan/2022", "plan/2023", cwd=plan)
    assert built.returncode == 2
    assert built.stderr.count("[missing-library]") == 1
    assert {year for year in ("2022", "2023") if files(plan / "build" / year) == ALL_BUT_FIXED_PAGES} == {
        "2022",
        "2023",
    }


def test_a_comparison_as_pdf_names_what_is_missing(bare: Computer, plan: Path) -> None:
    compared = bare.run("diff", "2022", "2022", "--format", "pdf", "-o", "x.pdf", cwd=plan)
    assert compared.returncode == 2
    assert "Pango" in compared.stderr
    assert not PLACED.search(compared.stderr)
    assert not (plan / "x.pdf").exists()


def test_a_character_that_no_face_has_still_stops_the_build_at_its_place(tmp_path: Path, project: Project) -> None:
    root = project({"tasks.yaml": "kind: tasks\nitems:\n  - {title: 培训\ue7c8, units: 区教育局}\n"})
    built = Computer(tmp_path / "computer").run("build", cwd=root)
    assert built.returncode == 1
    assert PLACED.search(built.stderr)
    assert not (root / "build").exists()


def test_faces_are_regular_without_any_rule_of_fontconfig(
    tmp_path: Path, plan: Path, own_faces: tuple[Path, ...]
) -> None:
    """The bold faces of Fandol say that they are regular: with nothing but the package 黑体 and 宋体 came out bold."""
    site = installed_alone(tmp_path)
    computer = Computer(tmp_path / "computer", (), own_faces, site)
    assert computer.run("build", "--only", "official", "--format", "pdf", cwd=plan).returncode == 0
    reader = PdfReader(plan / "build/2022/official.pdf")
    embedded = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert {"FandolHei-Regular", "FandolSong-Regular", "FandolFang-Regular"} <= embedded
    assert "FandolHei-Bold" not in embedded


# ------------------------------------------------------------------------------------------- the record of a build


def put(out: Path, made: Mapping[str, str], *missing: str, everything: bool = True) -> Written:
    contents = {path: text.encode() for path, text in made.items()}
    return write(Made(contents, {}, missing), out, "2022", everything=everything)


def test_an_earlier_file_that_somebody_changed_is_kept_where_it_cannot_be_made_anew(tmp_path: Path) -> None:
    put(tmp_path, {"official.txt": "文", "official.pdf": "旧"})
    (tmp_path / "2022/official.pdf").write_text("旧，已批注", "utf-8")
    (finding,) = put(tmp_path, {"official.txt": "文"}, "official.pdf").findings
    assert finding.key == "kept-file.missing"
    assert (tmp_path / "2022/official（留存001）.pdf").read_text("utf-8") == "旧，已批注"
    assert not (tmp_path / "2022/official.pdf").exists()


def test_a_file_of_somebody_in_the_place_of_a_missing_one_is_kept_and_told(tmp_path: Path) -> None:
    put(tmp_path, {"official.txt": "文"})
    (tmp_path / "2022/official.pdf").write_text("别人的", "utf-8")
    (finding,) = put(tmp_path, {"official.txt": "文"}, "official.pdf", everything=False).findings
    assert finding.key == "kept-file.foreign"
    assert (tmp_path / "2022/official（留存001）.pdf").read_text("utf-8") == "别人的"


def test_what_is_missing_is_known_after_a_build_that_was_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"official.txt": "文", "official.pdf": "旧"})
    with monkeypatch.context() as patched:
        patched.setattr("workplan.output.write._Work.removed", cut_short)
        with pytest.raises(KeyboardInterrupt):
            put(tmp_path, {"official.txt": "新"}, "official.pdf")
    assert not (tmp_path / "2022/manifest.json").exists()
    assert not put(tmp_path, {"official.txt": "新"}, everything=False).finished, "the PDF is still to go"
    assert put(tmp_path, {"official.txt": "新"}, "official.pdf", everything=False).finished
    assert manifest(tmp_path / "2022")["missing"] == ["official.pdf"]
    assert files(tmp_path / "2022") == {"official.txt", "manifest.json"}


def cut_short(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_missing_library_is_told_by_a_worker_as_by_the_first_process() -> None:
    fault = pickle.loads(pickle.dumps(libraries.LibraryMissingError("Pango")))  # noqa: S301 - our own
    assert (fault.library, fault.code) == ("Pango", 2)
    assert fault.diagnostics == (libraries.finding("Pango"),)


def test_fontconfig_is_asked_by_nothing_that_prints(capfd: pytest.CaptureFixture[str]) -> None:
    """WeasyPrint's own advice on standard output would spoil what a pipe reads."""
    fontconfig.installed.cache_clear()
    fontconfig.installed()
    assert capfd.readouterr() == ("", "")
