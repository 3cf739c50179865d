"""The plans shown in the pages: each example of the language checks without a finding, in both languages."""

from __future__ import annotations

import re

import pytest

import pages
from pages import ROOT
from workplan.compiler import compile_plan
from workplan.source import Memory

#: By language: the page with the example, and the one with the faces.
LANGUAGE = {"en": "docs/language.md", "zh": "docs/language.zh-CN.md"}
FONTS = {"en": "docs/fonts.md", "zh": "docs/fonts.zh-CN.md"}
FIRST = {"en": "docs/guide/first-plan.md", "zh": "docs/guide/first-plan.zh-CN.md"}


def example(language: str) -> dict[str, str]:
    """The files of the example, by their names as a source knows them."""
    found = {}
    for block in pages.blocks(LANGUAGE[language], "yaml"):
        path = re.match(r"# plan/(\S+)\n", block)
        if path:
            found[path[1].removeprefix("2026/").replace("units.yaml", "../units.yaml")] = block
    return found


@pytest.mark.parametrize("language", LANGUAGE)
def test_the_example_checks_without_a_finding(language: str) -> None:
    files = example(language)
    assert set(files) == {"document.yaml", "tasks.yaml", "../units.yaml"}
    assert compile_plan(Memory(files, "2026")).diagnostics == ()


@pytest.mark.parametrize("language", LANGUAGE)
def test_the_table_shown_checks_as_a_part_of_the_example(language: str) -> None:
    files = example(language)
    (files["indicators.yaml"],) = (
        block for block in pages.blocks(LANGUAGE[language], "yaml") if "kind: table" in block
    )
    files["document.yaml"] = files["document.yaml"].replace("parts: [tasks]", "parts: [tasks, indicators]")
    assert compile_plan(Memory(files, "2026")).diagnostics == ()


@pytest.mark.parametrize("language", FONTS)
def test_the_faces_shown_are_keys_of_the_document(language: str) -> None:
    files = example(language)
    (faces,) = pages.blocks(FONTS[language], "yaml")
    files["document.yaml"] += faces
    assert compile_plan(Memory(files, "2026")).diagnostics == ()


@pytest.mark.parametrize("language", FIRST)
def test_the_task_shown_is_one_of_the_new_plan(language: str) -> None:
    (task,) = pages.blocks(FIRST[language], "yaml")
    new = (ROOT / "templates" / "new" / "tasks.yaml").read_text(encoding="utf-8")
    assert "".join(f"      {line}\n" for line in task.splitlines()) in new
