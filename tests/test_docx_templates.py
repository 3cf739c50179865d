"""Word templates of the user's own: edited ones serve, broken ones are findings, none can run code."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx as word
import pytest

from views import masthead_of, official, paragraph, replace
from workplan.diagnostic import Refusal
from workplan.render import docx
from workplan.resources.messages import catalogue
from workplan.resources.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Callable

SHIPPED = Templates()
#: A template that looks everything up by name, in an order of its own, as users may have made theirs.
BY_NAME = Templates(Path(__file__).parent / "data" / "templates-by-name")
OFFICIAL = official(
    plan="2022",
    status="",
    issuers=("静安区某办公室",),
    masthead=masthead_of(("静安区某办公室",), "文件"),
    number="静办〔2022〕1号",
    notice=None,
    title=("工作要点",),
    subtitle="",
    speaker="",
    to="",
    blocks=(paragraph("正文。", "一、标题。", 1),),
    attachments=(),
    signature=(("静安区某办公室",),),
    date="2022年6月29日",
    note="",
    imprint=None,
)


def opened(made: bytes) -> Any:  # noqa: ANN401 - what Word may leave out, the library's types do too; a test may not
    return word.Document(io.BytesIO(made))


def changed(part: str, change: Callable[[str], str], content: bytes = b"") -> bytes:
    """A template, by default the shipped one, with one part changed, as a text."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content or SHIPPED.read("official.docx"))) as source,
        zipfile.ZipFile(made, "w") as target,
    ):
        for name in source.namelist():
            found = source.read(name)
            target.writestr(name, change(found.decode()).encode() if name == part else found)
    return made.getvalue()


def edited(content: bytes, change: Callable[[str], str]) -> bytes:
    """A template with its body changed, as a text."""
    return changed("word/document.xml", change, content)


def with_tag(tag: str) -> bytes:
    """The template by names with one tag more, in its title."""
    content = BY_NAME.read("official.docx")
    return changed("word/document.xml", lambda xml: xml.replace("{{ title }}", "{{ title }}" + tag), content)


@pytest.fixture
def own(tmp_path: Path) -> Callable[[bytes], Templates]:
    """The user's own folder with this ``official.docx``."""

    def put(content: bytes) -> Templates:
        (tmp_path / "official.docx").write_bytes(content)
        return Templates(tmp_path)

    return put


def made_empty() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("a.txt", "a")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "variant", "said"),
    [
        (b"", "document", ""),
        (b"not a zip file at all", "document", ""),
        (made_empty(), "document", ""),
        (SHIPPED.read("official.docx")[:3000], "document", ""),
        (changed("word/document.xml", lambda xml: xml[:900]), "document", ""),
        (changed("word/styles.xml", lambda xml: xml[:900]), "document", ""),
        (
            changed("word/styles.xml", lambda xml: xml.replace('w:val="Body Text"', 'w:val="我的正文"')),
            "style",
            "正文 / Body Text",
        ),
        (changed("word/document.xml", lambda xml: xml.replace("block.text", "block.txet")), "place", "block.txet"),
        (with_tag("{{ titel }}"), "place", "titel"),
        (with_tag("{{ title"), "place", "endif"),
        (with_tag("{{ imprint.cc }}"), "place", "imprint"),
        (with_tag("{% for x in blocks %}"), "place", ""),
        (with_tag("{{ title // 0 }}"), "place", "title // 0"),
        (with_tag("{{ 1 // 0 }}"), "place", "1 // 0"),
        (with_tag("{{ ''.__class__.__mro__ }}"), "place", "__class__"),
        (with_tag("{{ blocks._styles }}"), "place", "_styles"),
        (with_tag("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"), "place", ""),
        (changed("word/footer1.xml", lambda xml: xml.replace("— ", "{{ nobody }} ")), "place", "nobody"),
    ],
)
def test_a_broken_template_is_a_finding_that_names_the_file(
    own: Callable[[bytes], Templates], tmp_path: Path, content: bytes, variant: str, said: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        docx.official(OFFICIAL, own(content))
    (finding,) = refusal.value.diagnostics
    assert (finding.rule, finding.variant) == ("template", variant)
    assert finding.span.file == str(tmp_path / "official.docx")
    assert said in " ".join(str(value) for value in finding.arguments.values())
    assert "BytesIO" not in str(finding.arguments)
    for language in ("zh", "en"):
        assert catalogue(language).message(finding.key, finding.arguments)


def test_markup_that_a_template_leaves_unbalanced_is_refused_and_not_mended(own: Callable[[bytes], Templates]) -> None:
    """``{% if %}`` for ``{%p if %}`` leaves half a paragraph behind; mending it would drop text."""
    by_name = BY_NAME.read("official.docx")
    half = changed("word/document.xml", lambda xml: xml.replace("{%p if subtitle %}", "{% if subtitle %}"), by_name)
    with pytest.raises(Refusal) as refusal:
        docx.official(OFFICIAL, own(half))
    assert refusal.value.diagnostics[0].rule == "template"


def test_a_template_that_cannot_be_read_is_a_finding(
    own: Callable[[bytes], Templates], monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = own(b"")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(Refusal) as refusal:
        docx.official(OFFICIAL, templates)
    (finding,) = refusal.value.diagnostics
    assert (finding.key, finding.arguments) == ("template.unreadable", {"fault": "Permission denied"})


def test_styles_are_found_by_name_when_word_has_given_them_new_ids(own: Callable[[bytes], Templates]) -> None:
    """Word renames ids such as BodyText to a0, a1 … when it saves."""
    ids = {
        "BodyText": "a1",
        "Heading1Char": "10",
        "Heading1": "1",
        "Masthead": "a2",
        "Signature1": "a3",
        "IssueDate": "a4",
    }

    def renamed(xml: str) -> str:
        return re.sub('w:(styleId|val)="(\\w+)"', lambda one: f'w:{one[1]}="{ids.get(one[2], one[2])}"', xml)

    content = changed("word/styles.xml", renamed)
    content = edited(content, renamed)
    before, after = (opened(docx.official(OFFICIAL, one)) for one in (SHIPPED, own(content)))
    assert [(one.style.name, one.text) for one in after.paragraphs] == [
        (one.style.name, one.text) for one in before.paragraphs
    ]
    assert after.paragraphs[3].style.style_id == "a1"
    assert after.paragraphs[3].runs[0].style.name == "Heading 1 Char"
    assert after.paragraphs[0].runs[0]._r.xml == before.paragraphs[0].runs[0]._r.xml  # noqa: SLF001 - fitted too


@pytest.mark.parametrize(
    "names",
    [
        {"Title": "标题", "Body Text": "正文", "heading 1": "一级标题"},
        {"heading 1": "Heading 1", "Body Text": "body text"},
    ],
    ids=["in Chinese", "as LibreOffice writes them"],
)
def test_a_template_may_call_words_own_styles_as_earlier_ones_did(
    own: Callable[[bytes], Templates], names: dict[str, str]
) -> None:
    def renamed(xml: str) -> str:
        return re.sub('<w:name w:val="([^"]+)"', lambda one: f'<w:name w:val="{names.get(one[1], one[1])}"', xml)

    before, after = (docx.official(OFFICIAL, one) for one in (SHIPPED, own(changed("word/styles.xml", renamed))))
    parts = [zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml") for made in (before, after)]
    assert parts[0] == parts[1]


def test_a_tag_that_word_has_split_into_runs_still_works(own: Callable[[bytes], Templates]) -> None:
    split = '{{ ti</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">tle }}'
    by_name = BY_NAME.read("official.docx")
    content = changed("word/document.xml", lambda xml: xml.replace("{{ title }}", split), by_name)
    assert "工作要点" in [one.text for one in opened(docx.official(OFFICIAL, own(content))).paragraphs]


def test_blocks_can_be_looped_over(own: Callable[[bytes], Templates]) -> None:
    tag = "{% for block in blocks %}［{{ block.head }}{{ block.text }}］{% endfor %}"
    content = with_tag(tag)
    assert "工作要点［一、标题。正文。］" in [
        one.text for one in opened(docx.official(OFFICIAL, own(content))).paragraphs
    ]


def test_nothing_of_the_templates_author_gets_into_the_document(own: Callable[[bytes], Templates]) -> None:
    content = changed(
        "docProps/core.xml",
        lambda xml: xml.replace(
            "</cp:coreProperties>", "<cp:lastModifiedBy>王五</cp:lastModifiedBy></cp:coreProperties>"
        ),
    )
    made = docx.official(replace(OFFICIAL, title=("甲&乙",)), own(content))
    core = opened(made).core_properties
    assert (core.title, core.author, core.last_modified_by) == ("甲&乙", "静安区某办公室", "")
