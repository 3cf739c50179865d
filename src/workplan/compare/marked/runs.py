"""The runs of a paragraph, character by character, and runs made anew of those that stayed, went and came."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from lxml import etree

from workplan.render.docx.address import AT, runs
from workplan.render.docx.markup import W

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from workplan.compare.change import ChangeSign, Piece
    from workplan.compare.marked.revision_marks import RevisionKind, RevisionMarks

#: What stands for a picture, a field or anything else in a run that is no character.
_OBJECT = "\ufffc"
_CHARACTERS = {f"{W}br": "\n", f"{W}tab": "\t"}


@dataclass(frozen=True, slots=True)
class RunCharacter:
    """One character with the properties of its run, as an element and (``look``) as bytes to compare.

    ``node`` is what it is where it is no letter; ``at`` the mark of the element that says it.
    """

    character: str
    properties: _Element | None
    look: bytes
    node: _Element | None = None
    at: str = ""


def units(paragraph: _Element) -> list[RunCharacter]:
    """All that a paragraph says."""
    return [unit for run in runs(paragraph) for unit in _units(run)]


def _units(run: _Element) -> Iterator[RunCharacter]:
    properties = run.find(f"{W}rPr")
    look = b"" if properties is None else etree.tostring(properties, method="c14n")
    at = run.get(AT, "")
    for child in run:
        if child.tag == f"{W}t":
            yield from (RunCharacter(character, properties, look, at=at) for character in child.text or "")
        elif child.tag != f"{W}rPr":
            yield RunCharacter(
                character=_CHARACTERS.get(str(child.tag), _OBJECT), properties=properties, look=look, node=child, at=at
            )


def empty(paragraph: _Element) -> list[_Element]:
    """The runs of a paragraph that says nothing, as far as they hold the place of an element."""
    return [] if units(paragraph) else [deepcopy(run) for run in runs(paragraph) if run.get(AT)]


def words(paragraph: _Element) -> str:
    """The characters of a paragraph in one string."""
    children = (child for run in runs(paragraph) for child in run if child.tag != f"{W}rPr")
    return "".join(
        child.text or "" if child.tag == f"{W}t" else _CHARACTERS.get(str(child.tag), _OBJECT) for child in children
    )


def text(found: Iterable[RunCharacter]) -> str:
    """The characters in one string."""
    return "".join(unit.character for unit in found)


@dataclass(frozen=True, slots=True)
class MarkedCharacter:
    """A unit as the marked paragraph has it: the mark, itself, and for one that stayed how it looked before."""

    sign: ChangeSign
    unit: RunCharacter
    before: RunCharacter


def merged(
    old: Sequence[RunCharacter], new: Sequence[RunCharacter], compare: Callable[[str, str], Sequence[Piece]]
) -> list[MarkedCharacter]:
    """Both sides in one sequence."""
    left, right = iter(old), iter(new)
    found: list[MarkedCharacter] = []
    for sign, piece in compare(text(old), text(new)):
        for _ in piece:
            before = next(left) if sign != "+" else None
            unit = next(right) if sign != "-" else before
            assert unit is not None  # noqa: S101 - one of the sides has it
            found.append(MarkedCharacter(sign, unit, before or unit))
    return found


def marked_runs(
    found: Iterable[MarkedCharacter], kinds: dict[ChangeSign, RevisionKind], revision: RevisionMarks
) -> Iterator[_Element]:
    """The runs of a paragraph, those that a kind is given for marked in it; a mark without an entry is left out."""
    kept = [one for one in found if one.sign in kinds]
    for sign, group in groupby(kept, key=lambda one: one.sign):
        made = list(_made(group, kinds[sign], revision))
        if kinds[sign]:
            holder = revision.element(kinds[sign])
            holder.extend(made)
            yield holder
        else:
            yield from made


def _made(found: Iterable[MarkedCharacter], kind: RevisionKind, revision: RevisionMarks) -> Iterator[_Element]:
    # What only the old document says has no address in the new one.
    stays = kind not in ("del", "moveFrom")
    for _, group in groupby(found, key=lambda one: (one.unit.look, one.before.look, one.unit.at if stays else "")):
        alike = list(group)
        first = alike[0]
        run = etree.Element(f"{W}r", {AT: first.unit.at} if stays and first.unit.at else {})
        properties = (first.before if kind == "moveFrom" else first.unit).properties
        if properties is not None:
            run.append(deepcopy(properties))
        if not kind and first.unit.look != first.before.look:
            _relooked(run, first.before, revision)
        _fill(run, [one.unit for one in alike], "delText" if kind == "del" else "t")
        yield run


def _relooked(run: _Element, before: RunCharacter, revision: RevisionMarks) -> None:
    """A run that says what it said in another face or size."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.SubElement(run, f"{W}rPr")
    old = etree.Element(f"{W}rPr") if before.properties is None else deepcopy(before.properties)
    revision.changed(properties, old)


def _fill(run: _Element, found: Sequence[RunCharacter], name: str) -> None:
    for is_letter, group in groupby(found, key=lambda unit: unit.node is None):
        if is_letter:
            holder = etree.SubElement(run, f"{W}{name}")
            holder.text = text(group)
            holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        else:
            run.extend(deepcopy(unit.node) for unit in group if unit.node is not None)
