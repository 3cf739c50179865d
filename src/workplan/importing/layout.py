"""YAML written anew: mappings, lists and texts in block layout, short things in brackets; ``fmt`` gives it its last form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan.chinese.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: What reads as the same text without quotes, in brackets too.
_PLAIN = Pattern(
    r"(?=.*[一-鿿])[一-鿿“《（0-9A-Za-z](?:[^:#,\-\[\]{}&*!|>'\"%@`\\\n\t=~?<]*[^\s:#,\-\[\]{}&*!|>'\"%@`\\=~?<])?"
)
#: A key of the plan language, and the words that its keys take.
_KEY = Pattern("[a-z]+(?:[-_][a-z]+)*")
#: A text of so many characters stands in a block of its own.
_LONG = 40


@dataclass(frozen=True, slots=True)
class Flow:
    """A mapping or list of texts that is written in brackets, on one line."""

    value: Mapping[str, object] | Sequence[object]


@dataclass(frozen=True, slots=True)
class Broken:
    """A text that breaks in print where its lines end."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Running text, paragraph by paragraph."""

    texts: tuple[str, ...]


def written(value: Mapping[str, object]) -> str:
    """A mapping as the text of a file."""
    return "".join(f"{line}\n" for line in _mapping(value, ""))


def _mapping(value: Mapping[str, object], indent: str) -> Iterator[str]:
    for key, item in value.items():
        lines = _value(item, indent)
        first = next(lines)
        yield f"{indent}{scalar(key)}:{' ' if first else ''}{first}"
        yield from lines


def _value(value: object, indent: str) -> Iterator[str]:
    """What stands behind a key or dash: the rest of its line, then lines of their own."""
    inner = f"{indent}  "
    match value:
        case str():
            yield from _text((value,), inner)
        case Paragraphs(texts):
            yield from _text(texts, inner)
        case Broken(lines) if len(lines) > 1:
            yield "|"
            yield from (f"{inner}{line.strip()}" for line in lines)
        case Broken(lines):
            yield scalar("".join(lines).strip())
        case Flow(inside):
            yield flow(inside)
        case dict():
            yield ""
            yield from _mapping(value, inner)
        case list() | tuple():
            yield ""
            for item in value:
                yield from listed(item, inner)


def listed(value: object, indent: str) -> Iterator[str]:
    """The lines of one item of a list whose dashes have that indent."""
    if isinstance(value, dict) and value:
        lines = _mapping(value, f"{indent}  ")
        yield f"{indent}- {next(lines).lstrip(' ')}"
        yield from lines
        return
    if isinstance(value, dict):
        yield f"{indent}- {{}}"
        return
    rest = _value(value, indent)
    yield f"{indent}- {next(rest)}"
    yield from rest


def keyed(key: str, value: object, indent: str) -> Iterator[str]:
    """The lines of one key of a mapping whose keys have that indent."""
    return _mapping({key: value}, indent)


def _text(texts: Sequence[str], indent: str) -> Iterator[str]:
    paragraphs = [line.strip() for text in texts for line in text.split("\n") if line.strip()]
    if len(paragraphs) == 1 and len(paragraphs[0]) <= _LONG:
        yield scalar(paragraphs[0])
    elif paragraphs:
        yield ">"
        for place, paragraph in enumerate(paragraphs):
            yield from ("",) if place else ()
            yield f"{indent}{paragraph}"
    else:
        yield '""'


def flow(value: Mapping[str, object] | Sequence[object]) -> str:
    """A mapping or list in brackets."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar(key)}: {_inside(item)}' for key, item in value.items())}}}"
    return f"[{', '.join(map(_inside, value))}]"


def _inside(value: object) -> str:
    return flow(value) if isinstance(value, dict | list | tuple) else scalar(str(value))


def scalar(text: str) -> str:
    """A text on one line, in quotes where YAML might read it otherwise."""
    han = _PLAIN.fullmatch(text) and not text[0].isascii()
    if han or (_KEY.fullmatch(text) and text not in _WORDS):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


#: Words that other readers of YAML take for something else than text.
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
