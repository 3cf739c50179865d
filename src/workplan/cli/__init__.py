"""The command line: parse, call, print, exit."""

from workplan.cli.entry import main

__all__ = ["main"]
