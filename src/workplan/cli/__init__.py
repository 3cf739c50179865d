"""The command line: parse, call, print, exit."""

from workplan.cli.main import main

__all__ = ["main"]
