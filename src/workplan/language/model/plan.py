"""document.yaml and the parts of a plan."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import ConfigDict, Discriminator, Field, Tag

from workplan.language.model.base import (
    TEXT_TYPES,
    AsDict,
    AsItems,
    AsSome,
    CopyNumber,
    Day,
    Flag,
    OneOrMore,
    Record,
    Text,
    TextOrNone,
    TextOrTexts,
    Texts,
    Words,
    between,
    choice,
    is_mapping,
)
from workplan.language.model.given import Due, Target  # noqa: TC001 - likewise
from workplan.language.model.layout import (  # noqa: TC001 - pydantic reads annotations when it runs
    AttachmentStyle,
    Disclosure,
    Fonts,
    MastheadStyle,
)
from workplan.language.scalar import Scalar
from workplan.language.syntax import Mapping

_ITEM_KINDS = ("goals", "tasks", "safeguards", "prose", "duties")
_KINDS = (*_ITEM_KINDS, "table", "assignments")


def _phrase_shape(value: object) -> str:
    return "=roles" if is_mapping(value) else "=phrase"


#: Responsible units: a phrase as officials write it, or a phrase for each label.
Units = Annotated[
    Annotated[Text, Tag("=phrase")] | Annotated[Words, Tag("=roles")],
    Discriminator(_phrase_shape),
]


class Style(Record):
    """How a part or item is numbered and set; a key that is left out is inherited."""

    numbering: Texts | None = None
    continuous: Texts | None = None
    titles: Annotated[Literal["run-in", "own-line"], choice("run-in", "own-line")] | None = None
    annotations: (
        Annotated[
            Literal["after-stop", "before-stop", "own-line", "role-lines", "none"],
            choice("after-stop", "before-stop", "own-line", "role-lines", "none"),
        ]
        | None
    ) = None
    label: TextOrNone | None = None
    clauses: TextOrNone | None = None


class DocumentStyle(Style):
    """The same for a whole document, and how its pages are set.

    ``form: letter`` gives its first page the head of a letter (信函, GB/T 9704 10.1). ``number: below-title`` prints 发文字号
    below the title, as web editions do. ``seal: false`` sets signature and date for a document without a seal (7.3.5.2);
    ``mirrored`` gives left-hand pages their wide margin on the right; ``onesided`` is for print on one side, where 版记 need not
    stand on an even page; ``headings: free`` lets a heading end a page without its text.
    """

    form: Annotated[Literal["document", "letter"], choice("document", "letter")] | None = None
    number: Annotated[Literal["above-title", "below-title"], choice("above-title", "below-title")] | None = None
    attachments: AttachmentStyle | None = None
    grid: Annotated[Literal["strict", "natural", "wps"], choice("strict", "natural", "wps")] | None = None
    fonts: Fonts | None = None
    masthead: MastheadStyle | None = None
    seal: Flag | None = None
    mirrored: Flag | None = None
    onesided: Flag | None = None
    headings: Annotated[Literal["with-text", "free"], choice("with-text", "free")] | None = None


class Clause(Record):
    """A measure that runs on in the paragraph of its item (一是……二是……)."""

    id: Text | None = None
    number: TextOrNone | None = None
    title: Text | None = None
    text: Text | None = None
    units: Units | None = None
    due: Annotated[tuple[Due, ...], OneOrMore] = ()
    targets: Annotated[dict[str, Target], AsDict] = Field(default_factory=dict)
    style: Style | None = None


class Item(Clause):
    """A section, task, sub-measure, safeguard or chapter: one recursive thing."""

    clauses: Annotated[tuple[Clause, ...], AsItems] = ()
    items: Annotated[tuple[ItemOrParagraph, ...], AsItems] = ()


class _PartFrame(Record):
    """What every part has."""

    title: Text | None = None
    number: TextOrNone | None = None
    text: Text | None = None
    style: Style | None = None
    listed: Text | None = None


class ItemsPart(_PartFrame):
    """A part made of items."""

    kind: Annotated[Literal["goals", "tasks", "safeguards", "prose", "duties"], choice(*_KINDS)]
    units: Units | None = None
    items: Annotated[tuple[ItemOrParagraph, ...], AsItems] = ()


class Column(Record):
    """A column of a table; one with ``columns`` of its own is a heading over them. ``width`` is in 字."""

    title: Text
    width: Annotated[float, between(0.5, 60), Field(gt=0)] | None = None
    columns: Annotated[tuple[AnyColumn, ...], AsItems] = ()


AnyColumn = Annotated[
    Annotated[Column, Tag("=group")] | Annotated[Text, Tag("=name")],
    Discriminator(lambda value: "=group" if is_mapping(value) else "=name"),
]


class Row(Record):
    """A table row: a cell for each column it names; ``rows`` nested under it share its cells (merged cells)."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"additionalProperties": {"type": TEXT_TYPES}})
    __pydantic_extra__: dict[str, TextOrNone]
    rows: Annotated[tuple[Row, ...], AsItems] = ()

    @property
    def cells(self) -> dict[str, Scalar]:
        """The row's own cells by column title."""
        return self.__pydantic_extra__ or {}


#: What a column of a table says of the task in its line.
ColumnRole = Literal["number", "title", "text", "lead", "support", "responsible", "due"]


class TablePart(_PartFrame):
    """A table; ``empty`` is what stands in a cell that no row fills.

    ``roles`` says by their titles which columns hold what of a task: then its lines are tasks. ``{}`` says that they are none.
    """

    kind: Annotated[Literal["table"], choice("table")]
    units: Units | None = None
    columns: Annotated[tuple[AnyColumn, ...], AsSome]
    rows: Annotated[tuple[Row, ...], AsItems]
    empty: TextOrNone | None = None
    roles: Annotated[dict[str, Annotated[ColumnRole, choice(*get_args(ColumnRole))]], AsDict] | None = None


def _item_shape(value: object) -> str:
    if not is_mapping(value):
        return "=paragraph"
    # A mapping with columns is a table that does not say so: its kind is then missed, and nothing else.
    return "=table" if _part_kind(value) == "=table" or value.get("columns") is not None else "=item"


#: An item, a table among items, or a bare text: an unnumbered paragraph.
ItemOrParagraph = Annotated[
    Annotated[Item, Tag("=item")] | Annotated[TablePart, Tag("=table")] | Annotated[Text, Tag("=paragraph")],
    Discriminator(_item_shape),
]


#: The columns of the assignment table that can be chosen, as they are called in print.
AssignmentColumn = Literal[
    "序号", "所属板块", "任务", "主要内容", "牵头单位", "配合单位", "责任单位", "完成时限", "目标"
]
_AssignmentColumn = Annotated[AssignmentColumn, choice(*get_args(AssignmentColumn))]


class AssignmentsPart(_PartFrame):
    """The assignment table (任务分解表), generated from the tasks and safeguards, with these ``columns`` or those that are filled."""

    kind: Annotated[Literal["assignments"], choice("assignments")]
    columns: Annotated[tuple[_AssignmentColumn, ...], AsSome] | None = None


def _part_kind(value: object) -> str:
    kind = value.get("kind") if isinstance(value, Mapping) else getattr(value, "kind", None)
    return f"={word}" if (word := getattr(kind, "text", kind)) in ("table", "assignments") else "=items"


#: A part, told apart by its ``kind``.
Part = Annotated[
    Annotated[ItemsPart, Tag("=items")]
    | Annotated[TablePart, Tag("=table")]
    | Annotated[AssignmentsPart, Tag("=assignments")],
    Discriminator(_part_kind),
]


def _part_shape(value: object) -> str:
    return "=file" if isinstance(value, Scalar) else _part_kind(value)


#: The name of a part file, or a part written out.
PartOrName = Annotated[
    Annotated[Text, Tag("=file")]
    | Annotated[ItemsPart, Tag("=items")]
    | Annotated[TablePart, Tag("=table")]
    | Annotated[AssignmentsPart, Tag("=assignments")],
    Discriminator(_part_shape),
]


class Notice(Record):
    """The cover notice (印发通知) that carries the plan; ``listed`` makes the plan its attachment, under that name.

    It has no title where the page that an issued text was taken from had it elsewhere.
    """

    title: Text | None = None
    to: Text | None = None
    text: Text
    listed: TextOrNone | None = None
    signature: TextOrTexts | None = None
    date: Day | None = None
    note: Text | None = None


class Imprint(Record):
    """版记: 抄送, 印发机关 and 印发日期."""

    cc: Text | None = None
    office: Text | None = None
    date: Day | None = None


_Role = Literal["lead", "support", "responsible"]
_ROLES = get_args(_Role)


class PlanRules(Record):
    """What the text lays down once for all its annotations, and the verbs in which they are written."""

    first: Annotated[Literal["lead", "before-comma"], choice("lead", "before-comma")] | None = None
    rest: Annotated[Literal["support", "responsible"], choice("support", "responsible")] | None = None
    everyone: Text | None = None
    verbs: Annotated[dict[str, Annotated[_Role, choice(*_ROLES)]], AsDict] = Field(default_factory=dict)


_Level = Literal["error", "warning", "info", "off"]
_LEVELS = get_args(_Level)


class Document(Record):
    """document.yaml: the frame, and the order of the parts."""

    issuer: TextOrTexts | None = None
    masthead: Text | None = None
    number: TextOrNone | None = None
    notice: Notice | None = None
    title: TextOrNone
    subtitle: Text | None = None
    speaker: Text | None = None
    to: Text | None = None
    preamble: Text | None = None
    parts: Annotated[tuple[PartOrName, ...], AsItems]
    closing: Text | None = None
    attachments: Annotated[tuple[PartOrName, ...], AsItems] = ()
    signature: TextOrTexts | None = None
    date: Day | None = None
    note: Text | None = None
    imprint: Imprint | None = None
    disclosure: Disclosure | None = None
    status: Text | None = None
    copy_: CopyNumber | None = Field(default=None, alias="copy")
    secrecy: Text | None = None
    urgency: Text | None = None
    rules: PlanRules | None = None
    style: DocumentStyle | None = None
    checks: Annotated[dict[str, Annotated[_Level, choice(*_LEVELS)]], AsDict] = Field(default_factory=dict)


for _recursive in (Item, ItemsPart, Column, Row):
    _recursive.model_rebuild()
