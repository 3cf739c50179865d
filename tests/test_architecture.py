"""The laws of the code, read from its source: layers, no import cycle, budgets, nothing of one system, a light start."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import workplan

PACKAGE = Path(workplan.__file__).parent
MODULES = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")}

#: From the top down: a module may import from its own layer's units (see ``test_no_import_cycle``) and from any layer below.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli",),
    ("newplan", "driver", "textconv"),
    ("diff",),
    ("report", "importer", "build", "fmt"),
    ("fix",),
    ("measure",),
    ("render",),
    ("layout",),
    ("compiler",),
    ("suppress",),
    ("rules", "decode"),
    ("view",),
    ("plan",),
    ("numbering",),
    ("registry", "days"),
    ("model", "edit", "readable"),
    ("syntax",),
    ("misread", "source"),
    ("scalar", "numerals", "words", "resources"),
    ("diagnostic",),
)
RANK = {name: -place for place, layer in enumerate(LAYERS) for name in layer}

#: Modules of the standard library that Windows has not.
POSIX_ONLY = {"fcntl", "grp", "nis", "ossaudiodev", "posix", "pty", "pwd", "readline", "resource", "spwd", "syslog"} | {
    "termios",
    "tty",
    "curses",
    "crypt",
}
#: Functions of ``os`` and ``signal`` that Windows has not.
POSIX_CALLS = {
    "fork",
    "geteuid",
    "getuid",
    "setuid",
    "chown",
    "mkfifo",
    "killpg",
    "setsid",
    "uname",
    "SIGKILL",
    "SIGHUP",
}
#: Libraries that only a command which needs them may load.
HEAVY = {"weasyprint", "docx", "docxtpl", "lxml", "xlsxwriter", "fontTools", "jinja2", "pypdfium2", "PIL", "rjieba"}
NETWORK = {"socket", "ssl", "http", "ftplib", "smtplib", "requests", "httpx", "aiohttp"}
#: What may touch files and streams.
TOUCHING = {"source", "resources", "build", "newplan", "driver", "textconv", "cli", "render"}
LONGEST_FUNCTION, LONGEST_FILE = 40, 300


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def unit(module: str) -> str:
    """The part of the architecture that a module belongs to: the first name below the package."""
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
    """Its imports out of this package, as modules (``from workplan.model import Item`` is the package ``model``)."""
    names = {name for name in imports(module, typing=typing) if name.split(".")[0] == "workplan"}
    return {f"{name}.__init__" if f"{name}.__init__" in MODULES else name for name in names} - {module}


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


def nodes_named(module: str) -> list[ast.Attribute | ast.Name]:
    return [node for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute | ast.Name)]


def test_diagnostic_imports_nothing_of_workplan() -> None:
    assert own_imports("workplan.diagnostic") == set()


@pytest.mark.parametrize("unit_", ["layout", "view"])
def test_layout_and_view_know_no_back_end(unit_: str) -> None:
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
    assert {name.split(".")[0] for name in names} & POSIX_ONLY == set()
    assert {name.split(".")[0] for name in names} & NETWORK == set()
    called = {node.attr if isinstance(node, ast.Attribute) else node.id for node in nodes_named(module)}
    assert called & {"urlopen", "urlretrieve"} == set()
    used = {
        node.attr
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("os", "signal")
    }
    assert used & POSIX_CALLS == set()


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


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("check", "--help"),
        ("build", "--help"),
        ("--version",),
        ("check", "{plan}"),
        ("check", "{plan}", "--format", "json"),
        ("tasks", "{plan}", "--format", "json"),
    ],
)
def test_a_command_starts_without_the_heavy_libraries(arguments: tuple[str, ...]) -> None:
    plan = Path(__file__).parents[1] / "plan" / "2022"
    given = [argument.format(plan=plan) for argument in arguments]
    code = (
        "import sys\nfrom workplan.cli import main\ntry:\n    main(sys.argv[1:])\n"
        "except SystemExit as ended:\n    print(ended.code, *sys.modules, sep='\\n', file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, *given], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    loaded = {name.split(".")[0] for name in ended.stderr.splitlines()}
    assert "0" in loaded, "the command itself went well"
    assert loaded & HEAVY == set()
