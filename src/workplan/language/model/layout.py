"""What a document says of its pages and its frame: faces, masthead, attachments, what the web page discloses."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from workplan.language.model.base import Day, Record, Text, TextOrNone, between, choice


class Fonts(Record):
    """Faces by role, for licensed ones that are installed: a family name each (GB/T 9704 names only classes)."""

    仿宋: Text | None = None
    楷体: Text | None = None
    黑体: Text | None = None
    宋体: Text | None = None
    小标宋: Text | None = None
    西文: Text | None = None
    备用: Text | None = None


_Lines = Annotated[float, between(0, 10), Field(ge=0, le=10)]


class MastheadStyle(Record):
    """Where the masthead and the title stand, for documents that follow a house style of their own.

    ``top`` is the upper edge of the mark in millimetres from the top of the page (GB/T 9704 7.2.4: 72, in the letter form
    10.1: 30); the others count blank lines: between the mark (in the letter form its rule) and the number (2; 0), what is
    above the title and the title (2), the title and the text (1). ``lines`` sets the mark in one line or in two.
    """

    top: Annotated[float, between(10, 150), Field(ge=10, le=150)] | None = None
    number: _Lines | None = None
    title: _Lines | None = None
    text: _Lines | None = None
    lines: Annotated[int, between(1, 2, whole=True), Field(ge=1, le=2)] | None = None


_Place = Literal["before-signature", "after-signature", "notice", "none"]
#: Where the 附件说明 stands.
ListPlace = Annotated[_Place, choice(*get_args(_Place))]


class AttachmentStyle(Record):
    """How attachments are called: ``label`` (附件一) on the page of each, ``list`` (1．) in the 附件说明, both by example.

    ``place`` is where the 附件说明 stands: before the signature (GB/T 9704 7.3.4) or after it, in the cover notice, or nowhere.
    """

    label: Text | None = None
    list: TextOrNone | None = None
    place_: ListPlace | None = Field(default=None, alias="place")


class Disclosure(Record):
    """What a government site says above the document (信息公开): 索引号, 主题分类 and 发布日期; the rest it has from the frame."""

    index: Text | None = None
    topic: Text | None = None
    published: Day | None = None
