"""The class of face (仿宋, 楷体, …) by the name of a font: the standard names classes, files name fonts."""

from __future__ import annotations

import re

#: From the most specific to the most general; the first that matches decides. Names as PDFs have them, without blanks.
_CLASSES = (
    ("", r"中宋|Zhong-?song"),
    ("小标宋", r"小标宋|XiaoBiaoSong|XBS|FZBS|BiaoSong|FandolSong-?Bold|(Noto|SourceHan)Serif.*(Bold|Heavy|Black)"),
    ("仿宋", r"仿宋|Fang-?Song|Fang(?!Zheng)|FZFS"),
    ("楷体", r"楷|Kai(?!ti?Hei)|FZKT"),
    ("宋体", r"宋|Song|SimSun|Ming|(Noto|SourceHan)Serif|FZSS"),
    ("黑体", r"黑|Hei|FZHT|(Noto|SourceHan)Sans|PingFang"),
)
#: Faces under their Chinese and their other names: a document says the one, a PDF the other.
_NAMES = (
    ("仿宋GB2312", "FangSongGB2312"),
    ("楷体GB2312", "KaiTiGB2312"),
    ("仿宋", "FangSong"),
    ("楷体", "KaiTi", "SimKai"),
    ("黑体", "SimHei"),
    ("宋体", "SimSun"),
    ("新宋体", "NSimSun"),
    ("华文仿宋", "STFangsong"),
    ("华文楷体", "STKaiti"),
    ("华文中宋", "STZhongsong"),
    ("华文宋体", "STSong"),
    ("华文黑体", "STHeiti"),
    ("微软雅黑", "MicrosoftYaHei"),
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0"),
    ("方正小标宋GBK", "FZXiaoBiaoSong-B05", "FZXBSK--GBK1-0"),
    ("方正仿宋简体", "FZFangSong-Z02S", "FZFSJW--GB1-0"),
    ("方正仿宋GBK", "FZFangSong-Z02", "FZFSK--GBK1-0"),
)
_ONE_FACE = {name.lower(): names[0] for names in _NAMES for name in names}
#: What follows the name of a family in the name of a face.
_CUT = re.compile(r"[,-](Regular|Bold|Italic|BoldItalic|MT|Medium|Normal|Book|Roman)+$|(PSMT|PS|MT)$", re.IGNORECASE)
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


def shown_face(name: str) -> str:
    """The class of a face, or its name where that says no class."""
    return face_class(name) or name


def is_stand_in(name: str) -> bool:
    """Whether the name is that of a face that is used instead of a missing one."""
    return _STAND_INS.search(re.sub(r"[\s_]", "", name)) is not None


def is_same_face(one: str, other: str) -> bool:
    """Whether two names are those of one face, as far as its family goes."""
    return _family(one) == _family(other)


def _family(name: str) -> str:
    plain = re.sub(r"[\s_]", "", name)
    cut = _CUT.sub("", plain)
    return _ONE_FACE.get(plain.lower()) or _ONE_FACE.get(cut.lower()) or cut.lower()
