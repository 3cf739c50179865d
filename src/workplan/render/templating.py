"""Jinja, restricted: sandboxed, autoescaped, and an unknown name is an error instead of a blank.

A template may be the user's, so an error in one is a finding with the template's own line.
"""

from __future__ import annotations

import traceback
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, pass_environment
from jinja2.exceptions import SecurityError
from jinja2.filters import do_round, do_sum
from jinja2.sandbox import ImmutableSandboxedEnvironment

from workplan.diagnostic import Diagnostic, Refusal, Span
from workplan.render import limits, removed_names
from workplan.resources.templates import OutsideError, within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Environment
    from jinja2.runtime import Context

    from workplan.resources.templates import Templates

#: Bits of the largest number that a template may count with: 30,000 digits.
_MOST_BITS = 100_000
_TOO_LARGE, _NO_NUMBER = "number too large", "sum adds numbers only"
#: A float has no more places before and behind its point.
_MOST_PLACES = 300
#: Methods that compare what they look for anew at every place, and how many comparisons they may come to.
_FROM_BEHIND = ("rfind", "rindex", "rpartition", "rsplit")
_MOST_COMPARED = 1_000_000_000
#: What a template can raise: Jinja's own errors, and Python's errors in its expressions.
_FAULTS = (
    TemplateError,
    SecurityError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    RecursionError,
    SyntaxError,  # of the Python that Jinja makes: loops in loops, deeper than Python allows
    MemoryError,
    limits.TooLongError,
)


class _Loader(FileSystemLoader):
    """Loads templates from their folders, and no file to which a link leads elsewhere."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = super().get_source(environment, template)
        folder = next(folder for folder in map(Path, self.searchpath) if Path(found[1]).is_relative_to(folder))
        within(folder, Path(found[1]))
        return found


def _rounded(value: float, precision: int = 0, method: Any = "common") -> float:  # noqa: ANN401 - Jinja's own words
    """Jinja's filter, but for numbers of places whose power of ten nothing could stop."""
    return do_round(value, max(-_MOST_PLACES, min(precision, _MOST_PLACES)), method)


@pass_environment
def _summed(environment: Environment, iterable: Any, attribute: Any = None, start: Any = 0) -> Any:  # noqa: ANN401 - as in Jinja
    """Jinja's filter, for numbers alone: of lists all that came before would be copied for each."""
    if not isinstance(start, (int, float)):
        raise TypeError(_NO_NUMBER)
    return do_sum(environment, iterable, attribute, start)


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox without numbers that no machine can count with: a single operation on them cannot be stopped."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as in Jinja
        digits = max(abs(left), 2).bit_length() if isinstance(left, int) else 0
        if isinstance(right, int) and digits * (abs(right) if operator == "**" else 1) > _MOST_BITS:
            raise OverflowError(_TOO_LARGE)
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, function: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as in Jinja
        words, sought = getattr(function, "__self__", None), args[0] if args else None
        if (
            isinstance(words, str)
            and isinstance(sought, str)
            and function.__name__ in _FROM_BEHIND
            and len(words) * len(sought) > _MOST_COMPARED
        ):
            raise OverflowError(_TOO_LARGE)
        return super().call(context, function, *args, **kwargs)


@lru_cache(maxsize=8)
def environment(templates: Templates) -> ImmutableSandboxedEnvironment:
    """The environment of every template, docxtpl's too; it escapes markup whatever the name of the file."""
    made = _Sandbox(
        loader=_Loader(templates.folders),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"round": _rounded, "sum": _summed}
    return made


@lru_cache(maxsize=8)
def plain_environment(templates: Templates) -> ImmutableSandboxedEnvironment:
    """The same without escaping, for text and Markdown, where ``&`` is an ordinary character."""
    return environment(templates).overlay(autoescape=False)


def render(
    templates: Templates,
    name: str,
    context: Mapping[str, object],
    *,
    escape: bool = True,
    jinja: ImmutableSandboxedEnvironment | None = None,
) -> str:
    """Fill the template ``name``; raises Refusal with a finding at its line where it is broken.

    ``jinja`` is an overlay of one of the environments here, for a format with filters of its own.
    """
    chosen = jinja or (environment(templates) if escape else plain_environment(templates))
    try:
        with limits.limited(templates):
            printed = chosen.get_template(name).render(context)
        if len(printed) > limits.LENGTH:
            raise limits.TooLongError
    except _FAULTS as fault:
        raise refused(templates, name, fault) from fault
    except limits.Expired as fault:  # Jinja does not say the line of what is no Exception
        raise limits.refused(fault, Span.whole(str(templates.path(name)))) from fault
    except OSError as fault:
        raise unreadable(name, fault) from fault
    return printed


def unreadable(name: str, fault: OSError) -> Refusal:
    """The finding for a template ``name`` that cannot be read."""
    place = Span.whole(fault.filename or name)
    if isinstance(fault, OutsideError):
        return Refusal(Diagnostic("template", place, {"target": str(fault.target)}, variant="outside"))
    arguments = {"fault": fault.strerror or type(fault).__name__}
    return Refusal(Diagnostic("template", place, arguments, variant="unreadable"))


def refused(templates: Templates, name: str, fault: Exception) -> Refusal:
    """The finding for an error that a template raised, at the template's line."""
    file, line = name, 1
    if isinstance(fault, TemplateSyntaxError):
        file, line = fault.name or name, fault.lineno
    else:
        for frame in traceback.extract_tb(fault.__traceback__):
            if any(frame.filename.startswith(str(folder)) for folder in templates.folders):
                file, line = frame.filename, frame.lineno or 1
    if (templates.folders[-1] / file).is_file() or (templates.folders[0] / file).is_file():
        file = str(templates.path(file))
    span = Span(file=file, start=0, end=0, line=line, column=1, end_line=line, end_column=1)
    if isinstance(fault, limits.REACHED):
        return limits.refused(fault, span)
    if old := removed_names.refused(name, fault, span):
        return old
    return Refusal(Diagnostic("template", span, {"fault": str(fault) or type(fault).__name__}))
