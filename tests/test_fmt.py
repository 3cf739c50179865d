"""``workplan fmt``: one layout for all, in which a plan says and prints what it said before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from workplan import view
from workplan.compiler import compile_plan
from workplan.language.comments import comments
from workplan.language.model import Document, Part, Registry
from workplan.language.scalar import File, Scalar
from workplan.language.syntax import parse, walk
from workplan.render import text as as_text
from workplan.resources.templates import Templates
from workplan.rewrite.fmt import canonical, formatted
from workplan.source import Directory, Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from subprocess import CompletedProcess

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

REPOSITORY = Path(__file__).parents[1]
FILES = sorted(
    path
    for folder in ("plan", "templates/new", "tests/plans", "tests/samples/good", "tests/samples/bad")
    for path in (REPOSITORY / folder).rglob("*.yaml")
    if path.is_file()
)
KINDS = {"document": Document, "units": Registry}


def kind(path: Path) -> object:
    return next((found for word, found in KINDS.items() if path.name.endswith(f"{word}.yaml")), Part)


def laid_out(text: str, what: object = Part) -> str:
    return canonical(File("a.yaml", text), what)  # type: ignore[arg-type]


def content(text: str) -> tuple[list[str], list[str]]:
    """The texts and the comments of a file in sorted order."""
    file = File("a.yaml", text)
    root, findings = parse(file)
    assert root is not None
    assert not findings
    texts = sorted(
        repr((node.text, node.lines if node.style == "|" else ())) for node in walk(root) if isinstance(node, Scalar)
    )
    return texts, sorted(comment.text for comment in comments(file, root))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_a_second_run_changes_nothing(path: Path) -> None:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    once = laid_out(text, kind(path))
    assert laid_out(once, kind(path)) == once


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_every_text_and_comment_survives(path: Path) -> None:
    try:
        file = File(path.name, path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        return
    root, findings = parse(file)
    if root is None or findings:
        assert laid_out(file.text, kind(path)) == file.text
        return
    after = laid_out(file.text, kind(path))
    assert content(after) == content(file.text)
    assert ("\r\n" in after) == ("\r\n" in file.text), "line ends stay"
    assert after.endswith("\n")
    assert [line for line in after.splitlines() if line != line.rstrip(" ")] == []


@pytest.mark.parametrize(
    "plan", sorted(path.parent for path in FILES if path.name == "document.yaml" and "bad" not in path.parts)
)
def test_what_is_printed_stays_to_the_letter(plan: Path) -> None:
    source = Directory(plan)
    if not (plan.parent / "units.yaml").is_file():
        source_files = {name: source.read(name) for name in source.parts()}
        before = Memory({**source_files, "../units.yaml": (plan / "units.yaml").read_bytes()})
    else:
        source_files = {name: source.read(name) for name in (*source.parts(), "../units.yaml")}
        before = Memory(source_files)
    changes, findings = formatted(before)
    assert findings == ()
    after = Memory({**before.files, **{change.file: change.after for change in changes}})
    assert printed(after) == printed(before)


def printed(source: Memory) -> bytes:
    plan = compile_plan(source).plan
    assert plan is not None
    return as_text.official(view.official(plan), Templates(None))


def test_the_shipped_plan_is_laid_out_as_it_should_be() -> None:
    assert formatted(Directory(REPOSITORY / "plan/2022")) == ((), ())


def test_everything_that_has_one_layout_gets_it() -> None:
    text = (
        "\n\n# 头\ntitle: '重点任务'   # 尾\r\nkind:   tasks\n\n\n\nitems:\n"
        '- units:   区教育局\n  # 正文\n  text: 甲。乙。\n      丙，\n      丁。\n  title: "加强培训"\n'
        "- id: '1'\n  title: ' 前有空格'   \n  text: |\n      戊\n      己\n  # 末\n# 尾注"
    )
    assert laid_out(text) == (
        "# 头\nkind: tasks\ntitle: 重点任务   # 尾\n\nitems:\n"
        "  - title: 加强培训\n    # 正文\n    text: >\n      甲。\n      乙。\n      丙，\n      丁。\n    units: 区教育局\n"
        "  - id: '1'\n    title: ' 前有空格'\n    text: |\n      戊\n      己\n    # 末\n# 尾注\n"
    )


def test_a_sentence_that_a_blank_follows_is_not_parted_there() -> None:
    text = "kind: tasks\ntext: >\n  甲。 乙。“丙。”丁（戊。）己！！庚\n"
    assert laid_out(text) == "kind: tasks\ntext: >\n  甲。 乙。\n  “丙。”\n  丁（戊。）\n  己！！\n  庚\n"


def test_brackets_stay_as_they_were_written() -> None:
    text = "kind: table\ncolumns: [序号,  任务]\nrows:\n  - {序号: 1,   # 一\n     任务: 甲}\n"
    assert laid_out(text) == text


def test_a_comment_that_stands_too_deep_stays_with_its_item() -> None:
    text = "kind: tasks\nitems:\n  - title: 甲\n    units: 局\n  - title: 乙\n      # 说的是乙\n    units: 局\n"
    assert laid_out(text) == text.replace("      # 说的是乙", "    # 说的是乙")


def test_a_comment_behind_brackets_or_quotes_of_several_lines_stays_behind_them() -> None:
    text = "kind:   tasks\nitems:\n  - {title: 甲, text: \"子\\\n      丑\"}  # 一\n  - title: '乙\n      丙'  # 二\n"
    assert laid_out(text) == text.replace("kind:   tasks", "kind: tasks")


def test_a_comment_to_the_program_goes_with_its_key() -> None:
    text = "# 头\n# workplan: ignore[doubtful-annotation]\ntitle: 甲\n\nkind: tasks\nitems: []\n"
    assert laid_out(text) == "# 头\nkind: tasks\n# workplan: ignore[doubtful-annotation]\ntitle: 甲\nitems: []\n"


_WORDS = st.text("甲乙。！，a1 ’”#:'\"-", min_size=1, max_size=12)
_ITEMS = st.recursive(
    st.fixed_dictionaries({"title": _WORDS}, optional={"text": _WORDS, "units": _WORDS}),
    lambda items: st.fixed_dictionaries({"title": _WORDS, "items": st.lists(items, min_size=1, max_size=3)}),
    max_leaves=6,
)


@given(items=st.lists(_ITEMS, min_size=1, max_size=3), style=st.sampled_from(["block", "commented", "flow", "mixed"]))
@settings(max_examples=60, deadline=None)
def test_any_plan_means_the_same_afterwards_and_is_laid_out_once(items: list[object], style: str) -> None:
    flow = {"flow": True, "mixed": None}.get(style, False)
    text = yaml.dump({"items": items, "kind": "tasks"}, allow_unicode=True, default_flow_style=flow)
    if style == "commented":
        text = "".join(f"# 注{place}\n{line}" for place, line in enumerate(text.splitlines(keepends=True)))
    root, findings = parse(File("a.yaml", text))
    if root is None or findings:
        return
    once = laid_out(text)
    assert laid_out(once) == once
    assert content(once) == content(text)


# ------------------------------------------------------------------------------------------- the call


UGLY = "title:  重点任务\nkind: tasks\nitems:\n- {title: 加强培训, text: 办好培训班。, units: 区教育局}\n"
TIDY = "kind: tasks\ntitle: 重点任务\nitems:\n  - {title: 加强培训, text: 办好培训班。, units: 区教育局}\n"


def test_fmt_writes_what_check_and_diff_only_tell(project: Project, run: Run) -> None:
    root = project({"tasks.yaml": UGLY})
    tasks = root / "plan/2022/tasks.yaml"
    checked = run("fmt", "--check")
    assert checked.returncode == 1
    assert checked.stderr == "需要整理 plan/2022/tasks.yaml\n"
    shown = run("fmt", "--diff")
    assert shown.returncode == 1
    assert "+title: 重点任务" in shown.stdout
    assert tasks.read_text(encoding="utf-8") == UGLY
    done = run("fmt")
    assert (done.returncode, done.stderr) == (0, "已整理 plan/2022/tasks.yaml\n")
    assert tasks.read_text(encoding="utf-8") == TIDY
    assert run("fmt", "--check").returncode == 0


def test_a_file_with_errors_is_told_and_left_alone(project: Project, run: Run) -> None:
    root = project({"tasks.yaml": "kind: tasks\n\ttitle: 甲\n"})
    ended = run("fmt")
    assert ended.returncode == 1
    assert "plan/2022/tasks.yaml:2:1 " in ended.stderr
    assert (root / "plan/2022/tasks.yaml").read_text(encoding="utf-8") == "kind: tasks\n\ttitle: 甲\n"
