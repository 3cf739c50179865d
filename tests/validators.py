"""What two validators say of an Office file: one knows the schemas, the other how the parts of a DOCX hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ooxml_integrity
import pytest

if TYPE_CHECKING:
    from pathlib import Path


def faults(path: Path) -> list[object]:
    """Everything that either has against a DOCX or XLSX file."""
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit needs a newer lxml than workplan does")
    result = audit.OpenXmlValidator().validate(path)
    assert result.is_valid is not bool(result.errors)
    return [*result.errors, *(ooxml_integrity.check(path) if path.suffix == ".docx" else ())]
