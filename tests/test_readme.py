"""The READMEs say what is so: commands, files, output and example, and both say the same."""

from __future__ import annotations

import re
import shlex
import shutil
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import workplan
from workplan.cli.application import build_command
from workplan.cli.session import Session
from workplan.compiler import compile_plan
from workplan.resources.messages import catalogue
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from subprocess import CompletedProcess

REPOSITORY = Path(__file__).resolve().parents[1]
READMES = {"en": "README.md", "zh": "README.zh-CN.md"}
ARCHITECTURE = "docs/architecture.md"
LARGEST_PICTURE = 200 * 1024
#: Commands that print what is said of them within a moment, on any machine; builds and ``doctor`` do not.
QUICK = ("check", "tasks", "units", "diff", "schema", "new", "--version")
#: What the tour tells the reader to change in the new plan before it is checked.
MISTAKES = (("due: 9月底前", "due: 6月底前"), ("units: 区教育局 ", "units: 区教育据 "))
#: Folders that only a build or the tour makes.
_MADE = ("build/", "sheets/", "plan/2024/", "plan/2026/", "dist/")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)#:\s]+)\)")
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")


def text(file: str) -> str:
    return (REPOSITORY / file).read_text(encoding="utf-8")


def blocks(file: str, kind: str) -> list[str]:
    return [body for name, body in _BLOCK.findall(text(file)) if name == kind]


def spans(file: str) -> list[str]:
    """The code within the prose of a page."""
    return _SPAN.findall(_BLOCK.sub("", text(file)))


def shown(file: str) -> list[tuple[str, list[str]]]:
    """Every command of the console blocks with the lines printed after it."""
    found: list[tuple[str, list[str]]] = []
    for line in (line for block in blocks(file, "console") for line in block.splitlines()):
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def calls(file: str) -> list[list[str]]:
    """The arguments of every call of workplan, in the blocks and in the prose."""
    lines = [command for command, _ in shown(file)] + spans(file)
    words = (shlex.split(line) for line in lines if line.startswith("workplan "))
    return [call[1:] for call in words]


# ------------------------------------------------------------------------------------------- commands


@pytest.mark.parametrize("file", READMES.values())
def test_every_command_shown_is_one_that_workplan_takes(file: str) -> None:
    group = build_command(Session(catalogue("en")))
    known = {"--help"} | {option for parameter in group.params for option in parameter.opts}
    assert len(calls(file)) > 20
    for call in calls(file):
        if call[0].startswith("-"):
            assert call[0] in known, call
            continue
        assert call[0] in group.commands, call
        command = group.commands[call[0]]
        if "--help" not in call and (len(call) > 1 or call[0] not in ("schema", "new")):
            command.make_context(
                call[0], call[1:]
            )  # raises for an option, a choice or an argument that it does not take


@pytest.mark.parametrize("file", READMES.values())
def test_every_command_of_workplan_is_shown(file: str) -> None:
    commands = set(build_command(Session(catalogue("en"))).commands)
    assert commands - {call[0] for call in calls(file)} == set()


@pytest.mark.parametrize("language", READMES)
def test_what_quick_commands_are_said_to_print_is_what_they_print(
    language: str, run: Callable[..., CompletedProcess[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(REPOSITORY / "plan", tmp_path / "plan")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKPLAN_LANG", language)
    for command, lines in shown(READMES[language]):
        arguments = shlex.split(command)[1:]
        if not command.startswith("workplan ") or arguments[0] not in QUICK:
            continue
        ended = run(*arguments)
        printed = (ended.stdout + ended.stderr).splitlines()
        for line in filter(None, lines):
            assert _is_among(line, printed), f"{command}: {line}"
        if arguments == ["new", "2026"]:
            _make_mistakes(tmp_path / "plan" / "2026" / "tasks.yaml")


def _is_among(line: str, printed: list[str]) -> bool:
    """Whether a line was printed; one cut short by … may go on."""
    if line in ("…", "```"):
        return True
    return line in printed or (line.endswith("…") and any(other.startswith(line[:-1]) for other in printed))


def _make_mistakes(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    for good, bad in MISTAKES:
        assert good in content
        content = content.replace(good, bad)
    path.write_text(content, encoding="utf-8")


# ------------------------------------------------------------------------------------------- files and pictures


@pytest.mark.parametrize("file", [*READMES.values(), ARCHITECTURE, "CHANGELOG.md"])
def test_every_file_named_exists(file: str) -> None:
    place = (REPOSITORY / file).parent
    missing = [link for link in _LINK.findall(text(file)) if not (place / link).exists()]
    roots = (REPOSITORY, Path(workplan.__file__).parent) if file == ARCHITECTURE else (REPOSITORY,)
    for span in spans(file):
        named = _PATH.fullmatch(span) and "/" in span.rstrip("/") and not span.startswith(_MADE)
        if named and "your" not in span and not any((root / span).exists() for root in roots):
            missing.append(span)
    assert missing == []


def test_the_map_shows_only_rooms_that_are_there() -> None:
    rooms = re.findall(r"^\| `([\w.]+)/?` \|", text(ARCHITECTURE), re.MULTILINE)
    package = Path(workplan.__file__).parent
    there = {path.name for path in package.iterdir() if not path.name.startswith("_") and path.suffix in ("", ".py")}
    assert len(rooms) > 12
    assert set(rooms) == there - {"py.typed"}


@pytest.mark.parametrize("file", READMES.values())
def test_the_pictures_are_there_and_small(file: str) -> None:
    pictures = [REPOSITORY / link for link in _LINK.findall(text(file)) if link.endswith(".png")]
    assert len(pictures) >= 2
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size < LARGEST_PICTURE


# ------------------------------------------------------------------------------------------- the two languages


def test_both_readmes_have_the_same_sections_and_commands() -> None:
    english, chinese = READMES.values()
    assert _sections(english) == _sections(chinese)
    assert [command.replace("=zh", "=en") for command, _ in shown(chinese)] == [
        command for command, _ in shown(english)
    ]


def _sections(file: str) -> list[tuple[int, int, int]]:
    """Every section as the level of its heading and how many tables and blocks it has."""
    found = []
    for section in re.split(r"^(?=#+ )", _without_shebangs(text(file)), flags=re.MULTILINE)[1:]:
        level = len(section) - len(section.lstrip("#"))
        rows = [line.startswith("|") for line in section.splitlines()]
        found.append((level, sum(table for table, _ in groupby(rows)), section.count("```")))
    return found


def _without_shebangs(content: str) -> str:
    """The page with the lines that begin with # in its blocks indented, so that they are no headings."""
    return _BLOCK.sub(lambda block: re.sub("^#", " #", block[0], flags=re.MULTILINE), content)


# ------------------------------------------------------------------------------------------- the example


def _example(file: str) -> Iterator[tuple[str, str]]:
    """The files of the example, by their names as a source knows them."""
    for block in blocks(file, "yaml"):
        path = re.match(r"# plan/(\S+)\n", block)
        if path:
            yield path[1].removeprefix("2026/").replace("units.yaml", "../units.yaml"), block


@pytest.mark.parametrize("file", READMES.values())
def test_the_example_checks_without_a_finding(file: str) -> None:
    example = dict(_example(file))
    assert set(example) == {"document.yaml", "tasks.yaml", "../units.yaml"}
    assert compile_plan(Memory(example, "2026")).diagnostics == ()


@pytest.mark.parametrize("file", READMES.values())
def test_the_table_shown_checks_as_a_part_of_the_example(file: str) -> None:
    example = dict(_example(file))
    example["indicators.yaml"] = next(block for block in blocks(file, "yaml") if "kind: table" in block)
    example["document.yaml"] = example["document.yaml"].replace("parts: [tasks]", "parts: [tasks, indicators]")
    assert compile_plan(Memory(example, "2026")).diagnostics == ()


@pytest.mark.parametrize("file", READMES.values())
def test_the_faces_shown_are_keys_of_the_document(file: str) -> None:
    example = dict(_example(file))
    example["document.yaml"] += next(block for block in blocks(file, "yaml") if "fonts:" in block)
    assert compile_plan(Memory(example, "2026")).diagnostics == ()
