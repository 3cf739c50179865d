"""The class of face (仿宋, 楷体, …) by the name of a font: the standard names classes, files name fonts."""

from __future__ import annotations

import re

#: From the most specific to the most general; the first that matches decides. Names as PDFs have them, without blanks.
_CLASSES = (
    ("小标宋", r"小标宋|XiaoBiaoSong|XBS|FZBS|BiaoSong|FandolSong-?Bold|(Noto|SourceHan)Serif.*(Bold|Heavy|Black)"),
    ("仿宋", r"仿宋|Fang-?Song|Fang(?!Zheng)|FZFS"),
    ("楷体", r"楷|Kai(?!ti?Hei)|FZKT"),
    ("宋体", r"宋|Song|SimSun|Ming|(Noto|SourceHan)Serif|FZSS"),
    ("黑体", r"黑|Hei|FZHT|(Noto|SourceHan)Sans|PingFang"),
)
#: Faces that programs use instead of a Chinese one that they lack.
_STAND_INS = re.compile(
    r"DejaVu|Liberation|WenQuanYi|DroidSans|Carlito|Caladea|Unifont|ArialUnicode|FreeS(ans|erif)", re.IGNORECASE
)


def face_class(name: str) -> str:
    """仿宋, 楷体, 黑体, 宋体 or 小标宋; "" where the name does not say."""
    plain = re.sub(r"[\s_]", "", name)
    if is_stand_in(plain):
        return ""
    return next((kind for kind, names in _CLASSES if re.search(names, plain, re.IGNORECASE)), "")


def is_stand_in(name: str) -> bool:
    """Whether the name is that of a face that is used instead of a missing one."""
    return _STAND_INS.search(re.sub(r"[\s_]", "", name)) is not None
