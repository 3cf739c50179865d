"""What the package promises: one version, told alike everywhere; its dependencies declared, their floors locked and run."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from typing import TYPE_CHECKING, Any

import pytest

from repositories import ROOT
from workplan import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from subprocess import CompletedProcess

PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
LOCKS = ("requirements.lock", "requirements-lowest.lock")
FUZZ_LOCK, BENCH_LOCK = "requirements-fuzz.lock", "requirements-bench.lock"
#: A requirement with a floor, and with a cap where it needs one.
REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9-]+)>=(?P<floor>[\d.]+)(?:,<[\d.]+)?")
#: The lines of a lock: a release with the machines it is for, a hash, a comment without an address.
LOCK_LINE = re.compile(r"[a-z0-9-]+==[\w.]+(?: ; [^\\/]+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?|(?:    )?# [^/]*")


def floors(requirements: Iterable[str]) -> dict[str, str]:
    """The oldest release of each, by its name."""
    found = {text: REQUIREMENT.fullmatch(text) for text in requirements}
    assert [text for text, match in found.items() if match is None] == []
    return {match["name"].lower(): match["floor"] for match in found.values() if match}


DECLARED = floors(PYPROJECT["project"]["dependencies"])
EXTRA = {
    name: floor
    for wanted in PYPROJECT["project"]["optional-dependencies"].values()
    for name, floor in floors(wanted).items()
}
TESTING = floors(PYPROJECT["dependency-groups"]["test"])
FUZZING = floors(PYPROJECT["dependency-groups"]["fuzz"])
BENCHING = floors(PYPROJECT["dependency-groups"]["bench"])
BUILDING = floors(PYPROJECT["dependency-groups"]["build"])
#: What the driver of LibreOffice imports, in the system's Python: no package of an index.
OFFICE = {"uno", "com"}


def imported(folder: str) -> set[str]:
    """The packages of others that the modules of a folder import, for types too, by the names under which they are installed."""
    own = {path.stem for place in ("tests", "tools") for path in (ROOT / place).rglob("*.py")} | {
        "workplan",
        "fuzz",
        "bench",
    }
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    installed = packages_distributions()
    others = found - own - sys.stdlib_module_names - {"_typeshed"}  # types of the standard library, for checkers alone
    return {installed.get(name, [name])[0].lower().replace("_", "-") for name in others}


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


# ------------------------------------------------------------------------------------------------------ the version


def test_program_package_and_changelog_tell_the_same_version(run: Callable[..., CompletedProcess[str]]) -> None:
    newest = re.search(r"^## \[(.+?)\]", CHANGELOG, re.MULTILINE)
    assert newest is not None
    assert run("--version").stdout == f"workplan {newest[1]}\n"
    assert version("workplan") == newest[1] == __version__


def test_the_version_is_written_in_one_place() -> None:
    """The package's metadata take it from the module, which the program reads without them."""
    assert "version" not in PYPROJECT["project"]
    assert PYPROJECT["project"]["dynamic"] == ["version"]
    assert PYPROJECT["tool"]["hatch"]["version"] == {"path": "src/workplan/__init__.py"}


def test_the_changelog_can_be_tagged() -> None:
    """Versions from the newest down, the first alone without a day; what was added, changed and fixed in each, and nothing else."""
    versions = re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)
    read = [re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - (unreleased|\d{4}-\d\d-\d\d)", one) for one in versions]
    assert None not in read
    numbers = [tuple(map(int, one.groups()[:3])) for one in read if one]
    assert numbers == sorted(set(numbers), reverse=True)
    assert "unreleased" not in "".join(versions[1:])
    for section in re.split(r"^## .+$", CHANGELOG, flags=re.MULTILINE)[1:]:
        kinds = re.findall(r"^### (.+)$", section, re.MULTILINE)
        assert kinds
        assert kinds == [kind for kind in ("Added", "Changed", "Fixed") if kind in kinds]


# ------------------------------------------------------------------------------------------------- the dependencies


def test_what_the_package_imports_is_declared_and_nothing_else() -> None:
    assert imported("src") == set(DECLARED) | set(EXTRA)


@pytest.mark.parametrize("folder", ["tests", "tools"])
def test_what_the_tests_and_tools_import_is_declared(folder: str) -> None:
    assert imported(folder) <= set(DECLARED) | set(TESTING) | set(FUZZING) | set(BENCHING) | OFFICE


def test_the_lowest_lock_holds_the_oldest_release_of_everything_declared() -> None:
    """A floor below what another library asks for could not be installed, let alone be run."""
    locked = pins("requirements-lowest.lock")
    promised = DECLARED | EXTRA | TESTING | BUILDING
    assert {name: locked[name] for name in promised} == promised


def test_both_locks_hold_everything_declared() -> None:
    for lock in LOCKS:
        assert set(pins(lock)) >= set(DECLARED) | set(EXTRA), lock
    assert set(pins("requirements.lock")) >= set(TESTING)


def test_the_fuzzer_is_locked_by_itself_and_installed_with_nothing_else() -> None:
    assert set(pins(FUZZ_LOCK)) >= set(FUZZING)
    assert not any(set(pins(lock)) & set(FUZZING) for lock in LOCKS)


def test_what_is_measured_against_is_locked_by_itself_and_installed_with_nothing_else() -> None:
    assert set(pins(BENCH_LOCK)) == set(BENCHING)
    assert not any(set(pins(lock)) & set(BENCHING) for lock in (*LOCKS, FUZZ_LOCK))


@pytest.mark.parametrize("lock", [*LOCKS, FUZZ_LOCK, BENCH_LOCK])
def test_a_lock_says_releases_and_hashes_and_names_no_host(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not LOCK_LINE.fullmatch(line)] == []
