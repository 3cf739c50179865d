"""What a Word document says out of sight: which element each paragraph is, whether its words still stand, and whence it comes."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

import full_plans
import hidden
import sample_views
from hidden import W, bookmarks, made_from, paragraph_ids, root
from test_docx import FULL, PLAIN, WIDE, styled
from test_letter import LETTERS
from validators import faults
from views import cell, element, paragraph, replace, table_of
from workplan import view
from workplan.compare.change import Comparison
from workplan.compare.marked.tracked import tracked, write
from workplan.compare.plans import compare
from workplan.compare.subject import Subject
from workplan.compiler import compile_plan
from workplan.output.make import Wanted, make
from workplan.page import typeset
from workplan.render import docx
from workplan.render.docx.address import addresses
from workplan.render.docx.bookmarks import LETTERS as ROLE_LETTERS
from workplan.render.docx.bookmarks import name
from workplan.render.docx.markup import BUILT_IN
from workplan.resources.messages import catalogue
from workplan.resources.office import program
from workplan.resources.templates import Templates
from workplan.source import Directory, Memory
from workplan.view.blocks import Official, PageOptions
from workplan.view.sequence import Paragraph, Role, Table
from workplan.view.sheet_lines import SheetRole

if TYPE_CHECKING:
    from collections.abc import Callable

    from workplan.plan.compiled import Plan

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = Templates()
BY_NAME = Templates(ROOT / "tests" / "data" / "templates-by-name")
FORM = re.compile(r"_wp[a-z2-7]{10}[a-z2-9][a-z2-7]{10}")
UNMATCHED = Comparison(old="旧", new="新", matches=(), changes=(), renumbered=(), units=())
_PLANS = ("plan/*", "templates/new", "tests/plans/*/plan/*", "tests/samples/minimal")
FOLDERS = sorted(path.parent for plans in _PLANS for path in ROOT.glob(f"{plans}/document.yaml"))
#: Documents with everything there is: stacked marks, signatures side by side, letters, tables, turned pages.
DOCUMENTS: dict[str, Official] = {
    "full": FULL,
    "plain": PLAIN,
    "wide": WIDE,
    "unsealed": replace(WIDE, setting=PageOptions(seal=False)),
    "everything": sample_views.everything(),
    **{f"letter, {one}": LETTERS[one] for one in ("long", "marks", "no number", "notice")},
    **{year: full_plans.official(year) for year in full_plans.YEARS},
}


def compiled(folder: Path) -> Plan:
    """The plan in a folder, which may hold the registry too."""
    beside = {
        f"../{path.name}" if path.name == "units.yaml" else path.name: path.read_bytes()
        for path in folder.glob("*.yaml")
    }
    plan = compile_plan(Memory(beside) if "../units.yaml" in beside else Directory(folder)).plan
    assert plan is not None
    return plan


def outermost(made: bytes) -> list[hidden.Bookmark]:
    """Bookmarks that lie in no other."""
    depth, found = 0, set()
    for node in root(made).iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        starts = node.tag == f"{W}bookmarkStart"
        if starts and not depth:
            found.add(node.get(f"{W}id"))
        depth += 1 if starts else -1
    return [one for one in bookmarks(made) if one.key in found]


def names(made: bytes) -> set[str]:
    return {one.name for one in bookmarks(made)}


def expected(official: Official) -> set[str]:
    """The names that the sequence asks for, the masthead apart: of every paragraph, every annotation and every cell."""
    found: set[str] = set()
    for block in official.sequence:
        if isinstance(block, Paragraph) and block.role is not Role.MASTHEAD:
            found.add(name(block.address, block.role, block.printed))
        apart = block.elements if isinstance(block, Table) else [e for e in block.elements if e.role is Role.UNITS]
        found |= {name(one.address, one.role, one.text) for one in apart}
    return found


@pytest.mark.parametrize("official", DOCUMENTS.values(), ids=DOCUMENTS)
def test_names_have_one_form_are_unique_and_say_what_lies_in_them(official: Official) -> None:
    made = docx.official(official, SHIPPED)
    found = bookmarks(made)
    assert all(FORM.fullmatch(one.name) for one in found)
    assert max(Counter(one.name.upper() for one in found).values()) == 1
    assert [one.name[14:] for one in found] == [name("", Role.TEXT, one.text)[14:] for one in found]
    ids = paragraph_ids(made)
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("[0-7][0-9A-F]{7}", one) and int(one, 16) for one in ids)


@pytest.mark.parametrize("official", DOCUMENTS.values(), ids=DOCUMENTS)
def test_every_printed_paragraph_lies_in_bookmarks_and_has_a_number(official: Official) -> None:
    made = docx.official(official, SHIPPED)
    said = list(hidden.printed(made))
    assert "".join("".join(one.text for one in outermost(made)).split()) == "".join(
        "".join(text for _, text in said).split()
    )
    assert all(paragraph.get(hidden.PARAGRAPH_ID) for paragraph, _ in said)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_every_paragraph_annotation_and_cell_of_every_plan_has_its_bookmark(folder: Path) -> None:
    official = view.official(compiled(folder))
    made = docx.official(official, SHIPPED)
    found = {one.name for one in bookmarks(made) if one.name[13] != ROLE_LETTERS[Role.MASTHEAD]}
    assert found == expected(official)


def test_parts_of_one_paragraph_have_bookmarks_of_their_own() -> None:
    """Signatures side by side, and the number of a letter beside its first mark."""
    told = FULL.section("notice").all(Role.SIGNATURE)
    (line,) = [p for p, text in hidden.printed(docx.official(FULL, SHIPPED)) if text == "".join(map(str, told))]
    found = [one.get(f"{W}name") for one in line.iter(f"{W}bookmarkStart")]
    assert found == [name(one.address, one.role, one.printed) for one in told]
    assert len(found) == len(told) == 2
    letter = LETTERS["marks"]
    (line,) = [p for p, text in hidden.printed(docx.official(letter, SHIPPED)) if letter.number in text]
    assert [one.get(f"{W}name", "")[13] for one in line.iter(f"{W}bookmarkStart")] == [
        ROLE_LETTERS[Role.SERIAL],
        ROLE_LETTERS[Role.NUMBER],
    ]


def test_names_of_a_stacked_masthead_have_their_own_and_so_has_the_word_beside_them() -> None:
    made = docx.official(FULL, SHIPPED)
    found = [one for one in bookmarks(made) if one.name[13] == ROLE_LETTERS[Role.MASTHEAD]]
    assert FULL.masthead is not None
    assert [one.text for one in found] == [*FULL.masthead.names, FULL.masthead.suffix]
    assert found[2].name[:13] == found[3].name[:13]


def test_a_cell_of_several_lines_has_one_bookmark_and_an_empty_one_keeps_its_place() -> None:
    table = table_of((), ((cell("第一行\n\n第二行"), cell("", column=1), cell("2", column=2)),), (0.4, 0.3, 0.3))
    official = replace(PLAIN, blocks=(table,))
    found = [one for one in bookmarks(docx.official(official, SHIPPED)) if one.name[13] == ROLE_LETTERS[Role.CELL]]
    assert [one.text for one in found] == ["第一行第二行", "", "2"]


def test_every_role_has_a_letter_of_its_own() -> None:
    assert set(ROLE_LETTERS) == {*map(str, Role), *map(str, SheetRole)}
    assert all(re.fullmatch("[a-z0-9]", letter) for letter in ROLE_LETTERS.values())
    assert len(set(ROLE_LETTERS.values())) == len(ROLE_LETTERS)


@given(st.text(), st.text(min_size=1))
def test_a_name_follows_the_words_and_not_the_blanks(text: str, more: str) -> None:
    spaced = " ".join(text) + "\u3000\n"
    assert name("甲", Role.TEXT, text) == name("甲", Role.TEXT, spaced)
    longer = name("甲", Role.TEXT, text + more)
    assert (longer == name("甲", Role.TEXT, text)) == (not more.split())
    assert longer[:14] == name("甲", Role.TEXT, "")[:14]
    assert name(text, Role.TEXT, "")[3:13] == name(text, Role.UNITS, more)[3:13]


_WORDS = st.text(min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=4), _WORDS, _WORDS)
def test_names_are_unique_whatever_the_texts(texts: list[str], title: str, units: str) -> None:
    annotated = Paragraph(elements=(element(texts[0], Role.TEXT), element(units, Role.UNITS)))
    table = table_of((), (tuple(cell(text, column=n) for n, text in enumerate(texts)),), (1 / len(texts),) * len(texts))
    blocks = (annotated, *(paragraph(text) for text in texts), table, table)
    made = docx.official(replace(PLAIN, title=(title,), blocks=blocks), SHIPPED)
    found = bookmarks(made)
    assert max(Counter(one.name.upper() for one in found).values()) == 1
    assert all(FORM.fullmatch(one.name) for one in found)
    assert [one.name[14:] for one in found] == [name("", Role.TEXT, one.text)[14:] for one in found]


def test_signs_that_stand_in_a_text_by_chance_do_no_harm() -> None:
    """Nobody can write them; a file may hold them."""
    made = docx.official(replace(PLAIN, title=("甲\ufdd0ab\ufdd2乙\ufdd1",)), SHIPPED)
    assert "甲\ufffdab\ufffd乙\ufffd" in [text for _, text in hidden.printed(made)]


@pytest.mark.parametrize("official", DOCUMENTS.values(), ids=DOCUMENTS)
def test_nothing_private_is_left_and_the_same_input_gives_the_same_bytes(official: Official) -> None:
    for clean in (False, True):
        made = docx.official(official, SHIPPED, clean=clean)
        assert made == docx.official(official, SHIPPED, clean=clean)
        for content in hidden.parts(made).values():
            assert b"urn:workplan" not in content
            assert not any(sign.encode() in content for sign in "\ufdd0\ufdd1\ufdd2")


@pytest.mark.parametrize("official", DOCUMENTS.values(), ids=DOCUMENTS)
def test_clean_leaves_all_of_it_out_and_prints_the_same(official: Official) -> None:
    clean = docx.official(official, SHIPPED, clean=True)
    assert (bookmarks(clean), paragraph_ids(clean), made_from(clean)) == ([], [], None)
    assert "docProps/custom.xml" not in hidden.parts(clean)
    assert styled(clean) == styled(docx.official(official, SHIPPED))


def test_a_clean_build_has_clean_files_alone() -> None:
    plan = compiled(ROOT / "plan" / "2022")
    for clean in (False, True):
        wanted = Wanted(formats=frozenset({"docx"}), clean=clean, jobs=2)
        files = make(plan, wanted, SHIPPED, lambda _: None).files
        assert len(files) > 1
        assert {made_from(content) is None for content in files.values()} == {clean}


def test_a_file_names_the_plan_and_the_git_blobs_of_its_files() -> None:
    files = {
        "document.yaml": b"\xef\xbb\xbftitle: \xe7\x94\xb2\r\nparts: [b, a]\r\n",
        "a.yaml": b"kind: text\ntext: \xe4\xb9\x99\n",
        "b.yaml": b"kind: text\ntext: \xe4\xb8\x99\n",
        "unused.yaml": b"kind: text\n",
        "../units.yaml": b"units: []\n",
    }
    plan = compile_plan(Memory(files, "2031")).plan
    assert plan is not None
    blobs = {file: hashlib.sha1(b"blob %d\0" % len(held) + held).hexdigest() for file, held in files.items()}  # noqa: S324 - as git does
    order = ("document.yaml", "a.yaml", "b.yaml", "../units.yaml")
    assert plan.files == tuple((file, blobs[file]) for file in order)
    said = "; ".join(("2031", *(f"{file} {blobs[file]}" for file in order)))
    assert made_from(docx.official(view.official(plan), SHIPPED)) == said


def test_git_calls_the_files_of_the_example_the_same() -> None:
    plan = compiled(ROOT / "plan" / "2022")
    paths = [str(ROOT / "plan" / "2022" / file) for file, _ in plan.files]
    told = subprocess.run(["git", "hash-object", "--no-filters", *paths], capture_output=True, text=True, check=True)
    assert told.stdout.split() == [blob for _, blob in plan.files]


def with_body(content: bytes, change: Callable[[str], str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for part, held in hidden.parts(content).items():
            target.writestr(part, change(held.decode()).encode() if part == "word/document.xml" else held)
    return made.getvalue()


def own(tmp_path: Path, content: bytes) -> Templates:
    (tmp_path / "official.docx").write_bytes(content)
    return Templates(tmp_path)


USUAL = [year for year in DOCUMENTS if year not in ("2032", "2034")]


@pytest.mark.parametrize("year", USUAL)
def test_a_template_that_looks_everything_up_by_name_prints_the_same_and_gets_the_same_bookmarks(year: str) -> None:
    """Where the document has the order of the standard: a template that names things has an order of its own."""
    official = DOCUMENTS[year]
    made, shipped = (docx.official(official, one) for one in (BY_NAME, SHIPPED))
    # The template is an earlier one: it has our names of the styles that Word has itself.
    ours = {built_in.casefold(): name for name, built_in in BUILT_IN.items()}
    assert styled(made) == [(ours.get(style.casefold(), style), line) for style, line in styled(shipped)]
    assert names(made) == names(shipped)


def test_a_value_keeps_its_address_wherever_a_template_puts_it(tmp_path: Path) -> None:
    """In the middle of a run, in a loop over paragraphs; and where no address can be, it is the text alone."""
    line = '<w:p><w:pPr><w:bidi w:val="{{ title }}"/></w:pPr><w:r><w:t>《{{ title }}》{{ number }}号</w:t></w:r></w:p>'
    loop = "{% for block in blocks %}{{ block.head }}·{{ block.text }}·{{ block }}{% endfor %}"
    body = f"<w:body>{line}<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{loop}</w:t></w:r></w:p><w:sectPr/></w:body>"
    content = with_body(SHIPPED.read("official.docx"), lambda xml: re.sub("<w:body>.*</w:body>", lambda _: body, xml))
    official = replace(PLAIN, title=("标题",), blocks=(paragraph("正文。", "一、标题。", 1),))
    opened = docx.filled(official, own(tmp_path, content))
    first, second = opened.part.element.body.iter(f"{W}p")
    title, number = official.section("main").blocks[0].address, official.section("head").blocks[-1].address
    assert addresses(first) == (title, number)
    assert addresses(second) == tuple(one.address for one in official.blocks[0].elements)
    assert all(run.find(f"{W}rPr/{W}b") is not None for run in second.iter(f"{W}r"))
    made = docx.packed(opened, official)
    assert [text for _, text in hidden.printed(made)] == [
        f"《标题》{PLAIN.number}号",
        "一、标题。·正文。·一、标题。正文。",
    ]
    assert 'w:bidi w:val="标题"' in hidden.parts(made)["word/document.xml"].decode()
    assert [one.text for one in bookmarks(made)[:2]] == ["标题", PLAIN.number]


def test_a_bookmark_of_the_template_stays_and_clashes_with_none(tmp_path: Path) -> None:
    mark = '<w:p><w:bookmarkStart w:id="7" w:name="附注"/><w:bookmarkEnd w:id="7"/></w:p><w:sectPr'
    content = with_body(SHIPPED.read("official.docx"), lambda xml: xml.replace("<w:sectPr", mark, 1))
    made = docx.official(PLAIN, own(tmp_path, content))
    assert [one.key for one in bookmarks(made) if one.name == "附注"] == ["7"]
    assert names(made) == {"附注", *names(docx.official(PLAIN, SHIPPED))}


def test_what_a_finished_document_says_of_itself_does_not_live_on_when_it_becomes_a_template(tmp_path: Path) -> None:
    finished = docx.official(WIDE, SHIPPED)
    assert bookmarks(finished)
    templates = own(tmp_path, finished)
    assert bookmarks(docx.official(PLAIN, templates)) == []
    assert made_from(docx.official(replace(PLAIN, plan="2031"), templates)) == "2031"
    assert made_from(docx.official(PLAIN, templates, clean=True)) is None


def test_a_property_of_the_template_stays_beside_ours(tmp_path: Path) -> None:
    made = hidden.parts(docx.official(replace(PLAIN, plan="2030"), SHIPPED))
    custom = made["docProps/custom.xml"].decode()
    made["docProps/custom.xml"] = custom.replace('name="workplan"', 'name="机关"').encode()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        for part, held in made.items():
            target.writestr(part, held)
    templates = own(tmp_path, content.getvalue())
    for clean in (False, True):
        again = docx.official(PLAIN, templates, clean=clean)
        said = hidden.parts(again)["docProps/custom.xml"].decode()
        assert re.findall('pid="(.*?)" name="(.*?)"', said) == [("2", "机关"), *(() if clean else [("3", "workplan")])]
        assert made_from(again) == (None if clean else PLAIN.plan)


def test_every_run_of_the_filled_document_knows_its_element() -> None:
    for folder in FOLDERS:
        official = view.official(compiled(folder))
        paragraphs = docx.filled(official, SHIPPED).part.element.body.iter(f"{W}p")
        found = [address for one in paragraphs for address in addresses(one)]
        wanted = [one.address for one in official.elements]
        # The last name of a stacked masthead shares its address with the word beside it.
        assert list(dict.fromkeys(found)) == wanted if not official.setting.letter else set(found) == set(wanted)


@pytest.mark.parametrize(("old", "new"), [("full", "plain"), ("plain", "full"), ("2031", "2032"), ("2032", "2031")])
def test_a_document_with_tracked_changes_has_the_bookmarks_of_the_new_one(old: str, new: str) -> None:
    made = tracked(UNMATCHED, (DOCUMENTS[old], DOCUMENTS[new]), SHIPPED, "起草人")
    found = bookmarks(made)
    assert {one.name for one in found} == names(docx.official(DOCUMENTS[new], SHIPPED))
    assert [one.name[14:] for one in found] == [name("", Role.TEXT, one.text)[14:] for one in found]
    for gone in root(made).iter(f"{W}p"):
        if not any(node.text for node in gone.iter(f"{W}t")) and any(node.text for node in gone.iter(f"{W}delText")):
            assert gone.find(f".//{W}bookmarkStart") is None
            assert gone.get(hidden.PARAGRAPH_ID) is None


@pytest.mark.parametrize("official", DOCUMENTS.values(), ids=DOCUMENTS)
def test_validators_find_nothing(official: Official, tmp_path: Path) -> None:
    path = tmp_path / "made.docx"
    path.write_bytes(docx.official(official, SHIPPED))
    assert faults(path) == []
    assert Document(io.BytesIO(path.read_bytes())).element.body is not None


def test_a_document_is_worded_once_and_its_masthead_fitted_once_for_what_prints_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted: Counter[str] = Counter()

    def counting(owner: object, called: str) -> None:
        real = getattr(owner, called)

        def count(*given: object) -> object:
            counted[called] += 1
            return real(*given)

        monkeypatch.setattr(owner, called, count)

    counting(view.document, "official")
    counting(typeset, "_fitted")
    make(compiled(ROOT / "plan" / "2022"), Wanted(only="official"), SHIPPED, lambda _: None)
    # Once more for the format that names the files of the plan: the others are not handed their names.
    assert counted == {"official": 1, "_fitted": 2}
    counted.clear()
    old, new = (compiled(ROOT / "plan" / year) for year in ("2022", "2023"))
    write(Subject(comparison=compare(old, new), old=old, new=new, words=catalogue("zh"), templates=SHIPPED))
    assert counted == {"official": 2, "_fitted": 2}


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_keeps_the_bookmarks_in_every_format(tmp_path: Path) -> None:
    source = tmp_path / "official.docx"
    source.write_bytes(docx.official(FULL, SHIPPED))
    wanted = names(source.read_bytes())

    def converted(file: Path, form: str, folder: str) -> Path:
        home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
        command = [program(), home, "--headless", "--convert-to", form, "--outdir", str(tmp_path / folder), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return tmp_path / folder / f"{file.stem}.{form}"

    def kept(file: Path) -> set[str]:
        return set(FORM.findall(hidden.parts(file.read_bytes())["word/document.xml"].decode()))

    assert kept(converted(source, "docx", "again")) == wanted
    with zipfile.ZipFile(converted(source, "odt", "odt")) as open_document:
        content = open_document.read("content.xml").decode()
    assert all(one in content for one in wanted)
    old = converted(source, "doc", "doc")
    assert kept(converted(old, "docx", "doc-docx")) == wanted
