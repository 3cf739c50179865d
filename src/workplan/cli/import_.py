"""``workplan import``: issued documents become plans that print them to the letter."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workplan.cli.choice import ANY_FILE, Choice
from workplan.cli.session import Session
from workplan.diagnostic import Misuse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workplan.importing.intake.several import Brought
    from workplan.importing.registering import Known
    from workplan.resources.messages import Catalogue


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    words = session.words
    forms = Choice("report", ("text", "json"), "text")
    revisions = Choice("revisions", ("accept", "reject"), "accept")

    @app.command("import", help=words.text("cli.import.help"))
    def import_(
        files: Annotated[list[Path], typer.Argument(metavar="FILE", help=words.text("cli.import.files"), **ANY_FILE)],
        out: Annotated[Path | None, _out(words)] = None,
        dry_run: Annotated[bool, typer.Option("--dry-run", help=words.text("cli.import.dry-run"))] = False,
        tracked: Annotated[
            str,
            typer.Option(
                "--revisions",
                metavar="accept|reject",
                help=words.text("cli.import.revisions"),
                callback=revisions.checked,
            ),
        ] = revisions.default,
        form: Annotated[str, forms.option(words)] = forms.default,
    ) -> None:
        from workplan.cli.taking import taken
        from workplan.importing.intake.several import brought
        from workplan.importing.record import Revisions
        from workplan.rewrite.registering.proposed import Remarks
        from workplan.source import PLANS, plans_folder

        here = Path.cwd()
        plans = out or plans_folder(here) or here / PLANS
        contents = [(path.as_posix(), taken(path)) for path in files]
        remarks = Remarks(words.text("import.heading"), words.text("cli.units.alias-remark"))
        found, registry = brought(contents, _registry(plans), remarks, Revisions(tracked))
        folders = _folders(plans, found, here)
        if not dry_run:
            _write(session, plans, found, registry, here)
        _tell(session, found, registry, folders, form, written=not dry_run)


def _out(words: "Catalogue") -> Any:  # noqa: ANN401 - typer's OptionInfo is not public
    text = words.text("cli.import.out")
    return typer.Option("-o", "--out", metavar="DIR", help=text, show_default=False, **ANY_FILE)


def _registry(plans: Path) -> str:
    """The text of the registry of some plans, "" where there is none."""
    from workplan.source import REGISTRY, Directory, read_text

    if not (plans / "units.yaml").exists():
        return ""
    file, _ = read_text(Directory(plans / "import"), REGISTRY)
    if file is None:
        raise Misuse("import-registry")
    return file.text


def _folders(plans: Path, found: "Sequence[Brought]", here: Path) -> "Mapping[str, str]":
    """The folders of the plans by name, and the registry's file under ""; Misuse for one that is there."""
    from workplan.rewrite.newplan.starter import new_folder, shown

    folders = {one.imported.name: shown(new_folder(plans, one.imported.name, here), here) for one in found}
    return {**folders, "": shown(plans / "units.yaml", here)}


def _write(session: Session, plans: Path, found: "Sequence[Brought]", registry: "Known", here: Path) -> None:
    """Every file of every plan and the registry, all of them or none; then the schemas that editors look for."""
    from workplan.files import put_all
    from workplan.rewrite.newplan.schemas import put_schemas

    contents = {
        plans / one.imported.name / name: text.encode() for one in found for name, text in one.imported.files.items()
    }
    text = registry.text or "units: []\n"
    if not (plans / "units.yaml").exists() or text != _registry(plans):
        contents[plans / "units.yaml"] = text.encode()
    try:
        put_all(contents)
    except OSError as error:
        raise Misuse("cannot-create", path=str(plans), reason=error.strerror or type(error).__name__) from error
    put_schemas(plans, session.words.language, here, anew=False)


def _tell(
    session: Session,
    found: "Sequence[Brought]",
    registry: "Known",
    folders: "Mapping[str, str]",
    form: str,
    *,
    written: bool,
) -> None:
    """The report, and what to do next."""
    words = session.words
    if form == "json":
        from workplan.importing.intake.told import as_json

        session.deliver(as_json(found, registry, folders, words, written=written), None)
    else:
        from workplan.diagnostic import visible
        from workplan.importing.intake.worded import lines

        report = "".join(f"{visible(line, one_line=True)}\n" for line in lines(found, registry, folders, words))
        session.deliver(report.encode(), None)
    key = "written" if written else "would"
    names = words.text("summary.separator").join(one.imported.name for one in found)
    first = found[0].imported.name
    session.say(words.text(f"cli.import.{key}", {"plans": names, "year": _argument(first, folders[first])}))


def _argument(name: str, folder: str) -> str:
    """What a command takes for a plan that was written: its name where that means it here, else its folder."""
    from workplan.source import plans_folder

    plans = plans_folder(Path.cwd())
    return name if plans is not None and (plans / name).resolve() == Path(folder).resolve() else folder
