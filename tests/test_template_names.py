"""The names that templates see: all are described, and one that went says what to use instead."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from functools import cached_property, partial
from pathlib import Path

import pytest

from sample_views import everything, sheet
from workplan.diagnostic import Refusal
from workplan.render import docx, html, markdown, pdf
from workplan.render.docx import context, sheet_context
from workplan.render.docx.template import Opened
from workplan.render.removed_names import REMOVED
from workplan.resources.messages import catalogue
from workplan.resources.templates import Templates
from workplan.view.assignments import Assignment, Due, NamedUnit, PossibleGroup, Sheet, SheetRow, Target, TaskRow
from workplan.view.blocks import Attachment, Imprint, Masthead, Notice, Official, PageOptions
from workplan.view.section import Section
from workplan.view.sequence import Cell, Element, Paragraph, Table
from workplan.view.sheet_lines import SheetBlock, SheetLine, SheetRole

DOCS = Path(__file__).parents[1] / "docs"
PAGES = ("templates.md", "templates.zh-CN.md")
#: Where words stand in the plan is nothing that a template prints.
_PLACES = {"key", "keys", "section"}
SHIPPED = Templates()
OF_SHEETS = (Sheet, SheetBlock, SheetLine, SheetRow, PossibleGroup, TaskRow, Assignment, NamedUnit, Due, Target)
OF_DOCUMENTS = (
    *(Official, Notice, Attachment, Imprint, Masthead, PageOptions),
    *(Section, Paragraph, Element, Table, Cell),
)


def described(page: str) -> set[str]:
    """Every name in the code of a page: the last step of ``sheet.lines``, and ``lines`` alone."""
    spans = re.findall(r"`([^`\n]+)`", (DOCS / page).read_text("utf-8"))
    return {name for span in spans for name in re.findall(r"\w+", span)}


def names(seen: type) -> set[str]:
    """The public fields and properties of a type."""
    fields = {one.name for one in dataclasses.fields(seen)}
    inherited = [vars(kind) for kind in seen.__mro__]
    made = {name for own in inherited for name, value in own.items() if isinstance(value, property | cached_property)}
    return {name for name in fields | made if not name.startswith("_")} - _PLACES


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("seen", [*OF_SHEETS, *OF_DOCUMENTS], ids=lambda seen: str(seen.__name__))
def test_every_name_is_described(seen: type, page: str) -> None:
    assert names(seen) - described(page) == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_value_of_the_word_templates_and_every_role_of_a_line_is_described(page: str) -> None:
    of_document = context.official(everything(), Opened(SHIPPED, "official.docx"))
    of_sheet = sheet_context.sheet(sheet())
    kinds = {str(block.kind) for block in sheet().blocks}
    assert {*of_document, *of_sheet, *map(str, SheetRole), *kinds} - described(page) == set()


def word_template(tag: str) -> bytes:
    """The shipped Word template of the sheet with one tag more, before everything else."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SHIPPED.read("sheet.docx"))) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name == "word/document.xml":
                content = re.sub(r"<w:body\b[^>]*>", rf"\g<0><w:p><w:r><w:t>{tag}</w:t></w:r></w:p>", content)
            target.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(("old", "new"), REMOVED["sheet"].items())
def test_an_old_name_in_a_word_template_is_told_the_new_one(old: str, new: str, tmp_path: Path) -> None:
    (tmp_path / "sheet.docx").write_bytes(word_template(f"{{{{ {old} }}}}"))
    with pytest.raises(Refusal) as refusal:
        docx.sheet(sheet(), Templates(tmp_path))
    (finding,) = refusal.value.diagnostics
    assert (finding.key, finding.arguments) == ("template.gone", {"name": old, "new": new})
    assert finding.span.file == str(tmp_path / "sheet.docx")
    for language in ("zh", "en"):
        words = catalogue(language)
        assert old in words.message(finding.key, finding.arguments)
        assert new in (words.hint(finding.key, finding.arguments) or "")


@pytest.mark.parametrize("expression", ["about", "sheet.about"])
def test_an_old_name_in_any_template_of_a_sheet_is_told_at_its_line(expression: str, tmp_path: Path) -> None:
    for name in ("sheet.md", "sheet.pdf.html"):
        (tmp_path / name).write_text(f"甲\n{{{{ {expression} }}}}", "utf-8")
    for make in (markdown.sheet, pdf.sheet):
        with pytest.raises(Refusal) as refusal:
            make(sheet(), Templates(tmp_path))
        (finding,) = refusal.value.diagnostics
        assert (finding.key, finding.span.line) == ("template.gone", 2)
        assert finding.arguments == {"name": "about", "new": "sheet.lines"}


def test_the_same_word_elsewhere_is_a_fault_like_any_other(tmp_path: Path) -> None:
    """A name that the sheet had once was never one of the document."""
    (tmp_path / "official.html").write_text("{{ about }}", "utf-8")
    (tmp_path / "sheet.md").write_text("{{ nothing }}", "utf-8")
    own = Templates(tmp_path)
    for make in (partial(html.official, everything(), own), partial(markdown.sheet, sheet(), own)):
        with pytest.raises(Refusal) as refusal:
            make()
        assert [finding.key for finding in refusal.value.diagnostics] == ["template"]


@pytest.mark.parametrize("new", sorted(set(REMOVED["sheet"].values())))
def test_what_an_old_name_is_told_to_use_is_there(new: str, tmp_path: Path) -> None:
    (tmp_path / "sheet.md").write_text(f"{{{{ {new} | length }}}}", "utf-8")
    assert int(markdown.sheet(sheet(), Templates(tmp_path))) > 0


def test_what_a_sheet_is_made_of_still_serves_a_template_that_words_it_itself(tmp_path: Path) -> None:
    (tmp_path / "sheet.md").write_text(
        "{{ sheet.unit }}{% for entry in sheet.tasks %}{{ entry.row.title }}{{ entry.roles | join }}{% endfor %}",
        "utf-8",
    )
    assert markdown.sheet(sheet(), Templates(tmp_path)).decode() == "甲局加强组织领导lead"
