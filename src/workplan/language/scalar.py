"""Text as it stands in a YAML file: how its lines join, and where in the file each of its characters is."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from workplan.diagnostic import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    once = cached_property
else:

    class once:  # noqa: N801 - it takes the place of the same in functools
        """``cached_property`` without its lock, which Python 3.11 takes every time: a long plan has a hundred thousand texts."""

        def __init__(self, made: Callable[[object], object]) -> None:
            self.made = made
            self.name = made.__name__
            self.__doc__ = made.__doc__

        def __get__(self, owner: object, kind: type) -> object:
            if owner is None:
                return self
            found = owner.__dict__[self.name] = self.made(owner)
            return found


#: What ends a line in YAML 1.1.
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^\r\n])")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_BLANKS = " \t"

#: A stretch of text that stands in the file as it is printed: the text and its first character's offset.
_Run = tuple[str, int]


@dataclass(frozen=True)
class File:
    """One file's text (without BOM, line ends as they are), under the name that findings show.

    ``blob`` is the name that git gives its bytes, "" where they are not known; ``bom`` says whether a BOM stands before it.
    """

    name: str
    text: str = field(repr=False)
    blob: str = field(default="", repr=False, compare=False)
    bom: bool = field(default=False, repr=False, compare=False)

    def __reduce__(self) -> tuple[type[File], tuple[str, str, str, bool]]:
        """What another process gets: without what is kept here once it was asked for, perhaps by a thread at this moment."""
        return File, (self.name, self.text, self.blob, self.bom)

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return self.encoded(self.text)

    @property
    def line_end(self) -> str:
        """What ends most of its lines."""
        ends = Counter(re.findall("\r\n|\r|\n", self.text))
        return max(("\n", "\r\n", "\r"), key=ends.__getitem__)

    def encoded(self, text: str) -> bytes:
        """The bytes of the file with another text."""
        return codecs.BOM_UTF8 * self.bom + text.encode()

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in re.finditer("\r\n|\r|\n", self.text))]

    def span(self, start: int, end: int) -> Span:
        """The place of the characters from ``start`` up to ``end``."""
        first, last = bisect_right(self._starts, start), bisect_right(self._starts, end)
        column, end_column = start - self._starts[first - 1] + 1, end - self._starts[last - 1] + 1
        return Span(
            file=self.name, start=start, end=end, line=first, column=column, end_line=last, end_column=end_column
        )

    def line(self, number: int, first: int = 0, last: int | None = None) -> str:
        """The line of that number (from 1), without its end, or its characters from ``first`` up to ``last``; "" past the last."""
        if number > len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return self.text[min(start + first, end) : end if last is None else min(start + last, end)]


@dataclass(frozen=True)
class Scalar:
    r"""A text of the plan.

    ``text`` is what it says: lines joined, paragraphs parted by one ``\\n``. In every style of YAML lines join, an empty
    line starts a paragraph, and a join gets a blank only between two ASCII characters.
    """

    file: File
    start: int
    end: int
    style: str
    value: str

    def __reduce__(self) -> tuple[type[Scalar], tuple[File, int, int, str, str]]:
        """As ``File`` has it."""
        return Scalar, (self.file, self.start, self.end, self.style, self.value)

    def __str__(self) -> str:
        return self.text

    @property
    def span(self) -> Span:
        """The place of the whole text, quotes included."""
        end = self.end
        if self.style in ("|", ">"):
            end = self.start + len(self.file.text[self.start : self.end].rstrip())
        return self.file.span(self.start, end)

    @property
    def given(self) -> bool:
        """Whether anything is written there at all; ``""`` is written, nothing after the colon is not."""
        return bool(self.style or self.value)

    @once
    def text(self) -> str:
        r"""The text with its paragraphs parted by ``\\n``."""
        return self.value if self._stands_so else self._joined[0]

    @property
    def _stands_so(self) -> bool:
        """Whether it stands in the file as it is read, without quotes and in one line: most do."""
        return not self.style and self.value != "" and self.file.text[self.start : self.end] == self.value

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs, without empty ones."""
        return tuple(paragraph for paragraph in self.text.split("\n") if paragraph)

    @once
    def lines(self) -> tuple[str, ...]:
        """The lines to break at in print: those of a literal block (``|``), else one for each paragraph."""
        if self.style != "|":
            return self.paragraphs
        lines = ("".join(text for text, _ in line) for paragraph in self._paragraphs for line in paragraph)
        return tuple(line for line in lines if line)

    @property
    def line(self) -> str:
        """The text in one line, for names and titles."""
        return "".join(self.paragraphs)

    def part(self, start: int, end: int) -> Span:
        """The place of ``text[start:end]`` in the file."""
        _, places, offsets = self._joined
        first = self._offset(start, places, offsets)
        last = self._offset(end - 1, places, offsets) + 1 if end > start else first
        return self.file.span(first, last)

    def find(self, words: str) -> Span:
        """The place of the first occurrence of ``words``, or of the whole text where they are not in it."""
        start = self.text.find(words)
        return self.part(start, start + len(words)) if start >= 0 and words else self.span

    def _offset(self, index: int, places: list[int], offsets: list[int]) -> int:
        if not places:
            return self.start
        run = max(bisect_right(places, index) - 1, 0)
        return min(offsets[run] + index - places[run], max(self.end, offsets[run]))

    @once
    def _joined(self) -> tuple[str, list[int], list[int]]:
        pieces: list[str] = []
        places: list[int] = []
        offsets: list[int] = []
        length = 0
        for number, paragraph in enumerate(self._paragraphs):
            last = ""
            if number:
                pieces.append("\n")
                length += 1
            for line in paragraph:
                if last and line and last.isascii() and line[0][0][:1].isascii():
                    pieces.append(" ")
                    length += 1
                for text, offset in line:
                    places.append(length)
                    offsets.append(offset)
                    pieces.append(text)
                    length += len(text)
                    last = text[-1:] or last
        return "".join(pieces), places, offsets

    @property
    def source_lines(self) -> tuple[tuple[int, str], ...]:
        """The lines as they stand in the file, less indentation and end, with the offset of each."""
        start, end = self.start, self.end
        raw = self.file.text[start:end]
        if self.style in ("|", ">"):
            head = _LINE_END.search(raw)
            skip = head.end() if head else len(raw)
            start, raw = start + skip, raw[skip:]
        elif self.style:
            start, raw = start + 1, raw[1:-1]
        lines: list[tuple[int, str]] = []
        begin = 0
        for stop in (*(match.span() for match in _LINE_END.finditer(raw)), (len(raw), len(raw))):
            lines.append((start + begin, raw[begin : stop[0]]))
            begin = stop[1]
        return tuple(self._trimmed(lines))

    def _trimmed(self, lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Blanks at line ends go, but for those that quotes keep: before the first and after the last word."""
        quoted = self.style in ("'", '"')
        trimmed = []
        for number, (offset, line) in enumerate(lines):
            left = line if quoted and number == 0 else line.lstrip(_BLANKS)
            right = left if quoted and number == len(lines) - 1 else left.rstrip(_BLANKS)
            trimmed.append((offset + len(line) - len(left), right))
        return trimmed

    @once
    def _paragraphs(self) -> list[list[list[_Run]]]:
        """Paragraphs of lines of runs; an empty line parts paragraphs."""
        if self._stands_so:
            return [[[(self.value, self.start)]]]
        paragraphs: list[list[list[_Run]]] = [[]]
        for offset, line in self.source_lines:
            for runs in self._unescaped(offset, line):
                if runs:
                    paragraphs[-1].append(runs)
                elif paragraphs[-1]:
                    paragraphs.append([])
        return paragraphs if paragraphs[-1] else paragraphs[:-1]

    def _unescaped(self, offset: int, line: str) -> list[list[_Run]]:
        r"""The runs of one line; an escaped line end (``\\n``) makes two of it."""
        if self.style == "'" and "''" in line:
            return [_replaced(offset, line, re.compile("''"), lambda _: "'")]
        if self.style != '"' or "\\" not in line:
            return [[(line, offset)] if line else []]
        runs = _replaced(offset, line.removesuffix("\\"), _ESCAPE, _escaped)
        lines: list[list[_Run]] = [[]]
        for text, place in runs:
            if text == "\n":
                lines.append([])
            else:
                lines[-1].append((text, place))
        return lines


def _escaped(match: re.Match[str]) -> str:
    code = match[0][1:]
    return _ESCAPES[code] if len(code) == 1 else chr(int(code[1:], 16))


def _replaced(offset: int, line: str, pattern: re.Pattern[str], value: Callable[[re.Match[str]], str]) -> list[_Run]:
    """Runs of ``line`` with each match replaced, so that every run keeps its own place."""
    runs: list[_Run] = []
    done = 0
    for match in pattern.finditer(line):
        if match.start() > done:
            runs.append((line[done : match.start()], offset + done))
        runs.append((value(match), offset + match.start()))
        done = match.end()
    if done < len(line):
        runs.append((line[done:], offset + done))
    return runs
