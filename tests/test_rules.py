"""Every rule: its examples are true, its explanation is complete, and ``workplan explain`` tells them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from conftest import MINIMAL
from workplan.check.rules.errors import ERRORS
from workplan.check.rules.every import OFF, RULES
from workplan.compiler import compile_plan
from workplan.diagnostic import Severity
from workplan.report.explain import known
from workplan.resources.messages import LANGUAGES, catalogue
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from subprocess import CompletedProcess

    from workplan.diagnostic import Diagnostic

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

_NAMED = re.compile(r"# (document|units)\.yaml\n")


def findings(example: str, rule: str, project: Project) -> tuple[Diagnostic, ...]:
    """What an example gives in the minimal plan, with the rule on; the plan of another year stands beside it."""
    named = _NAMED.match(example)
    beside = {f"plan/2021/{name}": (MINIMAL / name).read_bytes() for name in ("document.yaml", "tasks.yaml")}
    if rule == "carried-over":  # the plan that the example was made from says the same
        beside["plan/2021/document.yaml"] = example.encode()
    root = project({**beside, f"{named[1]}.yaml" if named else "tasks.yaml": example})
    if rule in OFF:
        document = root / "plan/2022/document.yaml"
        document.write_text(
            document.read_text(encoding="utf-8") + f"checks: {{{rule}: {RULES[rule].SEVERITY}}}\n", encoding="utf-8"
        )
    return compile_plan(Directory(root / "plan/2022")).diagnostics


def test_rules_are_found_and_called_like_their_files() -> None:
    assert len(RULES) >= 11
    for name, rule in RULES.items():
        assert getattr(rule, "__name__", "").rpartition(".")[2] == name.replace("-", "_")


@pytest.mark.parametrize("name", RULES)
def test_a_rule_offers_all_that_a_rule_must(name: str) -> None:
    rule = RULES[name]
    assert rule.SOURCE.strip()
    assert rule.__doc__
    for language in LANGUAGES:
        assert catalogue(language).text(f"{name}.explain")


@pytest.mark.parametrize("name", RULES)
def test_the_bad_example_of_a_rule_gives_its_finding(name: str, project: Project) -> None:
    found = [finding for finding in findings(RULES[name].BAD, name, project) if finding.rule == name]
    assert found
    assert {finding.severity for finding in found} == {RULES[name].SEVERITY}


@pytest.mark.parametrize("name", RULES)
def test_the_good_example_of_a_rule_gives_neither_its_finding_nor_an_error(name: str, project: Project) -> None:
    found = findings(RULES[name].GOOD, name, project)
    assert [finding for finding in found if finding.rule == name or finding.severity == "error"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_explain_lists_every_finding_and_explains_each(language: str, run: Run) -> None:
    listed = run("--lang", language, "explain")
    assert listed.returncode == 0
    ids = [line.split()[0] for line in listed.stdout.splitlines()]
    assert ids == list(known(catalogue(language)))
    shape = json.loads(run("--lang", language, "explain", "--format", "json").stdout)
    assert [rule["rule"] for rule in shape["rules"]] == ids
    assert [rule for rule in shape["rules"] if not (rule["explain"] and rule["source"] and rule["wordings"])] == []


def test_explain_prints_a_rule_with_its_source_and_examples(run: Run) -> None:
    shown = run("explain", "too-many-levels").stdout
    rule = RULES["too-many-levels"]
    assert "错误" in shown
    assert f"依据：{rule.SOURCE}" in shown
    for example in (rule.BAD, rule.GOOD):
        assert all(f"  {line}" in shown for line in example.splitlines())


def test_explain_speaks_of_findings_that_no_rule_makes(run: Run) -> None:
    assert "制表符" in run("explain", "yaml-syntax").stdout
    assert "GB/T 9704-2012 5.2.1" in run("explain", "measure-left-margin").stdout
    assert run("explain", "unused-part", "--format", "json").stdout.count("warning") == 1


def test_an_unknown_rule_is_refused_with_the_nearest_name(run: Run) -> None:
    ended = run("explain", "unknown-unti")
    assert ended.returncode == 2
    assert "unknown-unit" in ended.stderr


def test_the_rules_that_are_errors_are_those_that_reading_a_plan_asks() -> None:
    """Who only reads a plan loads these alone; a rule that becomes an error has to be entered there."""
    assert {rule.ID for rule in ERRORS} == {name for name, rule in RULES.items() if rule.SEVERITY is Severity.ERROR}
