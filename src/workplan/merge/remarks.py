"""The comments of a copy: where each stands, on which words, and how it is kept in the plan's YAML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.language import whole_lines
from workplan.merge.ground import Ground
from workplan.merge.signs import core

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.diagnostic import Replacement
    from workplan.merge.printed import Printed
    from workplan.merge.returned import Comment, Line

#: So many characters of a date as Word writes it are the day.
_DAY = len("2026-03-01")


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment: ``holder`` is the address of what it stands on in the copy's base, "" for nothing that is known.

    ``words`` are those it is on, ``line`` the whole line that has them; ``date`` is a day, "" for none.
    """

    holder: str
    place: str
    words: str
    line: str
    said: str
    author: str
    date: str

    @property
    def comment(self) -> str:
        """The remark as a comment of YAML, without its sign; plans are Chinese, whatever language workplan speaks."""
        who = "、".join(filter(None, (self.author, self.date)))
        return f"批注（{who}）：{' '.join(self.said.split())}" if who else f"批注：{' '.join(self.said.split())}"


def remarks(base: Printed, lines: Sequence[Line], places_of: Sequence[tuple[int, ...]]) -> Iterator[Remark]:
    """The comments of a copy in its order; one on what is new stands with what is above it."""
    holder = ""
    for line, own in zip(lines, places_of, strict=True):
        holder = base.lines[own[0]].holder if own else holder
        for comment in line.comments:
            yield Remark(
                holder=holder,
                place=base.place(holder),
                words=line.text[comment.start : comment.end].strip(),
                line=line.text,
                said=comment.said,
                author=comment.author,
                date=comment.date[:_DAY],
            )


def loose(comment: Comment) -> Remark:
    """A comment whose words are gone: it stands nowhere any more."""
    return Remark(
        holder="", place="", words="", line="", said=comment.said, author=comment.author, date=comment.date[:_DAY]
    )


def kept(today: Printed, found: Sequence[Remark]) -> list[Replacement]:
    """Comments of YAML above what the remarks stand on; one that is there stays alone.

    A remark whose line the plan does not print has no place, and is left out.
    """
    ground = Ground(today)
    by_core = {core(line.number + line.text): line.holder for line in today.lines if line.text.strip()}
    made: list[Replacement] = []
    for remark in found:
        place = ground.above(by_core.get(core(remark.line), ""))
        if place is None:
            continue
        file, lines = place
        comment = f"{lines.indent}# {remark.comment}"
        if comment not in file.text.splitlines():
            made.append(whole_lines.before(file, lines, [comment]))
    return made
