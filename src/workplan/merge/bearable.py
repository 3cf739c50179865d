"""The errors with which edits come home all the same: a person settles them later, and none changes what is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.compiler import Result
    from workplan.diagnostic import Diagnostic

#: A name that the registry lacks, as copies bring it, and a quotation of words that they changed.
_BEARABLE = frozenset({"unknown-unit", "stale-quote"})


def unbearable(result: Result) -> Iterator[Diagnostic]:
    """The errors of a plan that keep edits out of it, whether it has them already or would get them."""
    return (one for one in result.diagnostics if one.severity is Severity.ERROR and one.rule not in _BEARABLE)
