"""Copies of documents that the user's own Word template made: what only the template says is nobody's edit."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from edited import Copy
from repositories import commit, repository

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    import pytest

    Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[1]
SAID = "（内部资料，注意保管）"


def test_words_of_a_template_are_no_new_paragraph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """They stand in a fresh document too; what a person adds beside them comes home."""
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    (tmp_path / "templates").mkdir()
    monkeypatch.chdir(tmp_path)
    template = Copy((ROOT / "templates/official.docx").read_bytes())
    loop = "{%p for block in document %}"
    template.paragraph(loop).addprevious(template.insert(loop, SAID))
    (tmp_path / "templates/official.docx").write_bytes(template.packed())
    repository(tmp_path)
    commit(tmp_path, {})
    assert run("build", "2022", "--only", "official", "--format", "docx").returncode == 0
    sent = (tmp_path / "build/2022/official.docx").read_bytes()
    assert Copy(sent).paragraph(SAID) is not None, "the document says it once"
    before = {path: path.read_bytes() for path in sorted((tmp_path / "plan").rglob("*.yaml"))}
    (tmp_path / "稿.docx").write_bytes(Copy(sent).packed())
    done = run("merge", "稿.docx")
    assert (done.returncode, {path: path.read_bytes() for path in before}) == (0, before), done.stdout
    copy = Copy(sent)
    copy.insert("推动乡村振兴取得新进展", "各部门要逐项抓好落实。")
    (tmp_path / "稿.docx").write_bytes(copy.packed())
    done = run("merge", "稿.docx")
    assert done.returncode == 0, done.stdout
    assert "各部门要逐项抓好落实。" in (tmp_path / "plan/2022/goals.yaml").read_text("utf-8")
