"""Shapes that stand at a fixed place of the page, independent of the text around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from workplan.lengths import Pt, pt_to_emu, pt_to_twips

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The line of a paragraph that only holds shapes.
_LINE_HEIGHT = pt_to_twips(Pt(1))
_WORD = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_LINE = """\
<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" \
xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="{word}">\
<w:pPr><w:spacing w:line="{height}" w:lineRule="exact"/></w:pPr><w:r>{shapes}</w:r></w:p>"""
_SHAPE = """\
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>\
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" \
layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>\
<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>\
<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>\
<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>\
<wp:docPr id="{id}" name="{name}{id}"/><wp:cNvGraphicFramePr/><a:graphic>\
<a:graphicData uri="{word}"><wps:wsp><wps:cNvSpPr{box}/><wps:spPr><a:xfrm><a:off x="0" y="0"/>\
<a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}<a:ln><a:noFill/></a:ln>\
</wps:spPr>{inside}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>"""
_TURNED = (
    "<wps:txbx><w:txbxContent/></wps:txbx>"
    '<wps:bodyPr rot="0" vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'
)


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle of the page: its left and upper edges, from those of the page, its width and its height."""

    left: Pt
    top: Pt
    width: Pt
    height: Pt


def turned(lines: list[_Element], number: int, place: Place) -> _Element:
    """A paragraph that holds a frame at ``place``, in which ``lines`` stand on their side; ``number`` is the frame's id."""
    paragraph = _line(_shape(number, "页码", place, "<a:noFill/>", _TURNED))
    next(paragraph.iter("{*}txbxContent")).extend(lines)
    return paragraph


def bars(places: list[Place], number: int, colour: str) -> _Element:
    """A paragraph that holds bars of one colour; their ids count from ``number``."""
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return _line("".join(_shape(at, "红线", place, fill, "<wps:bodyPr/>") for at, place in enumerate(places, number)))


def _shape(number: int, name: str, place: Place, fill: str, inside: str) -> str:
    box = ' txBox="1"' if "txbx" in inside else ""
    return _SHAPE.format(
        id=number,
        name=name,
        x=pt_to_emu(place.left),
        y=pt_to_emu(place.top),
        wide=pt_to_emu(place.width),
        high=pt_to_emu(place.height),
        fill=fill,
        box=box,
        inside=inside,
        word=_WORD,
    )


def _line(shapes: str) -> _Element:
    return etree.fromstring(_LINE.format(shapes=shapes, word=_WORD, height=_LINE_HEIGHT))
