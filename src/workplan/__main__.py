"""The program ``workplan``: Ctrl-C ends it with 130 at any moment, also before anything is loaded and after all is done."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable
    from sys import UnraisableHookArgs

_INTERRUPTED = 130
#: False where the caller wants no Ctrl-C, or answers it itself.
_OURS = signal.getsignal(signal.SIGINT) is signal.default_int_handler


def _leave(*_: object) -> NoReturn:
    os._exit(_INTERRUPTED)


def _unheard(lost: UnraisableHookArgs) -> None:
    """What Python can only print: an interruption in the wrong moment would be lost, and so it ends the program here."""
    if lost.exc_type is KeyboardInterrupt:
        _leave()
    sys.__unraisablehook__(lost)


def run() -> NoReturn:
    """Run the command line and exit."""
    from workplan.cli import main  # noqa: PLC0415 - Ctrl-C is answered while this is loaded

    codes: list[int] = []
    atexit.register(_end, codes)  # registered first, it is called last
    if not _OURS:
        _run(main, codes)
    sys.unraisablehook = _unheard
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _run(main, codes)
    except KeyboardInterrupt:  # a second one, while the first is answered
        _leave()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _run(main: Callable[[], NoReturn], codes: list[int]) -> NoReturn:
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, int):
            codes.append(end.code)
        raise


def _end(codes: list[int]) -> None:
    """End with the code that the command line ended with, once everybody else has put away what is theirs.

    Python would now take apart every object, one by one, only for the system to take back all memory at once: a seventh of
    the time of ``check``. Where somebody follows what the program does, it is left to Python: they want to see the end.
    """
    if codes and not sys.gettrace() and not sys.getprofile():
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(codes[0])


if _OURS:
    signal.signal(signal.SIGINT, _leave)
if __name__ == "__main__":
    run()
