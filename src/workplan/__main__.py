"""The program ``workplan``: Ctrl-C ends it with 130 at any moment, also before anything is loaded and after all is done."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
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

    if not _OURS:
        main()
    sys.unraisablehook = _unheard
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        main()
    except KeyboardInterrupt:  # a second one, while the first is answered
        _leave()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if _OURS:
    signal.signal(signal.SIGINT, _leave)
if __name__ == "__main__":
    run()
