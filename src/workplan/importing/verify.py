"""The verify pass: what was written is compiled, and what it prints is held against the source, piece by piece and as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan import view
from workplan.importing.marks import bare
from workplan.importing.piece import Paragraph
from workplan.importing.tables import words_of
from workplan.language.model import TablePart
from workplan.view import wording
from workplan.view.sequence import BODY, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.importing.draft import Draft, Node
    from workplan.importing.draft import Part as PartDraft
    from workplan.importing.framed import Framed
    from workplan.importing.piece import Table as TablePiece
    from workplan.plan.compiled import Plan
    from workplan.plan.numbering import Numbered, NumberedPart
    from workplan.view.sequence import Block


@dataclass(frozen=True, slots=True)
class Verdict:
    """What differs: nodes by their ids, and whether frame and running text as wholes are as in the source."""

    nodes: tuple[int, ...]
    frame: bool
    body: bool

    @property
    def exact(self) -> bool:
        """Whether the plan prints the source."""
        return self.frame and self.body


def verdict(draft: Draft, plan: Plan, source: Framed) -> Verdict:
    """Hold a compiled plan against the pieces that it was made from."""
    official = view.official(plan)
    frame = Counter(bare(_words(block)) for block in official.sequence if _is_frame(block))
    wanted = Counter(bare("".join(line.text for line in lines)) for lines in source.frame())
    body = bare("".join(_words(block) for block in official.sequence if not _is_frame(block)))
    return Verdict(
        nodes=tuple(_differing(draft, plan)),
        frame=+_filled(frame) == +_filled(wanted),
        body=body == "".join(_source(source)),
    )


def accounts_for(framed: Framed, pieces: Sequence[Paragraph | TablePiece]) -> bool:
    """Whether a document taken apart still has every character of its pieces, its running text in their order."""
    own = "".join(map(_piece_words, pieces))
    body = "".join(_source(framed))
    frame = "".join(bare(line.text) for lines in framed.frame() for line in lines)
    rest = iter(own)
    return Counter(own) == Counter(body) + Counter(frame) and all(sign in rest for sign in body)


def _filled(counts: Counter[str]) -> Counter[str]:
    return Counter({words: count for words, count in counts.items() if words})


def _is_frame(block: Block) -> bool:
    return not isinstance(block, Table) and block.role not in BODY


def _words(block: Block) -> str:
    if isinstance(block, Table):
        return "".join(element.text for element in block.elements)
    return block.printed


def _source(framed: Framed) -> Iterator[str]:
    for body in framed.bodies():
        yield from map(_piece_words, body)


def _piece_words(piece: Paragraph | TablePiece) -> str:
    return bare(piece.text) if isinstance(piece, Paragraph) else words_of(piece)


def _differing(draft: Draft, plan: Plan) -> Iterator[int]:
    """The ids of the nodes that do not print what they stand for; nothing where the plan has another shape."""
    if len(draft.parts) != len(plan.parts) or len(draft.attachments) != len(plan.attachments):
        return
    pairs = (*zip(draft.parts, plan.parts, strict=False), *zip(draft.attachments, plan.attachments, strict=False))
    for part, numbered in pairs:
        yield from _of_part(part, numbered, plan)


def _of_part(part: PartDraft, numbered: NumberedPart, plan: Plan) -> Iterator[int]:
    head = part.head
    if head is not None and head.id >= 0 and _head_words(numbered) != head.printed:
        yield head.id
    if isinstance(numbered.part, TablePart):
        return
    yield from _of_items(part.items, numbered.items, plan)


def _head_words(part: NumberedPart) -> str:
    text = part.part.text.text if part.part.text else ""
    return bare("".join(paragraph.printed for paragraph in wording.heading(part)) + text)


def _of_items(nodes: Sequence[Node], items: Sequence[Numbered], plan: Plan) -> Iterator[int]:
    for node, numbered in zip(nodes, items, strict=False):
        if bare("".join(map(_words, view.of(plan).own(numbered)))) != node.printed:
            yield node.id
        yield from _of_items(node.items, numbered.items, plan)
