"""Find characters that an open face draws as another character: ``python tools/glyphs.py [--sheets FOLDER] [CHARACTERS]``.

A wrong glyph passes every check by code point: FandolKai has 雎, and draws 睢. So every character of each open face that
serves a role is drawn, brought to one size and weight, and compared with its shape in Noto. Suspects are those that are
nearer to another character's shape, or further from their own than nearly all others. Not every suspect is wrong: a person
looks at them. What is wrong goes to ``src/workplan/resources/wrong_glyphs.tsv``, what only looks odd to
``tests/data/odd_glyphs.tsv``; whatever stands in neither is printed. ``--sheets`` draws all suspects beside Noto's shapes.

The whole takes more than twenty minutes. ``CHARACTERS`` are looked at alone, against all shapes.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageStat

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "src"))

from workplan.resources import font_families, fontconfig, fonts, wrong_glyphs  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workplan.resources.fontconfig import Face

ODD = REPOSITORY / "tests" / "data" / "odd_glyphs.tsv"
#: The families whose shapes are taken to be right.
REFERENCES = ("Noto Serif CJK SC", "Noto Sans CJK SC")
#: Pixels to the em, of the ground a character is drawn on, and of the shape that it is brought to.
EM, GROUND, SHAPE = 96, 160, 48
#: Fields on a side of the grid in which the directions of edges are counted, and pixels on a side of the outline.
GRID, SIDE = 12, 32
#: Number of shapes nearest to a character's that it is compared with.
NEIGHBOURS = 8
#: A suspect is this much nearer to another shape, in distances of the two shapes, or among this share of the furthest.
NEARER, FURTHEST = 0.1, 0.01
#: Of those further from their shape than this share, all other shapes are tried.
TRIED = 0.8

_DIRECTIONS = [
    ImageFilter.Kernel((3, 3), weights, scale=4)
    for half in ((-1, 0, 1, -2, 0, 2, -1, 0, 1), (-1, -2, -1, 0, 0, 0, 1, 2, 1))
    for weights in (half, tuple(-one for one in half))
] + [
    ImageFilter.Kernel((3, 3), weights, scale=4)
    for half in ((0, 1, 2, -1, 0, 1, -2, -1, 0), (2, 1, 0, 1, 0, -1, 0, -1, -2))
    for weights in (half, tuple(-one for one in half))
]
_ALL = (1 << SIDE * SIDE) - 1
_LEFT = sum(1 << row * SIDE for row in range(SIDE))
_RIGHT = _LEFT << SIDE - 1


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn character: the ``edges`` by direction and place, and its ink as bits, thin and grown by a pixel."""

    edges: Image.Image
    ink: int
    grown: int

    def distance(self, other: Shape) -> float:
        """How unlike two shapes are, whatever their weight: 0 the same, 1 nothing in common."""
        difference = ImageStat.Stat(ImageChops.difference(self.edges, other.edges)).sum[0]
        return float(difference) / (24 * 8 * GRID * GRID)

    def roughly(self, other: Shape) -> float:
        """The same, less exactly and in a hundredth of the time."""
        apart = (self.ink & ~other.grown).bit_count() + (other.ink & ~self.grown).bit_count()
        return apart / (self.ink.bit_count() + other.ink.bit_count() + 1)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A character that a face may draw wrongly, the one that it looks like, and why it is one."""

    character: str
    like: str
    reason: str


def _extent(values: bytes) -> tuple[float, float]:
    """Middle and spread of ink along a line."""
    whole = sum(values)
    middle = sum(place * value for place, value in enumerate(values)) / whole
    spread = sum((place - middle) ** 2 * value for place, value in enumerate(values)) / whole
    return float(middle), float(spread**0.5)


def _grown(ink: int) -> int:
    wide = ink | (ink & ~_RIGHT) << 1 | (ink & ~_LEFT) >> 1
    return (wide | wide << SIDE | wide >> SIDE) & _ALL


def shape(font: ImageFont.FreeTypeFont, character: str) -> Shape | None:
    """The shape of a character; None where it has no ink."""
    drawn = Image.new("L", (GROUND, GROUND), 0)
    corner = (GROUND - EM) // 2
    ImageDraw.Draw(drawn).text((corner, corner + round(0.88 * EM)), character, font=font, fill=255, anchor="ls")
    return brought(drawn)


def brought(drawn: Image.Image) -> Shape | None:
    """The shape of what is drawn in white on black, its middle and spread brought to the same place and size."""
    if drawn.getbbox() is None:
        return None
    across, wide = _extent(drawn.resize((drawn.width, 1), Image.Resampling.BOX).tobytes())
    down, high = _extent(drawn.resize((1, drawn.height), Image.Resampling.BOX).tobytes())
    # A stroke alone keeps its proportions.
    wide, high = 2.1 * max(wide, high / 3, 4), 2.1 * max(high, wide / 3, 4)
    edges = (across + 0.5 - wide, down + 0.5 - high, across + 0.5 + wide, down + 0.5 + high)
    level = drawn.transform((SHAPE, SHAPE), Image.Transform.EXTENT, edges, Image.Resampling.BICUBIC)
    small = level.resize((SIDE, SIDE), Image.Resampling.BOX).point(lambda value: 255 * (value >= 100))  # noqa: PLR2004
    ink = int.from_bytes(small.convert("1").tobytes(), "big")
    return Shape(_edges(level), ink, _grown(ink))


def _edges(level: Image.Image) -> Image.Image:
    found = Image.new("L", (len(_DIRECTIONS) * GRID, GRID))
    for place, direction in enumerate(_DIRECTIONS):
        blurred = level.filter(direction).filter(ImageFilter.GaussianBlur(2.4))
        found.paste(blurred.resize((GRID, GRID), Image.Resampling.BOX), (GRID * place, 0))
    mean = max(ImageStat.Stat(found).mean[0], 0.5)
    return found.point(lambda value: min(255, int(value * 24 / mean)))


@cache
def characters(face: Face) -> frozenset[str]:
    """Every character that a face says it has."""
    return frozenset(map(chr, TTFont(face.file, fontNumber=face.index, lazy=True).getBestCmap()))


def shapes(face: Face, wanted: Iterable[str]) -> dict[str, Shape]:
    """The shapes of the characters that leave ink."""
    font = ImageFont.truetype(face.file, EM, index=face.index, layout_engine=ImageFont.Layout.BASIC)
    found = ((one, shape(font, one)) for one in sorted(wanted) if one in characters(face))
    return {one: drawn for one, drawn in found if drawn is not None}


def nearest(drawn: Shape, known: Mapping[str, Shape], but: str = "") -> list[str]:
    """The characters whose shapes are most like the drawn one."""
    ink = drawn.ink.bit_count()
    alike = ((one, other) for one, other in known.items() if one != but and ink < 2 * other.ink.bit_count() < 4 * ink)
    order = sorted((drawn.roughly(other), one) for one, other in alike)
    return [one for _, one in islice(order, NEIGHBOURS)]


@dataclass(frozen=True)
class Comparison:
    """All shapes that are taken to be right, by family."""

    right: tuple[dict[str, Shape], ...]
    _beside: dict[str, list[str]] = field(default_factory=dict)

    def own(self, character: str, drawn: Shape) -> float:
        """How far a drawn character is from its own right shape."""
        return min(drawn.distance(known[character]) for known in self.right)

    def beside(self, character: str) -> list[str]:
        """The characters that look most like one."""
        if character not in self._beside:
            self._beside[character] = nearest(self.right[0][character], self.right[0], character)
        return self._beside[character]

    def margin(self, character: str, drawn: Shape, others: Iterable[str]) -> tuple[float, str]:
        """How much nearer the drawn character is to one of the others, by every family's shapes, and to which."""
        best = (-9.0, character)
        for other in others:
            apart = [
                (drawn.distance(known[character]) - drawn.distance(known[other]))
                / max(0.02, known[character].distance(known[other]))
                for known in self.right
            ]
            best = max(best, (min(apart), other))
        return best

    def suspects(self, drawn: Mapping[str, Shape], wanted: Iterable[str]) -> list[Suspect]:
        """The suspects among the wanted characters of a face, which is given whole, the worst first."""
        own = {one: self.own(one, shape) for one, shape in drawn.items()}
        order = sorted(own.values())
        tried, far = order[int(len(order) * TRIED)], order[int(len(order) * (1 - FURTHEST))]
        found = []
        for one in wanted:
            others = self.beside(one) + (nearest(drawn[one], self.right[0], one) if own[one] >= tried else [])
            margin, like = self.margin(one, drawn[one], others)
            if margin >= NEARER:
                found.append((margin + 1, Suspect(one, like, f"nearer by {margin:.2f}")))
            elif own[one] >= far:
                found.append((own[one] - 1, Suspect(one, like, f"far: {own[one]:.2f}")))
        return [suspect for _, suspect in sorted(found, key=lambda pair: -pair[0])]


def faces() -> list[Face]:
    """The installed open faces that serve a role and are not the reference itself, each once."""
    families = dict.fromkeys(family for tried in font_families.PREFERENCES.values() for family in tried)
    wanted = {one.casefold() for one in families if not one.startswith(("Noto", "Source Han"))}
    return [
        face
        for face in fontconfig.installed()
        if font_families.are_open(face.families) and wanted & {family.casefold() for family in face.families}
    ]


def references() -> list[Face]:
    """The faces whose shapes are taken to be right."""
    return [face for family in REFERENCES if (face := fonts.find(family)) is not None]


def compare(wanted: Iterable[str] = ()) -> dict[str, list[Suspect]]:
    """The suspects of every face by its PostScript name; of the wanted characters alone where some are given."""
    common = frozenset.intersection(*map(characters, references()))
    comparison = Comparison(tuple(shapes(face, common) for face in references()))
    known = set.intersection(*(set(right) for right in comparison.right))
    found = {}
    for face in faces():
        drawn = shapes(face, known)
        found[face.postscript] = comparison.suspects(drawn, sorted(drawn.keys() & set(wanted) if wanted else drawn))
    return found


def odd() -> dict[str, dict[str, str]]:
    """The characters that a person found to look odd but right, by face (``*``: in any)."""
    return wrong_glyphs.read(ODD.read_text("utf-8")) if ODD.is_file() else {}


def sheet(face: Face, suspects: Iterable[Suspect], size: int = 44, columns: int = 12) -> Image.Image:
    """All suspects of a face: Noto's shape, the face's, and Noto's shape of the character that it looks like."""
    right, own = (
        ImageFont.truetype(one.file, size, index=one.index, layout_engine=ImageFont.Layout.BASIC)
        for one in (references()[0], face)
    )
    listed = list(suspects)
    width, height = 3 * size + 16, size + 16
    ground = Image.new("L", (columns * width, max(1, -(-len(listed) // columns)) * height), 255)
    pen = ImageDraw.Draw(ground)
    for place, suspect in enumerate(listed):
        left, top = place % columns * width, place // columns * height
        trio = ((right, suspect.character), (own, suspect.character), (right, suspect.like))
        for step, (font, character) in enumerate(trio):
            baseline = (left + 4 + step * (size + 3), top + 4 + round(0.88 * size))
            pen.text(baseline, character, font=font, fill=(0, 0, 150)[step], anchor="ls")
        pen.rectangle((left, top, left + width, top + height), outline=215)
    return ground


def main(arguments: list[str]) -> int:
    """Print the suspects that nobody has looked at; 1 where there are some."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("characters", nargs="?", default="")
    parser.add_argument("--sheets", type=Path, help="draw all suspects of each face into this folder")
    asked = parser.parse_args(arguments)
    wrong, looked_at, new = wrong_glyphs.known(), odd(), 0
    by_name = {face.postscript: face for face in faces()}
    for name, suspects in compare(asked.characters).items():
        if asked.sheets:
            asked.sheets.mkdir(parents=True, exist_ok=True)
            sheet(by_name[name], suspects).save(asked.sheets / f"{name}.png")
        seen = {*wrong.get(name, ()), *looked_at.get(name, ()), *looked_at.get("*", ())}
        for suspect in suspects:
            if suspect.character not in seen:
                new += 1
                code = f"U+{ord(suspect.character):04X}"
                print(f"{name}\t{suspect.character}\t{code}\t{suspect.like}\t{suspect.reason}")
    return int(new > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
