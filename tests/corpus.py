"""The issued documents of ``shared/corpus`` as plans: what rules find in them is read by a person and pinned by tests.

The folder stands beside the checkout and is no part of it. The text is kept to the letter; what comes from the web page it was
taken from goes: indentation, the date of publication there, blanks that set signatures apart in one line, the second copy of a
page that was printed twice, the signs for merged cells. Every paragraph is an item. One that begins with a printed number and
says no more than a title holds what follows it. The cells of tables are paragraphs of an attachment.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.compiler import compile_plan
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.compiler import Result

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
#: Where it stands for a worktree, which lies one folder deeper.
_ELSEWHERE = Path(__file__).resolve().parents[3] / "shared" / "corpus"

_MARKS = (r"[一二三四五六七八九十]+、", r"（[一二三四五六七八九十]+）", r"\d{1,2}[.．](?!\d)")
_MARK = re.compile("|".join(f"({mark})" for mark in _MARKS))
#: A numbered paragraph: the title up to its stop, and what runs on.
_TITLED = re.compile(r"([^。；：]{2,45})(?:(。)(.*))?", re.DOTALL)
#: One document was kept as a single line: its headings begin after a stop, or after a heading.
_JOINTS = re.compile(
    r"(?<=[。）：])(?=[一二三]、)|(?<=[。）])(?=（[一二三四五六]）)|(?<=总体要求|主要任务|保障措施)(?=（一）)"
)
#: What the head of a file and the web page add to the document.
_PAGE = ("# ", "发布日期：")
_CELL = re.compile(r" \| |⏎")
#: Blanks by which a page sets things apart in one line: the signatures of a joint document, organ and date.
_COLUMNS = re.compile(" {3,}")
_BETWEEN_NAMES = re.compile(r"[（）、，；：]|等有关.*|等?(?:按职责分工|具体)?负责|等?牵头.*|结合实际落实|和各有关|等")


def folder() -> Path | None:
    """The folder with the documents, or None where it is not there."""
    return next((path for path in (CORPUS, _ELSEWHERE) if path.is_dir()), None)


def documents() -> tuple[Path, ...]:
    """The files, in order; none where the folder is not there."""
    place = folder()
    return tuple(sorted(place.glob("*.txt"))) if place else ()


def title(path: Path) -> str:
    """The document's title, as the head of its file gives it, without number and remarks."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# title: ")
    return re.sub(r"（(?:[^（）]*号|网页转录)）(?:及两张附件表)?$| \d{4}$", "", first)


def paragraphs(path: Path) -> tuple[list[str], list[str]]:
    """The paragraphs of a document, and the cells of the tables attached to it; each once."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(_PAGE)]
    body = next((place for place, line in enumerate(lines) if line.startswith("===")), len(lines))
    texts = (piece for line in lines[:body] for piece in _pieces(line))
    cells = (cell for line in lines[body:] if not line.startswith("===") for cell in _CELL.split(line))
    return _once(texts), [cell for cell in _once(cells) if cell not in ("〃", "←", "/")]


def _pieces(line: str) -> list[str]:
    return [part for piece in _COLUMNS.split(line) for part in (_JOINTS.split(piece) if len(piece) > 2000 else [piece])]


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in (text.strip(" \u3000") for text in texts) if text))


def plan(path: Path, kind: str = "prose", units: Iterable[str] = ()) -> Memory:
    """The document as a plan with one part of the kind."""
    texts, cells = paragraphs(path)
    part = {"kind": kind, "items": [item.shape(kind) for item in _tree(texts)]}
    table = [{"kind": "prose", "title": "附表", "items": cells}] if cells else []
    registry = {"units": [{"name": name} for name in units or ("某某局",)]}
    document = {"title": title(path), "parts": ["body"], "attachments": table, "number": "", "date": ""}
    files = {"document.yaml": document, "body.yaml": part, "../units.yaml": registry}
    return Memory({name: _yaml(shape) for name, shape in files.items()}, plan=path.stem)


@cache
def compiled(path: Path, kind: str = "prose") -> Result:
    """The document compiled with a registry of all the units that its annotations name."""
    result = compile_plan(plan(path, kind))
    names: dict[str, None] = {}
    while not names.keys() >= (unknown := dict.fromkeys(_unknown(result))).keys():
        names |= unknown
        result = compile_plan(plan(path, kind, names))
    return result


def _unknown(result: Result) -> Iterator[str]:
    """The names that the registry lacks: those found unknown, and the pieces of what might be an annotation."""
    for finding in result.diagnostics:
        words = result.files[finding.span.file].text[finding.span.start : finding.span.end]
        if finding.rule == "unknown-unit":
            yield words
        elif finding.rule == "doubtful-annotation":
            yield from (name for name in _BETWEEN_NAMES.split(words) if name)


@dataclass
class _Item:
    level: int
    number: str = ""
    title: str = ""
    text: str = ""
    items: list[_Item] = field(default_factory=list)

    def shape(self, kind: str) -> object:
        """The item as it is written: a paragraph alone is a bare text but where annotations are to be read in it."""
        given = {"number": self.number, "title": self.title, "text": self.text}
        shape: dict[str, object] = {key: words for key, words in given.items() if words or key == "number"}
        if self.items:
            shape["items"] = [item.shape(kind) for item in self.items]
        return self.text if kind == "prose" and shape.keys() == {"number", "text"} and not self.number else shape


def _tree(texts: Iterable[str]) -> list[_Item]:
    """Items by the levels of their numbers; paragraphs without one stand under the heading before them."""
    top = _Item(0)
    above = [top]
    for text in texts:
        item = _item(text)
        while item.level <= above[-1].level:
            above.pop()
        above[-1].items.append(item)
        if item.title and not item.text:
            above.append(item)
    return top.items


def _item(text: str) -> _Item:
    mark = _MARK.match(text)
    if not mark or not mark.lastindex:
        return _Item(len(_MARKS) + 1, text=text)
    titled = _TITLED.fullmatch(text, mark.end())
    if not titled:
        return _Item(mark.lastindex, mark[0], text=text[mark.end() :])
    words, stop, rest = (piece or "" for piece in titled.groups())
    return _Item(mark.lastindex, mark[0], words if rest else words + stop, rest)


def _yaml(shape: object) -> str:
    return json.dumps(shape, ensure_ascii=False, indent=1)
