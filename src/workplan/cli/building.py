"""What ``workplan build`` does: compile the plans that changed, make the files that nobody has kept, write them all."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from workplan.cli.progress import Timings, shown
from workplan.cli.session import Session
from workplan.diagnostic import Diagnostic, Misuse, Refusal, Severity, visible
from workplan.output import unchanged
from workplan.output.cache import Cache, usual
from workplan.output.result import Done
from workplan.output.surroundings import Surroundings
from workplan.output.unchanged import Build
from workplan.output.wanted import Wanted
from workplan.resources.templates import Templates
from workplan.source import Directory

if TYPE_CHECKING:
    from workplan.compiler import Result
    from workplan.measure.hidden.found import Hidden
    from workplan.plan.compiled import Plan


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A plan that was compiled: where it was read, what it was asked on the way, and what came out."""

    source: Directory
    witness: unchanged.Witness
    result: "Result"


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds plans into folders of their names below ``out``."""

    session: Session
    wanted: Wanted
    out: Path
    fresh: bool = False
    timings: bool = False

    @property
    def cache(self) -> Cache:
        """The user's, in which ``fresh`` builds look for nothing."""
        return usual(fresh=self.fresh)

    def run(self, sources: Sequence[Directory], *, watching: bool, verifying: bool) -> None:
        """Build some plans, once or whenever they are saved, or only look at what was built."""
        if verifying and (watching or self.fresh):
            raise Misuse("verify-alone")
        if verifying:
            _verify(self.session, self.out, [source.plan for source in sources])
            return
        _tell_idle(self.session, self.wanted)
        if watching:
            self.session.say(self.session.words.text("cli.build.watching"))
            self._watch(sources)
        else:
            self._build(sources)

    def _build(self, sources: Sequence[Directory]) -> None:
        """Build some plans; where one cannot be made, none is, and the command ends."""
        names = [source.plan for source in sources]
        for name in names:
            if names.count(name) > 1:
                raise Misuse("same-name", name=name)
        known = {source: self._call(source).find() for source in sources}
        try:
            fresh = self._compiled([source for source, build in known.items() if build is None])
            told: list[Diagnostic] = []
            builds = {source: build or self._made(fresh[source], told) for source, build in known.items()}
        except typer.Exit:
            self.session.say(self.session.words.text("cli.build.blocked"))
            raise
        for source, build in builds.items():
            if source not in fresh:
                self._tell_warnings(source.plan, build.warnings)
        for source, build in builds.items():
            self._put(build, source.plan)
        if any(build.made.missing for build in builds.values()):
            raise typer.Exit(2 if any(build.made.lacking for build in builds.values()) else 1)

    def _watch(self, sources: Sequence[Directory]) -> None:
        """Build the plans, then those that were saved, or whose templates were, until Ctrl-C; what is wrong is told each time."""
        from workplan.cli.watch import watch

        def build(changed: Sequence[Directory]) -> None:
            try:
                self._build(changed)
            except typer.Exit:
                return
            except Misuse as misuse:
                self.session.complain(self.session.words.text(f"misuse.{misuse.key}", misuse.arguments))

        watch(sources, build, beside=own_templates)

    def _call(self, source: Directory) -> unchanged.Call:
        return unchanged.Call(source, self.wanted, Surroundings.now(Templates(own_templates(source))), self.cache)

    def _compiled(self, sources: Sequence[Directory]) -> Mapping[Directory, _Fresh]:
        """The plans without errors in some folders; errors in any of them are reported and end the command."""
        if not sources:
            return {}
        from workplan.cli.compiled import print_findings
        from workplan.compiler import compile_plan

        witnesses = {source: unchanged.Witness(source) for source in sources}
        found = {source: _Fresh(source, one, compile_plan(one)) for source, one in witnesses.items()}
        for source, one in found.items():
            print_findings(self.session, source.plan, one.result)
        if not all(one.result.clean for one in found.values()):
            raise typer.Exit(1)
        return found

    def _made(self, fresh: _Fresh, told: list[Diagnostic]) -> Build:
        """The files of one plan; what the computer lacks is told once for all plans."""
        from workplan.output.hiding import in_files
        from workplan.output.locate import placed, placed_findings
        from workplan.output.make import make

        plan, templates, call = fresh.result.plan, Templates(own_templates(fresh.source)), self._call(fresh.source)
        assert plan is not None  # noqa: S101 - ``_compiled`` has looked
        with self._progress(plan) as step:
            try:
                made = make(plan, self.wanted, templates, step, self.cache)
            except Refusal as refusal:
                self.session.report_refusal(placed(refusal, plan), fresh.result.files)
                raise typer.Exit(refusal.code) from refusal
        findings = [one for one in placed_findings(made.findings, plan) if one not in told]
        told += findings
        self.session.report(findings, fresh.result.files)
        warnings = sum(finding.severity is Severity.WARNING for finding in fresh.result.diagnostics)
        build = Build(made, warnings, in_files(made, self.cache))
        from workplan import view

        if not made.missing:
            call.keep(build, fresh.witness, view.official(plan).faces)
        return build

    @contextmanager
    def _progress(self, plan: "Plan") -> Iterator[Callable[[Done], None]]:
        timings = Timings()

        def total() -> Mapping[tuple[str, str], int]:
            from workplan.output.make import counts

            return counts(plan, self.wanted)

        with shown(self.session, total) as step:

            def both(done: Done) -> None:
                timings.add(done)
                step(done)

            yield both
        if self.timings:
            self.session.say(timings.table(self.session.words))

    def _tell_warnings(self, name: str, warnings: int) -> None:
        if warnings:
            self.session.say(self.session.words.text("summary.warnings", {"plan": name, "count": warnings}))

    def _put(self, build: Build, name: str) -> None:
        """Write the files of one plan, and say what was written, what was kept, and what they hide."""
        from workplan.output.write import write

        say, words = self.session.say, self.session.words
        folder = (self.out / name).as_posix()
        written = write(build.made, self.out, name, everything=self.wanted.everything)
        said = "cli.build.written" if written.paths else "cli.build.blocked"
        say(words.text(said, {"count": len(written.paths), "folder": folder}))
        self.session.report(written.findings, {})
        for key, missing in (("missing", build.made.lacking), ("refused", build.made.refused)):
            if missing:
                say(words.text(f"cli.build.{key}", {"folder": folder, "files": self._summed(missing)}))
        if not written.finished:
            say(words.text("cli.build.unfinished", {"folder": folder, "plan": name}))
        self._tell_hidden(build.hidden)

    def _summed(self, paths: Sequence[str]) -> str:
        """Paths in short: those of sheets by their number and format."""
        sheets = Counter(path.rpartition(".")[2] for path in paths if "/" in path)
        several = (f"sheets/*.{form} ({count})" for form, count in sheets.items())
        alone = (path for path in paths if "/" not in path)
        return self.session.words.text("summary.separator").join((*alone, *several))

    def _tell_hidden(self, hidden: "Mapping[str, tuple[Hidden, ...]]") -> None:
        """Say what the files hide, one line for the document in each format, and one for all its sheets."""
        for name, found in hidden.items():
            if found:
                from workplan.measure.hidden import wording

                key = "cli.build.hides-still" if self.wanted.clean else "cli.build.hides"
                what = wording.what(found, self.session.words)
                self.session.say(self.session.words.text(key, {"file": name, "what": what}))


def _tell_idle(session: Session, wanted: Wanted) -> None:
    """Say which options of the call do nothing: those of task sheets where none are made, and fields without a name."""
    idle = [name for name, given in (("--blank", wanted.blanks), ("--members", wanted.members)) if given]
    for name in idle if not wanted.of("sheets") else ():
        session.say(session.words.text("cli.build.idle", {"option": name}))
    if wanted.of("sheets") and not all(text.strip() for text in wanted.blanks):
        session.say(session.words.text("cli.build.idle-empty"))


def own_templates(source: Directory) -> Path | None:
    """The user's own templates: a ``templates`` folder beside the folder that holds the plans."""
    folder = source.folder.resolve().parent.parent / "templates"
    if not folder.is_dir():
        return None
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _verify(session: Session, out: Path, names: Sequence[str]) -> None:
    """Say which files of builds are not as their manifests list them, and end with 1 where any is not."""
    from workplan.output.verify import differences

    found = [(name, one) for name in names for one in differences(out / name)]
    for name, one in found:
        path = (out / name / one.path).as_posix()
        line = session.words.text(f"cli.build.differs.{one.kind}", {"path": path, "plan": name})
        session.deliver(f"{visible(line)}\n".encode(), None)
    if found:
        raise typer.Exit(1)
    session.say(
        session.words.text("cli.build.verified", {"plans": session.words.text("summary.separator").join(names)})
    )
