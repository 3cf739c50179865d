"""Loads WeasyPrint: what it lacks is told by name, and what of it is rarely used is not loaded with it."""

from __future__ import annotations

import importlib
import io
import sys
from contextlib import contextmanager, redirect_stdout
from types import ModuleType
from typing import TYPE_CHECKING, Any

from workplan.diagnostic import Diagnostic, Lacking, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Modules that WeasyPrint loads for fonts packed for the web, for variable ones, and where HarfBuzz cannot cut, with the functions
#: that it takes out of them at once. They take a fifth of the time that it takes to load WeasyPrint.
_RARE = {
    "fontTools.subset": (),
    "fontTools.ttLib.woff2": (),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}


@contextmanager
def loading() -> Iterator[None]:
    """WeasyPrint loads libraries of the system; without one it advises on standard output, which is not its own here.

    Raises Lacking with the names of those that are missing, or else with what the system says.
    """
    try:
        with redirect_stdout(io.StringIO()), _found_by_the_system(), _later():
            yield
    except OSError as fault:
        from workplan.resources import libraries  # noqa: PLC0415 - likewise

        said = {"reason": str(fault).partition("\n")[0]}
        absent = libraries.missing()
        raise Lacking(
            libraries.finding(*absent)
            if absent
            else Diagnostic("missing-library", Span.nowhere(), said, variant="other")
        ) from fault


@contextmanager
def _found_by_the_system() -> Iterator[None]:
    """Let libraries be found by the names that Linux knows them by.

    WeasyPrint tries the names of other systems first, and for each of them Python would start ``ldconfig`` and the C compiler.
    """
    import ctypes.util  # noqa: PLC0415 - help need not load it

    usual = ctypes.util.find_library
    if sys.platform == "linux":
        vars(ctypes.util)["find_library"] = lambda _: None
    try:
        yield
    finally:
        vars(ctypes.util)["find_library"] = usual


class _Later(ModuleType):
    """Stands for a module until something is asked of it."""

    def __init__(self, name: str, functions: tuple[str, ...]) -> None:
        super().__init__(name)
        for function in functions:
            setattr(self, function, self._called(function))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any module
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)

    def _called(self, function: str) -> Any:  # noqa: ANN401 - any function
        def call(*given: object, **named: object) -> object:
            return getattr(importlib.import_module(self.__name__), function)(*given, **named)

        return call


@contextmanager
def _later() -> Iterator[None]:
    """Let WeasyPrint take stand-ins for what it rarely uses; everybody else gets the real thing."""
    standing = {name: _Later(name, functions) for name, functions in _RARE.items() if name not in sys.modules}
    sys.modules.update(standing)
    try:
        yield
    finally:
        for name, module in standing.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
