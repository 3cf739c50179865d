"""Which element of the printed sequence each run of a filled document prints.

An attribute of the run says it, which survives every change to the document; none is left in the file.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from workplan.render.docx.addressed_text import ANY_SIGN, SIGN, address_and_role, without_signs
from workplan.render.docx.markup import W
from workplan.render.docx.properties import remove

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

#: The attribute of a run: the tag of the element that it prints.
AT = "{urn:workplan}at"
# A prefix of our own: of two that lxml makes up, one may hide the other, and runs would no longer be Word's.
etree.register_namespace("workplan", "urn:workplan")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNED = f"contains(., '{ANY_SIGN}')"
_TEXTS = etree.XPath(f".//w:t[{_SIGNED}]", namespaces={"w": W[1:-1]})
_ELSEWHERE = etree.XPath(f".//*[text()[{_SIGNED}] or @*[{_SIGNED}]]")


def settle(body: _Element) -> None:
    """Replace the signs in a filled body with the attribute; a run that prints several elements becomes several runs."""
    for run in dict.fromkeys(text.getparent() for text in _TEXTS(body)):
        if run.tag == f"{W}r":
            _split(run)
    for element in _ELSEWHERE(body):
        element.text = without_signs(element.text or "") or None
        for name, value in element.attrib.items():
            element.set(name, without_signs(value))


def _split(run: _Element) -> None:
    """Replace ``run`` with a run for each stretch of one element's text."""
    shell = deepcopy(run)
    for child in list(shell):
        if child.tag != f"{W}rPr":
            shell.remove(child)
    stretches: list[_Element] = []
    for tag, child in _stretches(run):
        if not stretches or stretches[-1].get(AT, "") != tag:
            stretches.append(deepcopy(shell))
        if tag:
            stretches[-1].set(AT, tag)
        stretches[-1].append(child)
    for stretch in stretches:
        run.addprevious(stretch)
    remove(run)


def _stretches(run: _Element) -> Iterator[tuple[str, _Element]]:
    """The content of a run, each part with the tag of its element."""
    tag, open_since = "", False
    for child in [child for child in run if child.tag != f"{W}rPr"]:
        if child.tag != f"{W}t":
            yield tag, child
            open_since = False
            continue
        text, start = child.text or "", 0
        for sign in SIGN.finditer(text):
            # An element without a text still has its place.
            if sign.start() > start or (tag and open_since):
                yield tag, _text(text[start : sign.start()])
            tag, start, open_since = sign[1] or "", sign.end(), bool(sign[1])
        if start < len(text):
            yield tag, _text(text[start:])
            open_since = False


def _text(text: str) -> _Element:
    element = etree.Element(f"{W}t", {_SPACE: "preserve"})
    element.text = text
    return element


def runs(paragraph: _Element) -> Iterator[_Element]:
    """The runs of a paragraph in order, without those of a text box in it."""
    for child in paragraph:
        if child.tag == f"{W}r":
            yield child
        elif child.tag != f"{W}pPr":
            yield from runs(child)


def addresses(paragraph: _Element) -> tuple[str, ...]:
    """The addresses of the elements that a paragraph prints, in order, each once."""
    every = (address_and_role(run.get(AT, ""))[0] for run in runs(paragraph))
    return tuple(dict.fromkeys(address for address in every if address))


def strip(root: _Element) -> None:
    """Remove the attribute from every run of a document, and its namespace."""
    for run in root.iter(f"{W}r"):
        run.attrib.pop(AT, None)
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in root.nsmap if prefix])
