"""Reads one part of a phrase, behind its label if it has one: a small grammar over the tokens.

After a mark or a connector a name may begin; behind a name stands a mark, a connector, 等, a role or a verb; behind a verb what
is done. Whatever else stands there is a remark: it takes nothing from the name before it, and is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese.deadlines import before_verb, standing
from workplan.chinese.patterns import Pattern
from workplan.plan.registry.asides import bracket, sentence
from workplan.plan.registry.phrase import Doubt, Labelled
from workplan.plan.registry.reading import Reading
from workplan.plan.registry.remarks import excepted, is_remark, of_roles
from workplan.plan.registry.unregistered import stands_for_unit, unregistered

if TYPE_CHECKING:
    from workplan.plan.registry.phrase import Piece
    from workplan.plan.registry.tokens import Found

_CLAUSE_MARK = Pattern("[，,；;。：:]")
_TAIL_END = Pattern(r"[、，,；;。/／|｜：:\s（()）〔〕【】［］\[\]*＊★]")
_HAN = Pattern("[一-鿿]")
#: Verbs that surely govern words behind them; 指导 might be part of a name (指导中心).
_GOVERN = ("负责", "牵头", "承担", "抓好", "做好")


class Reader(Reading):
    """Goes through a part step by step."""

    __slots__ = ()

    def read(self) -> None:
        """Go through the part once; every step moves on."""
        self.begin_segment()
        while self.pos < self.end:
            if not (
                sentence(self)
                or self._mark()
                or bracket(self)
                or self._deadline()
                or self._star()
                or self._name()
                or self._open_list()
                or self._together()
                or self._verb()
                or self._join()
                or self._by()
                or self._what_is_done()
                or self._tail()
            ):
                self._stranger()
        self.join_printed()
        self.roles.close()

    def _mark(self) -> bool:
        end = self.tokens.mark(self.pos, self.end)
        if end == self.pos or self._name_at(self.pos):  # a registered name may begin with a mark
            return False
        marks = self.turn("mark", end)
        self.listed = not _CLAUSE_MARK.search(marks)
        if "，" in marks or "," in marks:
            self.roles.comma()
        if self.names and ("：" in marks or ":" in marks):
            self.state = "verb"  # 区教育局：制定政策
        return True

    def _star(self) -> bool:
        end = self.tokens.star(self.pos, self.end)
        if end > self.pos and self.state == "name":
            self.roles.settle(len(self.names) - 1, "lead")
        elif end > self.pos:
            self.roles.starred = True
        return end > self.pos and bool(self.take("role", end))

    def _deadline(self) -> bool:
        found = None if self.state == "verb" else standing(self.tokens.text, self.pos, self.end)
        if found is None and self.state == "name":
            found = before_verb(self.tokens.text, self.pos, self.end)
            if found is not None and self.tokens.verb(found.end, self.end) is None:
                return False
        if found is None or self.tokens.names_in(self.pos, found.end):
            return False
        self.verb = self.verb or (found.done and self.state == "name")
        words = self.tokens.text[found.start : found.stop]
        self.due.append(Labelled("", words, found.start, found.stop))
        self.take("due", found.end)
        return True

    def _open_list(self) -> bool:
        end = self.tokens.others(self.pos, self.end) if self.state != "verb" and self.before else self.pos
        if end == self.pos:
            return False
        self.open = True
        self.turn("open", end)
        return True

    def _together(self) -> bool:
        end = self.tokens.together(self.pos, self.end)
        if end == self.pos:
            return False
        self.roles.together()
        self.turn("join", end)
        return True

    def _join(self) -> bool:
        end = self.tokens.join(self.pos, self.end)
        if end == self.pos or (self.state == "verb" and not self._name_at(end)):
            return False
        if len(self.names) == self.segment[1]:  # after 等: 和 begins a new name, it joins none
            self.segment = (end, len(self.names))
        self.take("join", end)
        self.state, self.listed = "fresh", True
        return True

    def _by(self) -> bool:
        """由 before the first name of a group: ``由区教育局牵头``."""
        end = self.tokens.by(self.pos, self.end) if self.pos == self.segment[0] and self.state == "fresh" else self.pos
        if end == self.pos:
            return False
        self.take("join", end)
        self.begin_segment()
        if not self.listed:
            self.roles.part()
        return True

    def _verb(self) -> bool:
        found = self.tokens.verb(self.pos, self.end)
        if found is None or (self.state == "fresh" and not self._is_verb(found[0])):
            return False
        self.verb = self.complete = True
        self.roles.give(found[1])
        self.turn("verb", found[0], "verb")
        return True

    def _is_verb(self, end: int) -> bool:
        """Whether what looks like a verb at the beginning of a clause is one: not in 协同创新中心."""
        if self.tokens.edge(end, self.end) or self.tokens.known(end, self.end):
            return True
        words = self.tokens.text[self.pos : unregistered(self.tokens, self.pos, self.end)]
        return self.roles.waiting and not self.listed and not stands_for_unit(words)

    def _what_is_done(self) -> bool:
        """What a verb governs: ``负责政策制定、资金保障``."""
        if self.state != "verb":
            return False
        begin = self.pos
        verb = self.pieces[-1]
        words = self.take("words", self._clause_end())
        if verb.kind == "verb" and stands_for_unit(words) and not self._governs(verb):
            self.doubts.append(Doubt("tail", begin, self.pos))
        return True

    def _governs(self, verb: Piece) -> bool:
        return self.tokens.text[verb.start : verb.end].endswith(_GOVERN)

    def _clause_end(self) -> int:
        """Where words end that are no name: at a comma or stop, or at a mark with a known name behind it."""
        text, place = self.tokens.text, self.pos
        while place < self.end:
            whole = max(self.tokens.book.listing(text, place), self.tokens.brackets.get(place, place - 1) + 1)
            if whole > place:
                place = min(whole, self.end)
                continue
            after = max(self.tokens.mark(place, self.end), self.tokens.join(place, self.end))
            if place > self.pos and after > place:
                named = after < self.end and self._name_at(after) is not None
                if named or _CLAUSE_MARK.search(text, place, after):
                    return place
            place += 1
        return self.end

    def _name_at(self, pos: int) -> Found | None:
        return self.tokens.known(pos, self.end) or self.tokens.carried(pos, self.end, self.before)

    def _name(self) -> bool:
        found = self.tokens.known(self.pos, self.end)
        if self.state == "fresh":
            return self._fresh_name(found)
        if found is None and self.state == "name":
            found = self.tokens.carried(self.pos, self.end, self.before)
        if found is None or not (self.tokens.edge(found.end, self.end) or self.tokens.known(found.end, self.end)):
            return False
        if self.state == "name":  # two names without a mark between them
            self.doubts.append(Doubt("mark", self.pos, found.end))
            self.join_printed()
            self.begin_segment()
        self.enter(found.unit, found.end, found.carried)
        return True

    def _fresh_name(self, found: Found | None) -> bool:
        """A name where one may begin; 各区、县级市 is one, though 各区 alone were known."""
        short = found is None or found.end - self.pos == len("各区")
        whole = self.tokens.collective(self.pos, self.end) if short else self.pos
        if whole > (found.end if found else self.pos):
            self.enter("", whole)
            return True
        found = found or self.tokens.carried(self.pos, self.end, self.before)
        if found is not None:
            self.enter(found.unit, found.end, found.carried)
        return found is not None

    def _tail(self) -> bool:
        """Words behind a name that are none of the things that may stand there."""
        if self.state != "name":
            return False
        start, end = self.pos, self._tail_end()
        alone = end - start == 1 and self.tokens.edge(end, self.end) and self.tokens.verb(end, self.end) is None
        if self.pieces[-1].kind == "name" and alone and _HAN.match(self.tokens.text, start):
            self._mend(end)  # one more character is no remark: 区教育局长 is another name
            return True
        self.take("tail", end)
        self.doubts.append(Doubt("tail", start, end))
        return True

    def _mend(self, end: int) -> None:
        """The last name goes on up to ``end``, and is none that is registered."""
        self.pieces.pop()
        self.pos = self.names.pop().start
        self.enter("", end)

    def _tail_end(self) -> int:
        start = min(max(self.pos + 1, self.tokens.book.listing(self.tokens.text, self.pos)), self.end)
        for place in range(start, self.end):
            joined = self.tokens.join(place, self.end)
            if (
                _TAIL_END.match(self.tokens.text, place)
                or self.tokens.verb(place, self.end)
                or self.tokens.others(place, self.end) > place
                or (joined > place and self._name_at(joined))
            ):
                return place
        return self.end

    def _stranger(self) -> None:
        """Words where a name might begin, and none that is registered: a name nobody registered, or a remark."""
        end = excepted(self.tokens.text, self.pos, self.end)
        if end > self.pos or self.tokens.reported(self.pos, self.end):
            self.take("words", max(end, self.pos) if end > self.pos else self._clause_end())
            return
        above = self.tokens.above(self.pos, self.end) if self.names else self.pos
        if above > self.pos:
            self.take("words", above)
            self.state = "name"
            return
        end = of_roles(self.tokens.text, self.pos, self.end) if self.names else self.pos
        if end > self.pos:
            self.doubts.append(Doubt("tail", self.pos, end))
            self.take("tail", end)
            return
        end = unregistered(self.tokens, self.pos, self.end)
        people = self.roles.label.people
        if people and not stands_for_unit(self.tokens.text[self.pos : end]):
            self.columns.append(Labelled(people, self.tokens.text[self.pos : end], self.pos, end))
            self.take("column", end)
        elif self._is_remark(self.tokens.text[self.pos : end], end):
            self.take("words", self._clause_end())
        else:
            self.enter("", end)

    def _is_remark(self, words: str, end: int) -> bool:
        if stands_for_unit(words):
            return False
        if not self.complete:
            return bool(self.before) and not self.listed and is_remark(words)
        spoken_of = self.tokens.verb(end, self.end) is not None or self.tokens.others(end, self.end) > end
        return is_remark(words) or not (self.listed or spoken_of)
