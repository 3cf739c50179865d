"""Which entries of the new plan carry on which of the old one: by id, by exact text, by likeness, by topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from workplan.compare.candidates import comparable, enough, from_index, from_neighbours, may_pair, two_ids
from workplan.compare.change import Match
from workplan.compare.headings import Headings
from workplan.compare.index import Index
from workplan.compare.likeness import ComparedSide, Likeness, ratio
from workplan.compare.pairing import Pairs, best_first, mend, rivals
from workplan.compare.split_merge import splits_and_mergers
from workplan.compare.topic import Topics

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from workplan.compare.change import Entry
    from workplan.compare.pairing import Option
    from workplan.compare.split_merge import Pieces
    from workplan.compare.units import Names

#: A pair that is less alike is none by its wording alone; below the second figure a person should look.
_LEAST, _SURE = 0.4, 0.6
#: So alike a pair is taken where no better one is; a short one also if it is alike by so much more than any other.
_CLEAR, _AHEAD = 0.5, 0.08
#: A pair that another one comes so near to is doubtful.
_MARGIN = 0.02
#: The same id on things so unlike is worth a look.
_ALIEN = 0.25
#: A text shorter than this says nothing of its topic.
_SHORT = 20
#: Of several equal texts so many pairs are compared one by one.
_EQUALS = 400


def match(old: Sequence[Entry], new: Sequence[Entry], names: Names) -> tuple[Match, ...]:
    """The matches of two plans' entries in the order of the new plan; what is in none came or went."""
    like = Likeness(ComparedSide(old, names), ComparedSide(new, names))
    pairs = Pairs()
    named = _by_id(like, pairs)
    _exact(like, pairs)
    indexes = Index(like.old.words), Index(like.new.words)
    options = [
        option
        for candidates in (from_index(like, pairs, indexes[1]), from_neighbours(like, pairs))
        for option in _alike(like, pairs, candidates)
    ]
    headings, topics = Headings(like, pairs, named), Topics(like, pairs, indexes[1])
    headings.find()
    topics.strong()
    _take(pairs, [option for option in best_first(options) if option[0] >= _CLEAR])
    headings.find()
    split, merged = splits_and_mergers(like, pairs.old, indexes)
    topics.weak((_places(split, merged), _places(merged, split)))
    headings.find()
    return tuple(_matches(like, pairs, split, merged))


def _by_id(like: Likeness, pairs: Pairs) -> list[int]:
    """Pair what has one id; the new places of parts, whose ids are but the names of their files."""
    new = _known(like.new.entries)
    parts = []
    for key, o in _known(like.old.entries).items():
        if key in new:
            score = like.of(o, new[key])
            pairs.put(o, new[key], score, doubtful=score < _ALIEN and key[0] == "item")
            parts += [new[key]] if key[0] == "part" else []
    return parts


def _known(entries: Iterable[Entry]) -> dict[tuple[str, str, int], int]:
    """The entries that have ids. A frame text, the heading of a part and an item may bear the same one.

    Texts of parts that are written out in the document and titled alike are known by their order.
    """
    found: dict[tuple[str, str, int], int] = {}
    count: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        if entry.id:
            part = entry.kind == "section" and not entry.section
            key = "frame" if entry.kind == "frame" else "part" if part else "item", entry.id
            found[*key, count[key]] = entry.place
            count[key] += 1
    return found


def _exact(like: Likeness, pairs: Pairs) -> None:
    """Equal texts, those that also stand under the same titles first."""
    keys: tuple[Callable[[Entry], Hashable], ...] = (
        lambda entry: (entry.title, entry.text, entry.section, entry.printed),
        lambda entry: (entry.title, entry.text, entry.section),
        lambda entry: (entry.title, entry.text),
    )
    for key in keys:
        groups = [defaultdict[object, list[int]](list), defaultdict[object, list[int]](list)]
        for group, side, taken in zip(groups, (like.old, like.new), (pairs.old, pairs.new), strict=True):
            for entry in side.entries:
                if entry.place not in taken and comparable(entry):
                    group[key(entry)].append(entry.place)
        for words, olds in groups[0].items():
            _equals(like, pairs, olds, groups[1].get(words, []))


def _equals(like: Likeness, pairs: Pairs, olds: Sequence[int], news: Sequence[int]) -> None:
    """Pair what has the same words by units and place; where there are very many, in their order."""
    if len(olds) * len(news) > _EQUALS:
        options = [(like.of(o, n), o, n) for o, n in zip(olds, news, strict=False)]
    else:
        options = [(like.of(o, n), o, n) for o in olds for n in news]
    for score, o, n in sorted(options, key=lambda option: (-option[0], abs(option[1] - option[2]), option[2])):
        if pairs.free(o, n) and not two_ids(like, o, n, score):
            pairs.put(o, n, score)


def _alike(like: Likeness, pairs: Pairs, candidates: Iterable[tuple[int, int]]) -> list[Option]:
    """Take the likeliest pairs first, then mend where a taken one left somebody without a partner; all options."""
    scored = [(like.of(o, n), o, n) for o, n in dict.fromkeys(candidates) if may_pair(like, o, n)]
    options = best_first(
        [option for option in scored if option[0] >= _LEAST and enough(like, option[1], option[2], option[0])]
    )
    best = rivals(options)
    enough_said = [(score, o, n) for score, o, n in options if score >= _limit(like, o, n, best(o, n))]
    _take(pairs, enough_said)
    mend(pairs, enough_said)
    _doubt(pairs, options)
    return options


def _limit(like: Likeness, o: int, n: int, rival: float) -> float:
    """How alike two entries must be: what is too short to have a topic need not be as much so."""
    is_short = min(len(like.old.words[o]), len(like.new.words[n])) < _SHORT
    return min(_CLEAR, rival + _AHEAD) if is_short else _SURE


def _take(pairs: Pairs, options: Iterable[Option]) -> None:
    for score, o, n in options:
        if pairs.free(o, n):
            pairs.put(o, n, score, doubtful=score < _SURE)


def _doubt(pairs: Pairs, scored: Sequence[tuple[float, int, int]]) -> None:
    """Mark the pairs that were a near thing."""
    for score, o, n in scored:
        if pairs.old.get(o) == n:
            continue
        for m in {pairs.old.get(o), n} & pairs.score.keys():
            if m is not None and pairs.score[m] < score + _MARGIN and (m == n or pairs.new.get(m) == o):
                pairs.doubtful.add(m)


def _matches(
    like: Likeness, pairs: Pairs, split: dict[int, tuple[int, ...]], merged: dict[int, tuple[int, ...]]
) -> Iterator[Match]:
    old, new = like.old.entries, like.new.entries
    found: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((o,), news) for o, news in split.items()]
    found += [(olds, (n,)) for n, olds in merged.items()]
    done = {n for _, news in found for n in news}
    found += [((o,), (n,)) for n, o in pairs.new.items() if n not in done]
    for olds, news in sorted(found, key=lambda pair: pair[1]):
        if len(olds) == len(news):
            yield Match((old[olds[0]],), (new[news[0]],), _rounded(pairs.score[news[0]]), news[0] in pairs.doubtful)
            continue
        score = ratio("".join(like.old.words[o] for o in olds), "".join(like.new.words[n] for n in news))
        yield Match(tuple(old[o] for o in olds), tuple(new[n] for n in news), _rounded(score), score < _SURE)


def _places(wholes: Pieces, others: Pieces) -> frozenset[int]:
    """The places of one side in its splits and in the other's mergers."""
    return frozenset(wholes).union(*others.values())


def _rounded(score: float) -> float:
    """Three digits: more would only tell machines apart."""
    return round(score, 3)
