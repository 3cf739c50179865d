"""The readers of DOCX: what a file hides is told, or it is refused in words. Inputs are the parts as a bundle, or whole files."""

from __future__ import annotations

import io
import zipfile

from fuzz import bundle
from fuzz.mutate import parts as MUTATE  # noqa: F401, N812 - the name that targets have in common
from workplan.diagnostic import Misuse
from workplan.measure import hidden
from workplan.resources.messages import catalogue

#: The folder of kept inputs.
KEPT = "word"


def run(data: bytes) -> None:
    """What is hidden."""
    try:
        hidden.of_bytes("a.docx", data if data.startswith(b"PK") else _packed(bundle.files(data)))
    except Misuse as fault:
        catalogue("zh").text(f"misuse.{fault.key}", fault.arguments)


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()
