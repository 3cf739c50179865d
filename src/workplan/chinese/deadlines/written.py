"""Words as the grammar reads them: figures half-width, blanks gone."""

from __future__ import annotations

_SIGNS = str.maketrans("０１２３４５６７８９．／：○Ｏ", "0123456789./:〇〇")


def level(text: str) -> str:
    """The text, sign for sign, with half-width figures."""
    return text.translate(_SIGNS)


def plain(text: str) -> str:
    """The same without blanks."""
    return "".join(level(text).split())
