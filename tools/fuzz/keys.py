"""``python -m fuzz.keys PLAN … [--pdf] [--every=N]``: every key of the language set to every wrong type and size.

In each plan the first record of each type gets each of its keys with each value of ``VALUES``. Then the plan is
checked and, where it has no error, laid out, corrected and printed. Nothing may raise, and nothing may take more than ten seconds.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fuzz import laws
from workplan import view
from workplan.check.suppress import Selection
from workplan.compiler import compile_plan
from workplan.diagnostic import Misuse, Refusal
from workplan.language.model import Document, Part, Record, Registry
from workplan.language.model.decode import decode
from workplan.language.model.schema import keys
from workplan.language.scalar import Scalar
from workplan.language.syntax import Mapping, Node, Sequence, parse
from workplan.output.make import Wanted, make
from workplan.resources.templates import Templates
from workplan.rewrite.fix import fixed
from workplan.rewrite.fmt import formatted
from workplan.source import DOCUMENT, REGISTRY, Directory, Memory, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Seconds that one plan may take.
PATIENCE = 10.0
_MANY = 5000


def _deep(make_one: Callable[[Any], Any], depth: int = 60) -> Any:  # noqa: ANN401 - any JSON
    value: Any = "甲"
    for _ in range(depth):
        value = make_one(value)
    return value


#: What no key, or only some keys, may hold: other types, other sizes, text of other kinds.
VALUES: dict[str, Any] = {
    "nothing": None,
    "empty": "",
    "blank": " ",
    "letter": "x",
    "character": "甲",
    "number": "7",
    "negative": "-1",
    "fraction": "1.5",
    "digits": "9" * 5000,
    "chinese digits": "九" * 5000,
    "truth": "true",
    "day": "2026-01-15",
    "no day": "2026-13-45",
    "paragraphs": "甲。\n\n乙。",
    "lines": "甲\n乙",
    "tab": "\t",
    "invisible": "\u200b\u3164",
    "beyond": "\U0010fffd",
    "template": "{{ x }}{% y %}",
    "path": "../../etc/passwd",
    "long": "甲" * 100_000,
    "long latin": "a" * 100_000,
    "marks": "（" * 10_000,
    "list": [],
    "list of nothing": [None],
    "list of empty": [""],
    "list of text": ["甲", "乙"],
    "list in list": [[["甲"]]],
    "list of mappings": [{"甲": "乙"}],
    "long list": [f"甲{place}" for place in range(_MANY)],
    "deep list": _deep(lambda inner: [inner]),
    "mapping": {},
    "mapping of text": {"甲": "乙"},
    "mapping of nothing": {"": None},
    "mapping of lists": {"甲": ["乙"]},
    "long mapping": {f"甲{place}": "乙" for place in range(_MANY)},
    "deep mapping": _deep(lambda inner: {"甲": inner}),
}
_Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A plan whose ``file`` has another value for a key, named by file, type, key and value."""

    name: str
    file: str
    source: Memory


def cases(plan: Path) -> Iterator[Case]:
    """Each mutant of a plan in a folder."""
    source = Directory(plan)
    names = [name for name in (DOCUMENT, *source.parts(), REGISTRY) if read_text(source, name)[0] is not None]
    files = {name: source.read(name) for name in dict.fromkeys(names)}
    seen: set[type[Record]] = set()
    for name in files:
        file, _ = read_text(source, name)
        root, _ = parse(file) if file is not None else (None, ())
        if root is None:
            continue
        kind: Any = {DOCUMENT: Document, REGISTRY: Registry}.get(name, Part)
        for path, record in _first_of_each(root, decode(root, kind)[0], seen):
            for key in keys(record):
                for value, wrong in VALUES.items():
                    changed = _put(_plain(root), (*path, key), wrong)
                    text = json.dumps(changed, ensure_ascii=False).encode()
                    what = f"{name}: {record.__name__}.{key} = {value}"
                    yield Case(what, name, Memory({**files, name: text}, plan=plan.name))


def _first_of_each(root: Node, record: Any, seen: set[type[Record]]) -> Iterator[tuple[_Path, type[Record]]]:  # noqa: ANN401 - any record
    """The first record of each type that was not ``seen`` in the plan, by its path."""
    paths = {id(node): path for path, node in _walk(root, ())}
    for one in _records(record):
        if type(one) not in seen and id(one.node) in paths:
            seen.add(type(one))
            yield paths[id(one.node)], type(one)


def _records(value: object) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
        for name in type(value).model_fields:
            yield from _records(getattr(value, name))
    elif isinstance(value, (tuple, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _records(one)


def _walk(node: Node, path: _Path) -> Iterator[tuple[_Path, Node]]:
    yield path, node
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _walk(entry.value, (*path, entry.key.text))
    elif isinstance(node, Sequence):
        for place, item in enumerate(node.items):
            yield from _walk(item, (*path, place))


def _plain(node: Node) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(node, Scalar):
        return "\n\n".join(node.paragraphs) if node.given else None
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return {entry.key.text: _plain(entry.value) for entry in node.entries}


def _put(tree: Any, path: _Path, value: Any) -> Any:  # noqa: ANN401 - any JSON
    inner = tree
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return tree


def held(case: Case, templates: Templates, *, pdf: bool) -> str:
    """Do with a plan what the commands do; tells how far it got. Raises whatever a command would raise."""
    result = compile_plan(case.source)
    laws.findings(result)
    formatted(Memory({case.file: case.source.files[case.file]}))
    if any(finding.fix for finding in result.diagnostics):
        fixed(case.source, Selection())
    if result.plan is None:
        return "unreadable"
    official = view.official(result.plan)
    laws.places(official)
    laws.addresses(official)
    if not result.clean:
        return "errors"
    forms = frozenset({"txt", "html", "docx", "json", "xlsx"} | ({"pdf"} if pdf else set()))
    try:
        make(result.plan, Wanted(formats=forms, only="official", jobs=1), templates, lambda _: None)
        make(result.plan, Wanted(formats=forms, only="assignments", jobs=1), templates, lambda _: None)
    except (Refusal, Misuse):
        return "refused"
    return "built"


@dataclass(slots=True)
class _Run:
    """What came of the mutants so far."""

    pdf: bool
    templates: Templates = field(default_factory=Templates)
    told: Counter[str] = field(default_factory=Counter)
    slow: int = 0
    slowest: tuple[float, str] = (0.0, "")

    def take(self, name: str, case: Case) -> None:
        """One mutant; what raises or takes long is printed at once."""
        started = time.process_time()
        try:
            self.told[held(case, self.templates, pdf=self.pdf)] += 1
        except Exception:  # noqa: BLE001 - this is what is looked for
            self.told["raised"] += 1
            print(f"{name}\n{traceback.format_exc()[-1200:]}", flush=True)
        taken = time.process_time() - started
        self.slowest = max(self.slowest, (taken, name))
        if taken > PATIENCE:
            self.slow += 1
            print(f"{name}: {taken:.1f} s", flush=True)


def main(arguments: list[str]) -> int:
    """Run all mutants of the plans, or until Ctrl-C; print those that raise or take long, and the figures."""
    plans = [Path(word) for word in arguments if not word.startswith("-")]
    every = next((int(word.partition("=")[2]) for word in arguments if word.startswith("--every=")), 1)
    run = _Run(pdf="--pdf" in arguments)
    with suppress(KeyboardInterrupt):
        for plan in plans:
            for case in islice(cases(plan), 0, None, every):
                run.take(f"{plan}: {case.name}", case)
    told, (seconds, name) = run.told, run.slowest
    print(f"{told.total()} plans: {dict(told)}; {run.slow} over {PATIENCE:.0f} s; the slowest {seconds:.1f} s, {name}")
    return told["raised"] + run.slow


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
