"""Whatever key of the language changes what is printed, the comparison tells of it: nothing that prints can be forgotten."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from full_plans import FULL, YEARS
from test_full_keys import below, own_fields, record_types, words
from workplan import view
from workplan.compare.plans import compare
from workplan.compiler import compile_plan
from workplan.language.scalar import Scalar
from workplan.language.syntax import Mapping, Sequence, walk
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.language.model import Record
    from workplan.language.syntax import Node
    from workplan.plan.compiled import Plan

#: Words that most keys take in place of what they have.
_OTHERS = ("2034-02-03", "7", "否", "是", "附录", "其二、")
#: So many places of one key are tried in one plan: the first may stand where it does not print.
_TRIED = 12


def files(year: str) -> dict[str, str]:
    folder = FULL / "plan" / year
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    return found | {"../units.yaml": (FULL / "plan" / "units.yaml").read_text(encoding="utf-8")}


def compiled(texts: dict[str, str]) -> Plan | None:
    result = compile_plan(Memory(texts))
    return result.plan if result.clean else None


def printed(plan: Plan) -> str:
    return re.sub(r"\s", "", "".join(element.text for element in view.official(plan).elements))


def values(record: Record, key: str) -> Iterator[Scalar]:
    """The texts under a key, those of records below it left out: they have keys of their own."""
    node = record.node.get(key)
    nodes: list[Node | None] = list(node.items) if isinstance(node, Sequence) else [node]
    for one in nodes:
        if isinstance(one, Scalar):
            yield one
        elif isinstance(one, Mapping) and key in ("units", "targets", "checks"):
            yield from (found for found in walk(one) if isinstance(found, Scalar))


def changed(texts: dict[str, str], scalar: Scalar, words: str) -> dict[str, str]:
    """The files with another text in place of one."""
    name = next(name for name, text in texts.items() if text == scalar.file.text)
    whole = json.dumps(words.replace("\n", "\n\n"), ensure_ascii=False)
    end = "\n" if scalar.style in ("|", ">") else ""
    return {**texts, name: f"{texts[name][: scalar.start]}{whole}{end}{texts[name][scalar.end :]}"}


def places() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every key of the language, with the words that it chooses from."""
    for kind in record_types():
        for name, field in own_fields(kind).items():
            choices = words(field.annotation) | {word for note in field.metadata for word in words(note)}
            yield kind.__name__, field.alias or name, tuple(sorted(choices))


PLACES = tuple(places())


@pytest.mark.parametrize(("kind", "key", "choices"), PLACES, ids=[f"{kind}.{key}" for kind, key, _ in PLACES])
def test_a_key_that_changes_what_is_printed_is_told(kind: str, key: str, choices: tuple[str, ...]) -> None:
    """Blanks aside; a plan that the change would break, and one that prints as before, prove nothing."""
    for year in YEARS:
        texts = files(year)
        before = compiled(texts)
        assert before is not None
        records = [before.document, *(section.part for section in before.sections), before.registry]
        owners = [record for root in records for record in below(root)]
        mine = [record for record in owners if kind in (base.__name__ for base in type(record).__mro__)]
        tried = [scalar for record in mine for scalar in values(record, key)][:_TRIED]
        for scalar in tried:
            for other in (f"{scalar.text}增", f"增{scalar.text}", *choices, *_OTHERS):
                after = compiled(changed(texts, scalar, other))
                if after is None or printed(after) == printed(before):
                    continue
                found = compare(before, after)
                assert found.changes or found.renumbered, f"{year}: {key}: {scalar.text!r} → {other!r}"
                break
