"""The targets by name: each module has ``run(data)``, which raises where a law is broken, and ``MUTATE``, how inputs are changed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

#: In the order in which they are run.
NAMES = ("deadlines", "passages", "phrases", "printed", "layout", "fixes", "difference", "tracked", "portable", "word")


class Target(Protocol):
    """A module of this folder."""

    #: A new input made of one and a seed; None leaves it to atheris, byte by byte.
    MUTATE: Callable[[bytes, int], bytes] | None
    #: The folder below ``tests/fuzz`` with the inputs that are kept.
    KEPT: str

    def run(self, data: bytes) -> None:
        """Hold one input to the laws."""
        ...


def target(name: str) -> Target:
    """The target of that name, which is loaded only now: under atheris it has to be read as it is loaded."""
    found: Target = import_module(f"fuzz.targets.{name}")
    return found
