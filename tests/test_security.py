"""What SECURITY.md says of plans and templates of other people, where no other test proves it.

Others do: ``test_architecture`` (no network library), ``test_pdf`` (a style sheet fetches nothing), ``test_docx_templates`` (a Word
template runs no code), ``test_samples`` (tags, aliases, depth and size), ``test_xlsx`` and ``test_csv`` (no cell is a formula),
``test_revision`` (links that leave the repository).
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from sample_views import everything
from workplan.diagnostic import Refusal
from workplan.render import docx, pdf, text
from workplan.resources.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOT_FOR_TEMPLATES = "外人不该看到的文字"
SHIPPED = Templates()


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str, str | bytes], Templates]:
    """A folder of templates with one file in it, beside a file that no template may show."""
    (tmp_path / "secret.txt").write_text(NOT_FOR_TEMPLATES, encoding="utf-8")

    def make(name: str, content: str | bytes) -> Templates:
        folder = tmp_path / "templates"
        folder.mkdir()
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return Templates(folder)

    return make


@pytest.mark.parametrize(
    "source",
    [
        "{% include '../secret.txt' %}",
        "{% import '../secret.txt' as other %}{{ other }}",
        "{% include '{folder}/secret.txt' %}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ official.__class__.__mro__ }}",
        "{{ ''.format.__self__ }}",
    ],
)
def test_a_template_reads_no_other_file_and_runs_no_code(
    source: str, own: Callable[[str, str | bytes], Templates], tmp_path: Path
) -> None:
    templates = own("official.txt", source.replace("{folder}", tmp_path.as_posix()))
    with pytest.raises(Refusal) as refusal:
        text.official(everything(), templates)
    assert refusal.value.diagnostics[0].rule == "template"


@pytest.mark.parametrize("tag", ['<img src="{place}">', '<a rel="attachment" href="{place}">附</a>'])
@pytest.mark.parametrize(
    "address",
    ["{folder}/secret.txt", "{FOLDER}/secret.txt", "{folder}/templates/%2e%2e/secret.txt", "http://127.0.0.1:9/x.png"],
)
def test_a_page_for_print_shows_and_attaches_nothing_from_elsewhere(
    address: str, tag: str, own: Callable[[str, str | bytes], Templates], tmp_path: Path
) -> None:
    place = address.replace("{folder}", tmp_path.as_uri()).replace(
        "{FOLDER}", tmp_path.as_uri().replace("file", "FiLe")
    )
    shipped = SHIPPED.read("official.pdf.html").decode()
    assert shipped.count("</body>") == 1
    templates = own("official.pdf.html", shipped.replace("</body>", f"{tag.replace('{place}', place)}</body>"))
    with pytest.raises(Refusal) as refusal:
        pdf.official(everything(), templates)
    assert refusal.value.diagnostics[0].rule == "template"


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footer1.xml"])
def test_an_entity_of_a_word_template_brings_in_no_file(
    part: str, own: Callable[[str, str | bytes], Templates], tmp_path: Path
) -> None:
    """Such a template is refused: the finished part would name an entity that nothing declares."""
    entity = f'<!DOCTYPE x [<!ENTITY file SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SHIPPED.read("official.docx"))) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, _with_entity(source.read(name), entity) if name == part else source.read(name))
    with pytest.raises(Refusal) as refusal:
        docx.official(everything(), own("official.docx", made.getvalue()))
    assert (refusal.value.diagnostics[0].rule, refusal.value.diagnostics[0].variant) == ("template", "document")


def _with_entity(part: bytes, entity: str) -> bytes:
    """A part of a Word file with a paragraph at its end that asks for the entity."""
    declaration, end, rest = part.decode().partition("?>")
    body, closing, name = rest.rpartition("</w:")
    assert end
    assert closing
    return f"{declaration}{end}{entity}{body}<w:p><w:r><w:t>&file;</w:t></w:r></w:p>{closing}{name}".encode()
