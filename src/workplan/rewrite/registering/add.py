"""The names of a plan that nobody registered, registered in memory until none is left."""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.check.rules.unknown_unit import unknown_names
from workplan.compiler import compile_plan
from workplan.language import syntax
from workplan.language.edit import Change
from workplan.language.scalar import File, Scalar
from workplan.rewrite.fix import RevisedSource
from workplan.rewrite.registering.entries import NewAlias, NewUnit, with_entries
from workplan.rewrite.registering.proposed import Remarks, counted, proposed
from workplan.source import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.compiler import Result
    from workplan.diagnostic import Diagnostic
    from workplan.plan.compiled import Plan
    from workplan.rewrite.registering.proposed import Mention
    from workplan.source import Source

#: What is registered changes how the rest is read; no real plan needs more rounds.
_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Additions:
    """What was registered: the new units, the new spellings of units that were there, and the change of the file.

    ``change`` is None where nothing was to be registered, or where it cannot be: then ``left`` are the findings that say why.
    """

    units: tuple[NewUnit, ...]
    aliases: tuple[NewAlias, ...]
    change: Change | None
    left: tuple[Diagnostic, ...]
    result: Result


def additions(source: Source, remarks: Remarks) -> Additions:
    """Register every name that the plan uses and the registry lacks; nothing is written.

    A registry that is not there yet is begun. It is all or nothing: where a name cannot be registered, none is.
    """
    before = _registry(source)
    if before is None:
        result = compile_plan(source)
        return Additions(
            units=(), aliases=(), change=None, left=tuple(_left(result, source.label(REGISTRY))), result=result
        )
    content = before
    units: list[NewUnit] = []
    aliases: list[NewAlias] = []
    result = _compiled(source, content)
    tried: set[str] = set()
    for _ in range(_ROUNDS):
        counts = counted(_mentions(result.plan), tried) if result.plan is not None else Counter()
        if result.plan is None or not counts:
            break
        tried |= counts.keys()
        more, spellings = proposed(counts, result.plan.book, result.plan.registry, remarks)
        text = with_entries(_decoded(content), more, spellings, "" if units else remarks.heading)
        if text is None:
            break
        units += more
        aliases += spellings
        content = codecs.BOM_UTF8 * content.startswith(codecs.BOM_UTF8) + text.encode()
        result = _compiled(source, content)
    left = tuple(_left(result, source.label(REGISTRY)))
    if left or not (units or aliases):
        return Additions(units=(), aliases=(), change=None, left=left, result=result)
    change = Change(source.label(REGISTRY), before, content)
    return Additions(units=tuple(units), aliases=tuple(aliases), change=change, left=(), result=result)


def _registry(source: Source) -> bytes | None:
    """The registry as it is, empty where there is none; None where it cannot be read."""
    try:
        return source.read(REGISTRY)
    except FileNotFoundError:
        return b""
    except OSError:  # which compiling the plan tells
        return None


def _decoded(content: bytes) -> str:
    return content.removeprefix(codecs.BOM_UTF8).decode()


def _compiled(source: Source, content: bytes) -> Result:
    """The plan with a registry of that content; where no list has been begun it is an empty one."""
    return compile_plan(RevisedSource(source, {REGISTRY: content if _is_begun(content) else b"units: []\n"}))


def _is_begun(content: bytes) -> bool:
    try:
        node, findings = syntax.parse(File("", _decoded(content)))
    except UnicodeDecodeError:  # which compiling it tells
        return True
    listed = node.get("units") if isinstance(node, syntax.Mapping) and len(node.entries) == 1 else node
    faulty = any(finding.rule != "empty-file" for finding in findings)
    return faulty or not (listed is None or (isinstance(listed, Scalar) and not listed.given))


def _left(result: Result, registry: str) -> Iterator[Diagnostic]:
    """What keeps the names from being registered: faults of the registry, or a plan that cannot be read at all."""
    for finding in result.diagnostics:
        unread = result.plan is None and finding.severity == "error"
        if unread or finding.rule == "unknown-unit" or (finding.span.file == registry and finding.severity == "error"):
            yield finding


def _mentions(plan: Plan) -> Iterator[Mention]:
    """Every place of a name that nobody registered."""
    for reference, name in unknown_names(plan):
        text, offset = reference.scalar.text, reference.offset
        phrase = next(phrase for phrase in reference.phrases if name in phrase.names)
        yield text[offset:], phrase, name
