"""Keys and values in the words of those who write plans: each leads to the key that is meant, with a fix."""

from __future__ import annotations

import pytest

from workplan.check.suppress import Selection
from workplan.compiler import compile_plan
from workplan.language.model import Item, ItemsPart, Registry, Style, TablePart, Unit
from workplan.language.model.decode import every_key
from workplan.language.model.schema import keys, record_types
from workplan.language.model.words import glossed_keys, meant_key, meant_value
from workplan.language.scalar import File
from workplan.language.syntax import Mapping, parse
from workplan.resources.messages import catalogue, user_words
from workplan.rewrite.fix import fixed
from workplan.source import Memory

FRAME = "title: 甲\nparts: [tasks]\ndate: ''\nnumber: ''\n"
UNITS = "units:\n- {name: 区教育局}\n- {name: 区体育局}\n"
WRITTEN = """\
类型: 重点任务
标题: 重点任务        # 第二部分
任务:
  - 标题: 教育
    内容:
      - 标题: 增加学位供给
        正文: 9月底前新增学位2000个。
        责任单位: 区教育局
        完成时限: 9月底前
  - title: 体育
    内容: 12月底前建好健身步道5条。
    单位: 区体育局
    deadline: 12月底前
"""
MEANT = """\
kind: tasks
title: 重点任务        # 第二部分
items:
  - title: 教育
    items:
      - title: 增加学位供给
        text: 9月底前新增学位2000个。
        units: 区教育局
        due: 9月底前
  - title: 体育
    text: 12月底前建好健身步道5条。
    units: 区体育局
    due: 12月底前
"""


def _source(tasks: str, document: str = FRAME, units: str = UNITS) -> Memory:
    return Memory({"document.yaml": document, "tasks.yaml": tasks, "../units.yaml": units}, "2024")


def _told(tasks: str, document: str = FRAME, units: str = UNITS) -> list[tuple[str, str, object, object]]:
    found = compile_plan(_source(tasks, document, units)).diagnostics
    return [
        (one.rule, one.variant, one.arguments.get("near"), one.fix and one.fix[0].text)
        for one in found
        if one.rule in ("unknown-key", "bad-value", "lost-text")
    ]


def test_a_part_written_in_chinese_keys_is_corrected_whole() -> None:
    """Layout and comments stay; a second run has nothing to do."""
    done = fixed(_source(WRITTEN), Selection())
    assert [change.after.decode() for change in done.changes] == [MEANT]
    assert [one for one in done.result.diagnostics if one.severity == "error"] == []
    assert fixed(_source(MEANT), Selection.read(["unknown-key", "bad-value"], None)).changes == ()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("- {title: 甲, deadline: 5月}", ("unknown-key", "near", "due", "due")),
        ("- {title: 甲, 完成时限: 5月}", ("unknown-key", "near", "due", "due")),
        ("- {title: 甲, 内容: 乙。}", ("unknown-key", "near", "text", "text")),
        ("- {title: 甲, 内容: [{title: 乙}]}", ("unknown-key", "near", "items", "items")),
        ("- {title: 甲, 标题: 乙}", ("unknown-key", "near", "title", None)),
        ("- {title: 甲, 牵头单位: 区教育局}", ("unknown-key", "role", "", None)),
        ("- {title: 甲, 随便: 乙}", ("unknown-key", "", "", None)),
    ],
)
def test_a_word_leads_to_the_key_that_is_meant(written: str, told: tuple[str, str, str, str | None]) -> None:
    """By its place and by what is written under it; where the key is there already, nothing is put in its place."""
    assert _told(f"kind: tasks\nitems:\n{written}\n") == [told]


@pytest.mark.parametrize("kind", ["重点任务", "任务"])
def test_a_kind_in_chinese_gets_the_english_one(kind: str) -> None:
    assert _told(f"kind: {kind}\nitems: []\n") == [("bad-value", "meant", "tasks", "tasks")]


def test_a_word_means_what_its_file_needs() -> None:
    """文号 and 单位 are other keys in document.yaml and units.yaml than among items."""
    assert _told("kind: tasks\nitems: []\n", document=FRAME.replace("number", "文号")) == [
        ("unknown-key", "near", "number", "number")
    ]
    assert meant_key("单位", None, Unit, keys(Unit)) == "name"
    assert meant_key("单位", None, Registry, keys(Registry)) == "units"
    assert meant_key("单位", None, Item, keys(Item)) == "units"
    assert meant_key("编号", None, Style, keys(Style)) == "numbering"
    assert meant_key("编号", None, Item, keys(Item)) == "number"
    node, _ = parse(File("", "内容:\n- {指标: 甲}\n"))
    assert isinstance(node, Mapping)
    assert meant_key("内容", node.get("内容"), TablePart, keys(TablePart)) == "rows"
    assert meant_value("配合", ("lead", "support")) == "support"


def test_lists_of_keys_carry_their_chinese_names() -> None:
    (finding,) = compile_plan(_source("kind: tasks\nitems:\n- {title: 甲, zzzzqq: 乙}\n")).diagnostics[:1]
    assert finding.rule == "unknown-key"
    shown = [catalogue(language).hint(finding.key, finding.arguments) for language in ("zh", "en")]
    assert "title（标题）、text（正文）、units（责任单位）、due（完成时限）" in shown[0]
    assert "title (标题), text (正文), units (责任单位), due (完成时限)" in shown[1]
    (finding,) = compile_plan(_source("kind: zzzz\nitems: []\n")).diagnostics[:1]
    assert "tasks（重点任务）、safeguards（保障措施）" in catalogue("zh").hint(finding.key, finding.arguments)


def test_every_key_has_a_chinese_name_and_every_name_a_key() -> None:
    without = {
        (kind.__name__, key)
        for kind in record_types()
        for key in keys(kind)
        if key.isascii() and "(" not in glossed_keys(kind, [key])
    }
    assert without == set()
    assert user_words("keys").keys() <= every_key()
    records = {kind.__name__: kind for kind in record_types()}
    for name in ("Document", "Notice", "Imprint", "Registry", "DocumentStyle"):
        assert user_words(name).keys() <= set(keys(records[name]))


@pytest.mark.parametrize("record", list(record_types()), ids=lambda record: record.__name__)
def test_no_word_is_itself_a_key_of_the_record(record: type[ItemsPart]) -> None:
    """A key as it is written means itself; within a record one word leads to one key, but for the shape of its value."""
    known = keys(record)
    for key in known:
        assert meant_key(key, None, record, known) in ("", key)
