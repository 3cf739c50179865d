"""附件说明: where its lines begin (GB/T 9704 7.3.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.chinese.characters import cells
from workplan.lengths import Em
from workplan.page.dimensions import INDENT

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = "附件："
_LABEL = re.compile(rf"({_WORD})?(\d+\.)?")


def indents(text: str, width: Callable[[str], Em] = cells) -> tuple[Em, Em]:
    """The space before the first line of an entry, and before those that it turns over to.

    The first entry stands two 字 from the edge, the others under what follows its 附件：; a turned-over line begins under the
    first character of the name. ``width`` measures the label before the name.
    """
    label = _LABEL.match(text)
    has_word = label is not None and label[1] is not None
    first = INDENT if has_word else Em(INDENT + cells(_WORD))
    return first, Em(first + width(label[0] if label else ""))
