"""The official document: frame, parts and attachments in printed order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.model import AssignmentsPart, DocumentStyle, ItemsPart, MastheadStyle, TablePart, iso_date
from workplan.view import assignment_table, table, wording
from workplan.view.blocks import Attachment, Block, Imprint, Letter, Masthead, Official, Paragraph, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.model import Document
    from workplan.numbering import NumberedPart
    from workplan.plan import Plan
    from workplan.scalar import Scalar
    from workplan.view.rows import Row

#: ``style.form`` of a letter (信函), and where its mark stands: millimetres from the top of the page (GB/T 9704 10.1).
LETTER, _LETTER_TOP = "letter", 30.0
_PLAIN = DocumentStyle.model_construct()
#: What the assignment table is called where its attachment has no title.
ASSIGNMENTS = "任务分解表"


def official(plan: Plan, all_rows: Sequence[Row]) -> Official:
    """The document of a plan; ``all_rows`` fill the assignment tables in it."""
    document = plan.document
    carried = document.notice is not None
    style = document.style or _PLAIN
    masthead = _masthead(document, letter=style.form == LETTER) if plan.has_masthead else None
    letter = style.form == LETTER and masthead is not None
    return Official(
        plan=plan.name,
        status=_line(document.status),
        issuers=_issuers(document),
        masthead=masthead,
        number=_number(plan, masthead),
        notice=_notice(plan),
        title=document.title.lines,
        subtitle=_line(document.subtitle),
        speaker=_line(document.speaker),
        to=_line(document.to),
        blocks=tuple(_blocks(plan, all_rows)),
        attachments=tuple(_attachments(plan, all_rows)),
        signature=_signatures(document.signature, () if carried else document.issuer),
        date=_date(document.date, "" if carried else plan.year, draft=not carried),
        note=_note(document.note),
        imprint=_imprint(document),
        grid=style.grid or "strict",
        faces=_faces(style),
        marks=tuple(mark.line for mark in (document.copy_, document.secrecy, document.urgency) if mark),
        names=_names(plan),
        setting=_setting(style, letter=letter),
    )


def _line(scalar: Scalar | None) -> str:
    return scalar.line if scalar else ""


def _plain(scalar: Scalar | None) -> Iterator[Paragraph]:
    if scalar is not None:
        yield from (Paragraph(text) for text in scalar.paragraphs)


def _issuers(document: Document) -> tuple[str, ...]:
    return tuple(issuer.line for issuer in document.issuer or () if issuer.line)


def _masthead(document: Document, *, letter: bool) -> Masthead:
    """文件 ends the mark of a document, not of a letter, which names 主办机关 alone (10.1)."""
    if document.masthead is not None:
        return Masthead(document.masthead.lines, "")
    names = _issuers(document)
    return Masthead(names[:1], "") if letter else Masthead(names, "文件")


def _number(plan: Plan, masthead: Masthead | None) -> str:
    """发文字号 (GB/T 9704 7.2.5); a draft has room for it."""
    if plan.document.number is not None:
        return plan.document.number.line
    return f"〔{plan.year or '　　　　'}〕　号" if masthead else ""


def _signatures(given: Sequence[Scalar] | None, default: Sequence[Scalar] | None) -> tuple[tuple[str, ...], ...]:
    signatories = given if given is not None else default or ()
    return tuple(signatory.lines for signatory in signatories if signatory.lines)


def _date(given: Scalar | None, year: str, *, draft: bool) -> str:
    """成文日期 in Arabic digits without leading zeros (GB/T 9704 7.3.5.4); a draft has room for it."""
    if given is None:
        return f"{year or '　　　　'}年　月　日" if draft else ""
    day = iso_date(given.text)
    return f"{day.year}年{day.month}月{day.day}日" if day else given.line


def _note(given: Scalar | None) -> str:
    """附注 stands in brackets (GB/T 9704 7.3.6)."""
    text = _line(given)
    return text if not text or text[0] in "（(" else f"（{text}）"


def _notice(plan: Plan) -> Letter | None:
    notice = plan.document.notice
    if notice is None:
        return None
    return Letter(
        notice.title.lines,
        _line(notice.to),
        tuple(_plain(notice.text)),
        _signatures(notice.signature, plan.document.issuer),
        _date(notice.date, plan.year, draft=True),
        _note(notice.note),
    )


def _imprint(document: Document) -> Imprint | None:
    """版记 (GB/T 9704 7.4): 抄送 ends in a full stop, the date in 印发."""
    imprint = document.imprint
    if imprint is None:
        return None
    cc = _line(imprint.cc)
    if cc:
        cc = (cc if cc.startswith("抄送") else f"抄送：{cc}") + ("" if cc.endswith("。") else "。")
    date = _date(imprint.date, "", draft=False)
    return Imprint(cc, _line(imprint.office), date if not date or date.endswith("印发") else f"{date}印发")


def _faces(style: DocumentStyle) -> tuple[tuple[str, str], ...]:
    fonts = style.fonts
    chosen = ((role, getattr(fonts, role)) for role in type(fonts).model_fields) if fonts else ()
    return tuple((role, family.line) for role, family in chosen if family is not None)


def _names(plan: Plan) -> tuple[str, ...]:
    """The names of units that stand in a title: a line must not end inside one."""
    document = plan.document
    titles = [document.title.line, *(part.part.title.line for part in plan.attachments if part.part.title)]
    titles += [document.notice.title.line] if document.notice else []
    return tuple(name for name in plan.book.spellings if any(name in title for title in titles))


def _setting(style: DocumentStyle, *, letter: bool) -> Setting:
    usual = Setting(top=_LETTER_TOP, number=0.0, letter=True) if letter else Setting()
    given = {name: getattr(style.masthead, name) for name in MastheadStyle.model_fields} if style.masthead else {}
    given |= {"seal": style.seal, "mirrored": style.mirrored}
    return replace(usual, **{name: value for name, value in given.items() if value is not None})


def _blocks(plan: Plan, all_rows: Sequence[Row]) -> Iterator[Block]:
    yield from _plain(plan.document.preamble)
    for part in plan.parts:
        if part.part.title is not None:
            yield Paragraph("", part.mark + part.part.title.line, 1)
        yield from _part(plan, part, all_rows)
    yield from _plain(plan.document.closing)


def _part(plan: Plan, part: NumberedPart, all_rows: Sequence[Row]) -> Iterator[Block]:
    """The body of a part below its title."""
    yield from _plain(part.part.text)
    match part.part:
        case ItemsPart():
            for item in part.items:
                yield from wording.blocks(plan, item)
        case TablePart():
            yield table.build(part.part)
        case AssignmentsPart():
            yield assignment_table.build(all_rows)


def _attachments(plan: Plan, all_rows: Sequence[Row]) -> Iterator[Attachment]:
    """附件, numbered where there are several (GB/T 9704 7.3.7)."""
    several = len(plan.attachments) > 1
    for place, part in enumerate(plan.attachments, 1):
        title = part.part.title
        default = ASSIGNMENTS if isinstance(part.part, AssignmentsPart) else ""
        yield Attachment(
            f"附件{place}" if several else "附件",
            _line(part.part.listed or title) or default,
            title.lines if title else (default,) if default else (),
            tuple(_part(plan, part, all_rows)),
        )
