"""``workplan units --add``: the names of a draft that nobody registered, written into the registry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from edits import PLANS
from phrases import book_of
from workplan.check.suppress import Selection
from workplan.compiler import compile_plan
from workplan.language import syntax
from workplan.language.scalar import File, Scalar
from workplan.plan.registry import parse
from workplan.plan.registry.level import level, may_be_one
from workplan.plan.registry.short_form import completed
from workplan.report import REPORTERS
from workplan.resources.messages import catalogue
from workplan.rewrite.registering.add import Additions, additions
from workplan.rewrite.registering.guess import kind_of, longer_form
from workplan.rewrite.registering.proposed import Remarks
from workplan.source import Directory, Memory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]

REMARKS = Remarks("请核对", "同一个单位？")
FRAME = "title: 甲\nparts: [tasks]\ndate: ''\nnumber: ''\n"
#: 19 names in 46 places.
NAMES = (
    *(
        "省农业农村厅",
        "省财政厅",
        "各市、州、县人民政府",
        "省人社厅",
        "省市场监管局",
        "省地方金融监管局",
        "人行武汉分行",
    ),
    *(
        "湖北银保监局",
        "各金融机构",
        "省农业担保公司",
        "省再担保集团",
        "省自然资源厅",
        "省公共资源交易监管局",
        "省气象局",
    ),
    *("省税务局", "省发改委", "省水利厅", "省教育厅", "省应急管理厅"),
)


def _source(*phrases: str, units: str | bytes | None = "units: []\n") -> Memory:
    tasks = "".join(
        f"- {{title: 甲{place}, text: 办好。, units: '{phrase}'}}\n" for place, phrase in enumerate(phrases)
    )
    files: dict[str, str | bytes] = {"document.yaml": FRAME, "tasks.yaml": f"kind: tasks\nitems:\n{tasks}"}
    return Memory(files if units is None else {**files, "../units.yaml": units}, "2024")


def _written(*phrases: str, units: str | bytes | None = "units: []\n") -> str:
    """The registry afterwards; nothing is unknown then."""
    done = additions(_source(*phrases, units=units), REMARKS)
    assert done.left == ()
    assert done.change is not None
    again = compile_plan(_source(*phrases, units=done.change.after), Selection.read(["unknown-unit"], None))
    assert [finding for finding in again.diagnostics if finding.severity == "error"] == []
    return done.change.after.decode()


def test_nineteen_names_are_nineteen_findings_and_one_command_registers_them(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each finding stands at the first place and has the others; what the file said before stays."""
    phrases = ("、".join(NAMES), "、".join(NAMES[:9]), "、".join(reversed(NAMES)))
    found = compile_plan(_source(*phrases)).diagnostics
    unknown = [finding for finding in found if finding.rule == "unknown-unit"]
    assert [finding.arguments["name"] for finding in unknown] == list(NAMES)
    assert [len(finding.related) for finding in unknown] == [2] * 9 + [1] * 10
    before = "# 名册\nunits:\n  - {name: 区财政局}   # 只有一家\n"
    folder = tmp_path / "plan"
    for name, text in _source(*phrases).files.items():
        path = folder / "2024" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if isinstance(text, str) else text.decode(), encoding="utf-8")
    (folder / "units.yaml").write_text(before, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    shown = run("units", "2024", "--add", "--dry-run")
    assert shown.stdout.count("\n+  - {name: ") == len(NAMES)
    assert (folder / "units.yaml").read_text(encoding="utf-8") == before
    told = json.loads(run("units", "2024", "--add", "--format", "json").stdout)
    assert [one["unit"] for one in told["added"]] == list(NAMES)
    assert {one["unit"] for one in told["added"] if one["open"]} == {"各市、州、县人民政府", "各金融机构"}
    assert (told["written"], told["file"]) == (True, "plan/units.yaml")
    assert sum(one["places"] for one in told["added"]) == len(NAMES) * 2 + 9
    assert (folder / "units.yaml").read_text(encoding="utf-8").startswith(before)
    assert "unknown-unit" not in run("check", "2024").stdout
    assert json.loads(run("units", "2024", "--add", "--format", "json").stdout)["added"] == []


def test_other_places_of_a_name_are_told_in_one_line() -> None:
    source = _source("区教育局", "区教育局", "区教育局")
    result = compile_plan(source, Selection.read(["unknown-unit"], None))
    report = REPORTERS["text"]([("2024", result)], catalogue("zh"), colour=False, width=0)
    assert "  → tasks.yaml:4:34、5:34 “区教育局”还写在这里（2 处）\n" in report


def test_no_unit_of_another_level_is_advised() -> None:
    units = "units:\n- {name: 区财政局}\n- {name: 省教育厅}\n"
    found = compile_plan(_source("省财政厅、区财政据、区教育厅", units=units)).diagnostics
    near = {one.arguments["name"]: one.arguments["near"] for one in found if one.rule == "unknown-unit"}
    assert near == {"省财政厅": "省教育厅", "区财政据": "区财政局", "区教育厅": ""}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        *(("区财政局", "区"), ("静安区财政局", "区"), ("省财政厅", "省"), ("财政厅", "省"), ("自治区财政厅", "省")),
        *(("市场监管局", ""), ("乡村振兴局", ""), ("国家税务总局", "国家"), ("东街街道", "街道"), ("团委", "")),
    ],
)
def test_the_level_of_a_name(name: str, found: str) -> None:
    assert level(name) == found
    assert may_be_one(name, "宣传部")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("区教育局", "unit"), ("各街镇", "group"), ("市、县人民政府", "group"), ("领导小组成员单位", "group")),
        *(("区委书记", "post"), ("分管副区长", "post"), ("综合科", "office"), ("区人社局就业科", "office")),
        *(("街道办事处", "unit"), ("公路管理处", "unit"), ("东街街道", "unit")),
    ],
)
def test_the_kind_of_a_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        *(("省住建厅", "省住房城乡建设厅", True), ("省人社厅", "省人力资源和社会保障厅", True)),
        *(
            ("区发改委", "区发展和改革委员会", True),
            ("区财政局", "静安区财政局", True),
            ("市文旅局", "市文化旅游局", True),
        ),
        *(
            ("市公安局", "市公安交管局", False),
            ("省住建厅", "市住房城乡建设厅", False),
            ("省农业公司", "省农业担保公司", False),
        ),
        *(("区教育局", "区交通局", False), ("区住建局", "区住房城乡建设厅", False)),
    ],
)
def test_a_short_form_is_one_of_the_same_level_and_end(name: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert longer_form(name, [name, other]) == (other if same else "")


def test_of_two_long_forms_none_is_guessed() -> None:
    assert longer_form("区财政局", ["静安区财政局", "黄浦区财政局"]) == ""


def test_a_name_gets_the_level_that_its_list_says_once() -> None:
    """区教育局、财政局: 区财政局; not so where it belongs to a province or stands alone elsewhere."""
    assert "{name: 区财政局}" in _written("区教育局、财政局")
    assert completed("湖北银保监局", ["省财政厅"]) == "湖北银保监局"
    assert "{name: 财政局}" in _written("区教育局、财政局", "财政局")


def test_spellings_of_one_unit_are_one_entry_to_be_confirmed() -> None:
    written = _written("省住建厅", "省住房城乡建设厅、省住建厅")
    assert "- {name: 省住建厅, aliases: [省住房城乡建设厅]}  # 同一个单位？\n" in written


@pytest.mark.parametrize(
    ("units", "written"),
    [
        ("units: []\n", "units:\n  # 请核对\n  - {name: 区民政局}\n"),
        ("units:\n", "units:\n  # 请核对\n  - {name: 区民政局}\n"),
        (None, "units:\n  # 请核对\n  - {name: 区民政局}\n"),
        ("# 名册\n", "# 名册\nunits:\n  # 请核对\n  - {name: 区民政局}\n"),
        (
            "units:\n- name: 甲\n  full: 乙 # 丙\n# 丁\n",
            "units:\n- name: 甲\n  full: 乙 # 丙\n# 请核对\n- {name: 区民政局}\n# 丁\n",
        ),
        ("units: [{name: 甲}]", "units: [{name: 甲}, {name: 区民政局}]"),
        ("units:\r\n  - {name: 甲}", "units:\r\n  - {name: 甲}\r\n  # 请核对\r\n  - {name: 区民政局}\r\n"),
        ("\ufeffunits:\n  - {name: 甲}\n", "\ufeffunits:\n  - {name: 甲}\n  # 请核对\n  - {name: 区民政局}\n"),
    ],
)
def test_entries_are_written_as_the_file_is(units: str | None, written: str) -> None:
    assert _written("区民政局", units=units) == written


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        ("- {name: 区住房城乡建设局}\n", "- {name: 区住房城乡建设局, aliases: [区住建局]}\n"),
        ("- {name: 区住房城乡建设局, aliases: [甲]}\n", "- {name: 区住房城乡建设局, aliases: [甲, 区住建局]}\n"),
        ("- {name: 区住房城乡建设局, aliases: []}\n", "- {name: 区住房城乡建设局, aliases: [区住建局]}\n"),
        (
            "- name: 区住房城乡建设局 # 乙\n- {name: 丙}\n",
            "- name: 区住房城乡建设局 # 乙\n  aliases: [区住建局]\n- {name: 丙}\n",
        ),
        (
            "- name: 区住房城乡建设局\n  aliases:\n    - 甲\n  open: no\n",
            "- name: 区住房城乡建设局\n  aliases:\n    - 甲\n    - 区住建局\n  open: no\n",
        ),
    ],
)
def test_another_spelling_of_a_registered_unit_is_put_into_its_entry(entry: str, written: str) -> None:
    assert _written("区住建局", units=f"units:\n{entry}") == f"units:\n{written}"


def test_a_member_without_an_entry_gets_one_with_the_spelling() -> None:
    units = "units:\n- {name: 各局, kind: group, members: [区住房城乡建设局]}\n"
    assert "- {name: 区住房城乡建设局, aliases: [区住建局]}" in _written("区住建局", units=units)


def test_a_name_that_yaml_would_misread_is_quoted() -> None:
    written = _written("甲公司[上海]、各县: 乡镇", units="units:\n- {name: 甲}\n")
    node, findings = syntax.parse(File("", written))
    assert findings == ()
    assert node is not None
    assert all(isinstance(part, Scalar | syntax.Mapping | syntax.Sequence) for part in syntax.walk(node))


@pytest.mark.parametrize(
    "units",
    ["units:\n- {name: 甲, nam: 乙}\n- {name: 甲}\n", "units: 甲\n", b"units:\n- {name: \xb1\xb1}\n", "units: [\n"],
)
def test_where_the_registry_is_at_fault_nothing_is_registered(units: str | bytes) -> None:
    done = additions(_source("区民政局", units=units), REMARKS)
    assert (done.units, done.aliases, done.change) == ((), (), None)
    assert {finding.severity for finding in done.left} == {"error"}


def test_a_registry_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "units.yaml").mkdir()
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "document.yaml").write_text(FRAME, encoding="utf-8")
    done = additions(Directory(tmp_path / "2024"), REMARKS)
    assert done.change is None
    assert "unreadable-file" in {finding.rule for finding in done.left}


def test_without_unknown_names_nothing_changes() -> None:
    done = additions(_source("区民政局", units="units:\n- {name: 区民政局}\n"), REMARKS)
    assert done == Additions((), (), None, (), done.result)


@pytest.mark.parametrize("year", ["2022", "2023"])
def test_all_names_of_a_real_plan_are_registered_from_nothing(year: str) -> None:
    """Whatever stands in the document: after it every name is known."""
    source = Directory(PLANS / year)
    files = {"document.yaml": source.read("document.yaml"), **{name: source.read(name) for name in source.parts()}}
    done = additions(Memory({**files, "../units.yaml": "units: []\n"}, year), REMARKS)
    assert done.left == ()
    assert done.change is not None
    plan = compile_plan(Memory({**files, "../units.yaml": done.change.after}, year))
    assert [finding.rule for finding in plan.diagnostics if finding.severity == "error"] == []


def test_dry_run_goes_with_add_and_faults_are_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan" / "2024").mkdir(parents=True)
    (tmp_path / "plan" / "units.yaml").write_text("units: 甲\n", encoding="utf-8")
    (tmp_path / "plan" / "2024" / "document.yaml").write_text(FRAME, encoding="utf-8")
    (tmp_path / "plan" / "2024" / "tasks.yaml").write_text("kind: tasks\nitems: []\n", encoding="utf-8")
    assert (ended := run("units", "--dry-run")).returncode == 2
    assert "--add" in ended.stderr
    ended = run("units", "--add")
    assert ended.returncode == 2
    assert "wrong-type" in ended.stderr
    assert "没有登记任何名称" in ended.stderr


@pytest.mark.parametrize(
    ("units", "names"),
    [
        ("区体育局会同区科委落实", ["区体育局", "区科委"]),
        ("区体育局会同有关部门落实", ["区体育局", "有关部门"]),
        ("区体育局会同区教育局落实", ["区体育局", "区教育局"]),
        ("区协同创新中心、区联合会", ["区协同创新中心", "区联合会"]),
    ],
)
def test_two_names_that_nobody_registered_are_two_where_one_acts_with_the_other(units: str, names: list[str]) -> None:
    """Registered as one name they would hide both units ever after."""
    (phrase,) = parse(units, book_of("units: [{name: 区教育局}]\n"))
    assert [name.printed for name in phrase.names] == names
