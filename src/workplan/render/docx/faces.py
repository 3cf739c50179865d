"""The faces of a finished document: those that the plan's author chose instead of the template's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from workplan.render.docx.markup import W

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The names of a role's face in templates.
_ROLES = {
    "仿宋": ("仿宋_GB2312", "仿宋", "FangSong", "FangSong_GB2312"),
    "楷体": ("楷体_GB2312", "楷体", "KaiTi", "KaiTi_GB2312"),
    "黑体": ("黑体", "SimHei"),
    "宋体": ("宋体", "SimSun"),
    "小标宋": ("方正小标宋简体", "方正小标宋_GBK", "小标宋", "FZXiaoBiaoSong-B05S"),
}
_WESTERN = "西文"
_LATIN = (f"{W}ascii", f"{W}hAnsi", f"{W}cs")


def refaced(name: str, content: bytes, faces: tuple[tuple[str, str], ...]) -> bytes:
    """A part of the document with the chosen ``faces`` (role, family); ``name`` is the part's name in the file."""
    if not faces or not name.startswith("word/") or not name.endswith(".xml"):
        return content
    chosen = {old: family for role, family in faces for old in _ROLES.get(role, ())}
    tree = etree.fromstring(content)
    _change(tree, chosen, dict(faces).get(_WESTERN))
    _list(tree, chosen)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _change(tree: _Element, chosen: dict[str, str], western: str | None) -> None:
    """Change the faces of runs and styles; ``western`` is used for the letters and digits of all roles."""
    for fonts in tree.iter(f"{W}rFonts"):
        for key, old in fonts.items():
            name = str(old)
            if western and key in _LATIN:
                fonts.set(key, western)
            elif name in chosen:
                fonts.set(key, chosen[name])


def _list(tree: _Element, chosen: dict[str, str]) -> None:
    """Change the font table, which has each font once, and remove what is true only of the old face."""
    listed = {font.get(f"{W}name") for font in tree.iter(f"{W}font")}
    for font in list(tree.iter(f"{W}font")):
        new = chosen.get(font.get(f"{W}name", ""))
        if new is None or new == font.get(f"{W}name"):
            continue
        if new in listed:
            tree.remove(font)
            continue
        listed.add(new)
        font.set(f"{W}name", new)
        for known in (*font.findall(f"{W}altName"), *font.findall(f"{W}panose1")):
            font.remove(known)
