"""What a cell of a returned workbook says: the number, share or date that its format shows."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplan.merge.opinions.cells import plain_styles, shown
from workplan.merge.opinions.workbook import sheets
from workplan.resources import office

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    Value = float | str | dt.datetime | dt.date | dt.time | dt.timedelta

#: Numbers, their formats, and what every program shows.
NUMBERS: list[tuple[float, str, str]] = [
    (0.85, "0%", "85%"),
    (0.853, "0.0%", "85.3%"),
    (0.8535, "0.00%", "85.35%"),
    (3, "General", "3"),
    (3.5, "General", "3.5"),
    (0.1 + 0.2, "General", "0.3"),
    (1234567, "#,##0", "1,234,567"),
    (12345678.5, "#,##0.00", "12,345,678.50"),
    (2.5, "0", "3"),
    (3, "0.0", "3.0"),
    (7, "000", "007"),
    (-5, "0", "-5"),
    (-5, "0;(0)", "(5)"),
    (0, '0;-0;"无"', "无"),
    (12, '0"个"', "12个"),
    (3.2, '0.0"万元"', "3.2万元"),
    (1500, '"¥"#,##0', "¥1,500"),
    (1500, "#,##0_);(#,##0)", "1,500"),
    (0.5, "0.##", "0.5"),
    (-0.004, "0.00", "0.00"),
    (46143, "@", "46143"),
]
#: Days and times, their formats, and how official documents write what they show.
MOMENTS: list[tuple[dt.datetime | dt.date | dt.time | dt.timedelta, str, str]] = [
    (dt.datetime.fromisoformat("2026-05-01"), "yyyy-mm-dd", "2026年5月1日"),
    (dt.datetime.fromisoformat("2026-05-01"), "mm-dd-yy", "2026年5月1日"),
    (dt.datetime.fromisoformat("2026-05-01"), 'yyyy"年"m"月"d"日"', "2026年5月1日"),
    (dt.datetime.fromisoformat("2026-05-01"), 'yyyy"年"m"月"', "2026年5月"),
    (dt.datetime.fromisoformat("2026-05-01"), 'm"月"d"日"', "5月1日"),
    (dt.datetime.fromisoformat("2026-05-01"), "[$-804]yyyy/m/d;@", "2026年5月1日"),
    (dt.datetime.fromisoformat("2026-05-01T13:30"), "yyyy/m/d h:mm", "2026年5月1日13:30"),
    (dt.time(9, 5), "h:mm", "9:05"),
    (dt.timedelta(hours=30), "[h]:mm", "30:00"),
]


@pytest.mark.parametrize(("value", "code", "text"), [*NUMBERS, *MOMENTS])
def test_a_cell_says_what_it_shows(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_truth_and_text_are_said_as_they_stand() -> None:
    assert [shown(one, "0%") for one in (True, False, "0.85")] == ["TRUE", "FALSE", "0.85"]


@given(
    st.one_of(st.integers(), st.floats(), st.datetimes(), st.times(), st.timedeltas(), st.booleans()),
    st.text('0#,.%;"\\_*[]@ymdhsE+-?/年月$ ', max_size=14),
)
def test_no_value_and_no_format_breaks_it(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)


def _workbook(path: Path, cells: Sequence[tuple[Value, str]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for place, (value, code) in enumerate(cells, 1):
        sheet.cell(place, 1, "一")
        cell = sheet.cell(place, 2, value)
        cell.number_format = code
    book.save(path)
    return path


def test_libreoffice_shows_the_same_numbers(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "numbers.xlsx", [(value, code) for value, code, _ in NUMBERS])
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    call = [office.program(), home, "--headless", "--convert-to", form, "--outdir", str(tmp_path), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    said = [row[1].strip() for row in csv.reader((tmp_path / "numbers.csv").read_text("utf-8").splitlines())]
    assert said == [text for _, _, text in NUMBERS]


def test_cells_of_a_file_say_what_they_show(tmp_path: Path) -> None:
    given_cells = [(value, code) for value, code, _ in [*NUMBERS, *MOMENTS]]
    path = _workbook(tmp_path / "cells.xlsx", given_cells)
    (sheet,) = sheets(path.read_bytes(), "cells.xlsx")
    expected = [text for _, _, text in [*NUMBERS, *MOMENTS]]
    assert [cells[1] for _, cells in sheet.lines] == expected


def test_a_formula_without_its_value_is_no_empty_cell(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "formulas.xlsx", [("=1+1", "General"), ("无", "@")])
    (sheet,) = sheets(path.read_bytes(), "formulas.xlsx")
    assert sheet.unsaved == {(1, 1)}


@pytest.mark.parametrize(
    "styles", [b"", b"<broken", b"<styleSheet/>", b"<a xmlns='http://schemas.openxmlformats.org/x'/>"]
)
def test_styles_that_cannot_be_read_are_left_out(styles: bytes) -> None:
    assert plain_styles(styles) == b""


def test_what_is_wrong_in_styles_is_no_hindrance(tmp_path: Path) -> None:
    """Other programs write colours and fonts that the library does not take; what a cell shows does not hang on them."""
    path = _workbook(tmp_path / "styles.xlsx", [(0.85, "0%")])
    wrong = tmp_path / "wrong.xlsx"
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(wrong, "w") as target:
        for name in package.namelist():
            content = package.read(name)
            target.writestr(name, content.replace(b"gray125", b"nonsense"))
    with pytest.raises(ValueError, match="stylesheet"):
        openpyxl.load_workbook(wrong)
    (sheet,) = sheets(wrong.read_bytes(), "wrong.xlsx")
    assert sheet.lines[0][1][:2] == ("一", "85%")


def test_a_cell_of_a_style_that_is_not_there_shows_its_number(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "styles.xlsx", [(0.85, "0%")])
    wrong = tmp_path / "wrong.xlsx"
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(wrong, "w") as target:
        for name in package.namelist():
            target.writestr(name, package.read(name).replace(b's="1"', b's="99"'))
    (sheet,) = sheets(wrong.read_bytes(), "wrong.xlsx")
    assert sheet.lines[0][1][:2] == ("一", "0.85")


@pytest.mark.parametrize("sign", ["[", ";", "_", "y"])
def test_a_format_of_any_length_is_no_trouble(sign: str, tmp_path: Path) -> None:
    """A stranger may write a million signs into it; to read them took hours."""
    path = _workbook(tmp_path / "styles.xlsx", [(0.85, '0.0"分"')])
    long = tmp_path / "long.xlsx"
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(long, "w") as target:
        for name in package.namelist():
            target.writestr(name, package.read(name).replace("0.0&quot;分&quot;".encode(), sign.encode() * 1_000_000))
    assert sign * 1000 in zipfile.ZipFile(long).read("xl/styles.xml").decode()
    (sheet,) = sheets(long.read_bytes(), "long.xlsx")
    assert sheet.lines[0][1][:2] == ("一", "0.85")
