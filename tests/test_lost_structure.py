"""What a missing blank, a bracket or a quote in the wrong place takes from a plan is an error at its own line."""

from __future__ import annotations

import pytest

from workplan.check.suppress import Selection
from workplan.compiler import compile_plan
from workplan.diagnostic import Severity
from workplan.language.model.decode import of_keys
from workplan.language.scalar import File
from workplan.language.syntax import parse
from workplan.rewrite.fix import fixed
from workplan.source import Memory

FRAME = "issuer: 示例区人民政府办公室\ntitle: 要点\nparts: [tasks]\n"
UNITS = "units:\n  - {name: 区教育局}\n  - {name: 区财政局}\n"
HEAD = "kind: tasks\ntitle: 重点任务\nitems:\n"
OTHER = "  - title: 乙\n    text: 内容。\n    units: 区教育局\n"


def plan(tasks: str, units: str = UNITS) -> Memory:
    return Memory({"document.yaml": FRAME, "tasks.yaml": tasks, "../units.yaml": units})


def errors(source: Memory) -> list[tuple[str, str, int, int]]:
    """Rule with variant, file, line and column of each error."""
    found = compile_plan(source).diagnostics
    return [
        (finding.key, finding.span.file, finding.span.line, finding.span.column)
        for finding in found
        if finding.severity is Severity.ERROR
    ]


@pytest.mark.parametrize(
    ("item", "found"),
    [
        ("  - title:甲\n    text:内容。\n    units:区教育局\n", [("no-blank", 4, 5), ("no-blank", 5, 5), ("no-blank", 6, 5)]),
        ("  - title:甲\n    text: 内容。\n", [("no-blank", 4, 5)]),
        ("  - title: 甲\n    text:内容。\n    units: 区教育局\n", [("no-blank", 5, 5)]),
        ("  - title: 甲\n    text: 内容。\n      units:区教育局\n", [("no-blank", 6, 7)]),
        ("  - title: 甲\n    text: 内容。\n    units:区教育局\n", [("no-blank", 6, 5)]),
        ("  - 标题:甲\n    正文:内容。\n", [("no-blank", 4, 5), ("no-blank", 5, 5)]),
        (
            "  - title: 甲\n    units: {牵头单位:区教育局,配合单位:区财政局}\n",
            [("no-blank-in-braces", 5, 13), ("no-blank-in-braces", 5, 23)],
        ),
        ("  - {title:甲, text: 内容。}\n", [("no-blank-in-braces", 4, 6)]),
        ("  -title: 甲\n   text: 内容。\n", [("dash-key", 4, 3)]),
        ("  - id: 子\n    title: 甲\n  -id: 丑\n    title: 丙\n", [("dash-key", 6, 3)]),
        ("  - title: 甲\n    clauses:\n      -内容。\n      -其他。\n", [("dash", 6, 7), ("dash", 7, 7)]),
        ("  - title: [重点]甲\n", [("brackets", 4, 12)]),
        ("  - {title: {重点}甲, text: 内容。}\n", [("brackets", 4, 13)]),
        ('  - title: 甲\n    text: "落实"一网统管"要求。"\n', [("quotes", 5, 11)]),
        ('  - title: "甲"乙"丙\n', [("quotes", 4, 12)]),
        ("  - title: '甲'乙'丙\n", [("quotes", 4, 12)]),
        ('  - title: 甲\n    text: "落实\n      要求"一网统管"。"\n', [("quotes", 5, 11)]),
    ],
)  # fmt: skip
def test_each_kind_of_lost_structure_is_told_where_it_stands(item: str, found: list[tuple[str, int, int]]) -> None:
    told = [
        (key, line, column) for key, file, line, column in errors(plan(HEAD + item + OTHER)) if file == "tasks.yaml"
    ]
    assert [entry for entry in told if entry[0].startswith("lost-structure")] == [
        (f"lost-structure.{variant}", line, column) for variant, line, column in found
    ]
    assert not [entry for entry in told if entry[0].startswith(("yaml-syntax", "empty-text", "missing-key"))]


def test_a_registry_without_blanks_is_told_once_for_each_unit() -> None:
    found = errors(plan(HEAD + OTHER, "units:\n  - {name:区教育局}\n"))
    assert [entry for entry in found if entry[1] == "../units.yaml"] == [
        ("lost-structure.no-blank-in-braces", "../units.yaml", 2, 6)
    ]


@pytest.mark.parametrize("style", ["", "|||||||  base\n    text: 旧。\n"])
def test_what_a_merge_left_is_told_with_both_halves(style: str) -> None:
    text = f"{HEAD}  - title: 甲\n<<<<<<< HEAD\n    text: 五所。\n{style}=======\n    text: 四所。\n>>>>>>> b1\n"
    _, (finding,) = parse(File("tasks.yaml", text))
    assert (finding.rule, finding.span.line) == ("merge-marker", 5)
    middle = 7 + style.count("\n")
    assert [(place.message, place.span.line) for place in finding.related] == [
        ("merge-marker.middle", middle),
        ("merge-marker.end", middle + 2),
    ]


def test_every_merge_of_a_file_is_told() -> None:
    conflict = "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b1\n"
    _, findings = parse(File("tasks.yaml", conflict * 2))
    assert [(finding.rule, finding.span.line) for finding in findings] == [("merge-marker", 1), ("merge-marker", 6)]


@pytest.mark.parametrize(
    "text",
    [
        "text: 上午9:30开会，比例为1:2\n",
        "text: 见http://a.cn/b和\n  https://a.cn\n",
        "text: 甲\n  app:乙\n",
        "text: 降幅\n  -5%\n",
        "text: -5%\n",
        "text: >\n  title:甲\n  -乙\n",
        "text: '\n  title:甲'\n",
        "text: '[重点]甲'\n",
        "text: 甲[重点]\n",
        "parts: [甲, 乙] # 丙\n",
        "text: 一是:甲\n  二是:乙\n",
        "text: 甲\n  一是:乙\n",
        'text: "甲"\nnote: "乙"\n',
        "units: 牵头单位:区教育局\n",
        "text: 甲\n  =======\n",
    ],
)
def test_what_is_plainly_text_is_no_lost_structure(text: str) -> None:
    node, findings = parse(File("a", text))
    assert node is not None
    assert of_keys(findings) == ()


def test_neither_a_rule_of_style_nor_a_correction_touches_what_may_be_syntax() -> None:
    source = plan(HEAD + "  - title:甲\n    text:内容,其他。\n    units:区教育局\n" + OTHER)
    found = compile_plan(source).diagnostics
    assert "half-width-mark" not in {finding.rule for finding in found}
    assert fixed(source, Selection()).changes == ()
