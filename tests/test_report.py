"""Reports for programs: SARIF that its schema accepts, and GitHub's workflow commands."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from workplan.compiler import Result, compile_plan
from workplan.diagnostic import Diagnostic, Replacement, Span
from workplan.language.scalar import File
from workplan.report import REPORTERS
from workplan.resources.messages import LANGUAGES, catalogue
from workplan.source import Memory, find_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from subprocess import CompletedProcess

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

_CACHE = Path(__file__).parents[1] / ".cache" / "sarif"
_VALIDATOR = (
    "const schema = require('./node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');"
    "const ajv = new (require('ajv'))({schemaId: 'auto', meta: false, unknownFormats: 'ignore'});"
    "ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));"
    "const valid = ajv.compile(schema)(JSON.parse(require('fs').readFileSync(0, 'utf8')));"
    "console.log(valid ? 'valid' : 'invalid');"
)
#: Two mistakes after characters outside the basic plane and wide ones, one of them with a second place and one with a fix.
FILES = {
    "document.yaml": 'title: 样本\nparts: [tasks]\ndate: ""\nchecks: {missing-dat: off}\n',
    "tasks.yaml": "kind: tasks\nitems:\n  - {id: 甲, text: 𠮷𠮷。, units: 区教育据}\n  - {id: 甲, text: 乙。, units: 区教育局}\n"
    "  - {titel: 丙}\n",
    "../units.yaml": "units:\n  - {name: 区教育局}\n",
}


@pytest.fixture(scope="module")
def validate() -> Callable[[str], bool]:
    """Judges a log by the schema that comes with npm's ``@microsoft/jest-sarif``, installed once below ``.cache``."""
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("npm and node bring the schema of SARIF")
    if not (_CACHE / "node_modules" / "@microsoft" / "jest-sarif").is_dir():
        _CACHE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(_CACHE)]
        got = subprocess.run([*command, "@microsoft/jest-sarif@1.0.0-beta.0"], capture_output=True, check=False)
        if got.returncode:
            pytest.skip("npm cannot install the schema of SARIF here")

    def check(log: str) -> bool:
        ended = subprocess.run(
            ["node", "-e", _VALIDATOR], input=log, capture_output=True, encoding="utf-8", cwd=_CACHE, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip() == "valid"

    return check


def report(form: str, language: str = "zh") -> str:
    result = compile_plan(Memory(FILES))
    return REPORTERS[form]([("2022", result)], catalogue(language), colour=False, width=0)


@pytest.mark.parametrize("form", ["github", "sarif"])
@pytest.mark.parametrize("marker", ["folder", "file"])
def test_code_hosts_get_paths_from_the_root_of_the_repository(
    form: str, marker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "仓库" / "office" / "plan" / "2026"
    folder.mkdir(parents=True)
    root = tmp_path / "仓库" / ".git"
    root.mkdir() if marker == "folder" else root.write_text("gitdir: elsewhere\n")
    (folder / "document.yaml").write_text("titel: 样本\n", encoding="utf-8")
    for here, named in ((folder.parents[1], "2026"), (folder, ".")):
        monkeypatch.chdir(here)
        made = REPORTERS[form]([("2026", compile_plan(find_plan(named, here)))], catalogue("zh"), colour=False, width=0)
        assert re.search(r"(?:file=|\"uri\": \")office/plan/2026/document\.yaml", made)
        assert re.search(r"(?:file=|\"uri\": \")plan/2026", made) is None


def test_what_commands_a_terminal_is_named_in_every_form() -> None:
    file = File("a\x1b[2J\udcff\n\u202eb.yaml", "甲\n乙")
    finding = Diagnostic("missing-key", file.span(0, 1), {"key": "\x9b31m\x07"})
    for form, write in REPORTERS.items():
        made = write([("2\x1bc", Result(None, (finding,), {file.name: file}))], catalogue("en"), colour=False, width=0)
        made.encode()
        assert not set(made) & {"\x1b", "\x9b", "\x07", "\u202e"}, form
    text = REPORTERS["text"]([("2\x1bc", Result(None, (finding,), {}))], catalogue("en"), colour=False, width=0)
    assert text.startswith(r"a\x1b[2J\xff\x0a\u202eb.yaml:1:1 error missing key `\x9b31m\x07`")
    assert r"2\x1bc: 1 error" in text


@pytest.mark.parametrize("sign", ["甲", "a", "\u0301", "😀"])
def test_the_excerpt_of_a_very_long_line_is_short_and_points_at_the_place(sign: str) -> None:
    file = File("a.yaml", f"{sign * 300_000}错{sign * 300_000}")
    finding = Diagnostic("missing-key", file.span(300_000, 300_001), {"key": "甲"})
    made = REPORTERS["text"](
        [("2022", Result(None, (finding,), {file.name: file}))], catalogue("en"), colour=False, width=0
    )
    line, carets = (row.partition("|")[2] for row in made.split("\n")[1:3])
    assert cell_len(line) <= 80
    assert cell_len(line[: line.index("错")]) == carets.index("^")


def test_past_a_thousand_findings_of_a_rule_the_rest_is_counted_and_json_has_them_all() -> None:
    file = File("a.yaml", "甲" * 1203)
    findings = tuple(Diagnostic("missing-key", file.span(at, at + 1), {"key": "甲"}) for at in range(1203))
    result = Result(None, (*findings, Diagnostic("empty-file", file.span(0, 1))), {file.name: file})
    text = REPORTERS["text"]([("2022", result)], catalogue("en"), colour=False, width=0)
    assert text.count("[missing-key]\n") == 1000
    assert "203 more findings of [missing-key] are not shown here" in text
    assert "[empty-file]" in text
    assert text.endswith("2022: 1204 error(s), 0 warning(s), 0 note(s)\n")
    assert (
        len(json.loads(REPORTERS["json"]([("2022", result)], catalogue("en"), colour=False, width=0))["diagnostics"])
        == 1204
    )


def test_every_form_that_check_offers_is_written_and_no_other() -> None:
    assert all(report(form) for form in REPORTERS)
    with pytest.raises(KeyError):
        report("yaml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sarif_is_valid(language: str, validate: Callable[[str], bool]) -> None:
    assert validate(report("sarif", language))


def test_the_validator_refuses_what_is_no_sarif(validate: Callable[[str], bool]) -> None:
    assert not validate(report("sarif").replace('"ruleId"', '"rule"'))


def test_sarif_says_of_each_finding_what_check_says() -> None:
    log: dict[str, Any] = json.loads(report("sarif"))
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    findings = json.loads(report("json"))["diagnostics"]
    assert len(run["results"]) == len(findings) == 4
    for told, finding in zip(run["results"], findings, strict=True):
        place = told["locations"][0]["physicalLocation"]
        region = place["region"]
        assert run["tool"]["driver"]["rules"][told["ruleIndex"]]["id"] == told["ruleId"] == finding["rule"]
        assert place["artifactLocation"]["uri"] == finding["file"]
        assert (region["startLine"], region["startColumn"]) == (finding["line"], finding["column"])
        assert (region["endLine"], region["endColumn"]) == (finding["end_line"], finding["end_column"])
        assert told["message"]["text"].startswith(finding["message"])
        assert len(told.get("relatedLocations", [])) == len(finding["related"])
        assert ("fixes" in told) == (finding["fix"] is not None)


QUOTED = (
    "kind: tasks\nitems:\n  - {title: 甲, text: '贯彻''四个意识''要求,抓好落实。', units: 区教育局}\n  - title:三级\n"
)


def test_a_correction_that_programs_are_offered_can_be_put_in_as_it_is() -> None:
    """One within quotes is escaped as they want it, and takes the escape that it replaces with it."""
    result = compile_plan(Memory({**FILES, "tasks.yaml": QUOTED}))
    shape = json.loads(REPORTERS["json"]([("2022", result)], catalogue("zh"), colour=False, width=0))
    fixes = sorted((e["start"], e["end"], e["text"]) for f in shape["diagnostics"] for e in f["fix"] or ())
    text = QUOTED
    for start, end, new in reversed(fixes):
        text = text[:start] + new + text[end:]
    assert text == QUOTED.replace("''四个意识''", "‘四个意识’").replace("求,", "求，")
    log = json.loads(REPORTERS["sarif"]([("2022", result)], catalogue("zh"), colour=False, width=0))
    told = [fix for one in log["runs"][0]["results"] for fix in one.get("fixes", ())]
    regions = [each for fix in told for change in fix["artifactChanges"] for each in change["replacements"]]
    assert sorted(each["insertedContent"]["text"] for each in regions) == sorted(new for *_, new in fixes)


def test_a_correction_that_would_break_its_file_is_not_offered() -> None:
    good = compile_plan(Memory({**FILES, "tasks.yaml": "kind: tasks\nitems: [甲]\n"}))
    file = good.files["tasks.yaml"]
    start = file.text.index("甲")
    broken, sound = (
        Diagnostic("empty-item", file.span(start, start + 1), fix=(Replacement(file.span(start, start + 1), new),))
        for new in (": ]", "乙")
    )
    result = Result(good.plan, (broken, sound), good.files)
    shape = json.loads(REPORTERS["json"]([("2022", result)], catalogue("zh"), colour=False, width=0))
    assert [finding["fix"] for finding in shape["diagnostics"]] == [
        None,
        [{"start": start, "end": start + 1, "text": "乙"}],
    ]


def test_columns_of_sarif_count_characters_not_utf_16_units() -> None:
    results = json.loads(report("sarif"))["runs"][0]["results"]
    (found,) = (told for told in results if told["ruleId"] == "unknown-unit")
    line = FILES["tasks.yaml"].splitlines()[2]
    assert found["locations"][0]["physicalLocation"]["region"]["startColumn"] == line.index("区教育据") + 1


def test_a_file_name_is_a_uri_in_sarif() -> None:
    finding = Diagnostic("empty-file", Span.whole("/work/plan 一/a%b.yaml"))
    log = json.loads(
        REPORTERS["sarif"]([("2022", Result(None, (finding,), {}))], catalogue("en"), colour=False, width=0)
    )
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "file:///work/plan%20%E4%B8%80/a%25b.yaml"


def test_github_gets_one_command_for_each_finding_with_its_place() -> None:
    lines = report("github").splitlines()
    findings = json.loads(report("json"))["diagnostics"]
    assert len(lines) == len(findings)
    for line, finding in zip(lines, findings, strict=True):
        match = re.fullmatch(
            r"::error file=(.*?),line=(\d+),endLine=\d+,col=(\d+),endColumn=\d+,title=(\S+?)::(.+)", line
        )
        assert match
        assert match[1].replace("%3A", ":") == finding["file"]
        assert (int(match[2]), int(match[3]), match[4]) == (finding["line"], finding["column"], finding["rule"])
        assert match[5].split("%0A")[0] == finding["message"].replace("%", "%25")


def test_what_would_end_a_workflow_command_is_escaped() -> None:
    file = File("a,b:c%.yaml", "甲\n乙")
    finding = Diagnostic("missing-key", file.span(0, 3), {"key": "50%\r\n::error::"})
    (line,) = (
        REPORTERS["github"]([("2022", Result(None, (finding,), {}))], catalogue("en"), colour=False, width=0)
    ).splitlines()
    assert line.startswith("::error file=a%2Cb%3Ac%25.yaml,line=1,endLine=2,title=missing-key::")
    assert "50%25\\x0d%0A" in line


def test_a_clean_plan_gives_an_empty_run_and_no_command(
    project: Project, run: Run, validate: Callable[[str], bool]
) -> None:
    project({})
    log = run("check", "--format", "sarif").stdout
    assert validate(log)
    assert json.loads(log)["runs"][0]["results"] == []
    assert run("check", "--format", "github").stdout == ""


# ------------------------------------------------------------------------------------------- many at once


def test_a_plan_of_2000_tasks_reports_its_200_mistakes_in_one_run() -> None:
    head = "kind: tasks\ntitle: 重点任务\nitems:\n"
    wrong = set(range(0, 2000, 10))
    lines = [
        f"  - {{id: 任务{number}, title: 任务{number}, text: 办好培训班。, units: {f'区{number}据' if number in wrong else '区教育局'}}}\n"
        for number in range(2000)
    ]
    result = compile_plan(
        Memory(
            {**FILES, "document.yaml": 'title: 样本\nparts: [tasks]\ndate: ""\n', "tasks.yaml": head + "".join(lines)}
        )
    )
    found = [(finding.rule, finding.span.line - 4) for finding in result.diagnostics if finding.severity == "error"]
    assert found == [("unknown-unit", number) for number in sorted(wrong)]
    text = REPORTERS["text"]([("2022", result)], catalogue("zh"), colour=False, width=0)
    assert text.count("[unknown-unit]") == 200
    assert "200 个错误" in text.splitlines()[-1]
