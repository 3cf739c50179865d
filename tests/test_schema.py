"""The schemas that editors read: words and an example for every key, in both languages, and the files that hold them."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from workplan.language.model.decode import decode
from workplan.language.model.schema import SCHEMAS, description, dump, example, files, json_schema, keys, record_types
from workplan.language.scalar import File
from workplan.language.syntax import parse
from workplan.resources.messages import LANGUAGES, key_words
from workplan.resources.templates import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

    from workplan.language.model import Record

ROOT = Path(__file__).resolve().parents[1]
KEYS = [(kind, key) for kind in record_types() for key in keys(kind)]
_IDS = [f"{kind.__name__}.{key}" for kind, key in KEYS]


@pytest.mark.parametrize(("kind", "key"), KEYS, ids=_IDS)
def test_every_key_is_described_in_both_languages(kind: type[Record], key: str) -> None:
    told = [description(kind, key, language) for language in LANGUAGES]
    assert re.search("[\u4e00-\u9fff]", told[0])
    assert told[0].endswith("。")
    assert told[1].endswith(".")
    assert told[0] != told[1]


@pytest.mark.parametrize(("kind", "key"), KEYS, ids=_IDS)
def test_every_example_is_one_that_the_plan_takes(kind: type[Record], key: str) -> None:
    needed = {field.alias or name for name, field in kind.model_fields.items() if field.is_required()}
    written = {name: example(kind, name) for name in sorted(needed | {key})}
    text = yaml.safe_dump(written, allow_unicode=True, sort_keys=False)
    node, findings = parse(File("example.yaml", text))
    assert node is not None
    record, faults = decode(node, kind)
    assert (list(findings), list(faults)) == ([], [])
    assert record is not None


def test_no_word_and_no_example_is_kept_for_a_key_that_is_not_there() -> None:
    bases = {each.__name__.lstrip("_"): each for kind in record_types() for each in kind.__mro__}
    for language in LANGUAGES:
        for name, words in key_words(language).entries.items():
            known = {"about", *keys(bases[name])}
            assert set(words) <= known, name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", SCHEMAS)
def test_every_key_of_a_schema_carries_its_words_and_example(which: str, language: str) -> None:
    seen = 0
    for record in _records(json_schema(which, language)):
        assert record["description"]
        for key, found in record["properties"].items():
            assert found["description"], key
            assert found["examples"], key
            seen += 1
    assert seen >= {"units": 11, "progress": 12}.get(which, 40)


def test_the_command_gives_every_schema_and_names_them_all(run: Callable[..., CompletedProcess[str]]) -> None:
    """Its own list of names stands apart from the schemas, which are slow to load."""
    assert f"可以用：{' '.join(SCHEMAS)}\n" in run("schema", "nothing").stderr
    shown = "".join(sign for sign in run("schema", "--help").stdout if sign not in "│ \n")
    assert [which for which in SCHEMAS if which not in shown] == []
    assert [run("schema", which).stdout for which in SCHEMAS] == [dump(which, "zh").decode() for which in SCHEMAS]


def _records(value: object) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [record for one in value for record in _records(one)]
    if not isinstance(value, dict):
        return []
    own = [value] if isinstance(value.get("properties"), dict) and "additionalProperties" in value else []
    return own + [record for key, one in value.items() if key != "examples" for record in _records(one)]


def test_the_schemas_beside_the_example_are_those_that_workplan_writes(
    run: Callable[..., CompletedProcess[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``workplan --lang zh schema --write`` brings them up to date."""
    committed = {path.name: path.read_bytes() for path in (ROOT / "plan" / ".schema").iterdir()}
    assert committed == files("zh")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan").mkdir()
    assert run("--lang", "zh", "schema", "--write").returncode == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "plan" / ".schema").iterdir()} == committed


@pytest.mark.parametrize("arguments", [(), ("part", "--write")])
def test_one_schema_or_all_is_to_be_said(arguments: tuple[str, ...], run: Callable[..., CompletedProcess[str]]) -> None:
    ended = run("schema", *arguments)
    assert ended.returncode == 2
    assert "--write" in ended.stderr


def test_schemas_need_a_folder_of_plans(
    run: Callable[..., CompletedProcess[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("schema", "--write").returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_schema_is_told_in_the_language_of_the_call(run: Callable[..., CompletedProcess[str]]) -> None:
    for language in LANGUAGES:
        assert run("--lang", language, "schema", "part").stdout.encode() == dump("part", language)


@pytest.mark.parametrize("path", [*ROOT.glob("plan/*.yaml"), *ROOT.glob("plan/*/*.yaml")], ids=lambda path: path.name)
def test_every_shipped_file_names_the_schema_of_its_kind(path: Path) -> None:
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text(encoding="utf-8"))
    assert named
    assert json.loads((path.parent / named[1]).read_bytes())
    wanted = path.stem if path.stem in SCHEMAS else "part"
    assert named[1].endswith(f".schema/{wanted}.json")


def test_a_first_plan_gets_its_schemas_and_a_second_leaves_them(
    run: Callable[..., CompletedProcess[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("--lang", "zh", "new", "2030").returncode == 0
    held = tmp_path / "plan" / ".schema"
    for template in (shipped() / "new").iterdir():
        path = (tmp_path / "plan" if template.stem == "units" else tmp_path / "plan" / "2030") / template.name
        named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text(encoding="utf-8"))
        assert named
        assert (path.parent / named[1]).resolve().is_file()
    (held / "part.json").write_bytes(b"{}")
    assert run("--lang", "zh", "new", "2031").returncode == 0
    assert (held / "part.json").read_bytes() == b"{}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_says_what_the_schemas_say(language: str, request: pytest.FixtureRequest) -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "language.py"))
    file, page = tool["FILES"][language], tool["page"](language)
    if request.config.getoption("update_golden"):
        file.write_text(page, encoding="utf-8", newline="\n")
    assert file.read_text(encoding="utf-8") == page
    assert {record for _, record in tool["ORDER"]} == set(record_types())
