"""Work that must not be done once for each pair of findings is counted, not timed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from workplan.check.suppress import Selection
from workplan.compiler import compile_plan
from workplan.language import edit, soundness, syntax
from workplan.language.scalar import File
from workplan.rewrite import fix
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workplan.language.scalar import Scalar

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
