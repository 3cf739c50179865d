"""The entry: choose the language, build the application, and turn whatever ends a run into words and an exit code.

Exit 0: clean. 1: findings. 2: a call or a machine that workplan cannot work with. 130: interrupted.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer
from typer.exceptions import TyperException

from workplan.cli.application import build_command
from workplan.cli.session import Session
from workplan.diagnostic import Misuse, Refusal
from workplan.resources.messages import catalogue, preferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workplan.resources.messages import Catalogue

_INTERRUPTED = 130
#: What typer says only in English words, and our entry under ``usage``.
_COMPLAINTS = (
    (r"No such command '(.*?)'", "NoSuchCommand"),
    (r"Option '(.*?)' requires ", "NoValue"),
    (r"Option '(.*?)' does not take a value", "TakesNoValue"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", "TooMany"),
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit."""
    _prepare_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = catalogue(preferred(_asked_language(given)))
    sys.exit(_run(given, Session(words)))


def _prepare_streams() -> None:
    """Both streams in UTF-8: a pipe on Windows would take the ANSI code page; lone surrogates cannot print."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _run(given: list[str], session: Session) -> int:
    words = session.words
    try:
        code = int(build_command(session).main(given, prog_name="workplan", standalone_mode=False) or 0)
        sys.stdout.flush()
        if code == _INTERRUPTED:  # typer makes a return value of Ctrl-C
            session.complain(words.text("misuse.interrupted"))
        return code  # noqa: TRY300 - what follows are the ways in which even the last line may fail
    except Misuse as misuse:
        session.complain(words.text(f"misuse.{misuse.key}", misuse.arguments))
    except Refusal as refusal:
        session.report_refusal(refusal, {})
        return 1
    except TyperException as error:
        if type(error).__name__ != "NoArgsIsHelpError":  # then the help has been shown
            session.complain(_usage(error, words))
    except (typer.Abort, KeyboardInterrupt):
        session.complain(words.text("misuse.interrupted"))
        return _INTERRUPTED
    except BrokenPipeError:  # the reader of our output has seen enough
        _abandon_output()
        return 1
    except OSError as error:  # what nobody expected: a folder that went away, a disk that is full
        reason = error.strerror or type(error).__name__
        if error.filename is None:
            _abandon_output()
        key = "misuse.cannot-write" if error.filename is None else "misuse.cannot-read"
        session.complain(words.text(key, {"path": str(error.filename or "stdout"), "reason": reason}))
    return 2


def _abandon_output() -> None:
    """Let what is still to be written go nowhere: the interpreter would try it again, and complain, as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _asked_language(given: Sequence[str]) -> str | None:
    """``--lang`` is needed before anything is parsed: the help itself is in that language."""
    for place, word in enumerate(given):
        if word == "--lang":
            return next(iter(given[place + 1 : place + 2]), None)
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


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
