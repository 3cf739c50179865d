"""``check --fix``: corrects what has one right answer, and nothing else of a file changes."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workplan import compiler, view
from workplan.check.rules import every, stale_quote
from workplan.check.suppress import Selection
from workplan.diagnostic import Diagnostic, Replacement, Severity, has_errors
from workplan.language.model import Clause
from workplan.render import text as as_text
from workplan.resources.templates import Templates
from workplan.rewrite.fix import fixed
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from subprocess import CompletedProcess

    from workplan.language.scalar import Scalar
    from workplan.plan.compiled import Plan

    Project = Callable[[Mapping[str, str | bytes | None]], Path]
    Run = Callable[..., CompletedProcess[str]]

#: A plan with everything that an edit must leave alone: comments, key order, quotes of both kinds, line breaks, a tab.
TASKS = """# 一,注释 comment
title: '重点,任务'   # 尾,注
kind: tasks

items:
  - units: 区教育局
    text: >
      办好培训班,抓好
      落实,一项不漏。
    title: "加强\\t培训,提高'能力'"
"""
CLEAN = TASKS.replace("重点,", "重点，").replace("班,", "班，").replace("实,", "实，").replace("培训,", "培训，")


class Comma:
    """A rule of the tests' own: a comma of the keyboard, whose correction has a quotation mark or not."""

    ID, SEVERITY, SOURCE, BAD, GOOD = "missing-date", Severity.WARNING, "", "", ""
    right = "，"

    def check(self, plan: Plan) -> Iterator[Diagnostic]:
        for text in self._texts(plan):
            for place, sign in enumerate(text.text):
                if sign == ",":
                    span = text.part(place, place + 1)
                    yield Diagnostic(self.ID, span, {"year": ""}, self.SEVERITY, fix=(Replacement(span, self.right),))

    @staticmethod
    def _texts(plan: Plan) -> Iterator[Scalar]:
        for section in plan.sections:
            if section.part.title:
                yield section.part.title
        for _, numbered in plan.walk():
            item = numbered.item
            yield from (text for text in (item.title, item.text) if text) if isinstance(item, Clause) else ()


@pytest.fixture
def comma(monkeypatch: pytest.MonkeyPatch) -> Comma:
    """The rules of this test: the one of its own alone."""
    rule = Comma()
    monkeypatch.setattr(every, "RULES", {rule.ID: rule})
    return rule


def in_memory(tasks: str | bytes) -> Memory:
    units = "units: [{name: 区教育局}]\n"
    return Memory({"document.yaml": "title: 样本\nparts: [tasks]\n", "tasks.yaml": tasks, "../units.yaml": units})


def printed(tasks: str | bytes) -> str:
    plan = compiler.compile_plan(in_memory(tasks)).plan
    assert plan is not None
    return as_text.official(view.official(plan), Templates(None)).decode()


@pytest.mark.usefixtures("comma")
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_fix_changes_its_characters_and_no_other_byte(mark: bytes, end: str) -> None:
    source = in_memory(mark + TASKS.replace("\n", end).encode())
    done = fixed(source, Selection())
    assert [change.after for change in done.changes] == [mark + CLEAN.replace("\n", end).encode()]
    assert done.count == 4
    assert done.result.diagnostics == ()


@pytest.mark.usefixtures("comma")
def test_what_is_printed_changes_only_in_what_was_corrected() -> None:
    assert printed(CLEAN) == printed(TASKS).replace(",", "，")


@pytest.mark.usefixtures("comma")
def test_a_second_run_has_nothing_left_to_change() -> None:
    assert fixed(in_memory(CLEAN), Selection()).changes == ()


@pytest.mark.parametrize("right", ["'", '"', "\\", "''"])
def test_a_correction_within_quotes_is_written_as_the_quotes_want_it(comma: Comma, right: str) -> None:
    comma.right = right
    tasks = "kind: tasks\ntitle: '重,点'\nitems:\n  - {title: \"加,强\", units: 区教育局}\n"
    done = fixed(in_memory(tasks), Selection())
    plan = done.result.plan
    assert plan is not None
    assert str(plan.sections[0].part.title) == f"重{right}点"
    assert str(next(plan.walk())[1].item.title) == f"加{right}强"  # type: ignore[union-attr]


def test_a_correction_that_would_break_the_file_is_not_made_and_the_others_are(comma: Comma) -> None:
    comma.right = ": "
    tasks = 'kind: tasks\ntitle: 重,点\nitems:\n  - {title: "加,强", units: 区教育局}\n'
    (change,) = fixed(in_memory(tasks), Selection()).changes
    assert change.after.decode() == tasks.replace("加,强", "加: 强")


def test_corrections_that_touch_are_made_one_after_the_other(comma: Comma) -> None:
    assert comma.right == "，"
    tasks = 'kind: tasks\nitems:\n  - {title: "加,,,强", units: 区教育局}\n'
    (change,) = fixed(in_memory(tasks), Selection()).changes
    assert change.after.decode() == tasks.replace(",,,", "，，，")


def test_a_correction_that_would_bring_an_error_into_a_plan_without_one_is_not_made_and_the_others_are(
    comma: Comma, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(every, "RULES", {comma.ID: comma, stale_quote.ID: stale_quote})
    tasks = "kind: tasks\ntitle: 重,点\nitems:\n  - {title: 甲, text: '到6月,底前', due: '6月,底前', units: 区教育局}\n"
    done = fixed(in_memory(tasks), Selection())
    assert [change.after.decode() for change in done.changes] == [tasks.replace("重,点", "重，点")]
    assert done.count == 1
    assert not has_errors(done.result.diagnostics)


# ------------------------------------------------------------------------------------------- the rules' own corrections


def corrected(tasks: str) -> str:
    """The part after all corrections of all rules; a second run finds nothing more to change."""
    done = fixed(in_memory(tasks), Selection())
    after = done.changes[0].after.decode() if done.changes else tasks
    assert fixed(in_memory(after), Selection()).changes == ()
    return after


ITEM = "kind: tasks\ntitle: 重点任务\nitems:\n  - {{title: 甲, units: 区教育局}}\n{}"


@pytest.mark.parametrize(
    "words",
    [
        "  - title:三级之二\n",
        "  - 标题:三级之二\n",
        "  - text :三级\n",
        "  - [title:三级]\n",
        "  - text: 办好\n      units:区教育局\n",
    ],
)
def test_a_colon_that_may_be_that_of_a_key_is_left_to_a_person(words: str) -> None:
    assert corrected(ITEM.format(words)) == ITEM.format(words)


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("  - text: 目标:增收\n", "  - text: 目标：增收\n"),
        ("  - text: >\n      目标:增收\n", "  - text: >\n      目标：增收\n"),
        ("  - '目标:增收'\n", "  - '目标：增收'\n"),
        ("  - 办好讲座，目标:增收\n", "  - 办好讲座，目标：增收\n"),
    ],
)
def test_a_colon_that_is_none_of_a_key_is_corrected(words: str, right: str) -> None:
    assert corrected(ITEM.format(words)) == ITEM.format(right)


@pytest.mark.parametrize("mark", list(",;:?!，；：？！"))
@pytest.mark.parametrize("count", [2, 9, 14, 33])
def test_a_mark_many_times_in_a_row_is_corrected_to_one_in_one_run(mark: str, count: int) -> None:
    wide = dict(zip(",;:?!", "，；：？！", strict=True)).get(mark, mark)
    found = corrected(ITEM.format(f'  - text: "办班{mark * count}讲座。"\n'))
    assert f"办班{wide}讲座" in found or mark in "？！"


#: Signs of the keyboard and of Chinese, alone and many times; what rules look for; what is a key, or looks like one.
_SIGNS = list(":：,，;；.．。!！?？()（）[]【】〔〕\"'“”‘’、…—-－~～%％ 　《》·#&*|`@{}")
_WORDS = [
    "办班",
    "区教育局",
    "责任单位",
    "2026年",
    "6月底前",
    "１２",
    "3万5千",
    "2022.6.30",
    "一、",
    "（一）",
    "1.",
    "text",
    "units",
]
_WORDS += ["某政发[2026] 1号", '"四个"意识""', "“四个‘意识“要求’”", "企业企业", "2026-2027年", "数据数据数据"]
_STRETCH = st.one_of(
    st.sampled_from(_WORDS),
    st.builds(lambda sign, count: sign * count, st.sampled_from(_SIGNS), st.sampled_from([1, 1, 2, 3, 9, 33])),
)
_NOISE = st.lists(_STRETCH, min_size=1, max_size=8).map("".join)
_QUOTED = st.one_of(
    _NOISE,
    _NOISE.map(lambda text: "'" + text.replace("'", "''") + "'"),
    _NOISE.map(lambda text: '"' + text.replace('"', '\\"') + '"'),
    _NOISE.map(lambda text: f">\n        {text}"),
)


@settings(deadline=None, max_examples=60)
@given(_QUOTED, _QUOTED, _QUOTED, st.sampled_from(["", "::::::", "：", "`", '"']), st.integers(0, 200))
def test_whatever_is_written_a_second_run_changes_nothing(
    title: str, text: str, units: str, slip: str, at: int
) -> None:
    tasks = f"kind: tasks\ntitle: 重点任务\nitems:\n  - title: {title}\n    text: {text}\n    units: {units}\n"
    corrected(tasks[:at] + slip + tasks[at:])


def test_words_that_a_deadline_or_target_quotes_are_not_corrected_in_one_of_the_two_places() -> None:
    tasks = ITEM.format(
        "  - {title: 办班, text: '2022.6.30前办好(含夜校)３期，抓好,落实。', due: 2022.6.30前, targets: {办好(含夜校): ３期}, units: 区教育局}\n"
    )
    assert corrected(tasks) == tasks.replace("抓好,", "抓好，")


def test_the_name_of_a_column_and_a_label_are_keys_elsewhere_and_stay() -> None:
    tasks = ITEM.format(
        "  - {title: 乙, units: {责任单位(部门): 区教育局}}\n"
        "  - kind: table\n    columns: [单位, 金额(万元)]\n    rows: [{单位: '甲(乙)', 金额(万元): 3}]\n"
    )
    assert corrected(tasks) == tasks.replace("甲(乙)", "甲（乙）")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("'贯彻''四个意识''要求。'", "'贯彻‘四个意识’要求。'"),
        ('"贯彻\\"四个意识\\"要求。"', '"贯彻“四个意识”要求。"'),
        ("'贯彻\"四个意识\"要求。'", "'贯彻“四个意识”要求。'"),
        ('贯彻"四个意识"要求。', "贯彻“四个意识”要求。"),
    ],
)
def test_a_quotation_mark_within_quotes_goes_with_its_escape(written: str, right: str) -> None:
    assert corrected(ITEM.format(f"  - text: {written}\n")) == ITEM.format(f"  - text: {right}\n")


# ------------------------------------------------------------------------------------------- the call


SLIP = "kind：tasks\ntitle: 重点任务\nitems:\n  - {title: 加强培训, text: 办好培训班。, units: 区教育据}\n"


def test_fix_writes_the_files_and_reports_what_is_left(project: Project, run: Run) -> None:
    root = project({"tasks.yaml": SLIP})
    ended = run("check", "--fix")
    assert ended.returncode == 1
    assert "[unknown-unit]" in ended.stdout
    assert "lost-text" not in ended.stdout
    assert "1 处" in ended.stderr
    tasks = root / "plan/2022/tasks.yaml"
    assert tasks.read_text(encoding="utf-8") == SLIP.replace("kind：", "kind: ")
    assert run("check", "--fix").stderr == ""


def test_diff_shows_what_fix_would_change_and_writes_nothing(project: Project, run: Run) -> None:
    root = project({"tasks.yaml": SLIP})
    ended = run("check", "--fix", "--diff")
    assert ended.returncode == 1
    assert ended.stdout.splitlines()[:5] == [
        "--- plan/2022/tasks.yaml",
        "+++ plan/2022/tasks.yaml",
        "@@ -1,4 +1,4 @@",
        "-kind：tasks",
        "+kind: tasks",
    ]
    assert (root / "plan/2022/tasks.yaml").read_text(encoding="utf-8") == SLIP


def test_diff_of_a_plan_without_corrections_is_empty(project: Project, run: Run) -> None:
    project({})
    ended = run("check", "--fix", "--diff")
    assert (ended.returncode, ended.stdout) == (0, "")


@pytest.mark.parametrize("arguments", [("check", "--fix"), ("fmt",)])
def test_a_link_stays_a_link_and_a_file_keeps_its_permissions(
    arguments: tuple[str, ...], project: Project, run: Run
) -> None:
    """A registry that several offices share is changed where it lies."""
    root = project({"tasks.yaml": None, "shared/tasks.yaml": "title:   重,点\nkind: tasks\n"})
    shared = root / "shared/tasks.yaml"
    shared.chmod(0o640)
    link = root / "plan/2022/tasks.yaml"
    try:
        link.symlink_to(shared)
    except OSError:
        pytest.skip("no links here")
    before = shared.read_bytes()
    run(*arguments)
    assert link.is_symlink()
    assert shared.read_bytes() != before
    assert shared.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in shared.parent.iterdir()] == ["tasks.yaml"]


@pytest.mark.parametrize("arguments", [("check", "--fix"), ("fmt",)])
def test_a_file_that_is_read_only_is_left_alone(arguments: tuple[str, ...], project: Project, run: Run) -> None:
    path = project({"tasks.yaml": "title:   重,点\nkind: tasks\n"}) / "plan/2022/tasks.yaml"
    path.chmod(0o444)
    before = path.read_bytes()
    ended = run(*arguments)
    assert ended.returncode == 2
    assert "tasks.yaml" in ended.stderr
    assert " -o " not in ended.stderr
    assert path.read_bytes() == before
