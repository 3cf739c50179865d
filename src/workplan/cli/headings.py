"""What typer says within the help in words of its own; it offers no other way to say it in another language."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.text import Text
from typer import rich_utils

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.resources.messages import Catalogue


@contextmanager
def translated(words: Catalogue) -> Iterator[None]:
    """Help in the user's language while this is entered; afterwards typer speaks as before, to whoever else uses it."""
    own = {
        "DEFAULT_STRING": words.words("cli")["default"],
        "REQUIRED_LONG_STRING": words.text("cli.required"),
        "_make_rich_text": _folded,  # its tables would cut Chinese, which has no blanks to turn a line at
    }
    before = {name: getattr(rich_utils, name) for name in own}
    try:
        vars(rich_utils).update(own)
        yield
    finally:
        vars(rich_utils).update(before)


def _folded(*, text: str, style: str = "", markup_mode: str) -> Text:  # noqa: ARG001 - typer's own signature
    """Help that turns its lines anywhere."""
    return rich_utils.highlighter(Text.from_markup(text, style=style, overflow="fold"))
