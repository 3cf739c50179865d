"""Findings as data: a rule, its arguments, places, and a fix. The catalogue words them, ``report`` prints them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Arguments = Mapping[str, str | int]
#: How like a known word must be for it to be put in place of the other without asking; less is enough to ask.
SURE = 0.75
#: The bytes that are no UTF-8 in a file's name are U+DC80 to U+DCFF in Python.
_FOREIGN_BYTES, _BYTE = range(0xDC80, 0xDD00), 0x100


class Severity(StrEnum):
    """How grave a finding is: an error stops ``build``, a warning does so under ``--strict``."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file: half-open ``start``–``end`` in characters from 0; lines and columns from 1.

    ``file`` is named as the user would name it; a BOM is not counted.
    """

    file: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def whole(cls, file: str) -> Span:
        """The beginning of a file, for findings about the file as such."""
        return cls(file, 0, 0, 1, 1, 1, 1)

    @classmethod
    def nowhere(cls) -> Span:
        """No place: what a computer lacks stands in no file."""
        return cls.whole("")


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains the first; ``message`` is a key of the catalogue."""

    message: str
    span: Span
    arguments: Arguments = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Replacement:
    """Put ``text`` where ``span`` is.

    ``adds`` says that it puts new keys or items between the texts of a file, and is no part of those beside it.
    """

    span: Span
    text: str
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: ``rule`` names it for good, ``variant`` picks the wording where a rule has several.

    The message is the catalogue's entry ``rule`` or ``rule.variant``, filled with ``arguments``.
    """

    rule: str
    span: Span
    arguments: Arguments = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    variant: str = ""
    related: tuple[Related, ...] = ()
    fix: tuple[Replacement, ...] | None = None

    @property
    def key(self) -> str:
        """The catalogue's key of the message."""
        return f"{self.rule}.{self.variant}" if self.variant else self.rule


class Refusal(Exception):  # noqa: N818 - it carries findings, it is not an error of the program
    """Work that cannot go on; carries the findings that say why, for the one place that reports them.

    ``code`` is what a command ends with.
    """

    code = 1

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)  # what crosses a process boundary is made again from these
        self.diagnostics = diagnostics


class Lacking(Refusal):
    """Work that this computer lacks a library or a face for; elsewhere it would go on."""

    code = 2


class Misuse(Exception):  # noqa: N818 - likewise
    """A call or a machine that workplan cannot work with; ``key`` names the catalogue's entry under ``misuse``."""

    def __init__(self, key: str, **arguments: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.arguments: Arguments = dict(arguments)


def nearest(word: str, known: Iterable[str], likeness: float = 0.5) -> str:
    """The known word most like ``word``, or "" where none is so like it (0 to 1)."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=likeness)), "")


#: What moves the cursor, colours the terminal, turns the direction of writing or is no character at all.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_IN_LINES = re.compile(r"[\t\n]")


def visible(text: str, *, one_line: bool = False) -> str:
    r"""A text as a terminal may show it: ``\x1b`` for what would command it; ``one_line`` names line ends and tabs too."""
    shown = _COMMANDS.sub(_named, text)
    return _IN_LINES.sub(_named, shown) if one_line else shown


def _named(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code in _FOREIGN_BYTES:
        code %= _BYTE
    return f"\\x{code:02x}" if code < _BYTE else f"\\u{code:04x}"


def visible_json(text: str) -> str:
    r"""JSON that commands no terminal and that UTF-8 can hold: ``\u009b`` inside its strings, which read as before."""
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding forbids a build."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic], files: Mapping[str, int]) -> tuple[Diagnostic, ...]:
    """Sort by file (in the order of ``files``, unknown ones last), then place, then rule: stable for every run."""
    return tuple(
        sorted(
            diagnostics,
            key=lambda d: (
                files.get(d.span.file, len(files)),
                d.span.file,
                d.span.start,
                d.span.end,
                d.rule,
                d.variant,
            ),
        )
    )
