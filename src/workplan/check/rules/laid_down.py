"""What the text lays down for all that follows (列第一位的为牵头单位，下同), and how ``rules`` in document.yaml says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.check.rules.phrases import UnitPhrase, unit_phrases
from workplan.diagnostic import Replacement
from workplan.language.edit import escaped
from workplan.plan.registry import parse

if TYPE_CHECKING:
    from workplan.diagnostic import Span
    from workplan.plan.compiled import Plan
    from workplan.plan.registry import LaidDown

#: What YAML takes as it is typed.
_PLAIN = re.compile(r"\w[\w、，；（）〔〕—-]*")


def first_onward(plan: Plan, *kinds: str) -> tuple[LaidDown, Span] | None:
    """The first sentence of these kinds that holds for what follows as well, and its place."""
    return next(((rule, named.words(rule)) for named, rule in _onward(plan) if rule.kind in kinds), None)


def rest_onward(plan: Plan) -> tuple[LaidDown, Span] | None:
    """The first sentence that makes those who do not lead support in what follows as well, and its place."""
    return next(((rule, named.words(rule)) for named, rule in _onward(plan) if rule.rest == "support"), None)


def _onward(plan: Plan) -> list[tuple[UnitPhrase, LaidDown]]:
    return [(named, rule) for named in unit_phrases(plan) for rule in named.phrase.rules if rule.onward]


def leading(rule: LaidDown) -> str:
    """What ``rules: {first: …}`` says as a sentence does; "" where no value does (前两家为牵头单位)."""
    if rule.kind == "comma":
        return "before-comma"
    return "lead" if rule.count == 1 else ""


def correction(plan: Plan) -> tuple[Replacement, ...] | None:
    """``rules`` with all that the text lays down, written below document.yaml; None where a person has to.

    That is where the document has ``rules`` already, or where what is laid down cannot be said so without loss.
    """
    document = plan.document
    if document.node.key("rules") is not None or "rules" in document.node.left_out:
        return None
    said = {}
    first, rest, everyone = first_onward(plan, "first", "comma"), rest_onward(plan), first_onward(plan, "everyone")
    if first:
        said["first"] = leading(first[0])
    if rest:
        said["rest"] = "support"
    if everyone:
        said["everyone"] = _everyone(plan, everyone[0].words)
    if not said or not all(said.values()):
        return None
    file = document.title.file
    end = "\r\n" if "\r\n" in file.text else "\n"
    line = ", ".join(f"{key}: {_yaml(value)}" for key, value in said.items())
    whole = len(file.text)
    return (Replacement(file.span(whole, whole), f"rules: {{{line}}}{end}", adds=True),)


def _everyone(plan: Plan, words: str) -> str:
    """The words if they are nothing but registered units."""
    phrases = parse(words, plan.book)
    names = [name for phrase in phrases for name in phrase.names]
    known = bool(names) and all(name.unit for name in names)
    return words if known and not any(phrase.doubts for phrase in phrases) else ""


def _yaml(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else f'"{escaped(value, chr(34))}"'
