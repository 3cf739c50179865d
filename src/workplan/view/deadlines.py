"""The deadlines of an item: their words, and the days they say in the plan that they stand in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workplan.chinese import deadlines
from workplan.chinese.days import iso_date, written_out
from workplan.language.model import Clause
from workplan.language.scalar import Scalar
from workplan.plan.quotations import places, said
from workplan.view import runs
from workplan.view.assignments import Due
from workplan.view.located_text import LocatedText
from workplan.view.sequence import Face, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.chinese.deadlines import Deadline, Known
    from workplan.language.model import GivenDue
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered
    from workplan.plan.registry import Labelled, UnitReference


def told(plan: Plan, numbered: Numbered, references: Iterable[UnitReference] = ()) -> tuple[Due, ...]:
    """What ``due`` of the item says, or the text of the closing, then the deadlines that the annotations tell, each once."""
    references = tuple(references)
    found = [due for _, due in keyed(plan, numbered)]
    if plan.document.closing is not None and numbered.item is plan.document.closing:
        found += _closing(plan, plan.document.closing, references)
    for one in references:
        for words in _words(one):
            start = one.offset + words.start
            known = deadlines.within(one.scalar.text, start, plan.known)
            run = Run(words.text, Face.FANGSONG, one.scalar, start)
            found.append(_due(run, deadlines.read(words.text, known)))
    return tuple(dict.fromkeys(found))


def _closing(plan: Plan, text: Scalar, references: Sequence[UnitReference]) -> Iterator[Due]:
    """The deadlines that the closing sets in the paragraphs of its annotations, outside of these: it has no ``due`` to quote them."""
    within = [text.text.count("\n", 0, one.offset) for one in references]
    taken = [(one.offset + words.start, one.offset + words.end) for one in references for words in _words(one)]
    for found in deadlines.find(text.text, plan.known):
        told_there = any(start < found.end and found.start < end for start, end in taken)
        if text.text.count("\n", 0, found.start) in within and not told_there:
            yield _due(Run(text.text[found.start : found.end], Face.FANGSONG, text, found.start), found.deadline)


def _words(reference: UnitReference) -> Iterator[Labelled]:
    for phrase in reference.phrases:
        yield from phrase.due


def keyed(plan: Plan, numbered: Numbered) -> Iterator[tuple[Scalar, Due]]:
    """What ``due`` of the item says, each with the words of the plan file that say it."""
    item = numbered.item
    if not isinstance(item, Clause) or not item.due:
        return
    quoted = Counter(one.text for one in item.due if isinstance(one, Scalar))
    text = said(numbered)
    done: Counter[str] = Counter()
    for one in item.due:
        if isinstance(one, Scalar):
            words = one.text
            which = done[words] if quoted[words] > 1 else None
            done[words] += 1
            yield one, _due(runs.own(one), _quoted(words, text, plan.known, which))
        else:
            yield one.date, _given(one, plan.known)


def _quoted(words: str, text: str, known: Known, which: int | None) -> Deadline:
    """What quoted words say where they stand: the sentence may name their year.

    Words that stand in several places are told by their order if they are quoted as often; a single quotation says a day
    only if all its places say the same.
    """
    found = [deadlines.read(words, deadlines.within(text, place, known)) for place in places(words, text)]
    if not found:
        return deadlines.read(words, known)
    if which is not None:
        return found[min(which, len(found) - 1)]
    return found[0] if len(set(found)) == 1 else deadlines.NOTHING


def _given(given: GivenDue, known: Known) -> Due:
    """A deadline that the text does not have: an ISO date prints in Chinese, words print as they are."""
    day = iso_date(given.date.text)
    run = runs.own(given.date) if day is None else runs.added(written_out(day), given, "date")
    return _due(run, deadlines.read(given.date.text, known))


def _due(run: Run, found: Deadline) -> Due:
    begins, last = (day.isoformat() if day else None for day in (found.first, found.last))
    return Due(LocatedText((run,)), last, begins, found.every)
