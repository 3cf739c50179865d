"""The shape pass: trees of paragraphs to the parts, items and attachments of a plan, as far as nothing was given up for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern
from workplan.importing import kinds, styles
from workplan.importing.draft import Draft, Node, Part, Step
from workplan.importing.marks import bare
from workplan.importing.number import Numbering
from workplan.importing.piece import Paragraph, Table
from workplan.importing.tables import answers, table_of, words_of
from workplan.importing.titles import Numbered, worded
from workplan.importing.tree import Branch, Grown, Leaf, grown
from workplan.plan.numbering import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workplan.importing.framed import Attached, Framed
    from workplan.plan.registry import Book

#: How the last paragraph of a document begins that belongs to no numbered one.
_CLOSING = Pattern(
    "各(?:地|部门|单位|级|有关|相关|市|县|区|镇|乡)|本(?:意见|方案|办法|通知|措施|政策|规定|细则)|以上|特此|请各|上述"
)


@dataclass(frozen=True, slots=True)
class Trees:
    """The running texts of a document as trees: that of the notice apart, which stays text."""

    framed: Framed
    notice: tuple[Leaf, ...]
    main: Grown
    attachments: tuple[Grown, ...]

    def leaves(self) -> Iterator[Leaf]:
        """Every piece of the running texts."""
        yield from self.notice
        for body in (self.main, *self.attachments):
            yield from _leaves(body)

    def texts(self) -> Iterator[str]:
        """Every paragraph and cell, for whoever looks for names."""
        for body in self.framed.bodies():
            for piece in body:
                if isinstance(piece, Paragraph):
                    yield piece.text
                elif isinstance(piece, Table):
                    yield from (cell.text for row in piece.rows for cell in row)
                    yield from answers(piece)


def trees(framed: Framed) -> Trees:
    """The trees of a document; its leaves are counted through all running texts."""
    count = 0
    texts: list[tuple[Leaf, ...]] = []
    bodies = [framed.notice.body if framed.notice else (), framed.main.body, *(one.body for one in framed.attachments)]
    for body in bodies:
        texts.append(tuple(Leaf(count + place, piece) for place, piece in enumerate(body)))
        count += len(body)
    return Trees(framed, texts[0], grown(texts[1]), tuple(map(grown, texts[2:])))


def shaped(found: Trees, book: Book, steps: Mapping[int, Step]) -> Draft:
    """The plan that the trees make; ``steps`` say by the id of a node how far its structure has been given up."""
    shaping = _Shaping(book, steps)
    preamble, parts, closing = shaping.main(found.main)
    attachments = tuple(
        shaping.attachment(one, tree) for one, tree in zip(found.framed.attachments, found.attachments, strict=True)
    )
    if found.framed.listing.names:
        attachments = tuple(map(_listed, attachments, found.framed.listing.names))
    style = styles.of(parts)
    forced = frozenset(place for place, step in steps.items() if step >= Step.NUMBERED)
    numbering = Numbering(style, forced)
    named, own = kinds.named(
        [replace(part, style=styles.apart(part, style)) for part in parts],
        [replace(part, style=styles.apart(part, style)) for part in attachments],
    )
    return kinds.with_ids(
        Draft(
            framed=found.framed,
            notice=tuple(text for leaf in found.notice for text in _words(leaf)),
            preamble=preamble,
            parts=numbering.parts(named),
            closing=closing,
            attachments=tuple(map(numbering.attachment, own)),
            style=style,
        )
    )


def alone(tree: Grown, book: Book, steps: Mapping[int, Step]) -> tuple[Node, ...]:
    """The items that the branches of a tree make by themselves."""
    return tuple(_Shaping(book, steps).node(branch, 1) for branch in tree.branches)


def prose(found: Trees) -> Draft:
    """The last resort: the frame as it is, and every piece of the running texts a paragraph, in order."""
    bodies = [found.main, *found.attachments]
    leaves = sorted((leaf for body in bodies for leaf in _leaves(body)), key=lambda leaf: leaf.id)
    items = tuple(_flat(leaf) for leaf in leaves)
    notice = tuple(text for leaf in found.notice for text in _words(leaf))
    return Draft(framed=found.framed, notice=notice, parts=(Part(name="text", kind="prose", items=items),))


def _leaves(body: Grown) -> Iterator[Leaf]:
    yield from body.opening
    for branch in body.walk():
        yield branch.leaf
        yield from branch.rest


def _listed(part: Part, name: str) -> Part:
    title = part.head.title if part.head else ""
    return part if bare(title) == bare(name) else replace(part, listed=name)


def _words(leaf: Leaf) -> tuple[str, ...]:
    """The paragraphs of a piece, those of a table cell by cell."""
    piece = leaf.piece
    if isinstance(piece, Paragraph):
        return (piece.text.strip(),)
    texts = (text.strip() for row in piece.rows for cell in row for text in cell.text.split("\n"))
    return tuple(filter(None, texts))


def _flat(leaf: Leaf) -> Node:
    """A piece as a mere text."""
    words = _words(leaf)
    return Node(id=leaf.id, printed=bare("".join(words)), text=words)


class _Shaping:
    """Shapes the branches of all texts of one document."""

    def __init__(self, book: Book, steps: Mapping[int, Step]) -> None:
        self.book = book
        self.steps = steps

    def main(self, tree: Grown) -> tuple[tuple[str, ...], tuple[Part, ...], tuple[str, ...]]:
        """The preamble, the parts and the closing of the document's own text."""
        opening = list(tree.opening)
        preamble: list[str] = []
        tabular = bool(opening) and not tree.branches and self._is_one_table(opening)
        while opening and (tree.branches or tabular) and isinstance(opening[0].piece, Paragraph):
            preamble += _words(opening.pop(0))
        branches, closing = _without_closing(tree.branches)
        kind = "table" if tabular else "prose"
        parts = [Part(name="", kind=kind, items=tuple(map(self._bare, opening)))] if opening else []
        parts += self._parts(branches)
        return tuple(preamble), tuple(kinds.sorted_out(parts)), closing

    def _is_one_table(self, leaves: Sequence[Leaf]) -> bool:
        """Whether all that is said stands in one table at the end, whose lines are then the tasks of the plan."""
        *before, last = leaves
        return self._bare(last).table is not None and all(isinstance(leaf.piece, Paragraph) for leaf in before)

    def attachment(self, attached: Attached, tree: Grown) -> Part:
        """An attachment: a table alone, or whatever it holds as items."""
        title = "\n".join(line.text.strip() for line in attached.title)
        head = Node(id=-1, printed=bare(title), title=title)
        items = (*map(self._bare, tree.opening), *self._nodes(tree.branches, 1))
        only = items[0] if len(items) == 1 else None
        if only is not None and only.table is not None:
            return Part(name="", kind="table", head=head, items=items)
        return kinds.kept(Part(name="", kind="prose", head=head, items=items))

    def _parts(self, branches: Sequence[Branch]) -> Iterator[Part]:
        """Chapters as parts of their own; numbered paragraphs that are no chapters together in one without a title."""
        loose: list[Branch] = []
        for branch in branches:
            node = self.node(branch, 1)
            if not node.title or (node.text and not node.own_line) or node.number == "" or not _holds(branch):
                loose.append(branch)
                continue
            if loose:
                yield Part(name="", kind="prose", items=self._nodes(loose, 1))
                loose = []
            yield self._chapter(branch, node)
        if loose:
            yield Part(name="", kind="prose", items=self._nodes(loose, 1))

    def _chapter(self, branch: Branch, node: Node) -> Part:
        """A chapter: the paragraphs right under its title are the part's text, all else its items."""
        head = replace(node, items=())
        items = node.items
        text: list[str] = []
        while (
            not node.text
            and items
            and items[0].is_bare
            and items[0].id < (branch.below[0].id if branch.below else items[0].id + 1)
        ):
            first, items = items[0], items[1:]
            text += first.text
            head = replace(head, printed=head.printed + first.printed, text=tuple(text), own_line=True)
        return Part(name="", kind="prose", head=head, items=items)

    def _nodes(self, branches: Sequence[Branch], depth: int) -> tuple[Node, ...]:
        return tuple(node for branch in branches for node in self._spread(branch, depth))

    def _spread(self, branch: Branch, depth: int) -> Iterator[Node]:
        """A branch as one node; one that is a mere text, with what follows it beside it."""
        node = self.node(branch, depth)
        if self._step(branch) < Step.BARE or depth > LEVELS:
            yield node
            return
        yield replace(node, items=(), mark=None, number=None)
        yield from node.items

    def _step(self, branch: Branch) -> Step:
        return self.steps.get(branch.id, Step.READ)

    def node(self, branch: Branch, depth: int) -> Node:
        """A branch as an item, with all below it; ``depth`` counts from 1."""
        words, mark = branch.text[branch.mark.end :], branch.mark
        more = () if any(isinstance(leaf.piece, Table) for leaf in branch.rest) else branch.rest
        step = self._step(branch)
        if depth > LEVELS or step >= Step.BARE:
            items = (*map(self._bare, branch.rest), *self._nodes(branch.below, depth + 1))
            return Node(id=branch.id, printed=bare(branch.text), mark=mark, number="", text=(branch.text,), items=items)
        paragraph = Numbered(
            words=words,
            more=tuple(text for leaf in more for text in _words(leaf)),
            article=mark.is_article,
            parent=_holds(branch),
        )
        found = worded(paragraph, self.book, step)
        if (
            found.own_line and branch.below
        ):  # paragraphs between a heading and what is numbered below stand by themselves
            found, more = worded(replace(paragraph, more=()), self.book, step), ()
        rest = branch.rest if not more else ()
        return Node(
            id=branch.id,
            printed=bare(branch.text + "".join(text for leaf in more for text in _words(leaf))),
            mark=mark,
            title=found.title,
            text=found.text,
            own_line=found.own_line,
            units=found.units,
            items=(*map(self._bare, rest), *self._nodes(branch.below, depth + 1)),
        )

    def _bare(self, leaf: Leaf) -> Node:
        if isinstance(leaf.piece, Table) and self.steps.get(leaf.id, Step.READ) < Step.BARE:
            table = table_of(leaf.piece)
            if table is not None:
                return Node(id=leaf.id, printed=words_of(leaf.piece), table=table)
        return _flat(leaf)


def _holds(branch: Branch) -> bool:
    """Whether something stands under a heading, so that it is a chapter."""
    return bool(branch.below or branch.rest)


def _without_closing(branches: tuple[Branch, ...]) -> tuple[tuple[Branch, ...], tuple[str, ...]]:
    """The branches without the paragraphs at the very end that speak of the whole document."""
    if not branches:
        return branches, ()
    last = branches[-1]
    if last.below:
        below, found = _without_closing(last.below)
        return (*branches[:-1], replace(last, below=below)), found
    rest = list(last.rest)
    closing: list[str] = []
    # A chapter without numbered paragraphs keeps its text; behind a numbered paragraph that has one the rest is apart.
    runs_on = "。" in last.text
    while runs_on and rest and isinstance(rest[-1].piece, Paragraph) and _CLOSING.match(rest[-1].piece.text.strip()):
        closing = [*_words(rest.pop()), *closing]
    return (*branches[:-1], replace(last, rest=tuple(rest))), tuple(closing)
