"""Two real reports of following years, without ids, titles or units: the pairs were read, and are pinned by how they begin."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

import corpus
from workplan.compare.plans import compare

if TYPE_CHECKING:
    from workplan.compare.change import Comparison
    from workplan.plan.compiled import Plan

pytestmark = pytest.mark.skipif(corpus.folder() is None, reason="the folder with the issued documents is not there")

#: What a reader would put side by side.
PAIRS = [
    ("——2019年3月5日在第十三届", "——202"),
    ("——经济运行保持在合理区间。", "——经济运行总体平稳。"),
    ("——发展新动能快速成长。", "——发展新动能不断增强。"),
    ("——三大攻坚战开局良好。", "——三大攻坚战取得关键进展。"),
    ("——人民生活持续改善。", "——民生进一步改善。"),
    ("过去一年，中国特色大国外交取得新成就。", "中国特色大国外交成果丰硕。"),
    ("过去一年取得的成绩，", "去年以来经济社会发展和今年疫情防控取得的成绩，"),
    ("今年经济社会发展的主要预期目标是：", "综合研判形势，我们对疫情前考虑的预期目标作了适当调整。"),
    ("稳健的货币政策要松紧适度。", "稳健的货币政策要更加灵活适度。"),
    ("就业优先政策要全面发力。", "就业优先政策要全面强化。"),
    ("深入推进新型城镇化。", "深入推进新型城镇化。"),
    ("优化区域发展格局。", "加快落实区域发展战略。"),
    ("推动共建“一带一路”。", "高质量共建“一带一路”。"),
    ("促进贸易和投资自由化便利化。", "推动贸易和投资自由化便利化。"),
    ("加强和创新社会治理。", "加强和创新社会治理。"),
    ("我们要坚持对台工作大政方针。", "我们要坚持对台工作大政方针，"),
]


def plan(number: str) -> Plan:
    path = next(path for path in corpus.documents() if path.name.startswith(number))
    found = corpus.compiled(path).plan
    assert found is not None
    return found


@cache
def comparison() -> Comparison:
    return compare(plan("17"), plan("18"))


def test_paragraphs_that_say_the_same_of_another_year_are_matched() -> None:
    matched = [(match.old[0].text, match.new[0].text) for match in comparison().matches]
    for old, new in PAIRS:
        assert any(one.startswith(old) and other.startswith(new) for one, other in matched), old


def test_few_pairs_are_made_and_those_far_apart_are_marked_doubtful() -> None:
    """A reader is better served by two paragraphs that came and went than by a pair that is none."""
    pairs = [match for match in comparison().matches if match.new[0].kind == "prose"]
    assert 25 <= len(pairs) <= 45
    assert all(match.doubtful for match in pairs if match.similarity < 0.6)
    assert all(match.similarity >= 0.4 for match in pairs)


def test_headings_of_another_year_are_the_same_headings() -> None:
    heads = {match.old[0].title: match.new[0].title for match in comparison().matches if match.old[0].kind == "section"}
    assert heads == {
        "2018年工作回顾": "2019年和今年以来工作回顾",
        "2019年经济社会发展总体要求和政策取向": "今年发展主要目标和下一阶段工作总体部署",
    }
