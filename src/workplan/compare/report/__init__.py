"""Comparisons to files: reporters by name. Each is loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from workplan.compare.subject import Subject

    #: Writes a comparison as the bytes of a file.
    Reporter = Callable[[Subject], bytes]


def _text(subject: Subject) -> bytes:
    from workplan.compare.report import terminal  # noqa: PLC0415 - loaded when asked for

    return terminal.write(subject)


def _json(subject: Subject) -> bytes:
    from workplan.compare.report import json  # noqa: PLC0415 - likewise

    return json.write(subject)


def _markdown(subject: Subject) -> bytes:
    from workplan.compare.report import markdown  # noqa: PLC0415 - likewise

    return markdown.write(subject)


def _html(subject: Subject) -> bytes:
    from workplan.compare.report import html  # noqa: PLC0415 - likewise

    return html.write(subject)


def _docx(subject: Subject) -> bytes:
    from workplan.compare.marked import tracked  # noqa: PLC0415 - likewise

    return tracked.write(subject)


def _pdf(subject: Subject) -> bytes:
    from workplan.output.loading import loading  # noqa: PLC0415 - likewise

    with loading():
        from workplan.compare.marked import redline  # noqa: PLC0415 - likewise

    return redline.write(subject)


REPORTERS: dict[str, Reporter] = {
    "text": _text,
    "json": _json,
    "md": _markdown,
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
}
