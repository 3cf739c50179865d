"""Deadlines as official documents word them: 2026年6月底前, 三季度, “十四五”期间, 每年2月底前, 国庆节前, 三年内.

A deadline is a last day, a period, a recurrence or nothing: what is not understood to its last character names no day.
"""

from workplan.chinese.deadlines.context import within
from workplan.chinese.deadlines.finding import FoundDeadline, find
from workplan.chinese.deadlines.grammar import read
from workplan.chinese.deadlines.in_phrases import Standing, before_verb, standing
from workplan.chinese.deadlines.value import NOTHING, Deadline, Every, Known

__all__ = [
    "NOTHING",
    "Deadline",
    "Every",
    "FoundDeadline",
    "Known",
    "Standing",
    "before_verb",
    "find",
    "read",
    "standing",
    "within",
]
