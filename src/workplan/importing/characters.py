"""The characters of a source that stand for others or for none: mapped and dropped from closed lists, a record each.

Text is never normalized as a whole (NFKC turns ① into 1 and ￥ into ¥): what was written is kept.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from workplan.importing.record import Deed, Record

if TYPE_CHECKING:
    from workplan.importing.piece import Place

#: Kangxi radicals, which some programs write in place of the character of the same shape: Unicode says which it is.
_KANGXI = {chr(code): unicodedata.decomposition(chr(code)).partition(" ")[2] for code in range(0x2F00, 0x2FD6)}
#: CJK radicals that are characters by themselves (Unicode, EquivalentUnifiedIdeograph): the two that Unicode decomposes, and
#: those for which it gives the character only there.
_RADICALS = dict(
    zip(
        "⺀⺁⺄⺅⺇⺎⺏⺐⺑⺒⺓⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺦⺩⺫⺬⺭⺮⺯⺰⺱⺳⺵⺶⺷⺸⺹⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "冫厂乚亻几兀尣尢𡯂巳幺㣺扌攵旡月歺母民氵氺灬丬王罒示礻竹糹纟罓冗网羊羊羊老聿肉𦥑艹艹艹虎衤覀西见角讠贝𧾷车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
#: Marks of Word's symbol faces that stand in the private area, as ``w:sym`` and pasted text have them.
_PRIVATE = {
    "\uf0b7": "·",
    "\uf0a8": "□",
    "\uf06f": "□",
    "\uf0fe": "☑",
    "\uf052": "☑",
    "\uf0fc": "✓",
    "\uf0d8": "➢",
    "\uf06c": "●",
} | {
    "\uf06e": "■",
    "\uf075": "◆",
    "\uf0e8": "→",
    "\uf0e0": "→",
}
_MAPPED = (
    {radical: chr(int(code, 16)) for radical, code in _KANGXI.items()}
    | _RADICALS
    | _PRIVATE
    | {"\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"}
)
_STANDS_FOR = re.compile("[" + "".join(map(re.escape, _MAPPED)) + "]")
#: Control and format characters, half of a pair, and what is no character: none of them prints.
_NOTHING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff\ufe00-\ufe0f]"
)


def plain(text: str, place: Place) -> tuple[str, tuple[Record, ...]]:
    """The text with stand-ins mapped and characters that print nothing dropped, and a record for each kind of character."""
    stand_ins = (found for found in dict.fromkeys(_STANDS_FOR.findall(text)) if not found.isspace())
    records = [Record(Deed.MAPPED, place, found, _MAPPED[found]) for found in stand_ins]
    records += [Record(Deed.DROPPED, place, found) for found in dict.fromkeys(_NOTHING.findall(text))]
    if records or _STANDS_FOR.search(text):
        text = _NOTHING.sub("", _STANDS_FOR.sub(lambda found: _MAPPED[found[0]], text))
    return text, tuple(records)


def dropped(text: str) -> tuple[int, ...]:
    """Where the characters of a text stand that ``plain`` drops; it keeps the number of all others."""
    return tuple(found.start() for found in _NOTHING.finditer(text))
