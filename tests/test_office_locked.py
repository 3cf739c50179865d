"""A DOCX of unknown origin, printed by LibreOffice: nothing that it links to is fetched, and nothing is left running."""

from __future__ import annotations

import io
import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml import parse_xml

from workplan.diagnostic import Misuse
from workplan.resources import office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
_PICTURE = """<w:r {spaces}><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="a"/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
<pic:nvPicPr><pic:cNvPr id="1" name="a"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:link="{link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""
_FIELD = (
    '<w:fldSimple {spaces} w:instr=" {instruction} &quot;{address}&quot; \\\\d "><w:r><w:t>字</w:t></w:r></w:fldSimple>'
)
needs_office = pytest.mark.skipif(not office.program(), reason="LibreOffice is not installed")


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it was asked for."""
    paths: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            if not super().parse_request():
                return False
            paths.append(self.path)
            self.send_error(404)
            return False

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()
        thread.join()


def linked(address: str) -> bytes:
    """A DOCX that links to pictures, texts and a template at that address."""
    document = Document()
    document.add_paragraph("正文。")
    paragraph = document.element.body[0]
    for name in ("picture.png", "picture.svg"):
        link = document.part.relate_to(f"{address}/{name}", f"{_OFFICE}/image", is_external=True)
        paragraph.append(parse_xml(_PICTURE.format(spaces=_SPACES, link=link)))
    for instruction in ("INCLUDEPICTURE", "INCLUDETEXT", "LINK Word.Document.12"):
        field = _FIELD.format(spaces=_SPACES, instruction=instruction, address=f"{address}/{instruction[:4]}")
        paragraph.append(parse_xml(field))
    settings = document.part.part_related_by(f"{_OFFICE}/settings")
    link = settings.relate_to(f"{address}/template.dotm", f"{_OFFICE}/attachedTemplate", is_external=True)
    document.settings.element.insert(0, parse_xml(f'<w:attachedTemplate {_SPACES} r:id="{link}"/>'))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@needs_office
def test_printing_a_docx_asks_nobody_for_what_it_links_to(asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    assert office.pdf_of(linked(address), "来文.docx").startswith(b"%PDF")
    assert paths == []


@needs_office
def test_without_the_locks_the_link_is_followed(asked: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """So the test above can fail."""
    monkeypatch.setattr(office, "_LOCKS", ())
    address, paths = asked
    office.pdf_of(linked(address), "来文.docx")
    assert "/picture.png" in paths


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for LibreOffice")
def test_at_its_limit_all_that_it_started_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is called soffice is a wrapper that starts the program itself: a pipe says whether anybody holds it still."""
    wrapper, pipe = tmp_path / "soffice", tmp_path / "pipe"
    wrapper.write_text(f"#!/bin/sh\nexec 3> '{pipe}'\n(sleep 60; echo running >&3) &\nwait\n", encoding="utf-8")
    wrapper.chmod(0o755)
    os.mkfifo(pipe)
    monkeypatch.setattr(office, "program", lambda: str(wrapper))
    monkeypatch.setattr(office, "_PATIENCE", 1)
    with os.fdopen(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), encoding="utf-8") as held:
        with pytest.raises(Misuse):
            office.pdf_of(b"", "来文.docx")
        os.set_blocking(held.fileno(), True)
        assert held.read() == ""
