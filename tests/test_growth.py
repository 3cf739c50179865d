"""Work that must not be done once for each pair of findings is counted, not timed."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pytest

from workplan import view
from workplan.check.suppress import Selection
from workplan.compiler import compile_plan
from workplan.language import edit, line_diff, soundness, syntax
from workplan.language.scalar import File
from workplan.rewrite import fix
from workplan.source import Memory
from workplan.view import sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workplan.language.scalar import Scalar
    from workplan.view.assignments import Sheet

DOCUMENT = "issuer: 示例区人民政府办公室\ntitle: 要点\nparts: [tasks]\n"
UNITS = "units:\n  - {name: 区教育局}\n"
HEAD = "kind: tasks\ntitle: 重点任务\nitems:\n"


def plan(tasks: str) -> Memory:
    return Memory({"document.yaml": DOCUMENT, "tasks.yaml": tasks, "../units.yaml": UNITS})


def test_very_many_unknown_keys_are_each_told_and_left_out() -> None:
    result = compile_plan(plan(HEAD.replace("items:\n", "") + "".join(f"k{number}: 1\n" for number in range(3000))))
    assert sum(finding.rule == "unknown-key" for finding in result.diagnostics) == 3000
    assert result.plan is not None


def test_a_mapping_of_many_keys_finds_each_and_nothing_else() -> None:
    node, _ = syntax.parse(File("a", "".join(f"k{number}: v{number}\n" for number in range(40))))
    assert isinstance(node, syntax.Mapping)
    assert [str(node.get(f"k{number}")) for number in range(40)] == [f"v{number}" for number in range(40)]
    assert [str(node.key(f"k{number}")) for number in range(40)] == [f"k{number}" for number in range(40)]
    assert (node.get("k40"), node.key("k40")) == (None, None)


def test_corrections_that_would_break_a_file_are_left_and_the_others_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """One in a thousand takes a score of trials; each trial reads the whole file once."""
    items = "".join(f"  - {{title: 甲{number}, text: '内容,其他。', units: 区教育局}}\n" for number in range(300))
    source = plan(HEAD + items)
    read = 0
    parse = edit.scalars

    def counted(file: File) -> object:
        nonlocal read
        read += 1
        return parse(file)

    alike = soundness._Moved.reads_alike  # noqa: SLF001 - what is tried is seen nowhere else

    def spoilt(moved: soundness._Moved, file: File, before: tuple[Scalar, ...]) -> bool:
        return alike(moved, file, before) and not any(one.span.line == 100 for one in moved.edits)

    monkeypatch.setattr(soundness, "scalars", counted)
    monkeypatch.setattr(soundness._Moved, "reads_alike", spoilt)  # noqa: SLF001 - likewise
    done = fix.fixed(source, Selection())
    (change,) = done.changes
    assert change.after.decode().count("内容，其他") == 299
    assert read < 150


@pytest.mark.parametrize(
    ("comments", "left"),
    [
        ({1: "# workplan: ignore[half-width-mark]"}, [2, 3]),
        ({1: "# workplan: ignore[half-width-mark]", 3: "# workplan: ignore[half-width-mark]"}, [2]),
        ({0: "# workplan: ignore-file[half-width-mark]"}, []),
        ({0: "# workplan: ignore-file[half-width-mark]", 2: "# workplan: ignore[half-width-mark]"}, []),
    ],
)
def test_each_finding_is_ignored_by_the_comments_that_reach_it(comments: Mapping[int, str], left: list[int]) -> None:
    lines = [comments.get(0, "# 注"), *HEAD.splitlines()]
    for number in (1, 2, 3):
        lines += [f"  {comments[number]}"] if number in comments else []
        lines.append(f"  - {{title: 甲{number}, text: '内容,其他。', units: 区教育局}}")
    found = compile_plan(plan("\n".join(lines) + "\n")).diagnostics
    marked = [lines[finding.span.line - 1] for finding in found if finding.rule == "half-width-mark"]
    assert [int(line.partition("甲")[2][0]) for line in marked] == left


def counted(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[tuple[object, ...]]:
    """The arguments of every call of a function, which does what it always does."""
    calls: list[tuple[object, ...]] = []
    own: Callable[..., object] = getattr(owner, name)

    def counting(*arguments: object) -> object:
        calls.append(arguments)
        return own(*arguments)

    monkeypatch.setattr(owner, name, counting)
    return calls


def many_sheets(groups: str = "") -> tuple[Sheet, ...]:
    """The sheets of thirty units, each named in two tasks of its own; the first task names groups, too."""
    units = "units:\n" + "".join(f"  - {{name: 单位{number}}}\n" for number in range(30)) + groups
    named = [f"单位{number % 30}" + ("、各街镇" if groups and not number else "") for number in range(60)]
    tasks = "".join(f"  - {{title: 甲{number}, units: {names}}}\n" for number, names in enumerate(named))
    source = Memory({"document.yaml": DOCUMENT, "tasks.yaml": HEAD + tasks, "../units.yaml": units})
    compiled = compile_plan(source).plan
    assert compiled is not None
    return view.sheets(compiled, [f"单位{number}" for number in range(30)])


def test_a_sheet_is_made_of_the_rows_that_name_its_unit_without_asking_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries = counted(monkeypatch, sheet._Maker, "_entry")  # noqa: SLF001 - who is asked is seen nowhere else
    sheets = many_sheets()
    assert [[str(entry.row.title) for entry in one.tasks] for one in sheets] == [
        [f"甲{number}", f"甲{number + 30}"] for number in range(30)
    ]
    assert len(entries) == 60


def test_what_is_said_of_an_open_group_is_worded_once_for_all_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    worded = counted(monkeypatch, sheet, "_places")
    sheets = many_sheets("  - {name: 各街镇, kind: group, open: true}\n  - {name: 各园区, kind: group, open: true}\n")
    assert [[(str(one.group), *map(str, one.places)) for one in each.possible] for each in sheets] == [
        [("各街镇", "重点任务第一项")]
    ] * 30
    assert len(worded) == 1


def test_a_long_file_is_compared_in_short_stretches_and_its_diff_is_that_of_difflib(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Lines that come again (text: >) say nothing of what belongs together; those that stand once do."""
    old = [
        line
        for number in range(1000)
        for line in (f"  - title: 甲{number}\n", "    text: >\n", f"      内容,{number}。\n")
    ]
    new = [line.replace(",", "，") if not place % 7 else line for place, line in enumerate(old)]
    del new[1500:1503]
    new[90:90] = ["# 注\n", "# 注\n"]
    wanted = list(difflib.unified_diff(old, new, "a", "a"))
    compared = counted(monkeypatch, difflib.SequenceMatcher, "set_seqs")
    assert list(line_diff.unified(old, new, "a")) == wanted
    assert sorted(len(str(old)) if not isinstance(old, list) else len(old) for _, old, _ in compared)[-2:] < [
        10,
        3001,
    ]  # the whole is only handed over


def test_lines_that_stand_once_in_another_order_are_told_as_moved() -> None:
    old = [f"{number}\n" for number in range(3000)]
    new = [*old[1000:], *old[:1000]]
    lines = list(line_diff.unified(old, new, "a"))
    assert [line for line in lines if line[0] == "-"][1:] == [f"-{number}\n" for number in range(1000)]
    assert [line for line in lines if line[0] == "+"][1:] == [f"+{number}\n" for number in range(1000)]
    assert list(line_diff.unified(old, old, "a")) == []
