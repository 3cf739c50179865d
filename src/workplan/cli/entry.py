"""The entry: answer or hand on the call, and turn what the system puts in its way into words and an exit code.

Exit 0: clean. 1: findings. 2: a call or a machine that workplan cannot work with. 130: interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from workplan.cli import version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workplan.cli.session import Session

_INTERRUPTED = 130
#: New objects between two looks for cycles. A command makes many objects and drops few before it ends: looking for cycles
#: every 700 objects, as Python does, took a twelfth of its time.
_COLLECTED = 100_000


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit."""
    _prepare_streams()
    gc.set_threshold(_COLLECTED)
    # No plugin of another package has a say in how plans are read, and none is looked for in all that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.exit(_run(list(sys.argv[1:] if arguments is None else arguments)))


def _prepare_streams() -> None:
    """Both streams in UTF-8: a pipe on Windows would take the ANSI code page; lone surrogates cannot print."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _run(given: list[str]) -> int:
    try:
        code = _answer(given)
        sys.stdout.flush()
        return code  # noqa: TRY300 - what follows are the ways in which even the last line may fail
    except KeyboardInterrupt:
        _complain(given, "misuse.interrupted", {})
        return _INTERRUPTED
    except BrokenPipeError:  # the reader of our output has seen enough
        _abandon_output()
        return 1
    except UnicodeEncodeError:  # a file's name, where the environment forbids UTF-8: both streams take everything
        _complain(given, "misuse.no-unicode-names", {})
    except OSError as error:  # what nobody expected: a folder that went away, a disk that is full
        key = "misuse.cannot-read" if error.filename else "misuse.cannot-write"
        if isinstance(error, FileNotFoundError) and not _is_somewhere():
            key = "misuse.nowhere"
        if key == "misuse.cannot-write":
            _abandon_output()
        reason = error.strerror or type(error).__name__
        _complain(given, key, {"path": str(error.filename or "stdout"), "reason": reason})
    return 2


def _is_somewhere() -> bool:
    """Whether the folder in which we were called is still there."""
    with suppress(OSError):
        return Path.cwd().is_dir()
    return False


def _complain(given: Sequence[str], key: str, arguments: Mapping[str, str]) -> None:
    """Say why a call ended; where not even the words can be loaded, the system's own, and where nothing can be said nothing."""
    with suppress(OSError):
        try:
            session = _session(given)
            session.complain(session.words.text(key, arguments))
        except (OSError, ImportError):
            sys.stderr.write(f"workplan: {' '.join(arguments.values())}\n")


def _answer(given: list[str]) -> int:
    """The version by itself, or whatever command is called."""
    if version.asked(given):
        version.print_version()
        return 0
    from workplan.cli.call import call

    return call(given, _session(given))


def _session(given: Sequence[str]) -> Session:
    """The run in the language that is asked for."""
    from workplan.cli.session import Session
    from workplan.resources.messages import catalogue, preferred

    return Session(catalogue(preferred(_asked_language(given))))


def _abandon_output() -> None:
    """Let what is still to be written go nowhere: the interpreter would try it again, and complain, as it ends."""
    with suppress(OSError):  # no file can be opened
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _asked_language(given: Sequence[str]) -> str | None:
    """``--lang`` is needed before anything is parsed: the help itself is in that language."""
    for place, word in enumerate(given):
        if word == "--lang":
            return next(iter(given[place + 1 : place + 2]), None)
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None
