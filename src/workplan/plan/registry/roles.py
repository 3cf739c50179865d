"""The names of one part of a phrase, and how labels, verbs and 会同 give them their roles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workplan.plan.registry.labels import Said

if TYPE_CHECKING:
    from workplan.plan.registry.phrase import Name, Role
    from workplan.plan.registry.verbs import Verb


@dataclass(slots=True)
class Roles:
    """Names by their places in ``names``; ``led`` says that somebody leads. ``given`` are those whose role something gave.

    A verb gives the names before it their role back to the last verb. Behind 会同 stand those who help the ones before it.
    """

    label: Said = field(default_factory=Said)
    led: bool = False
    names: list[Name] = field(default_factory=list)
    given: set[int] = field(default_factory=set)
    #: A mark stands before the next name that makes it lead.
    starred: bool = False
    #: The number of names before the first comma; None without one.
    first_comma: int | None = None
    _pending: int = 0
    _comma: int = 0
    _together: int | None = None

    @property
    def waiting(self) -> bool:
        """Whether there are names that no verb has spoken of."""
        return self._pending < len(self.names)

    def role(self) -> Role:
        """The role that the label gives to the next name."""
        return self.label.others if self.names else self.label.first

    def add(self, name: Name, *, settled: bool = False) -> None:
        """One more name; ``settled`` if nothing that follows changes its role."""
        self.names.append(name)
        if settled or self.starred:
            self.settle(len(self.names) - 1, "lead" if self.starred else name.role)
        self.starred = False

    def comma(self) -> None:
        """A comma stands here."""
        self._comma = len(self.names)
        if self.first_comma is None and self.names:
            self.first_comma = self._comma

    def part(self) -> None:
        """What follows says nothing of the names before it: 其中由县水利局牵头."""
        self._pending = len(self.names)

    def together(self) -> None:
        """会同 stands here."""
        if self._together is None:
            self._together = len(self.names)

    def settle(self, place: int, role: Role) -> None:
        """Give a name a role that no verb changes: （牵头）."""
        self.names[place] = replace(self.names[place], role=role)
        self.given.add(place)
        self.led = self.led or role == "lead"

    def give(self, verb: Verb) -> None:
        """A verb stands here."""
        if self._together is not None:
            self._give_together(verb)
        elif verb.alone == "support" and not self.led and 0 == self._pending < self._comma < len(self.names):
            self._set(self._comma, len(self.names), "support")  # 甲局，乙局配合: somebody has to answer for it
        elif verb.alone != "responsible" or self.led:
            self._set(self._pending, len(self.names), verb.led if self.led else verb.alone)
        else:  # the label, if there is one, says it more exactly
            self.given |= {*range(self._pending, len(self.names))}
        self.led = self.led or verb.alone == "lead"
        self._pending = len(self.names)

    def _give_together(self, verb: Verb | None) -> None:
        start, middle, end = self._pending, self._together or 0, len(self.names)
        self._together = None
        alone = "responsible" if verb is None else verb.alone
        if alone == "lead":
            self._set(start, end, "lead")
        elif alone == "support" and not middle < self._comma < end:
            self._set(start, end, "support")
        else:
            self._set(middle, end, "support")
            after: Role = verb.led if verb and alone == "responsible" else "support"
            self._set(start, middle, after if self.led else "lead")
            self.led = True

    def _set(self, start: int, end: int, role: Role) -> None:
        for place in sorted({*range(start, end)} - self.given):
            self.names[place] = replace(self.names[place], role=role)
            self.given.add(place)

    def close(self) -> None:
        """The part ends here."""
        if self._together is not None:
            self._give_together(None)
