"""document.yaml from a draft: the frame, the names of the parts, the style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.importing.layout import Broken, Flow, Paragraphs
from workplan.importing.marks import bare

if TYPE_CHECKING:
    from workplan.importing.draft import Draft
    from workplan.importing.framed import Framed, Lines, Signed

_DAY = Pattern(r"(?P<year>[0-9]{4})年(?P<month>[1-9][0-9]?)月(?P<day>[1-9][0-9]?)日")
_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def frame(draft: Draft, style: dict[str, object]) -> dict[str, object]:
    """The keys of document.yaml."""
    framed = draft.framed
    own: dict[str, object] = {key: _line(lines) for key, lines in framed.marks}
    own |= _issuer(framed)
    if framed.number:
        own["number"] = bare(_line(framed.number))
    elif framed.masthead:
        own["number"] = ""
    if framed.notice:
        own["notice"] = _notice(framed.notice, draft)
    own |= _opening(framed.main)
    if draft.preamble:
        own["preamble"] = Paragraphs(draft.preamble)
    own["parts"] = Flow([part.name for part in draft.parts])
    if draft.closing:
        own["closing"] = Paragraphs(draft.closing)
    if draft.attachments:
        own["attachments"] = Flow([part.name for part in draft.attachments])
    own |= _ending(framed.main, carried=framed.notice is not None)
    imprint = {"cc": _line(framed.cc), "office": _line(framed.office), "date": _issued(framed.issued)}
    if any(imprint.values()):
        own["imprint"] = {key: words for key, words in imprint.items() if words}
    whole = style | _frame_style(framed)
    return own | ({"style": Flow(whole)} if whole else {})


def _line(lines: Lines) -> str:
    return "".join(line.text.strip() for line in lines)


def _broken(lines: Lines) -> Broken:
    return Broken(tuple(part.strip() for line in lines for part in line.text.split("\n") if part.strip()))


def _issuer(framed: Framed) -> dict[str, object]:
    """Who issues it: as the masthead says, else as the signature does, which prints no masthead."""
    if len(framed.masthead) > 1:
        own = [bare(line.text).removesuffix("文件") for line in framed.masthead]
        names = [name for name in own if name]
        return {"issuer": names[0] if len(names) == 1 else Flow(names), "masthead": _broken(framed.masthead)}
    if framed.masthead:
        return {"issuer": bare(_line(framed.masthead)).removesuffix("文件")}
    signed = framed.notice or framed.main
    names = [bare(_line(lines)) for lines in signed.signatures]
    return {"issuer": names[0] if len(names) == 1 else Flow(names), "masthead": "none"} if names else {}


def _notice(notice: Signed, draft: Draft) -> dict[str, object]:
    own: dict[str, object] = {"title": _broken(notice.title)} if notice.title else {}
    if notice.to:
        own["to"] = _line(notice.to)
    own["text"] = Paragraphs(draft.notice)
    if draft.framed.label:
        own["listed"] = draft.framed.carried.names[0] if draft.framed.carried.names else ""
    return own | _ending(notice, carried=False)


def _opening(main: Signed) -> dict[str, object]:
    own: dict[str, object] = {"title": _broken(main.title) if main.title else ""}
    lines = {"subtitle": main.subtitle, "speaker": main.speaker, "to": main.to}
    return own | {key: _line(words) for key, words in lines.items() if words}


def _ending(text: Signed, *, carried: bool) -> dict[str, object]:
    """Signature, date and note; one that is not there is said to be none where workplan would print it."""
    own: dict[str, object] = {}
    if text.signatures:
        names = [_broken(lines) for lines in text.signatures]
        own["signature"] = names[0] if len(names) == 1 else _names(names)
    elif not carried:
        own["signature"] = ""
    if text.date or not carried:
        own["date"] = day(_line(text.date))
    return own | ({"note": _line(text.note)} if text.note else {})


def _names(names: list[Broken]) -> object:
    plain = all(len(name.lines) == 1 for name in names)
    return Flow([name.lines[0] for name in names]) if plain else names


def day(words: str) -> str:
    """A date as a plan has it: an ISO date where it prints as the same words, else the words."""
    found = _DAY.fullmatch(bare(words))
    if found is None:
        return words.strip()
    month, number = int(found["month"]), int(found["day"])
    known = 1 <= month <= len(_MONTHS) and 1 <= number <= _MONTHS[month - 1] and (month, number) != (2, 29)
    return f"{found['year']}-{month:02}-{number:02}" if known else bare(words)


def _issued(lines: Lines) -> str:
    words = bare(_line(lines))
    return day(words.removesuffix("印发")) if words.endswith("印发") else words


def _frame_style(framed: Framed) -> dict[str, object]:
    own: dict[str, object] = {"number": "below-title"} if framed.below else {}
    attached: dict[str, object] = {"label": framed.labels} if framed.labels else {}
    listing = framed.listing if framed.listing.lines else framed.carried
    if listing.lines:
        attached["list"] = bare(f"{listing.lead}{listing.number}")
        place = "after-signature" if listing.behind else "notice" if framed.listing.in_notice else ""
        attached |= {"place": place} if place else {}
    elif framed.attachments:
        attached["place"] = "none"
    return own | ({"attachments": attached} if attached else {})
