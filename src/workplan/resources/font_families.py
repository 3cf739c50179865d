"""The families of faces that serve the roles of an official document by themselves, in order of preference."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Families by role in order of preference: open ones first, then those that Windows, macOS and WPS bring along.
PREFERENCES: Mapping[str, tuple[str, ...]] = {
    "仿宋": (
        "FandolFang",
        "仿宋_GB2312",
        "FangSong_GB2312",
        "方正仿宋_GBK",
        "FangSong",
        "仿宋",
        "STFangsong",
        "华文仿宋",
    ),
    "楷体": ("FandolKai", "LXGW WenKai", "楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "KaiTi", "楷体", "STKaiti"),
    "黑体": ("FandolHei", "Noto Sans CJK SC", "Source Han Sans SC", "方正黑体_GBK", "SimHei", "黑体", "STHeiti"),
    "宋体": ("FandolSong", "Noto Serif CJK SC", "Source Han Serif SC", "方正书宋_GBK", "SimSun", "宋体", "STSong"),
    "小标宋": (
        "FandolSong",
        "Noto Serif CJK SC",
        "Source Han Serif SC",
        "方正小标宋简体",
        "方正小标宋_GBK",
        "STZhongsong",
    ),
}
#: Where rare characters (镕, 祎, ㎡) come from, after the role's own face.
SPARES = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC", "Source Han Sans SC", "SimSun-ExtB", "SimSun")

_OPEN = ("Fandol", "Noto ", "Source Han ", "思源", "LXGW ", "霞鹜", "cwTeX", "AR PL ", "WenQuanYi ")


def are_open(families: Iterable[str]) -> bool:
    """Whether a face of these families is known to be free to use without a licence."""
    return any(family.startswith(_OPEN) for family in families)
