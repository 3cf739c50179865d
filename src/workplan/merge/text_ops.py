"""Changed words of one holder as replacements in the plan's files, from the least change to the whole text written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workplan.diagnostic import Replacement
from workplan.importing.layout import keyed
from workplan.language.additions import is_flow, last_place, quoted
from workplan.language.edit import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.language.scalar import File, Scalar
    from workplan.language.syntax import Mapping
    from workplan.merge.printed import Holder
    from workplan.merge.stretches import Stretch
    from workplan.view.sequence import Run

#: The replacements that make one edit.
Replacements = tuple[Replacement, ...]


class _Piece(NamedTuple):
    """A run in the text of a holder, from ``start`` up to ``end``."""

    start: int
    end: int
    run: Run


def in_runs(holder: Holder, changes: Sequence[Stretch]) -> Replacements | None:
    """The least replacements: each in one text of the plan; None where one touches what only workplan prints."""
    pieces = list(_pieces(holder))
    made = [_in_run(pieces, change) for change in changes]
    return None if None in made else tuple(one for one in made if one is not None)


def _pieces(holder: Holder) -> Iterator[_Piece]:
    place = 0
    for line in holder.lines:
        for run in line.runs:
            yield _Piece(place, place + len(run.text), run)
            place += len(run.text)
        place += 1


def _in_run(pieces: Sequence[_Piece], change: Stretch) -> Replacement | None:
    if change.start == change.end:
        return _insertion(pieces, change)
    touched = [piece for piece in pieces if piece.start < change.end and piece.end > change.start]
    if not touched:
        return None
    first, last = touched[0], touched[-1]
    own = {(piece.run.scalar.file.name, piece.run.scalar.start) for piece in touched}
    if len(own) > 1 or any(piece.run.start is None for piece in touched):
        return _number(touched, change) if len(touched) == 1 else None
    scalar = first.run.scalar
    start = first.run.span(max(change.start - first.start, 0)).start
    if change.start < first.start:  # the end of the paragraph above goes too
        above = next((piece for piece in pieces if piece.end == first.start - 1 and piece.run.scalar is scalar), None)
        if above is None:
            return None
        start = above.run.span().end
    end = last.run.span(0, min(change.end, last.end) - last.start).end
    if change.end > last.end:
        below = next((piece for piece in pieces if piece.start == last.end + 1 and piece.run.scalar is scalar), None)
        if below is None:
            return None
        end = below.run.span().start
    return Replacement(scalar.file.span(start, end), written_in(scalar, change.words))


def _number(touched: Sequence[_Piece], change: Stretch) -> Replacement | None:
    """A number that was given by hand and prints in the manner of its level: it is given as it is to print."""
    piece = touched[0]
    if piece.run.number != "given" or change.start < piece.start or change.end > piece.end:
        return None
    text = piece.run.text
    whole = text[: change.start - piece.start] + change.words + text[change.end - piece.start :]
    return Replacement(piece.run.scalar.span, quoted(whole))


def _insertion(pieces: Sequence[_Piece], change: Stretch) -> Replacement | None:
    inside = [piece for piece in pieces if piece.start < change.start < piece.end]
    behind = [piece for piece in pieces if piece.end == change.start]
    before = [piece for piece in pieces if piece.start == change.start]
    broken = change.words.startswith("\n")
    for piece in (*inside, *(behind if broken or not before else ()), *(() if broken else before), *behind):
        if piece.run.start is not None:
            at = change.start - piece.start
            span = piece.run.span(0, at) if at else piece.run.span()
            place = span.end if at else span.start
            scalar = piece.run.scalar
            words = written_in(scalar, change.words)
            if change.words.endswith("\n") and scalar.file.text[place : place + 1] in ("\r", "\n"):
                words = words.rstrip(" ").removesuffix(scalar.file.line_end)  # the line ends there already
            return Replacement(scalar.file.span(place, place), words)
    return None


def written_in(scalar: Scalar, words: str) -> str:
    """Words as they stand among others in a text of a plan file: a paragraph begins behind an empty line."""
    parting = scalar.file.line_end * 2 + _indent(scalar)
    lines = words.replace("\t", " ").split("\n")
    if len(lines) > 1:
        lines = [line.strip() for line in lines]
    return parting.join(escaped(line, scalar.style) if scalar.style in ("'", '"') else line for line in lines)


def _indent(scalar: Scalar) -> str:
    """The indent that further lines of a text have."""
    for offset, line in scalar.source_lines[0 if scalar.style in ("|", ">") else 1 :]:
        if line:
            return scalar.file.text[scalar.file.text.rfind("\n", 0, offset) + 1 : offset]
    start = scalar.file.text.rfind("\n", 0, scalar.start) + 1
    above = scalar.file.text[start : scalar.start]
    return " " * (len(above) - len(above.lstrip(" -")) + 2)


def anew(holder: Holder, changes: Sequence[Stretch]) -> Replacements | None:
    """The same with each text that changes written anew, in quotes or a block where it needs them."""
    pieces = list(_pieces(holder))
    texts: dict[int, tuple[Scalar, str]] = {}
    for change in reversed(changes):
        piece = _only(pieces, change)
        if piece is None or piece.run.start is None:
            return None
        scalar = piece.run.scalar
        text = texts.get(scalar.start, (scalar, scalar.text))[1]
        at = piece.run.start + change.start - piece.start
        end = piece.run.start + change.end - piece.start
        texts[scalar.start] = (scalar, text[:at] + change.words + text[end:])
    return tuple(rewritten(scalar, text) for scalar, text in texts.values())


def _only(pieces: Sequence[_Piece], change: Stretch) -> _Piece | None:
    found = [piece for piece in pieces if piece.start <= change.start and change.end <= piece.end]
    own = [piece for piece in found if piece.run.start is not None]
    return own[0] if own else None


def rewritten(scalar: Scalar, text: str) -> Replacement:
    """A text of the plan that says something else."""
    return Replacement(scalar.span, _whole(scalar, text))


def _whole(scalar: Scalar, text: str) -> str:
    """A whole text as a value: a block where it has paragraphs, else on one line."""
    paragraphs = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if len(paragraphs) < 2:  # noqa: PLR2004 - one paragraph needs no block
        return quoted("".join(paragraphs)) if paragraphs else '""'
    indent = _indent(scalar)
    newline = scalar.file.line_end
    return f">{newline}" + f"{newline}{newline}".join(indent + line for line in paragraphs)


def value(file: File, mapping: Mapping, key: str, new: object) -> Replacement | None:
    """The value of a key that is there, written anew; None in a mapping in brackets where it would be more than a text."""
    found = next((entry for entry in mapping.entries if entry.key.text == key), None)
    if found is None:
        return None
    lines = list(keyed(key, new, " " * (mapping.entries[0].key.span.column - 1)))
    if is_flow(file, mapping):
        if len(lines) > 1:
            return None
        lines = [quoted(new)] if isinstance(new, str) else lines
    text = file.line_end.join(lines).lstrip(" ")
    start, end = found.value.span.start, last_place(file, found.value)
    return Replacement(file.span(start, end), text.removeprefix(f"{key}:").lstrip(" "))
