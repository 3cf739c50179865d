"""What the text lays down for all that follows is told with the key of ``rules`` that says it, and written by ``--fix`` where safe."""

from __future__ import annotations

import pytest

from workplan import view
from workplan.check.suppress import Selection
from workplan.compiler import Result, compile_plan
from workplan.rewrite.fix import fixed
from workplan.source import Memory

FRAME = "title: 2026年要点\nnumber: ''\ndate: ''\nparts: [tasks]\n"
UNITS = "units:\n" + "".join(f"  - {{name: {name}}}\n" for name in ("市水务局", "市城管局", "市林业局"))
UNITS += "  - {name: 各乡镇, kind: group, open: true}\n"
FIRST = "市水务局、市城管局，市林业局。列第一位的为牵头单位，下同"
COMMA = "市水务局、市城管局，市林业局。逗号前为牵头单位，下同"
SEVERAL = "市水务局、市城管局、市林业局。前两家为牵头单位，下同"
EVERYONE = "市水务局。以下均需各乡镇落实，不再列出"
REST = "市水务局★、市城管局。带★的为牵头单位，其余为配合单位，下同"
ALONE = "市水务局（牵头）、市城管局。其余单位为配合单位，下同"
FIRST_AND_REST = "市水务局、市城管局。列第一位的为牵头单位，其余为配合单位，下同"
BOTH = "市水务局、市城管局。列第一位的为牵头单位，下同。以下均需各乡镇落实，不再列出"


def source(said: str, frame: str = FRAME) -> Memory:
    tasks = (
        f"kind: tasks\nitems:\n  - {{title: 甲, text: 清淤。（责任单位：{said}）}}\n"
        "  - {title: 乙, text: 植树。（责任单位：市林业局、市城管局，市水务局）}\n"
    )
    files = {"document.yaml": frame, "tasks.yaml": tasks, "../units.yaml": UNITS}
    return Memory({name: text.encode() for name, text in files.items()}, "2026")


def told(result: Result) -> list[str]:
    return [one.key for one in result.diagnostics if one.rule in ("missing-lead", "missing-rest", "missing-everyone")]


def second(result: Result) -> str:
    """Who answers for the second task, and how."""
    assert result.plan is not None
    row = view.rows(result.plan)[1]
    return " ".join(f"{one.unit}={one.role}" for one in row.named)


@pytest.mark.parametrize(
    ("said", "keys", "line", "units"),
    [
        (FIRST, ["missing-lead.first"], "first: lead", "市林业局=lead 市城管局=responsible 市水务局=responsible"),
        (COMMA, ["missing-lead.comma"], "first: before-comma", "市林业局=lead 市城管局=lead 市水务局=responsible"),
        (
            EVERYONE,
            ["missing-everyone"],
            "everyone: 各乡镇",
            "市林业局=responsible 市城管局=responsible 市水务局=responsible 各乡镇=responsible",
        ),
        (REST, ["missing-rest"], "rest: support", "市林业局=responsible 市城管局=responsible 市水务局=responsible"),
        (ALONE, ["missing-rest"], "rest: support", "市林业局=responsible 市城管局=responsible 市水务局=responsible"),
        (
            FIRST_AND_REST,
            ["missing-lead.first", "missing-rest"],
            "first: lead, rest: support",
            "市林业局=lead 市城管局=support 市水务局=support",
        ),
        (
            BOTH,
            ["missing-lead.first", "missing-everyone"],
            "first: lead, everyone: 各乡镇",
            "市林业局=lead 市城管局=responsible 市水务局=responsible 各乡镇=responsible",
        ),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_kind_is_told_and_written_once_and_then_holds(
    said: str, keys: list[str], line: str, units: str, end: str
) -> None:
    plan = source(said, FRAME.replace("\n", end))
    assert told(compile_plan(plan)) == keys
    made = fixed(plan, Selection())
    (change,) = [one for one in made.changes if one.after]
    assert change.after.decode() == FRAME.replace("\n", end) + f"rules: {{{line}}}{end}"
    assert told(made.result) == []
    assert second(made.result) == units


@pytest.mark.parametrize(
    ("said", "frame", "key"),
    [
        (SEVERAL, FRAME, "missing-lead.several"),
        (FIRST, FRAME + "rules: {verbs: {盯办: lead}}\n", "missing-lead.first"),
        (EVERYONE.replace("各乡镇", "各旗镇"), FRAME, "missing-everyone"),
        (FIRST, "{title: 2026年要点, number: '', date: '', parts: [tasks]}\n", "missing-lead.first"),
    ],
    ids=["several", "rules stand already", "unregistered", "frame in braces"],
)
def test_what_cannot_be_said_or_written_without_loss_is_left_to_a_person(said: str, frame: str, key: str) -> None:
    plan = source(said, frame)
    assert told(compile_plan(plan)) == [key]
    assert fixed(plan, Selection()).changes == ()


@pytest.mark.parametrize("said", [FIRST.removesuffix("，下同"), "市水务局、市城管局★，带★的为牵头单位，下同"])
def test_what_holds_for_its_own_phrase_alone_or_is_marked_at_each_name_asks_for_nothing(said: str) -> None:
    assert told(compile_plan(source(said))) == []


@pytest.mark.parametrize(
    ("units", "roles"),
    [
        ("市水务局★、市城管局、市林业局", "市水务局=lead 市城管局=support 市林业局=support"),
        ("市水务局、市城管局", "市水务局=responsible 市城管局=responsible"),
        ("市水务局牵头，市城管局配合，市林业局落实", "市水务局=lead 市城管局=support 市林业局=responsible"),
        ("{牵头单位: 市水务局, 责任单位: 市城管局}", "市水务局=lead 市城管局=responsible"),
        ("{牵头单位: 市水务局、市林业局}", "市水务局=lead 市林业局=lead"),
    ],
)
def test_the_rest_supports_in_a_list_that_has_a_leader_and_no_verb(units: str, roles: str) -> None:
    frame = FRAME + "rules: {rest: support}\n"
    tasks = f"kind: tasks\nitems:\n  - {{title: 甲, text: 办好。, units: {units}}}\n"
    made = compile_plan(Memory({"document.yaml": frame, "tasks.yaml": tasks, "../units.yaml": UNITS}, "2026"))
    assert made.plan is not None
    (row,) = view.rows(made.plan)
    assert " ".join(f"{one.unit}={one.role}" for one in row.named) == roles


def test_the_sentence_itself_gives_its_own_list_the_roles() -> None:
    for said in (REST, ALONE, FIRST_AND_REST):
        made = compile_plan(source(said))
        assert made.plan is not None
        assert [one.role for one in view.rows(made.plan)[0].named] == ["lead", "support"]


def test_rules_that_say_it_already_are_heard() -> None:
    assert told(compile_plan(source(BOTH, FRAME + "rules: {first: lead, everyone: 各乡镇}\n"))) == []
    assert told(compile_plan(source(FIRST_AND_REST, FRAME + "rules: {first: lead, rest: support}\n"))) == []
    assert told(compile_plan(source(FIRST_AND_REST, FRAME + "rules: {first: lead}\n"))) == ["missing-rest"]


# ------------------------------------------------------------------------------------------------- 附件说明


@pytest.mark.parametrize(
    "part",
    [
        "kind: tasks\ntitle: 任务\nlisted: 任务清单\nitems: [{title: 甲, text: 办好。, units: 市水务局}]\n",
        "kind: table\ntitle: 表\nlisted: 单位表\ncolumns: [单位]\nrows: [{单位: 市水务局}]\n",
        "kind: prose\nitems:\n  - {kind: table, title: 表, listed: 单位表, columns: [单位], rows: [{单位: 市水务局}]}\n",
    ],
    ids=["part", "table", "table among items"],
)
def test_a_name_for_the_list_of_attachments_is_told_where_there_is_no_line_for_it(part: str) -> None:
    files = {"document.yaml": FRAME, "tasks.yaml": part, "../units.yaml": UNITS}
    result = compile_plan(Memory({name: text.encode() for name, text in files.items()}, "2026"))
    (finding,) = [one for one in result.diagnostics if one.rule == "listed-outside"]
    text = files["tasks.yaml"]
    assert text[finding.span.start : finding.span.end] == "listed"
    files |= {"document.yaml": FRAME.replace("parts: [tasks]", "parts: []\nattachments: [tasks]")}
    result = compile_plan(Memory({name: text.encode() for name, text in files.items()}, "2026"))
    outside = [one.rule for one in result.diagnostics if one.rule == "listed-outside"]
    assert outside == (["listed-outside"] if part.startswith("kind: prose") else [])
