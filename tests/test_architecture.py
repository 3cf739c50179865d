"""The laws of the code, read from its source: layers, no import cycle, budgets, nothing of one system, no idle module."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest

import workplan
from repositories import commit, plan_files, repository
from workplan.cli.application import COMMANDS, module_of

PACKAGE = Path(workplan.__file__).parent
MODULES = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")}

#: From the top down: a module may import from its own layer's units (see ``test_no_import_cycle``) and from any layer below.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli",),
    ("preview",),
    ("progress",),
    ("merge",),
    ("importing",),
    ("compare", "rewrite", "gitdiff"),
    ("report", "output", "installing"),
    ("render", "measure"),
    ("page", "compiler"),
    ("check",),
    ("view",),
    ("plan", "source"),
    ("language",),
    ("chinese", "resources", "files", "archive"),
    ("diagnostic", "lengths", "rising"),
)
RANK = {name: -place for place, layer in enumerate(LAYERS) for name in layer}

#: Modules of the standard library that Windows has not.
POSIX_ONLY = {"fcntl", "grp", "nis", "ossaudiodev", "posix", "pty", "pwd", "readline", "resource", "spwd", "syslog"} | {
    "termios",
    "tty",
    "curses",
    "crypt",
}
#: What is used only where the system has it.
GUARDED = {
    "workplan.files": {"chown", "fcntl", "register_at_fork"},
    "workplan.output.pool": {"pthread_sigmask", "SIG_BLOCK", "SIG_SETMASK"},
    "workplan.render.limits": {"resource", "sysconf"},
    "workplan.cli.apart": {"resource"},
    "workplan.importing.readers.pdf.reader": {"resource"},
    "workplan.resources.office": {"killpg", "SIGKILL"},
}
#: What is used of ``os`` and ``signal`` and every system has; whether Windows has a name that is new here, Python's manual says.
EVERYWHERE = {
    *(
        "O_CREAT",
        "O_EXCL",
        "O_RDONLY",
        "O_WRONLY",
        "W_OK",
        "X_OK",
        "_exit",
        "access",
        "close",
        "cpu_count",
        "devnull",
        "dup2",
    ),
    *("environ", "fdopen", "fsdecode", "fsencode", "fspath", "fstat", "fsync", "open", "path", "pathsep", "scandir"),
    *("stat_result", "strerror", "urandom", "utime", "walk", "write"),
    *("SIGINT", "SIG_DFL", "SIG_IGN", "default_int_handler", "getsignal", "signal"),
    *("SIGTERM", "raise_signal", "chdir"),
}
#: Modules that look in places which only one system has, and do without them elsewhere.
LOOKING = {
    *("workplan.installing.fetch", "workplan.render.limits"),
    *("workplan.resources.libraries", "workplan.resources.office"),
}
#: How paths of one system begin.
FIXED = ("/tmp", "/dev", "/proc", "/usr", "/var", "/etc", "/home", "/Applications", "C:", "~/")  # noqa: S108 - looked for, not used
#: Libraries that only a command which needs them may load.
HEAVY = {
    "weasyprint",
    "docx",
    "docxtpl",
    "lxml",
    "xlsxwriter",
    "fontTools",
    "jinja2",
    "pypdfium2",
    "PIL",
    "rjieba",
    "openpyxl",
}
#: What reads and checks a plan: rules of style look at what is printed.
READING = {"yaml"} | {f"workplan.{name}" for name in ("check", "compiler", "language", "plan", "source", "view")}
#: What compares plans.
COMPARING = {"rapidfuzz", "workplan.compare.plans", "workplan.compare.history", "workplan.compare.marked"}
#: What makes documents, and files of any kind.
MAKING = HEAVY | {
    *(
        "workplan.page",
        "workplan.render.docx",
        "workplan.render.html",
        "workplan.render.pdf",
        "workplan.render.ofd",
        "workplan.render.xlsx",
    ),
    *(
        "workplan.output.make",
        "workplan.output.write",
        "workplan.rewrite.newplan.starter",
        "workplan.rewrite.newplan.carried",
    ),
}
#: What else one command alone works with.
WORKING = {
    "workplan.gitdiff.install",
    "workplan.rewrite.fix",
    "workplan.rewrite.fmt",
    "workplan.measure",
    "workplan.render",
} | {"workplan.view.sheet"}
#: Findings in each form.
REPORTS = {f"workplan.report.{name}" for name in ("terminal", "json", "sarif", "github", "explain")}
#: What draws tables and help.
DRAWING = {"rich", "typer.rich_utils"}
#: Everything that a call which only shows help, or complains of itself, has no use for.
WORK = READING | COMPARING | MAKING | WORKING | REPORTS


def modules_of(*commands: str) -> set[str]:
    """The modules of commands."""
    return {module_of(name) for name in commands}


#: What a call has no use for, so that it must not be loaded when it ends: these modules and all below them.
UNLOADED: dict[str, set[str]] = {
    "--version": WORK | DRAWING | {"typer", "pydantic", "tomllib", "workplan.diagnostic", "workplan.resources"},
    "--lang en --version": WORK | DRAWING | {"typer", "pydantic", "tomllib", "workplan.resources"},
    "--help": WORK | {"pydantic"} | modules_of(*COMMANDS),
    **{f"{name} --help": WORK | modules_of(*set(COMMANDS) - {name, "build"}) for name in COMMANDS},
    "no-such-command": WORK | DRAWING | modules_of(*COMMANDS),
    "check --no-such-option": WORK | DRAWING,
    "import issued.txt -o elsewhere --dry-run": COMPARING
    | HEAVY
    | DRAWING
    | {"workplan.measure", "workplan.importing.readers.docx", "workplan.importing.intake.told"},
    "new 2031": COMPARING
    | HEAVY
    | WORKING
    | REPORTS
    | DRAWING
    | {"workplan.compiler", "workplan.rewrite.newplan.carried"},
    "check 2022": COMPARING | MAKING | WORKING | REPORTS - {"workplan.report.terminal"} | {"typer.rich_utils"},
    "check 2022 --format json": COMPARING | MAKING | WORKING | REPORTS - {"workplan.report.json"} | DRAWING,
    "check 2022 --format github": COMPARING | MAKING | WORKING | REPORTS - {"workplan.report.github"} | DRAWING,
    "check 2022 --format sarif": COMPARING | MAKING | WORKING | DRAWING | {"workplan.report.terminal"},
    "check 2022 --diff": COMPARING | MAKING | REPORTS | DRAWING | WORKING - {"workplan.rewrite.fix"},
    "build 2022 --only assignments --format json": COMPARING | HEAVY | DRAWING | {"workplan.render.xlsx"},
    "build 2022 --only official --format txt": COMPARING | HEAVY - {"jinja2"} | DRAWING | {"workplan.render.pdf"},
    "build 2022 --only official --format ofd": COMPARING
    | DRAWING
    | {"pypdfium2", "docx", "xlsxwriter", "workplan.measure", "workplan.render.docx", "workplan.render.xlsx"},
    "build 2022 --only official --format pdf": COMPARING | DRAWING | {"docx", "workplan.render.ofd"},
    "tasks 2022": COMPARING | MAKING | {"typer.rich_utils", "workplan.render.task_json", "workplan.render.table"},
    "tasks 2022 --format json": COMPARING | MAKING | DRAWING | {"workplan.render.table", "workplan.render.terminal"},
    "tasks 2022 --format csv": COMPARING | MAKING | DRAWING | {"workplan.render.task_json", "workplan.render.terminal"},
    "units 2022": COMPARING | MAKING | {"typer.rich_utils", "workplan.render.task_json", "workplan.render.table"},
    "units 2022 --format json": COMPARING | MAKING | DRAWING | {"workplan.render.table", "workplan.render.terminal"},
    "diff 2022 2023": MAKING
    | DRAWING
    | {"workplan.compare.marked", "workplan.compare.report.json", "workplan.measure"},
    "diff 2022 2023 --format json": MAKING | DRAWING | {"workplan.compare.marked", "workplan.compare.report.terminal"},
    "diff 2022 2023 --format docx -o x.docx": DRAWING | {"weasyprint", "workplan.compare.marked.redline"},
    "log 2022": MAKING | DRAWING | {"workplan.compare.marked", "workplan.measure"},
    "preview 2022 --port 99999": WORK - {"workplan.source", "workplan.language"}
    | DRAWING
    | {"workplan.language.model", "workplan.language.syntax", "starlette", "uvicorn", "watchfiles"},
    "merge edited.docx": COMPARING
    | DRAWING
    | {"weasyprint", "docx", "workplan.merge.merging", "workplan.merge.opinions"},
    "collect nothing.docx": COMPARING
    | DRAWING
    | {"weasyprint", "docx", "docxtpl", "workplan.progress.workbook", "workplan.merge.merging"},
    "git install": WORK - {"workplan.source", "workplan.gitdiff.install", "workplan.language"}
    | DRAWING
    | {"workplan.language.model", "workplan.language.syntax"},
    "measure nothing.pdf": COMPARING | DRAWING | {"weasyprint", "docx", "workplan.compiler", "workplan.view.sheet"},
    "fmt --check": COMPARING | MAKING | DRAWING | {"workplan.view.sheet", "workplan.render", "workplan.measure"},
    "explain no-units": COMPARING | MAKING | WORKING | DRAWING | {"workplan.compiler"},
    "schema document": WORK - READING
    | DRAWING
    | {"workplan.compiler", "workplan.language.model.decode", "workplan.check.rules"},
    "fonts install nowhere": WORK - {"workplan.resources"} | DRAWING,
    "doctor": WORK - HEAVY | DRAWING | {"docx", "docxtpl", "jinja2", "pypdfium2", "rjieba"},
}
#: How calls end that do not end with 0; ``doctor`` says what the machine lacks.
ENDS = {
    "no-such-command": {2},
    "check --no-such-option": {2},
    "check 2022 --diff": {1},
    "measure nothing.pdf": {2},
    "merge edited.docx": {2},
    "collect nothing.docx": {2},
    "preview 2022 --port 99999": {2},
    "doctor": {0, 2},
    "fonts install nowhere": {2},
}
NETWORK = {"dask", "distributed", "socket", "ssl", "http", "ftplib", "smtplib", "requests", "httpx", "aiohttp"}
#: The one module that speaks to other computers, which only a build with --scheduler loads, and the one that listens on this
#: computer's loopback.
TALKING = {"workplan.output.cluster": {"distributed"}, "workplan.preview.serving": {"socket"}}
#: What may touch files and streams.
TOUCHING = {"cli", "files", "gitdiff", "installing", "output", "preview", "render", "resources", "rewrite", "source"}
LONGEST_FUNCTION, LONGEST_FILE = 40, 300


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def unit(module: str) -> str:
    """The room that a module belongs to: the first name below the package."""
    return [*module.split("."), ""][1]


def resolved(node: ast.AST, module: str) -> list[str]:
    """What an import statement names, as far as modules go."""
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom(level=0, module=str(name)):
            return [f"{name}.{alias.name}" if f"{name}.{alias.name}" in MODULES else name for alias in node.names]
        case ast.ImportFrom():
            pytest.fail(f"{module}:{node.lineno}: relative import")
    return []


def imports(module: str, *, typing: bool = True) -> set[str]:
    """All modules that a module imports anywhere; without ``typing`` only those that are loaded when it runs."""
    found: set[str] = set()
    waiting: list[ast.AST] = [tree(module)]
    while waiting:
        node = waiting.pop()
        found.update(resolved(node, module))
        children = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not typing:
            children = list(node.orelse)
        waiting.extend(children)
    return found


def own_imports(module: str, *, typing: bool = True) -> set[str]:
    """Its imports out of this package, as modules (``from workplan.language.model import Item`` is the package ``model``)."""
    names = {name for name in imports(module, typing=typing) if name.split(".")[0] == "workplan"}
    return {f"{name}.__init__" if f"{name}.__init__" in MODULES else name for name in names} - {module}


def folder(module: str) -> str:
    """The folder that a module stands in."""
    return module.rpartition(".")[0]


def test_every_module_has_a_layer() -> None:
    units = {unit(module) for module in MODULES} - {"__init__"}
    assert units - set(RANK) == set()


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_run_downwards_for_types_too(module: str) -> None:
    own = unit(module)
    upwards = {
        name for name in own_imports(module) if unit(name) not in (own, "__init__") and RANK[unit(name)] >= RANK[own]
    }
    assert upwards == set()


def test_no_circle_of_folders() -> None:
    """Of two folders, one in the other or not, one alone may know the other; imports for types count too."""
    graph: dict[str, set[str]] = {}
    for module in MODULES:
        own = folder(module)
        graph.setdefault(own, set()).update({folder(name) for name in own_imports(module)} - {own, "workplan"})
    del graph["workplan"]  # its modules stand beside the rooms: the layers hold them
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("module", sorted(name for name in MODULES if not name.endswith("__init__")))
def test_no_package_hides_a_module_behind_a_name_of_its_own(module: str) -> None:
    """``import workplan.view.document`` gives that module, whatever the package offers at its face."""
    if module != "workplan.__main__":
        import_module(module)
        assert isinstance(getattr(sys.modules[folder(module)], module.rpartition(".")[2]), ModuleType)


def nodes_named(module: str) -> list[ast.Attribute | ast.Name]:
    return [node for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute | ast.Name)]


def test_diagnostic_imports_nothing_of_workplan() -> None:
    assert own_imports("workplan.diagnostic") == set()


@pytest.mark.parametrize("unit_", ["page", "view"])
def test_page_and_view_know_no_back_end(unit_: str) -> None:
    for module in (name for name in MODULES if unit(name) == unit_):
        assert {name.split(".")[0] for name in imports(module)} & HEAVY == set(), module


def test_no_import_cycle() -> None:
    """Imports within functions count, those for types do not: they are never run."""
    graph = {module: own_imports(module, typing=False) for module in MODULES}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("module", sorted(MODULES))
def test_files_and_functions_stay_within_their_budgets(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE
    functions = [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_nothing_is_used_that_only_one_system_has_and_nothing_reaches_the_network(module: str) -> None:
    names = imports(module)
    guarded = GUARDED.get(module, set())
    assert {name.split(".")[0] for name in names} & POSIX_ONLY <= guarded
    assert {name.split(".")[0] for name in names} & NETWORK <= TALKING.get(module, set())
    called = {node.attr if isinstance(node, ast.Attribute) else node.id for node in nodes_named(module)}
    assert called & {"urlopen", "urlretrieve"} == set()
    used = {
        node.attr
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("os", "signal")
    }
    assert used <= EVERYWHERE | guarded


@pytest.mark.parametrize("module", sorted(MODULES))
def test_no_place_of_one_system_is_written_down(module: str) -> None:
    """Temporary files go where ``tempfile`` puts them, everything else where the user or the system says."""
    if module not in LOOKING:
        texts = {
            node.value
            for node in ast.walk(tree(module))
            if isinstance(node, ast.Constant)
            if isinstance(node.value, str)
        }
        assert {text for text in texts if text.startswith(FIXED)} == set()


@pytest.mark.parametrize("module", sorted(module for module in MODULES if unit(module) not in TOUCHING))
def test_only_source_resources_build_and_the_command_line_touch_files(module: str) -> None:
    """Reading and writing is the affair of a few; everything else takes values and returns values."""
    called = [node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    names = {function.id for function in called if isinstance(function, ast.Name)}
    methods = {function.attr for function in called if isinstance(function, ast.Attribute)}
    assert names & {"open", "print", "input"} == set()
    assert (
        methods & {"open", "read_bytes", "read_text", "write_bytes", "write_text", "unlink", "mkdir", "iterdir"}
        == set()
    )


@pytest.mark.parametrize("module", sorted(MODULES))
def test_every_module_says_what_it_is_for(module: str) -> None:
    assert ast.get_docstring(tree(module))


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plans of two years, committed, and an issued document."""
    folder = repository(tmp_path_factory.mktemp("start"))
    commit(
        folder,
        {
            **plan_files("2022"),
            **plan_files("2023"),
            "issued.txt": "2024年工作要点\n一、重点任务\n（一）办班。办好。\n",
        },
    )
    return folder


def loaded(call: str, folder: Path) -> tuple[int, set[str]]:
    """The exit code of a call, and all modules that are loaded when it ends."""
    code = (
        "import sys\nfrom workplan.cli import main\ntry:\n    main(sys.argv[1:])\n"
        "except SystemExit as ended:\n    print('loaded', ended.code, *sys.modules, sep='\\n', file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", code, *call.split()]
    ended = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True, timeout=60)
    number, *names = ended.stderr.partition("loaded\n")[2].splitlines()
    return int(number), set(names)


@pytest.mark.parametrize("call", UNLOADED)
def test_a_call_loads_nothing_that_it_does_not_use(call: str, issued: Path) -> None:
    code, names = loaded(call, issued)
    assert code in ENDS.get(call, {0}), "the call went as it should"
    assert {name for name in names for idle in UNLOADED[call] if f"{name}.".startswith(f"{idle}.")} == set()


def test_what_a_call_uses_is_seen_to_be_loaded(issued: Path) -> None:
    """Else the test above would find nothing whatever was loaded."""
    assert loaded("check 2022", issued)[1] >= {"pydantic", "workplan.check.rules.no_units", "workplan.report.terminal"}
    assert loaded("check --help", issued)[1] >= {"typer", "rich", "workplan.cli.check"}


def test_every_command_is_seen_at_work() -> None:
    working = {call.split()[0] for call in UNLOADED if not call.endswith("--help")}
    assert set(COMMANDS) - working == set()


def test_whatever_is_not_to_be_loaded_can_be_loaded() -> None:
    """A name that was misspelt or has moved would forbid nothing."""
    names = {name for idle in UNLOADED.values() for name in idle}
    assert {name for name in names if find_spec(name) is None} == set()


def _fields(node: ast.ClassDef) -> int:
    """How many fields a dataclass has of its own; 0 for any other class."""
    if not any("dataclass" in ast.unparse(one) for one in node.decorator_list):
        return 0
    return sum(isinstance(one, ast.AnnAssign) for one in node.body)


#: Dataclasses with so many fields that nobody knows their order.
MANY_FIELDS = {
    node.name
    for module in MODULES
    for node in ast.walk(tree(module))
    if isinstance(node, ast.ClassDef) and _fields(node) > 4
}
#: The table of the standard's figures, a line each under the names of its columns.
TABLES = {"workplan.measure.standard"}


@pytest.mark.parametrize("module", sorted(set(MODULES) - TABLES))
def test_values_of_many_fields_are_built_by_keyword(module: str) -> None:
    """A value put in the wrong place would still be a value."""
    by_place = [
        f"{node.lineno}: {node.func.id}"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in MANY_FIELDS and len(node.args) > 4
    ]
    assert by_place == []


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_tests_name_the_fields_of_what_is_printed(path: Path) -> None:
    """A field that comes or moves must not change what a test means; ``views`` has short ways to say the usual ones."""
    read = ast.parse(path.read_bytes())
    classes = {
        alias.asname or alias.name
        for node in ast.walk(read)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("workplan.view")
        for alias in node.names
        if alias.name[0].isupper()
    }
    by_place = [
        f"{node.lineno}: {node.func.id}"
        for node in ast.walk(read)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in classes and node.args
    ]
    assert by_place == []
