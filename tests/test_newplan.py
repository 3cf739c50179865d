"""Next year's plan from this year's: what moves, what stays, what is left open, and what wants a look."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workplan import view
from workplan.check.rules.leftover import Leftover, leftovers
from workplan.compiler import compile_plan
from workplan.diagnostic import has_errors
from workplan.language.scalar import File
from workplan.language.syntax import parse
from workplan.rewrite.newplan.carried import carry
from workplan.source import Directory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from subprocess import CompletedProcess

    from workplan.rewrite.newplan.carried import CarriedPlan

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT / "plan" / "2022"


def carried(folder: Path, year: str = "2023") -> CarriedPlan:
    source = Directory(folder)
    result = compile_plan(source)
    assert result.plan is not None
    return carry(year, source, result.plan, result.files, folder.parents[1])


def real(project: Callable[[Mapping[str, str | bytes | None]], Path]) -> Path:
    """A project with the issued plan of 2022."""
    files = {f"plan/2022/{path.name}": path.read_bytes() for path in REAL.iterdir()}
    return project({**files, "units.yaml": (ROOT / "plan" / "units.yaml").read_bytes()}) / "plan" / "2022"


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def test_of_the_real_plan_only_title_number_and_date_change(
    project: Callable[[Mapping[str, str | bytes | None]], Path],
) -> None:
    old = real(project)
    made = carried(old)
    new = old.parent / "2023"
    assert made.files == tuple(f"plan/2023/{name}" for name in sorted(path.name for path in old.iterdir()))
    assert lines(new / "document.yaml")[2] == "# workplan: from[2022]"
    changed = [
        pair
        for name in sorted(path.name for path in old.iterdir())
        for pair in zip(
            lines(old / name),
            [line for line in lines(new / name) if line != "# workplan: from[2022]"],
            strict=True,
        )
        if pair[0] != pair[1]
    ]
    assert changed == [
        ("number: 静合组办〔2022〕1号", "# number: 静合组办〔2022〕1号"),
        ("  2022年静安区东西部协作和", "  2023年静安区东西部协作和"),
        ("date: 2022-06-29", "# date: 2022-06-29"),
    ]
    first, second = compile_plan(Directory(old)).plan, made.result.plan
    assert first is not None
    assert second is not None
    assert [(row.id, row.text) for row in view.rows(first)] == [(row.id, row.text) for row in view.rows(second)]


def test_everything_in_the_real_plan_that_hangs_on_its_year_is_found_at_its_place(
    project: Callable[[Mapping[str, str | bytes | None]], Path],
) -> None:
    """Read by hand from the issued text: years, meetings, deadlines, figures, the epidemic and the anniversary."""
    made = carried(real(project))
    found = [
        (each.variant, str(each.arguments["words"])) for each in made.result.diagnostics if each.rule == "carried-over"
    ]
    assert sorted(found) == sorted(
        [
            ("", "2022"), ("", "2022"), ("", "2022"), ("", "2022"), ("", "2022"),
            ("turn", "关键之年"),
            ("meeting", "第三次新疆工作座谈会"), ("meeting", "第七次西藏工作座谈会"),
            ("round", "新一轮"), ("round", "新一轮"),
            ("quantity", "2名"), ("quantity", "2名"), ("quantity", "3个"), ("quantity", "3个"),
            ("day", "10月17日"),
            ("event", "疫情防控常态化"),
            ("anniversary", "30周年"),
            ("renamed", "区投资办"), ("renamed", "区投资办"),
        ]
    )  # fmt: skip
    for each in made.result.diagnostics:
        if each.rule == "carried-over":
            text = made.result.files[each.span.file].text
            assert text[each.span.start : each.span.end] == each.arguments["words"]
    others = {each.rule for each in made.result.diagnostics} - {"carried-over"}
    assert others >= {"missing-number", "missing-date"}, "number and date are open, and are said to be"
    assert not has_errors(made.result.diagnostics), "what the issued text slips in comes along, and is no error"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("贯彻“十四五”规划。", [("period", "“十四五”")]),
        ("贯彻十四五规划，共二十五年。", [("period", "十四五")]),
        ("二〇二二年、二○二二年、二零二二年、２０２２年。", [("", "二〇二二"), ("", "二○二二"), ("", "二零二二"), ("", "２０２２")]),
        ("2021年6月底前，12022人。", [("other-year", "2021"), ("day", "6月底"), ("quantity", "12022人")]),
        ("到2023年，到2025年。", [("other-year", "2025")]),
        ("党的二十大和二十届二中全会。", [("meeting", "党的二十大"), ("meeting", "二十届二中全会")]),
        ("比去年增长5.5%，近年来年均3次。", [("relative", "去年"), ("quantity", "5.5%"), ("quantity", "3次")]),
        ("迈向第二个百年奋斗目标，坚持二十四节气。", []),
        ("中发〔2020〕1号", [("other-year", "2020")]),
        ("办好第十届博览会，第12届运动会，第1项任务第10条。", [("meeting", "第十届博览会"), ("meeting", "第12届")]),
        ("开局之年、上半年、下一轮。", [("turn", "开局之年"), ("day", "上半年")]),
    ],
)  # fmt: skip
def test_what_is_looked_for(text: str, found: list[tuple[str, str]]) -> None:
    made = left_in(f"kind: tasks\nitems:\n  - id: 2022年的事\n    text: {text}\n")
    assert sorted((each.kind, each.words) for each in made) == sorted(found)


def left_in(text: str, renamed: dict[str, tuple[str, int]] | None = None) -> list[Leftover]:
    file = File("t.yaml", text)
    node, _ = parse(file)
    assert node is not None
    return list(leftovers(file, node, "2022", "2023", renamed or {}))


def test_what_text_and_key_both_say_is_told_once_and_what_the_key_alone_says_is_told() -> None:
    item = "kind: tasks\nitems:\n  - {{text: 9月底前新增学位2000个。, due: {}, targets: {{学位: {}}}}}\n"
    quoted = left_in(item.format("9月底前", "2000个"))
    assert [(each.kind, each.words) for each in quoted] == [("day", "9月底"), ("quantity", "2000个")]
    own = left_in(item.format("{date: 2022-12-31}", "{value: 3000个, unit: 个}"))
    assert [each.words for each in own] == ["9月底", "2000个", "2022", "3000个"]


def test_comments_that_still_say_the_old_year_are_found_and_names_for_life_are_not() -> None:
    text = "kind: tasks\n# 2022年的安排\nitems:\n  - id: 2022年\n    title: 甲 # 见2022年报告\n"
    found = [each.span.line for each in left_in(text)]
    assert found == [2, 5]


def test_a_unit_that_has_another_name_by_then_is_found() -> None:
    text = "kind: tasks\nitems:\n  - {title: 甲, units: 区商务委、区商务委员会、区投资办}\n"
    renamed = {"区商务委": ("区商务委员会", 2023), "区投资办": ("区投促办", 2024)}
    (found,) = left_in(text, renamed)
    assert (found.kind, found.now, found.since, found.span.column) == ("renamed", "区商务委员会", 2023, 23)


_FRAME = """\
# 说明
issuer: 甲办
number: 甲办〔2022〕1号   # 文号
title: {title}
parts: [tasks]
date: 2022-06-29
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2022年甲区工作要点", "2023年甲区工作要点"),
        ("甲区2022年度工作要点", "甲区2023年度工作要点"),
        ("二〇二二年工作要点", "二〇二三年工作要点"),
        ("二○二二年工作要点", "二○二三年工作要点"),
        ("２０２２年工作要点", "２０２３年工作要点"),
        ("2022—2024年行动计划", "2022—2024年行动计划"),
        ("2020—2022年行动计划", "2020—2022年行动计划"),
        ("2022年至2024年行动计划", "2022年至2024年行动计划"),
        ("关于落实《2022年乙市意见》的2022年工作要点", "关于落实《2022年乙市意见》的2023年工作要点"),
    ],
)
def test_in_a_title_only_the_plans_own_year_moves(
    old: str, new: str, project: Callable[[Mapping[str, str | bytes | None]], Path]
) -> None:
    folder = project({"document.yaml": _FRAME.format(title=old)}) / "plan" / "2022"
    assert carried(folder).result.plan is not None
    wanted = _FRAME.format(title=new).replace("number:", "# number:").replace("date:", "# date:")
    wanted = wanted.replace("issuer:", "# workplan: from[2022]\nissuer:")
    assert (folder.parent / "2023" / "document.yaml").read_text("utf-8") == wanted


def test_a_notice_follows_and_layout_bom_and_line_ends_stay(
    project: Callable[[Mapping[str, str | bytes | None]], Path],
) -> None:
    frame = (
        "\ufefftitle:   '2022年要点'  # 标题\r\nnotice: {title: 关于印发《2022年要点》的通知, date: 2022-06-29, text: 现印发给你们。}\r\n"
        "parts: [tasks]\r\ndate: ''\r\nimprint:\r\n  date: 2022-06-29\r\n"
    )
    folder = project({"document.yaml": frame}) / "plan" / "2022"
    made = carried(folder).result
    wanted = frame.replace("2022年要点", "2023年要点").replace(", date: 2022-06-29", "")
    wanted = wanted.replace("\ufeff", "\ufeff# workplan: from[2022]\r\n")
    assert (folder.parent / "2023" / "document.yaml").read_bytes().decode() == wanted
    assert made.plan is not None
    assert [each.span.line for each in made.diagnostics if each.arguments.get("words") == "2022"] == [7]


def test_a_plan_is_never_overwritten_and_a_faulty_one_not_carried(
    project: Callable[[Mapping[str, str | bytes | None]], Path], run: Callable[..., CompletedProcess[str]]
) -> None:
    folder = project({"plan/2023/甲.txt": "留着"})
    ended = run("new", "2023", "--from", "2022")
    assert (ended.returncode, "已经存在" in ended.stderr) == (2, True)
    assert [path.name for path in (folder / "plan" / "2023").iterdir()] == ["甲.txt"]
    (folder / "plan" / "2022" / "tasks.yaml").write_text("kind: 甲\n", "utf-8")
    assert run("new", "2024", "--from", "2022").returncode == 1
    assert not (folder / "plan" / "2024").exists()


def test_the_command_says_what_it_did_and_what_is_left_to_do(
    project: Callable[[Mapping[str, str | bytes | None]], Path], run: Callable[..., CompletedProcess[str]]
) -> None:
    real(project)
    ended = run("new", "2023", "--from", "2022")
    assert ended.returncode == 0
    assert "plan/2023/tasks.yaml:132:58 提示 “30周年”" in ended.stderr
    assert "发文字号和成文日期留空待填" in ended.stderr
    assert run("new", "2023", "--from", "2019").returncode == 2


# ------------------------------------------------------------------------------------------- the list that lasts

LAST = "kind: tasks\ntitle: 重点任务\nitems:\n  - {title: 甲, text: 培训3期，讲座5场。, units: 区教育局}\n"


def to_look_at(folder: Path) -> list[str]:
    """What ``check`` says of a plan's origin."""
    return [str(d.arguments["words"]) for d in compile_plan(Directory(folder)).diagnostics if d.rule == "carried-over"]


def test_check_repeats_the_list_until_each_place_is_changed_or_ticked_off(
    project: Callable[[Mapping[str, str | bytes | None]], Path],
) -> None:
    folder = project({"tasks.yaml": LAST}) / "plan" / "2022"
    assert to_look_at(folder) == [], "a plan of its own is no copy"
    carried(folder)
    new = folder.parent / "2023"
    tasks = new / "tasks.yaml"
    first = to_look_at(new)
    assert first[-2:] == ["3期", "5场"]
    tasks.write_text(LAST.replace("3期", "4期"), "utf-8")
    assert to_look_at(new)[-1:] == ["5场"]
    assert "4期" not in to_look_at(new), "what reads otherwise than last year was looked at"
    tasks.write_text(LAST.replace("  - {", "  # workplan: ignore[carried-over]\n  - {"), "utf-8")
    assert to_look_at(new) == first[:-2]
    document = new / "document.yaml"
    document.write_text(document.read_text("utf-8").replace("# workplan: from[2022]\n", ""), "utf-8")
    assert to_look_at(new) == [], "without the comment that remembers there is no list"


def test_what_was_ticked_off_is_to_be_looked_at_again_in_the_year_after(
    project: Callable[[Mapping[str, str | bytes | None]], Path],
) -> None:
    ticked = (
        "kind: tasks\ntitle: 重点任务\nitems:\n  # workplan: ignore[carried-over]\n"
        "  - {title: 甲, text: 培训3期。, units: 区教育局}  # workplan: ignore[carried-over]\n"
        "  - {title: 乙, text: 讲座。, units: 区教育局}  # workplan: ignore[vague-unit, carried-over]\n"
    )
    folder = project({"tasks.yaml": ticked}) / "plan" / "2022"
    carried(folder)
    assert (folder.parent / "2023" / "tasks.yaml").read_text("utf-8") == (
        "kind: tasks\ntitle: 重点任务\nitems:\n"
        "  - {title: 甲, text: 培训3期。, units: 区教育局}\n"
        "  - {title: 乙, text: 讲座。, units: 区教育局}  # workplan: ignore[vague-unit]\n"
    )


def test_a_plan_made_from_a_copy_remembers_the_copy(
    project: Callable[[Mapping[str, str | bytes | None]], Path],
) -> None:
    folder = project({"tasks.yaml": LAST}) / "plan" / "2022"
    carried(folder)
    carried(folder.parent / "2023", "2024")
    assert (folder.parent / "2024" / "document.yaml").read_text("utf-8").count("# workplan: from[") == 1
    assert "# workplan: from[2023]" in (folder.parent / "2024" / "document.yaml").read_text("utf-8")


def test_the_list_can_be_written_to_a_file_and_as_json(
    project: Callable[[Mapping[str, str | bytes | None]], Path], run: Callable[..., CompletedProcess[str]]
) -> None:
    root = project({"tasks.yaml": LAST})
    assert run("new", "2023", "--from", "2022", "-o", "list.txt").returncode == 0
    assert "“3期”" in (root / "list.txt").read_text("utf-8")
    ended = run("new", "2024", "--from", "2022", "--format", "json")
    shape = json.loads(ended.stdout)
    assert shape["version"] == 1
    assert "3期" in [one["message"][1:3] for one in shape["diagnostics"] if one["rule"] == "carried-over"]
    assert run("new", "2025", "-o", "list.txt").returncode == 2


def test_several_plans_of_one_year_have_names_that_begin_with_it(
    project: Callable[[Mapping[str, str | bytes | None]], Path], run: Callable[..., CompletedProcess[str]]
) -> None:
    root = project({"units.yaml": None})
    assert run("new", "2023民生实事").returncode == 0
    assert run("check", "2023民生实事").returncode == 0
    assert "2023年示例区" in (root / "plan/2023民生实事/document.yaml").read_text("utf-8")
    assert run("new", "2024民生实事", "--from", "2023民生实事").returncode == 0
    assert "2024年示例区" in (root / "plan/2024民生实事/document.yaml").read_text("utf-8")
    for name in ("民生", "20231", "2023/..", "2023.", "2023 a"):
        assert run("new", name).returncode == 2, name


def test_index_and_day_of_publication_are_left_open(
    project: Callable[[Mapping[str, str | bytes | None]], Path],
) -> None:
    document = (
        "title: 2022年要点\nparts: [tasks]\ndisclosure:\n  index: 1/2022-1\n  topic: 农业\n  published: 2022-07-01\n"
    )
    root = project(
        {"document.yaml": document, "tasks.yaml": "kind: tasks\nitems:\n  - {title: 培训, units: 区教育局}\n"}
    )
    made = carried(root / "plan" / "2022").result.plan
    assert made is not None
    assert made.document.disclosure is not None
    said = made.document.disclosure
    assert (said.index, said.topic and said.topic.text, said.published) == (None, "农业", None)
