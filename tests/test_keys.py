"""What a finished file is kept under: whatever changes its bytes changes its key, and what does not concern it leaves it alone."""

from __future__ import annotations

import io
import os
import re
import zipfile
from dataclasses import fields, replace
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

import workplan
from full_plans import YEARS, plan
from test_full_keys import below
from test_sequence_keys import PLACES, changed, compiled, files, values
from workplan.language.scalar import File, Scalar
from workplan.output import jobs, surroundings
from workplan.output.content import Contents
from workplan.output.surroundings import LIBRARIES, Surroundings
from workplan.output.wanted import Wanted
from workplan.render import docx
from workplan.resources import fonts
from workplan.resources.templates import Templates, shipped
from workplan.view.located_text import LocatedText
from workplan.view.runs import NOWHERE
from workplan.view.sequence import Face, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.output.jobs import Job
    from workplan.plan.compiled import Plan

SHIPPED = Templates(None)
#: Formats that take no time.
QUICK = frozenset({"txt", "html", "md", "json"})
ALL = Wanted(members=True)


def planned(plan: Plan, wanted: Wanted = ALL, templates: Templates = SHIPPED) -> dict[str, Job]:
    found = jobs.planned(plan, wanted, templates, Surroundings.now(templates))
    return {job.path: job for job in found}


def content(job: Job, templates: Templates = SHIPPED) -> bytes:
    ((_, made),) = jobs.made((job,), templates)
    return made


def others(texts: dict[str, str], plan: Plan, kind: str, key: str, choices: tuple[str, ...]) -> Iterator[Plan]:
    """The plan with another text under a key, once for each of some words that it takes there."""
    records = [plan.document, *(section.part for section in plan.sections), plan.registry]
    owners = [record for root in records for record in below(root)]
    mine = [record for record in owners if kind in (base.__name__ for base in type(record).__mro__)]
    for scalar in [scalar for record in mine for scalar in values(record, key)][:1]:
        for other in (f"{scalar.text}增", *choices):
            if other != scalar.text and (found := compiled(changed(texts, scalar, other))):
                yield found


@pytest.mark.parametrize(("kind", "key", "choices"), PLACES, ids=[f"{kind}.{key}" for kind, key, _ in PLACES])
def test_a_key_of_the_language_that_changes_a_file_changes_what_it_is_kept_under(
    kind: str, key: str, choices: tuple[str, ...]
) -> None:
    """So where the key is the same, all values are that the renderer is handed, and the bytes that it makes of them."""
    for year in YEARS[:2]:
        texts = files(year)
        before = compiled(texts)
        assert before is not None
        old = planned(before)
        for after in others(texts, before, kind, key, choices):
            new = planned(after)
            for path in old.keys() & new.keys():
                if old[path].key == new[path].key:
                    assert repr(old[path].value) == repr(new[path].value)
                    assert old[path].form not in QUICK or content(old[path]) == content(new[path])


def test_a_renderer_is_handed_no_place_of_the_plan() -> None:
    """Else a file could hold what its key does not say: where a text stands, or the file that it stands in."""
    for job in planned(plan("2031")).values():
        shown = repr(job.value)
        assert "document.yaml'" not in shown
        assert re.findall(r"start=([1-9]\d*)", shown) == []
        assert {found.replace(" ", "") for found in re.findall(r"Scalar\(([^()]*File\([^()]*\)[^()]*)\)", shown)} <= {
            repr(NOWHERE).removeprefix("Scalar(").removesuffix(")").replace(" ", "")
        }


def test_a_comment_and_a_moved_task_leave_the_sheets_alone() -> None:
    texts = files("2031")
    before = compiled(texts)
    after = compiled({name: f"# 说明\n\n{text}" for name, text in texts.items()})
    assert before is not None
    assert after is not None
    old, new = planned(before), planned(after)
    assert {path: job.key for path, job in old.items()} == {path: job.key for path, job in new.items()}
    # Only the names of the plan's files, which are put into the finished DOCX, are others.
    named = {path for path in old if path.endswith((".docx", ".xlsx")) and not path.startswith("assignments")}
    assert {path for path, job in old.items() if job.names} == named
    assert all(old[path].names != new[path].names for path in named)


@pytest.mark.parametrize("path", ["official.docx", "sheets/区教育局.docx"])
def test_a_docx_has_the_names_of_the_plans_files_as_if_it_was_made_with_them(path: str) -> None:
    """To the byte, marks of XML among them."""
    found = plan("2031")
    job = planned(found)[path]
    names = (("a&b<c>.yaml", "1" * 40), *job.names)
    made = content(job)
    whole = replace(job.value[0], files=names)
    direct = docx.official(whole, SHIPPED) if job.group == "official" else docx.sheet(whole, SHIPPED)
    assert replace(job, names=names).finished(made) == direct
    assert job.finished(made) != made


def test_every_option_that_changes_a_file_changes_its_key() -> None:
    usual = planned(plan("2031"))
    given = {
        "only": "sheets",
        "formats": frozenset({"md"}),
        "units": (),
        "members": False,
        "blanks": ("签收",),
        "return_by": "2031年3月31日",
        "signed": True,
        "bundle": True,
        "clean": True,
    }
    assert {field.name for field in fields(Wanted)} == {*given, "jobs", "beyond"}
    for name, value in given.items():
        wanted = replace(ALL, **{name: value})  # type: ignore[arg-type]
        for path, job in planned(plan("2031"), wanted).items():
            if path in usual and job.form in QUICK | {"docx"}:
                assert (content(job) == content(usual[path])) == (job.key == usual[path].key), (name, path)
    same = {path: job.key for path, job in planned(plan("2031"), replace(ALL, jobs=2)).items()}
    assert same == {path: job.key for path, job in usual.items()}


TEMPLATES = tuple(sorted(path.name for path in shipped().iterdir() if path.is_file()))


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_in_the_keys_of_what_may_be_made_of_it(name: str, tmp_path: Path) -> None:
    own = Templates(tmp_path)
    (tmp_path / name).write_bytes(shipped().joinpath(name).read_bytes())
    same = planned(plan("2031"), templates=own)
    usual = planned(plan("2031"))
    assert {path: job.key for path, job in same.items()} == {path: job.key for path, job in usual.items()}
    (tmp_path / name).write_bytes(shipped().joinpath(name).read_bytes() + b"\n")
    differ = {path for path, job in planned(plan("2031"), templates=own).items() if job.key != usual[path].key}
    if name.endswith(".docx"):
        assert differ == {path for path in usual if path.endswith(".docx") and path.startswith(name.partition(".")[0])}
    else:  # any of them may be included by any other
        assert differ == set(usual) - {path for path in usual if path.startswith("assignments")} | {
            path for path in differ if path.startswith("assignments")
        }


def test_a_template_that_prints_the_files_of_a_plan_is_handed_them(tmp_path: Path) -> None:
    (tmp_path / "official.txt").write_text("{{ official.files | length }}", "utf-8")
    own = Templates(tmp_path)
    found = planned(plan("2031"), templates=own)
    job = found["official.txt"]
    assert int(content(job, own)) == len(job.value[0].files) > 2
    assert not found["official.docx"].names
    (tmp_path / "official.txt").unlink()
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as template:
        template.writestr("word/document.xml", "<w:t>{{ sheet.fi</w:t><w:t>les }}</w:t>")
    (tmp_path / "sheet.docx").write_bytes(whole.getvalue())
    assert not planned(plan("2031"), templates=own)["official.docx"].names


def test_a_font_file_that_changes_is_told_though_size_and_time_stay(tmp_path: Path) -> None:
    face = fonts.serving("仿宋")
    assert face is not None
    font = tmp_path / "a.otf"
    font.write_bytes(Path(face.file).read_bytes())
    state, before = surroundings.state_of_font.__wrapped__(str(font)), font.stat()
    data = bytearray(font.read_bytes())
    data[-1] ^= 1
    font.write_bytes(bytes(data))
    os.utime(font, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert surroundings.state_of_font.__wrapped__(str(font)) != state


def test_faces_count_for_what_is_printed_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = planned(plan("2031"))
    monkeypatch.setattr(surroundings, "of_faces", lambda _: (("仿宋", "other"),))
    differ = {path for path, job in planned(plan("2031")).items() if job.key != usual[path].key}
    assert differ == {path for path in usual if path.endswith((".pdf", ".ofd"))} | {"official.docx"}


def test_faces_are_told_by_the_roles_that_they_serve() -> None:
    roles = [role for role, *_ in surroundings.of_faces(())]
    assert roles == [fonts.WESTERN, *fonts.ROLES]
    assert surroundings.of_faces((("仿宋", "FandolKai"),)) != surroundings.of_faces(())


def test_versions_of_libraries_and_of_workplan_are_in_every_key(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = planned(plan("2031"))
    for name, other in (("of_libraries", lambda: (("weasyprint", "0"),)), ("of_workplan", lambda: "other")):
        with monkeypatch.context() as patch:
            patch.setattr(surroundings, name, other)
            assert all(job.key != usual[path].key for path, job in planned(plan("2031")).items())


def test_every_file_of_workplan_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = tmp_path / "workplan"
    (top / "resources").mkdir(parents=True)
    (top / "__init__.py").write_text("", "utf-8")
    (top / "resources" / "wrong_glyphs.tsv").write_text("a", "utf-8")
    place = SimpleNamespace(__file__=str(top / "__init__.py"), __version__=workplan.__version__)
    monkeypatch.setattr(surroundings, "workplan", place)
    before = surroundings.of_workplan()
    assert surroundings.of_workplan() == before
    (top / "resources" / "wrong_glyphs.tsv").write_text("b", "utf-8")
    assert surroundings.of_workplan() != before


def test_every_library_that_writes_files_is_told_with_its_version() -> None:
    """With all that it stands on, as the libraries themselves say."""
    writing = {"docxtpl", "fonttools", "jinja2", "lxml", "markupsafe", "pillow", "pydyf", "pypdfium2", "python-docx"}
    waiting = [*writing, "rjieba", "weasyprint", "xlsxwriter"]
    needed: set[str] = set()
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name not in needed:
            needed.add(name)
            try:
                asked = metadata.requires(name) or []
            except metadata.PackageNotFoundError:
                continue
            waiting += [re.split(r"[^\w.-]", one)[0] for one in asked if "extra ==" not in one]
    assert needed <= LIBRARIES
    told = dict(surroundings.of_libraries())
    for name in needed:
        try:
            assert told[name] == metadata.version(name)
        except metadata.PackageNotFoundError:
            assert name not in told


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab",), ("a", "b")),
        ((("a",), "b"), ("a", ("b",))),
        ((1,), ("1",)),
        ((1,), (True,)),
        ((1,), (1.0,)),
        ((None,), ("None",)),
        (("t", "a"), (("a",),)),
        (("甲",), (LocatedText(own=(Run(text="甲", face=Face.FANGSONG, scalar=NOWHERE),)),)),
        ((Face.FANGSONG,), ("仿宋",)),
        (({"a": 1},), ((("a", 1),),)),
        ((frozenset({"a"}),), (("a",),)),
    ],
)
def test_different_values_have_different_digests(one: object, other: object) -> None:
    assert Contents().digest(one) != Contents().digest(other)


def test_a_kind_of_value_that_is_not_known_is_no_part_of_a_key() -> None:
    """It might hold what its digest does not say."""
    for value in (object(), [1], Path("a")):
        with pytest.raises(TypeError):
            Contents().bare((value,))
        with pytest.raises(TypeError):
            Contents().digest((value,))


def test_a_place_is_stripped_and_the_words_stay() -> None:
    scalar = Scalar(file=File("a.yaml", "甲乙丙"), start=0, end=3, style="", value="甲乙丙")
    text = LocatedText(
        own=(Run(text="乙", face=Face.KAITI, scalar=scalar, start=1), Run(text="、", face=Face.FANGSONG, scalar=scalar))
    )
    bare = Contents().bare(text)
    assert (bare, [(run.text, run.face, run.start) for run in bare.runs]) == (
        "乙、",
        [("乙", Face.KAITI, 0), ("、", Face.FANGSONG, None)],
    )
    assert all(run.scalar is NOWHERE for run in bare.runs)
