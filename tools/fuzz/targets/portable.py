"""The readers of PDF: any bytes are measured, or refused in words."""

from __future__ import annotations

from workplan.diagnostic import Misuse, Refusal
from workplan.measure import hidden, measured
from workplan.resources.messages import catalogue

#: PDFium reads damaged files: bytes are changed as they are.
MUTATE = None

#: The folder of kept inputs.
KEPT = "portable"


def run(data: bytes) -> None:
    """What is measured and what is hidden."""
    content = data if data.startswith(b"%PDF") else b"%PDF-1.7\n" + data
    for read in (lambda: measured(content, "a.pdf"), lambda: hidden.of_bytes("a.pdf", content)):
        try:
            read()
        except Misuse as fault:
            catalogue("zh").text(f"misuse.{fault.key}", fault.arguments)
        except Refusal:
            pass
