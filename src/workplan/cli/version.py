"""``workplan --version``: answered before anything else is loaded."""

import sys
from collections.abc import Sequence

from workplan import __version__


def asked(given: Sequence[str]) -> bool:
    """Whether a call wants the version and nothing else, in whatever language; any other call is the parser's to read."""
    words, version = iter(given), False
    for word in words:
        if word == "--version":
            version = True
        elif word == "--lang":
            if next(words, None) is None:
                return False
        elif not word.startswith("--lang="):
            return False
    return version


def print_version() -> None:
    """Print the version."""
    sys.stdout.write(f"workplan {__version__}\n")
