"""``workplan measure``."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workplan.cli.choice import Choice, rule_list
from workplan.cli.session import Session
from workplan.diagnostic import Misuse, has_errors

if TYPE_CHECKING:
    from workplan.measure import MeasureReport

#: Bytes of the largest file that is measured: a hundred pages scanned in colour have a tenth.
_MOST = 512 * 1024 * 1024


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words
    formats = Choice("measure", ("text", "json"), "text")

    @app.command(help=words.text("cli.measure.help"))
    def measure(
        file: Annotated[str, typer.Argument(metavar="FILE", help=words.text("cli.measure.file"), show_default=False)],
        form: Annotated[str, formats.option(words)] = formats.default,
        select: Annotated[list[str] | None, rule_list(words, "select")] = None,
        ignore: Annotated[list[str] | None, rule_list(words, "ignore")] = None,
    ) -> None:
        from workplan.check.suppress import Selection
        from workplan.cli import apart
        from workplan.measure import result_json
        from workplan.measure.hidden import wording

        selection = Selection.read(select, ignore)
        hides, report = apart.examined(_content(file), file)
        if isinstance(report, Misuse):
            if form == "json":
                session.deliver(result_json.unmeasured(file, wording.shape(hides, words)), None)
            else:
                sys.stdout.write(wording.lines(hides, words))
            raise report
        report = replace(report, diagnostics=tuple(selection.of(report.diagnostics)))
        if form == "json":
            from workplan.report.json import shape

            findings = shape(file, report.diagnostics, words)
            session.deliver(result_json.dump(report, wording.shape(hides, words), words, findings), None)
        else:
            _tell(session, report, wording.lines(hides, words))
        if has_errors(report.diagnostics):
            raise typer.Exit(1)


def _tell(session: Session, report: "MeasureReport", hides: str) -> None:
    from workplan.cli.table import deliver_table
    from workplan.compiler import Result
    from workplan.measure.table import absent, table
    from workplan.report import REPORTERS

    deliver_table(session, table(report, session.words), None)
    sys.stdout.write(absent(report, session.words) + hides + "\n")
    result = Result(None, report.diagnostics, {})
    colour = session.colours(sys.stdout)
    sys.stdout.write(REPORTERS["text"]([(report.file, result)], session.words, colour=colour, width=0))


def _content(file: str) -> bytes:
    from workplan.files import NotPlainError, TooLargeError, take

    try:
        return take(Path(file), _MOST)
    except FileNotFoundError as error:
        raise Misuse("no-such-file", path=file) from error
    except NotPlainError as error:
        raise Misuse("no-plain-file", path=file) from error
    except TooLargeError as error:
        raise Misuse("large-file", path=file, limit=_MOST // 1024 // 1024) from error
    except OSError as error:
        raise Misuse("cannot-read", path=file, reason=error.strerror or type(error).__name__) from error
