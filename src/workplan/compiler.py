"""Source to plan: read, parse, decode, resolve, number, check. Every fault of the plan comes back as a finding."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from workplan.diagnostic import Diagnostic, Severity, Span, has_errors, in_order, nearest
from workplan.language import lost_structure, syntax
from workplan.language.model import Document, Part, Registry
from workplan.language.model.decode import decode, of_keys
from workplan.language.scalar import Scalar
from workplan.plan import numbering, references, registry
from workplan.plan.compiled import Plan, year_of
from workplan.plan.computed_style import ComputedStyle
from workplan.source import DOCUMENT, REGISTRY, other_texts, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from typing_extensions import TypeForm

    from workplan.check.suppress import Selection
    from workplan.language.scalar import File
    from workplan.source import Source

_BOTH = {DOCUMENT, REGISTRY}
T = TypeVar("T")
#: What a list of parts holds: the name of a file, or a part written out.
_Listed = Scalar | Part
#: A part with its address; None in place of one that cannot be read.
_Addressed = tuple[str, Part | None]
#: What a comment to workplan holds.
REMARK = "workplan:"
#: A part's name is a file name without its ending, never a path.
_NOT_IN_NAMES = '/\\:*?"<>|'
#: Findings of the syntax that explain faults of the model at the same place.
_LOST = ("lost-text", lost_structure.RULE)
#: What file systems allow, in bytes.
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Result:
    """A compilation: the plan, or None where its frame cannot be read; the findings in order; the texts by name."""

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]
    files: dict[str, File]

    @property
    def clean(self) -> bool:
        """Whether there is a plan without errors, so that it may be built."""
        return self.plan is not None and not has_errors(self.diagnostics)


class _Compilation:
    """One run over one source; collects findings and texts on the way."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Diagnostic] = []
        self.files: dict[str, File] = {}
        self.blobs: dict[str, str] = {}
        self.nodes: list[tuple[File, syntax.Node]] = []
        self.used: set[str] = {DOCUMENT}
        self.meant: set[str] = set()
        self.listed = False

    def run(self) -> Plan | None:
        record, book = self._book()
        document, names = self._document()
        parts = self._parts(names)
        self._unused()
        if document is None or record is None or book is None:
            return None
        year = year_of(self.source.plan, document)
        style = ComputedStyle().under(document.style)
        named = registry.in_year(book, int(year) if year else registry.PRESENT)
        known = named.reading(document.rules.verbs) if document.rules else named
        first, second = ([(at, part) for at, part in group if part is not None] for group in parts)
        return Plan(
            name=self.source.plan,
            document=document,
            book=known,
            style=style,
            parts=references.all_of(numbering.number_parts(first, style), known),
            attachments=references.all_of((numbering.number_attachment(at, part, style) for at, part in second), known),
            registry=record,
            elsewhere=partial(other_texts, self.source),
            files=tuple((file, self.blobs[file]) for file in (DOCUMENT, *sorted(self.blobs.keys() - _BOTH), REGISTRY)),
        )

    @property
    def has_remarks(self) -> bool:
        """Whether comments speak to workplan: they may be at fault themselves."""
        return any(REMARK in file.text for file in self.files.values())

    def _read(self, file: str, kind: TypeForm[T], at: Scalar | None = None) -> tuple[T | None, syntax.Node | None]:
        """Read one file as a record; a file that a text of the plan names is missed at that text."""
        text, findings = read_text(self.source, file)
        if at is not None and any(finding.rule == "missing-file" for finding in findings):
            near = nearest(at.text, (name.removesuffix(".yaml") for name in self.source.parts()))
            self.meant |= {f"{near}.yaml", *(str(finding.arguments.get("found", "")) for finding in findings)}
            findings = tuple(self._missing_part(finding, at, near) for finding in findings)
        self.findings += findings
        if text is None:
            return None, None
        self.files[text.name], self.blobs[file] = text, text.blob
        node, findings = syntax.parse(text)
        if node is not None:
            findings = of_keys(findings)
        self.findings += findings
        if node is None:
            return None, None
        self.nodes.append((text, node))
        record, faults = decode(node, kind)
        reported = sorted((item.span.start, item.span.end) for item in findings if item.rule in _LOST)
        self.findings += [fault for fault in faults if not _is_reported(fault.span, reported)]
        return record, node

    @staticmethod
    def _missing_part(finding: Diagnostic, at: Scalar, near: str) -> Diagnostic:
        if finding.variant == "misnamed":
            return replace(finding, span=at.span)
        arguments = {**finding.arguments, "near": near}
        return replace(finding, span=at.span, variant="part-near" if near else "part", arguments=arguments)

    def _book(self) -> tuple[Registry | None, registry.Book | None]:
        record, _ = self._read(REGISTRY, Registry)
        if record is None:
            return None, None
        book, findings = registry.build(record)
        self.findings += findings
        return record, book

    def _document(self) -> tuple[Document | None, tuple[list[_Listed], list[_Listed]]]:
        """The frame, and its parts and attachments; where the frame is at fault, as far as they can be made out."""
        document, node = self._read(DOCUMENT, Document)
        self.listed = isinstance(node, syntax.Mapping) and isinstance(node.get("parts"), syntax.Sequence)
        if document is not None:
            return document, (list(document.parts), list(document.attachments))
        return None, (_names(node, "parts"), _names(node, "attachments"))

    def _parts(self, names: tuple[list[_Listed], list[_Listed]]) -> tuple[list[_Addressed], list[_Addressed]]:
        """Parts and attachments with their addresses: the name of the file, or the place in the document."""
        first, second = (
            [
                (numbering.part_address(name.text) if isinstance(name, Scalar) else f"{key}/{place}", self._part(name))
                for place, name in enumerate(group, 1)
            ]
            for key, group in zip(("parts", "attachments"), names, strict=True)
        )
        return first, second

    def _part(self, name: _Listed) -> Part | None:
        if not isinstance(name, Scalar):
            return name
        word = name.text
        if not _may_be_name(word):
            self.findings.append(Diagnostic("bad-part-name", name.span, {"name": word}))
            return None
        file = f"{word}.yaml"
        if file in self.used:
            self.findings.append(Diagnostic("bad-part-name", name.span, {"name": word}, variant="twice"))
            return None
        self.used.add(file)
        return self._read(file, Part, name)[0]

    def _unused(self) -> None:
        """Files in no list; nothing is said of them where the lists cannot be read, or where a misspelt name means them."""
        try:
            present = self.source.parts() if self.listed else ()
        except OSError:  # the folder itself cannot be read: its document could not either, which has been said
            return
        for file in present:
            if file not in self.used | self.meant:
                span = Span.whole(self.source.label(file))
                arguments = {"name": file.removesuffix(".yaml")}
                self.findings.append(Diagnostic("unused-part", span, arguments, Severity.WARNING))


def _may_be_name(word: str) -> bool:
    """Whether a part may be called so: its file stands in the plan's folder, and every system can hold it."""
    fits = len(f"{word}.yaml".encode()) <= _LONGEST_NAME
    return (
        fits and not set(word) & set(_NOT_IN_NAMES) and not word.startswith(".") and word not in ("document", "units")
    )


def _is_reported(fault: Span, reported: list[tuple[int, int]]) -> bool:
    """Whether a fault of the model only repeats what was said of something lost at the same place."""
    place = bisect_left(reported, (fault.start, 0))
    return place < len(reported) and reported[place][1] <= fault.end


def _beside_structure(found: Iterable[Diagnostic], earlier: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings of rules, but for those on lines that may be keys or items: no rule of style corrects what may be syntax."""
    lost = {(finding.span.file, finding.span.line) for finding in earlier if finding.rule == lost_structure.RULE}
    for finding in found:
        if finding.severity is Severity.ERROR or (finding.span.file, finding.span.line) not in lost:
            yield finding


def _names(node: syntax.Node | None, key: str) -> list[_Listed]:
    """The part names in a frame that is not valid as a whole."""
    listed = node.get(key) if isinstance(node, syntax.Mapping) else None
    items = listed.items if isinstance(listed, syntax.Sequence) else ()
    return [item for item in items if isinstance(item, Scalar) and item.text.strip()]


def compile_plan(source: Source, selection: Selection | None = None) -> Result:
    """Compile the plan in ``source``, telling the findings ``selection`` wants; never raises for a fault of the plan."""
    return _checked(_Compilation(source), selection)


def compile_readable(source: Source) -> Result:
    """The same for who only wants to read the plan: where it has no errors, nothing else is looked for or told."""
    from workplan.check.rules import errors  # noqa: PLC0415 - see below

    compilation = _Compilation(source)
    plan = compilation.run()
    doubtful = plan is None or plan.document.checks or has_errors(compilation.findings)
    if plan is None or doubtful or compilation.has_remarks or errors.any_in(plan):
        return compile_plan(source)
    return Result(plan, (), compilation.files)


def compile_unchecked(source: Source) -> Result:
    """The same without asking any rule: the findings are those of reading alone."""
    compilation = _Compilation(source)
    plan = compilation.run()
    return Result(plan, tuple(compilation.findings), compilation.files)


def _checked(compilation: _Compilation, selection: Selection | None) -> Result:
    from workplan.check.rules import every  # noqa: PLC0415 - fifty modules, which reading a plan does without
    from workplan.check.suppress import Selection, reported  # noqa: PLC0415 - it knows all rules

    plan = compilation.run()
    findings = compilation.findings
    if plan is not None:
        selected = selection if selection is not None else Selection()
        # A comment or a level that names a rule needs its findings, too.
        named = {rule for rule in every.OFF if any(rule in file.text for file in compilation.files.values())}
        style = _beside_structure(every.check(plan, selected.asked | named), findings)
        findings = [*reported((*findings, *style), plan.document, compilation.nodes, selected)]
    source = compilation.source
    order = {source.label(file): place for place, file in enumerate((DOCUMENT, *sorted(compilation.used), REGISTRY))}
    return Result(plan, in_order(findings, order), compilation.files)
