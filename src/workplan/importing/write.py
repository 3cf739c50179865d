"""The write pass: a draft to the texts of a plan's files, in canonical layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workplan.importing.layout import Broken, Flow, Paragraphs, written
from workplan.importing.write_frame import frame
from workplan.language.model import Document
from workplan.language.model import Part as PartModel
from workplan.language.scalar import File
from workplan.rewrite.fmt import canonical

if TYPE_CHECKING:
    from workplan.importing.draft import Draft, Node, Part, Style, Units

#: Tells editors where the schemas stand.
_SCHEMA = "# yaml-language-server: $schema=../.schema/{}.json\n"


def files(draft: Draft, rules: str = "") -> dict[str, str]:
    """The files of a plan by name; ``rules`` is what the text lays down, as a line of document.yaml."""
    document = frame(draft, style(draft.style))
    found = {"document.yaml": _laid_out("document", written(document) + rules, Document)}
    for part in (*draft.parts, *draft.attachments):
        attached = part in draft.attachments
        found[f"{part.name}.yaml"] = _laid_out("part", written(_part(part, draft.style, attached=attached)), PartModel)
    return found


def _laid_out(schema: str, text: str, kind: Any) -> str:  # noqa: ANN401 - a type form
    return canonical(File("", _SCHEMA.format(schema) + text), kind)


def style(own: Style) -> dict[str, object]:
    """The keys of a style."""
    lists = {"numbering": own.numbering, "continuous": own.continuous}
    words = {"titles": own.titles, "annotations": own.annotations, "label": own.label}
    return {key: list(value) for key, value in lists.items() if value} | {
        key: word for key, word in words.items() if word
    }


def _part(part: Part, above: Style, *, attached: bool) -> dict[str, object]:
    own: dict[str, object] = {"kind": part.kind}
    head = part.head
    if head is not None:
        own |= _titled(head, attached=attached)
        if head.text:
            own["text"] = Paragraphs(head.text)
        if head.units:
            own["units"] = units_value(head.units, above.label)
    if part.kind == "table":
        own |= _table(part.items[0])
    elif part.items:
        own["items"] = [
            item_value(node, StyleAbove(above.titles or "run-in", above.annotations or "after-stop", above.label))
            for node in part.items
        ]
    elif part.kind != "table" and head is None:
        own["items"] = []
    if part.style.numbering:
        own["style"] = Flow(style(part.style))
    if part.listed:
        own["listed"] = part.listed
    return own


def _titled(head: Node, *, attached: bool) -> dict[str, object]:
    lines = tuple(filter(None, (line.strip() for line in head.title.split("\n"))))
    own: dict[str, object] = {"title": Broken(lines)} if lines else {}
    if not attached and lines:
        number = "" if head.mark is None else head.number
        own |= {"number": number} if number is not None else {}
    return own


class StyleAbove:
    """The style that holds where an item stands: how titles and annotations print, and the label of units."""

    def __init__(self, titles: str, annotations: str, label: str) -> None:
        self.titles = titles
        self.annotations = annotations
        self.label = label

    def of(self, node: Node) -> StyleAbove:
        """The style that an item needs."""
        titles = self.titles if not (node.title and node.text) else "own-line" if node.own_line else "run-in"
        annotations = node.units.place if node.units else self.annotations
        return StyleAbove(titles, annotations, self.label)

    def differs(self, other: StyleAbove) -> dict[str, object]:
        """The keys that make this style of the other."""
        own: dict[str, object] = {} if self.titles == other.titles else {"titles": self.titles}
        return own if self.annotations == other.annotations else {**own, "annotations": self.annotations}


def item_value(node: Node, above: StyleAbove) -> object:
    """An item as it is laid out, with all below it."""
    if node.table is not None:
        return {"kind": "table", **_table(node)}
    if node.is_bare:
        return Paragraphs(node.text)
    set_ = above.of(node)
    own: dict[str, object] = {}
    if node.own_id:
        own["id"] = node.own_id
    if node.number is not None:
        own["number"] = node.number
    if node.title:
        own["title"] = node.title
    if node.text:
        own["text"] = Paragraphs(node.text)
    if node.units:
        own["units"] = units_value(node.units, above.label)
    differs = set_.differs(above)
    if differs:
        own["style"] = Flow(differs)
    if node.items:
        own["items"] = [item_value(below, set_) for below in node.items]
    return own


def units_value(units: Units, label: str) -> object:
    """What stands under ``units``; ``label`` is that of the style."""
    if not units.labels:
        return units.phrase
    if len(units.labels) == 1 and units.labels[0][0] == label:
        return units.labels[0][1]
    short = sum(len(words) for _, words in units.labels) <= _SHORT
    return Flow(dict(units.labels)) if short else dict(units.labels)


#: Labelled phrases of so many 字 in all stand in brackets on one line.
_SHORT = 60


def _table(node: Node) -> dict[str, object]:
    table = node.table
    assert table is not None  # noqa: S101 - asked before
    plain = all(isinstance(column, str) for column in table.columns)
    columns: object = Flow(list(table.columns)) if plain else [_column(column) for column in table.columns]
    return {"columns": columns, "rows": [_row(row) for row in table.rows]}


def _column(column: object) -> object:
    if isinstance(column, dict):
        return {"title": column["title"], "columns": [_column(inner) for inner in column["columns"]]}
    return column


def _row(row: dict[str, object]) -> object:
    rows = row.get("rows")
    own: dict[str, object] = {
        key: Paragraphs(tuple(str(text).split("\n"))) for key, text in row.items() if key != "rows"
    }
    if isinstance(rows, list):
        own["rows"] = [_row(inner) for inner in rows]
    return own
