"""The parts of a DOCX that hold text, found by their relationships and not by their names (the body may be document2.xml)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from workplan.importing.package import Package


@dataclass(frozen=True, slots=True)
class Link:
    """What a relationship leads to: a part of the package, or ``target`` where that lies outside."""

    part: str
    target: str
    kind: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The trees of a document; None where it has no such part."""

    package: Package
    body: _Element
    links: dict[str, Link]
    styles: _Element | None
    numbering: _Element | None
    footnotes: _Element | None
    endnotes: _Element | None
    #: The names of the parts that the body, and the package itself, link to, by the kind of the relationship.
    named: Mapping[str, str]
    about: Mapping[str, str]

    def tree(self, kind: str) -> _Element | None:
        """The tree of a part that few ask for, such as ``comments`` or ``core-properties``."""
        part = self.named.get(kind) or self.about.get(kind)
        return self.package.tree(part) if part else None

    def part(self, identifier: str) -> _Element | None:
        """The tree of a part by the identifier of its relationship; None where it is outside or missing."""
        link = self.links.get(identifier)
        return None if link is None or not link.part else self.package.tree(link.part)


def parts(package: Package, file: str) -> Parts:
    """The parts of a package. Raises Misuse where it has no body."""
    about = _by_kind(_links(package, ""))
    main = about.get("officeDocument")
    if not main:
        raise Misuse("import-broken", path=file)
    links = _links(package, main)
    named = _by_kind(links)

    def tree(kind: str) -> _Element | None:
        return package.tree(named[kind]) if named.get(kind) else None

    return Parts(
        package=package,
        body=package.tree(main),
        links=links,
        styles=tree("styles"),
        numbering=tree("numbering"),
        footnotes=tree("footnotes"),
        endnotes=tree("endnotes"),
        named=named,
        about=about,
    )


def _by_kind(links: dict[str, Link]) -> dict[str, str]:
    """The part of the first link of each kind."""
    return {link.kind: link.part for link in reversed(links.values())}


def _links(package: Package, part: str) -> dict[str, Link]:
    """The relationships of a part, or of the package itself, by identifier."""
    folder, own = posixpath.split(part)
    file = posixpath.join(folder, "_rels", f"{own}.rels")
    if file not in package.names:
        return {}
    return {one.get("Id", ""): _link(package, part, one) for one in package.tree(file).iter("{*}Relationship")}


def _link(package: Package, part: str, relationship: _Element) -> Link:
    target, kind = relationship.get("Target", ""), relationship.get("Type", "").rpartition("/")[2]
    outside = relationship.get("TargetMode", "") == "External"
    return Link("" if outside else package.beside(part, target), target, kind)
