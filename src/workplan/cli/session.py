"""What every command shares: the language, the two streams, and where results go."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workplan.diagnostic import Misuse, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TextIO

    from workplan.diagnostic import Diagnostic, Refusal
    from workplan.language.edit import Change
    from workplan.language.scalar import File
    from workplan.resources.messages import Catalogue


@dataclass(frozen=True, slots=True)
class Session:
    """One run: data goes to standard output, findings and progress to standard error."""

    words: Catalogue

    def colours(self, stream: TextIO) -> bool:
        """Whether a stream is a terminal that wants colours."""
        return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"

    def say(self, text: str) -> None:
        """A line about the work, for the person watching."""
        sys.stderr.write(f"{visible(text)}\n")

    def complain(self, text: str) -> None:
        """A line that says why nothing was done."""
        self.say(f"workplan: {text}")

    def report_refusal(self, refusal: Refusal, files: Mapping[str, File]) -> None:
        """The findings that stopped the work on its way; ``files`` are the texts they may speak of."""
        self.report(refusal.diagnostics, files)

    def report(self, findings: Sequence[Diagnostic], files: Mapping[str, File]) -> None:
        """Some findings, to the person watching."""
        if not findings:
            return
        from workplan.report.terminal import finding_lines, rendered

        lines = [line for finding in findings for line in finding_lines(finding, files, self.words)]
        sys.stderr.write(rendered(lines, colour=self.colours(sys.stderr), width=0))

    def deliver(self, content: bytes, out: Path | None, *, opinions: bool = False) -> None:
        """Data to the file asked for, whole or not at all, or to standard output; ``opinions`` is asked for by that option."""
        if out is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            return
        from workplan.files import put
        from workplan.source import is_of_plan

        if is_of_plan(out):
            raise Misuse("out-of-plan", path=str(out))
        try:
            put(out, content)
        except OSError as error:
            key = "opinions-cannot-write" if opinions else "cannot-write"
            raise Misuse(key, path=str(out), reason=_reason(error)) from error

    def rewrite(self, *changes: Change) -> None:
        """Files of a plan anew, all whole or none at all; one that somebody saved since it was read is left alone."""
        from workplan.files import ChangedError, put_all

        contents = {Path(change.file): change.after for change in changes}
        names = "、".join(change.file for change in changes)
        try:
            put_all(contents, {Path(change.file): change.before for change in changes})
        except ChangedError as error:
            raise Misuse("changed-meanwhile", path=names) from error
        except OSError as error:
            raise Misuse("cannot-change", path=names, reason=_reason(error)) from error


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
