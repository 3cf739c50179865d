"""What a finding means, for people and programs: its explanation, gravity, source, and examples."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from workplan.check.rules.every import OFF, RULES
from workplan.diagnostic import Severity
from workplan.resources.messages import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workplan.resources.messages import Catalogue

#: Findings that the rules do not make and that are no errors.
_WARNINGS = ("kept-file", "opinion-by-hand", "unused-part", "unused-suppression")
_NOTES = ("opinion-edited",)
_MEASURE = "measure-"
_LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class Explanation:
    """One kind of finding. ``wordings`` are its messages with their hints; ``bad`` and ``good`` are "" but for rules."""

    rule: str
    severity: str
    off: bool
    source: str
    explain: str
    wordings: tuple[tuple[str, str], ...]
    bad: str
    good: str


def known(words: Catalogue) -> tuple[str, ...]:
    """The ids of all findings, sorted; those of ``measure`` last."""
    return tuple(sorted(words.findings(), key=lambda name: (name.startswith(_MEASURE), name)))


def explanation(name: str, words: Catalogue) -> Explanation:
    """What there is to say of the finding called ``name``, one of ``known``."""
    rule = RULES.get(name)
    wordings = tuple(_wordings(name, words))
    explain = words.words(name).get("explain") or " ".join(filter(None, wordings[0]))
    if rule is not None:
        return Explanation(
            rule=name,
            severity=str(rule.SEVERITY),
            off=name in OFF,
            source=rule.SOURCE,
            explain=explain,
            wordings=wordings,
            bad=rule.BAD.rstrip(),
            good=rule.GOOD.rstrip(),
        )
    severity, source = _measured(name) if name.startswith(_MEASURE) else (_plain(name), "workplan")
    return Explanation(
        rule=name,
        severity=str(severity),
        off=name in OFF,
        source=source,
        explain=explain,
        wordings=wordings,
        bad="",
        good="",
    )


def _plain(name: str) -> Severity:
    if name in _NOTES:
        return Severity.INFO
    return Severity.WARNING if name in _WARNINGS else Severity.ERROR


def _measured(name: str) -> tuple[Severity, str]:
    """The gravest that the standard makes of a quantity, and its clauses."""
    from workplan.measure import severity, standard  # noqa: PLC0415 - PDFium is slow to load

    asked = [entry for entry in vars(standard).values() if getattr(entry, "rule", "") == name]
    clauses = "、".join(dict.fromkeys(entry.clause for entry in asked))
    return min((severity(entry) for entry in asked), key=list(Severity).index), f"GB/T 9704-2012 {clauses}"


def _wordings(name: str, words: Catalogue) -> Iterator[tuple[str, str]]:
    """Every message of a finding with its hint, its own first; what is filled in shows as ``…``."""
    gap: defaultdict[str, str] = defaultdict(lambda: "…")
    table = words.words(name)
    for entry in (table, *(value for value in table.values() if isinstance(value, dict))):
        message, hint = (numbered(entry.get(part, ""), {}).format_map(gap) for part in ("message", "hint"))
        yield message, hint


def text(found: Explanation, words: Catalogue) -> str:
    """One explanation as a page of text."""
    off = words.text("explain.off") if found.off else ""
    lines = [
        f"{found.rule}  {words.text(f'severity.{found.severity}')}{off}",
        "",
        found.explain,
        "",
        f"{words.text('explain.source')}{found.source}",
    ]
    if found.bad:
        for heading, example in (("bad", found.bad), ("good", found.good)):
            lines += ["", words.text(f"explain.{heading}"), *(f"  {_cut(line)}" for line in example.splitlines())]
    elif len(found.wordings) > 1:
        lines += ["", words.text("explain.wordings")]
        for message, hint in found.wordings[1:]:
            lines += [f"  {message}", *([f"    {words.text('summary.hint')}{hint}"] if hint else [])]
    return "\n".join(lines) + "\n"


def _cut(line: str) -> str:
    """A line that only its length makes an example of, shortened."""
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…"


def listing(found: Iterable[Explanation], words: Catalogue) -> str:
    """A line for each: id, gravity, and what it says."""
    entries = list(found)
    width = max(len(entry.rule) for entry in entries)
    return "".join(
        f"{entry.rule:<{width}}  {words.text(f'severity.{entry.severity}')}  {entry.wordings[0][0]}\n"
        for entry in entries
    )


def shown(found: Sequence[Explanation], words: Catalogue) -> bytes:
    """One explanation in full, several as a list."""
    return (text(found[0], words) if len(found) == 1 else listing(found, words)).encode()


def dump(found: Iterable[Explanation]) -> bytes:
    """The same as JSON."""
    rules = [{**asdict(entry), "wordings": [_pair(*pair) for pair in entry.wordings]} for entry in found]
    return (json.dumps({"version": 1, "rules": rules}, ensure_ascii=False, indent=2) + "\n").encode()


def _pair(message: str, hint: str) -> dict[str, str]:
    return {"message": message, "hint": hint}
