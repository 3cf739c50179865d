"""Finished files wait in a spool: it is like a dictionary, and needs memory for few of them only."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workplan.diagnostic import Misuse
from workplan.output import spool
from workplan.output.spool import Spool

if TYPE_CHECKING:
    from pathlib import Path

PATHS = st.sampled_from(["official.pdf", "sheets/区统计局.docx", "sheets/区统计局.pdf", "a"])


@settings(deadline=None)
@given(
    st.lists(st.tuples(PATHS, st.binary(max_size=40))),
    st.dictionaries(st.text(max_size=3), PATHS, max_size=4),
    st.integers(0, 60),
)
def test_what_was_put_there_last_comes_back(
    puts: list[tuple[str, bytes]], chosen: dict[str, str], in_memory: int
) -> None:
    """Whether it fits into memory or not, in the order in which it came, and under other paths where they are asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "_IN_MEMORY", in_memory)
        made, expected = Spool(), dict[str, bytes]()
        for path, content in puts:
            made.put(path, content)
            expected[path] = content
        assert list(made.items()) == list(expected.items())
        made.only(chosen)
        assert list(made.items()) == [(path, expected[own]) for path, own in chosen.items() if own in expected]


def test_many_files_wait_on_disk_in_a_file_that_nobody_else_can_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = Spool()
    for place in range(20):
        made.put(str(place), bytes([place]) * 1_000_000)
    assert made.on_disk
    assert [made[str(place)][:1] for place in range(20)] == [bytes([place]) for place in range(20)]
    del made
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_room_it_is_told_which_folder_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    monkeypatch.setattr(spool, "_IN_MEMORY", 3)
    with pytest.raises(Misuse) as told:
        Spool().put("official.pdf", b"content")
    assert told.value.key == "cannot-write"
    assert told.value.arguments["path"] == str(tmp_path / "nowhere")
