"""The paragraphs and tables of two Word documents in one: accepted it is the new document, rejected the old."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from workplan.compare.marked.align import PARAGRAPH, Alignable, align
from workplan.compare.marked.paragraph_marks import finish, look, part
from workplan.compare.marked.runs import empty, marked_runs, merged, units, words
from workplan.compare.text_diff import compare
from workplan.render.docx.address import addresses
from workplan.render.docx.markup import W
from workplan.render.docx.metrics import LEAST_LINE
from workplan.render.docx.properties import filler, remove

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from workplan.compare.change import ChangeSign
    from workplan.compare.marked.align import AlignmentStep
    from workplan.compare.marked.pairs import Pairs
    from workplan.compare.marked.revision_marks import RevisionKind, RevisionMarks
    from workplan.compare.marked.runs import MarkedCharacter

_PARAGRAPH, _TABLE, _ROW = f"{W}p", f"{W}tbl", f"{W}tr"


def line(block: _Element) -> Alignable:
    """A paragraph, a table or a row of one as something to lay beside another."""
    if block.tag == _PARAGRAPH:
        return Alignable(PARAGRAPH, words(block), addresses(block))
    inside = list(block.iter(_PARAGRAPH))
    named = tuple(address for paragraph in inside for address in addresses(paragraph))
    said = "\n".join(map(words, inside))
    return Alignable(f"{etree.QName(block).localname} {_shape(block)}", said, named)


def _shape(block: _Element) -> str:
    """What two tables, or two rows, must have in common for their cells to be compared."""
    if block.tag == _TABLE:
        return str(len(block.findall(f"{W}tblGrid/{W}gridCol")))
    return " ".join(_span(cell) for cell in block.iterfind(f"{W}tc"))


def _span(cell: _Element) -> str:
    found = (cell.find(f"{W}tcPr/{W}{name}") for name in ("gridSpan", "vMerge"))
    return "/".join("" if one is None else one.get(f"{W}val", "continue") for one in found)


class Merger:
    """Makes one sequence of blocks of two."""

    def __init__(self, revision: RevisionMarks, pairs: Pairs) -> None:
        self._revision = revision
        self._pairs = pairs

    def merge(self, old: Sequence[_Element], new: Sequence[_Element], *, moves: bool = True) -> list[_Element]:
        """The blocks of both sides, marked, in reading order; without ``moves`` nothing is told to have moved."""
        steps = self._steps(old, new, moves=moves)
        made: list[_Element] = []
        for block in (block for step in steps for block in self._step(old, new, step)):
            if made and made[-1].tag == block.tag == _TABLE:
                made.append(self._parting())
            made.append(block)
        finish(made, self._revision)
        part(made, self._revision)
        return made

    def _steps(self, old: Sequence[_Element], new: Sequence[_Element], *, moves: bool) -> tuple[AlignmentStep, ...]:
        lines = [line(block) for block in old], [line(block) for block in new]
        return align(*lines, self._pairs.of(*lines), moves=moves)

    def _step(self, old: Sequence[_Element], new: Sequence[_Element], step: AlignmentStep) -> Iterator[_Element]:
        if step.old is None and step.new is not None:
            yield self._whole(new[step.new], "ins")
        elif step.new is None and step.old is not None:
            yield self._whole(old[step.old], "del")
        elif step.old is not None and step.new is not None:
            one, other = old[step.old], new[step.new]
            if step.move:
                yield from self._moved(one, other, step)
            else:
                yield self._pair(one, other)

    def _pair(self, old: _Element, new: _Element) -> _Element:
        if new.tag == _PARAGRAPH:
            return self._paragraph(old, new)
        return self._table(old, new) if new.tag == _TABLE else deepcopy(new)

    def _whole(self, block: _Element, kind: RevisionKind) -> _Element:
        """A block that only one side has."""
        if block.tag == _PARAGRAPH:
            found = units(block)
            return self._filled(block, merged(found, found, lambda one, _: (("=", one),)), {"=": kind}, kind)
        made = deepcopy(block)
        for row in made.iter(_ROW):
            self._revision.row(row, kind)
        for paragraph in list(made.iter(_PARAGRAPH)):
            paragraph.getparent().replace(paragraph, self._whole(paragraph, kind))  # type: ignore[union-attr]
        return made

    def _filled(
        self,
        model: _Element,
        found: Iterable[MarkedCharacter],
        kinds: dict[ChangeSign, RevisionKind],
        end: RevisionKind = "",
    ) -> _Element:
        """A paragraph in the format of ``model``."""
        made = etree.Element(_PARAGRAPH)
        properties = model.find(f"{W}pPr")
        if properties is not None:
            made.append(deepcopy(properties))
        section = made.find(f"{W}pPr/{W}sectPr")
        if section is not None and end in ("del", "moveFrom"):
            remove(section)  # the pages are the new document's
        self._revision.end(made, end)
        made.extend(marked_runs(found, kinds, self._revision))
        if end not in ("del", "moveFrom"):
            made.extend(empty(model))
        return made

    def _moved(self, old: _Element, new: _Element, step: AlignmentStep) -> Iterator[_Element]:
        """What was reworded on the way is deleted where it stood and inserted where it stands; the rest has moved."""
        kind: RevisionKind = "moveFrom" if step.leaves else "moveTo"
        kinds: dict[ChangeSign, RevisionKind] = {"=": kind, "-": "del"} if step.leaves else {"=": kind, "+": "ins"}
        found = merged(units(old), units(new), compare)
        made = self._filled(old if step.leaves else new, found, kinds, kind)
        begin, end = self._revision.move(kind, step.move)
        made.insert(1, begin)
        yield made
        yield end

    def _paragraph(self, old: _Element, new: _Element) -> _Element:
        if etree.tostring(old) == etree.tostring(new):  # most of a document stays as it is
            return deepcopy(new)
        found = merged(units(old), units(new), compare)
        before = look(old)
        same_format = etree.tostring(before, method="c14n") == etree.tostring(look(new), method="c14n")
        if same_format and all(one.sign == "=" and one.unit.look == one.before.look for one in found):
            return deepcopy(new)
        made = self._filled(new, found, {"=": "", "-": "del", "+": "ins"})
        if not same_format:
            self._revision.changed(self._revision.properties(made), before)
        return made

    def _table(self, old: _Element, new: _Element) -> _Element:
        """Rows are compared cell by cell, or are deleted and inserted where their cells are merged in another way."""
        made = deepcopy(new)
        for row in made.findall(_ROW):
            made.remove(row)
        here, there = old.findall(_ROW), new.findall(_ROW)
        for step in self._steps(here, there, moves=False):
            if step.old is not None and step.new is not None:
                made.append(self._row(here[step.old], there[step.new]))
            elif step.old is not None:
                made.append(self._whole_row(here[step.old], "del"))
            elif step.new is not None:
                made.append(self._whole_row(there[step.new], "ins"))
        return made

    def _whole_row(self, row: _Element, kind: RevisionKind) -> _Element:
        holder = etree.Element(_TABLE)
        holder.append(deepcopy(row))
        return self._whole(holder, kind)[0]

    def _row(self, old: _Element, new: _Element) -> _Element:
        made = deepcopy(new)
        for here, there, cell in zip(
            old.iterfind(f"{W}tc"), new.iterfind(f"{W}tc"), made.iterfind(f"{W}tc"), strict=True
        ):
            one, other = _blocks(here), _blocks(there)
            for block in _blocks(cell):
                cell.remove(block)
            cell.extend(self.merge(one, other, moves=False))
        return made

    def _parting(self) -> _Element:
        """A line between two tables, which would grow into one; it goes, whether all is accepted or rejected."""
        made = filler(LEAST_LINE)
        self._revision.end(made, "del")
        self._revision.end(made, "ins")
        return made


def _blocks(cell: _Element) -> list[_Element]:
    return [child for child in cell if child.tag in (_PARAGRAPH, _TABLE)]
