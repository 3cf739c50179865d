"""A plan to its printed text, with its rows and sheets, and the lines that git's own diff compares."""

from __future__ import annotations

from functools import cache

from fuzz import bundle, laws
from fuzz.mutate import plans as MUTATE  # noqa: F401, N812 - the name that targets have in common
from workplan import view
from workplan.compiler import compile_plan, compile_readable
from workplan.gitdiff.readable import readable
from workplan.render import table, task_json, text
from workplan.resources.templates import Templates

#: The folder of kept inputs.
KEPT = "plans"


@cache
def templates() -> Templates:
    """The shipped ones."""
    return Templates()


def run(data: bytes) -> None:
    """Findings have places; what is printed has a source; the text says what the sequence says; rows and sheets are made."""
    contents = bundle.files(data)
    for content in contents.values():
        readable(content).encode(errors="replace")
    source = bundle.plan(contents)
    result = compile_plan(source)
    laws.findings(result)
    plan = result.plan
    laws.hold((compile_readable(source).plan is None) == (plan is None), "both ways of reading agree")
    if plan is None:
        return
    official = view.official(plan)
    laws.places(official)
    laws.addresses(official)
    rows = view.rows(plan)
    task_json.dump(task_json.tasks(plan.name, rows))
    table.rows_csv(rows)
    view.sheets(plan, tuple(plan.book.entries))
    if result.clean:
        said = laws.squeezed("".join(element.text for element in official.elements))
        printed = laws.squeezed(text.official(official, templates()).decode())
        laws.hold(printed == said, printed, said)
