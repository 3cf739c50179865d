"""Paths and matrices of a page, in millimetres."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Point = tuple[float, float]
#: How a point (x, y) moves: to (ax + cy + e, bx + dy + f).
Matrix = tuple[float, float, float, float, float, float]
#: Left, top, right and bottom in mm.
Box = tuple[float, float, float, float]
#: A step of a path: ``M`` (begin), ``L`` (line), ``B`` (curve by two control points) or ``C`` (close), and its points.
Step = tuple[str, tuple[Point, ...]]

#: Nothing that is shown is thinner than this in mm.
THIN = 1e-4


def times(first: Sequence[float], then: Matrix) -> Matrix:
    """The matrix that does what ``first`` does, and then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def moved(point: Point, matrix: Matrix) -> Point:
    """Where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def bounds(points: Iterator[Point]) -> Box:
    """The box around points."""
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def overlap(one: Box, other: Box) -> Box | None:
    """What both boxes cover; None for nothing."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[2], other[2]), min(one[3], other[3])
    return (left, top, right, bottom) if right - left > THIN and bottom - top > THIN else None


def parts(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """The parts of a path, each of which begins for itself."""
    part: list[Step] = []
    for step in steps:
        if step[0] == "M" and part:
            yield part
            part = []
        part.append(step)
    if part:
        yield part


def has_area(steps: Sequence[Step]) -> bool:
    """Whether a part of a path can be filled."""
    box = bounds(point for _, points in steps for point in points)
    return box[2] - box[0] > THIN and box[3] - box[1] > THIN


def as_box(steps: Sequence[Step]) -> Box | None:
    """The box that a path is; None for another form."""
    points = [point for kind, given in steps if kind in "ML" for point in given]
    if any(kind == "B" for kind, _ in steps) or sum(kind == "M" for kind, _ in steps) != 1:
        return None
    if points[-1] == points[0]:
        points.pop()
    box = bounds(iter(points))
    corners = {(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])}
    near = all(min(abs(x - p) + abs(y - q) for p, q in corners) < THIN for x, y in points)
    is_box = len(points) == len(corners) and near and _turns(points)
    return box if is_box else None


def _turns(points: Sequence[Point]) -> bool:
    """Whether each side of four runs level or upright: the corners are gone round, and not crosswise."""
    sides = zip(points, [*points[1:], points[0]], strict=True)
    return all(min(abs(x - p), abs(y - q)) < THIN for (x, y), (p, q) in sides)


def covered(boxes: Sequence[Box], within: Box | None, *, even_odd: bool) -> Iterator[Box]:
    """What boxes cover together, as boxes that lie beside each other: all of it, or where an odd number of them lie."""
    sides = [*boxes, *([within] if within else [])]
    across, down = (sorted({box[side] for box in sides for side in (first, first + 2)}) for first in (0, 1))
    for top, bottom in pairwise(down):
        begun: float | None = None
        for left, right in pairwise([*across, across[-1]]):
            middle = (left + right) / 2, (top + bottom) / 2
            count = sum(_is_in(middle, box) for box in boxes) if right > left else 0
            is_covered = (count % 2 == 1 if even_odd else count > 0) and (within is None or _is_in(middle, within))
            if is_covered and begun is None:
                begun = left
            if not is_covered and begun is not None:
                if min(left - begun, bottom - top) > THIN:
                    yield begun, top, left, bottom
                begun = None


def _is_in(point: Point, box: Box) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def of_box(box: Box) -> Iterator[Step]:
    """The path around a box."""
    left, top, right, bottom = box
    yield "M", ((left, top),)
    yield from (("L", (corner,)) for corner in ((right, top), (right, bottom), (left, bottom)))
    yield "C", ()
