"""What typer says around the help in words of its own; it offers no other way to say it in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from typer import rich_utils

if TYPE_CHECKING:
    from workplan.resources.messages import Catalogue


def translate(words: Catalogue) -> None:
    """Have help headed in the user's language."""
    rich_utils.OPTIONS_PANEL_TITLE = words.text("cli.options")
    rich_utils.COMMANDS_PANEL_TITLE = words.text("cli.commands")
    rich_utils.ARGUMENTS_PANEL_TITLE = words.text("cli.arguments")
    rich_utils.ERRORS_PANEL_TITLE = words.text("cli.error")
    rich_utils.DEFAULT_STRING = words.words("cli")["default"]
    rich_utils.REQUIRED_LONG_STRING = words.text("cli.required")
    rich_utils.RICH_HELP = words.words("cli")["try-help"]
    rich_utils._make_rich_text = _folded  # noqa: SLF001 - its tables would cut Chinese, which has no blanks to turn a line at


def _folded(*, text: str, style: str = "", markup_mode: str) -> Text:  # noqa: ARG001 - typer's own signature
    """Help that turns its lines anywhere."""
    return rich_utils.highlighter(Text.from_markup(text, style=style, overflow="fold"))
