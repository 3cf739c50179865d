"""Nodes to model: what pydantic says of a path becomes a finding at a place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from workplan.diagnostic import SURE, Arguments, Diagnostic, Replacement, Span, nearest
from workplan.language import lost_structure
from workplan.language.model import DocumentStyle, Record, Style
from workplan.language.model.words import glossed_keys, glossed_values, is_role, meant_key, meant_value
from workplan.language.scalar import Scalar
from workplan.language.syntax import KeyValue, Mapping, Node, Sequence

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from pydantic_core import ErrorDetails
    from typing_extensions import TypeForm

T = TypeVar("T")
#: Where something is: the keys and places in lists that lead to it from the root.
_Path = tuple[int | str, ...]
#: The variants of findings of the syntax that mean a key, whatever word stands there.
_OF_KEYS = ("wide-colon", *lost_structure.OF_KEYS)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a type form, which may be a union
    return TypeAdapter(kind)


def decode(node: Node, kind: TypeForm[T]) -> tuple[T | None, tuple[Diagnostic, ...]]:
    """Read ``node`` as ``kind`` (a record, or a union of records), with all its faults.

    What is at fault is left out, so that the rest can be checked too; None where nothing can be made of it.
    """
    try:
        return _adapter(cast("Hashable", kind)).validate_python(node), ()
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
    findings = _once(finding for fault in faults for finding in _findings(node, kind, fault))
    node = _without(node, {_written(node, fault["loc"]) for fault in faults})
    try:
        return _adapter(cast("Hashable", kind)).validate_python(node), findings
    except ValidationError:
        return None, findings


def _written(node: Node, steps: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The steps that the file has itself: a union's tag is none, nor is the place of one thing that may be a list."""
    path: list[int | str] = []
    at: Node | None = node
    for step in steps:
        if isinstance(step, int):
            if isinstance(at, Sequence):
                at = at.items[step] if step < len(at.items) else None
                path.append(step)
        elif not step.startswith("="):
            at = at.get(step) if isinstance(at, Mapping) else None
            path.append(step)
    return tuple(path)


def _without(node: Node, paths: Iterable[_Path]) -> Node:
    """The tree without the nodes at ``paths``; a mapping remembers the keys that went."""
    below: dict[int | str, list[_Path]] = {}
    for path in filter(None, paths):
        below.setdefault(path[0], []).append(path[1:])
    if not below or isinstance(node, Scalar):
        return node
    if isinstance(node, Sequence):
        left = [
            _without(item, below.get(place, ()))
            for place, item in enumerate(node.items)
            if () not in below.get(place, ())
        ]
        return Sequence(node.span, tuple(left))
    kept: list[KeyValue] = []
    gone = {str(step) for step in below}
    for entry in node.entries:
        rest = below.get(entry.key.text)
        if rest is None or () not in rest:
            kept.append(entry if rest is None else KeyValue(entry.key, _without(entry.value, rest)))
            gone.discard(entry.key.text)
    return Mapping(node.span, tuple(kept), node.left_out | gone)


def _once(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """One fault, one finding: a misspelt key is not also reported as missing."""
    kept = tuple(findings)
    spelt = {(finding.arguments["near"]) for finding in kept if finding.rule == "unknown-key"}
    return tuple(finding for finding in kept if finding.rule != "missing-key" or finding.arguments["key"] not in spelt)


def _findings(root: Node, kind: object, fault: ErrorDetails) -> Iterator[Diagnostic]:
    path = fault["loc"][:-1] if fault["type"] in ("missing", "extra_forbidden") else fault["loc"]
    node, key, walked = _follow(root, path)
    context: dict[str, str | int] = dict(fault.get("ctx") or {})
    match fault["type"]:
        case "missing":
            yield Diagnostic("missing-key", _head(node), {"key": str(fault["loc"][-1])})
        case "extra_forbidden":
            yield _unknown_key(node, str(fault["loc"][-1]), _record(kind, walked))
        case "empty-text":
            span = key.span if key else _head(node)
            quoted = isinstance(node, Scalar) and node.style in ("'", '"') and not context.get("none")
            yield Diagnostic(
                "empty-text",
                span,
                {"key": key.text if key else ""},
                variant="item" if key is None else "quotes" if quoted else "",
            )
        case "wrong-type":
            yield _wrong_type(node, key, context)
        case "bad-value":
            yield _bad_value(node, key or _above(root, path), context)
        case _:
            yield Diagnostic("bad-value", _head(node), {"value": str(fault["msg"]), "key": ""}, variant="other")


def _follow(node: Node, path: tuple[int | str, ...]) -> tuple[Node, Scalar | None, tuple[str, ...]]:
    """The node at the end of the path, the key it stands under, and the keys on the way; union tags are passed over."""
    key: Scalar | None = None
    walked: list[str] = []
    for step in path:
        if isinstance(step, int) and isinstance(node, Sequence) and step < len(node.items):
            node, key = node.items[step], None
        elif isinstance(step, str) and step.startswith("="):
            walked.append(step)
        elif isinstance(step, str) and isinstance(node, Mapping) and (value := node.get(step)) is not None:
            key = node.key(step)
            node = value
            walked.append(step)
    return node, key, tuple(walked)


def _above(root: Node, path: tuple[int | str, ...]) -> Scalar | None:
    """The key that a value in a list stands under."""
    found = (_follow(root, path[:end])[1] for end in range(len(path) - 1, 0, -1))
    return next((key for key in found if key is not None), None)


def _head(node: Node) -> Span:
    if isinstance(node, Mapping) and node.entries:
        return node.entries[0].key.span
    if isinstance(node, Sequence) and node.items:
        return _head(node.items[0])
    return node.span


def _unknown_key(node: Node, name: str, record: type[BaseModel]) -> Diagnostic:
    own = node if isinstance(node, Mapping) else Mapping(node.span, ())
    key, value, known = own.key(name), own.get(name), _names_of(record)
    span = key.span if key else node.span
    meant = meant_key(name, value, record, known) if issubclass(record, Record) else ""
    if not meant and not name.isascii() and isinstance(value, Scalar) and not value.given:
        return Diagnostic("lost-text", span, {"text": f"{name}:"}, variant="colon-at-end")
    glossed = glossed_keys(record, known) if issubclass(record, Record) else ""
    arguments: Arguments = {"key": name, "near": meant or nearest(name, known), "known": glossed}
    if record is Style and not meant and name in _names_of(DocumentStyle):
        return Diagnostic("unknown-key", span, {**arguments, "near": ""}, variant="document")
    if issubclass(record, Record) and is_role(name, record, known):
        return Diagnostic("unknown-key", span, {**arguments, "near": ""}, variant="role")
    sure = meant or nearest(name, known, SURE)
    fix = (Replacement(span, sure),) if sure and own.key(sure) is None else None
    return Diagnostic("unknown-key", span, arguments, variant="near" if arguments["near"] else "", fix=fix)


def _wrong_type(node: Node, key: Scalar | None, context: dict[str, str | int]) -> Diagnostic:
    if isinstance(node, Mapping) and context["expected"] == "text" and len(node.entries) == 1:
        entry = node.entries[0]
        if not entry.key.text.isascii():
            return Diagnostic("lost-text", entry.key.span, {"text": f"{entry.key.text}:"}, variant="colon-in-text")
    arguments: Arguments = {"key": key.text if key else "", **context}
    variant = str(context["expected"]) if key else f"{context['expected']}-here"
    return Diagnostic("wrong-type", _head(node), arguments, variant=variant)


def _bad_value(node: Node, key: Scalar | None, context: dict[str, str | int]) -> Diagnostic:
    variant = str(context.pop("variant"))
    arguments: dict[str, str | int] = {"key": key.text if key else "", **context}
    choices = tuple(filter(None, str(context.get("choices", "")).split("、")))
    word = str(context["value"])
    meant = meant_value(word, choices)
    near = meant or nearest(word, choices, SURE)
    if choices:
        arguments |= {"choices": glossed_values(choices), "near": near}
    fix = (Replacement(node.span, near),) if near else None
    return Diagnostic("bad-value", node.span, arguments, variant="meant" if meant else variant, fix=fix)


@cache
def every_key() -> frozenset[str]:
    """All keys that any record of a plan may have."""
    found: set[str] = set()
    waiting: list[type[BaseModel]] = [Record]
    while waiting:
        kind = waiting.pop()
        found.update(field.alias or name for name, field in kind.model_fields.items())
        waiting += kind.__subclasses__()
    return frozenset(found)


def of_keys(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What the syntax found, less what speaks of words that are no key of the plan language: ``app：`` begins a text."""
    return tuple(finding for finding in findings if not _is_text(finding))


def _is_text(finding: Diagnostic) -> bool:
    key = str(finding.arguments.get("key", ""))
    return finding.variant in _OF_KEYS and key.isascii() and key not in every_key()


def _record(kind: object, walked: tuple[str, ...]) -> type[BaseModel]:
    """The record at the end of the walk."""
    record = kind
    for step in walked:
        record = _step(record, step)
    return next(iter(_records(record)), Record)


def _names_of(record: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in record.model_fields.items())


def _step(record: object, step: str) -> object:
    if step.startswith("="):
        tagged = [choice for choice in _choices(record) if step in _tags(choice)]
        return tagged[0] if tagged else record
    for found in _records(record):
        if step in found.model_fields:
            return found.model_fields[step].annotation
    return record


def _choices(kind: object) -> list[object]:
    """Every alternative inside a type, outermost first."""
    return [kind, *(inner for argument in get_args(kind) for inner in _choices(argument))]


def _tags(kind: object) -> set[str]:
    return {str(tag.tag) for tag in getattr(kind, "__metadata__", ()) if hasattr(tag, "tag")}


def _records(kind: object) -> list[type[BaseModel]]:
    return [choice for choice in _choices(kind) if isinstance(choice, type) and issubclass(choice, BaseModel)]
