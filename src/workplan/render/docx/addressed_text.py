"""Values for a template that know their element of the printed sequence.

A value passes through Jinja with its element's tag, between signs that no text has, wherever the template puts it; once the
template is filled, ``address.settle`` turns the tags into an attribute of the runs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from workplan.view.sequence import Element

# Code points that Unicode reserves for a program's own use; XML allows them, also in an attribute.
_BEGIN, _END, _TEXT_FOLLOWS = "\ufdd0", "\ufdd1", "\ufdd2"
#: A sign: the tag of the element whose text begins here, or, without a tag, the end of such a text.
SIGN = re.compile(f"{_BEGIN}([0-9a-f]+){_TEXT_FOLLOWS}|{_END}")
#: A character that every text with signs has.
ANY_SIGN = _END
_TAKEN = re.compile(f"[{_BEGIN}{_END}{_TEXT_FOLLOWS}]")

#: A text, and the tag of its element ("" for none).
Part = tuple[str, str]


class AddressedText(str):
    """A text that knows its element; it has several ``parts`` where texts were joined."""

    __slots__ = ("parts",)
    parts: tuple[Part, ...]

    def __new__(cls, text: str, address: str = "", role: str = "") -> Self:
        """The text of the element at ``address``."""
        return cls._of([(text, f"{role} {address}".encode().hex() if address else "")])

    @classmethod
    def joined(cls, texts: Iterable[str]) -> Self:
        """Texts joined, each under its own address."""
        return cls._of([part for text in texts for part in parts(text)])

    @classmethod
    def _of(cls, parts: list[Part]) -> Self:
        joined = super().__new__(cls, "".join(text for text, _ in parts))
        joined.parts = tuple(parts)
        return joined


def parts(text: str) -> tuple[Part, ...]:
    """The parts of any text."""
    return text.parts if isinstance(text, AddressedText) else ((text, ""),)


def printed_by(elements: Iterable[Element]) -> AddressedText:
    """The text that elements of the sequence print together."""
    return AddressedText.joined(AddressedText(one.text, one.address, one.role) for one in elements)


def address_and_role(tag: str) -> tuple[str, str]:
    """The address and the role of the element of a tag; two empty strings for no tag."""
    role, _, address = bytes.fromhex(tag).decode().partition(" ")
    return address, role


def with_signs(text: str, tag: str) -> str:
    """A text between the signs of its element; signs that it has by chance are replaced."""
    plain = _TAKEN.sub("\ufffd", text)
    return f"{_BEGIN}{tag}{_TEXT_FOLLOWS}{plain}{_END}" if tag else plain


def without_signs(text: str) -> str:
    """A text without signs."""
    return SIGN.sub("", text)
