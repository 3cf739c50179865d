"""The official document: frame, parts and attachments worded, each text with its address, ready to be put in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.chinese.days import iso_date, written_out
from workplan.language.model import AssignmentsPart, DocumentStyle, ItemsPart, MastheadStyle, TablePart
from workplan.lengths import Mm
from workplan.view import assignment_table, attached, runs, table, wording
from workplan.view.blocks import Official, PageOptions
from workplan.view.disclosure import Disclosure
from workplan.view.frame import line, plain, said
from workplan.view.order import AttachmentParts, DocumentParts, SignedText, sections
from workplan.view.section import MANY_COLUMNS
from workplan.view.sequence import Element, Face, Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from workplan.language.model import Disclosure as Given
    from workplan.language.model import Document, Imprint, Notice, Record
    from workplan.language.scalar import Scalar
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered, NumberedPart
    from workplan.view.assignments import TaskRow
    from workplan.view.attached import AttachmentWording
    from workplan.view.sequence import Block, Run

    #: The paragraphs of an item and of all below it, and the tables there.
    Worded = Callable[[Numbered], Iterable[Block]]

#: ``style.form`` of a letter (信函), and where its mark stands: millimetres from the top of the page (GB/T 9704 10.1).
LETTER, _LETTER_TOP = "letter", Mm(30.0)
_PLAIN = DocumentStyle.model_construct()
#: Blanks for a year, and for other figures, that a draft does not know yet.
_NO_YEAR = "　　　　"


def official(plan: Plan, worded: Worded, rows: Callable[[], Sequence[TaskRow]]) -> Official:
    """The document of a plan; ``rows`` makes what fills the assignment tables in it."""
    document = plan.document
    style = document.style or _PLAIN
    letter = style.form == LETTER and plan.has_masthead
    body = _Body(plan, worded, rows)
    called = attached.worded(plan)
    parts = DocumentParts(
        marks=tuple(_marks(document)),
        masthead=tuple(_masthead(document, letter=letter)) if plan.has_masthead else (),
        number=_number(plan),
        notice=_notice(plan, document.notice, called) if document.notice else None,
        main=_main(plan, tuple(body.blocks()), called),
        attachments=tuple(body.attachments(called)),
        imprint=tuple(_imprint(document.imprint)) if document.imprint else (),
        letter=letter,
        number_below=style.number == "below-title",
    )
    return Official(
        plan=plan.name,
        sections=sections(parts),
        issuers=tuple(issuer.line for issuer in document.issuer or () if issuer.line),
        grid=style.grid or "strict",
        faces=_faces(style),
        names=_names(plan),
        setting=_setting(style, letter=letter),
        files=plan.files,
        disclosure=_disclosure(document.disclosure) if document.disclosure else None,
    )


def _disclosure(given: Given) -> Disclosure:
    day = given.published and iso_date(given.published.text)
    published = written_out(day) if day else given.published.line if given.published else ""
    said = [one.line if one else "" for one in (given.index, given.topic)]
    return Disclosure(index=said[0], topic=said[1], published=published)


def _marks(document: Document) -> Iterator[Paragraph]:
    marks = (
        ("copy", Role.SERIAL, document.copy_),
        ("secrecy", Role.SECRECY, document.secrecy),
        ("urgency", Role.URGENCY, document.urgency),
        ("status", Role.STATUS, document.status),
    )
    yield from filter(None, (line(key, role, mark, Face.HEITI) for key, role, mark in marks))


def _masthead(document: Document, *, letter: bool) -> Iterator[Paragraph]:
    """文件 ends the mark of a document, not of a letter, which names 主办机关 alone (10.1)."""
    if document.masthead is not None:
        own: list[tuple[Run, ...]] = [(run,) for run in runs.lines(document.masthead, Face.TITLE)]
    else:
        issuers = [issuer for issuer in document.issuer or () if issuer.line]
        own = [tuple(runs.paragraphs(issuer, Face.TITLE)) for issuer in issuers[: 1 if letter else None]]
        own[-1] += () if letter else (runs.added("文件", document, "issuer", face=Face.TITLE),)
    for place, name in enumerate(own, 1):
        yield said("masthead", Role.MASTHEAD, name, place=place)


def _number(plan: Plan) -> Paragraph | None:
    """发文字号 (GB/T 9704 7.2.5); a draft has room for it, and so has every document with a mark."""
    document = plan.document
    if document.number is not None:
        printed = tuple(runs.paragraphs(document.number))
        return said("number", Role.NUMBER, printed) if printed or plan.has_masthead else None
    if not plan.has_masthead:
        return None
    return said("number", Role.NUMBER, (runs.added(f"〔{plan.year or _NO_YEAR}〕　号", document, "number"),))


def _signatures(key: str, given: Sequence[Scalar] | None, default: Sequence[Scalar] | None) -> Iterator[Paragraph]:
    signatories = given if given is not None else default or ()
    for place, signatory in enumerate((one for one in signatories if one.lines), 1):
        yield said(key, Role.SIGNATURE, runs.lines(signatory, Face.FANGSONG), place=place)


def _date(given: Scalar | None, record: Record, year: str, *, draft: bool) -> tuple[Run, ...]:
    """成文日期 in Arabic digits without leading zeros (GB/T 9704 7.3.5.4); a draft has room for it."""
    if given is None:
        return (runs.added(f"{year or _NO_YEAR}年　月　日", record, "date"),) if draft else ()
    day = iso_date(given.text)
    if day is None:
        return tuple(runs.paragraphs(given))
    return (runs.added(written_out(day), record, "date"),)


def _dated(key: str, role: Role, printed: tuple[Run, ...]) -> Paragraph | None:
    return said(key, role, printed) if printed else None


def _note(key: str, given: Scalar | None, record: Record) -> Paragraph | None:
    """附注 stands in brackets (GB/T 9704 7.3.6)."""
    if given is None:
        return None
    own = tuple(runs.paragraphs(given))
    if given.line[0] not in "（(":
        own = (runs.added("（", record, "note"), *own, runs.added("）", record, "note"))
    return said(key, Role.NOTE, own)


def _notice(plan: Plan, notice: Notice, called: AttachmentWording) -> SignedText:
    date = _date(notice.date, notice, plan.year, draft=True)
    return SignedText(
        title=_title("notice.title", notice.title),
        to=line("notice.to", Role.RECIPIENTS, notice.to),
        body=tuple(plain("notice.text", Role.TEXT, notice.text)),
        listed=called.in_notice,
        listed_last=called.last,
        signature=tuple(_signatures("notice.signature", notice.signature, plan.document.issuer)),
        date=_dated("notice.date", Role.DATE, date),
        note=_note("notice.note", notice.note, notice),
    )


def _main(plan: Plan, body: tuple[Block, ...], called: AttachmentWording) -> SignedText:
    document = plan.document
    carried = document.notice is not None
    date = _date(document.date, document, "" if carried else plan.year, draft=not carried)
    return SignedText(
        label=called.plan,
        title=_title("title", document.title),
        subtitle=line("subtitle", Role.SUBTITLE, document.subtitle, Face.KAITI),
        speaker=line("speaker", Role.SPEAKER, document.speaker, Face.KAITI),
        to=line("to", Role.RECIPIENTS, document.to),
        body=body,
        listed=called.in_plan,
        listed_last=called.last,
        signature=tuple(_signatures("signature", document.signature, () if carried else document.issuer)),
        date=_dated("date", Role.DATE, date),
        note=_note("note", document.note, document),
    )


def _title(key: str, title: Scalar | None) -> Paragraph | None:
    """A title in the lines that its author broke it into; none is printed for ``""``."""
    printed = tuple(runs.lines(title, Face.TITLE))
    return said(key, Role.TITLE, printed) if printed else None


def _imprint(imprint: Imprint) -> Iterator[Paragraph]:
    """版记 (GB/T 9704 7.4): 抄送 ends in a full stop, the date in 印发."""
    if imprint.cc:
        cc = imprint.cc.line
        before = () if cc.startswith("抄送") else (runs.added("抄送：", imprint, "cc"),)
        behind = () if cc.endswith("。") else (runs.added("。", imprint, "cc"),)
        yield said("imprint.cc", Role.COPIES, (*before, *runs.paragraphs(imprint.cc), *behind))
    date = _date(imprint.date, imprint, "", draft=False)
    if date and not date[-1].text.endswith("印发"):
        date = (*date, runs.added("印发", imprint, "date"))
    office = line("imprint.office", Role.OFFICE, imprint.office)
    yield from filter(None, (office, _dated("imprint.date", Role.ISSUED, date)))


def _faces(style: DocumentStyle) -> tuple[tuple[str, str], ...]:
    fonts = style.fonts
    chosen = ((role, getattr(fonts, role)) for role in type(fonts).model_fields) if fonts else ()
    return tuple((role, family.line) for role, family in chosen if family is not None)


def _names(plan: Plan) -> tuple[str, ...]:
    """The names of units that stand in a title: a line must not end inside one."""
    document = plan.document
    titles = [document.title.line, *(part.part.title.line for part in plan.attachments if part.part.title)]
    titles += [document.notice.title.line] if document.notice and document.notice.title else []
    return tuple(name for name in plan.book.spellings if any(name in title for title in titles))


def _setting(style: DocumentStyle, *, letter: bool) -> PageOptions:
    usual = PageOptions(top=_LETTER_TOP, number=0.0, letter=True) if letter else PageOptions()
    given = {name: getattr(style.masthead, name) for name in MastheadStyle.model_fields} if style.masthead else {}
    given |= {"seal": style.seal, "mirrored": style.mirrored, "onesided": style.onesided}
    given |= {"free": style.headings == "free"}
    return replace(usual, **{name: value for name, value in given.items() if value is not None})


class _Body:
    """The running text: preamble, parts and closing; and the attachments."""

    def __init__(self, plan: Plan, worded: Worded, rows: Callable[[], Sequence[TaskRow]]) -> None:
        self.plan = plan
        self.worded = worded
        self.rows = rows

    def blocks(self) -> Iterator[Block]:
        """From the preamble to the closing."""
        yield from plain("preamble", Role.PREAMBLE, self.plan.document.preamble)
        for part in self.plan.parts:
            heading = wording.heading(part)
            yield from heading
            yield from self._part(part, headed=bool(heading))
        yield from plain("closing", Role.CLOSING, self.plan.document.closing)

    def _part(self, part: NumberedPart, *, headed: bool, attached: bool = False) -> Iterator[Block]:
        """The body of a part below its title; where no heading brings them, its units stand behind its text."""
        text = list(plain("text", Role.TEXT, part.part.text, f"{part.address}."))
        yield from text if headed else wording.annotated(text, wording.part_annotation(part))
        match part.part:
            case ItemsPart():
                for item in part.items:
                    yield from self.worded(item)
            case TablePart():
                many = len(table.names(part.part.columns)) >= MANY_COLUMNS
                yield table.build(part.address, part.part, turned=attached and many)
            case AssignmentsPart():
                yield assignment_table.build(part, self.rows(), attached=attached)

    def attachments(self, called: AttachmentWording) -> Iterator[AttachmentParts]:
        """附件, each under its label."""
        for part in self.plan.attachments:
            title = attached.name(part, Face.TITLE)
            named = Element(f"{part.address}.title", Role.TITLE, title, part.address)
            yield AttachmentParts(
                label=called.labels[part.address],
                title=Paragraph((named,)) if title else None,
                body=tuple(self._part(part, headed=False, attached=True)),
            )
