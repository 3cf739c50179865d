"""The commands in the user's language, each loaded and put together when it is called.

A command's module says how it is called and imports its work when it runs, so that help and wrong calls cost little.
"""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from functools import partial
from importlib import import_module
from io import StringIO
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Protocol, cast

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command, get_group

from workplan.cli import top

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer._click import Command, Context, HelpFormatter, Parameter

    from workplan.cli.session import Session
    from workplan.resources.messages import Catalogue

#: The modules of the commands, in the order of the help.
COMMANDS = (
    *("new", "import", "check", "build", "preview", "tasks", "units", "diff", "log", "merge", "collect"),
    *("measure", "fmt", "explain", "schema", "doctor", "fonts", "git"),
)
#: What typer says of a completion that it has installed.
_INSTALLED = re.compile(r"(?P<shell>\S+) completion installed in (?P<path>.+)")


class _Module(Protocol):
    """What the module of a command offers."""

    def register(self, app: typer.Typer, session: Session) -> None:
        """Add the command."""
        ...


class _Listed(TyperCommand):
    """A command as help lists it; it is loaded and put together when it is called."""

    def __init__(self, name: str, session: Session) -> None:
        words = session.words
        super().__init__(name, help=words.text(f"cli.{name}.help"), rich_help_panel=words.text("cli.commands"))
        self.load = partial(_command, name, session)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: Context | None = None,
        **extra: Any,  # noqa: ANN401 - typer's own signature
    ) -> Context:
        """The context of the command itself."""
        return self.load().make_context(info_name, args, parent=parent, **extra)


def build_command(session: Session) -> TyperGroup:
    """The whole application as one command."""
    app = typer.Typer(
        name="workplan",
        help=session.words.text("cli.help"),
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
    )
    top.register(app, session)
    group = get_command(app)
    assert isinstance(group, TyperGroup)  # noqa: S101 - an application with options of its own is a group
    _translate(group, session.words)
    group.commands.update({name: _Listed(name, session) for name in COMMANDS})
    return group


def module_of(name: str) -> str:
    """The module of a command: a word of Python's own gets a line behind it."""
    return f"workplan.cli.{name}_" if iskeyword(name) else f"workplan.cli.{name}"


def _command(name: str, session: Session) -> Command:
    """One command, by the name of its module."""
    app = typer.Typer(rich_markup_mode="rich", pretty_exceptions_enable=False)
    cast("_Module", import_module(module_of(name))).register(app, session)
    command = get_group(app).commands[name]
    _translate(command, session.words)
    return command


def _translate(command: Command, words: Catalogue) -> None:
    """A command and those under it: its usage, its help, and no Python types behind flags and arguments."""
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = words.text("cli.command-metavar")
        for below in command.commands.values():
            vars(below)["rich_help_panel"] = words.text("cli.commands")
            _translate(below, words)
    option = command.get_help_option(typer.Context(command))
    if option is not None:
        option.help = words.text("cli.show-help")
        option.metavar = ""
        option.rich_help_panel = words.text("cli.options")
    for parameter in command.params:
        if isinstance(parameter, TyperArgument):
            parameter.rich_help_panel = words.text("cli.arguments")
            vars(parameter)["display_type_rich"] = _no_type
        elif isinstance(parameter, TyperOption):
            _translate_option(parameter, words)
    _translate_help(command, words)


def _translate_option(option: TyperOption, words: Catalogue) -> None:
    """No type behind a flag; and the options that typer adds by itself."""
    option.rich_help_panel = words.text("cli.options")
    option.metavar = "" if option.is_flag else option.metavar
    if option.name in ("install_completion", "show_completion"):
        option.help = words.text(f"cli.{option.name.replace('_', '-')}")
    if option.name == "install_completion" and option.callback is not None:
        option.callback = _installer(option.callback, words)


def _installer(install: Callable[..., object], words: Catalogue) -> Callable[[Context, Parameter, object], object]:
    """What --install-completion does, told in the user's language instead of typer's."""

    def installed(context: Context, parameter: Parameter, value: object) -> object:
        said = StringIO()
        try:
            with redirect_stdout(said):
                return install(context, parameter, value)
        except SystemExit:  # typer's way to end once it is installed
            told = _INSTALLED.search(said.getvalue())
            typer.echo(words.text("cli.completion-installed", told.groupdict()) if told else said.getvalue())
            raise typer.Exit from None
        except typer.Exit:
            typer.echo(words.text("cli.completion-unsupported"), err=True)
            raise

    return installed


def _no_type(ctx: object) -> None:
    """The name of an argument says what it is."""


def _translate_help(command: Command, words: Catalogue) -> None:
    """The usage line, and what typer says within the help while it is shown: where that stands is slow to load."""
    command.options_metavar = words.text("cli.options-metavar")
    usage, help_ = command.get_usage, command.format_help

    def format_help(context: Context, formatter: HelpFormatter) -> None:
        from workplan.cli import headings

        with headings.translated(words):
            help_(context, formatter)

    vars(command)["get_usage"] = lambda context: usage(context).replace("Usage: ", words.text("cli.usage"), 1)
    vars(command)["format_help"] = format_help
