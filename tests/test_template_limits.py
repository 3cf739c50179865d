"""A template of the user's that takes too much time, memory or paper is a finding, and the process goes on."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from sample_views import everything
from workplan.diagnostic import Refusal
from workplan.render import docx, limits, pdf, text
from workplan.resources.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHIPPED = Templates()
_DOUBLED = "{% set n = namespace(x='字') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}"
_TWICE = "{% macro m(i) %}{% if i < 60 %}{{ m(i + 1) }}{{ m(i + 1) }}{% endif %}{% endmacro %}{{ m(0) }}"
_LOOPS = "{% for a in range(99999) %}{% for b in range(99999) %}{% set c = a * b %}{% endfor %}{% endfor %}"
_SQUARES = "{% set n = namespace(x=10) %}{% for i in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}"


def fault(make: Callable[[Templates], object], folder: Path, name: str, content: str | bytes) -> tuple[str, str, str]:
    """Rule, variant and file of the finding that a template is refused with."""
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(Refusal) as refusal:
        make(Templates(folder))
    found = refusal.value.diagnostics[0]
    return found.rule, found.variant, found.span.file


@pytest.mark.parametrize(
    ("source", "variant"),
    [
        ("{{ 'x' * 10**9 }}", "memory"),
        ("{{ ('x' * 10**8) * 10**3 }}", "memory"),
        ("{{ 'x'.center(10**10) }}", "memory"),
        ("{{ 'x'|center(10**10) }}", "memory"),
        ("{{ ('a' * 10**6).replace('a', 'a' * 10**6) }}", "memory"),
        ("{{ '%10000000000d' % 3 }}", "memory"),
        ("{{ range(99999)|list * 10**5 }}", "memory"),
        (_DOUBLED, "memory"),
        (_LOOPS, "time"),
        (_TWICE, "time"),
        ("{% for a in range(90000) %}" + "字" * 1000 + "{% endfor %}", "length"),
        ("{{ 10**(10**8) }}", ""),
        ("{{ ([[1]] * 10**6)|sum(start=[])|length }}", ""),
        ("{{ ('a' * 10**6).rfind('b' + 'a' * 10**5) }}", ""),
        (_SQUARES, ""),
        ("{% macro m(i) %}{{ m(i + 1) }}{% endmacro %}{{ m(0) }}", ""),
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", ""),
        ("{% for a in [1] %}" * 40 + "字" + "{% endfor %}" * 40, ""),
    ],
)
def test_a_template_that_takes_too_much_is_a_finding(
    source: str, variant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if variant == "memory" and not limits._size():  # noqa: SLF001 - what decides it
        pytest.skip("this system does not say how much memory a process has")
    if variant == "time":
        monkeypatch.setattr(limits, "SECONDS", 1)
    found = fault(lambda own: text.official(everything(), own), tmp_path, "official.txt", source)
    assert found == ("template", variant, str(tmp_path / "official.txt"))
    assert text.official(everything(), SHIPPED)


def test_numbers_of_any_usual_size_may_be_counted_with(tmp_path: Path) -> None:
    (tmp_path / "official.txt").write_text(
        "{{ 3 * 4 }} {{ 2 ** -1 }} {{ 2 ** 10 }} {{ 2.5 * 2 }} {{ '甲' * 3 }} {{ 2.345|round(1) }} {{ [1, 2]|sum }} "
        "{{ 'a.b.c'.rsplit('.', 1)[0] }} {{ 7|round(10**8, 'ceil') }}",
        "utf-8",
    )
    assert text.official(everything(), Templates(tmp_path)).decode().rstrip() == "12 0.5 1024 5.0 甲甲甲 2.3 3 a.b 7.0"


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 5000,
        "<p style='width:" + "calc(" * 3000 + "1px" + ")" * 3000 + "'>字</p>",
        "<p style='font-size:1e9pt'>字</p>",
        "<table><tr><td colspan=1000000000>字</td></tr></table>",
    ],
)
def test_a_page_that_cannot_be_laid_out_is_a_finding(source: str, tmp_path: Path) -> None:
    shipped = SHIPPED.read("official.pdf.html").decode()
    found = fault(
        lambda own: pdf.official(everything(), own),
        tmp_path,
        "official.pdf.html",
        shipped.replace("</body>", f"{source}</body>"),
    )
    assert found[0] == "template"


def test_a_word_template_that_takes_too_long_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SHIPPED.read("official.docx"))) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:sectPr", f"<w:p><w:r><w:t>{_LOOPS}</w:t></w:r></w:p><w:sectPr".encode(), 1)
            target.writestr(name, part)
    found = fault(lambda own: docx.official(everything(), own), tmp_path, "official.docx", made.getvalue())
    assert found == ("template", "time", str(tmp_path / "official.docx"))


@pytest.mark.parametrize("name", ["official.txt", "official.css", "official.pdf.html", "official.docx"])
def test_a_link_that_leads_out_of_the_template_folder_is_refused(name: str, tmp_path: Path) -> None:
    """The finding names where it leads; a link within the folder, or the folder itself being one, is as good as a file."""
    own, elsewhere = tmp_path / "templates", tmp_path / "别处"
    own.mkdir()
    elsewhere.write_bytes(SHIPPED.read(name))
    make = {"txt": text.official, "docx": docx.official}.get(name.rpartition(".")[2], pdf.official)
    (own / name).symlink_to(elsewhere)
    with pytest.raises(Refusal) as refusal:
        make(everything(), Templates(own))
    found = refusal.value.diagnostics[0]
    assert (found.variant, found.arguments) == ("outside", {"target": str(elsewhere)})
    (own / name).unlink()
    elsewhere.rename(own / "同处")
    (own / name).symlink_to("同处")
    (tmp_path / "link").symlink_to(own)
    assert make(everything(), Templates(tmp_path / "link"))
