"""How a paragraph of a DOCX looks: its own settings, else those of its style, else those of the document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workplan.chinese.characters import is_within_sentence
from workplan.importing.piece import Align, Looks
from workplan.importing.readers.docx.names import child, children, is_on, name, number, value
from workplan.lengths import Em, Pt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

_ALIGN = {"center": Align.CENTER, "right": Align.RIGHT, "end": Align.RIGHT, "left": Align.LEFT, "start": Align.LEFT} | {
    "both": Align.JUSTIFY,
    "distribute": Align.JUSTIFY,
}
#: Half points, and twentieths of a point, in a point; hundredths in a 字; the size of text where nothing says it.
_HALVES, _TWENTIETHS, _HUNDREDTHS, _USUAL_SIZE = 2, 20, 100, Pt(10.5)
#: Largest outline level (from 0) that is one of a heading: 9 is body text.
_HEADINGS = 8
_MOST_BASES = 16
_INDENTS = ("firstLine", "firstLineChars", "hanging", "hangingChars", "left", "leftChars", "start", "startChars")


@dataclass
class Styles:
    """The styles of a document, by identifier."""

    root: _Element | None
    _by_name: dict[str, _Element] = field(default_factory=dict)
    _chains: dict[str, tuple[_Element, ...]] = field(default_factory=dict)
    _settings: dict[tuple[str, str], tuple[_Element, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the styles; the style that a paragraph without one has is called ""."""
        for style in children(self.root, "w:style"):
            self._by_name.setdefault(value(style, "styleId"), style)
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true", "on"}:
                self._by_name.setdefault("", style)
        self._defaults = child(self.root, "w:docDefaults")

    def chain(self, identifier: str) -> tuple[_Element, ...]:
        """A style and those that it is based on, nearest first."""
        if identifier not in self._chains:
            found: list[_Element] = []
            at = identifier if identifier in self._by_name else ""
            while (style := self._by_name.get(at)) is not None and style not in found and len(found) < _MOST_BASES:
                found.append(style)
                at = value(child(style, "w:basedOn")) or "\0"
            self._chains[identifier] = tuple(found)
        return self._chains[identifier]

    def paragraph_settings(self, identifier: str) -> tuple[_Element, ...]:
        """The settings of paragraphs that hold under a style, nearest first."""
        return self._found(identifier, "w:pPr", "w:pPrDefault")

    def run_settings(self, identifier: str) -> tuple[_Element, ...]:
        """The settings of characters that hold under a style, nearest first."""
        return self._found(identifier, "w:rPr", "w:rPrDefault")

    def _found(self, identifier: str, kind: str, default: str) -> tuple[_Element, ...]:
        if (identifier, kind) not in self._settings:
            found = [child(style, kind) for style in self.chain(identifier)]
            found.append(child(self._defaults, default, kind))
            self._settings[identifier, kind] = tuple(one for one in found if one is not None)
        return self._settings[identifier, kind]

    def list_of(self, properties: _Element | None, identifier: str) -> tuple[int, int]:
        """The list and level (from 0) of a paragraph; list 0 for none. A level in a style may come from its heading."""
        own = [properties] if properties is not None else []
        places = [
            found
            for one in (*own, *self.paragraph_settings(identifier))
            if (found := child(one, "w:numPr")) is not None
        ]
        listed = next((one for one in places if child(one, "w:numId") is not None), None)
        level = next((one for one in places if child(one, "w:ilvl") is not None), None)
        return number(child(listed, "w:numId")), number(child(level, "w:ilvl"))


def looks(
    paragraph: _Element, runs: Iterable[tuple[_Element, int]], styles: Styles, indents: tuple[int | None, int | None]
) -> Looks:
    """What is known of a paragraph; ``runs`` are its runs with their numbers of characters, ``indents`` what its list sets."""
    properties = child(paragraph, "w:pPr")
    identifier = value(child(properties, "w:pStyle"))
    own = [properties] if properties is not None else []
    settings = (*own, *styles.paragraph_settings(identifier))
    characters = styles.run_settings(identifier)
    size, bold, face = _of_runs(runs, styles, characters)
    first, left = _indents(settings, indents, size or _USUAL_SIZE)
    return Looks(
        align=next(
            (_ALIGN.get(value(one), Align.UNKNOWN) for s in settings if (one := child(s, "w:jc")) is not None),
            Align.UNKNOWN,
        ),
        first=first,
        left=left,
        size=size,
        bold=bold,
        face=face,
        heading=_heading(settings, styles.chain(identifier)),
        boxed=child(properties, "w:framePr") is not None,
    )


def _heading(settings: Iterable[_Element], chain: Iterable[_Element]) -> int:
    outline = next((found for one in settings if (found := child(one, "w:outlineLvl")) is not None), None)
    if outline is not None:
        level = number(outline, missing=_HEADINGS + 1)
        return level + 1 if level <= _HEADINGS else 0
    names = (value(child(style, "w:name")).lower() for style in chain)
    heading = next((said for said in names if said.startswith("heading ")), "")
    return int(heading[-1]) if heading[-1:].isdecimal() else 0


def _indents(
    settings: Iterable[_Element], given: tuple[int | None, int | None], size: Pt
) -> tuple[Em | None, Em | None]:
    """The indents of the first line and of the whole paragraph, in 字 of its size."""
    twips_in_em = size * _TWENTIETHS
    found = [one for s in settings if (one := child(s, "w:ind")) is not None]

    def said(*names: str) -> Em | None:
        for one in found:
            for side in names:
                if value(one, f"{side}Chars") not in {"", "0"}:
                    return Em(number(one, f"{side}Chars") / _HUNDREDTHS * (-1 if side == "hanging" else 1))
                if value(one, side):
                    return Em(number(one, side) / twips_in_em * (-1 if side == "hanging" else 1))
        return None

    left, first = said("left", "start"), said("hanging", "firstLine")
    by_list = [None if one is None else Em(one / twips_in_em) for one in given]
    return first if first is not None else by_list[1], left if left is not None else by_list[0]


def _of_runs(
    runs: Iterable[tuple[_Element, int]], styles: Styles, base: tuple[_Element, ...]
) -> tuple[Pt | None, bool, str]:
    """The size, weight and typeface of most characters of a paragraph."""
    sizes, faces = Counter[int](), Counter[str]()
    bold = total = 0
    for run, length in runs:
        own = child(run, "w:rPr")
        by_style = styles.run_settings(value(child(own, "w:rStyle"))) if child(own, "w:rStyle") is not None else ()
        settings = (*([own] if own is not None else ()), *by_style, *base)
        sizes[next((number(one) for s in settings if (one := child(s, "w:sz")) is not None), 0)] += length
        faces[next((said for s in settings if (said := value(child(s, "w:rFonts"), "eastAsia"))), "")] += length
        bold += length * is_on(next((one for s in settings if (one := child(s, "w:b")) is not None), None))
        total += length
    if not total:
        return None, False, ""
    size = sizes.most_common(1)[0][0]
    return Pt(size / _HALVES) if size else None, 2 * bold > total, faces.most_common(1)[0][0]


def goes_on(paragraph: _Element, text: str) -> bool:
    """Whether the next paragraph only goes on with the ``text`` of one, as a DOCX of ours has it where a signature stands below.

    Its lines stay together and with the next, without the indent of its style; the text before it ends no sentence.
    """
    following = paragraph.getnext()
    if following is None or name(following) != "w:p" or not text or not is_within_sentence(f"{text} ", len(text)):
        return False
    first, second = child(paragraph, "w:pPr"), child(following, "w:pPr")
    indents = child(second, "w:ind")
    return (
        value(child(first, "w:pStyle")) == value(child(second, "w:pStyle"))
        and is_on(child(second, "w:keepNext"))
        and is_on(child(second, "w:keepLines"))
        and not is_on(child(first, "w:keepLines"))
        and indents is not None
        and not any(number(indents, one) for one in _INDENTS)
    )
