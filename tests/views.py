"""Views made of plain words: what the tests of renderers print, without a plan behind it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from workplan.language.scalar import File, Scalar
from workplan.view.assignments import Assignment, Due, NamedUnit, PossibleGroup, Target
from workplan.view.blocks import Imprint, Masthead, Official, PageOptions
from workplan.view.order import AttachmentParts, DocumentParts, SignedText, sections
from workplan.view.sequence import Cell, Element, Face, Paragraph, Role, Run, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workplan.view.assignments import Role as UnitRole
    from workplan.view.blocks import Attachment
    from workplan.view.disclosure import Disclosure
    from workplan.view.section import Section
    from workplan.view.sequence import Block

_FACES = {1: Face.HEITI, 2: Face.KAITI}


def run(text: str, face: Face = Face.FANGSONG) -> Run:
    """Words as if they stood alone in a file."""
    source = Scalar(file=File("样本.yaml", text), start=0, end=len(text), style="", value=text)
    return Run(text=text, face=face, scalar=source, start=0)


def added(text: str) -> Run:
    """Words that workplan adds."""
    return dataclasses.replace(run(text), start=None)


def element(text: str, role: Role, address: str = "样本", level: int = 0) -> Element:
    """One element."""
    return Element(address=address, role=role, runs=(run(text),) if text else (), owner=address, level=level)


def _set(*elements: Element, anchor: str = "") -> Paragraph:
    """These elements, printed as one paragraph."""
    return Paragraph(elements=elements, anchor=anchor)


def paragraph(text: str, head: str = "", level: int = 0, anchor: str = "") -> Paragraph:
    """A paragraph of running text; ``head`` is a title with its number."""
    role = Role.RUN_IN if text else Role.SECTION
    title = (
        (
            Element(
                address="题", role=role, runs=(run(head, _FACES.get(level, Face.FANGSONG)),), owner="样本", level=level
            ),
        )
        if head
        else ()
    )
    return _set(*title, *((element(text, Role.TEXT),) if text or not head else ()), anchor=anchor)


def cell(text: str, rowspan: int = 1, colspan: int = 1, column: int = 0) -> Cell:
    """A cell of a table."""
    return Cell(element=element(text, Role.CELL), rowspan=rowspan, colspan=colspan, column=column)


def table_of(
    header: tuple[tuple[Cell, ...], ...], rows: tuple[tuple[Cell, ...], ...], widths: tuple[float, ...]
) -> Table:
    """A table of cells."""
    return Table(header=header, rows=rows, widths=widths)


def masthead_of(names: tuple[str, ...], suffix: str) -> Masthead:
    """A 发文机关标志."""
    return Masthead(names=names, suffix=suffix)


def imprint_of(cc: str, office: str, date: str) -> Imprint:
    """A 版记."""
    return Imprint(cc=cc, office=office, date=date)


def unit_of(printed: str, unit: str, role: UnitRole) -> NamedUnit:
    """A unit as it is printed, with the name that the registry has for it."""
    return NamedUnit(printed=printed, unit=unit, role=role)


def due_of(text: str, date: str | None) -> Due:
    """A deadline."""
    return Due(text=text, date=date)


def target_of(name: str, text: str, value: float | None, unit: str) -> Target:
    """A target figure."""
    return Target(name=name, text=text, value=value, unit=unit)


def possible_of(group: str, places: tuple[str, ...]) -> PossibleGroup:
    """A group that may mean the unit of a sheet, and where it is named."""
    return PossibleGroup(group=group, places=places)


def assignment_of(
    label: str,
    printed: str,
    *,
    open: bool,  # noqa: A002 - the field's own name
    units: tuple[NamedUnit, ...],
    source: Literal["units", "text", "rules"],
) -> Assignment:
    """A group of responsible units."""
    return Assignment(label=label, printed=printed, open=open, units=units, source=source)


@dataclass(frozen=True, kw_only=True)
class GivenNotice:
    """A cover notice, as ``official`` takes it."""

    title: tuple[str, ...]
    to: str = ""
    blocks: tuple[Block, ...] = ()
    signature: tuple[tuple[str, ...], ...] = ()
    date: str = ""
    note: str = ""


@dataclass(frozen=True)
class Annex:
    """An attachment, as ``official`` takes it."""

    label: str
    listed: str
    title: tuple[str, ...]
    blocks: tuple[Block, ...] = ()


def _line(text: str, role: Role) -> Paragraph | None:
    return _set(element(text, role)) if text else None


def _lines(lines: Sequence[str], role: Role) -> Paragraph:
    return _set(Element(address="样本", role=role, runs=tuple(map(run, lines)), owner="样本"))


def _told(text: Any, listed: tuple[Paragraph, ...] = ()) -> SignedText:  # noqa: ANN401 - the notice, or the fields of the document
    return SignedText(
        title=_lines(text.title, Role.TITLE),
        subtitle=_line(getattr(text, "subtitle", ""), Role.SUBTITLE),
        speaker=_line(getattr(text, "speaker", ""), Role.SPEAKER),
        to=_line(text.to, Role.RECIPIENTS),
        body=tuple(text.blocks),
        listed=listed,
        signature=tuple(_lines(lines, Role.SIGNATURE) for lines in text.signature),
        date=_line(text.date, Role.DATE),
        note=_line(text.note, Role.NOTE),
    )


def _masthead(masthead: Masthead | None) -> tuple[Paragraph, ...]:
    if masthead is None:
        return ()
    found = [_lines((name,), Role.MASTHEAD) for name in masthead.names]
    last = found[-1].elements[0]
    found[-1] = _set(dataclasses.replace(last, runs=(*last.runs, added(masthead.suffix))))
    return tuple(found)


def _listed(attachments: Sequence[Annex | Attachment]) -> tuple[Paragraph, ...]:
    several = len(attachments) > 1
    return tuple(
        _set(
            Element(
                address="样本",
                role=Role.LISTED,
                runs=(added(("" if place > 1 else "附件：") + (f"{place}." if several else "")), run(one.listed)),
                owner="样本",
            )
        )
        for place, one in enumerate(attachments, 1)
    )


@dataclass(frozen=True, kw_only=True)
class Fields:
    """What ``official`` takes, under the names that the view itself looks them up by."""

    plan: str = "2099"
    status: str = ""
    issuers: tuple[str, ...] = ()
    masthead: Masthead | None = None
    number: str = ""
    notice: GivenNotice | None = None
    title: tuple[str, ...] = ()
    subtitle: str = ""
    speaker: str = ""
    to: str = ""
    blocks: tuple[Block, ...] = ()
    attachments: tuple[Annex | Attachment, ...] = ()
    signature: tuple[tuple[str, ...], ...] = ()
    date: str = ""
    note: str = ""
    imprint: Imprint | None = None
    grid: str = "strict"
    faces: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    setting: PageOptions = field(default_factory=PageOptions)
    disclosure: Disclosure | None = None


def official(**fields: Any) -> Official:  # noqa: ANN401 - the fields of ``Fields``
    """A document with these parts, each text under an address of its own."""
    told = Fields(**fields)
    marks = [_set(element(one, Role.SERIAL if one.isdigit() else Role.SECRECY)) for one in told.marks]
    marks += [_set(element(told.status, Role.STATUS))] if told.status else []
    imprint = told.imprint or imprint_of("", "", "")
    last = (
        _line(imprint.cc, Role.COPIES),
        _line(imprint.office, Role.OFFICE),
        _line(imprint.date, Role.ISSUED),
    )
    parts = DocumentParts(
        marks=tuple(marks),
        masthead=_masthead(told.masthead),
        number=_set(element(told.number, Role.NUMBER)) if told.number or told.masthead else None,
        notice=_told(told.notice) if told.notice else None,
        main=_told(told, _listed(told.attachments)),
        attachments=tuple(
            AttachmentParts(
                label=_set(element(one.label, Role.LABEL)),
                title=_lines(one.title, Role.TITLE) if one.title else None,
                body=tuple(one.blocks),
            )
            for one in told.attachments
        ),
        imprint=tuple(one for one in last if one),
        letter=told.setting.letter,
    )
    return Official(
        plan=told.plan,
        sections=tuple(_addressed(sections(parts))),
        issuers=told.issuers,
        grid=told.grid,
        faces=told.faces,
        names=told.names,
        setting=told.setting,
        disclosure=told.disclosure,
    )


def _addressed(found: Iterable[Section]) -> Iterable[Section]:
    """The sections with addresses by place."""
    for number, section in enumerate(found):
        blocks = tuple(
            _placed(block, f"{section.kind}{number}/{place}") for place, block in enumerate(section.blocks, 1)
        )
        yield dataclasses.replace(section, blocks=blocks)


def _placed(block: Block, address: str) -> Block:
    if isinstance(block, Table):
        header = _rows(block.header, f"{address}/columns")
        return dataclasses.replace(block, header=header, rows=_rows(block.rows, f"{address}/rows"), address=address)
    elements = tuple(
        dataclasses.replace(one, address=f"{address}/{place}", owner=address)
        for place, one in enumerate(block.elements, 1)
    )
    return dataclasses.replace(block, elements=elements)


def _rows(rows: tuple[tuple[Cell, ...], ...], address: str) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(
            dataclasses.replace(
                one,
                element=dataclasses.replace(
                    one.element, address=f"{address}/{line}/{place}", owner=f"{address}/{line}"
                ),
            )
            for place, one in enumerate(row, 1)
        )
        for line, row in enumerate(rows, 1)
    )


T = TypeVar("T")


def replace(view: T, **changes: Any) -> T:  # noqa: ANN401 - the fields of the value
    """``dataclasses.replace`` that also knows the parts of a document by name."""
    if not isinstance(view, Official):
        return dataclasses.replace(view, **changes)  # type: ignore[type-var]  # any dataclass
    fields = {one.name: getattr(view, one.name) for one in dataclasses.fields(Fields)}
    return cast("T", official(**(fields | changes)))
