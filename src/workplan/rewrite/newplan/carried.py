"""Next year's plan from this year's: the same text and ids, a new title, and number and date left open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workplan.check.rules import carried_over
from workplan.check.rules.leftover import spelt
from workplan.compiler import Result, compile_plan
from workplan.diagnostic import Replacement, Severity
from workplan.language.comments import comments
from workplan.language.edit import apply
from workplan.language.syntax import parse
from workplan.plan.compiled import year_of
from workplan.rewrite.newplan.starter import new_folder, put_new, shown
from workplan.source import DOCUMENT, Directory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workplan.diagnostic import Span
    from workplan.language.comments import Comment
    from workplan.language.model.base import Record
    from workplan.language.scalar import File, Scalar
    from workplan.language.syntax import Node
    from workplan.plan.compiled import Plan

_QUOTED = re.compile("《[^《》]*》|〈[^〈〉]*〉")
#: What is left open on purpose.
_OPEN = ("missing-number", "missing-date")
#: A place of last year's list that was ticked off, with the other rules that the comment ignores.
_TICKED = re.compile(r"# *workplan *: *ignore(?:-file)?\[(?P<rules>[^\[\]]*\bcarried-over\b[^\[\]]*)\]")
_FROM, _TO = "0123456789", "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class CarriedPlan:
    """The new plan: its folder and files as the user sees them, and its compilation with what is left to look at."""

    folder: str
    files: tuple[str, ...]
    result: Result


def carry(year: str, source: Directory, plan: Plan, files: dict[str, File], here: Path) -> CarriedPlan:
    """Write the plan called ``year`` beside the one given, which must be without errors; raises Misuse, and overwrites nothing.

    Ids, comments and layout stay. The plan's own year in its titles becomes that of the new name, and number and date are left
    open; everything else stays as it is. What still says the old year or hangs on it comes back as findings, and a comment in
    the frame makes ``check`` repeat them.
    """
    folder = new_folder(source.folder.resolve().parent, year, here)
    changes = list(_changes(plan, year_of(year, plan.document)))
    written = []
    for name in source.parts():
        content = source.read(name)
        file = files.get(source.label(name))
        if file is not None:
            own = [change for change in changes if change.span.file == file.name]
            node, _ = parse(file)
            if node is not None:
                own += _unticked(file, node)
                own += _remembered(file, node, plan.name) if name == DOCUMENT else ()
            content = file.encoded(apply(file.text, own))
        put_new(folder / name, content, folder.parent)
        written.append(shown(folder / name, here))
    return CarriedPlan(shown(folder, here), tuple(written), _looked_at(Directory(folder)))


def _looked_at(made: Directory) -> Result:
    """The new plan compiled; of its findings those that the carrying over makes: what ``check`` says of any plan it says later."""
    result = compile_plan(made)
    wanted = (*_OPEN, carried_over.ID)
    findings = (each for each in result.diagnostics if each.rule in wanted or each.severity is Severity.ERROR)
    return replace(result, diagnostics=tuple(findings))


def _remembered(file: File, node: Node, name: str) -> Iterator[Replacement]:
    """The comment that says from which plan this one was made, before everything else that the frame holds."""
    before = [comment for comment in comments(file, node) if carried_over.ORIGIN.match(comment.text)]
    if before:
        yield from (Replacement(comment.span, f"# workplan: from[{name}]") for comment in before)
        return
    start = file.text.rfind("\n", 0, node.span.start) + 1
    end = "\r\n" if "\r\n" in file.text else "\n"
    yield Replacement(file.span(start, start), f"# workplan: from[{name}]{end}")


def _unticked(file: File, node: Node) -> Iterator[Replacement]:
    """What was ticked off last year is to be looked at anew; other rules that the comment ignores stay ignored."""
    for comment in comments(file, node):
        ticked = _TICKED.match(comment.text)
        if ticked is None:
            continue
        others = [rule for rule in re.split("[\\s,，、]+", ticked["rules"]) if rule not in ("", carried_over.ID)]
        start = comment.span.start + ticked.start("rules")
        span = file.span(start, start + len(ticked["rules"])) if others else _whole(file, comment)
        yield Replacement(span, ", ".join(others))


def _whole(file: File, comment: Comment) -> Span:
    """A comment with the blanks before it, or with its line where nothing else stands there."""
    start, end = comment.span.start, comment.span.end
    line = file.text.rfind("\n", 0, start) + 1
    if not comment.alone:
        return file.span(line + len(file.text[line:start].rstrip()), end)
    following = file.text.find("\n", end)
    return file.span(line, following + 1 if following >= 0 else end)


def _changes(plan: Plan, year: str) -> Iterator[Replacement]:
    document = plan.document
    own = document.title.line
    for title in _titles(plan):
        if plan.year:
            yield from _moved(title, plan.year, year, own)
    dated: tuple[tuple[Record | None, tuple[str, ...]], ...] = (
        (document, ("number", "date")),
        (document.notice, ("date",)),
        (document.imprint, ("date",)),
        (document.disclosure, ("index", "published")),
    )
    for record, keys in dated:
        if record is not None and len(record.node.entries) > 1:  # alone in its record, it would leave nothing
            yield from _open(record, keys)


def _open(record: Record, keys: tuple[str, ...]) -> Iterator[Replacement]:
    for name in keys:
        key, value = record.node.key(name), getattr(record, name)
        if key is not None and value is not None and value.text:
            yield from _set_aside(key, value)


def _titles(plan: Plan) -> Iterator[Scalar]:
    document = plan.document
    notice = document.notice.title if document.notice is not None else None
    parts = [title for section in plan.sections for title in (section.part.title, section.part.listed)]
    yield from (title for title in (document.title, document.subtitle, notice, *parts) if title is not None)


def _moved(title: Scalar, old: str, new: str, own: str) -> Iterator[Replacement]:
    """The plan's own year in a title: not one in a range, in a number, or in the name of some other document."""
    text = title.text
    others = [range(*quoted.span()) for quoted in _QUOTED.finditer(text) if not own or own not in quoted[0]]
    for found in spelt(old).finditer(text):
        after = text[found.end() : found.end() + 2]
        is_range = (
            text[: found.start()].endswith(tuple("—–-~～至、和"))
            or after[:1] in "—–-~～至〕、"
            or after
            in (
                "年至",
                "年—",
                "年－",
                "年、",
                "年和",
            )
        )
        if after and not is_range and not any(found.start() in other for other in others):
            yield Replacement(title.part(*found.span()), _as(found[0], old, new))


def _as(written: str, old: str, new: str) -> str:
    """The new year in the digits that the old one is written in."""
    signs = dict(zip(old, written, strict=True))
    if written == old:
        return new
    first = ord(written[0]) - ord(old[0]) if "０" <= written[0] <= "９" else None
    if first is not None:
        return "".join(chr(ord(digit) + first) for digit in new)
    zero = signs.get("0", "〇")
    return new.translate(str.maketrans(_FROM, _TO)).replace("〇", zero)


def _set_aside(key: Scalar, value: Scalar) -> Iterator[Replacement]:
    """A key and its value made a comment, so that the next number can be written after the last; out of ``{}`` they go."""
    file, start, end = key.file, key.start, value.span.end
    before = file.text[:start].rpartition("\n")[2]
    if not before.strip():
        lines = [start, *(start + found.end() for found in re.finditer("\r\n|\r|\n", file.text[start:end]))]
        yield from (Replacement(file.span(line, line), "# ") for line in lines)
        return
    after = re.match(r"\s*,\s*", file.text[end:])
    comma = re.search(r"\s*,\s*$", file.text[:start])
    if comma is not None:
        start = comma.start()
    elif after is not None:
        end += after.end()
    yield Replacement(file.span(start, end), "")
