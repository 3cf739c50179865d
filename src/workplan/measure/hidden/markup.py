"""What one part of a DOCX hides, by its elements and attributes. It loads lxml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from workplan.measure.hidden.found import HiddenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

#: WordprocessingML, transitional and strict.
_WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_PERSON = "{http://schemas.microsoft.com/office/word/2012/wordml}person"


def _names(*names: str) -> tuple[str, ...]:
    return tuple(f"{namespace}{name}" for namespace in _WORD for name in names)


_RUN, _TEXT, _DELETED, _VANISH, _STYLE = map(_names, ("r", "t", "delText", "vanish", "style"))
_USED_STYLE = _names("rStyle", "pStyle")
_CHANGES = _names(
    *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"),
    *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange"),
    *("trPrChange", "tcPrChange"),
)
_OFF = ("0", "false", "off")
#: The bookmark at Word's last cursor position, which reveals nothing.
_CURSOR = "_GoBack"
_NO_SESSION = "00000000"
_USUAL_TEMPLATES = ("", "Normal", "Normal.dot", "Normal.dotm", "Normal.dotx")


def text(element: _Element) -> str:
    """The text of all runs, including deleted ones."""
    return "".join(node.text or "" for node in element.iter(*_TEXT, *_DELETED))


def printed(element: _Element) -> str:
    """The text without deleted runs and without blanks."""
    return "".join("".join(node.text or "" for node in element.iter(*_TEXT)).split())


def lines(element: _Element) -> Iterator[str]:
    """The text of each paragraph, without deleted runs and without blanks."""
    return (printed(paragraph) for paragraph in element.iter("{*}p"))


def hidden_styles(root: _Element) -> frozenset[str]:
    """The ids of the styles that hide text, and of the styles based on them."""
    based = {_value(style, "styleId"): _based_on(style) for style in root.iter(*_STYLE)}
    hiding = {_value(style, "styleId") for style in root.iter(*_STYLE) if any(map(_is_on, style.iter(*_VANISH)))}
    while more := {style for style, base in based.items() if base in hiding} - hiding:
        hiding |= more
    return frozenset(hiding - {""})


def hidden_text(root: _Element, styles: frozenset[str]) -> Iterator[str]:
    """The texts of hidden runs; consecutive runs are one text."""
    hidden = {_owner(mark) for mark in root.iter(*_VANISH) if _is_on(mark)}
    plain = {_owner(mark) for mark in root.iter(*_VANISH) if not _is_on(mark)}
    for use in root.iter(*_USED_STYLE) if styles else ():
        owner = _owner(use)
        if _value(use) in styles and owner is not None:
            hidden.update(owner.iter(*_RUN))
    unseen = hidden - plain
    runs = [run for run in root.iter(*_RUN) if run in unseen and text(run)] if unseen else []
    joined, together = set(runs), ""
    for run in runs:
        together += text(run)
        if run.getnext() not in joined:
            yield together
            together = ""


def hyperlinks(root: _Element) -> list[str]:
    """The targets of hyperlinks that lead out of the file."""
    return [link.get("Target", "") for link in _outward(root) if _is_hyperlink(link)]


def _links(root: _Element) -> Iterator[tuple[HiddenKind, str]]:
    targets = (link.get("Target", "") for link in _outward(root) if not _is_hyperlink(link))
    yield from ((HiddenKind.EXTERNAL_LINKS, target) for target in targets if target not in _USUAL_TEMPLATES)


def _bookmarks(root: _Element) -> Iterator[tuple[HiddenKind, str]]:
    for bookmark in root.iter(*_names("bookmarkStart")):
        name = _value(bookmark, "name")
        if name.startswith("_") and name != _CURSOR:
            yield HiddenKind.BOOKMARKS, name


def _properties(root: _Element) -> Iterator[tuple[HiddenKind, str]]:
    if _is_root(root, "Properties"):
        yield from ((HiddenKind.CUSTOM_PROPERTIES, one.get("name", "")) for one in root.iter("{*}property"))
    yield from ((HiddenKind.CUSTOM_PROPERTIES, _value(one, "name")) for one in root.iter(*_names("docVar")))


def _comments(root: _Element) -> Iterator[tuple[HiddenKind, str]]:
    yield from ((HiddenKind.COMMENTS, text(one)) for one in root.iter(*_names("comment")))


def _changes(root: _Element) -> Iterator[tuple[HiddenKind, str]]:
    yield from ((HiddenKind.TRACKED_CHANGES, text(one) or _value(one, "author")) for one in root.iter(*_CHANGES))


def _people(root: _Element) -> Iterator[tuple[HiddenKind, str]]:
    if _is_root(root, "coreProperties") or _is_root(root, "Properties"):
        for one in root.iter("{*}creator", "{*}lastModifiedBy", "{*}Company", "{*}Manager", "{*}Template"):
            said = (one.text or "").strip()
            if said not in _USUAL_TEMPLATES:
                # One field may have several authors, separated by a mark.
                yield from (
                    (HiddenKind.PEOPLE, name.strip()) for name in said.replace("；", ";").replace("、", ";").split(";")
                )
    yield from ((HiddenKind.PEOPLE, _value(one, "author")) for one in root.iter(*_names("comment"), *_CHANGES, _PERSON))


def _sessions(root: _Element) -> Iterator[tuple[HiddenKind, str]]:
    listed = (_value(one) for one in root.iter(*_names("rsid", "rsidRoot")))
    marks = root.xpath("//@*[starts-with(local-name(), 'rsid')]")
    for mark in (*map(str, marks if isinstance(marks, list) else ()), *listed):
        if mark != _NO_SESSION:
            yield HiddenKind.REVISION_IDS, mark


def _paragraph_ids(root: _Element) -> Iterator[tuple[HiddenKind, str]]:
    yield from (
        (HiddenKind.PARAGRAPH_IDS, one.get(_PARAGRAPH_ID, ""))
        for one in root.iter(*_names("p", "tr"))
        if one.get(_PARAGRAPH_ID)
    )


#: What to look for in every part.
LOOKS = (_links, _bookmarks, _properties, _comments, _changes, _people, _sessions, _paragraph_ids)


def _outward(root: _Element) -> Iterator[_Element]:
    yield from (link for link in root.iter("{*}Relationship") if link.get("TargetMode", "") == "External")


def _is_hyperlink(link: _Element) -> bool:
    return link.get("Type", "").endswith("/hyperlink")


def _is_root(root: _Element, name: str) -> bool:
    return etree.QName(root).localname == name


def _value(element: _Element, name: str = "val") -> str:
    """An attribute in the namespace of its element; "" where it has none."""
    return element.get(f"{{{etree.QName(element).namespace}}}{name}", "")


def _is_on(mark: _Element) -> bool:
    return _value(mark) not in _OFF


def _owner(mark: _Element) -> _Element | None:
    """The run or paragraph that has a mark among its properties."""
    properties = mark.getparent()
    return None if properties is None else properties.getparent()


def _based_on(style: _Element) -> str:
    base = next(style.iter(*_names("basedOn")), None)
    return "" if base is None else _value(base)
