"""Rich tables to the terminal, a pipe or a file."""

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.cli.session import Session

if TYPE_CHECKING:
    from rich.table import Table

#: What a pipe or file is as wide as: nobody folds a table there.
_WIDE = 160


def deliver_table(session: Session, table: "Table", out: Path | None) -> None:
    """Print a table as wide as the terminal."""
    from rich.console import Console

    if out is None and sys.stdout.isatty():
        Console(highlight=False, no_color=not session.colours(sys.stdout)).print(table)
        return
    text = io.StringIO()
    Console(file=text, width=_WIDE, highlight=False, no_color=True).print(table)
    session.deliver("".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines()).encode(), out)
