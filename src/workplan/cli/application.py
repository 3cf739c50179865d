"""The commands, put together in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from typer import rich_utils
from typer.core import TyperGroup, TyperOption
from typer.main import get_command

from workplan.cli import build, check, doctor, new, schema, tasks, top, units

if TYPE_CHECKING:
    from workplan.cli.session import Session
    from workplan.resources.messages import Catalogue

_COMMANDS = (new, check, build, tasks, units, schema, doctor)


def build_command(session: Session) -> TyperGroup:
    """The whole application as one command."""
    words = session.words
    app = typer.Typer(
        name="workplan",
        help=words.text("cli.help"),
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
    )
    top.register(app, session)
    for command in _COMMANDS:
        command.register(app, session)
    _translate(words)
    group = get_command(app)
    assert isinstance(group, TyperGroup)  # noqa: S101 - an application with commands is a group
    _translate_options(group, words)
    return group


def _translate(words: Catalogue) -> None:
    """Typer's own headings; it offers no other way to say them in another language."""
    rich_utils.OPTIONS_PANEL_TITLE = words.text("cli.options")
    rich_utils.COMMANDS_PANEL_TITLE = words.text("cli.commands")
    rich_utils.ARGUMENTS_PANEL_TITLE = words.text("cli.arguments")
    rich_utils.ERRORS_PANEL_TITLE = words.text("cli.error")
    rich_utils.DEFAULT_STRING = words.words("cli")["default"]
    rich_utils.REQUIRED_LONG_STRING = words.text("cli.required")
    rich_utils.RICH_HELP = words.words("cli")["try-help"]


def _translate_options(group: TyperGroup, words: Catalogue) -> None:
    """The options that typer adds by itself: ``--help`` and completion."""
    texts = {name: words.text(f"cli.{name.replace('_', '-')}") for name in ("install_completion", "show_completion")}
    for command in (group, *group.commands.values()):
        context = command.make_context(command.name, [], resilient_parsing=True)
        option = command.get_help_option(context)
        if option is not None:
            option.help = words.text("cli.show-help")
        for parameter in command.params:
            if isinstance(parameter, TyperOption) and parameter.name in texts:
                parameter.help = texts[parameter.name]
