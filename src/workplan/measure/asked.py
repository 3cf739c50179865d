"""What a DOCX asks for in its XML: the face of every character, and the character grid.

LibreOffice replaces faces that the machine lacks and lays out grids in its own way, so that its pages show neither.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor
from typing import TYPE_CHECKING

from workplan.archive import Archive
from workplan.lengths import Mm, Pt, mm_to_pt, pt_to_mm
from workplan.measure.kinds import body_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

#: Twips in a point, and units of a character grid's spacing in a point (17.6.5).
_TWIP, _CHAR_SPACE = 20, 4096
#: Half points in a point, in which sizes of type are given.
_HALF = 2
#: The grids that place characters, not only lines.
_CHARACTERS = ("linesAndChars", "snapToChars")
#: The deepest chain of styles that are based on each other.
_DEEPEST = 40
#: The script of the faces that a theme has for simplified Chinese.
_SCRIPT = "Hans"


@dataclass(frozen=True, slots=True)
class CharacterGrid:
    """The left margin and the number of 字 in a line that the sections with most text ask for."""

    left: Mm
    characters: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The ``text`` of the body without blanks, and for each of its characters the name of the face, "" where none is named.

    ``feet`` are the faces of the digits in the footers; ``grid`` is None where characters stand on none.
    """

    text: str = ""
    faces: tuple[str, ...] = ()
    feet: frozenset[str] = field(default_factory=frozenset)
    grid: CharacterGrid | None = None


def asked(content: bytes, file: str) -> Asked:
    """What a DOCX asks for. Raises Misuse where a part is broken."""
    from workplan.measure.markup import parsed  # noqa: PLC0415 - lxml is not needed for a PDF

    archive = Archive(content, file)
    main = body_part(archive)
    folder = main.rpartition("/")[0]
    parts = {entry.filename: entry for entry in archive.parts}

    def root(name: str) -> _Element | None:
        return parsed(archive.read(parts[name])) if name in parts else None

    body = root(main)
    if body is None:
        return Asked()
    styles = _Styles(root(f"{folder}/styles.xml"), _theme(root(f"{folder}/theme/theme1.xml")))
    characters = [(sign, face) for sign, face in styles.characters(body) if not sign.isspace()]
    feet = [root(name) for name in parts if name.startswith(f"{folder}/footer")]
    return Asked(
        text="".join(sign for sign, _ in characters),
        faces=tuple(face for _, face in characters),
        feet=frozenset(face for foot in feet if foot is not None for face in styles.figures(foot)),
        grid=_grid(body, styles),
    )


class _Styles:
    """The styles of a document, asked for the face and the size that they give."""

    def __init__(self, root: _Element | None, theme: Mapping[str, str]) -> None:
        self._theme = theme
        self._styles = {} if root is None else {_value(one, "styleId"): one for one in root.iter("{*}style")}
        self._usual = "" if root is None else _usual_style(root)
        defaults = None if root is None else next(root.iter("{*}rPrDefault"), None)
        self._defaults = None if defaults is None else defaults.find("{*}rPr")
        self._known: dict[tuple[str, str], str] = {}

    def characters(self, body: _Element) -> Iterator[tuple[str, str]]:
        """Every printed character with the name of its face."""
        for paragraph in body.iter("{*}p"):
            style = _used(paragraph, "pPr", "pStyle") or self._usual
            for run in paragraph.iter("{*}r"):
                if _paragraph_of(run) is not paragraph:
                    continue
                wide = self._face(run, style, "eastAsia")
                narrow = self._face(run, style, "ascii")
                for text in run.iterchildren("{*}t"):
                    yield from ((sign, narrow if sign.isascii() else wide) for sign in text.text or "")

    def figures(self, foot: _Element) -> Iterator[str]:
        """The faces of the digits in a footer: of its runs with digits or fields."""
        for paragraph in foot.iter("{*}p"):
            style = _used(paragraph, "pPr", "pStyle") or self._usual
            for run in paragraph.iter("{*}r"):
                if any(sign.isdigit() for text in run.iterchildren("{*}t") for sign in text.text or ""):
                    yield self._face(run, style, "ascii")

    def size(self) -> Pt:
        """The size of the usual style, from which a grid is counted; 10 pt where nobody says."""
        own = self._chain(self._usual)
        found = (one for style in own for one in style.iterfind("{*}rPr/{*}sz"))
        halves = next(found, None)
        if halves is None and self._defaults is not None:
            halves = self._defaults.find("{*}sz")
        return Pt(_number(halves, "val", 20) / _HALF)

    def _face(self, run: _Element, paragraph_style: str, script: str) -> str:
        own = run.find("{*}rPr")
        named = self._named(own, script) or self._of_style(_used(run, "rPr", "rStyle"), script)
        return named or self._of_style(paragraph_style, script) or self._named(self._defaults, script)

    def _of_style(self, name: str, script: str) -> str:
        key = (name, script)
        if key not in self._known:
            faces = (self._named(style.find("{*}rPr"), script) for style in self._chain(name))
            self._known[key] = next((face for face in faces if face), "")
        return self._known[key]

    def _chain(self, name: str) -> Iterator[_Element]:
        """A style and those that it is based on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            base = style.find("{*}basedOn")
            name = "" if base is None else _value(base, "val")

    def _named(self, properties: _Element | None, script: str) -> str:
        fonts = None if properties is None else properties.find("{*}rFonts")
        if fonts is None:
            return ""
        # A converter from PDF names subsets: ABCDEF+Name.
        return self._theme.get(_value(fonts, f"{script}Theme"), "") or _value(fonts, script).rpartition("+")[2]


def _usual_style(root: _Element) -> str:
    """The id of the style of paragraphs that name none."""
    paragraphs = (one for one in root.iter("{*}style") if _value(one, "type") == "paragraph")
    return next((_value(one, "styleId") for one in paragraphs if _value(one, "default") in ("1", "true")), "")


def _theme(root: _Element | None) -> dict[str, str]:
    """The faces of a theme by the names under which styles ask for them."""
    faces: dict[str, str] = {}
    for kind in ("major", "minor") if root is not None else ():
        fonts = next(root.iter(f"{{*}}{kind}Font"), None) if root is not None else None
        if fonts is None:
            continue
        east, latin = fonts.find("{*}ea"), fonts.find("{*}latin")
        scripts = (one.get("typeface", "") for one in fonts.iterfind("{*}font") if one.get("script") == _SCRIPT)
        chinese = ("" if east is None else east.get("typeface", "")) or next(scripts, "")
        western = "" if latin is None else latin.get("typeface", "")
        faces |= {f"{kind}EastAsia": chinese, f"{kind}Ascii": western, f"{kind}HAnsi": western}
    return faces


def _grid(body: _Element, styles: _Styles) -> CharacterGrid | None:
    """The character grid of the last section, which is the whole document's where it has one alone."""
    section = next(reversed(list(body.iter("{*}sectPr"))), None)
    grid = None if section is None else section.find("{*}docGrid")
    if section is None or grid is None or _value(grid, "type") not in _CHARACTERS:
        return None
    size, margin = section.find("{*}pgSz"), section.find("{*}pgMar")
    left, right = _number(margin, "left", 0), _number(margin, "right", 0)
    left += _number(margin, "gutter", 0)
    step = styles.size() + _number(grid, "charSpace", 0) / _CHAR_SPACE
    width = Pt((_number(size, "w", 0) - left - right) / _TWIP)
    if step <= 0 or width <= 0:
        return None
    # Lengths in twips are rounded to a fiftieth of a millimetre, and so is the width that holds the last 字.
    return CharacterGrid(pt_to_mm(Pt(left / _TWIP)), floor((width + mm_to_pt(Mm(0.05))) / step))


def _used(element: _Element, properties: str, style: str) -> str:
    """The style that a paragraph or a run names; "" for none."""
    own = element.find(f"{{*}}{properties}/{{*}}{style}")
    return "" if own is None else _value(own, "val")


def _paragraph_of(run: _Element) -> _Element | None:
    """The innermost paragraph around a run: a text box stands within a run of another paragraph."""
    return next(run.iterancestors("{*}p"), None)


def _number(element: _Element | None, name: str, otherwise: float) -> float:
    try:
        return float(_value(element, name)) if element is not None else otherwise
    except ValueError:
        return otherwise


def _value(element: _Element, name: str) -> str:
    """An attribute in the namespace of its element; "" where it has none."""
    return element.get(f"{{{element.nsmap.get(element.prefix, '')}}}{name}", "")
