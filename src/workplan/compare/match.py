"""Which entries of the new plan carry on which of the old one: by id, by exact text, then by likeness."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workplan.compare.change import Match
from workplan.compare.index import Index
from workplan.compare.likeness import ComparedSide, Likeness, ratio
from workplan.compare.moves import parents
from workplan.compare.split_merge import splits_and_mergers

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from workplan.compare.change import Entry
    from workplan.compare.units import Names

#: A pair that is less alike is none; below the second figure a person should look; two different ids must be more alike.
_LEAST, _SURE, _OTHER_ID = 0.4, 0.6, 0.75
#: Below the first figure a pair must be alike by so much more than either is to anything else.
_CLEAR, _AHEAD = 0.5, 0.08
#: A heading alone says little: it must be this like another, or head the same entries.
_HEADING = 0.75
#: A pair that another one comes so near to is doubtful.
_MARGIN = 0.02
#: The same id on things so unlike is worth a look.
_ALIEN = 0.25
#: A frame text shorter than this is known by its key alone.
_FRAME = 20
#: Number of entries looked at on either side of a matched one.
_NEAR = 6
#: Of several equal texts so many pairs are compared one by one.
_EQUALS = 400


@dataclass(slots=True)
class _Pairs:
    """One-to-one pairs by place, with their likeness."""

    old: dict[int, int] = field(default_factory=dict)
    new: dict[int, int] = field(default_factory=dict)
    score: dict[int, float] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)

    def put(self, o: int, n: int, score: float, *, doubtful: bool = False) -> None:
        self.old[o], self.new[n], self.score[n] = n, o, score
        if doubtful:
            self.doubtful.add(n)

    def drop(self, n: int) -> None:
        del self.old[self.new.pop(n)], self.score[n]
        self.doubtful.discard(n)

    def free(self, o: int, n: int) -> bool:
        return o not in self.old and n not in self.new


def match(old: Sequence[Entry], new: Sequence[Entry], names: Names) -> tuple[Match, ...]:
    """The matches of two plans' entries in the order of the new plan; what is in none came or went."""
    like = Likeness(ComparedSide(old, names), ComparedSide(new, names))
    pairs = _Pairs()
    _by_id(like, pairs)
    _exact(like, pairs)
    indexes = Index(like.old.words), Index(like.new.words)
    for candidates in (_from_index(like, pairs, indexes[1]), _from_neighbours(like, pairs)):
        _assign(like, pairs, candidates)
    _headings(like, pairs)
    split, merged = splits_and_mergers(like, pairs.old, indexes)
    return tuple(_matches(like, pairs, split, merged))


def _by_id(like: Likeness, pairs: _Pairs) -> None:
    new = _known(like.new.entries)
    for key, o in _known(like.old.entries).items():
        if key in new:
            score = like.of(o, new[key])
            pairs.put(o, new[key], score, doubtful=score < _ALIEN and key[0] != "frame")


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


def _exact(like: Likeness, pairs: _Pairs) -> None:
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
                if entry.place not in taken and _comparable(entry):
                    group[key(entry)].append(entry.place)
        for words, olds in groups[0].items():
            _equals(like, pairs, olds, groups[1].get(words, []))


def _comparable(entry: Entry) -> bool:
    """Whether an entry may be matched by what it says; a short text of the document's frame says too little."""
    known_by_key = entry.kind == "frame" and not entry.section and len(entry.text) < _FRAME
    return bool(entry.title or entry.text) and not known_by_key


def _equals(like: Likeness, pairs: _Pairs, olds: Sequence[int], news: Sequence[int]) -> None:
    """Pair what has the same words by units and place; where there are very many, in their order."""
    if len(olds) * len(news) > _EQUALS:
        options = [(like.of(o, n), o, n) for o, n in zip(olds, news, strict=False)]
    else:
        options = [(like.of(o, n), o, n) for o in olds for n in news]
    for score, o, n in sorted(options, key=lambda option: (-option[0], abs(option[1] - option[2]), option[2])):
        if pairs.free(o, n) and not _two_ids(like, o, n, score):
            pairs.put(o, n, score)


def _from_index(like: Likeness, pairs: _Pairs, index: Index) -> Iterator[tuple[int, int]]:
    for entry in like.old.entries:
        if entry.place not in pairs.old and _comparable(entry):
            yield from ((entry.place, n) for n in index.like(like.old.words[entry.place]) if n not in pairs.new)


def _from_neighbours(like: Likeness, pairs: _Pairs) -> Iterator[tuple[int, int]]:
    """What stands beside two entries that belong together: the only hint for what has few words or none of its own."""
    for o, n in list(pairs.old.items()):
        for step in (1, -1):
            olds = _beside(o, step, pairs.old, len(like.old.entries))
            news = _beside(n, step, pairs.new, len(like.new.entries))
            yield from ((left, right) for left in olds for right in news)


def _beside(place: int, step: int, taken: dict[int, int], end: int) -> list[int]:
    """The free places next to one, up to the first that is taken."""
    found: list[int] = []
    place += step
    while 0 <= place < end and place not in taken and len(found) < _NEAR:
        found.append(place)
        place += step
    return found


def _assign(like: Likeness, pairs: _Pairs, candidates: Iterable[tuple[int, int]]) -> None:
    """Take the likeliest pairs first, then mend where a taken one left somebody without a partner."""
    scored = [(like.of(o, n), o, n) for o, n in dict.fromkeys(candidates) if _may_pair(like, o, n)]
    scored = [(score, o, n) for score, o, n in scored if score >= _LEAST and _enough(like, o, n, score)]
    scored.sort(key=lambda option: (-option[0], option[1], option[2]))
    best = _best(scored)
    for score, o, n in scored:
        if pairs.free(o, n) and (score >= _CLEAR or score >= best(o, n) + _AHEAD):
            pairs.put(o, n, score)
    _mend(pairs, scored)
    _doubt(pairs, scored)


def _best(scored: Sequence[tuple[float, int, int]]) -> Callable[[int, int], float]:
    """How like the entries of a pair are to the likeliest other ones; ``scored`` begins with the most alike."""
    olds: dict[int, list[float]] = defaultdict(list)
    news: dict[int, list[float]] = defaultdict(list)
    for score, o, n in scored:
        olds[o].append(score)
        news[n].append(score)

    def other(o: int, n: int) -> float:
        return max(*olds[o][1:2], *news[n][1:2], 0.0, 0.0)

    return other


def _may_pair(like: Likeness, o: int, n: int) -> bool:
    old, new = like.old.entries[o], like.new.entries[n]
    return _comparable(old) and _comparable(new) and (old.kind == "section") == (new.kind == "section")


def _enough(like: Likeness, o: int, n: int, score: float) -> bool:
    heading = like.old.entries[o].kind == "section"
    return not (heading and score < _HEADING) and not _two_ids(like, o, n, score)


def _two_ids(like: Likeness, o: int, n: int, score: float) -> bool:
    """Whether both have ids, which are then others, and are not so alike that one may have been given anew."""
    return bool(like.old.entries[o].id and like.new.entries[n].id) and score < _OTHER_ID


def _mend(pairs: _Pairs, scored: Sequence[tuple[float, int, int]]) -> None:
    """Where a free entry could have what another took, and that one has a second choice, both are served."""
    choices: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for score, o, n in scored:
        choices[o].append((score, n))
    for score, o, n in scored:
        if o in pairs.old or n not in pairs.new:
            continue
        rival = pairs.new[n]
        second = next(((other, m) for other, m in choices[rival] if m not in pairs.new), None)
        if second and n in pairs.score and score + second[0] > pairs.score[n]:
            pairs.drop(n)
            pairs.put(o, n, score)
            pairs.put(rival, second[1], second[0])


def _doubt(pairs: _Pairs, scored: Sequence[tuple[float, int, int]]) -> None:
    """Mark the pairs that are hardly alike, and those that were a near thing."""
    for score, o, n in scored:
        if pairs.old.get(o) == n:
            if score < _SURE:
                pairs.doubtful.add(n)
            continue
        for m in {pairs.old.get(o), n} & pairs.score.keys():
            if m is not None and pairs.score[m] < score + _MARGIN and (m == n or pairs.new.get(m) == o):
                pairs.doubtful.add(m)


def _headings(like: Likeness, pairs: _Pairs) -> None:
    """Headings that were worded anew are known by what stands under them."""
    above = [parents(side.entries) for side in (like.old, like.new)]
    votes: Counter[tuple[int, int]] = Counter()
    total: Counter[int] = Counter()
    for o, n in pairs.old.items():
        heads = above[0].get(o), above[1].get(n)
        if heads[0] is not None and heads[1] is not None:
            votes[heads[0], heads[1]] += 1
            total[heads[0]] += 1
    for (o, n), count in votes.most_common():
        if pairs.free(o, n) and _may_pair(like, o, n) and 2 * count > total[o]:
            title = ratio(like.old.entries[o].title, like.new.entries[n].title)
            score = (title + count / total[o]) / 2
            if not _two_ids(like, o, n, score):
                pairs.put(o, n, score, doubtful=score < _SURE)


def _matches(
    like: Likeness, pairs: _Pairs, split: dict[int, tuple[int, ...]], merged: dict[int, tuple[int, ...]]
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


def _rounded(score: float) -> float:
    """Three digits: more would only tell machines apart."""
    return round(score, 3)
