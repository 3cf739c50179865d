"""How an item is worded in the document: number and title, text, clauses that run on, and the annotation of its units.

So is a table among items: its title with its number, its text, its lines.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workplan.language.model import Clause, TablePart
from workplan.language.scalar import Scalar
from workplan.plan.registry import bracketed
from workplan.view import runs, table
from workplan.view.frame import plain
from workplan.view.sequence import Element, Face, Paragraph, Role, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workplan.language.model import Part
    from workplan.plan.computed_style import ComputedStyle
    from workplan.plan.numbering import Numbered, NumberedPart
    from workplan.view.sequence import Block

#: A title that ends in one of these needs no stop of ours before the text that runs on.
_STOPS = "。！？：；…—，、"
_FACES = {1: Face.HEITI, 2: Face.KAITI}

#: The elements of one paragraph.
_Line = list[Element]


class Annotation(NamedTuple):
    """What is printed of ``units``: behind the text that it belongs to, or in lines of its own below it."""

    behind: tuple[Element, ...] = ()
    lines: tuple[tuple[Element, ...], ...] = ()


def heading(part: NumberedPart) -> tuple[Paragraph, ...]:
    """The title of a part with its number, and whoever answers for all of it; nothing where there is no title."""
    return _heading(part.part, part.address, part.printed_number, 1, part_annotation(part))


def part_annotation(part: NumberedPart) -> Annotation:
    """What is printed of the ``units`` of a part or table: behind or below its title, else where its text ends."""
    return _annotation(part.heading, f"{part.address}.units") if part.heading else Annotation()


def annotated(text: list[Paragraph], note: Annotation) -> list[Paragraph]:
    """Paragraphs with an annotation behind or below the last; alone where there is none."""
    if note.behind:
        text = [*text[:-1], Paragraph((*(text[-1].elements if text else ()), *note.behind))]
    return [*text, *(Paragraph(line) for line in note.lines)]


def _heading(part: Part, address: str, mark: str, level: int, note: Annotation) -> tuple[Paragraph, ...]:
    if part.title is None:
        return ()
    face = _FACES.get(level, Face.FANGSONG)
    printed = (*_number(mark, part.number, part.title, face), *runs.paragraphs(part.title, face))
    role = Role.RUN_IN if note.behind else Role.SECTION
    own = Element(address=f"{address}.title", role=role, runs=printed, owner=address, level=level)
    return tuple(annotated([Paragraph((own,))], note))


def own_blocks(numbered: Numbered) -> Iterator[Block]:
    """What is printed of the item itself, or of a table among items."""
    item = numbered.item
    if isinstance(item, TablePart):
        note = part_annotation(numbered.table) if numbered.table else Annotation()
        title = _heading(item, numbered.address, numbered.printed_number, numbered.level, note)
        text = list(plain("text", Role.TEXT, item.text, f"{numbered.address}."))
        yield from (*title, *text) if title else annotated(text, note)
        yield table.build(numbered.address, item)
        return
    anchor = item.id.text if isinstance(item, Clause) and item.id else ""
    for place, line in enumerate(_lines(numbered)):
        yield Paragraph(tuple(line), "" if place else anchor)


def _lines(numbered: Numbered) -> Iterator[Sequence[Element]]:
    item, style = numbered.item, numbered.style
    body, note = _body(numbered), _annotation(numbered, f"{numbered.address}/units")
    titled = isinstance(item, Clause) and item.title is not None
    if body:
        body[-1] = _annotated(body[-1], note.behind, style)
    if titled and body and style.titles == "run-in":
        yield [_title(numbered, Role.RUN_IN, stopped=True), *body[0]]
    elif titled:
        behind = () if body else note.behind
        yield [_title(numbered, Role.RUN_IN if behind else Role.SECTION), *behind]
        yield from body[:1]
    elif body:
        yield _marked(numbered, body[0])
    elif numbered.printed_number or note.behind:
        yield [*_mark_alone(numbered), *note.behind]
    yield from body[1:]
    yield from note.lines


def _body(numbered: Numbered) -> list[_Line]:
    """The paragraphs of an item, the clauses running on after the last."""
    item = numbered.item
    text = item if isinstance(item, Scalar) else item.text
    address = numbered.address if isinstance(item, Scalar) else f"{numbered.address}/text"
    body: list[_Line] = [
        [_element(numbered, address if place == 1 else f"{address}/{place}", Role.TEXT, (run,))]
        for place, run in enumerate(runs.paragraphs(text), 1)
    ]
    clauses = [element for clause in numbered.clauses for element in _clause(clause)]
    if clauses and body:
        body[-1] += clauses
    elif clauses:
        body = [clauses]
    return body


def _clause(clause: Numbered) -> _Line:
    """A clause as it runs on: its number and title, its text in one piece, its annotation."""
    item = clause.item
    text = tuple(runs.paragraphs(item.text if isinstance(item, Clause) else None))
    title: tuple[Run, ...] = ()
    if isinstance(item, Clause) and item.title is not None:
        title = tuple(runs.paragraphs(item.title))
        title = (*title, *_stop(item, title, Face.FANGSONG)) if text else title
    number = _own_number(clause, Face.FANGSONG)
    elements = [_element(clause, f"{clause.address}/title", Role.CLAUSE_TITLE, (*number, *title))] if title else []
    printed = text if title else (*number, *text)
    elements += [_element(clause, f"{clause.address}/text", Role.CLAUSE, printed)] if printed else []
    return _annotated(elements, _in_brackets(clause, f"{clause.address}/units"), clause.style, stop=bool(text))


def _title(numbered: Numbered, role: Role, *, stopped: bool = False) -> Element:
    """Number and title, with a stop where text runs in."""
    item = numbered.item
    assert isinstance(item, Clause)  # noqa: S101 - nothing else has a title
    face = _FACES.get(numbered.level, Face.FANGSONG)
    title = tuple(runs.paragraphs(item.title, face))
    stop = _stop(item, title, face) if stopped else ()
    return _element(numbered, f"{numbered.address}/title", role, (*_own_number(numbered, face), *title, *stop))


def _stop(item: Clause, title: Sequence[Run], face: Face) -> tuple[Run, ...]:
    """The full stop between a title and the text behind it, unless the title brings a mark of its own."""
    ends = title[-1].text[-1:] if title else ""
    return () if ends and ends in _STOPS else (runs.added("。", item, "title", face=face),)


def _marked(numbered: Numbered, line: _Line) -> _Line:
    """A paragraph behind the number of its item."""
    first = line[0]
    return [replace(first, runs=(*_own_number(numbered, Face.FANGSONG), *first.runs)), *line[1:]]


def _mark_alone(numbered: Numbered) -> _Line:
    printed = _own_number(numbered, Face.FANGSONG)
    return [_element(numbered, f"{numbered.address}/number", Role.TEXT, printed)] if printed else []


def _own_number(numbered: Numbered, face: Face) -> tuple[Run, ...]:
    item = numbered.item
    if isinstance(item, Scalar):
        return ()
    return _number(numbered.printed_number, item.number, item.key() or item.title, face)


def _number(mark: str, given: Scalar | None, key: Scalar | None, face: Face) -> tuple[Run, ...]:
    """A printed number: to the letter as given, or worked out from what is given or counted."""
    if not mark:
        return ()
    if given is None:
        return (Run(mark, face, key or runs.NOWHERE, number="counted"),)
    return (Run(text=mark, face=face, scalar=given, start=0 if given.text == mark else None, number="given"),)


def phrases(numbered: Numbered) -> tuple[Scalar, ...]:
    """The phrases of the item's ``units`` as they are written."""
    units = numbered.item.units if isinstance(numbered.item, Clause) else None
    if units is None:
        return ()
    return (units,) if isinstance(units, Scalar) else tuple(units.values())


def _element(numbered: Numbered, address: str, role: Role, printed: Sequence[Run]) -> Element:
    return Element(address=address, role=role, runs=tuple(printed), owner=numbered.address, level=numbered.level)


def _annotation(numbered: Numbered, address: str) -> Annotation:
    """What is printed of the item's ``units``, as its style has it; nothing where nothing is."""
    item, style = _responsible(numbered), numbered.style.annotations
    if item and (style == "role-lines" or (isinstance(item.units, Scalar) and "\n" in item.units.text)):
        lines = enumerate(_role_lines(numbered, item), 1)
        return Annotation(
            lines=tuple(
                (_element(numbered, address if place == 1 else f"{address}/{place}", Role.UNITS, line),)
                for place, line in lines
            )
        )
    note = _in_brackets(numbered, address)
    if style == "own-line" and note:
        return Annotation(lines=((replace(note[0], runs=runs.stripped(note[0].runs)),),))
    return Annotation(behind=note)


def _responsible(numbered: Numbered) -> Clause | None:
    """The item itself, where it has ``units`` that are printed."""
    item = numbered.item
    return (
        item if isinstance(item, Clause) and item.units is not None and numbered.style.annotations != "none" else None
    )


def _role_lines(numbered: Numbered, item: Clause) -> Iterator[Sequence[Run]]:
    """A line without brackets for each label, or for each line of a text as it is written."""
    if isinstance(item.units, dict):
        yield from (tuple(_labelled(item, label, words)) for label, words in item.units.items())
        return
    label = _usual_label(numbered)
    for run in runs.paragraphs(item.units):
        yield (*label, run)
        label = ()


def _in_brackets(numbered: Numbered, address: str) -> tuple[Element, ...]:
    """The item's ``units`` as one annotation, brackets included."""
    item = _responsible(numbered)
    if item is None or item.units is None:
        return ()
    printed = _phrases(item, item.units) if isinstance(item.units, dict) else _phrase(numbered, item.units)
    return (_element(numbered, address, Role.UNITS, tuple(printed)),)


def _phrases(item: Clause, units: Mapping[str, Scalar]) -> Iterator[Run]:
    """A phrase for each label: （牵头单位：甲；配合单位：乙）."""
    before = "（"
    for label, words in units.items():
        yield runs.added(before, item, "units")
        yield from _labelled(item, label, words)
        before = "；"
    yield runs.added("）" if before == "；" else "（）", item, "units")


def _labelled(item: Clause, label: str, words: Scalar) -> Iterator[Run]:
    """A label that is a key, and what stands under it: 牵头单位：甲."""
    key = item.key("units", label)
    yield Run(label, Face.FANGSONG, key or words, 0 if key and key.text == label else None)
    yield runs.added("：", item, "units")
    yield runs.own(words)


def _phrase(numbered: Numbered, units: Scalar) -> Iterator[Run]:
    """One phrase, in brackets of its own or in ours."""
    assert isinstance(numbered.item, Clause)  # noqa: S101 - it has units
    if bracketed(units.text):
        yield runs.own(units)
        return
    label = "".join(run.text for run in _usual_label(numbered))
    yield runs.added(f"（{label}", numbered.item, "units")
    yield runs.own(units)
    yield runs.added("）", numbered.item, "units")


def _usual_label(numbered: Numbered) -> tuple[Run, ...]:
    """The style's label with its colon, where the phrase of ``units`` has neither label nor verb, nor brackets of its own."""
    item, style = numbered.item, numbered.style
    assert isinstance(item, Clause)  # noqa: S101 - it has units
    own = [reference for reference in numbered.unit_references or () if reference.source == "units"]
    spoken = any(part.label or part.verb for reference in own for part in reference.phrases)
    return () if spoken or not style.label else (runs.added(f"{style.label}：", item, "units"),)


def _annotated(line: _Line, note: Sequence[Element], style: ComputedStyle, *, stop: bool = True) -> _Line:
    """A paragraph with the annotation behind it, or before the full stop that ends it; ``stop`` says that there may be one."""
    if not note:
        return line
    last = line[-1].runs[-1] if line and line[-1].runs else None
    if last is None or style.annotations != "before-stop" or not stop or not last.text.endswith("。"):
        return [*line, *note]
    element = line[-1]
    before = replace(element, runs=tuple(run for run in (*element.runs[:-1], last.part(0, -1)) if run.text))
    behind = replace(element, address=f"{element.address}/end", runs=(last.part(-1),))
    return [*line[:-1], *((before,) if before.runs else ()), *note, behind]
