"""A numbered paragraph taken apart: its title, what runs on behind it, and the annotation that closes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.importing.draft import Step, Units
from workplan.importing.phrases import trailing
from workplan.plan.registry import parse

if TYPE_CHECKING:
    from workplan.importing.phrases import Trailing
    from workplan.plan.registry import Book

#: A title has at most so many 字; a longer first sentence is text.
_LONGEST = 45
_RUN_IN = Pattern(
    rf"(?P<title>[^。；！？\n]{{2,{_LONGEST}}})。\s*(?P<text>\S.*)",
)
_LABELLED = Pattern(r"(?P<label>[^：:、，；。（）]{2,14})：(?P<phrase>[^；：]+)")
_OPEN_ENDS = ("；", "：", "，", ";", ":", ",", "、")
_STOPS = ("。", "！", "？")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """What a numbered paragraph and the paragraphs behind it say, as keys of an item."""

    title: str = ""
    text: tuple[str, ...] = ()
    own_line: bool = False
    units: Units | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A numbered paragraph: its words without the mark, the paragraphs behind it that belong to it.

    ``article`` says that it is of a kind that has no titles, ``parent`` that something stands below it.
    """

    words: str
    more: tuple[str, ...] = ()
    article: bool = False
    parent: bool = False


def worded(paragraph: Numbered, book: Book, step: Step) -> Worded:
    """Title, text and annotation of a numbered paragraph, as far as ``step`` has not given them up."""
    words, more = paragraph.words.strip(), paragraph.more
    found = Worded(text=(words, *more)) if step >= Step.TITLE_IN_TEXT else _titled(words, more, paragraph)
    return found if step >= Step.UNITS_IN_TEXT else _annotated(found, book, bracketed=step >= Step.BRACKETED)


def _titled(words: str, more: tuple[str, ...], paragraph: Numbered) -> Worded:
    article, parent = paragraph.article, paragraph.parent
    run_in = None if article else _RUN_IN.fullmatch(words)
    if run_in:
        return Worded(title=run_in["title"].strip(), text=(run_in["text"].strip(), *more))
    heading = len(words) <= _LONGEST and not words.endswith(_OPEN_ENDS) and not article
    sentence = words.endswith(_STOPS)
    if heading and (not sentence or parent or more):
        return Worded(title=words, text=more, own_line=bool(more))
    return Worded(text=(words, *more))


def _annotated(found: Worded, book: Book, *, bracketed: bool) -> Worded:
    """The same with its annotation apart, where one closes it and prints behind what is left."""
    note = trailing(found.text[-1] if found.text else found.title, book)
    if note is None:
        return found
    before = note.before.rstrip()
    place = "before-stop" if note.stop else "after-stop"
    if not before:
        return _alone(found, note, book, bracketed=bracketed)
    if note.stop and (before.endswith(_STOPS) or not found.text):
        return found
    units = _units(note.brackets, book, place, bracketed=bracketed)
    if found.text:
        return replace(found, text=(*found.text[:-1], before + note.stop), units=units)
    return replace(found, title=before, units=units)


def _alone(found: Worded, note: Trailing, book: Book, *, bracketed: bool) -> Worded:
    """An annotation that is a paragraph of its own, or all that runs on behind the title."""
    if note.stop or not found.text:
        return found
    if len(found.text) > 1:
        return replace(found, text=found.text[:-1], units=_units(note.brackets, book, "own-line", bracketed=bracketed))
    if not found.title or found.own_line:
        return found
    units = _units(note.brackets, book, "after-stop", bracketed=bracketed)
    return replace(found, title=f"{found.title}。", text=(), units=units)


def _units(brackets: str, book: Book, place: str, *, bracketed: bool) -> Units:
    """The keys that print an annotation: by its labels, as a phrase, or in brackets of its own."""
    inner = brackets[1:-1]
    usual = brackets.startswith("（") and brackets.endswith("）") and not set(inner) & set("\n")
    if bracketed or not usual or inner != inner.strip():
        return Units(phrase=brackets, place=place)
    labels = [_LABELLED.fullmatch(part) for part in inner.split("；")]
    if all(labels) and len({one["label"] for one in labels if one}) == len(labels):
        return Units(labels=tuple((one["label"], one["phrase"]) for one in labels if one), place=place)
    phrases = parse(inner, book)
    spoken = any(phrase.label or phrase.verb for phrase in phrases)
    return Units(phrase=inner if spoken else brackets, place=place)
