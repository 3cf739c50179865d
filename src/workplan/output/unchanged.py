"""A plan that is as it was when it was built last: its files are taken from the cache, and the plan itself is not compiled.

Compiling a plan depends on what its source answers, and on workplan. So the questions of a build are kept with their answers;
where all of them are answered as before, by the same workplan for the same call, the same files come out.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from workplan.output.formats import FIXED, FORMATS
from workplan.output.hiding import read_found, shape_of
from workplan.output.result import Made
from workplan.output.spool import Spool
from workplan.output.stamp import named
from workplan.output.surroundings import of_faces

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workplan.measure.hidden.found import Hidden
    from workplan.output.cache import Cache
    from workplan.output.surroundings import Surroundings
    from workplan.output.wanted import Wanted
    from workplan.resources.fonts import Choices
    from workplan.source import Directory, Source

T = TypeVar("T")
#: A question: which plan is asked ("" is ours, ``/0`` the first beside it), what, and for which file; and what it answers.
Answer = tuple[str, str, str, str]
#: How the names of files end that are measured or printed with the faces of this computer.
_WITH_FACES = (*(f".{form}" for form in sorted(FIXED)), "official.docx")
#: Another form of what is kept gets another number.
_FORM = 1


class Witness:
    """A plan that keeps what it was asked and what it answered."""

    def __init__(self, source: Source, answers: list[Answer] | None = None, name: str = "") -> None:
        self._source = source
        self._name = name
        self.answers: list[Answer] = [] if answers is None else answers

    @property
    def plan(self) -> str:
        """The name of the plan's folder."""
        return self._kept("plan", "", lambda: self._source.plan)

    def read(self, file: str) -> bytes:
        """The bytes of a file."""
        return self._kept("read", file, lambda: self._source.read(file))

    def parts(self) -> tuple[str, ...]:
        """The names of the plan's YAML files, sorted."""
        return self._kept("parts", "", self._source.parts)

    def misnamed(self, file: str) -> str:
        """The file that is there in place of a missing one."""
        return self._kept("misnamed", file, lambda: self._source.misnamed(file))

    def label(self, file: str) -> str:
        """How findings name a file."""
        return self._kept("label", file, lambda: self._source.label(file))

    def others(self) -> tuple[Source, ...]:
        """The other plans that share the registry, which are witnesses too."""
        others: list[Witness] = []

        def names() -> tuple[str, ...]:
            found = self._source.others()
            others.extend(Witness(one, self.answers, f"{self._name}/{place}") for place, one in enumerate(found))
            return tuple(one.plan for one in found)

        self._kept("others", "", names)
        return tuple(others)

    def _kept(self, question: str, file: str, ask: Callable[[], T]) -> T:
        try:
            result = ask()
        except OSError as fault:
            told = f"{type(fault).__name__} {fault.errno} {fault.strerror}"
            self.answers.append((self._name, question, file, told))
            raise
        told = hashlib.sha256(result if isinstance(result, bytes) else repr(result).encode()).hexdigest()
        self.answers.append((self._name, question, file, told))
        return result


def answers_as_before(source: Source, kept: list[Answer]) -> bool:
    """Whether a plan answers the same questions in the same way."""
    witness = Witness(source)
    asked: dict[str, Source] = {"": witness}
    for name, question, file, _ in kept:
        if name not in asked or question not in _QUESTIONS:
            return False
        with suppress(OSError):  # which is an answer too
            answer = _QUESTIONS[question](asked[name], file)
            if question == "others":
                asked |= {f"{name}/{place}": other for place, other in enumerate(answer)}
    return witness.answers == kept


#: What a plan is asked.
_QUESTIONS: dict[str, Callable[[Source, str], Any]] = {
    "plan": lambda source, _: source.plan,
    "read": lambda source, file: source.read(file),
    "parts": lambda source, _: source.parts(),
    "misnamed": lambda source, file: source.misnamed(file),
    "label": lambda source, file: source.label(file),
    "others": lambda source, _: source.others(),
}


@dataclass(frozen=True, slots=True)
class Build:
    """A build that has been, and all that was said of it: the number of warnings, and what the files hide."""

    made: Made
    warnings: int
    hidden: Mapping[str, tuple[Hidden, ...]]


@dataclass(frozen=True, slots=True)
class Call:
    """A call for the files of one plan, and what is around it."""

    source: Directory
    wanted: Wanted
    around: Surroundings
    cache: Cache

    @property
    def key(self) -> str:
        """What the build of this call is kept under; each plan has one, whatever it says."""
        options = [(name, getattr(self.wanted, name)) for name in self.wanted.__slots__ if name != "jobs"]
        plain = [(name, sorted(value) if isinstance(value, frozenset) else value) for name, value in options]
        made = [(group, self.wanted.of(group)) for group in FORMATS]
        said = ("unchanged", _FORM, str(self.source.folder.resolve()), plain, made, self.around)
        return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()

    def find(self) -> Build | None:
        """The build that was kept, if everything is as it was then; else None."""
        known = self.cache.get(self.key)
        if known is None:
            return None
        shape = json.loads(known)
        choices: Choices = tuple((str(role), str(family)) for role, family in shape["choices"])
        answers = [(name, question, file, told) for name, question, file, told in shape["answers"]]
        if shape["faces"] != _told_faces(choices, needed=bool(shape["faces"])):
            return None
        if not answers_as_before(self.source, answers):
            return None
        keys = {str(path): str(key) for path, key in shape["files"]}
        names = {path: [(str(name), str(blob)) for name, blob in found] for path, found in shape["names"].items()}
        files = Spool()
        for path, key in keys.items():
            content = self.cache.get(key)
            if content is None:
                return None
            files.put(path, named(content, names[path]) if path in names else content)
        hidden = {name: read_found(found) for name, found in shape["hidden"].items()}
        return Build(Made(files, shape["units"], keys=keys), shape["warnings"], hidden)

    def keep(self, build: Build, witness: Witness, choices: Choices) -> None:
        """Keep a build of a plan with these choices of faces for the next call, with what was asked for it."""
        with_faces = any(path.endswith(_WITH_FACES) for path in build.made.files)
        shape = {
            "answers": witness.answers,
            "choices": choices,
            "faces": _told_faces(choices, needed=with_faces),
            "files": list(build.made.keys.items()),
            "names": build.made.names,
            "units": build.made.units,
            "warnings": build.warnings,
            "hidden": {name: shape_of(found) for name, found in build.hidden.items()},
        }
        self.cache.put(self.key, json.dumps(shape, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _told_faces(choices: Choices, *, needed: bool) -> str:
    # Sheets are printed in the usual faces, whatever the plan chooses for the document.
    return hashlib.sha256(repr((of_faces(choices), of_faces(()))).encode()).hexdigest() if needed else ""
