"""The account of a merge in words, once for the terminal and for Markdown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.compare.report.markdown import marked
from workplan.compare.report.wording import SIGNS, shortened
from workplan.compare.text_diff import compare
from workplan.diagnostic import visible
from workplan.importing.marks import mark_at
from workplan.merge.base import Known
from workplan.merge.edit import Kind
from workplan.merge.told import Fate
from workplan.render.markdown import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from workplan.compare.change import Piece
    from workplan.diagnostic import Span
    from workplan.merge.account import Account, CopyAccount
    from workplan.merge.remarks import Remark
    from workplan.merge.told import Told
    from workplan.resources.messages import Catalogue

#: Of what stayed so many characters are shown on each side of a change; of a text that came or went so many in all.
_CONTEXT, _LONGEST = 14, 80
#: So many characters of a date as Word writes it are the day.
_DAY = len("2026-03-01")


@dataclass(frozen=True, slots=True)
class Form:
    """How lines of a report look: a heading, an item at a depth from 1, words as they are, and words that changed."""

    heading: Callable[[str], str]
    item: Callable[[int, str], str]
    plain: Callable[[str], str]
    #: What stands between a list and what follows it.
    between: tuple[str, ...]
    pieces: Callable[[Sequence[Piece]], str]


def _signed(pieces: Sequence[Piece]) -> str:
    return "".join(visible(text, one_line=True).join(SIGNS[mark]) for mark, text in pieces)


TEXT = Form(
    heading=lambda said: said,
    item=lambda depth, said: f"{'  ' * depth}{said}",
    plain=lambda said: visible(said, one_line=True),
    between=(),
    pieces=_signed,
)
MARKDOWN = Form(
    heading=lambda said: f"## {said}\n",
    item=lambda depth, said: f"{'  ' * (depth - 1)}- {said}",
    plain=literal,
    between=("",),
    pieces=marked,
)


def lines(account: Account, words: Catalogue, form: Form) -> Iterator[str]:
    """The report, line by line."""
    for place, copy in enumerate(account.copies):
        yield from form.between if place else ()
        yield from _Wording(words, form).copy(copy)
    if account.changes:
        yield from form.between
        names = words.text("summary.separator").join(change.file for change in account.changes)
        yield form.plain(words.text("merge.written" if account.written else "merge.would", {"files": names}))


@dataclass(frozen=True, slots=True)
class _Wording:
    words: Catalogue
    form: Form

    def copy(self, copy: CopyAccount) -> Iterator[str]:
        """One copy."""
        said = {"file": copy.file, "base": self._say(f"base.{copy.known}")}
        yield self.form.heading(self.form.plain(self._say("copy", said)))
        counts = Counter(one.fate for one in copy.told)
        if not (counts or copy.remarks or copy.outside or copy.lost):
            yield self.form.item(1, self._say("nothing"))
        for fate in Fate:
            if counts[fate]:
                yield self.form.item(1, self._say(f"fates.{fate}", {"count": counts[fate]}))
            for one in copy.told:
                if one.fate is fate:
                    yield from self._told(one, known=copy.known is not Known.NOT)
        beside = [self._say("outside", {"text": line.text.strip()}) for line in copy.outside]
        beside += [self._say("lost", {"text": name}) for name in copy.lost]
        yield from (self.form.item(1, self.form.plain(said)) for said in beside)
        if copy.remarks:
            yield self.form.item(1, self._say("remarks", {"count": len(copy.remarks)}))
            yield from (self.form.item(2, self.form.plain(self._remark(remark))) for remark in copy.remarks)

    def _told(self, told: Told, *, known: bool) -> Iterator[str]:
        edit = told.edit
        authors = self.words.text("summary.separator").join((*edit.authors, *filter(None, [edit.date[:_DAY]])))
        said = {
            "kind": self._say(f"kinds.{edit.kind}"),
            "place": placed(edit.place, self.words),
            "at": f" {at(told.span)}" if told.span else "",
            "authors": self._say("by", {"authors": authors}) if authors else "",
        }
        yield self.form.item(2, (self.form.plain(self._say("edit", said)) + self._words(told)).rstrip())
        if told.fate is Fate.CLASH:
            for name, text in (("sent", edit.before), ("copy", edit.after), ("today", told.today)):
                if text and (known if name == "sent" else not told.rival or name != "today"):
                    yield self._line(name, text)
        if told.rival:
            yield self.form.item(3, self.form.plain(self._say("rival", {"file": told.rival})))
        if told.reason:
            yield self.form.item(3, self._say(f"reasons.{told.reason}"))

    def _words(self, told: Told) -> str:
        edit = told.edit
        if told.fate is Fate.CLASH or edit.kind is Kind.MOVED:
            return ""
        if edit.kind is Kind.CHANGED:
            return self.form.pieces(shortened(compare(edit.before, edit.after), _CONTEXT))
        if edit.kind is Kind.RENUMBERED:
            mark = mark_at(edit.after)
            typed: list[Piece] = [("+", mark.written)] if mark else []
            return self.form.pieces([("-", edit.before), *typed])
        text = edit.before if edit.kind is Kind.REMOVED else edit.after
        shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        return self.form.pieces([("-" if edit.kind is Kind.REMOVED else "+", shown.replace("\n", "↵"))])

    def _line(self, name: str, text: str) -> str:
        return self.form.item(3, self.form.plain(self._say(f"sides.{name}", {"text": text.replace("\n", "↵")})))

    def _remark(self, remark: Remark) -> str:
        said = {"text": remark.said, "words": remark.words, "place": placed(remark.place, self.words)}
        who = self.words.text("summary.separator").join(filter(None, (remark.author, remark.date)))
        return f"{self._say('who', {'who': who})}{self._say('remark', said)}"

    def _say(self, key: str, said: Mapping[str, str | int] | None = None) -> str:
        return self.words.text(f"merge.{key}", said or {})


def placed(place: str, words: Catalogue) -> str:
    """A place in words: the name of a key of the frame, else as it is."""
    frames = words.words("diff.frames")
    return str(frames.get(place.removeprefix("document."), place)) or words.text("merge.top")


def at(span: Span) -> str:
    """A place as the terminal links it."""
    return f"{span.file}:{span.line}"
