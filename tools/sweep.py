"""Builds ten made-up plans of 1 to 40 pages in all forms, and looks at every page of their PDFs for what must not be.

    python tools/sweep.py [folder]

Stranded headings, titles alone on a page, pages of a table without its header, rows that a page would have held, 版记 on the
wrong side: each is printed with its plan and page, and the exit code is 1. Pages are counted in the PDF and, where LibreOffice
is installed, in the DOCX.
"""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2  # type: ignore[import-untyped]
import yaml

from workplan import view
from workplan.compiler import compile_plan
from workplan.render import docx, pdf
from workplan.resources import office
from workplan.resources.templates import Templates
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

_TEXT = "坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，加快构建新发展格局，着力推动高质量发展。"
_IMPRINT = {
    "cc": "区委各部门，区人大常委会办公室，区政协办公室。",
    "office": "云溪区人民政府办公室",
    "date": "2031-02-02",
}
_UNITS = "区教育局牵头，区财政局、区民政局配合"
_UNITS_FILE = "units:\n" + "".join(f"  - {name}\n" for name in ("区教育局", "区财政局", "区民政局"))
_HEADER = ("镇街", "项目", "时间")
#: Characters of a row that surely fits on a page.
_LONG = 400
_NUMBER = re.compile(r"—\s*\d+\s*—")
_HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)小标题\d+")


@dataclass(frozen=True)
class Made:
    """A plan: its document, and whether it prints on one side or leaves headings where they fall."""

    name: str
    document: dict[str, Any]

    @property
    def style(self) -> dict[str, Any]:
        """What its style says."""
        return dict(self.document.get("style", {}))


def _tasks(sections: int, each: int, sentences: int, *, own_line: bool = True) -> dict[str, Any]:
    items = [
        {
            "title": f"小标题{number}",
            "items": [{"text": _TEXT * sentences, "units": _UNITS} for _ in range(each)],
        }
        for number in range(sections)
    ]
    return {
        "kind": "tasks",
        "title": "重点任务",
        "items": items,
        "style": {"titles": "own-line" if own_line else "run-in"},
    }


def _table(groups: int, rows: int, words: int = 1, title: str = "项目表") -> dict[str, Any]:
    made = [
        {
            "镇街": f"第{group}镇",
            "rows": [{"项目": f"项目{group}之{row}" + "建设内容" * words, "时间": "2031年10月"} for row in range(rows)],
        }
        for group in range(groups)
    ]
    return {"kind": "table", "title": title, "columns": list(_HEADER), "rows": made}


def plans() -> Iterator[Made]:
    """The ten plans."""
    base = {
        "issuer": "云溪区人民政府办公室",
        "number": "云溪府办〔2031〕1号",
        "title": "2031年云溪区重点工作要点",
        "date": "2031-02-01",
    }
    joint = ["云溪区农业农村局", "云溪区财政局", "云溪区发展和改革委员会"]
    short = {"kind": "prose", "title": "说明", "text": _TEXT}
    notice = {
        "title": "关于印发2031年云溪区重点工作要点的通知",
        "to": "各镇人民政府：",
        "text": "现印发给你们，请认真贯彻执行。",
    }
    yield Made("one page", {**base, "parts": [short]})
    yield Made("imprint", {**base, "parts": [_tasks(2, 3, 3)], "imprint": _IMPRINT})
    yield Made("one side", {**base, "parts": [_tasks(2, 4, 3)], "imprint": _IMPRINT, "style": {"onesided": True}})
    yield Made("letter", {**base, "number": "云溪府办函〔2031〕1号", "to": "各镇人民政府：", "parts": [_tasks(3, 3, 2)],
                          "imprint": {"cc": _IMPRINT["cc"]}, "style": {"form": "letter"}})  # fmt: skip
    yield Made("joint", {**base, "issuer": joint, "parts": [_tasks(4, 4, 3)], "imprint": _IMPRINT})
    yield Made(
        "notice",
        {**base, "notice": notice, "parts": [_tasks(5, 3, 2)], "imprint": _IMPRINT, "style": {"grid": "natural"}},
    )
    yield Made("tall group", {**base, "parts": [short], "attachments": [_table(1, 60)], "imprint": _IMPRINT})
    yield Made("tables", {**base, "parts": [_tasks(3, 2, 2)], "attachments": [_table(6, 5, 12), _table(3, 20, 8, "清单"),
                          {"kind": "assignments", "title": "任务分解表"}], "imprint": _IMPRINT})  # fmt: skip
    yield Made("tall row", {**base, "parts": [short], "attachments": [_table(2, 2, 700)], "style": {"seal": False}})
    yield Made(
        "forty pages", {**base, "parts": [_tasks(6, 8, 8, own_line=False), _tasks(8, 3, 4)], "imprint": _IMPRINT}
    )


def faults(made: Made, pages: list[str]) -> Iterator[str]:
    """What is wrong with the pages of a plan; ``pages`` are their texts, line by line."""
    bare = [
        "\n".join(line for line in page.split("\n") if not _NUMBER.fullmatch(line.strip())).strip() for page in pages
    ]
    for number, page in enumerate(bare, 1):
        lines = [line.strip() for line in page.split("\n") if line.strip()]
        if lines and _HEADING.fullmatch(lines[-1].replace(" ", "")) and number < len(bare):
            yield f"page {number}: a heading without its text"
        flat = "".join(page.split())
        if re.fullmatch(r"附件\d*(?:项目表|清单|任务分解表)?", flat):
            yield f"page {number}: a title alone"
        if (
            re.search(r"项目\d+之", flat)
            and not all(name in flat for name in _HEADER)
            and "任务分解表" not in flat
            and "序号" not in flat
        ):
            yield f"page {number}: rows without their header"
        shown = {group for group, _ in re.findall(r"项目(\d+)之(\d+)", flat)}
        if "镇街" in flat and any(f"第{group}镇" not in flat for group in shown):
            yield f"page {number}: rows without the cell that they share"
        if (
            "印发" in flat.replace("关于印发", "").replace("现印发", "")
            and number % 2
            and not made.style.get("onesided")
        ):
            yield f"page {number}: 版记 on the wrong side"
    yield from (f"{cut} is cut though a page holds it" for cut in _cut(made, bare))


def _cut(made: Made, pages: list[str]) -> Iterator[str]:
    """The rows that stand whole on no page, though a page could hold them."""
    flat = ["".join(page.split()) for page in pages]
    for attachment in made.document.get("attachments", ()):
        for text in (row["项目"] for group in attachment.get("rows", ()) for row in group["rows"]):
            if len(text) < _LONG and not any(text in page for page in flat):
                yield text[:10]


def _texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range().replace("\r", "") for page in document]


def main() -> int:
    """Build and look at all; the number of plans with faults decides the exit code."""
    kept = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    found = 0
    for number, made in enumerate(plans()):
        folder = kept / f"{number:02}" / "plan" / "2031"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "document.yaml").write_text(
            yaml.safe_dump(made.document, allow_unicode=True, sort_keys=False), "utf-8"
        )
        (folder.parent / "units.yaml").write_text(_UNITS_FILE, "utf-8")
        official = view.of(_compiled(folder)).official
        content = pdf.official(official, Templates())
        word = docx.official(official, Templates(), clean=True)
        (folder / "official.pdf").write_bytes(content)
        (folder / "official.docx").write_bytes(word)
        pages = _texts(content)
        wrong = list(faults(made, pages))
        found += bool(wrong)
        print(f"{made.name:12} {len(pages):3} pages, DOCX {_printed(word)}", *wrong, sep="\n    " if wrong else "")
    return 1 if found else 0


def _compiled(folder: Path) -> Plan:
    """The plan in a folder; SystemExit with its errors."""
    done = compile_plan(Directory(folder))
    if done.plan is None:
        sys.exit("\n".join(f"{one.span}: {one.rule}" for one in done.diagnostics))
    return done.plan


def _printed(word: bytes) -> str:
    """The number of pages that LibreOffice makes of a Word document; a stroke where there is none."""
    try:
        return str(len(_texts(office.pdf_of(word, "official.docx"))))
    except Exception as fault:  # noqa: BLE001 - a tool for engineers: whatever the reason, the PDFs are looked at
        return f"- ({type(fault).__name__})"


if __name__ == "__main__":
    sys.exit(main())
