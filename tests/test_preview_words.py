"""The words of the preview's page, and the page itself: all words come from the catalogue, and none waits unused."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import workplan
from workplan.resources.messages import LANGUAGES, preview_words

STATIC = Path(workplan.__file__).parent / "preview" / "static"
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.js"))}
#: Tables of other commands that the page names by what the server tells, such as the kind of a change.
SHARED = ("severity.", "kinds.", "diff.")


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _asked() -> set[str]:
    """The keys that the scripts name, those put together as patterns."""
    found: set[str] = set()
    for text in SCRIPTS.values():
        found |= set(re.findall(r'(?<!\.)\b(?:say|has)\("([^"]+)"', text))
        found |= {re.sub(r"\$\{[^}]*\}", "*", one) for one in re.findall(r"(?<!\.)\b(?:say|has)\(`([^`]+)`", text)}
    return found


def _matches(key: str, pattern: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), key) is not None


def test_both_languages_say_the_same_with_the_same_arguments() -> None:
    chinese, english = (preview_words(language) for language in LANGUAGES)
    assert list(chinese) == list(english)
    assert [key for key in chinese if _fields(chinese[key]) != _fields(english[key])] == []
    assert [key for key in chinese if chinese[key] == english[key]] == []


def test_every_word_that_the_page_asks_for_is_there_and_none_waits_unused() -> None:
    asked, words = _asked(), preview_words("zh")
    assert len(asked) > 60, "the search has gone blind"
    assert {one for one in asked if not any(_matches(key, one) for key in words)} == set()
    indirect = {"errors", "warnings", "infos"} | {key for key in words if key.startswith(("keys.", *SHARED))}
    assert {key for key in words if not any(_matches(key, one) for one in asked)} - indirect == set()


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_page_reads_no_text_as_markup_or_code(name: str) -> None:
    """Texts of a plan come in as text nodes; nothing is asked of anybody but the server that serves the page."""
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|https?://|import\("
    )
    assert re.findall(forbidden, SCRIPTS[name]) == []
    assert not re.search("[\u4e00-\u9fff]", re.sub(r"//.*|/\*[\s\S]*?\*/", "", SCRIPTS[name])), (
        "words belong in the catalogue"
    )


def test_the_page_has_no_script_or_style_within_and_asks_nobody_else() -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=", page) == []
    assert [link for link in re.findall(r'(?:src|href)="([^"]*)"', page) if not link.startswith("/static/")] == []
    sheets = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.css"))
    assert re.findall(r"@import|url\(|@font-face", sheets) == []


def test_files_of_the_page_are_as_short_as_those_of_the_code() -> None:
    assert {path.name for path in STATIC.iterdir() if path.read_text(encoding="utf-8").count("\n") > 300} == set()
