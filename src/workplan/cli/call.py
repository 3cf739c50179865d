"""A call of a command: parse it, run it, and turn what ends it early into words and an exit code."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import typer
from typer.exceptions import TyperException

from workplan.cli.application import build_command
from workplan.diagnostic import Misuse, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.cli.session import Session
    from workplan.resources.messages import Catalogue

#: What typer returns after Ctrl-C.
_INTERRUPTED = 130
#: What typer says only in English words, and our entry under ``usage``.
_COMPLAINTS = (
    (r"No such command '(.*?)'", "NoSuchCommand"),
    (r"Option '(.*?)' requires ", "NoValue"),
    (r"Option '(.*?)' does not take a value", "TakesNoValue"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", "TooMany"),
)


def call(given: Sequence[str], session: Session) -> int:
    """Run the command that is called and return its exit code; what the system puts in its way gets through."""
    words = session.words
    try:
        code = int(build_command(session).main(given, prog_name="workplan", standalone_mode=False) or 0)
    except Misuse as misuse:
        session.complain(words.text(f"misuse.{misuse.key}", misuse.arguments))
    except Refusal as refusal:
        session.report_refusal(refusal, {})
        return refusal.code
    except TyperException as error:
        if type(error).__name__ != "NoArgsIsHelpError":  # then the help has been shown
            session.complain(_usage(error, words))
    except typer.Abort as abort:
        raise KeyboardInterrupt from abort
    else:
        if code == _INTERRUPTED:
            sys.stdout.flush()
            raise KeyboardInterrupt
        return code
    return 2


def _usage(error: TyperException, words: Catalogue) -> str:
    """What is wrong with the call, in the user's language; typer itself speaks English only."""
    kind = type(error).__name__
    message = error.format_message()
    if kind == "NoSuchOption":
        near = words.text("summary.separator").join(sorted(getattr(error, "possibilities", None) or ()))
        key = "usage.NoSuchOption-near" if near else "usage.NoSuchOption"
        return words.text(key, {"option": getattr(error, "option_name", ""), "near": near})
    for pattern, key in _COMPLAINTS:
        named = re.match(pattern, message)
        if named:
            return words.text(f"usage.{key}", {"name": named[1]})
    parameter = getattr(error, "param", None)
    if kind in ("MissingParameter", "BadParameter") and parameter is not None:
        option = parameter.param_type_name == "option"
        return words.text(f"usage.{kind}", {"name": parameter.opts[-1] if option else parameter.display_name_raw})
    return words.text("usage.other", {"message": message})
