"""All files of a plan to their canonical layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workplan.diagnostic import Diagnostic, has_errors
from workplan.language.edit import Change
from workplan.language.model import Document, Part, Registry
from workplan.language.model.decode import of_keys
from workplan.language.syntax import parse
from workplan.rewrite.fmt.emit import of_tree
from workplan.source import DOCUMENT, REGISTRY, read_text

if TYPE_CHECKING:
    from workplan.source import Source


def formatted(source: Source) -> tuple[tuple[Change, ...], tuple[Diagnostic, ...]]:
    """The files of a plan, and its registry, that are not in canonical layout, as they should be.

    The findings say which files cannot be read, and so were left as they are.
    """
    changes: list[Change] = []
    findings: list[Diagnostic] = []
    parts = [name for name in source.parts() if name != DOCUMENT]
    kinds: dict[str, Any] = {DOCUMENT: Document, REGISTRY: Registry, **dict.fromkeys(parts, Part)}
    for name, kind in kinds.items():
        file, faults = read_text(source, name)
        root = None
        if file is not None:
            root, found = parse(file)
            faults = of_keys(found)
        if file is None or has_errors(faults):
            findings += faults
            continue
        change = Change(file.name, file.content, file.encoded(of_tree(file, root, kind) if root else file.text))
        if change.before != change.after:
            changes.append(change)
    return tuple(changes), tuple(findings)
