"""``workplan explain``."""

from typing import Annotated

import typer

from workplan.cli.choice import Choice
from workplan.cli.session import Session
from workplan.diagnostic import Misuse, nearest


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words
    formats = Choice("explain", ("text", "json"), "text")

    @app.command(help=words.text("cli.explain.help"))
    def explain(
        rule: Annotated[
            str | None, typer.Argument(metavar="RULE", help=words.text("cli.explain.rule"), show_default=False)
        ] = None,
        form: Annotated[str, formats.option(words)] = formats.default,
    ) -> None:
        from workplan.report import explain as report

        known = report.known(words)
        if rule is not None and rule not in known:
            near = nearest(rule, known)
            raise Misuse("unknown-rule-near" if near else "unknown-rule", name=rule, near=near)
        found = [report.explanation(name, words) for name in (known if rule is None else (rule,))]
        writers = {"json": lambda: report.dump(found), "text": lambda: report.shown(found, words)}
        session.deliver(writers[form](), None)
