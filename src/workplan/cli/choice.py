"""Arguments and options that several commands share."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from workplan.diagnostic import Misuse
from workplan.resources.messages import Catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping


def _path(text: str) -> Path:
    """A path as it was given; Misuse where it is empty, which would mean the working folder."""
    if not str(text):
        raise Misuse("empty-path")
    return Path(text)


#: For every path: typer would call an unreadable file an invalid value; whoever reads or replaces it says what is wrong.
ANY_FILE: dict[str, Any] = {"parser": _path}


@dataclass(frozen=True, slots=True)
class Choice:
    """An option that takes one of a few words."""

    name: str
    choices: tuple[str, ...]
    default: str

    def option(self, words: Catalogue) -> Any:  # noqa: ANN401 - typer's OptionInfo is not public
        """``--format``, refusing any other word."""
        text = words.text("cli.format")
        return typer.Option("--format", metavar="|".join(self.choices), help=text, callback=self.checked)

    def checked(self, value: str) -> str:
        """The word, or Misuse."""
        if value not in self.choices:
            raise Misuse("unknown-format", name=value, known=" ".join(self.choices))
        return value


def refuse_idle(option: str, others: "Mapping[str, object]") -> None:
    """Misuse where options are given that leave nothing to do beside another one; ``others`` are they, with what was given."""
    idle = [name for name, given in others.items() if given]
    if idle:
        raise Misuse("idle-options", option=option, choices="、".join(idle))


def many_plans(words: Catalogue) -> Any:  # noqa: ANN401 - typer's ArgumentInfo is not public
    """``[PLAN]...``."""
    return typer.Argument(metavar="PLAN", help=words.text("cli.plans"), show_default=False)


def one_plan(words: Catalogue) -> Any:  # noqa: ANN401 - likewise
    """``[PLAN]``."""
    return typer.Argument(metavar="PLAN", help=words.text("cli.plan"), show_default=False)


def out_file(words: Catalogue) -> Any:  # noqa: ANN401 - likewise
    """``-o FILE``."""
    return typer.Option("-o", "--out", metavar="FILE", help=words.text("cli.out"), **ANY_FILE)


TABLE = Choice("table", ("table", "json", "csv"), "table")


def rule_list(words: Catalogue, name: str) -> Any:  # noqa: ANN401 - likewise
    """``--select`` or ``--ignore``, to be read by ``Selection``."""
    return typer.Option(f"--{name}", metavar="RULE", help=words.text(f"cli.check.{name}"), show_default=False)
