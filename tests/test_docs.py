"""The pages for people say what is so: commands, files and links; both languages say the same; nothing is left unpacked."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import pages
import workplan
from pages import ENGINEERS, PAGES, PAIRS, ROOT
from workplan.cli.application import build_command
from workplan.cli.session import Session
from workplan.resources.messages import catalogue

ARCHITECTURE = "docs/architecture.md"
READMES = ("README.md", "README.zh-CN.md")
#: Bytes of a README.
LONGEST_README = 8000
LARGEST_PICTURE = 200 * 1024
#: What only building, packing, set-up or the guide makes, what stands in other repositories, and an address in a sheet.
_ELSEWHERE = (
    "build/",
    "sheets/",
    "plan/.schema",
    "plan/2024/",
    "plan/2026/",
    "dist/",
    ".github/",
    "sheet/tasks/",
    "城东/",
    "城西/",
)
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")


# ------------------------------------------------------------------------------------------- commands


@pytest.mark.parametrize("page", PAGES)
def test_every_command_shown_is_one_that_workplan_takes(page: str) -> None:
    group = build_command(Session(catalogue("en")))
    known = {"--help"} | {option for parameter in group.params for option in parameter.opts}
    for call in pages.calls(page):
        if call[0].startswith("-"):
            assert call[0] in known, call
            continue
        assert call[0] in group.commands, call
        command = group.commands[call[0]]
        if "--help" not in call and len(call) > 1:
            command.make_context(
                call[0], call[1:]
            )  # raises for an option, a choice or an argument that it does not take


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_of_workplan_is_shown(language: str) -> None:
    shown = [call for page in PAGES if PAGES[page] == language for call in pages.calls(page)]
    assert set(build_command(Session(catalogue("en"))).commands) - {call[0] for call in shown} == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_target_of_make_that_is_named_exists(page: str) -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    lines = [*pages.spans(page), *(step.command for step in pages.steps(page))]
    assert {line.split()[1] for line in lines if line.startswith("make ")} - targets == set()


@pytest.mark.parametrize("page", ENGINEERS)
def test_every_constant_stands_in_the_file_where_a_page_says_it_does(page: str) -> None:
    said = re.findall(r"`([A-Z_]{4,})`[^`\n]{1,40}`((?:src|tests)/[\w/.]+\.py)`", pages.text(page))
    assert [(name, file) for name, file in said if name not in (ROOT / file).read_text(encoding="utf-8")] == []


# ------------------------------------------------------------------------------------------- files and links


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_page_and_a_heading_of_it(page: str) -> None:
    for link in pages.links(page):
        if link.startswith("https://"):
            continue
        file, _, anchor = link.partition("#")
        target = ((ROOT / page).parent / file).resolve() if file else ROOT / page
        assert target.exists(), link
        assert not anchor or anchor in pages.anchors(target.relative_to(ROOT).as_posix()), link


@pytest.mark.parametrize("page", PAGES)
def test_every_file_named_exists(page: str) -> None:
    roots = (ROOT, Path(workplan.__file__).parent) if page == ARCHITECTURE else (ROOT,)
    named = [span for span in pages.spans(page) if _PATH.fullmatch(span) and "/" in span.rstrip("/")]
    missing = [
        span
        for span in named
        if not span.startswith(_ELSEWHERE) and "your" not in span and not any((root / span).exists() for root in roots)
    ]
    assert missing == []


@pytest.mark.parametrize("page", sorted(set(PAGES) - set(READMES)))
def test_every_page_can_be_reached_from_the_readme_of_its_language(page: str) -> None:
    chinese = PAGES[page] == "zh"
    assert page in pages.links(READMES[chinese])
    assert chinese or page not in ENGINEERS or page in pages.links(READMES[1])


def test_the_map_shows_only_rooms_that_are_there() -> None:
    rooms = re.findall(r"^\| `([\w.]+)/?` \|", pages.text(ARCHITECTURE), re.MULTILINE)
    package = Path(workplan.__file__).parent
    there = {path.name for path in package.iterdir() if not path.name.startswith("_") and path.suffix in ("", ".py")}
    assert len(rooms) > 12
    assert set(rooms) == there - {"py.typed"}


@pytest.mark.parametrize("page", READMES)
def test_a_readme_is_short_and_its_pictures_are_small(page: str) -> None:
    assert len(pages.text(page).encode()) <= LONGEST_README
    pictures = [ROOT / link for link in pages.links(page) if link.endswith(".png")]
    assert len(pictures) == 3
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size < LARGEST_PICTURE


# ------------------------------------------------------------------------------------------- the two languages


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_have_the_same_sections_and_commands(english: str, chinese: str) -> None:
    assert pages.sections(english) == pages.sections(chinese)
    commands = [step.command.replace("=zh", "=en") for step in pages.steps(chinese)]
    assert commands == [step.command for step in pages.steps(english)]


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_each_page_leads_to_its_other_language_and_stays_in_its_own(english: str, chinese: str) -> None:
    assert Path(chinese).name in pages.links(english)[:2]
    assert Path(english).name in pages.links(chinese)[:2]
    for page in (english, chinese):
        places = [((ROOT / page).parent / link.partition("#")[0]).resolve() for link in pages.links(page)]
        names = [place.relative_to(ROOT).as_posix() for place in places if place.is_relative_to(ROOT)]
        other = {name for name in names if name in PAGES and PAGES[name] != PAGES[page]} - set(ENGINEERS)
        assert other == {english if page == chinese else chinese}


# ------------------------------------------------------------------------------------------- the repository


def test_every_page_and_every_file_that_the_tests_read_is_packed() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packed = set(settings["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"])
    assert {name for name in packed if not (ROOT / name).exists()} == set()
    # hatchling packs these without being asked.
    alone = {settings["project"]["readme"], *settings["project"]["license-files"], "pyproject.toml"}
    needed = {page.partition("/")[0] for page in PAGES} | {"Makefile", "requirements.lock", "requirements-lowest.lock"}
    needed |= {".editorconfig", ".gitignore", ".pre-commit-config.yaml", ".pre-commit-hooks.yaml"}
    assert needed - packed - alone == set()


def test_the_files_are_as_editorconfig_says() -> None:
    """Text without blanks at line ends, with one line end at its end; samples and golden files are left out there."""
    settings = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    assert "[tests/{samples,golden,data,plans,fuzz}/**]" in settings
    suffixes = {".py", ".md", ".toml", ".yaml", ".html", ".css", ".txt", ".sh", ".json", ".conf"}
    left_out = [ROOT / "tests" / name for name in ("samples", "golden", "data", "plans", "fuzz")]
    places = (ROOT / name for name in ("src", "tests", "docs", "templates", "plan", "tools"))
    files = [path for place in places for path in place.rglob("*") if path.suffix in suffixes]
    looked_at = [path for path in files if not any(path.is_relative_to(folder) for folder in left_out)]
    assert len(looked_at) > 300
    for path in looked_at:
        content = path.read_bytes().decode()
        assert "\r" not in content, path
        assert not re.search(r"[ \t]$", content, re.MULTILINE), path
        assert content.endswith("\n"), path
