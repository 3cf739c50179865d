"""The law of importing: what is kept and what is left out is what the reader hands on, and the plan prints what is kept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importing_files import REMARKS, imported_file, reading, registry, shared
from workplan import view
from workplan.compiler import compile_plan
from workplan.diagnostic import Misuse, Severity
from workplan.importing.bring import Imported, imported
from workplan.importing.piece import Cell, Paragraph, Picture, Place, Table
from workplan.importing.record import Deed, Reading
from workplan.source import REGISTRY, Memory
from workplan.view.sequence import BODY
from workplan.view.sequence import Table as PrintedTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workplan.importing.piece import Piece

_DATA = Path(__file__).parent / "data"
#: What a reader refuses, and why.
_REFUSED = {"d31_scan_pingshan_shiti.pdf": "import-scan"}


def _files() -> list[Path]:
    folder = shared()
    if folder is None:
        return []
    return [*sorted((folder / "corpus").glob("*.txt")), *sorted((folder / "import").glob("d*.*"))]


def _bare(text: str) -> str:
    return "".join(text.split())


def _words(piece: Piece) -> str:
    if isinstance(piece, Table):
        return _bare("".join(cell.text for row in piece.rows for cell in row))
    return _bare(piece.text) if isinstance(piece, Paragraph) else ""


def _printed(made: Imported) -> tuple[Counter[str], str]:
    """The frame as a bag of elements, and the running text in order, of a plan compiled anew from its files."""
    result = compile_plan(Memory({**made.files, REGISTRY: made.registry.text or "units: []\n"}, made.name or "2022"))
    assert [one for one in result.diagnostics if one.severity is Severity.ERROR] == []
    assert result.plan
    blocks = view.official(result.plan).sequence
    frame = Counter(
        _bare(block.printed) for block in blocks if not isinstance(block, PrintedTable) and block.role not in BODY
    )
    body = "".join(
        _bare("".join(element.text for element in block.elements))
        for block in blocks
        if isinstance(block, PrintedTable) or block.role in BODY
    )
    return frame, body


def _holds(read: Reading, made: Imported) -> None:
    """The law, in characters: printed and left out together are what was handed on, and the text stands in its order."""
    frame, body = _printed(made)
    dropped = Counter(
        sign for one in made.records if one.deed in (Deed.LEFT_OUT, Deed.DROPPED) for sign in _bare(one.text)
    )
    handed_on = Counter(sign for piece in read.pieces for sign in _words(piece))
    printed = Counter("".join(frame.elements())) + Counter(body)
    assert printed + dropped == handed_on
    own = [piece for piece in read.pieces if not (isinstance(piece, Paragraph) and piece.outside)]
    assert _is_within(body, "".join(map(_words, own)))


def _is_within(part: str, whole: Iterable[str]) -> bool:
    """Whether the characters of ``part`` stand in ``whole`` in the same order."""
    rest = iter(whole)
    return all(sign in rest for sign in part)


@pytest.mark.skipif(not _files(), reason="the documents stand beside the checkout, and are not there")
@pytest.mark.parametrize("path", _files(), ids=lambda path: path.stem)
def test_a_real_document_prints_to_the_letter_and_its_plan_has_no_error(path: Path) -> None:
    if path.name in _REFUSED:
        with pytest.raises(Misuse) as refused:
            reading(path)
        assert refused.value.key == _REFUSED[path.name]
        return
    _, read = reading(path)
    _holds(read, imported_file(path))


# ------------------------------------------------------------------------------------------- made documents

_LINES = (
    *("某市人民政府文件", "某政发〔2024〕3号", "某市人民政府关于印发2024年工作要点的通知", "2024年某市工作要点"),
    *("各区、县人民政府，市政府各部门：", "现将工作要点印发给你们，请认真贯彻执行。", "某市人民政府", "2024年3月1日", "（此件公开发布）"),
    *("一、总体要求", "二、重点任务", "三、保障措施", "（一）加强领导。各部门要亲自抓。", "（二）落实责任", "第一条 为了规范管理，制定本办法。"),
    *("1.办好培训班。9月底前办好培训班5期。（责任单位：区教育局、区财政局）", "2．推进改革（区教育局牵头，区财政局配合）", "3、扩大试点。（区教育局等负责）。"),
    *("（责任单位：区教育局；列第一位的为牵头单位，下同）", "责任单位：区民政局", "1.1分项", "①甲；②乙", "——说明"),
    *("附件：1．任务清单", "2．指标表", "附件1", "附件2", "任务清单", "抄送：市委各部门。", "某市人民政府办公室2024年3月2日印发"),
    *("- 甲: 乙 # 丙", "title：甲", "\"引号\"和'单引号'", "<<<<<<< 甲", "…………1", "目录"),
)  # fmt: skip
_CHARACTERS = st.characters(exclude_categories=["Cs"])
_TEXTS = st.one_of(
    st.sampled_from(_LINES),
    st.builds("".join, st.lists(st.sampled_from(_LINES), min_size=1, max_size=3)),
    st.builds("\n".join, st.lists(st.sampled_from(_LINES), min_size=2, max_size=3)),
    st.text(_CHARACTERS, max_size=30),
    st.builds(lambda line, at, more: line[:at] + more + line[at:], st.sampled_from(_LINES), st.integers(0, 20), st.text(_CHARACTERS, max_size=4)),
)  # fmt: skip
_PLACE = Place(block=1)


def _grid(rows: list[list[str]], merged: int) -> Table:
    """A table of some texts; the first ``merged`` of its columns are merged downwards."""
    width = len(rows[0])
    first = tuple(
        Cell(text or "栏", _PLACE, down=len(rows) if column < merged and len(rows) > 1 else 1)
        for column, text in enumerate(rows[0])
    )
    below = tuple(tuple(Cell(text, _PLACE) for text in row[merged:width]) for row in rows[1:])
    return Table((first, *below), _PLACE)


_TABLES = st.builds(
    _grid,
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.sampled_from(("", "序号", "牵头单位", "区教育局", "rows", "甲\n乙")), min_size=width, max_size=width),
            min_size=1,
            max_size=4,
        )
    ),
    st.integers(0, 1),
)  # fmt: skip
_PIECES = st.one_of(
    st.builds(Paragraph, _TEXTS, st.just(_PLACE)), _TABLES, st.builds(Picture, st.just("章"), st.just(_PLACE))
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES, max_size=14))
def test_whatever_paragraphs_come_the_law_holds(pieces: list[Piece]) -> None:
    read = Reading(tuple(pieces))
    _holds(read, imported(read, registry(), REMARKS))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from(("drop", "twice", "swap", "cut"))), max_size=6))
def test_a_disturbed_document_prints_as_it_is(changes: list[tuple[int, str]]) -> None:
    lines = (_DATA / "2022-source.txt").read_text(encoding="utf-8").splitlines()
    for place, change in changes:
        at = place % (len(lines) - 1)
        match change:
            case "drop":
                del lines[at]
            case "twice":
                lines.insert(at, lines[at])
            case "swap":
                lines[at], lines[at + 1] = lines[at + 1], lines[at]
            case "cut":
                lines[at : at + 1] = [lines[at][: len(lines[at]) // 2], lines[at][len(lines[at]) // 2 :]]
    read = Reading(tuple(Paragraph(line, Place(block=number)) for number, line in enumerate(lines, 1)))
    _holds(read, imported(read, registry(), REMARKS))
