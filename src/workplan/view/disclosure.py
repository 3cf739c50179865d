"""信息公开: what a government site says of a document above it, as their pages have it (国办发〔2017〕47号, 政府网站发展指引)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.view.sequence import Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.view.blocks import Official

#: What parts a class of topics from its subclass.
_WITHIN = "\\"
#: At most so many characters of the text describe a page.
_DESCRIBED = 120


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the author says of it: 索引号, 主题分类 and 发布日期 as printed; "" for what is left out."""

    index: str = ""
    topic: str = ""
    published: str = ""


def rows(official: Official) -> tuple[tuple[str, str], ...]:
    """The block, line by line, in the usual order; what is not known is left out. Empty where the author discloses nothing."""
    said = official.disclosure
    if said is None:
        return ()
    found = (
        ("索引号", said.index),
        ("主题分类", said.topic),
        ("发文机关", "、".join(official.issuers)),
        ("成文日期", date(official)),
        ("标题", title(official)),
        ("发文字号", official.number),
        ("发布日期", said.published),
    )
    return tuple((label, words) for label, words in found if words)


def tags(official: Official) -> tuple[tuple[str, str], ...]:
    """What the page says of itself to programs, by the names of 政府网站发展指引; those of the site are the site's to add.

    ``PubDate`` is the day as it is printed. Empty where the author discloses nothing.
    """
    said = official.disclosure
    if said is None:
        return ()
    found = (
        ("ArticleTitle", title(official)),
        ("PubDate", said.published),
        ("ContentSource", "、".join(official.issuers)),
        ("Keywords", ",".join(part for part in said.topic.split(_WITHIN) if part) or title(official)),
        ("Author", "、".join(official.issuers)),
        ("Description", _description(official) or title(official)),
    )
    return tuple((name, words) for name, words in found if words)


def title(official: Official) -> str:
    """The title of the document that is published: that of the notice where there is one."""
    return "".join(official.notice.title if official.notice else ()) or official.name


def date(official: Official) -> str:
    """成文日期, that of the notice where there is one, as printed."""
    return next(_dates(official), "")


def _dates(official: Official) -> Iterator[str]:
    return (section.text(Role.DATE) for section in official.sections if section.text(Role.DATE))


def _description(official: Official) -> str:
    """How the text begins, up to a full stop where one is near."""
    body = official.section("main").body
    text = body[0].printed if body and isinstance(body[0], Paragraph) and not body[0].level else ""
    end = text.rfind("。", 0, _DESCRIBED) + 1
    return text[: end or _DESCRIBED]
