"""``workplan measure``: a document of exact geometry has no finding, and half a millimetre anywhere is found, and only that."""

from __future__ import annotations

import io
from functools import cache

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from measuring import BOXES, EDGES, EM, POINT, Made, look, pdf, rules, values
from workplan.diagnostic import Severity
from workplan.measure import MeasureReport, measured
from workplan.measure.faces import face_class, is_stand_in

HALF = 0.5


@cache
def right() -> MeasureReport:
    return look(Made())


# --------------------------------------------------------------------------------------------- what is right


@pytest.mark.parametrize(("pitch", "reading"), [(BOXES, "boxes"), (28.95 * POINT, "boxes"), (EDGES, "edges")])
def test_both_readings_of_the_line_pitch_are_right_and_named(pitch: float, reading: str) -> None:
    report = look(Made(pitch))
    assert rules(report) == {}
    assert report.absent == ()
    assert next(item for item in report.items if item.requirement.rule == "measure-line-pitch").worst.reading == reading


def test_mirrored_margins_are_right() -> None:
    report = look(Made(mirrored=True))
    assert rules(report) == {}
    assert "mirrored" in {item.worst.reading for item in report.items}


def test_print_red_is_red_too() -> None:
    """Y80 M80 as a screen shows it."""
    assert rules(look(Made(red="#ff3333"))) == {}


@pytest.mark.parametrize(
    ("rule", "value", "within"),
    [
        ("masthead", 72, 0.05),
        ("number", 4, 0.05),
        ("red-rule-width", 156, 0.09),
        ("line-width", 156, 0.1),
        ("left-margin", 28, 0.02),
        ("top-margin", 37, 0.02),
        ("line-pitch", BOXES, 0.005),
        ("page-number-depth", 7, 0.05),
        ("page-number-side", 14 * POINT, 0.02),
        ("imprint-last", 262, 0.05),
        ("imprint-outer", 0.35, 0.045),
        ("imprint-inner", 0.25, 0.045),
        ("signature", 4 * 156 / 28, 0.02),
        ("line-count", 22, 0),
        ("character-count", 28, 0),
        ("title-size", 22, 0.02),
        ("body-size", 16, 0.02),
    ],
)
def test_what_is_measured_is_what_was_printed(rule: str, value: float, within: float) -> None:
    assert values(right())[rule] == pytest.approx(value, abs=within)


# --------------------------------------------------------------------------------------------- what is planted


@pytest.mark.parametrize(
    ("part", "rule", "severity"),
    [
        ("masthead", "masthead", Severity.ERROR),
        ("number", "number", Severity.ERROR),
        ("rule", "number", Severity.ERROR),
        ("rule_left", "red-rule-centre", Severity.ERROR),
        ("imprint_width", "imprint-width", Severity.ERROR),
        ("paper_width", "paper-width", Severity.ERROR),
        ("paper_height", "paper-height", Severity.ERROR),
        ("top", "top-margin", Severity.WARNING),
        ("left", "left-margin", Severity.WARNING),
        ("line", "baseline", Severity.WARNING),
        ("title_size", "title-size", Severity.WARNING),
        ("folio", "page-number-depth", Severity.WARNING),
        ("folio_side", "page-number-side", Severity.WARNING),
        ("folio_size", "page-number-size", Severity.WARNING),
        ("imprint_left", "imprint-indent", Severity.WARNING),
    ],
)
@pytest.mark.parametrize(("pitch", "way"), [(BOXES, HALF), (BOXES, -HALF), (EDGES, HALF)])
def test_half_a_millimetre_is_found_and_nothing_else(
    part: str, rule: str, severity: Severity, way: float, pitch: float
) -> None:
    report = look(Made(pitch).but(**{part: way}))
    assert rules(report) == {rule: severity}


@pytest.mark.parametrize(
    ("part", "severity"), [("imprint-last", Severity.ERROR), ("signature", Severity.WARNING)], ids=str
)
def test_what_word_processors_cannot_place_finer_may_be_off_by_a_millimetre(part: str, severity: Severity) -> None:
    moved = part.removeprefix("imprint-")
    for way in (0.9, -0.9):
        assert rules(look(Made().but(**{moved: way}))) == {}
    for way in (1.5, -1.5):
        assert rules(look(Made().but(**{moved: way}))) == {part: severity}


@pytest.mark.parametrize(("part", "rule"), [("body_size", "body-size"), ("imprint_size", "imprint-size")])
def test_type_of_another_size_is_found(part: str, rule: str) -> None:
    """Larger type in the same places: what else moves with its em boxes is judged as what it is."""
    report = look(Made().but(**{part: 2 * HALF}))
    assert rules(report)[rule] is Severity.WARNING
    assert values(report)[rule] == pytest.approx(17 if part == "body_size" else 15, abs=0.02)


def test_a_masthead_beyond_the_text_block_is_found() -> None:
    """Its 152.4 mm leave 1.8 mm on either side, and its ink a little more."""
    assert rules(look(Made().but(masthead_left=-1.5))) == {}
    assert rules(look(Made().but(masthead_left=-3.5))) == {"masthead-overhang": Severity.ERROR}


def test_a_title_too_near_to_the_rule_is_found() -> None:
    """By a 字 and a half: more than half a line."""
    report = look(Made().but(title=-1.5 * EM))
    assert rules(report) == {"title-gap": Severity.ERROR}


def test_a_red_rule_that_is_too_long_is_found() -> None:
    """It grows by as much to both sides, so that it stays centred."""
    report = look(Made().but(rule_width=HALF, rule_left=-HALF / 2))
    assert rules(report) == {"red-rule-width": Severity.ERROR}
    assert values(report)["red-rule-width"] == pytest.approx(156.5, abs=0.09)


@pytest.mark.parametrize(("way", "severity"), [(HALF, Severity.ERROR), (-HALF, Severity.WARNING)])
def test_a_line_beyond_the_text_block_is_an_error_and_a_short_one_a_warning(way: float, severity: Severity) -> None:
    report = look(Made().but(width=way))
    assert rules(report) == {"line-width": severity}
    assert values(report)["line-width"] == pytest.approx(
        156 + way, abs=0.2
    )  # spacing is rounded to a thousandth of an em


@pytest.mark.parametrize("part", ["left", "top"])
def test_margins_may_be_off_by_a_millimetre_in_print_but_not_by_more(part: str) -> None:
    assert rules(look(Made().but(**{part: 0.9}))) == {f"{part}-margin": Severity.WARNING}
    assert rules(look(Made().but(**{part: -1.2}))) == {f"{part}-margin": Severity.ERROR}


@pytest.mark.parametrize(
    ("part", "rule"),
    [("first_thick", "imprint-outer"), ("last_thick", "imprint-outer"), ("middle_thick", "imprint-inner")],
)
def test_the_thickness_of_the_imprints_rules_is_found(part: str, rule: str) -> None:
    for more in (0.1, HALF):
        assert rules(look(Made().but(**{part: more}))) == {rule: Severity.WARNING}


@pytest.mark.parametrize("pitch", [28, 28.8, 29.3])
def test_another_line_pitch_is_found_once(pitch: float) -> None:
    report = look(Made(pitch * POINT))
    assert "line-pitch" in rules(report)
    assert set(rules(report)) <= {"line-pitch", "top-margin", "below"}
    assert values(report)["line-pitch"] == pytest.approx(pitch * POINT, abs=0.005)


@pytest.mark.parametrize("lines", [21, 20])
def test_a_page_that_is_not_full_is_found(lines: int) -> None:
    report = look(Made(lines=lines))
    assert rules(report) == {"line-count": Severity.WARNING}
    assert values(report)["line-count"] == lines


def test_a_page_before_an_attachment_need_not_be_full() -> None:
    assert rules(look(Made(attachment=True))) == {}


def test_lines_below_the_text_block_are_an_error() -> None:
    assert rules(look(Made(lines=23))).items() >= {"line-count": Severity.WARNING, "below": Severity.ERROR}.items()


def test_the_number_of_characters_is_found() -> None:
    report = look(Made(characters=27))
    assert rules(report) == {"character-count": Severity.WARNING}
    assert values(report)["character-count"] == 27


@pytest.mark.parametrize("mark", ["，", "。", "”"])
def test_a_mark_that_hangs_or_is_squeezed_at_the_lines_end_is_allowed(mark: str) -> None:
    """One character more, so that the mark stands beyond the edge or half beyond it."""
    assert rules(look(Made(mark=mark))) == {}


def test_findings_carry_page_figures_and_clause() -> None:
    (finding,) = look(Made().but(line=HALF)).diagnostics
    assert (finding.span.file, finding.span.line, finding.span.column) == ("made.pdf", 3, 1)
    assert finding.arguments == {"page": 3, "measured": "0.5", "required": "0", "clause": "5.2.3", "places": 1}


# --------------------------------------------------------------------------------------------- typefaces


def test_classes_are_told_by_name() -> None:
    names = {
        "FandolFang-Regular": "仿宋",
        "仿宋_GB2312": "仿宋",
        "FangSong": "仿宋",
        "STFangsong": "仿宋",
        "FZFSK--GBK1-0": "仿宋",
        "KaiTi_GB2312": "楷体",
        "FandolKai-Regular": "楷体",
        "SimHei": "黑体",
        "FandolHei-Regular": "黑体",
        "SimSun": "宋体",
        "NSimSun": "宋体",
        "FandolSong-Regular": "宋体",
        "FandolSong-Bold": "小标宋",
        "FZXBSJW--GB1-0": "小标宋",
        "方正小标宋_GBK": "小标宋",
        "TimesNewRomanPSMT": "",
        "WenQuanYiMicroHei": "",
        "DejaVuSans": "",
    }
    assert {name: face_class(name) for name in names} == names
    assert is_stand_in("WenQuanYi Micro Hei")
    assert not is_stand_in("FandolHei")


@pytest.mark.parametrize(
    ("part", "face", "rule"),
    [
        ("body", "FandolKai", "body-face"),
        ("title", "FandolHei", "title-face"),
        ("folio", "FandolHei", "page-number-face"),
        ("imprint", "FandolSong", "imprint-face"),
    ],
)
def test_a_face_of_another_class_is_found(part: str, face: str, rule: str) -> None:
    assert rule in rules(look(Made(faces={part: face})))


def _renamed(content: bytes, old: str, new: str, *, embedded: bool) -> bytes:
    """The PDF with one of its fonts under another name, or without its file."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        for reference in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = reference.get_object()
            if old not in font["/BaseFont"]:
                continue
            below = font["/DescendantFonts"][0].get_object()
            for part in (font, below):
                part[NameObject("/BaseFont")] = NameObject(f"/{new}")
            if not embedded:
                for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                    below["/FontDescriptor"].get_object().pop(key, None)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_font_put_in_place_of_a_chinese_one_is_found() -> None:
    report = measured(_renamed(pdf(Made()), "FandolFang", "WenQuanYiMicroHei", embedded=True), "made.pdf")
    assert {"font-substituted", "body-face"} <= set(rules(report))
    assert values(report)["font-substituted"] == "WenQuanYiMicroHei"


def test_a_font_that_is_not_embedded_is_found() -> None:
    report = measured(_renamed(pdf(Made()), "FandolFang", "FangSong", embedded=False), "made.pdf")
    assert "font-embedded" in rules(report)
    assert values(report)["font-embedded"] == "FangSong"


# --------------------------------------------------------------------------------------------- page numbers and parts


@pytest.mark.parametrize("form", ["{}", "- {} -", "第{}页", ""])
def test_page_numbers_of_another_form_or_none_are_found(form: str) -> None:
    assert rules(look(Made(folio=form)))["page-number"] is Severity.WARNING


def test_parts_that_are_not_there_are_named_and_not_measured() -> None:
    writer = PdfWriter()
    writer.append(io.BytesIO(pdf(Made())), pages=(1, 3))
    out = io.BytesIO()
    writer.write(out)
    report = measured(out.getvalue(), "made.pdf")
    assert set(report.absent) == {"masthead", "number", "red-rule-width", "title-size", "signature", "imprint-last"}
    assert not [rule for rule in values(report) if rule.startswith(("masthead", "red-rule", "imprint"))]
