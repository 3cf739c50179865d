"""The plan in the making: what will be written, each thing with the pieces of the source that it prints."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.importing.framed import Framed
    from workplan.importing.marks import Mark


class Step(IntEnum):
    """How far the structure of a piece was given up so that the plan prints the source."""

    READ = 0  # as it was understood
    BRACKETED = 1  # units in brackets of their own
    UNITS_IN_TEXT = 2
    TITLE_IN_TEXT = 3
    NUMBERED = 4  # its number given by hand
    BARE = 5  # a paragraph without number, title and units


#: The steps at which a numbered paragraph is still an item that counts.
STEPS = (Step.READ, Step.BRACKETED, Step.UNITS_IN_TEXT, Step.TITLE_IN_TEXT)


@dataclass(frozen=True, slots=True)
class Units:
    """The annotation of an item: a phrase (in brackets of its own where it has some), or one for each label.

    ``place`` is where it prints: after-stop, before-stop or own-line.
    """

    phrase: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    place: str = "after-stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDraft:
    """A table: ``columns`` (titles, or mappings of title and columns) and ``rows`` (cells by column, ``rows`` nested) as written."""

    columns: tuple[object, ...]
    rows: tuple[dict[str, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An item, a bare paragraph (no mark, no number) or a table.

    ``id`` is that of its first leaf, ``printed`` what its own source says without white space. ``number`` is given where it
    is to be written: "" for none.
    """

    id: int
    printed: str
    mark: Mark | None = None
    number: str | None = None
    title: str = ""
    text: tuple[str, ...] = ()
    units: Units | None = None
    own_line: bool = False
    items: tuple[Node, ...] = ()
    table: TableDraft | None = None
    own_id: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether it is written as a mere text."""
        return self.mark is None and self.table is None and not self.items and self.number is None

    def walk(self) -> Iterator[Node]:
        """Itself, and all below it."""
        yield self
        for node in self.items:
            yield from node.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a document or part says of how its items are numbered and set; empty where it says nothing."""

    numbering: tuple[str, ...] = ()
    continuous: tuple[str, ...] = ()
    titles: str = ""
    annotations: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part or attachment. ``head`` has title, number, text and units of a titled part; None where it has none of them."""

    name: str
    kind: str
    head: Node | None = None
    items: tuple[Node, ...] = ()
    style: Style = Style()
    listed: str = ""

    def walk(self) -> Iterator[Node]:
        """Its head, and all its items."""
        if self.head:
            yield self.head
        for node in self.items:
            yield from node.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole plan: the frame, running texts of the frame, parts and attachments, and the style that holds for all."""

    framed: Framed
    notice: tuple[str, ...] = ()
    preamble: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    closing: tuple[str, ...] = ()
    attachments: tuple[Part, ...] = ()
    style: Style = Style()

    def walk(self) -> Iterator[Node]:
        """Everything of its parts and attachments."""
        for part in (*self.parts, *self.attachments):
            yield from part.walk()
