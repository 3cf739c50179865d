"""What kind the parts of a plan are, what their files are called, and the names for life of their items."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.importing.marks import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.importing.draft import Draft, Node, Part

_GOALS = Pattern(".*(?:总体要求|总体思路|工作目标|总体目标|主要目标|目标任务|工作思路|指导思想|基本原则|发展目标)")
_SAFEGUARDS = Pattern(
    ".*(?:保障措施|组织保障|工作保障|保障机制|组织实施|工作要求|有关要求|实施保障|强化保障|加强组织领导|组织领导)"
)
_TASKS = Pattern(".*(?:任务|举措|重点工作|工作重点|主要措施|重点措施)")
#: A file's name has at most so many 字.
_LONGEST_NAME = 20
_NOT_IN_NAMES = re.compile(r"[\s/\\:*?\"<>|.。，；：、！？（）()《》“”‘’]")
_STOPS = "。！？；：，、 　"
_LONGEST_ID = 50
_DUTIES = ("tasks", "safeguards")


def kept(part: Part) -> Part:
    """A part with the kind that its title and its annotations say."""
    title = bare(part.head.title) if part.head else ""
    annotated = any(node.units for node in part.walk())
    if part.kind != "prose" or part.name:
        return part
    if _SAFEGUARDS.fullmatch(title):
        return replace(part, kind="safeguards")
    if annotated or _TASKS.fullmatch(title):
        return replace(part, kind="tasks")
    return replace(part, kind="goals") if _GOALS.fullmatch(title) else part


def sorted_out(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with their kinds; a document in which nobody is named has no tasks but where its titles say so."""
    yield from map(kept, parts)


def named(parts: Sequence[Part], attachments: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Parts and attachments under the names of their files: what kind a part is where that tells it apart, else their titles."""
    taken: set[str] = {"document", "units"}
    kinds = [part.kind for part in parts]
    alone = {kind for kind in kinds if kinds.count(kind) == 1 and kind != "prose"}
    return _named(parts, alone, "text", taken), _named(attachments, set(), "附件", taken)


def _named(parts: Sequence[Part], alone: set[str], usual: str, taken: set[str]) -> tuple[Part, ...]:
    found: list[Part] = []
    for place, part in enumerate(parts, 1):
        title = _NOT_IN_NAMES.sub("", part.head.title if part.head else "")[:_LONGEST_NAME]
        name = part.kind if part.kind in alone else title or (usual if part.kind == "prose" else part.kind)
        while name.casefold() in taken:
            name = f"{name}{place}"
        taken.add(name.casefold())
        found.append(replace(part, name=name))
    return tuple(found)


def with_ids(draft: Draft) -> Draft:
    """A task's title is its name for life; of two with the same title the second gets a number."""
    taken: dict[str, int] = {}
    parts, attachments = (
        tuple(
            replace(part, items=tuple(_identified(node, taken) for node in part.items))
            if part.kind in _DUTIES
            else part
            for part in group
        )
        for group in (draft.parts, draft.attachments)
    )
    return replace(draft, parts=parts, attachments=attachments)


def _identified(node: Node, taken: dict[str, int]) -> Node:
    own = name_of(node.title)
    if own and node.mark is not None:
        taken[own] = taken.get(own, 0) + 1
        node = replace(node, own_id=counted(own, taken[own]))
    return replace(node, items=tuple(_identified(below, taken) for below in node.items))


def name_of(title: str) -> str:
    """The ``id`` that a title makes; "" where it is too long for one."""
    own = title.strip(_STOPS)
    return own if len(own) <= _LONGEST_ID else ""


def counted(own: str, count: int) -> str:
    """The ``id`` of so many items with one title."""
    return own if count == 1 else f"{own}（{count}）"
