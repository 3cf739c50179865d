"""Findings put into words: plans with each fault, reported in both languages."""

from __future__ import annotations

import pickle
import re

import pytest

from workplan.compiler import compile_plan
from workplan.diagnostic import Diagnostic, Refusal, Span
from workplan.report import REPORTERS
from workplan.resources.messages import LANGUAGES, catalogue
from workplan.source import Memory

_UNITS = "units:\n  - {name: 区委办公室}\n  - {name: 区教育局, aliases: [教育局]}\n"
_TASKS = "kind: tasks\ntitle: 重点任务\nitems:\n  - title: 培训\n    units: 区教育局\n"
_DOCUMENT = "issuer: 静安区\ntitle: 2022年工作要点\nparts: [tasks]\n"
_FRAME = _DOCUMENT + "number: ''\ndate: 2022-06-29\n"
_TABLE = "kind: table\ncolumns: [序号, 任务]\nrows:\n"

#: The findings that each plan must have (rule or rule.variant), the file at fault and its text.
_FAULTY: tuple[tuple[str, str, str | bytes], ...] = (
    ("missing-number missing-date", "document.yaml", _DOCUMENT),
    ("unknown-key.near", "document.yaml", _FRAME + "titel: 要点\n"),
    ("unknown-key", "document.yaml", _FRAME + "zzzzqqqq: 要点\n"),
    ("missing-key", "document.yaml", "parts: [tasks]\n"),
    ("wrong-type.list", "document.yaml", _FRAME + "attachments: 附件\n"),
    ("wrong-type.text", "document.yaml", _FRAME + "to: [各区, 各局]\n"),
    ("wrong-type.mapping", "document.yaml", _FRAME + "notice: 通知\n"),
    ("bad-value.choice", "document.yaml", _FRAME + "style: {grid: strikt}\n"),
    ("bad-value.date", "document.yaml", _DOCUMENT + "date: 2022-02-30\n"),
    ("empty-text", "document.yaml", _FRAME + "closing:\n"),
    # What may be empty is not told that it may not; blanks alone would print a line that looks like none.
    ("empty-text", "document.yaml", _DOCUMENT + "date: '\t'\n"),
    ("empty-text", "document.yaml", _DOCUMENT + "date: '　'\n"),
    ("empty-text.quotes", "document.yaml", _FRAME + "closing: ' '\n"),
    ("bad-part-name", "document.yaml", "title: 要点\nparts: [../tasks]\n"),
    ("bad-part-name.twice", "document.yaml", "title: 要点\nparts: [tasks, tasks]\n"),
    ("missing-file.part-near", "document.yaml", "title: 要点\nparts: [task]\n"),
    ("missing-file.part", "document.yaml", "title: 要点\nparts: [tasks, 保障措施]\n"),
    ("unknown-check", "document.yaml", _FRAME + "checks: {zzzz: off}\n"),
    ("unknown-check.near", "document.yaml", _FRAME + "checks: {missing-dat: off}\n"),
    ("numbering-example", "document.yaml", _FRAME + "style: {numbering: [第部分]}\n"),
    ("numbering-example.continuous", "document.yaml", _FRAME + "style: {continuous: [9．]}\n"),
    ("duplicate-key", "document.yaml", _FRAME + "title: 又一个\n"),
    ("lost-text.wide-colon", "document.yaml", _FRAME + "note：附注\n"),
    ("unused-part", "extra.yaml", _TASKS),
    ("empty-file", "tasks.yaml", ""),
    ("empty-item", "tasks.yaml", _TASKS + "  - id: 空\n"),
    ("unknown-unit.near", "tasks.yaml", _TASKS.replace("区教育局", "区教育据")),
    ("unknown-unit", "tasks.yaml", _TASKS.replace("区教育局", "某某公司")),
    ("duplicate-id.first duplicate-id", "tasks.yaml", _TASKS + "  - {id: 甲, title: 一}\n  - {id: 甲, title: 二}\n"),
    ("stale-quote.due", "tasks.yaml", _TASKS + "    due: 6月底前\n"),
    ("stale-quote.target", "tasks.yaml", _TASKS + "    targets: {农场: 10家}\n"),
    ("unknown-column", "tasks.yaml", _TABLE + "  - {甲乙丙丁: 1}\n"),
    ("unknown-column.near", "tasks.yaml", _TABLE + "  - {任务名: 1}\n"),
    ("unknown-column.filled", "tasks.yaml", _TABLE + "  - {任务: 1, rows: [{任务: 2}]}\n"),
    ("unknown-column.twice", "tasks.yaml", _TABLE.replace("序号", "任务") + "  - {任务: 1}\n"),
    ("bad-value.choice", "tasks.yaml", _TASKS.replace("kind: tasks", "kind: tabel")),
    ("lost-text.comment", "tasks.yaml", _TASKS + "    text: 完成 #2机组改造\n"),
    ("lost-text.wide-blank", "tasks.yaml", _TASKS + "    text: >\n      甲\n      \u3000\u3000乙\n"),
    ("lost-text.colon-at-end", "tasks.yaml", _TASKS + "    如下:\n"),
    ("yaml-alias.anchor", "tasks.yaml", _TASKS + "    text: &a 甲\n"),
    ("yaml-alias.alias", "tasks.yaml", _TASKS + "    text: *a\n"),
    ("yaml-tag", "tasks.yaml", _TASKS + "    text: !a 甲\n"),
    ("several-documents", "tasks.yaml", _TASKS + "---\n甲\n"),
    ("nesting", "tasks.yaml", "[" * 200 + "]" * 200),
    ("control-character", "tasks.yaml", _TASKS + "    text: 甲\x07\n"),
    ("encoding.gbk", "tasks.yaml", _TASKS.encode("gbk")),
    ("encoding.utf16", "tasks.yaml", _TASKS.encode("utf-16")),
    ("encoding.binary", "tasks.yaml", b"PK\x03\x04\xff\x00\xff"),
    ("file-size", "tasks.yaml", "甲" * 3_000_000),
    ("yaml-syntax.unclosed-brace", "tasks.yaml", "kind: {a: 甲\nb: 乙\n"),
    ("yaml-syntax.unclosed-bracket", "tasks.yaml", "kind: [甲\nb: 乙\n"),
    ("yaml-syntax.unclosed-quote", "tasks.yaml", 'kind: "甲\n'),
    ("yaml-syntax.reserved", "tasks.yaml", "kind: @甲\n"),
    ("yaml-syntax.escape", "tasks.yaml", 'kind: "\\甲"\n'),
    ("yaml-syntax.colon", "tasks.yaml", "kind: 甲: 乙\n"),
    ("yaml-syntax.tab", "tasks.yaml", "kind: tasks\nitems:\n\t- title: 甲\n"),
    ("yaml-syntax.no-colon", "tasks.yaml", "kind: tasks\n甲\ntitle: 乙\n"),
    ("yaml-syntax.indent", "tasks.yaml", "items:\n    - title: 甲\n  - title: 乙\n"),
    ("wrong-type.text-here", "tasks.yaml", "kind: tasks\nitems:\n  - [甲]\n"),
    ("wrong-type.mapping-here", "document.yaml", "- 甲\n"),
    ("empty-text.item", "tasks.yaml", _TASKS + "  -\n"),
    ("lost-text.colon-in-text", "tasks.yaml", _TASKS + "    text:\n      如下: 甲\n"),
    ("too-many-levels", "tasks.yaml", _TASKS + "    style: {numbering: [一、]}\n"),
    ("yaml-syntax.complex-key", "tasks.yaml", "[甲]: 乙\n"),
    ("ambiguous-name ambiguous-name.first", "../units.yaml", _UNITS + "  - {name: 丙, aliases: [教育局]}\n"),
    ("ambiguous-name.same", "../units.yaml", _UNITS + "  - {name: 区委办公室}\n"),
    ("group-cycle", "../units.yaml", _UNITS + "  - {name: 甲, members: [乙]}\n  - {name: 乙, members: [甲]}\n"),
    ("bad-value.year", "../units.yaml", _UNITS + "  - {name: 甲, renamed: {from: 乙, year: 二〇}}\n"),
)


def _findings(file: str, content: str | bytes) -> Memory:
    files: dict[str, str | bytes] = {"document.yaml": _FRAME, "tasks.yaml": _TASKS, "../units.yaml": _UNITS}
    return Memory({**files, file: content})


@pytest.mark.parametrize(("expected", "file", "content"), _FAULTY, ids=[f"{row[0]}-{row[1]}" for row in _FAULTY])
def test_findings_can_be_put_into_words(expected: str, file: str, content: str | bytes) -> None:
    result = compile_plan(_findings(file, content))
    related = {place.message for finding in result.diagnostics for place in finding.related}
    assert set(expected.split()) <= {finding.key for finding in result.diagnostics} | related
    for language in LANGUAGES:
        for reporter in REPORTERS.values():
            written = reporter([("2022", result)], catalogue(language), colour=False, width=80)
            assert (
                not re.search(r"\{\w*\}", written)
                or reporter in (REPORTERS["json"], REPORTERS["sarif"])
                or "{" in str(content)
            )
            assert "“”" not in written
            assert "``" not in written


def test_a_list_of_keys_is_parted_as_the_language_does() -> None:
    arguments = {"key": "a", "known": "title、text、units"}
    assert "title、text、units" in catalogue("zh").hint("unknown-key", arguments)
    assert "title, text, units" in catalogue("en").hint("unknown-key", arguments)


def test_words_of_the_plan_are_quoted_as_they_are() -> None:
    assert "A、B" in catalogue("en").message("stale-quote.due", {"words": "A、B"})
    assert "序号、任务" in catalogue("en").hint("unknown-column", {"column": "甲", "known": "序号、任务"})


def test_a_refusal_crosses_a_process_boundary_whole() -> None:
    finding = Diagnostic("template", Span.whole("sheet.docx"), {"fault": "x"})
    assert pickle.loads(pickle.dumps(Refusal(finding))).diagnostics == (finding,)  # noqa: S301 - our own bytes
