"""The end of a text in Word documents: signatures stand with some of it as in the PDF, and what is parted for that reads as one."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from reading import pdf as read_pages
from sample_views import plain
from table_plans import table
from views import Annex, cell, paragraph, replace
from workplan.importing.piece import Paragraph
from workplan.importing.readers.docx import reader
from workplan.render import docx, pdf
from workplan.render.docx import extent
from workplan.resources.templates import Templates

if TYPE_CHECKING:
    from pathlib import Path

    from workplan.view.blocks import Official

#: 48 characters.
SENTENCE = "坚持稳中求进工作总基调，完整准确全面贯彻新发展理念，加快构建新发展格局，着力推动高质量发展见效。"[1:]
LIST = (Annex("附件", "名单", ("名单",), (paragraph("名单如下。"),)),)
#: A title whose digits would make each of its lines too long where room is left beside them.
DIGITS = "云溪区2031年教育事业第14批“1+3+5”重点项目清单及2032年至2035年储备教育"
ROWS = tuple((cell(f"项目{row}"), cell("1", column=1)) for row in range(45))


def cases() -> dict[str, Official]:
    found = {f"{count} sentences": plain(SENTENCE * count) for count in (2, 5, 8, 11, 13)}
    found["below the head alone"] = replace(plain(SENTENCE), title=(DIGITS,), attachments=LIST)
    found |= {f"list {count}": replace(plain(SENTENCE * count), attachments=LIST) for count in (6, 10)}
    found["title"] = replace(plain("短句。"), attachments=(Annex("附件", DIGITS, (DIGITS,), (paragraph("短句。"),)),))
    annex = Annex("附件", "项目表", ("项目表",), (table(*ROWS, header=("项目", "投资")),))
    found["rows"] = replace(plain("短句。"), attachments=(annex,))
    return found


def lines(path: Path) -> list[list[str]]:
    pages = [[re.sub(r"\s", "", line) for line in page.split("\n")] for page in read_pages(path, "-layout")]
    return [[line for line in page if line and not re.fullmatch(r"—\d+—", line)] for page in pages]


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_pages_hold_in_word_the_lines_that_they_hold_in_pdf(tmp_path: Path) -> None:
    """No page 1 without text, no signature without any, no title with a line more, and as many rows on a page."""
    words = []
    for number, one in enumerate(cases().values()):
        (tmp_path / f"{number}-own.pdf").write_bytes(pdf.official(one, Templates()))
        (tmp_path / f"{number}.docx").write_bytes(docx.official(one, Templates()))
        words.append(str(tmp_path / f"{number}.docx"))
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *words]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for number, name in enumerate(cases()):
        own, word = lines(tmp_path / f"{number}-own.pdf"), lines(tmp_path / f"{number}.pdf")
        assert [len(page) for page in word if page] == [len(page) for page in own if page], name


@pytest.mark.parametrize("count", [3, 5, 7, 18])
def test_a_paragraph_that_is_parted_before_a_signature_reads_as_one(count: int) -> None:
    official = plain("短句。", SENTENCE * count)
    assert any(one.kept for one in extent.of(official).endings)
    for clean in (False, True):
        read = reader.read(docx.official(official, Templates(), clean=clean), "official.docx")
        texts = [one.text for one in read.pieces if isinstance(one, Paragraph)]
        assert SENTENCE * count in texts


def test_a_paragraph_that_ends_a_sentence_is_gone_on_with_by_none() -> None:
    """A paragraph is parted within a sentence only."""
    for count in range(3, 25):
        text = "短句八个字在此。" * count * 3
        for one in extent.of(plain(text)).endings:
            assert not one.kept or text[one.kept - 1] != "。"
