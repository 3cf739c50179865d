"""Files made to harm: each is refused with its reason or read, in a process that may use 5 s and 500 MB, and fetches nothing."""

from __future__ import annotations

import http.server
import struct
import subprocess
import sys
import threading
import zlib
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from issued import WORD, docx, ofd, p, r, read, tbl, tc, texts, tr, words, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

_TESTS = Path(__file__).parent
_MEMORY = 500 << 20
#: Reads one file within bounds, and says the reason why not, or what it read.
_ONE = f"""
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_DATA, ({_MEMORY}, {_MEMORY}))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
except ImportError:
    pass
sys.path[:0] = [{str(_TESTS)!r}, {str(_TESTS.parent / "src")!r}]
from issued import everything, read
from workplan.diagnostic import Misuse
from pathlib import Path
try:
    said = "read " + everything(read(Path(sys.argv[1]).read_bytes(), sys.argv[1]).pieces)[:20]
except Misuse as refused:
    said = refused.key
sys.stdout.buffer.write(said.encode())
"""


@pytest.fixture
def said(tmp_path: Path) -> Callable[[bytes, str], str]:
    """What reading a file gives, in a process of its own."""

    def run(content: bytes, name: str) -> str:
        file = tmp_path / name
        file.write_bytes(content)
        done = subprocess.run([sys.executable, "-c", _ONE, str(file)], capture_output=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        return done.stdout.decode()

    return run


def _with_body(content: bytes | str) -> bytes:
    return docx("", more={"word/document.xml": content})


def _overlapping() -> bytes:
    """Five thousand entries of a zip that are one."""
    name, content = b"[Content_Types].xml", b"wordprocessingml " * 100_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    sizes = (zlib.crc32(content), len(packed), len(content))
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, *sizes, len(name), 0) + name + packed
    listed = b""
    for at in range(5000):
        own = b"x%d" % at if at else name
        listed += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, *sizes, len(own), *[0] * 6) + own
    return local + listed + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 5000, 5000, len(listed), len(local), 0)


def _lying(size: int) -> bytes:
    """A DOCX whose body says that it has a thousand bytes."""
    content = bytearray(_with_body(b" " * size))
    at = -1
    while (at := content.find(b"PK\1\2", at + 1)) >= 0:
        if content[at + 46 :].startswith(b"word/document.xml"):
            content[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(content)


def _entities(declared: str) -> str:
    return f'<!DOCTYPE x [{declared}]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&k;</w:t></w:r></w:p></w:body></w:document>'


def pdf(content: bytes, *forms: bytes, pages: int = 1, box: bytes = b"0 0 595 842") -> bytes:
    """A PDF of pages with the same content; forms are called X, and each may use the next."""

    def stream(data: bytes, more: bytes = b"") -> bytes:
        packed = zlib.compress(data)
        return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), more, packed)

    def uses(number: int) -> bytes:
        return b"/Resources<</Font<</F 3 0 R>>/XObject<</X %d 0 R>>>>" % number

    first = 5 + len(forms)
    kids = b" ".join(b"%d 0 R" % number for number in range(first, first + pages))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages)]
    objects += [b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", stream(content)]
    kind = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]"
    objects += [stream(form, kind + uses(min(6 + at, first - 1))) for at, form in enumerate(forms)]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R%s>>" % (box, uses(5))] * pages
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return bytes(made) + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


_TENFOLD = "".join(f'<!ENTITY {to} "{("&" + of + ";") * 10}">' for of, to in pairwise("abcdefghijk"))
HELLO = b"BT /F 16 Tf 80 700 Td (Hello plan) Tj ET\n"
BOX = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"


def _html(body: str) -> bytes:
    return f"<html>{body}".encode()


def _boxes(depth: int) -> str:
    inside = r("深")
    for _ in range(depth):
        inside = BOX.format(f"<w:p>{inside}</w:p>")
    return f"<w:p>{inside}</w:p>"


def _page_loop() -> bytes:
    space = 'xmlns:o="http://www.ofdspec.org/2016"'
    roots = "<o:DocRoot>D/D.xml</o:DocRoot>" * 50
    listed = '<o:Page BaseLoc="P.xml"/>' * 100
    page = words("提升", 28, 40).replace("ofd:", "o:")
    return zipped(
        {
            "OFD.xml": f"<o:OFD {space}>{roots}</o:OFD>",
            "D/D.xml": f"<o:Document {space}>{listed}</o:Document>",
            "D/P.xml": f"<o:Page {space}>{page}</o:Page>",
        }
    )


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip-bomb.docx": (lambda: _with_body(b"\0" * (300 << 20)), "import-unpacks"),
    "opens-to-120-mb.docx": (lambda: docx(p("提升政务服务水平。") * 1_500_000), "import-unpacks"),
    "many-paragraphs.docx": (
        lambda: docx("".join(p(chr(0x4E00 + at % 20_000)) for at in range(150_000))),
        "import-elements",
    ),
    "entities.docx": (
        lambda: _with_body(_entities('<!ENTITY a "aaaa">' + _TENFOLD)),
        "import-part",
    ),
    "external-entity.docx": (lambda: _with_body(_entities('<!ENTITY k SYSTEM "file:///etc/passwd">')), "import-part"),
    "half.docx": (lambda: docx(p("甲"))[:600], "import-broken"),
    "empty.docx": (lambda: b"", "import-empty"),
    "200-mb.docx": (lambda: docx(p("甲")) + b"\0" * (200 << 20), "import-large"),
    "overlapping.docx": (_overlapping, "import-unpacks"),
    "lying.docx": (lambda: _lying(80 << 20), "import-part"),
    "locked.docx": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "import-locked",
    ),
    "macros.docm": (
        lambda: docx(p("甲"), more={"[Content_Types].xml": "<Types>wordprocessingml macroEnabled</Types>"}),
        "import-macros",
    ),
    "macros.doc": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "WordDocument_VBA_PROJECT".encode("utf-16-le"),
        "import-macros",
    ),
    "tables-1000-deep.docx": (
        lambda: docx("<w:tbl><w:tr><w:tc>" * 1000 + p("深") + "</w:tc></w:tr></w:tbl>" * 1000),
        "import-part",
    ),
    "tables-60-deep.docx": (
        lambda: docx("<w:tbl><w:tr><w:tc>" * 60 + p("深") + "</w:tc></w:tr></w:tbl>" * 60),
        "read 深",
    ),
    "boxes-in-boxes.docx": (lambda: docx(_boxes(35)), "read 深"),
    "long-lists.docx": (lambda: docx(tbl(*[tr(tc("甲", "<w:vMerge/>"), tc("乙"))] * 15_000)), "read 甲乙"),
    "notes.docx": (
        lambda: docx(
            "".join(p(r(f'<w:footnoteReference w:id="{at}"/>')) for at in range(9000)),
            notes="".join(f'<w:footnote w:id="{at}">{p("注")}</w:footnote>' for at in range(9000)),
        ),
        "read ¹¹注",
    ),
    "ends-gone.docx": (lambda: docx(p("甲" * 9, "<w:rPr><w:del/></w:rPr>") * 30_000), "read 甲甲"),
    "out-of-the-folder.docx": (
        lambda: docx(p("正文"), more={"../../evil.xml": "x", "/etc/evil": "x", "..\\..\\evil": "x", "C:\\evil": "x"}),
        "read 正文",
    ),
    "100000-paragraphs.html": (lambda: _html("<body>" + "<p>提升政务，</p>" * 100_000), "read 提升"),
    "200000-deep.html": (lambda: _html("<body>" + "<div>" * 200_000 + "<p>提升政务，</p>"), "read 提升"),
    "attributes.html": (lambda: _html("<p " + "a=1 " * 200_000 + ">甲"), "import-broken"),
    "long-list.html": (lambda: _html("<ol>" + "<li>甲，" * 60_000), "read 1.甲，2.甲，"),
    "same-page.ofd": (_page_loop, "import-pages"),
    "characters.ofd": (
        lambda: ofd("".join(words("提升政务", 28, 40 + at % 200) for at in range(40_000))),
        "import-pages",
    ),
    "distances.ofd": (lambda: ofd(words("甲乙", 28, 40, deltas="g 4000000000 4 " * 9000)), "read 甲乙"),
    "scan.pdf": (lambda: pdf(b"0 0 m 100 100 l S"), "import-scan"),
    "half.pdf": (lambda: pdf(HELLO)[:200], "import-broken"),
    "100000-pages.pdf": (lambda: pdf(HELLO, pages=100_000), "import-pages"),
    "page-of-100-m.pdf": (lambda: pdf(HELLO, box=b"0 0 283465 283465"), "import-page-size"),
    "rules.pdf": (
        lambda: pdf(
            HELLO
            + b"".join(
                b"%d %d m %d %d l S\n" % (at % 500, at // 300, at % 500, at // 300 + 60) for at in range(100_000)
            )
        ),
        "read Helloplan",
    ),
    "draws-itself.pdf": (lambda: pdf(HELLO + b"/X Do", *[b"/X Do " * 10] * 20, HELLO), "import-endless"),
    "unpacks.pdf": (lambda: pdf(b" " * (256 << 20)), "import-endless"),
    "glyphs.pdf": (
        lambda: pdf(b"BT /F 4 Tf 5 TL 20 820 Td\n" + (b"(" + b"a" * 100 + b") Tj T*\n") * 10_000 + b"ET"),
        "import-",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_made_to_harm_is_refused_with_its_reason_or_read(name: str, said: Callable[[bytes, str], str]) -> None:
    make, expected = FILES[name]
    assert said(make(), name).startswith(expected)


def test_nothing_that_a_document_links_to_is_fetched() -> None:
    asked: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = http.server.HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}/x"
    picture = '<w:r><w:drawing><wp:inline><a:blip r:link="i"/></wp:inline></w:drawing></w:r>'
    word = docx(p(r("正文") + picture), links={"i": ("image", there), "t": ("attachedTemplate", there)})
    page = f'<html><head><link rel=stylesheet href="{there}"></head><body><p>正文，<img src="{there}"><iframe src="{there}"></iframe></p>'
    assert texts(read(word, "a.docx")) == ["正文"]
    assert texts(read(page.encode(), "a.html")) == ["正文，"]
    server.shutdown()
    server.server_close()
    assert asked == []
