"""The commands, put together in the user's language."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

import typer
from rich.text import Text
from typer import rich_utils
from typer._completion_shared import install
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command

from workplan.cli import build, check, diff, doctor, explain, fmt, git, log, measure, new, schema, tasks, top, units

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer._click import Command, Context, Parameter

    from workplan.cli.session import Session
    from workplan.resources.messages import Catalogue

_COMMANDS = (new, check, build, tasks, units, diff, log, git, measure, fmt, explain, schema, doctor)


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
    rich_utils._make_rich_text = _folded  # noqa: SLF001 - its tables would cut Chinese, which has no blanks to turn a line at


def _folded(*, text: str, style: str = "", markup_mode: str) -> Text:  # noqa: ARG001 - typer's own signature
    """Help that turns its lines anywhere."""
    return rich_utils.highlighter(Text.from_markup(text, style=style, overflow="fold"))


def _translate_options(group: TyperGroup, words: Catalogue) -> None:
    """The usage line, the options that typer adds by itself, and no Python types behind flags and arguments."""
    texts = {name: words.text(f"cli.{name.replace('_', '-')}") for name in ("install_completion", "show_completion")}
    for command in (group, *group.commands.values()):
        if isinstance(command, TyperGroup) and command is not group:
            _translate_options(command, words)
            continue
        context = command.make_context(command.name, [], resilient_parsing=True)
        option = command.get_help_option(context)
        if option is not None:
            option.help = words.text("cli.show-help")
            option.metavar = ""
        for parameter in command.params:
            if isinstance(parameter, TyperArgument):
                vars(parameter)["display_type_rich"] = _no_type
            elif isinstance(parameter, TyperOption):
                parameter.help = texts.get(str(parameter.name), parameter.help)
                parameter.metavar = "" if parameter.is_flag else parameter.metavar
                if parameter.name == "install_completion":
                    parameter.callback = _installer(words)
        _translate_usage(command, words)


def _installer(words: Catalogue) -> Callable[[Context, Parameter, object], object]:
    """What --install-completion does, told in the user's language instead of typer's."""

    def installed(context: Context, _: Parameter, value: object) -> object:
        if not value or context.resilient_parsing:
            return value
        try:
            with redirect_stdout(StringIO()):
                shell, path = install(shell=value if isinstance(value, str) else None)
        except typer.Exit:
            typer.echo(words.text("cli.completion-unsupported"), err=True)
            raise
        typer.echo(words.text("cli.completion-installed", {"shell": shell, "path": path}))
        raise typer.Exit

    return installed


def _no_type(ctx: object) -> None:
    """The name of an argument says what it is."""


def _translate_usage(command: Command, words: Catalogue) -> None:
    command.options_metavar = words.text("cli.options-metavar")
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = words.text("cli.command-metavar")
    plain = command.get_usage
    vars(command)["get_usage"] = lambda context: plain(context).replace("Usage: ", words.text("cli.usage"), 1)
