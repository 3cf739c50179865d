"""The printed sequence: every text once, under an address of its own, with its place in the plan; all formats say it."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from full_plans import FULL, YEARS
from reading import document_of
from workplan import view
from workplan.compare.entry import entries
from workplan.compare.plans import compare
from workplan.compiler import compile_plan
from workplan.render import html, pdf, text
from workplan.resources.templates import Templates
from workplan.source import Directory, Memory
from workplan.view.sequence import DERIVED, Element, Role

if TYPE_CHECKING:
    from workplan.plan.compiled import Plan
    from workplan.view.blocks import Official

PLANS = Path(__file__).resolve().parents[1] / "plan"
FOLDERS = (PLANS / "2022", PLANS / "2023", *(FULL / "plan" / year for year in YEARS))

every_plan = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@cache
def compiled(folder: Path) -> Plan:
    found = compile_plan(Directory(folder))
    assert found.clean
    assert found.plan is not None
    return found.plan


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def told(official: Official) -> str:
    """All that the sequence says."""
    return squeezed("".join(element.text for element in official.elements))


@every_plan
def test_the_text_of_every_format_is_that_of_the_sequence(folder: Path) -> None:
    """Character by character and in the same order; Word is read in its own tests."""
    official = view.official(compiled(folder))
    assert squeezed(text.official(official, Templates()).decode()) == told(official)
    assert squeezed(document_of(html.official(official, Templates()))) == told(official)


@every_plan
def test_the_pdf_prints_every_character_of_the_sequence(folder: Path) -> None:
    """As many of each as the sequence has, page numbers left out; a masthead's 文件 and a table's cells stand side by side."""
    official = view.official(compiled(folder))
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf.official(official, Templates()), capture_output=True, check=True
    )
    printed = re.sub(r"(?m)^\s*— ?\d+ ?—\s*$", "", done.stdout.decode().replace("\f", "\n"))
    said, again = Counter(squeezed(printed)), Counter(told(official))
    assert not again - said
    # Tables over several pages print their headings again, and turned pages have their numbers at the side.
    columns = (element.text for element in official.elements if element.role is Role.COLUMN)
    assert set(said - again) <= set("".join(columns)) | set("—0123456789")


@every_plan
def test_every_element_has_an_address_of_its_own(folder: Path) -> None:
    counts = Counter(element.address for element in view.official(compiled(folder)).elements)
    assert [address for address, count in counts.items() if count > 1] == []
    assert not any(re.search(r"\s", address) for address in counts)


@every_plan
def test_every_source_is_what_it_says(folder: Path) -> None:
    """A run that is the file's own stands there to the letter; one that workplan adds leads to the key that asks for it."""
    for element in view.official(compiled(folder)).elements:
        for run in element.runs:
            span = run.span()
            if run.start is None:
                assert run.scalar.start <= span.start, element.address
                continue
            assert run.scalar.text[run.start : run.start + len(run.text)] == run.text, element.address
            for place, character in enumerate(run.text):
                at = run.span(place, place + 1).start
                # A line end of the file stands for the blank between two words of Latin letters.
                assert run.scalar.file.text[at] == character or character == " ", element.address


@every_plan
def test_everything_printed_stands_in_one_entry_of_the_comparison(folder: Path) -> None:
    """But for what repeats other things: the assignment table, the list of attachments, their labels."""
    plan = compiled(folder)
    counts = Counter(address for entry in entries(plan) for address in entry.addresses)
    for element in view.official(plan).elements:
        if element.text:
            assert counts[element.address] == (element.owner != DERIVED), element.address


_NAMES = st.text("甲乙a /%~.1", min_size=1, max_size=4).filter(lambda name: name.strip())


def _item(identity: str | None, items: list[dict[str, object]]) -> dict[str, object]:
    own = {} if identity is None else {"id": identity}
    clauses = [{"text": "抓好落实；"}, {**({} if identity is None else {"id": f"{identity}1"}), "text": "按期完成。"}]
    return {**own, "title": "题", "text": "文。", "units": "区教育局", "clauses": clauses, "items": items}


_ITEMS = st.recursive(
    st.lists(st.builds(_item, st.none() | _NAMES, st.just([])), max_size=3),
    lambda inner: st.lists(st.builds(_item, st.none() | _NAMES, inner), max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(_NAMES.filter(lambda name: "/" not in name and not name.startswith(".")), _ITEMS, _ITEMS)
def test_addresses_stay_apart_whatever_things_are_called(
    name: str, first: list[dict[str, object]], second: list[dict[str, object]]
) -> None:
    """Ids that look like places, parts that look like keys, ids that are used twice: still an address each."""
    inline = {"kind": "tasks", "title": "写在里面", "items": second}
    document = {
        "title": "样本",
        "preamble": "一。\n\n二。",
        "parts": [name, inline],
        "attachments": [inline],
        "date": "",
    }
    files = {
        "document.yaml": json.dumps(document, ensure_ascii=False),
        f"{name}.yaml": json.dumps({"kind": "tasks", "title": "部分", "items": first}, ensure_ascii=False),
        "../units.yaml": "units: [{name: 区教育局}]\n",
    }
    plan = compile_plan(Memory(files)).plan
    assert plan is not None
    addresses = [element.address for element in view.official(plan).elements]
    assert len(addresses) == len(set(addresses))


def test_the_view_of_a_plan_is_made_once() -> None:
    """Whoever asks for it gets the same objects: rules, renderers, comparison."""
    plan = compiled(FOLDERS[0])
    assert view.official(plan) is view.official(plan)
    assert view.rows(plan) is view.rows(plan)
    before = view.official(plan)
    compare(plan, compiled(FOLDERS[1]))
    assert view.official(plan) is before


def _said(element: Element) -> tuple[str, str, str]:
    return element.address, str(element.role), element.text


def test_the_2022_plan_begins_as_expected() -> None:
    """Addresses by id, keys of the document by name, the annotation apart from the text."""
    found = [_said(element) for element in view.official(compiled(FOLDERS[0])).elements]
    assert found[1:3] == [
        ("document.number", "number", "静合组办〔2022〕1号"),
        ("document.title", "title", "2022年静安区东西部协作和对口支援工作要点"),
    ]
    assert ("tasks/加强组织领导/title", "run-in", "1．加强组织领导。") in found
    assert (
        "tasks/选派援外干部挂职交流/units",
        "units",
        "（责任部门：区委组织部）",
    ) in found
