"""Characters that a face has and draws as something else; ``tools/glyphs.py`` finds them, and a person has looked at each.

Such a face passes every check by code point and prints $ for ￥. So it counts as not having the character.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_LIST = Path(__file__).with_name("wrong_glyphs.tsv")


def read(text: str) -> dict[str, dict[str, str]]:
    """A list by face: for each character what is drawn, or the character itself where the list does not say.

    A line has the face's PostScript name, the characters and what is drawn for them, parted by tabs; ``#`` begins a remark.
    """
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            face, characters, drawn = (*line.split("\t"), "")[:3]
            found.setdefault(face, {}).update(zip(characters, drawn or characters, strict=True))
    return found


@lru_cache(maxsize=1)
def known() -> dict[str, dict[str, str]]:
    """What is drawn wrongly, by the PostScript name of the face."""
    return read(_LIST.read_text("utf-8"))


def lies(face: str, character: str) -> bool:
    """Whether the face of that PostScript name draws another character."""
    return character in known().get(face, ())


@lru_cache(maxsize=1)
def anywhere() -> frozenset[str]:
    """The characters that some face draws wrongly."""
    return frozenset(character for drawn in known().values() for character in drawn)
