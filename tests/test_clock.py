"""What the clock says is in no file: a machine without a battery is in 1970, and makes the same bytes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from sample_views import everything
from workplan.render import docx
from workplan.resources.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("now", [0.0, 60_000_000_000.0], ids=["1970", "3871"])
def test_a_word_file_is_made_at_any_time(now: float, monkeypatch: pytest.MonkeyPatch) -> None:
    right = docx.official(everything(), Templates())
    real: Callable[[float], time.struct_time] = time.localtime
    monkeypatch.setattr(time, "time", lambda: now)
    monkeypatch.setattr(time, "localtime", lambda seconds=None: real(now if seconds is None else seconds))
    assert docx.official(everything(), Templates()) == right
