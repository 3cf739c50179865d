"""What can be built, and in which formats: each format with what writes it, loaded when it is asked for.

Help tells the formats, so that nothing that builds is loaded with them.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from workplan.output.loading import loading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from workplan.diagnostic import Diagnostic
    from workplan.resources.templates import Templates
    from workplan.view.assignments import Load, Sheet, TaskRow
    from workplan.view.blocks import Official

    #: Task sheets, each with the bytes of its file.
    _Made = Iterator[tuple[Sheet, bytes]]
    #: Who does what, as the bytes of a file.
    AssignmentWriter = Callable[[Sequence[TaskRow], Sequence[Load], Official], bytes]


class OfficialWriter(Protocol):
    """Writes the official document as the bytes of a file; ``clean`` leaves out what nobody sees."""

    def __call__(self, official: Official, templates: Templates, /, *, clean: bool) -> bytes:
        """The file; raises Refusal where a template is broken or a character has no face."""
        ...


class SheetWriter(Protocol):
    """Writes task sheets, each as the bytes of its file."""

    def __call__(self, sheets: Sequence[Sheet], templates: Templates, /, *, clean: bool) -> _Made:
        """The files, one after the other; raises Refusal as for the document."""
        ...


def lacks(group: str, name: str, official: Official) -> tuple[Diagnostic, ...]:
    """What this computer lacks to write a format of a group: libraries and faces, which fixed pages alone need."""
    if name not in FIXED:
        return ()
    from workplan.resources import fonts  # noqa: PLC0415 - loads C libraries

    return fonts.missing(official.faces if group == "official" else (), official.plan)


def load(form: str) -> None:
    """Load what writes a format and takes long to load."""
    if form in FIXED:
        with loading():
            import workplan.render.pdf  # noqa: PLC0415 - as asked
    elif form == "docx":
        import workplan.render.docx  # noqa: F401, PLC0415 - as asked


@contextmanager
def shared(form: str, sheets: Sequence[Sheet], templates: Templates) -> Iterator[None]:
    """Have at hand what all sheets of a format share while they are made some at a time."""
    if form not in FIXED:
        yield
        return
    with loading():
        from workplan.render import pdf  # noqa: PLC0415 - as asked
    with pdf.shared(sheets, templates):
        yield


def _official_pdf(official: Official, templates: Templates, *, clean: bool) -> bytes:
    with loading():
        from workplan.render import pdf  # noqa: PLC0415 - the libraries behind renderers are slow to load

    return pdf.official(official, templates, clean=clean)


def _official_ofd(official: Official, templates: Templates, *, clean: bool) -> bytes:
    with loading():
        from workplan.render import ofd  # noqa: PLC0415 - likewise

    return ofd.official(official, templates, clean=clean)


def _official_docx(official: Official, templates: Templates, *, clean: bool) -> bytes:
    from workplan.render import docx  # noqa: PLC0415 - likewise

    return docx.official(official, templates, clean=clean)


def _official_html(official: Official, templates: Templates, *, clean: bool) -> bytes:
    from workplan.render import html  # noqa: PLC0415 - likewise

    return html.official(official, templates, clean=clean)


def _official_text(official: Official, templates: Templates, *, clean: bool) -> bytes:  # noqa: ARG001 - nothing is hidden there
    from workplan.render import text  # noqa: PLC0415 - likewise

    return text.official(official, templates)


def _sheets_pdf(sheets: Sequence[Sheet], templates: Templates, *, clean: bool) -> _Made:  # noqa: ARG001 - nothing is hidden there
    with loading():
        from workplan.render import pdf  # noqa: PLC0415 - likewise

    return pdf.sheets(sheets, templates)


def _sheets_ofd(sheets: Sequence[Sheet], templates: Templates, *, clean: bool) -> _Made:  # noqa: ARG001 - nothing is hidden there
    with loading():
        from workplan.render import ofd  # noqa: PLC0415 - likewise

    return ofd.sheets(sheets, templates)


def _sheets_docx(sheets: Sequence[Sheet], templates: Templates, *, clean: bool) -> _Made:
    from workplan.render import docx  # noqa: PLC0415 - likewise

    return ((sheet, docx.sheet(sheet, templates, clean=clean)) for sheet in sheets)


def _sheets_xlsx(sheets: Sequence[Sheet], templates: Templates, *, clean: bool) -> _Made:  # noqa: ARG001 - it has no template
    from workplan.render.xlsx import sheet as workbook  # noqa: PLC0415 - likewise

    return ((sheet, workbook.write(sheet, clean=clean)) for sheet in sheets)


def _sheets_markdown(sheets: Sequence[Sheet], templates: Templates, *, clean: bool) -> _Made:  # noqa: ARG001 - nothing is hidden there
    from workplan.render import markdown  # noqa: PLC0415 - likewise

    return ((sheet, markdown.sheet(sheet, templates)) for sheet in sheets)


def _assignments_xlsx(rows: Sequence[TaskRow], loads: Sequence[Load], official: Official) -> bytes:
    from workplan.render import xlsx  # noqa: PLC0415 - likewise

    return xlsx.assignments(rows, loads, official)


def _assignments_json(rows: Sequence[TaskRow], _: Sequence[Load], official: Official) -> bytes:
    from workplan.render import task_json  # noqa: PLC0415 - likewise

    return task_json.dump(task_json.tasks(official.plan, rows))


def _bundle_pdf(sheets: Sequence[Sheet], templates: Templates) -> bytes:
    with loading():
        from workplan.render import pdf  # noqa: PLC0415 - likewise

    return pdf.together(sheets, templates)


def _bundle_text(sheets: Sequence[Sheet], _: Templates) -> bytes:
    from workplan.view import covering  # noqa: PLC0415 - likewise

    return covering.text(sheets[0]).encode()


#: What a hand-out has besides the sheets: all of them in one file, and the text that goes with each.
BUNDLE: dict[str, Callable[[Sequence[Sheet], Templates], bytes]] = {"pdf": _bundle_pdf, "txt": _bundle_text}
OFFICIAL: dict[str, OfficialWriter] = {
    "pdf": _official_pdf,
    "ofd": _official_ofd,  # made of what the PDF just drew
    "docx": _official_docx,
    "html": _official_html,
    "txt": _official_text,
}
SHEETS: dict[str, SheetWriter] = {
    "pdf": _sheets_pdf,
    "docx": _sheets_docx,
    "md": _sheets_markdown,
    "ofd": _sheets_ofd,
    "xlsx": _sheets_xlsx,
}
ASSIGNMENTS: dict[str, AssignmentWriter] = {"xlsx": _assignments_xlsx, "json": _assignments_json}

#: Formats of fixed pages, laid out with faces that they then hold.
FIXED = frozenset({"pdf", "ofd"})
#: Formats of a group that are made only where they are named: what archives take, departments need not have.
ON_DEMAND = frozenset({("sheets", "ofd")})
#: Formats of a group that are made to be filled in: where sheets come back, or where that group alone is asked for.
TO_FILL_IN = frozenset({("sheets", "xlsx")})
#: The formats of each group of files, in the order in which they are made.
FORMATS: dict[str, tuple[str, ...]] = {
    "official": tuple(OFFICIAL),
    "sheets": tuple(SHEETS),
    "assignments": tuple(ASSIGNMENTS),
}
