"""Files that nobody prints, and scans: ``measure`` answers each in words, and no file takes the program down with it."""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter, Transformation

from measuring import Made, pdf, rules, values
from raw_pdf import page, stream, text
from workplan.cli import apart
from workplan.diagnostic import Misuse
from workplan.measure import measured
from workplan.measure.hidden import of_bytes
from workplan.measure.kinds import MOST_PARAGRAPHS, as_pdf, kind_of
from workplan.measure.reader import opened
from workplan.resources import office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from subprocess import CompletedProcess

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COVER = "q 595 0 0 842 0 0 cm /P Do Q "
LINES = "".join(text("Lorem ipsum dolor sit amet", 80, 700 - 30 * row) for row in range(8))
HOLDS_ITSELF = stream("/X Do /X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")


def refusal(content: bytes, name: str = "file") -> str:
    with pytest.raises(Misuse) as refused:
        measured(content, name)
    return refused.value.key


# ------------------------------------------------------------------------------------------------- time and memory


@pytest.mark.parametrize("words", ["Hello", "Hello world here"])
def test_pages_that_show_no_line_pitch_are_measured(words: str) -> None:
    report = measured(page(text(words, 100, 700), count=3), "file.pdf")
    assert report.pages == 3
    assert "line-pitch" in report.absent


def test_what_the_glyphs_of_a_line_have_in_common_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the time would grow with the square of their number."""
    counted: list[object] = []

    def mode(values: Iterable[object]) -> object:
        counted.append(None)
        return statistics.multimode(values)[0]

    monkeypatch.setattr("workplan.measure.page.statistics.mode", mode)
    content = page(text("a" * 3000, 10, 700))
    with opened(content, "file.pdf") as (only,):
        assert [len(line.glyphs) for line in only.lines] == [3000]
    measured(content, "file.pdf")
    assert 0 < len(counted) < 30


def test_a_page_larger_than_any_paper_is_refused_before_its_ink_is_drawn() -> None:
    assert refusal(page(text("Hello", 100, 700), box="0 0 283465 283465")) == "measure-page-size"
    assert refusal(page("", box="0 0 595 28346")) == "measure-page-size"


def test_a_form_that_holds_itself_ends_its_own_process_alone(
    run: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(page("/X Do", more=[HOLDS_ITSELF]))
    ended = run("measure", path, "--format", "json")
    assert ended.returncode == 2
    assert json.loads(ended.stdout)["measured"] is None
    assert "中断" in ended.stderr or "没有读完" in ended.stderr


def test_a_file_that_takes_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.0)
    hides, report = apart.examined(pdf(Made()), "file.pdf")
    assert isinstance(hides, Misuse)
    assert isinstance(report, Misuse)
    assert (hides.key, report.key) == ("measure-slow", "measure-slow")


def test_the_other_process_says_the_same() -> None:
    content = pdf(Made(folio=""))
    hides, report = apart.examined(content, "made.pdf")
    assert (hides, report) == (of_bytes("made.pdf", content), measured(content, "made.pdf"))


# ------------------------------------------------------------------------------------------------- DOCX


def _docx(body: str, name: str = "word/document.xml", *, typed: bool = True) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if typed:
            archive.writestr(
                "[Content_Types].xml", f'<Types><Override PartName="/{name}" ContentType="{kind}"/></Types>'
            )
        archive.writestr(name, f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def test_the_body_of_a_docx_is_where_its_table_of_parts_has_it() -> None:
    """Some programs write document2.xml."""
    assert kind_of(_docx("<w:p/>", "word/document2.xml"), "file.docx") == "docx"
    assert kind_of(_docx("<w:p/>", typed=False), "file.docx") == "docx"
    assert refusal(_docx("<w:p/>", "word/document2.xml", typed=False)) == "measure-kind"


def test_a_docx_of_very_many_paragraphs_is_refused_as_what_it_is() -> None:
    content = _docx("<w:p/>" * (MOST_PARAGRAPHS + 1))
    assert refusal(content) == "measure-long"


def test_a_docx_that_libreoffice_does_not_finish_is_not_called_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(order: list[str], patience: int) -> None:
        raise subprocess.TimeoutExpired(order, patience)

    monkeypatch.setattr(office, "program", lambda: "soffice")
    monkeypatch.setattr(office, "_run", never)
    with pytest.raises(Misuse) as refused:
        as_pdf(_docx("<w:p/>"), "file.docx")
    assert refused.value.key == "office-slow"


# ------------------------------------------------------------------------------------------------- scans


@pytest.mark.parametrize(
    "content",
    [
        COVER,
        COVER + text("scanned by", 500, 20, size=8),
        COVER + LINES.replace("BT", "BT 3 Tr"),
        LINES + COVER,
        COVER + "".join(text("confidential copy", 100, 90 * row, extra="") for row in (1, 5)),
        "".join(f"q 595 0 0 43 0 {42 * strip} cm /P Do Q " for strip in range(20)) + LINES.replace("BT", "BT 3 Tr"),
    ],
    ids=["bare", "watermark", "unseen layer", "covered layer", "two lines", "strips"],
)
def test_a_scan_is_told_as_such(content: str) -> None:
    assert refusal(page(content)) == "measure-scan"


def test_text_on_a_printed_letterhead_is_no_scan() -> None:
    assert measured(page(COVER + LINES), "file.pdf").pages == 1


def test_a_seal_on_the_text_makes_no_scan() -> None:
    assert measured(page(LINES + "q 120 0 0 120 300 200 cm /P Do Q "), "file.pdf").pages == 1


def test_one_scanned_page_among_others_is_told_and_not_measured() -> None:
    picture = io.BytesIO()
    Image.new("L", (210, 297), 128).save(picture, "PDF")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(Made()))))
    writer.append(picture)
    out = io.BytesIO()
    writer.write(out)
    report = measured(out.getvalue(), "made.pdf")
    assert {"scanned-page"} <= set(rules(report)) <= {"scanned-page", "paper-width", "paper-height"}


def test_a_watermark_across_the_page_is_no_text() -> None:
    content = pdf(Made())
    mark = PdfReader(io.BytesIO(page(text("internal draft", 0, 0, size=60)))).pages[0]
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for one in writer.pages:
        one.merge_transformed_page(mark, Transformation().rotate(45).translate(150, 50))
    out = io.BytesIO()
    writer.write(out)
    before, after = values(measured(content, "made.pdf")), values(measured(out.getvalue(), "made.pdf"))
    assert after.pop("font-embedded", "Helvetica") == "Helvetica"
    for rule, value in before.items():
        assert after[rule] == (value if isinstance(value, str) else pytest.approx(value, abs=0.01)), rule
