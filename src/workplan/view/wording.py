"""How an item is worded in the document: number and title, text, clauses that run on, and the annotation of its units.

So is a table among items: its title with its number, its text, its lines.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.language.model import Clause, TablePart
from workplan.language.scalar import Scalar
from workplan.plan.registry import phrase
from workplan.view import runs, table
from workplan.view.frame import plain
from workplan.view.sequence import Element, Face, Paragraph, Role, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.language.model import Part
    from workplan.plan.computed_style import ComputedStyle
    from workplan.plan.numbering import Numbered, NumberedPart
    from workplan.view.sequence import Block

#: A title that ends in one of these needs no stop of ours before the text that runs on.
_STOPS = "。！？：；…—，、"
_FACES = {1: Face.HEITI, 2: Face.KAITI}

#: The elements of one paragraph.
_Line = list[Element]


def heading(part: NumberedPart) -> Paragraph | None:
    """The title of a part with its number, and whoever answers for all of it."""
    return _heading(part.part, part.address, part.printed_number, 1, part_annotation(part))


def part_annotation(part: NumberedPart) -> tuple[Element, ...]:
    """What is printed of the ``units`` of a part or table: behind its title, else where its text ends."""
    note = _annotation(part.heading) if part.heading else ()
    return tuple(replace(one, address=f"{part.address}.units") for one in note)


def annotated(text: list[Paragraph], note: tuple[Element, ...]) -> list[Paragraph]:
    """Paragraphs with an annotation behind the last; alone where there is none."""
    return [*text[:-1], Paragraph((*(text[-1].elements if text else ()), *note))]


def _heading(part: Part, address: str, mark: str, level: int, note: tuple[Element, ...]) -> Paragraph | None:
    if part.title is None:
        return None
    face = _FACES.get(level, Face.FANGSONG)
    printed = (*_number(mark, part.number, part.title, face), *runs.paragraphs(part.title, face))
    role = Role.RUN_IN if note else Role.SECTION
    own = Element(address=f"{address}.title", role=role, runs=printed, owner=address, level=level)
    return Paragraph((own, *note))


def own_blocks(numbered: Numbered) -> Iterator[Block]:
    """What is printed of the item itself, or of a table among items."""
    item = numbered.item
    if isinstance(item, TablePart):
        note = part_annotation(numbered.table) if numbered.table else ()
        title = _heading(item, numbered.address, numbered.printed_number, numbered.level, note)
        text = [title] if title else []
        text += plain("text", Role.TEXT, item.text, f"{numbered.address}.")
        yield from text if title or not note else annotated(text, note)
        yield table.build(numbered.address, item)
        return
    anchor = item.id.text if isinstance(item, Clause) and item.id else ""
    for place, line in enumerate(_lines(numbered)):
        yield Paragraph(tuple(line), "" if place else anchor)


def _lines(numbered: Numbered) -> Iterator[_Line]:
    item, style = numbered.item, numbered.style
    body, note = _body(numbered), _annotation(numbered)
    own_line = style.annotations == "own-line"
    titled = isinstance(item, Clause) and item.title is not None
    if body and not own_line:
        body[-1] = _annotated(body[-1], note, style)
    if titled and body and style.titles == "run-in":
        yield [_title(numbered, Role.RUN_IN, stopped=True), *body[0]]
    elif titled:
        behind = () if body or own_line else note
        yield [_title(numbered, Role.RUN_IN if behind else Role.SECTION), *behind]
        yield from body[:1]
    elif body:
        yield _marked(numbered, body[0])
    elif numbered.printed_number or (note and not own_line):
        yield [*_mark_alone(numbered), *(() if own_line else note)]
    yield from body[1:]
    if own_line and note:
        yield [replace(note[0], runs=runs.stripped(note[0].runs))]


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
    return _annotated(elements, _annotation(clause), clause.style, stop=bool(text))


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


def _annotation(numbered: Numbered) -> tuple[Element, ...]:
    """What is printed of the item's ``units``, brackets included; nothing where nothing is."""
    item, style = numbered.item, numbered.style
    if not isinstance(item, Clause) or item.units is None or style.annotations == "none":
        return ()
    printed = tuple(_phrases(item)) if isinstance(item.units, dict) else tuple(_phrase(numbered, item.units))
    return (_element(numbered, f"{numbered.address}/units", Role.UNITS, printed),)


def _phrases(item: Clause) -> Iterator[Run]:
    """A phrase for each label: （牵头单位：甲；配合单位：乙）."""
    assert isinstance(item.units, dict)  # noqa: S101 - asked before
    before = "（"
    for label, words in item.units.items():
        yield runs.added(before, item, "units")
        key = item.key("units", label)
        yield Run(label, Face.FANGSONG, key or words, 0 if key and key.text == label else None)
        yield runs.added("：", item, "units")
        yield runs.own(words)
        before = "；"
    yield runs.added("）" if before == "；" else "（）", item, "units")


def _phrase(numbered: Numbered, units: Scalar) -> Iterator[Run]:
    """One phrase, in brackets of its own or in ours, with the style's label where it has neither label nor verb."""
    item, style = numbered.item, numbered.style
    assert isinstance(item, Clause)  # noqa: S101 - it has units
    if phrase.bracketed(units.text):
        yield runs.own(units)
        return
    own = [reference for reference in numbered.unit_references or () if reference.source == "units"]
    spoken = any(part.label or part.verb for reference in own for part in reference.phrases)
    yield runs.added("（" if spoken or not style.label else f"（{style.label}：", item, "units")
    yield runs.own(units)
    yield runs.added("）", item, "units")


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
