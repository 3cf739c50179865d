"""The tree of samples: every bad one gives the findings written inside it and no other, every good one gives none.

``samples/bad/<rule>-<what>`` is one file (``….document.yaml``, ``….part.yaml``, ``….units.yaml``) that ``samples/minimal``
completes to a plan, or a folder that stands as it is. The findings stand behind ``# 期待:`` as ``line:column rule`` (the rule with
the variant of its wording), with the file before them where it is another one; a sample that cannot hold a comment has a
neighbour ``….expected``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workplan.check.rules.every import ADJUSTABLE
from workplan.compiler import compile_plan
from workplan.report import REPORTERS
from workplan.resources import messages
from workplan.resources.messages import catalogue
from workplan.source import MAX_BYTES, Directory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from subprocess import CompletedProcess

    from workplan.compiler import Result

    Files = Mapping[str, str | bytes | None]
    Project = Callable[[Files], Path]
    Run = Callable[..., CompletedProcess[str]]

SAMPLES = Path(__file__).parent / "samples"
#: The file of the plan that a sample of one file stands for, by the word before its suffix.
PLACES = {"document": "document.yaml", "part": "tasks.yaml", "units": "units.yaml"}
#: Samples too large to keep: what they hold, and what is to be found in them.
MADE: dict[str, tuple[str, bytes, str]] = {
    "nesting-100000-brackets": ("tasks.yaml", b"items: " + b"[" * 100_000, "tasks.yaml:1:107 nesting"),
    "nesting-100000-braces": ("document.yaml", b"{a: " * 100_000, "document.yaml:1:401 nesting"),
    "nesting-100000-dashes": ("units.yaml", b"- " * 100_000, "units.yaml:1:201 nesting"),
    "file-size-part": ("tasks.yaml", b"#" * (MAX_BYTES + 1), "tasks.yaml:1:1 file-size"),
    "file-size-registry": ("units.yaml", b"\n" * (MAX_BYTES + 1), "units.yaml:1:1 file-size"),
    "yaml-alias-bomb-of-lists": (
        "document.yaml",
        b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a]\n" % (n, n) for n in range(99)),
        "document.yaml:1:4 yaml-alias.anchor",
    ),
}
#: Wordings for what workplan does not foresee, beside the one for each case that it does.
GENERAL = {
    "bad-value",
    "bad-value.other",
    "lost-structure",
    "lost-text",
    "stale-quote",
    "wrong-type",
    "yaml-alias",
    "yaml-syntax",
}
#: Wordings that hang on a machine, or on a DOCX template that is broken within.
ELSEWHERE = (
    {"missing-font.role", "missing-library.other"}
    | {f"unreadable-file.{variant}" for variant in ("leads-out", "not-plain")}
    | {
        f"template.{variant}"
        for variant in ("gone", "length", "memory", "outside", "place", "style", "time", "unreadable")
    }
)
#: Rules that speak of finished files, of a table of opinions, or of a plan carried over to another year: no plan breaks them by
#: itself.
OTHER_WORK = ("measure-", "opinion-", "carried-over", "kept-file", "missing-library")
#: Rules that forbid nothing.
WARNINGS = ADJUSTABLE
_EXPECTED = re.compile(r"期待: (.*?)(?: #\})?$", re.MULTILINE)
_PLACE = re.compile(r"(?:(\S+):)?(\d+):(\d+) (\S+)")

Finding = tuple[str, int, int, str]


def listed(folder: str) -> list[Path]:
    return sorted(path for path in (SAMPLES / folder).iterdir() if path.suffix != ".expected")


def content(sample: Path) -> dict[str, bytes | None]:
    """The files of a sample by their names in the plan, with None for those that a folder does not have."""
    if sample.is_file():
        return {PLACES[sample.stem.rpartition(".")[2]]: sample.read_bytes()}
    files = (path for path in sample.rglob("*") if path.is_file())
    held = {path.relative_to(sample).as_posix(): path.read_bytes() for path in files}
    placed = {placed_below(name): text for name, text in held.items()}
    return dict.fromkeys(PLACES.values()) | placed


def placed_below(name: str) -> str:
    """Where the file of a sample's folder goes in a project: a path in it is one in the plan, but for templates and years."""
    if "/" not in name or name.startswith("templates/"):
        return name
    beside = name.startswith("units.yaml/") or name[:4].isdecimal()
    return f"plan/{name}" if beside else f"plan/2022/{name}"


def expected(sample: Path) -> list[Finding]:
    """The findings that a sample itself, or its neighbour, says it must give."""
    if sample.name in MADE:
        return read_expected(MADE[sample.name][2], "")
    neighbour = sample.with_name(sample.name.removesuffix(".yaml") + ".expected")
    files = (
        dict.fromkeys(list(content(sample))[-1:], neighbour.read_bytes()) if neighbour.is_file() else content(sample)
    )
    texts = {name: (text or b"").decode(errors="replace") for name, text in files.items()}
    lists = [(match[1], name) for name, text in texts.items() for match in _EXPECTED.finditer(text)]
    return sorted(finding for words, name in lists for finding in read_expected(words, name))


def read_expected(words: str, file: str) -> list[Finding]:
    """A list of findings; those that name no file are in the one given."""
    places = [_PLACE.fullmatch(word) for word in words.split(", ")]
    assert all(places), words
    return [(place[1] or file, int(place[2]), int(place[3]), place[4]) for place in places if place]


def actual(result: Result) -> list[Finding]:
    """The findings of a compilation, with the files named as in the sample."""
    return sorted((short(d.span.file), d.span.line, d.span.column, d.key) for d in result.diagnostics)


def short(file: str) -> str:
    assert file.startswith("plan/"), f"{file} is not named from the working folder"
    return file.removeprefix("plan/").removeprefix("2022/")


BAD = listed("bad")
#: Bad samples whose faults come up in ``build`` alone, by the beginning of their names.
BUILT = [sample for sample in BAD if sample.name.startswith(("template-", "missing-glyph-", "missing-font-"))]
SEEN = [sample for sample in BAD if sample not in BUILT]
MADE_PATHS = [SAMPLES / name for name in MADE]


def lay_out(sample: Path, project: Project) -> Path:
    made = MADE.get(sample.name)
    return project({made[0]: made[1]} if made else content(sample))


def names(paths: list[Path]) -> list[str]:
    return [path.name.removesuffix(".yaml") for path in paths]


#: Samples with errors: those with nothing but warnings do build.
WRONG = [sample for sample in SEEN + MADE_PATHS if {key.partition(".")[0] for *_, key in expected(sample)} - WARNINGS]


@pytest.mark.parametrize("sample", SEEN + MADE_PATHS, ids=names(SEEN + MADE_PATHS))
def test_a_bad_sample_gives_exactly_the_findings_written_in_it(sample: Path, project: Project) -> None:
    root = lay_out(sample, project)
    wanted = expected(sample)
    assert wanted, "the sample does not say what it expects"
    assert actual(compile_plan(Directory(root / "plan/2022"))) == wanted


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("sample", SEEN + MADE_PATHS, ids=names(SEEN + MADE_PATHS))
def test_every_finding_can_be_said_in_both_languages(sample: Path, language: str, project: Project) -> None:
    root = lay_out(sample, project)
    result = compile_plan(Directory(root / "plan/2022"))
    words = catalogue(language)
    text = REPORTERS["text"]([("2022", result)], words, colour=False, width=0)
    for finding in result.diagnostics:
        message = words.message(finding.key, finding.arguments)
        assert message
        assert f"{finding.span.file}:{finding.span.line}:{finding.span.column} " in text
        assert message in text
    shape = json.loads(REPORTERS["json"]([("2022", result)], words, colour=False, width=0))
    assert [item["rule"] for item in shape["diagnostics"]] == [finding.rule for finding in result.diagnostics]


@pytest.mark.parametrize("sample", SEEN + MADE_PATHS, ids=names(SEEN + MADE_PATHS))
def test_check_exits_with_1_for_errors_and_under_strict_for_warnings_too(
    sample: Path, project: Project, run: Run
) -> None:
    lay_out(sample, project)
    checked = run("check", "plan/2022", "--format", "json")
    summary = json.loads(checked.stdout)["summary"]
    assert checked.returncode == (1 if summary["errors"] else 0)
    assert checked.stderr == ""
    strict = run("check", "plan/2022", "--strict").returncode
    assert strict == (1 if summary["errors"] or summary["warnings"] else 0)


@pytest.mark.parametrize("sample", WRONG, ids=names(WRONG))
def test_a_build_with_errors_writes_nothing(sample: Path, project: Project, run: Run) -> None:
    root = lay_out(sample, project)
    result = compile_plan(Directory(root / "plan/2022"))
    before = sorted(root.rglob("*"))
    built = run("build", "plan/2022", "-o", "out")
    assert built.returncode == 1
    assert built.stdout == ""
    assert all(f":{finding.span.line}:{finding.span.column} " in built.stderr for finding in result.diagnostics)
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("sample", BUILT, ids=names(BUILT))
def test_a_fault_that_only_a_build_can_see_is_a_finding_at_its_place(
    sample: Path, language: str, project: Project, run: Run
) -> None:
    root = lay_out(sample, project)
    assert run("check").returncode == 0
    before = sorted(root.rglob("*"))
    template = next((path for path in (root / "templates").glob("official.*")), None)
    kind = template.suffix[1:] if template and template.suffix != ".css" else "pdf"
    built = run("--lang", language, "build", "-o", "out", "--only", "official", "--format", kind)
    assert built.returncode == (2 if sample.name.startswith("missing-font-") else 1), (
        "a face is missing from the computer"
    )
    places = re.findall(r"^(\S+):(\d+):(\d+) .*\[(\S+)\]$", built.stderr, re.MULTILINE)
    found = [(root / file, int(line), int(column), rule) for file, line, column, rule in places]
    wanted = [
        (place_of(root, file), line, column, key.partition(".")[0]) for file, line, column, key in expected(sample)
    ]
    assert sorted(found) == wanted
    assert sorted(root.rglob("*")) == before


def place_of(root: Path, file: str) -> Path:
    return root / file if "/" in file else root / "plan/2022" / file


@pytest.mark.parametrize("sample", listed("good"), ids=names(listed("good")))
def test_a_good_sample_gives_no_finding(sample: Path, project: Project, run: Run) -> None:
    root = project(content(sample))
    assert actual(compile_plan(Directory(root / "plan/2022"))) == []
    assert run("check", "--strict").returncode == 0


def test_there_are_at_least_sixty_bad_samples() -> None:
    assert len(BAD) + len(MADE) >= 60


def test_every_rule_has_at_least_two_bad_samples() -> None:
    rules = Counter(
        rule for sample in BAD + MADE_PATHS for rule in {key.partition(".")[0] for *_, key in expected(sample)}
    )
    assert {rule: rules[rule] for rule in all_rules() if rules[rule] < 2} == {}
    assert set(rules) - all_rules() == set()


def test_every_wording_of_a_rule_has_a_bad_sample() -> None:
    keys = {key for sample in BAD + MADE_PATHS for *_, key in expected(sample)}
    assert all_wordings() - keys - GENERAL - ELSEWHERE == set()


def test_a_sample_is_called_by_the_rule_that_it_breaks() -> None:
    for sample in BAD:
        rules = {key.partition(".")[0] for *_, key in expected(sample)}
        assert any(sample.name.startswith(f"{rule}-") for rule in rules) or sample.name == "all-at-once", sample.name


def entries() -> dict[str, dict[str, object]]:
    """The catalogue's tables that speak of findings in a plan; ``measure-…`` speaks of finished documents."""
    text = (Path(messages.__file__).parent / "zh.toml").read_text(encoding="utf-8")
    tables = {name: table for name, table in tomllib.loads(text).items() if isinstance(table, dict)}
    return {name: table for name, table in tables.items() if "message" in table and not name.startswith(OTHER_WORK)}


def all_rules() -> set[str]:
    return set(entries())


def all_wordings() -> set[str]:
    """The keys that findings may have; ``first``, ``begins`` and the like say something of a second place."""
    variants = {
        f"{rule}.{variant}"
        for rule, table in entries().items()
        for variant, wording in table.items()
        if isinstance(wording, dict) and variant not in ("first", "begins", "also", "middle", "end")
    }
    return variants | all_rules()
