"""A Word document as a person leaves it: paragraphs retyped, added, deleted, moved, split, joined, plainly or tracked; comments.

What is done here is done to the XML as Word does it; paragraphs are named by words that they have.
"""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BODY = "word/document.xml"
_PLAIN = (f"{W}t", f"{W}br", f"{W}tab")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DATE = "2026-03-01T09:00:00Z"


class Copy:
    """An edited copy; what is done to it is tracked as ``author``'s where ``tracked`` is set."""

    def __init__(self, document: bytes, *, author: str = "张三", date: str = DATE, tracked: bool = False) -> None:
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.root = etree.fromstring(self.parts[_BODY])
        self.author, self.date, self.tracked = author, date, tracked
        self._number = 9000
        self._comments: list[_Element] = []
        self._extended: list[_Element] = []

    def packed(self, more: Mapping[str, bytes] | None = None) -> bytes:
        """The file; ``more`` are parts that are put in place of its own."""
        parts = {**self.parts, _BODY: etree.tostring(self.root, encoding="UTF-8", xml_declaration=True)}
        if self._comments:
            self._add_part(parts, "comments", f"{W}comments", self._comments)
            self._add_part(parts, "commentsExtended", f"{W15}commentsEx", self._extended)
        return packed({**parts, **(more or {})})

    def paragraph(self, words: str) -> _Element:
        """The only paragraph that has some words."""
        (found,) = (one for one in self.root.iter(f"{W}p") if words in text_of(one))
        return found

    def retype(self, old: str, new: str) -> None:
        """Words become others; "" for ``new`` deletes them."""
        paragraph = self.paragraph(old)
        start = text_of(paragraph).index(old)
        runs = _cut(paragraph, start, start + len(old))
        if new:
            added = self._run(new, runs[-1])
            runs[-1].addnext(self._wrapped("ins", added) if self.tracked else added)
        self._take(runs)

    def type(self, paragraph: _Element, text: str) -> None:
        """Words at the end of a paragraph."""
        paragraph.append(self._run(text, None))

    def insert(self, after: str, text: str) -> _Element:
        """A new paragraph behind another, which looks like it."""
        model = self.paragraph(after)
        added = _shell(model)
        run = self._run(text, next(model.iter(f"{W}r")))
        added.append(self._wrapped("ins", run) if self.tracked else run)
        if self.tracked:
            self._mark(added, "ins")
        model.addnext(added)
        return added

    def delete(self, words: str) -> None:
        """A paragraph goes."""
        paragraph = self.paragraph(words)
        if not self.tracked:
            _remove(paragraph)
            return
        self._take(_cut(paragraph, 0, len(text_of(paragraph))))
        self._mark(paragraph, "del")

    def move(self, words: str, after: str) -> None:
        """A paragraph goes behind another one; its bookmarks stay behind where that is tracked."""
        paragraph, target = self.paragraph(words), self.paragraph(after)
        if not self.tracked:
            target.addnext(paragraph)
            return
        there = _shell(paragraph)
        runs = _cut(paragraph, 0, len(text_of(paragraph)))
        for run in runs:
            there.append(self._wrapped("moveTo", deepcopy(run)))
            self._take([run], "moveFrom")
        self._mark(there, "moveTo")
        self._mark(paragraph, "moveFrom")
        target.addnext(there)

    def split(self, words: str) -> None:
        """A paragraph becomes two, the second beginning with the words."""
        paragraph = self.paragraph(words)
        first = _cut(paragraph, text_of(paragraph).index(words), len(text_of(paragraph)))[0]
        second = _shell(paragraph)
        while (holder := first.getparent()) is not None and holder is not paragraph:
            first = holder
        for one in [first, *first.itersiblings()]:
            second.append(one)
        if self.tracked:
            self._mark(paragraph, "ins")
        paragraph.addnext(second)

    def split_before_bookmark(self, words: str) -> None:
        """A paragraph becomes two, and its bookmarks stay with the second: so it is after a round through RTF."""
        paragraph = self.paragraph(words)
        self.split(words)
        second = paragraph.getnext()
        assert second is not None
        ended = {one.get(f"{W}id") for one in paragraph.iter(f"{W}bookmarkEnd")}
        starts = [one for one in paragraph.iter(f"{W}bookmarkStart") if one.get(f"{W}id") not in ended]
        for start in reversed(starts):
            second.insert(1 if second.find(f"{W}pPr") is not None else 0, start)

    def join(self, words: str) -> None:
        """A paragraph is joined with the next one."""
        paragraph = self.paragraph(words)
        following = paragraph.getnext()
        assert following is not None
        if self.tracked:
            self._mark(paragraph, "del")
            return
        for one in list(following):
            if one.tag != f"{W}pPr":
                paragraph.append(one)
        _remove(following)

    def comment(self, words: str, *said: str, author: str = "", answers: int = 0, done: bool = False) -> int:
        """A comment on some words, and its number; each of ``said`` is a paragraph of it."""
        paragraph = self.paragraph(words)
        runs = _cut(paragraph, start := text_of(paragraph).index(words), start + len(words))
        number = self._next()
        key = {f"{W}id": number}
        runs[0].addprevious(etree.Element(f"{W}commentRangeStart", key))
        runs[-1].addnext(etree.Element(f"{W}commentRangeEnd", key))
        reference = etree.Element(f"{W}r")
        etree.SubElement(reference, f"{W}commentReference", key)
        paragraph.append(reference)
        who = {f"{W}author": author or self.author, f"{W}date": self.date}
        comment = etree.Element(f"{W}comment", key | who)
        for at, one in enumerate(said):
            own = etree.SubElement(comment, f"{W}p", {f"{W14}paraId": _comment_paragraph(int(number), at)})
            own.append(self._run(one, None))
        self._comments.append(comment)
        told = {f"{W15}paraId": _comment_paragraph(int(number), len(said) - 1), f"{W15}done": str(int(done))}
        if answers:
            (other,) = (one for one in self._comments if one.get(f"{W}id") == str(answers))
            told[f"{W15}paraIdParent"] = other[-1].get(f"{W14}paraId", "")
        self._extended.append(etree.Element(f"{W15}commentEx", told))
        return int(number)

    def _run(self, text: str, model: _Element | None) -> _Element:
        run = etree.Element(f"{W}r")
        properties = None if model is None else model.find(f"{W}rPr")
        if properties is not None:
            run.append(deepcopy(properties))
        etree.SubElement(run, f"{W}t", {_SPACE: "preserve"}).text = text
        return run

    def _take(self, runs: list[_Element], kind: str = "del") -> None:
        for run in runs:
            if not self.tracked:
                _remove(run)
                continue
            wrapper = etree.Element(f"{W}{kind}", self._who())
            run.addprevious(wrapper)
            wrapper.append(run)
            for one in run.iter(f"{W}t") if kind == "del" else ():
                one.tag = f"{W}delText"

    def _wrapped(self, kind: str, run: _Element) -> _Element:
        wrapper = etree.Element(f"{W}{kind}", self._who())
        wrapper.append(run)
        return wrapper

    def _mark(self, paragraph: _Element, kind: str) -> None:
        """The mark at the end of a paragraph is tracked."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        own = properties.find(f"{W}rPr")
        if own is None:
            own = etree.SubElement(properties, f"{W}rPr")
        own.insert(0, etree.Element(f"{W}{kind}", self._who()))

    def _who(self) -> dict[str, str]:
        return {f"{W}id": self._next(), f"{W}author": self.author, f"{W}date": self.date}

    def _next(self) -> str:
        self._number += 1
        return str(self._number)

    def _add_part(self, parts: dict[str, bytes], kind: str, tag: str, content: list[_Element]) -> None:
        root = etree.Element(tag, nsmap={"w": W[1:-1], "w14": W14[1:-1], "w15": W15[1:-1]})
        root.extend(content)
        parts[f"word/{kind}.xml"] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
        space = _OFFICE if kind == "comments" else "http://schemas.microsoft.com/office/2011/relationships"
        related = etree.fromstring(parts["word/_rels/document.xml.rels"])
        own = {"Id": f"rIdOwn{kind}", "Type": f"{space}/{kind}", "Target": f"{kind}.xml"}
        related.append(etree.Element(f"{_PACKAGE}/relationships}}Relationship", own))
        parts["word/_rels/document.xml.rels"] = etree.tostring(related)
        types = etree.fromstring(parts["[Content_Types].xml"])
        form = {"PartName": f"/word/{kind}.xml", "ContentType": f"{_WORD_TYPE}.{kind}+xml"}
        types.append(etree.Element(f"{_PACKAGE}/content-types}}Override", form))
        parts["[Content_Types].xml"] = etree.tostring(types)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Parts as a file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def text_of(paragraph: _Element) -> str:
    """What a paragraph says, deleted words apart."""
    return "".join(_character(node) for run in paragraph.iter(f"{W}r") for node in run if node.tag in _PLAIN)


def _character(node: _Element) -> str:
    return node.text or "" if node.tag == f"{W}t" else "\n" if node.tag == f"{W}br" else "\t"


def _cut(paragraph: _Element, start: int, end: int) -> list[_Element]:
    """The runs that say exactly ``text[start:end]``, cut out of those that are there."""
    found: list[_Element] = []
    at = 0
    for run in list(paragraph.iter(f"{W}r")):
        for node in [one for one in run if one.tag in _PLAIN]:
            said = _character(node)
            for low, high in ((0, start - at), (start - at, end - at), (end - at, len(said))):
                words = said[max(low, 0) : max(high, 0)]
                if words:
                    piece = _only(run, node, words)
                    run.addprevious(piece)
                    found += [piece] if (low, high) == (start - at, end - at) else []
            at += len(said)
        if any(one.tag in _PLAIN for one in run):
            _remove(run)
    return found


def _only(run: _Element, node: _Element, words: str) -> _Element:
    """A run that says nothing but some of the words of one of its elements."""
    made = etree.Element(f"{W}r")
    properties = run.find(f"{W}rPr")
    made.extend([deepcopy(one) for one in (properties, node) if one is not None])
    if node.tag == f"{W}t":
        made[-1].text = words
        made[-1].set(_SPACE, "preserve")
    return made


def _shell(model: _Element) -> _Element:
    """An empty paragraph with the look of another."""
    made = etree.Element(f"{W}p")
    properties = model.find(f"{W}pPr")
    if properties is not None:
        made.append(deepcopy(properties))
    return made


def _comment_paragraph(number: int, place: int) -> str:
    return f"{number * 100 + place:08X}"


def _remove(element: _Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
