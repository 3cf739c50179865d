"""What can be built, and in which formats; by itself, so that help tells it without loading what builds."""

from __future__ import annotations

#: The formats of each group of files, in the order in which they are made.
FORMATS: dict[str, tuple[str, ...]] = {
    "official": ("pdf", "docx", "html", "txt"),
    "sheets": ("pdf", "docx", "md"),
    "assignments": ("xlsx", "json"),
}
