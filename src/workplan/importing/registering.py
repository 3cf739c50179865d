"""The registry that a document needs: the one that is there, and behind it the names that its annotations use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.diagnostic import has_errors
from workplan.importing import phrases
from workplan.language import syntax
from workplan.language.model import Registry
from workplan.language.model.decode import decode
from workplan.language.scalar import File
from workplan.plan import registry
from workplan.rewrite.registering.entries import with_entries
from workplan.rewrite.registering.proposed import Remarks, counted, proposed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workplan.plan.registry import Book, Name, Phrase
    from workplan.rewrite.registering.entries import NewAlias, NewUnit
    from workplan.rewrite.registering.proposed import Mention

#: What joins a group to the names before it.
_JOINTS = Pattern(
    "等?(?:以及|和|及|与)(?=各|有关|相关|其他|所属|下属|省级|市级|区级|县级|省有关|市有关|区有关|县有关|国务院有关)"
)
_EMPTY = "units: []\n"
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A registry as text, as records and as a book, and what was added to it."""

    text: str
    record: Registry
    book: Book
    units: tuple[NewUnit, ...] = ()
    aliases: tuple[NewAlias, ...] = ()


def known(text: str) -> Known | None:
    """A registry of that text, "" for none; None where it cannot be read, or has errors."""
    node, faults = syntax.parse(File("", text or _EMPTY))
    record, more = decode(node, Registry) if node is not None else (None, ())
    if record is None or has_errors((*faults, *more)):
        return None
    book, findings = registry.build(record)
    return None if has_errors(findings) else Known(text, record, book)


def registered(start: Known, texts: Iterable[str], remarks: Remarks) -> Known:
    """The registry with every name that annotations in some texts use, until none is left that can be put there."""
    own, found, tried = tuple(texts), start, set[str]()
    for _ in range(_ROUNDS):
        mentions = list(_unknown(own, found.book))
        counts = counted(mentions, tried)
        if not counts:
            break
        tried |= counts.keys()
        units, aliases = proposed(counts, found.book, found.record, remarks)
        text = with_entries(found.text, units, aliases, "" if found.units else remarks.heading)
        more = known(text) if text is not None else None
        if more is None:
            break
        found = replace(more, units=(*found.units, *units), aliases=(*found.aliases, *aliases))
    return found


def _unknown(texts: tuple[str, ...], book: Book) -> Iterator[Mention]:
    """Every name in an annotation that the registry lacks, with the text it stands in."""
    for text in texts:
        found = [text.strip()] if phrases.line(text) else list(phrases.in_brackets(text, book))
        for words in found:
            parsed = registry.parse(words, book)
            yield from _of_phrases(words, parsed)
            for rule in (rule for phrase in parsed for rule in phrase.rules if rule.words):
                yield from _of_phrases(rule.words, registry.parse(rule.words, book))


def _of_phrases(words: str, parsed: Iterable[Phrase]) -> Iterator[Mention]:
    for phrase in parsed:
        for name in phrase.names:
            if not name.unit:
                yield from ((words, phrase, part) for part in _apart(words, name))


def _apart(words: str, name: Name) -> Iterator[Name]:
    """A name as the names that 和, 及 or 等 joins to groups: 区教育局及相关部门 is two."""
    start = name.start
    for joint in _JOINTS.finditer(words, name.start + 1, name.end):
        if joint.start() > start:
            yield replace(name, start=start, end=joint.start())
        start = joint.end()
    open_ = words[start : name.end].endswith("等") and name.end - start > 1
    yield replace(name, start=start, end=name.end - open_)
