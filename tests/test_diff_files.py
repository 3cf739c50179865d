"""Comparisons as files to read: 花脸稿 in print, and the web page with both sides beside each other."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html

import full_plans
import reading
import sample_views
import tracking
from test_docx import FULL, PLAIN, WIDE
from views import paragraph, replace
from workplan.compare.change import Comparison
from workplan.compare.marked.redline import redline
from workplan.compare.marked.redline_model import MarkedParagraph, MarkedTable, marked
from workplan.compare.plans import compare
from workplan.compare.report import html
from workplan.compare.subject import Subject
from workplan.compiler import compile_plan
from workplan.resources.messages import catalogue
from workplan.resources.templates import Templates
from workplan.source import Memory
from workplan.view.sequence import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from subprocess import CompletedProcess

    from workplan.view.blocks import Official

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

TEMPLATES = Templates()
UNMATCHED = Comparison(old="旧", new="新", matches=(), changes=(), renumbered=(), units=())
PAIRS = [
    (FULL, sample_views.everything()),
    (WIDE, FULL),
    (full_plans.official("2031"), full_plans.official("2032")),
    (PLAIN, PLAIN),
]


def texts(official: Official) -> str:
    """All that a document prints, without the order of cells in merged rows."""
    return "".join(sorted(reading.squeezed("".join(_texts(official)))))


def _texts(official: Official) -> Iterator[str]:
    yield from (*official.marks, official.status, official.number, *official.title, official.subtitle, official.speaker)
    yield from (
        official.to,
        official.date,
        official.note,
        *official.attachment_list,
        *(n for s in official.signature for n in s),
    )
    if official.masthead:
        yield from (*official.masthead.names, official.masthead.suffix)
    if official.notice:
        yield from (*official.notice.title, official.notice.to, official.notice.date, official.notice.note)
        yield from (name for names in official.notice.signature for name in names)
    if official.imprint:
        yield from (official.imprint.cc, official.imprint.office, official.imprint.date)
    lists = [
        official.blocks,
        *(one.blocks for one in official.attachments),
        *([official.notice.blocks] if official.notice else []),
    ]
    for block in (block for blocks in lists for block in blocks):
        if isinstance(block, Table):
            yield from (cell.text for row in block.header + block.rows for cell in row)
        else:
            yield block.printed
    for attachment in official.attachments:
        yield from (attachment.label, *attachment.title)


def said(block: MarkedParagraph | MarkedTable, gone: str) -> Iterator[str]:
    if isinstance(block, MarkedTable):
        holders = [cell.stretches for row in block.rows for cell in row.cells]
    else:
        skipped = ("arrived",) if gone == "+" else ("left",)
        holders = [] if block.fate in skipped else [block.stretches]
    yield from (one.text for stretches in holders for one in stretches if one.sign != gone)


@pytest.mark.parametrize("place", range(len(PAIRS)))
def test_what_is_marked_holds_the_whole_text_of_both_documents(place: int) -> None:
    old, new = PAIRS[place]
    blocks = list(marked(UNMATCHED, old, new))
    for official, gone in ((old, "+"), (new, "-")):
        assert "".join(sorted(reading.squeezed("".join(t for block in blocks for t in said(block, gone))))) == texts(
            official
        )


def test_heads_keep_their_face_and_only_changed_words_are_marked() -> None:
    old = replace(PLAIN, blocks=(paragraph("安排一百万元。", "（一）资金支持。", 2),))
    new = replace(PLAIN, blocks=(paragraph("安排三百万元。", "（一）资金保障。", 2),))
    (block,) = [one for one in marked(UNMATCHED, old, new) if isinstance(one, MarkedParagraph) and one.level == 2]
    told = [(one.sign, one.text, one.head) for one in block.stretches]
    assert ("-", "支持", True) in told
    assert ("+", "保障", True) in told
    assert {one for one in told if not one[2]} == {
        ("=", "安排", False),
        ("-", "一", False),
        ("+", "三", False),
        ("=", "百万元。", False),
    }


def test_the_redline_prints_everything_and_embeds_its_fonts(tmp_path: Path) -> None:
    old, new = PAIRS[2]
    path = tmp_path / "redline.pdf"
    path.write_bytes(redline(UNMATCHED, old, new, TEMPLATES, catalogue("zh")))
    pages = [re.sub(r"^花脸稿$|^— \d+ / \d+ —$", "", page, flags=re.MULTILINE) for page in reading.pdf(path, "-raw")]
    printed = reading.squeezed("".join(pages))
    for block in marked(UNMATCHED, old, new):
        if isinstance(block, MarkedParagraph):
            assert reading.squeezed("".join(one.text for one in block.stretches)) in printed
        else:
            cells = ("".join(one.text for one in cell.stretches) for row in block.rows for cell in row.cells)
            assert all(reading.squeezed(cell) in printed for cell in cells)
    for word in ("原稿", "新稿", "图例", old.number):
        assert word in printed
    fonts = subprocess.run(["pdffonts", str(path)], capture_output=True, encoding="utf-8", check=True).stdout
    assert {line.split()[-5] for line in fonts.splitlines()[2:]} == {"yes"}


FRAME = "issuer: 甲局\nnumber: 甲〔2022〕1号\ntitle: 要点\ndate: 2022-01-01\nparts: [tasks]\n"
UNITS = "units: [{name: 甲局}, {name: 乙局}, {name: 丙局}]\n"
OLD = """kind: tasks
title: 任务
items:
  - {id: a, title: 组织领导, text: "健全<机制>&定期会商。", units: 甲局}
  - {id: b, title: 资金支持, text: 落实资金一百万元加强监管。, units: 乙局}
  - {id: c, title: 产业合作, text: 共建园区做强产业链条。, units: 乙局}
"""
NEW = """kind: tasks
title: 任务
items:
  - {id: a, title: 组织领导, text: "健全<机制>&每月会商。", units: 甲局}
  - {id: b, title: 资金支持, text: 落实资金一百万元加强监管。, units: 丙局}
  - {id: d, title: "</script><b>'\\"", text: 新设岗位帮助就业。, units: 丙局}
"""


def subject(language: str = "zh") -> Subject:
    old, new = (
        compile_plan(Memory({"document.yaml": FRAME, "tasks.yaml": tasks, "../units.yaml": UNITS})).plan
        for tasks in (OLD, NEW)
    )
    assert old is not None
    assert new is not None
    return Subject(
        comparison=compare(old, new, ("2022", "2023")), old=old, new=new, words=catalogue(language), templates=TEMPLATES
    )


def test_the_page_shows_both_sides_escaped_and_fetches_nothing() -> None:
    page = html.write(subject()).decode()
    tree = lxml_html.document_fromstring(page)
    assert not tree.xpath("//link | //img | //iframe | //script[@src] | //*[@href]")
    assert not re.search(r"https?://|url\(|@import", page)
    cards = {card.xpath("string(h3)"): card for card in tree.xpath("//article")}
    assert len(cards) == 4
    (first,) = [card for name, card in cards.items() if "组织领导" in name]
    old, new = first.xpath(".//div[starts-with(@class, 'side ')]")
    assert "健全<机制>&定期会商。" in old.text_content()
    assert "健全<机制>&每月会商。" in new.text_content()
    assert [one.text for one in old.iter("del")] == ["定期"]
    assert [one.text for one in new.iter("ins")] == ["每月"]
    assert not list(old.iter("ins"))
    assert [name for name in cards if "</script><b>'\"" in name]
    assert len(tree.xpath("//script")) == 1


def test_each_unit_has_its_duties_gained_lost_changed_and_kept() -> None:
    tree = lxml_html.document_fromstring(html.write(subject()))
    rows = {
        row.xpath("string(th)"): [reading.squeezed(cell.text_content()) for cell in row.xpath("td")]
        for row in tree.xpath("//tbody/tr")
    }
    assert rows["乙局"] == ["", "2资金支持产业合作", "", "", ""]
    assert rows["丙局"] == ["2资金支持</script><b>'\"", "", "", "", ""]
    assert rows["甲局"] == ["", "", "1组织领导", "", ""]


def test_the_page_speaks_english_where_asked() -> None:
    tree = lxml_html.document_fromstring(html.write(subject("en")))
    assert tree.get("lang") == "en"
    assert "Changes side by side" in tree.text_content()


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_the_page_filters_by_kind_and_unit(tmp_path: Path) -> None:
    page = html.write(subject()).decode()
    choose = "var e = document.getElementById('{}'); e.value = '{}'; e.dispatchEvent(new Event('change', {{bubbles: true}}));"
    orders = choose.format("kind", "units") + choose.format("unit", "丙局").replace("var ", "")
    path = tmp_path / "page.html"
    path.write_text(page.replace("</body>", f"<script>{orders}</script></body>"), encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", profile, "--dump-dom", path.as_uri()]
    made = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=120).stdout
    tree = lxml_html.document_fromstring(made)
    shown = [card.xpath("string(h3)") for card in tree.xpath("//article[not(@hidden)]")]
    assert len(shown) == 1
    assert "资金支持" in shown[0]
    assert tree.xpath("//form")[0].get("hidden") is None
    assert [row.get("data-unit") for row in tree.xpath("//tbody/tr[not(@hidden)]")] == ["丙局"]


def years(project: Project) -> Path:
    """A project with the two plans as 2022 and 2023."""
    files = {
        f"plan/{year}/{name}": text
        for year, tasks in (("2022", OLD), ("2023", NEW))
        for name, text in (("document.yaml", FRAME), ("tasks.yaml", tasks))
    }
    return project({**files, "units.yaml": UNITS})


@pytest.mark.parametrize(("name", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>")])
def test_diff_writes_each_format_the_same_every_time(name: str, begins: bytes, project: Project, run: Run) -> None:
    years(project)
    made = []
    for place in ("one", "two"):
        done = run("diff", "2022", "2023", "--format", name, "-o", f"{place}.{name}")
        assert (done.returncode, done.stderr) == (0, "")
        made.append(Path(f"{place}.{name}").read_bytes())
    assert made[0].startswith(begins)
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2023-03-01", "2023-03-01T00:00:00Z"),
        ("2023-03-01T09:30", "2023-03-01T09:30:00Z"),
        ("2023-03-01T09:30+08:00", "2023-03-01T01:30:00Z"),
    ],
)
def test_author_and_date_of_tracked_changes_are_given_by_options(
    given: str, written: str, project: Project, run: Run
) -> None:
    years(project)
    run("diff", "2022", "2023", "--format", "docx", "-o", "d.docx", "--author", "王某", "--date", given)
    marks = [one for one in tracking.body(Path("d.docx").read_bytes()).iter() if one.get(f"{tracking.W}author")]
    assert {(one.get(f"{tracking.W}author"), one.get(f"{tracking.W}date")) for one in marks} == {("王某", written)}


def test_a_date_that_is_none_is_refused(project: Project, run: Run) -> None:
    years(project)
    done = run("diff", "2022", "2023", "--format", "docx", "-o", "d.docx", "--date", "明天")
    assert done.returncode == 2
    assert "明天" in done.stderr
    assert not Path("d.docx").exists()


def test_a_terminal_is_not_filled_with_bytes(project: Project, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    years(project)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    done = run("diff", "2022", "2023", "--format", "pdf")
    assert (done.returncode, done.stdout) == (2, "")
    assert "-o" in done.stderr


def test_a_broken_template_of_the_user_is_a_finding(project: Project, run: Run) -> None:
    (years(project) / "templates").mkdir()
    Path("templates/diff.html").write_text("{{ nobody }}", encoding="utf-8")
    done = run("diff", "2022", "2023", "--format", "html", "-o", "d.html")
    assert done.returncode == 1
    assert "nobody" in done.stderr
