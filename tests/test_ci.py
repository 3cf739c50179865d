"""The recipes of docs/ci.md: their commands run, fail where a plan has an error, and are the same in both languages."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from repositories import ROOT, git, repository
from workplan import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]

PAGES = {"en": "docs/ci.md", "zh": "docs/ci.zh-CN.md"}
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
TEXTS = {language: (ROOT / page).read_text(encoding="utf-8") for language, page in PAGES.items()}


def blocks(language: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXTS[language], re.MULTILINE | re.DOTALL)


def recipes(language: str) -> list[Any]:
    return [yaml.safe_load(block) for block in blocks(language, "yaml")]


def words(value: object) -> Iterator[str]:
    """Every text in a recipe, the lines of a script among them."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from words(one)
    elif isinstance(value, str):
        yield value


def hooks(language: str) -> list[dict[str, Any]]:
    return [repo for recipe in recipes(language) if isinstance(recipe, dict) for repo in recipe.get("repos", ())]


def calls(language: str) -> list[list[str]]:
    """The arguments of every call of workplan, without what the shell does with its output."""
    written = [line.removeprefix("$ ") for block in blocks(language, "console") for line in block.splitlines()]
    scripts = [recipe for recipe in recipes(language) if "repos" not in recipe]
    lines = [line for line in (*written, *words(scripts)) if line.startswith("workplan ") and "plan/" in line]
    return [shlex.split(line.partition(" > ")[0])[1:] for line in lines]


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "plan"


@pytest.mark.parametrize("language", PAGES)
def test_every_command_passes_on_the_shipped_plans(language: str, plans: Path, run: Run) -> None:
    assert plans.is_dir()
    assert len(calls(language)) == 9
    for call in calls(language):
        ended = run(*call)
        assert (ended.returncode, ended.stderr) == (0, ""), call


@pytest.mark.parametrize("language", PAGES)
def test_every_check_fails_for_an_error_in_any_year_and_every_fmt_for_a_file_out_of_layout(
    language: str, plans: Path, run: Run
) -> None:
    tasks = plans / "2022" / "tasks.yaml"
    text = tasks.read_text(encoding="utf-8")
    tasks.write_text(text.replace("区教育局", "区教育据", 1).replace("title:", "title:   ", 1), encoding="utf-8")
    for call in calls(language):
        assert run(*call).returncode == 1, call


@pytest.mark.parametrize("language", PAGES)
def test_every_recipe_installs_the_wheel_of_this_version(language: str) -> None:
    installed = {word for word in words(recipes(language)) if word.startswith("pip ")}
    assert installed == {f"pip install tools/workplan-{__version__}-py3-none-any.whl"}
    assert {word for word in words(recipes(language)) if word.startswith("v0")} == {f"v{__version__}"}


@pytest.mark.parametrize("language", PAGES)
def test_the_hooks_shown_are_those_that_are_shipped(language: str, tmp_path: Path) -> None:
    shipped, local = hooks(language)
    assert [hook["id"] for hook in shipped["hooks"]] == [hook["id"] for hook in HOOKS]
    plain = [{key: value for key, value in hook.items() if key != "description"} for hook in HOOKS]
    assert local["hooks"] == [{**hook, "language": "system"} for hook in plain]
    git(repository(tmp_path), "status")
    for number, block in enumerate(block for block in blocks(language, "yaml") if block.startswith("repos:")):
        config = tmp_path / f"{number}.yaml"
        config.write_text(block, encoding="utf-8")
        command = [sys.executable, "-m", "pre_commit", "validate-config", str(config)]
        ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (ended.returncode, ended.stdout) == (0, ""), ended.stdout


def test_both_languages_show_the_same_recipes_each_in_its_own_words() -> None:
    english, chinese = (
        [
            re.sub(r" # .*|(?<=WORKPLAN_LANG: )\w+|(?<=--lang )\w+", "", block)
            for kind in ("console", "yaml")
            for block in blocks(language, kind)
        ]
        for language in PAGES
    )
    assert english == chinese
    for language in PAGES:
        asked = re.findall(r"(?:WORKPLAN_LANG:|--lang) (\w+)", TEXTS[language])
        assert set(asked) == {language}
        assert re.findall(r"^## ", TEXTS[language], re.MULTILINE) == ["## "] * 4


def test_the_pages_are_linked_and_their_own_links_lead_somewhere() -> None:
    assert "(docs/ci.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(docs/ci.zh-CN.md)" in (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    for text in TEXTS.values():
        links = re.findall(r"\]\(([^)#:\s]+)\)", text)
        assert len(links) >= 2
        assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
