"""Takes a document that the user names from disk, as long as it is no larger than what is read."""

from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from pathlib import Path


def taken(path: "Path") -> bytes:
    """The bytes of a file; Misuse where it cannot be read."""
    from workplan.files import TooLargeError, take
    from workplan.importing.sniff import MOST_BYTES

    try:
        return take(path, MOST_BYTES)
    except TooLargeError as error:
        raise Misuse("import-large", path=path.as_posix(), limit=MOST_BYTES >> 20) from error
    except FileNotFoundError as error:
        raise Misuse("import-missing", path=path.as_posix()) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Misuse("import-unreadable", path=path.as_posix(), reason=reason) from error
