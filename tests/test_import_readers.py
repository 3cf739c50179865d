"""What holds for every reader: no file of its kind breaks it, and no character of an issued document is lost."""

from __future__ import annotations

import io
import random
import zipfile
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from import_keys import Key, keys, spelling
from issued import SHARED, deeds, docx, everything, ofd, p, r, read, stroke, tbl, tc, texts, tr, words, zipped
from workplan.diagnostic import Misuse
from workplan.importing.piece import Table
from workplan.importing.record import Deed
from workplan.resources.office import program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workplan.importing.record import Reading

#: Paragraphs of a key that the reader does not make, since they stand in the first row of a table.
_IN_TABLES = {"d41": 4}
_VALUES = ("", "-1", "none", "99999999999", "1e400", "nan 1 2", "g 9999999999 1")
_SAMPLE = (
    p(r("甲", "<w:b/>") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("乙"))
    + tbl(
        tr(tc("丙", '<w:gridSpan w:val="2"/>')),
        tr(tc("丁", '<w:vMerge w:val="restart"/>'), tc("戊")),
        tr(tc("己"), tc("庚")),
    )
    + p("辛", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    + p("壬", '<w:ind w:firstLine="400"/><w:jc w:val="center"/>')
    + p("<w:r><w:pict><v:textbox><w:txbxContent>" + p("癸") + "</w:txbxContent></v:textbox></w:pict></w:r>")
)
_PAGE = (
    "<html><head><title>关于甲的通知</title></head><body><nav><a href=x>首页</a></nav><div><h1>关于甲的通知</h1>"
    "<p>一、内容，<b>乙</b>。<br>二</p><ol start=3><li>丙</li></ol><table><tr><td colspan=2>丁</td></tr><tr><td>戊</td><td>己</td>"
    "</tr></table></div></body></html>"
)
_SHEET = words("提升政务服务水平", 28, 40) + words("二", 28, 50, settings='CTM="1 0 0 1 0 0"')
_SHEET += stroke(20, 60, 90, 60) + stroke(20, 80, 90, 80) + stroke(20, 60, 20, 80) + stroke(90, 60, 90, 80)


def _damaged(content: bytes, part: str, damage: Callable[[bytes], bytes]) -> bytes:
    """A zipped document with one of its parts damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return zipped(
            {name: damage(package.read(name)) if name == part else package.read(name) for name in package.namelist()}
        )


def _read_or_refused(content: bytes, name: str) -> Reading | None:
    try:
        return read(content, name)
    except Misuse:
        return None


def _disarranged(chance: random.Random) -> Callable[[bytes], bytes]:
    """Moves, renames and empties elements, and gives them absurd values."""

    def damage(content: bytes) -> bytes:
        root = etree.fromstring(content)
        for _ in range(chance.randrange(1, 12)):
            one, other = (chance.choice(list(root.iter())) for _ in range(2))
            match chance.randrange(4):
                case 0 if one is not root and other not in list(one.iter()):
                    other.append(one)
                case 1:
                    one.tag = other.tag
                case 2:
                    one.attrib.clear()
                case _ if one.attrib:
                    one.set(chance.choice(one.attrib.keys()), chance.choice(_VALUES))
        return etree.tostring(root)

    return damage


def _garbled(chance: random.Random) -> Callable[[bytes], bytes]:
    """Drops, doubles and changes bytes."""

    def damage(content: bytes) -> bytes:
        changed = bytearray(content)
        for _ in range(chance.randrange(1, 8)):
            at = chance.randrange(len(changed))
            changed[at : at + chance.randrange(3)] = bytes(chance.randrange(256) for _ in range(chance.randrange(3)))
        return bytes(changed)

    return damage


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_refused_with_a_reason_or_read(seed: int) -> None:
    """Anything but Misuse fails the test."""
    chance = random.Random(seed)  # noqa: S311 - damage that can be repeated
    for damage in (_disarranged(chance), _garbled(chance)):
        _read_or_refused(_damaged(docx(_SAMPLE), "word/document.xml", damage), "a.docx")
        for part in ("Doc_0/Pages/1.xml", "Doc_0/Document.xml"):
            _read_or_refused(_damaged(ofd(_SHEET, _SHEET), part, damage), "a.ofd")
    garbled = _garbled(chance)
    _read_or_refused(b"<html>" + garbled(_PAGE.encode()), "a.html")
    _read_or_refused(garbled(docx(_SAMPLE)), "a.docx")
    _read_or_refused(b"<html>" + garbled(_PAGE.encode("utf-16")), "a.html")


@pytest.mark.parametrize("seed", range(40))
def test_absurd_values_take_no_character_of_a_docx_away(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - likewise

    def damage(content: bytes) -> bytes:
        root = etree.fromstring(content)
        for _ in range(chance.randrange(1, 12)):
            one = chance.choice([one for one in root.iter() if one.attrib])
            one.set(chance.choice(one.attrib.keys()), chance.choice(_VALUES))
        return etree.tostring(root)

    found = read(_damaged(docx(_SAMPLE), "word/document.xml", damage), "a.docx")
    kept = everything(found.pieces) + "".join(deeds(found, Deed.LEFT_OUT))
    assert not set("甲乙丙丁戊己庚辛壬癸") - set(kept)


def _files(*endings: str) -> list[Path]:
    return sorted(path for path in (SHARED.iterdir() if SHARED else ()) if path.suffix in endings)


needs_files = pytest.mark.skipif(SHARED is None, reason="the issued documents are not beside the checkout")


@needs_files
@pytest.mark.parametrize("file", _files(".docx"), ids=lambda path: path.stem[:3])
def test_every_character_of_an_issued_docx_is_read(file: Path) -> None:
    found = read(file.read_bytes(), "a.docx")
    with zipfile.ZipFile(file) as package:
        main = next(name for name in package.namelist() if name.startswith("word/document") and name.endswith(".xml"))
        root = etree.fromstring(package.read(main))
    told = f"{{{root.nsmap['w']}}}t"
    again = {one for fallback in root.iter("{*}Fallback") for one in fallback.iter(told)}
    there = "".join("".join((one.text or "").split()) for one in root.iter(told) if one not in again)
    kept = everything(found.pieces) + "".join(deeds(found, Deed.LEFT_OUT))
    mapped = set("".join(deeds(found, Deed.MAPPED) + deeds(found, Deed.DROPPED)))
    assert there
    assert all(kept.count(character) >= there.count(character) for character in set(there) - mapped)


def _key_files() -> list[Key]:
    return [key for key in keys().values() if key.source.startswith("import/")]


@needs_files
@pytest.mark.parametrize("key", _key_files(), ids=lambda key: key.name)
def test_paragraphs_and_tables_of_an_issued_document_are_those_that_a_person_reads(key: Key) -> None:
    """A line of a paragraph with soft breaks counts as one: the passes break it."""
    assert SHARED
    file = SHARED.parent / key.source
    if file.suffix == ".doc" and not program():
        pytest.skip("LibreOffice is not installed")
    found = read(file.read_bytes(), file.name)
    lines = {spelling(line) for text in texts(found) for line in (text, *text.split("\n"))}
    have = {(line[:6], len(line)) for line in lines}
    missing = [piece for piece in key.pieces if (piece.head, piece.length) not in have]
    assert len(missing) == _IN_TABLES.get(key.name, 0), missing
    assert [_measures(piece) for piece in found.pieces if isinstance(piece, Table)] == [
        (table.rows, table.columns, {(one.row, one.column, one.rows, one.columns) for one in table.merged})
        for table in key.tables
    ]


def _measures(table: Table) -> tuple[int, int, set[tuple[int, int, int, int]]]:
    cells = [cell for row in table.rows for cell in row]
    merged = {(one.place.row, one.place.column, one.down, one.across) for one in cells if one.across * one.down > 1}
    return len(table.rows), max(one.place.column + one.across - 1 for one in cells), merged


@needs_files
def test_a_document_is_the_same_from_word_and_from_its_print() -> None:
    """Paragraphs of the PDF as in the Word file that it was printed from: at least 97 of 100.

    Marks aside: LibreOffice prints none that hangs over the edge of the text.
    """
    if not program():
        pytest.skip("LibreOffice is not installed")
    assert SHARED
    word, printed = (next(SHARED.glob(f"{name}*")) for name in ("d16", "d27"))
    given, made = (
        ["".join(filter(str.isalnum, spelling(text))) for text in texts(read(one.read_bytes(), one.name))]
        for one in (word, printed)
    )
    assert sum(text in set(made) for text in given) >= 0.97 * len(given)
