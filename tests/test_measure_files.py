"""``workplan measure`` as a command, and files that are turned, shifted, locked, broken or no PDF at all."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pypdf import PdfWriter, Transformation
from pypdf.generic import RectangleObject

from measuring import POINT, Made, look, pdf, rules, values
from workplan.diagnostic import Misuse
from workplan.measure import measured
from workplan.resources import office

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

HALF = 0.5
#: The keys of the JSON report, but for what a file hides.
KEYS = ["version", "file", "pages", "summary", "measured", "absent", "unsought", "diagnostics"]

# --------------------------------------------------------------------------------------------- odd files


def _turned(content: bytes, degrees: int) -> bytes:
    """The same pages, drawn turned and shown upright, as some scanners and printers write them."""
    writer = PdfWriter()
    writer.append(io.BytesIO(content))
    for page in writer.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        turn = Transformation().rotate(-degrees if degrees == 270 else degrees)
        by = {90: (height, 0), 180: (width, height), 270: (0, 0)}[degrees]
        if degrees == 270:
            turn, by = Transformation().rotate(-90), (0, width)
        page.add_transformation(turn.translate(*by))
        box = (0, 0, width, height) if degrees == 180 else (0, 0, height, width)
        for name in ("mediabox", "cropbox", "trimbox", "bleedbox", "artbox"):
            setattr(page, name, RectangleObject(box))
        page.rotate(degrees)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_pages_measure_the_same(degrees: int) -> None:
    turned = values(measured(_turned(pdf(Made()), degrees), "made.pdf"))
    for rule, value in values(look(Made())).items():
        assert turned[rule] == (value if isinstance(value, str) else pytest.approx(value, abs=0.09)), rule


def test_a_page_whose_box_begins_elsewhere_measures_the_same() -> None:
    writer = PdfWriter()
    writer.append(io.BytesIO(pdf(Made())))
    for page in writer.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        page.add_transformation(Transformation().translate(100, 50))
        page.mediabox = page.cropbox = RectangleObject((100, 50, 100 + width, 50 + height))
    out = io.BytesIO()
    writer.write(out)
    assert rules(measured(out.getvalue(), "made.pdf")) == {}


def _locked() -> bytes:
    writer = PdfWriter()
    writer.append(io.BytesIO(pdf(Made())))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _scan() -> bytes:
    out = io.BytesIO()
    Image.new("L", (210, 297), 255).save(out, "PDF")
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "measure-kind"),
        (b"\x89PNG\r\n", "measure-kind"),
        (b"PK\x03\x04 cut short", "measure-kind"),
        (_zip(), "measure-kind"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "measure-kind"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "measure-locked"),
        (b"%PDF-1.7\nnothing", "measure-broken"),
        (_locked(), "measure-locked"),
        (_scan(), "measure-scan"),
    ],
)
def test_what_cannot_be_measured_is_refused_and_says_why(content: bytes, key: str) -> None:
    with pytest.raises(Misuse) as refused:
        measured(content, "file")
    assert refused.value.key == key


# --------------------------------------------------------------------------------------------- the command


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Made], Path]:
    def put(made: Made) -> Path:
        path = tmp_path / "文件.pdf"
        path.write_bytes(pdf(made))
        return path

    return put


def test_the_command_prints_table_and_findings(
    run: Callable[..., CompletedProcess[str]], write: Callable[[Made], Path]
) -> None:
    path = write(Made().but(masthead=HALF))
    ended = run("measure", path)
    assert ended.returncode == 1
    assert f"{path}:1:1 错误 第 1 页：发文机关标志上边缘距页面上边缘 72.5" in ended.stdout
    assert "应为 72 mm（7.2.4） [measure-masthead]" in ended.stdout
    rows = [line.split() for line in ended.stdout.splitlines()]
    assert next(row for row in rows if row[:1] == ["行距"])[-2:] == ["22", "行等高"]
    assert "没有认出" not in ended.stdout


def test_only_what_is_mandatory_ends_with_1(
    run: Callable[..., CompletedProcess[str]], write: Callable[[Made], Path]
) -> None:
    assert run("measure", write(Made())).returncode == 0
    warned = run("measure", write(Made().but(folio=HALF)))
    assert warned.returncode == 0
    assert "警告 第 1 页：页码的一字线距版心下边缘 7.5" in warned.stdout


def test_json_gives_everything(run: Callable[..., CompletedProcess[str]], write: Callable[[Made], Path]) -> None:
    path = write(Made().but(last=1.5))
    shape = json.loads(run("measure", path, "--format", "json").stdout)
    assert list(shape) == [*KEYS[:-1], "hidden", "hidden_reason", KEYS[-1]]
    assert (shape["version"], shape["file"], shape["pages"]) == (1, str(path), 4)
    assert shape["summary"] == {"errors": 1, "warnings": 0, "infos": 0}
    item = next(item for item in shape["measured"] if item["rule"] == "measure-imprint-last")
    assert item.pop("measured") == pytest.approx(263.5, abs=0.05)
    assert item == {
        "rule": "measure-imprint-last",
        "name": "版记末条分隔线",
        "page": 4,
        "required": [262.0],
        "tolerance": 1.0,
        "unit": "mm",
        "clause": "7.4.1",
        "strength": "mandatory",
        "verdict": "deviates",
        "places": 1,
        "reading": "",
    }
    (finding,) = shape["diagnostics"]
    assert (finding["rule"], finding["severity"], finding["line"]) == ("measure-imprint-last", "error", 4)


def _with_attachment(content: bytes) -> bytes:
    writer = PdfWriter()
    writer.append(io.BytesIO(content))
    writer.add_attachment("底稿.txt", b"secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


_ATTACHED = ("  附带的文件 1 个：底稿.txt", [("attachments", 1, ["底稿.txt"])])


@pytest.mark.parametrize(
    ("make", "told", "code"),
    [
        (lambda: pdf(Made()), ("未见隐藏内容", []), 0),
        (lambda: _with_attachment(pdf(Made())), _ATTACHED, 0),
        (lambda: _with_attachment(pdf(Made().but(masthead=HALF))), _ATTACHED, 1),
        (lambda: _with_attachment(_scan()), _ATTACHED, 2),
        (_locked, ("没有查看隐藏内容：文件加了密码", None), 2),
        (lambda: b"%PDF-1.7\nnothing", ("没有查看隐藏内容：文件损坏了，打不开", None), 2),
        (lambda: b"\x89PNG", ("没有查看隐藏内容：文件既不是 PDF，也不是 DOCX", None), 2),
    ],
)
def test_what_a_file_hides_is_told_whether_it_can_be_measured_or_not(
    run: Callable[..., CompletedProcess[str]],
    tmp_path: Path,
    make: Callable[[], bytes],
    told: tuple[str, list[object] | None],
    code: int,
) -> None:
    """It changes no exit code; an empty list says that nothing was found, null that nobody looked."""
    path = tmp_path / "文件.pdf"
    path.write_bytes(make())
    line, hides = told
    said, ended = run("measure", path), run("measure", path, "--format", "json")
    assert (said.returncode, ended.returncode) == (code, code)
    assert line in said.stdout.splitlines()
    shape = json.loads(ended.stdout)
    found = shape["hidden"]
    assert (found and [(one["kind"], one["count"], one["examples"]) for one in found]) == hides
    assert (shape["hidden_reason"] == "") == (hides is not None)
    assert [name for name in KEYS[2:] if shape[name] is None] == (KEYS[2:] if code == 2 else [])


def test_the_command_in_english_has_no_chinese(run: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(Made(folio="{}").but(masthead=HALF, top=2)))
    said = run("--lang", "en", "measure", path).stdout
    for face in ("仿宋", "小标宋", "宋体"):
        said = said.replace(face, "")
    assert not [sign for sign in said if "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef"]


def test_files_that_are_not_there_are_usage(run: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    missing, folder = run("measure", tmp_path / "none.pdf"), run("measure", tmp_path)
    assert (missing.returncode, folder.returncode) == (2, 2)
    assert "没有" in missing.stderr
    assert "读不了" in folder.stderr


def _docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    return out.getvalue()


def test_a_docx_without_libreoffice_is_usage(
    run: Callable[..., CompletedProcess[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "program", lambda: "")
    path = tmp_path / "文件.docx"
    path.write_bytes(_docx())
    ended = run("measure", path)
    assert ended.returncode == 2
    assert ended.stdout == "未见隐藏内容\n", "the file itself was looked at"
    assert "没有安装 LibreOffice" in ended.stderr


@pytest.mark.office
@pytest.mark.slow
def test_a_broken_docx_is_refused() -> None:
    with pytest.raises(Misuse) as refused:
        measured(_docx(), "broken.docx")
    assert refused.value.key == "measure-broken"


@pytest.mark.office
@pytest.mark.slow
def test_our_own_docx_is_measured_as_libreoffice_prints_it(built: Callable[[Path], Path]) -> None:
    folder = built(Path(__file__).parents[1] / "plan" / "2022")
    report = measured((folder / "official.docx").read_bytes(), "official.docx")
    found = values(report)
    assert found["line-pitch"] == pytest.approx(28.95 * POINT, abs=0.01)
    assert found["line-count"] == 22
    assert found["left-margin"] == pytest.approx(28, abs=0.1)
