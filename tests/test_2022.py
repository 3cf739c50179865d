"""The real plan of 2022, from its YAML files to every printed form, against the text that was issued.

The issued text (``tests/data/2022-source.txt``) is read here by a parser of its own, which knows nothing of workplan.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reading import lines, pdf, squeezed, web, word

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

HERE = Path(__file__).parent
PLAN = HERE.parent / "plan" / "2022"
SOURCE = (HERE / "data" / "2022-source.txt").read_text("utf-8")

ONE_GROUP = "领导小组成员单位"
#: Spellings of the issued text that stand for other names; every other name stands for itself.
SPELLINGS = {
    "区各对口支援领导小组成员单位": (ONE_GROUP,),
    "各领导小组成员单位": (ONE_GROUP,),
    "区领导小组成员单位": (ONE_GROUP,),
    "区领导小组成员单位及相关部门": (ONE_GROUP, "各相关部门"),
}
STREETS = (
    *("静安寺街道", "曹家渡街道", "江宁路街道", "石门二路街道", "南京西路街道", "天目西路街道", "北站街道"),
    *("宝山路街道", "芷江西路街道", "共和新路街道", "大宁路街道", "彭浦新村街道", "临汾路街道", "彭浦镇"),
)


@dataclass(frozen=True)
class Issued:
    """One numbered paragraph of the issued text with its annotation."""

    number: str
    title: str
    section: str
    label: str
    names: tuple[str, ...]
    open: bool

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(unit for name in self.names for unit in SPELLINGS.get(name, (name,)))


def printed_text() -> str:
    """All characters of the issued text; a line of digits alone is a page number."""
    return squeezed(re.sub(r"^\s*\d+\s*$", "", SOURCE, flags=re.MULTILINE))


def issued() -> list[Issued]:
    """The annotated paragraphs in order: each begins with a number at the beginning of a line."""
    text = re.sub(r"^\s*\d+\s*$", "", SOURCE, flags=re.MULTILINE)
    marks = list(re.finditer(r"^\s*(?:(\d+)．|（([一二三四五六七])）|[一二三]、)", text, re.MULTILINE))
    found, section = [], ""
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        body = squeezed(text[mark.end() : following.start() if following else len(text)])
        noted = re.search(r"[（(](责任单位|责任部门)：(.+?)(等?)[）)]", body)
        if noted is None:
            section = body
            continue
        number = mark[1] or mark[2]
        names = tuple(noted[2].split("、"))
        found.append(
            Issued(
                number=number,
                title=body.partition("。")[0],
                section=section,
                label=noted[1],
                names=names,
                open=bool(noted[3]),
            )
        )
        if mark[2]:
            section = "保障措施"
    return found


@pytest.fixture
def tasks(run: Callable[..., subprocess.CompletedProcess[str]]) -> list[dict[str, Any]]:
    shape = json.loads(run("tasks", PLAN, "--format", "json").stdout)
    assert (shape["version"], shape["plan"]) == (1, "2022")
    found: list[dict[str, Any]] = shape["tasks"]
    return found


@pytest.fixture
def loads(run: Callable[..., subprocess.CompletedProcess[str]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("units", PLAN, "--format", "json").stdout)["units"]
    return found


@pytest.fixture(scope="module")
def files(built: Callable[[Path], Path]) -> Path:
    return built(PLAN)


def names(task: dict[str, Any]) -> tuple[str, ...]:
    """The names as printed: one that names two units stands once."""
    return tuple(dict.fromkeys(unit["printed"] for entry in task["assignments"] for unit in entry["units"]))


def test_the_issued_text_is_read_whole() -> None:
    """The test's own reading, before anything is compared with it."""
    text = printed_text()
    assert (len(text), text[:3], text[-3:]) == (4079, "上海市", "29日")
    rows = issued()
    assert [row.number for row in rows] == [*map(str, range(1, 19)), "一", "二", "三"]
    assert sum(len(row.names) for row in rows) == 74
    assert len({name for row in rows for name in row.names}) == 29
    assert Counter(row.label for row in rows) == {"责任部门": 18, "责任单位": 3}


#: The slips of the issued text in whom it names, each at its words: file, rule, words, how many lines have them.
SLIPS = (
    ("tasks", "wavering-label", "责任单位", 3),
    ("tasks", "wavering-name", "区各对口支援领导小组成员单位", 1),
    ("safeguards", "wavering-name", "区领导小组成员单位", 2),
    ("tasks", "vague-unit", "各相关部门", 1),
    ("safeguards", "vague-unit", "相关部门", 1),
    ("tasks", "open-list", "等", 1),
)


def test_check_finds_the_slips_of_the_issued_text_at_their_words_and_no_error(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    ended = run("check", PLAN, "--format", "json")
    assert ended.returncode == 0
    found = [one for one in json.loads(ended.stdout)["diagnostics"] if one["rule"] in {rule for _, rule, *_ in SLIPS}]
    read = {name: (PLAN / f"{name}.yaml").read_text(encoding="utf-8").splitlines() for name, *_ in SLIPS}
    said = [
        (name, one["rule"], read[name][one["line"] - 1][one["column"] - 1 : one["end_column"] - 1])
        for one in found
        for name in [one["file"].rpartition("/")[2].removesuffix(".yaml")]
    ]
    assert Counter(said) == {(name, rule, words): count for name, rule, words, count in SLIPS}


def test_the_open_list_and_the_vague_unit_are_those_of_task_11(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    shapes = json.loads(run("check", PLAN, "--format", "json").stdout)["diagnostics"]
    lines = (PLAN / "tasks.yaml").read_text(encoding="utf-8").splitlines()
    for rule in ("vague-unit", "open-list"):
        [line] = [one["line"] for one in shapes if one["rule"] == rule and one["file"].endswith("tasks.yaml")]
        above = next(text for text in reversed(lines[:line]) if "title:" in text)
        assert above.strip() == "title: 坚持推动消费协作进机关"


def test_check_finds_no_error(run: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """The slips of a signed document are warnings: they are printed as they were signed."""
    ended = run("check", PLAN, "--format", "json")
    assert ended.returncode == 0
    assert json.loads(ended.stdout)["summary"]["errors"] == 0


def test_every_row_has_the_units_labels_and_order_of_the_issued_text(tasks: list[dict[str, Any]]) -> None:
    rows = issued()
    assert [task["kind"] for task in tasks] == ["tasks"] * 18 + ["safeguards"] * 3
    for task, row in zip(tasks, rows, strict=True):
        assert (task["number"], task["title"]) == (row.number, row.title)
        [assignment] = task["assignments"]
        assert assignment["label"] == row.label
        assert assignment["open"] is row.open
        assert names(task) == row.names
        assert tuple(unit["unit"] for unit in assignment["units"]) == row.units
        assert {unit["role"] for unit in assignment["units"]} == {"responsible"}
        assert assignment["printed"] == "、".join(row.names) + ("等" if row.open else "")


def test_counts_are_those_of_the_issued_text(tasks: list[dict[str, Any]]) -> None:
    units = [unit for task in tasks for entry in task["assignments"] for unit in entry["units"]]
    assert len(tasks) == 21
    assert sum(len(names(task)) for task in tasks) == 74
    assert len(units) == 75
    assert len({unit["printed"] for unit in units}) == 29
    assert len({unit["unit"] for unit in units}) == 26


def test_every_row_knows_its_place_and_has_a_lasting_id(tasks: list[dict[str, Any]]) -> None:
    assert [task["section"] for task in tasks[:18]] == [row.section for row in issued()[:18]]
    assert {task["part"] for task in tasks[18:]} == {"保障措施"}
    assert tasks[8]["path"] == ["二、", "（四）", "9．"]
    assert tasks[18]["path"] == ["三、", "（一）"]
    assert all(task["id"] == task["title"] for task in tasks)


def test_the_text_of_a_row_is_that_of_the_issued_text_without_its_annotation(tasks: list[dict[str, Any]]) -> None:
    text = printed_text()
    for task in tasks:
        assert f"{squeezed(task['title'])}。{squeezed(task['text'])}" in text
        assert "（责任" not in task["text"]


def test_loads_of_units(loads: list[dict[str, Any]]) -> None:
    rows = issued()
    assert len(loads) == 26
    for load in loads:
        carried = [row.title for row in rows if load["unit"] in row.units]
        assert load["tasks"] + load["safeguards"] == carried
        assert (load["lead"], load["support"], load["responsible"]) == (0, 0, len(carried))
        spelt = [name for row in rows for name in row.names if load["unit"] in SPELLINGS.get(name, (name,))]
        assert load["printed"] == list(dict.fromkeys(spelt))
    counts = {load["unit"]: (len(load["tasks"]), len(load["safeguards"])) for load in loads}
    assert counts["前方工作机构"] == (14, 2)
    assert counts[ONE_GROUP] == (3, 2)
    assert counts["各相关部门"] == (1, 1)


def test_text_has_one_line_a_paragraph(files: Path, golden: Callable[[str, str], None]) -> None:
    """The golden file is the whole document as it was read and found right; the blanks in it are the only ones."""
    text = (files / "official.txt").read_bytes().decode()
    assert len(lines(text)) == 38
    assert squeezed(text) == printed_text()
    assert re.findall(r"\S{2}[^\S\n]+\S{2}", text) == ["中央 国务", "持; 在新", "局。 (责"]
    golden("2022-official.txt", text)


@pytest.mark.parametrize("options", [(), ("-raw",)])
def test_pdf_has_every_character_in_order(files: Path, options: tuple[str, ...]) -> None:
    assert squeezed("".join(pdf(files / "official.pdf", *options))) == printed_text()


def test_docx_has_the_paragraphs_of_the_text(files: Path) -> None:
    paragraphs = word(files / "official.docx")
    assert squeezed("".join(paragraphs)) == printed_text()
    assert paragraphs == lines((files / "official.txt").read_text("utf-8"))


def test_html_has_every_character_in_order(files: Path) -> None:
    assert squeezed(web(files / "official.html")) == printed_text()


def test_there_is_one_sheet_in_each_format_for_every_unit(files: Path, loads: list[dict[str, Any]]) -> None:
    wanted = {f"{load['unit']}.{form}" for load in loads for form in ("pdf", "docx", "md")}
    assert {path.name for path in (files / "sheets").iterdir()} == wanted


def test_every_row_is_on_the_sheet_of_every_unit_it_names_and_on_no_other(
    files: Path, tasks: list[dict[str, Any]], loads: list[dict[str, Any]]
) -> None:
    """None of the 26 is a listed member of another, so that a sheet holds the rows that name the unit itself."""
    heads = {task["title"]: squeezed(task["path"][-1] + task["title"]) for task in tasks}
    for load in loads:
        wanted = {row.title for row in issued() if load["unit"] in row.units}
        stem = files / "sheets" / load["unit"]
        read = {
            "md": stem.with_suffix(".md").read_text("utf-8"),
            "docx": "".join(word(stem.with_suffix(".docx"))),
            "pdf": "".join(pdf(stem.with_suffix(".pdf"), "-raw")),
        }
        for form, text in read.items():
            present = {title for title, head in heads.items() if head in squeezed(text)}
            assert present == wanted, (load["unit"], form)


def test_a_sheet_has_the_full_text_of_its_rows(files: Path, tasks: list[dict[str, Any]]) -> None:
    for task in tasks:
        for unit in {unit["unit"] for entry in task["assignments"] for unit in entry["units"]}:
            stem = files / "sheets" / unit
            assert squeezed(task["text"]) in squeezed(stem.with_suffix(".md").read_text("utf-8"))
            assert squeezed(task["text"]) in squeezed("".join(word(stem.with_suffix(".docx"))))


def test_a_listed_member_has_the_rows_of_its_group(
    run: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """区司法局 and the others of the issued text stand under 各街镇 in three tasks; its 14 members share them."""
    ended = run("build", PLAN, "-o", tmp_path, "--unit", "各街镇", "--members", "--format", "md")
    assert ended.returncode == 0, ended.stderr
    sheets = tmp_path / "2022" / "sheets"
    assert {path.stem for path in sheets.iterdir()} == {"各街镇", *STREETS}
    wanted = [f"{row.number}．{row.title}" for row in issued() if "各街镇" in row.names]
    assert len(wanted) == 3
    for street in STREETS:
        text = (sheets / f"{street}.md").read_text("utf-8")
        assert re.findall(r"^### (.+)$", text, re.MULTILINE) == wanted
        assert text.count("通过各街镇") == 3


def test_manifest_and_table_stand_beside_the_sheets(files: Path, tasks: list[dict[str, Any]]) -> None:
    assert json.loads((files / "assignments.json").read_text("utf-8"))["tasks"] == tasks
    listed = {entry["path"] for entry in json.loads((files / "manifest.json").read_text("utf-8"))["files"]}
    present = {path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file()}
    assert listed == present - {"manifest.json"}
    assert len(listed) == 5 + 3 * 26 + 2
