"""The pages for people, taken apart: what stands in their blocks, which commands they show and what those are said to print."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
_CHINESE = ".zh-CN.md"
_NAMES = sorted(path.relative_to(ROOT).as_posix() for place in ("*.md", "docs/**/*.md") for path in ROOT.glob(place))
#: The pages that there are in both languages, as (English, Chinese), and those in English alone, for engineers.
PAIRS = tuple((name.replace(_CHINESE, ".md"), name) for name in _NAMES if name.endswith(_CHINESE))
ENGINEERS = tuple(name for name in _NAMES if name not in {page for pair in PAIRS for page in pair})
#: Every page with its language.
PAGES = {name: "zh" if name.endswith(_CHINESE) else "en" for name in _NAMES}

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
#: A block, or a comment that the reader does not see, with what is done meanwhile: by hand in an editor, by a colleague.
_STEPS = re.compile(r"^```(\w*)\n(.*?)^```$|^<!--\n(\$ .*?)^-->$", re.MULTILINE | re.DOTALL)
_GAP = "…"


@dataclass(frozen=True, slots=True)
class Step:
    """A command and the lines that the page shows below it."""

    command: str
    lines: tuple[str, ...]


@cache
def text(page: str) -> str:
    """The whole page."""
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, kind: str) -> list[str]:
    """The code blocks of one language, such as ``yaml``."""
    return [body for name, body in _BLOCK.findall(text(page)) if name == kind]


def spans(page: str) -> list[str]:
    """The code within the prose."""
    return _SPAN.findall(_BLOCK.sub("", text(page)))


def links(page: str) -> list[str]:
    """Where the page leads to, pictures too, as written."""
    return _LINK.findall(_BLOCK.sub("", text(page)))


def steps(page: str) -> list[Step]:
    """The commands of the page in its order, those in comments too."""
    found = []
    for kind, block, comment in _STEPS.findall(text(page)):
        shown = block if kind == "console" else comment
        for part in re.split(r"^\$ ", shown, flags=re.MULTILINE)[1:]:
            command, *lines = part.splitlines()
            found.append(Step(command, tuple(lines)))
    return found


def calls(page: str) -> list[list[str]]:
    """The arguments of every call of workplan, in the blocks and in the prose."""
    lines = [step.command for step in steps(page)] + spans(page)
    words = (shlex.split(line) for line in lines if line.startswith("workplan "))
    return [call[1:] for call in words]


def sections(page: str) -> list[tuple[int, int, int]]:
    """Every section as the level of its heading, the number of its tables and the number of its block marks."""
    found = []
    for section in re.split(r"^(?=#+ )", _with_headings_alone(page), flags=re.MULTILINE)[1:]:
        level = len(section) - len(section.lstrip("#"))
        rows = [line.startswith("|") for line in section.splitlines()]
        found.append((level, sum(table for table, _ in groupby(rows)), section.count("```")))
    return found


def anchors(page: str) -> set[str]:
    """The anchors of all headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.*)$", _with_headings_alone(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _with_headings_alone(page: str) -> str:
    """The page with the lines that begin with # in its blocks indented, so that they are no headings."""
    return _BLOCK.sub(lambda block: re.sub("^#", " #", block[0], flags=re.MULTILINE), text(page))


def first_difference(shown: Sequence[str], printed: Sequence[str]) -> str:
    """The first lines shown that were not printed where they should be; "" where all were.

    ``…`` stands for what was left out: on a line of its own for any number of lines, within a line for any characters.
    """
    pieces = [list(piece) for is_gap, piece in groupby(shown, _GAP.__eq__) if not is_gap]
    place = 0
    for number, piece in enumerate(pieces):
        last = len(printed) - len(piece)
        places = range(place, last + 1)
        if number == 0 and shown[0] != _GAP:
            places = places[:1]
        if number == len(pieces) - 1 and shown[-1] != _GAP:
            places = range(max(places.start, last), places.stop)
        found = next((at for at in places if _fits(piece, printed[at : at + len(piece)])), None)
        if found is None:
            return "\n".join(piece)
        place = found + len(piece)
    return ""


def _fits(shown: Sequence[str], printed: Sequence[str]) -> bool:
    patterns = (".*".join(map(re.escape, line.split(_GAP))) for line in shown)
    return all(re.fullmatch(pattern, line) for pattern, line in zip(patterns, printed, strict=True))
