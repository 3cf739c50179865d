"""What a PDF hides: files, notes, layers, scripts and workplan's destinations; what is usual is left alone."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfWriter
from pypdf.annotations import FreeText, Link, Text
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from weasyprint import HTML, Attachment

from sample_views import plain
from workplan.diagnostic import Misuse
from workplan.measure import hidden
from workplan.measure.hidden import Hidden, HiddenKind, portable
from workplan.measure.hidden.objects import Objects, decoded
from workplan.render import pdf
from workplan.resources.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Callable

BOX = (100, 100, 200, 200)


def made(change: Callable[[PdfWriter], object] = lambda _: None, **options: object) -> bytes:
    """A PDF of one page by WeasyPrint, changed by pypdf."""
    writer = PdfWriter()
    writer.append(io.BytesIO(HTML(string="<body>text").write_pdf(**options)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def found(content: bytes) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {str(one.kind): (one.count, one.examples) for one in hidden.of_bytes("文件.pdf", content)}


def root(writer: PdfWriter) -> DictionaryObject:
    return writer._root_object  # noqa: SLF001 - pypdf has no other way to it


def dictionary(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def add_script(writer: PdfWriter, script: str) -> None:
    """A script that runs when the document is opened, in the tree of names."""
    action = dictionary(S=NameObject("/JavaScript"), JS=TextStringObject(script))
    named = ArrayObject([TextStringObject("a"), action])
    names = root(writer).setdefault(NameObject("/Names"), dictionary()).get_object()
    names[NameObject("/JavaScript")] = dictionary(Names=named)


# --------------------------------------------------------------------------------------------- every kind


@pytest.mark.parametrize("compressed", [True, False])
def test_files_attached_to_the_document_are_told_by_name(*, compressed: bool) -> None:
    attached = [Attachment(string=b"secret", name="底稿.docx"), Attachment(string=b"x", name="b.txt")]
    content = HTML(string="<body>text").write_pdf(
        attachments=attached, uncompressed_pdf=not compressed, pdf_version="1.7"
    )
    count, names = found(content)["attachments"]
    assert count == 2
    assert set(names) == {"底稿.docx", "b.txt"}


def test_a_file_attached_to_a_place_on_the_page_is_told_once_and_is_no_note() -> None:
    page = "<body><a rel=attachment href='data:text/plain,secret'>text</a>"
    told = found(HTML(string=page).write_pdf())
    assert told["attachments"][0] == 1
    assert set(told) == {"attachments"}


def test_notes_are_told_and_links_are_not() -> None:
    def change(writer: PdfWriter) -> None:
        writer.add_annotation(0, Text(rect=BOX, text="数字待核"))
        writer.add_annotation(0, FreeText(rect=BOX, text="改这里"))
        writer.add_annotation(0, Link(rect=BOX, url="https://example.cn/"))

    assert found(made(change)) == {"annotations": (2, ("数字待核", "改这里"))}


def test_scripts_are_told_wherever_they_hang() -> None:
    def change(writer: PdfWriter) -> None:
        add_script(writer, "app.alert('甲')")
        root(writer)[NameObject("/OpenAction")] = dictionary(
            S=NameObject("/JavaScript"), JS=TextStringObject("app.beep()")
        )

    count, texts = found(made(change))["javascript"]
    assert count == 2
    assert "app.beep()" in texts


@pytest.mark.parametrize("base", ["/ON", "/OFF"])
def test_layers_that_are_switched_off_are_told(base: str) -> None:
    def change(writer: PdfWriter) -> None:
        one, two = (
            writer._add_object(dictionary(Type=NameObject("/OCG"), Name=TextStringObject(name)))  # noqa: SLF001 - likewise
            for name in ("底稿", "印章")
        )
        listed = {"OFF": ArrayObject([one])} if base == "/ON" else {"ON": ArrayObject([two])}
        usual = dictionary(BaseState=NameObject(base), **listed)
        root(writer)[NameObject("/OCProperties")] = dictionary(OCGs=ArrayObject([one, two]), D=usual)

    assert found(made(change)) == {"layers": (1, ("底稿",))}


def test_destinations_are_told_by_name() -> None:
    """workplan's are called as the texts that they lead to, so that they say how the plan's files are called."""

    def change(writer: PdfWriter) -> None:
        for name in ("document.title", "tasks/甲/text", "第一章"):
            writer.add_named_destination(name, 0)

    names = ("document.title", "tasks/甲/text", "第一章")
    assert hidden.of_bytes("文件.pdf", made(change)) == (Hidden(HiddenKind.DESTINATIONS, 3, names),)


def test_destinations_of_old_are_keys() -> None:
    def change(writer: PdfWriter) -> None:
        root(writer)[NameObject("/Dests")] = dictionary(_wp1=ArrayObject([]), other=ArrayObject([]))

    assert found(made(change)) == {"destinations": (2, ("_wp1", "other"))}


# --------------------------------------------------------------------------------------------- what a build wrote


@pytest.mark.parametrize(
    ("page", "options"),
    [
        ("<title>标题</title><body>text<p id=一>二", {"pdf_tags": True}),
        ("<a href=#one>to</a><p id=one>here<a href=https://example.com>link</a>", {}),
        ("<body>text", {"attachments": [Attachment(string=b"secret", name="底稿.docx")]}),
        ("<form><input name=名称><textarea name=b></textarea></form>", {"pdf_forms": True}),
        ("<body>text", {"uncompressed_pdf": True}),
    ],
)
def test_what_a_build_wrote_is_told_as_of_any_other_file(page: str, options: dict[str, Any]) -> None:
    content = HTML(string=page).write_pdf(**options)
    assert hidden.of_bytes("文件.pdf", content, built=True) == hidden.of_bytes("文件.pdf", content)


def test_what_a_build_wrote_is_read_without_pdfium(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdf.official(plain(), Templates())
    usual = hidden.of_bytes("official.pdf", content)
    assert [one.kind for one in usual] == [HiddenKind.DESTINATIONS]
    monkeypatch.delattr(portable, "hidden")
    assert hidden.of_bytes("official.pdf", content, built=True) == usual


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_damaged_file_is_never_taken_for_one_that_a_build_wrote(place: int) -> None:
    """Where the tables do not hold together PDFium has its say, which reads what can be read."""
    content = HTML(string="<p id=one>text").write_pdf()
    end = len(content) - 30 - place
    damaged = content[:end] + b"~" + content[end + 1 :]

    def told(*, built: bool) -> object:
        try:
            return hidden.of_bytes("文件.pdf", damaged, built=built)
        except Misuse as refused:
            return refused.key

    assert told(built=True) == told(built=False)


# --------------------------------------------------------------------------------------------- what is usual


def test_author_and_program_are_usual() -> None:
    page = "<meta name=author content=张三><meta name=generator content=x><title>标题</title><body>text"
    assert hidden.of_bytes("文件.pdf", HTML(string=page).write_pdf(pdf_tags=True)) == ()


def test_fields_to_fill_in_are_seen() -> None:
    content = HTML(string="<body><input value=x style='appearance: auto'>").write_pdf(pdf_forms=True)
    assert hidden.of_bytes("文件.pdf", content) == ()


# --------------------------------------------------------------------------------------------- locks and damage


def test_what_only_forbids_changes_is_looked_at() -> None:
    def change(writer: PdfWriter) -> None:
        writer.add_attachment("底稿.txt", b"secret")
        writer.encrypt("", "owner", algorithm="RC4-128")

    assert found(made(change)) == {"attachments": (1, ("底稿.txt",))}


def test_what_cannot_be_opened_is_not_looked_at() -> None:
    locked = hidden.look("文件.pdf", made(lambda writer: writer.encrypt("secret", algorithm="RC4-128")))
    broken = hidden.look("文件.pdf", b"%PDF-1.7\nnothing")
    assert isinstance(locked, Misuse)
    assert isinstance(broken, Misuse)
    assert (locked.key, broken.key) == ("measure-locked", "measure-broken")


def test_damage_anywhere_ends_in_findings_or_words() -> None:
    chance = random.Random(9704)  # noqa: S311 - a seed of the test, no secret

    def change(writer: PdfWriter) -> None:
        writer.add_attachment("a.txt", b"secret")
        writer.add_annotation(0, Text(rect=BOX, text="note"))
        add_script(writer, "app.beep()")

    whole = made(change)
    for _ in range(200):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(8, len(content))] = chance.randrange(256)
        looked = hidden.look("文件.pdf", bytes(content))
        assert isinstance(looked, Misuse | tuple)


def _copy(*objects: bytes) -> bytes:
    """A plain copy as PDFium writes it, of these objects; the first is the root."""
    written, places = b"%PDF-1.7\r\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\r\n%s\r\nendobj\r\n" % (number, value)
    table = b"xref\r\n1 %d\r\n" % len(objects) + b"".join(b"%010d 00000 n\r\n" % place for place in places)
    return written + table + b"trailer\r\n<</Root 1 0 R >>\r\nstartxref\r\n%d\r\n%%%%EOF\r\n" % len(written)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (b"(plain)", "plain"),
        (rb"(\(a\)\\\n)", "(a)\\\n"),
        (b"<FEFF75324E59>", "甲乙"),
        (b"<41424>", "AB@"),
        ("(甲)".encode("gbk"), "甲"),
        ("(甲)".encode(), "甲"),
        (b"/Na#6de", "Name"),
        (b"2 0 R", "elsewhere"),
        (b"12.5", ""),
        (b"null", ""),
        (b"(never closed", ""),
        (b"3 0 R", ""),
        (b"99 0 R", ""),
    ],
)
def test_texts_are_read_in_every_form(written: bytes, text: str) -> None:
    objects = Objects(_copy(b"<</One %s/Two[1 2 R]>>" % written, b"(elsewhere)", b"3 0 R"))
    assert objects.text(objects.root.get("One")) == text


def test_a_document_that_goes_in_circles_is_walked_once() -> None:
    objects = Objects(_copy(b"<</Next 2 0 R >>", b"<</Next 1 0 R/Row[1 0 R 2 0 R]>>"))
    assert len(list(objects.below(objects.root))) == 3  # the root itself, and both as they are referred to


def test_a_copy_without_table_or_root_is_no_document() -> None:
    with pytest.raises(ValueError, match=r"^$"):
        Objects(b"%PDF-1.7")
    assert Objects(_copy(b"[1]")).root == {}
    assert decoded(b"\xff\xfea\0") == "a"
