"""Jinja, restricted: sandboxed, autoescaped, and an unknown name is an error instead of a blank.

A template may be the user's, so an error in one is a finding with the template's own line.
"""

from __future__ import annotations

import traceback
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from workplan.diagnostic import Diagnostic, Refusal, Span
from workplan.render import removed_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan.resources.templates import Templates

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
)


@lru_cache(maxsize=8)
def environment(templates: Templates) -> ImmutableSandboxedEnvironment:
    """The environment of every template, docxtpl's too; it escapes markup whatever the name of the file."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(templates.folders),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


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
        return chosen.get_template(name).render(context)
    except _FAULTS as fault:
        raise refused(templates, name, fault) from fault
    except OSError as fault:
        place = Span.whole(fault.filename or name)
        arguments = {"fault": fault.strerror or type(fault).__name__}
        raise Refusal(Diagnostic("template", place, arguments, variant="unreadable")) from fault


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
    if old := removed_names.refused(name, fault, span):
        return old
    return Refusal(Diagnostic("template", span, {"fault": str(fault) or type(fault).__name__}))
