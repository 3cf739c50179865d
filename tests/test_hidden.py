"""What a DOCX hides: every kind found, what is usual left alone, and hostile files refused in words."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document

from workplan.diagnostic import Misuse
from workplan.measure import hidden
from workplan.measure.hidden import Hidden, HiddenKind, wording
from workplan.resources.messages import LANGUAGES, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
APP = 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"'
CUSTOM = 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def body(inside: str, namespaces: str = W) -> str:
    return f"<w:document {namespaces} {W14} {MC}><w:body>{inside}</w:body></w:document>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def docx(inside: str = "<w:p/>", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A package with a body and other parts; enough for a reader of parts, and nothing else in it to find."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"word/document.xml": body(inside), **(parts or {})}.items():
            archive.writestr(name, content)
    return out.getvalue()


def found(content: bytes) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {str(one.kind): (one.count, one.examples) for one in hidden.of_bytes("文件.docx", content)}


def relations(*links: tuple[str, str]) -> str:
    rows = (f'<Relationship Id="r" Type="{TYPE}/{kind}" Target="{to}" TargetMode="External"/>' for kind, to in links)
    return f'<Relationships {RELATIONS}>{"".join(rows)}<Relationship Id="s" Target="styles.xml"/></Relationships>'


# --------------------------------------------------------------------------------------------- every kind


def test_hidden_bookmarks_are_told_and_how_many_are_those_of_workplan() -> None:
    names = ("_wp1", "_wp2", "_Toc123", "_GoBack", "正文开头")
    marks = "".join(f'<w:bookmarkStart w:id="{place}" w:name="{name}"/>' for place, name in enumerate(names))
    assert hidden.of_bytes("文件.docx", docx(f"<w:p>{marks}</w:p>")) == (
        Hidden(HiddenKind.BOOKMARKS, 3, ("_wp1", "_wp2", "_Toc123"), own=2),
    )


def test_custom_properties_and_document_variables_are_told_by_name() -> None:
    parts = {
        "docProps/custom.xml": f'<Properties {CUSTOM}><property pid="2" name="拟稿部门"/></Properties>',
        "word/settings.xml": f'<w:settings {W}><w:docVars><w:docVar w:name="commondata" w:val="eyJ"/></w:docVars></w:settings>',
    }
    assert found(docx(parts=parts)) == {"custom-properties": (2, ("拟稿部门", "commondata"))}


def test_comments_and_their_authors_are_told() -> None:
    comments = f'<w:comments {W}><w:comment w:author="张三"><w:p>{run("数字待核")}</w:p></w:comment></w:comments>'
    assert found(docx(parts={"word/comments.xml": comments})) == {
        "comments": (1, ("数字待核",)),
        "people": (1, ("张三",)),
    }


@pytest.mark.parametrize(
    "change",
    [
        f'<w:p><w:ins w:id="1" w:author="李四">{run("新增的话")}</w:ins></w:p>',
        '<w:p><w:del w:id="1" w:author="李四"><w:r><w:delText>删去的话</w:delText></w:r></w:del></w:p>',
        f'<w:p><w:moveFrom w:id="1" w:author="李四">{run("移走")}</w:moveFrom></w:p>',
        f'<w:p><w:moveTo w:id="1" w:author="李四">{run("移来")}</w:moveTo></w:p>',
        '<w:p><w:pPr><w:pPrChange w:id="1" w:author="李四"><w:pPr/></w:pPrChange></w:pPr></w:p>',
        '<w:p><w:r><w:rPr><w:rPrChange w:id="1" w:author="李四"><w:rPr/></w:rPrChange></w:rPr></w:r></w:p>',
        '<w:sectPr><w:sectPrChange w:id="1" w:author="李四"/></w:sectPr>',
        '<w:tbl><w:tblPr><w:tblPrChange w:id="1" w:author="李四"/></w:tblPr></w:tbl>',
    ],
)
def test_every_kind_of_tracked_change_is_told_with_its_author(change: str) -> None:
    told = found(docx(change))
    assert told["tracked-changes"][0] == 1
    assert told["people"] == (1, ("李四",))


@pytest.mark.parametrize(
    ("part", "root"),
    [
        ("header1", "hdr"),
        ("footer2", "ftr"),
        ("footnotes", "footnotes"),
        ("endnotes", "endnotes"),
    ],
)
def test_changes_are_found_outside_of_the_body_too(part: str, root: str) -> None:
    change = f'<w:{root} {W}><w:p><w:ins w:id="1" w:author="李四">{run("页眉")}</w:ins></w:p></w:{root}>'
    assert found(docx(parts={f"word/{part}.xml": change}))["tracked-changes"] == (1, ("页眉",))


def test_hidden_runs_are_told_once_where_they_follow_one_another() -> None:
    vanish, shown = "<w:vanish/>", '<w:vanish w:val="0"/>'
    inside = (
        f"<w:p>{run('看得见')}{run('内部', vanish)}{run('掌握', vanish)}{run('看得见')}{run('另一处', vanish)}"
        f"{run('也看得见', shown)}</w:p>"
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>"
    )
    assert found(docx(inside)) == {"hidden-text": (2, ("内部掌握", "另一处"))}


def test_text_is_hidden_by_its_style_too() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style><w:style w:styleId="c"/></w:styles>'
    )
    style = '<w:rStyle w:val="{}"/>'
    inside = (
        f'<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr>{run("整段")}</w:p>'
        f"<w:p>{run('几个字', style.format('a'))}{run('看得见', style.format('c'))}</w:p>"
    )
    assert found(docx(inside, {"word/styles.xml": styles})) == {"hidden-text": (2, ("整段", "几个字"))}


def test_embedded_objects_and_macros_are_told_by_their_names() -> None:
    parts = {"word/embeddings/测算表.xlsx": b"PK", "word/vbaProject.bin": b"\xd0\xcf"}
    assert found(docx(parts=parts)) == {"attachments": (1, ("测算表.xlsx",)), "macros": (1, ("vbaProject.bin",))}


def test_links_to_the_outside_are_told_once_each_and_hyperlinks_last() -> None:
    links = relations(
        ("hyperlink", "https://example.cn/"), ("image", "file:///D:/图.png"), ("hyperlink", "https://example.cn/")
    )
    template = relations(("attachedTemplate", "file:///C:/Users/zhang/公文.dotm"))
    parts = {"word/_rels/document.xml.rels": links, "word/_rels/settings.xml.rels": template}
    assert found(docx(parts=parts)) == {
        "external-links": (3, ("file:///D:/图.png", "file:///C:/Users/zhang/公文.dotm", "https://example.cn/"))
    }


def test_authors_offices_and_an_unusual_template_are_told() -> None:
    core = f"<cp:coreProperties {CORE}><dc:creator>张三；李四</dc:creator><cp:lastModifiedBy>王五</cp:lastModifiedBy></cp:coreProperties>"
    app = (
        f"<Properties {APP}><Template>C:\\机要\\公文.dotm</Template><Company>某某科技</Company><Manager/></Properties>"
    )
    people = f'<w15:people {W15}><w15:person w15:author="赵六"/></w15:people>'
    parts = {"docProps/core.xml": core, "docProps/app.xml": app, "word/people.xml": people}
    (told,) = hidden.of_bytes("文件.docx", docx(parts=parts))
    assert (told.kind, told.count) == (HiddenKind.PEOPLE, 6)
    assert told.examples == ("张三", "李四", "王五")


def test_an_office_that_the_document_prints_is_not_hidden_but_a_short_name_is() -> None:
    core = f"<cp:coreProperties {CORE}><dc:creator>某某市人民政府办公室、张三</dc:creator></cp:coreProperties>"
    printed = f"<w:p>{run('某某市人民政府')}</w:p><w:p>{run('办公室')}{run('张三丰')}</w:p>"
    assert found(docx(printed, {"docProps/core.xml": core})) == {"people": (1, ("张三",))}
    deleted = (
        "<w:p><w:del w:id='1' w:author='张三'><w:r><w:delText>某某市人民政府办公室</w:delText></w:r></w:del></w:p>"
    )
    assert found(docx(deleted, {"docProps/core.xml": core}))["people"][0] == 2


def test_marks_of_sessions_are_told_once_each_and_paragraph_ids_counted() -> None:
    inside = (
        '<w:p w:rsidR="00AA0001" w:rsidRDefault="00000000" w14:paraId="12345678"/>'
        '<w:p w:rsidR="00AA0001" w14:paraId="12345679"/><w:p/>'
    )
    settings = (
        f'<w:settings {W}><w:rsids><w:rsidRoot w:val="00AA0002"/><w:rsid w:val="00AA0001"/></w:rsids></w:settings>'
    )
    assert found(docx(inside, {"word/settings.xml": settings})) == {
        "revision-ids": (2, ("00AA0001", "00AA0002")),
        "paragraph-ids": (2, ("12345678", "12345679")),
    }


# --------------------------------------------------------------------------------------------- what is usual


def test_a_document_that_hides_nothing_is_told_as_an_empty_tuple() -> None:
    app = f"<Properties {APP}><Template>Normal.dotm</Template><Company></Company></Properties>"
    core = f"<cp:coreProperties {CORE}><dc:creator></dc:creator><cp:lastModifiedBy/></cp:coreProperties>"
    template = relations(("attachedTemplate", "Normal"))
    parts = {"docProps/app.xml": app, "docProps/core.xml": core, "word/_rels/settings.xml.rels": template}
    assert hidden.of_bytes("文件.docx", docx(f"<w:p>{run('正文')}</w:p>", parts)) == ()


def test_what_older_programs_show_instead_is_not_counted_again() -> None:
    box = '<w:p><w:bookmarkStart w:id="1" w:name="_Ref1"/></w:p>'
    inside = f"<w:p><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:p>"
    assert found(docx(inside)) == {"bookmarks": (1, ("_Ref1",))}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "gb18030", "utf-8-sig"])
def test_other_encodings_hide_nothing(encoding: str) -> None:
    declared = {
        "gb18030": '<?xml version="1.0" encoding="GB18030"?>',
        "utf-16-be": '<?xml version="1.0" encoding="UTF-16BE"?>',
    }
    part = (
        declared.get(encoding, "")
        + f'<w:comments {W}><w:comment w:id="1"><w:p>{run("数字待核")}</w:p></w:comment></w:comments>'
    )
    assert found(docx(parts={"word/comments.xml": part.encode(encoding)})).get("comments") == (1, ("数字待核",))


def test_the_strict_form_of_the_format_is_read_as_well() -> None:
    strict = body('<w:p><w:bookmarkStart w:id="1" w:name="_wp1"/></w:p>', STRICT)
    assert found(docx(parts={"word/document.xml": strict}))["bookmarks"] == (1, ("_wp1",))


def test_a_document_of_python_docx_shows_its_comment_author_and_property() -> None:
    document = Document()
    paragraph = document.add_paragraph("正文")
    document.add_comment(paragraph.runs, text="请核实", author="张三")
    document.core_properties.author = "李四"
    out = io.BytesIO()
    document.save(out)
    told = found(out.getvalue())
    assert told["comments"] == (1, ("请核实",))
    assert told["people"] == (2, ("李四", "张三")) or told["people"] == (2, ("张三", "李四"))


def test_examples_are_short_plain_lines() -> None:
    name = "_" + "很长" * 100
    text = run("一\u202e二\n 三")
    comment = f'<w:comments {W}><w:comment w:author=""><w:p>{text}</w:p></w:comment></w:comments>'
    told = found(docx(f'<w:bookmarkStart w:name="{name}"/>', {"word/comments.xml": comment}))
    assert told["comments"] == (1, ("一二 三",))
    assert told["bookmarks"][1] == (name[:39] + "…",)


def test_lxml_is_not_loaded_where_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    path = tmp_path / "文件.docx"
    path.write_bytes(docx(f"<w:p>{run('正文')}</w:p>", {"word/styles.xml": f"<w:styles {W}/>"}))
    code = (
        "import sys; from pathlib import Path; from workplan.measure.hidden import of_bytes\n"
        "print(of_bytes('a', Path(sys.argv[1]).read_bytes()), *{'lxml', 'pypdfium2', 'PIL', 'rich'} & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, encoding="utf-8", check=True)
    assert ended.stdout == "()\n"


# --------------------------------------------------------------------------------------------- hostile files


def _lying(size: int) -> bytes:
    """A package whose body unpacks to much more than it claims."""
    content = docx(f"<w:p>{'甲' * 100_000}</w:p>")
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", size) + content[at + 28 :]


def _flagged() -> bytes:
    """A package whose body is locked."""
    content = docx()
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 8] + b"\x01" + content[at + 9 :]


_BILLION = '<!DOCTYPE w [<!ENTITY a "甲甲甲甲"><!ENTITY b "&a;&a;&a;&a;">]>' + f"<w:comments {W}>&b;</w:comments>"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "measure-kind"),
        (b"PK\x03\x04 cut short", "measure-kind"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "measure-locked"),
        (_lying(0xFFFFFFF0), "hidden-large"),
        (_lying(65 << 20), "hidden-large"),
        (_lying(1000), "hidden-part"),
        (_lying(10 << 20), "hidden-part"),
        (_flagged(), "hidden-part"),
        (docx(parts={"word/comments.xml": "<w:comment author='"}), "hidden-part"),
        (docx(parts={"word/comments.xml": "这不是 XML"}), "hidden-part"),
        (docx(parts={"word/comments.xml": _BILLION}), "hidden-part"),
        (docx(parts={"word/comments.xml": _BILLION.encode("utf-16")}), "hidden-part"),
    ],
)
def test_what_cannot_be_looked_at_is_refused_and_says_why(content: bytes, key: str) -> None:
    with pytest.raises(Misuse) as refused:
        hidden.of_bytes("文件.docx", content)
    assert refused.value.key == key
    looked = hidden.look("文件.docx", content)
    assert isinstance(looked, Misuse)
    for language in LANGUAGES:
        words = catalogue(language)
        reason = wording.reason(looked, words)
        assert wording.lines(looked, words).endswith(f"{reason}\n")
        assert wording.shape(looked, words) == {"hidden": None, "hidden_reason": reason}


def test_parts_that_are_large_together_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", body("<w:p/>"))
        for number in range(5):
            archive.writestr(f"word/header{number}.xml", b" " * (60 << 20))
    with pytest.raises(Misuse) as refused:
        hidden.of_bytes("文件.docx", out.getvalue())
    assert refused.value.key == "hidden-large"


def test_a_part_outside_of_the_file_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    part = f'<!DOCTYPE w [<!ENTITY a SYSTEM "{secret.as_uri()}">]><w:comments {W}><w:comment><w:t>&a;</w:t></w:comment></w:comments>'
    assert isinstance(hidden.look("文件.docx", docx(parts={"word/comments.xml": part})), Misuse)


def test_damage_anywhere_ends_in_findings_or_words() -> None:
    chance = random.Random(9704)  # noqa: S311 - a seed of the test, no secret
    inside = f'<w:p><w:ins w:id="1" w:author="李四">{run("新增", "<w:vanish/>")}</w:ins></w:p>'
    whole = docx(inside, {"docProps/custom.xml": f'<Properties {CUSTOM}><property name="甲"/></Properties>'})
    for _ in range(400):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        looked = hidden.look(
            "文件.docx", bytes(content[: chance.choice((len(content), chance.randrange(len(content))))])
        )
        assert isinstance(looked, Misuse | tuple)


# --------------------------------------------------------------------------------------------- in words


def test_every_kind_has_its_words_in_both_languages() -> None:
    for language in LANGUAGES:
        words = catalogue(language)
        assert list(words.words("hidden.kinds")) == [str(kind) for kind in HiddenKind]
        assert all("7" in wording.what((Hidden(kind, 7, ()),), words) for kind in HiddenKind)


def test_build_and_measure_word_the_same_things_alike() -> None:
    told = (
        Hidden(HiddenKind.BOOKMARKS, 176, ("_wp1",), own=170),
        Hidden(HiddenKind.CUSTOM_PROPERTIES, 1, ("workplan",)),
    )
    words = catalogue("zh")
    assert wording.what(told, words) == "书签 176 处、自定义属性 1 项"
    assert words.text("cli.build.hides", {"file": "official.docx", "what": wording.what(told, words)}) == (
        "official.docx 含隐藏内容：书签 176 处、自定义属性 1 项（workplan 据此认出段落）；印发请用 workplan build --clean"
    )
    assert wording.lines(told, words) == (
        "隐藏内容：\n  书签 176 处（其中 workplan 的 170 处）：_wp1…\n  自定义属性 1 项：workplan\n"
    )
    assert wording.lines((), words) == "未见隐藏内容\n"
    assert wording.shape((), words) == {"hidden": [], "hidden_reason": ""}


@pytest.mark.slow
def test_our_own_document_names_nobody_but_the_office_that_it_prints(
    built: Callable[[Path], Path], request: pytest.FixtureRequest
) -> None:
    content = (built(request.config.rootpath / "plan" / "2022") / "official.docx").read_bytes()
    assert {HiddenKind.PEOPLE, HiddenKind.COMMENTS, HiddenKind.EXTERNAL_LINKS, HiddenKind.MACROS}.isdisjoint(
        one.kind for one in hidden.of_bytes("official.docx", content)
    )
