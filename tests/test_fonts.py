"""Faces by role, characters by face, and what is refused before a page is printed."""

from __future__ import annotations

import gc
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from workplan.resources import font_names, fontconfig, fonts, harfbuzz, libraries


def covered(carried: fonts.FontSet) -> dict[str, set[int]]:
    return {face.name: set(TTFont(io.BytesIO(face.data)).getBestCmap()) for face in carried.faces}


def test_open_faces_serve_every_role_by_default() -> None:
    served = {one.role: one for one in fonts.report().served}
    assert [one.face.postscript for one in served.values() if one.face][:5] == [
        "FandolFang-Regular",
        "FandolKai-Regular",
        "FandolHei-Regular",
        "FandolSong-Regular",
        "FandolSong-Bold",
    ]
    assert all(one.is_open for one in served.values())


def test_a_chosen_family_serves_its_role_and_no_other() -> None:
    choices = (("仿宋", "fandolkai"),)
    assert fonts.missing(choices, "plan/2099") == ()
    chosen = [fonts.serving(role, choices) for role in ("仿宋", "黑体")]
    assert [face.postscript for face in chosen if face] == ["FandolKai-Regular", "FandolHei-Regular"]


def test_a_chosen_family_that_is_not_installed_is_a_finding() -> None:
    (finding,) = fonts.missing((("小标宋", "没有这种字体"),), "plan/2099")
    assert (finding.key, finding.span.file) == ("missing-font", "plan/2099")
    assert finding.arguments == {"role": "小标宋", "family": "没有这种字体"}


def test_without_any_face_every_role_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "installed", lambda: ())
    keys = [(one.key, one.arguments["role"]) for one in fonts.missing((), "plan/2099")]
    assert keys == [("missing-font.role", role) for role in fonts.ROLES]


def test_without_fontconfig_there_is_one_clear_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> tuple[fontconfig.Face, ...]:
        raise libraries.LibraryMissingError("Fontconfig")

    monkeypatch.setattr(fonts, "installed", absent)
    (finding,) = fonts.missing((), "plan/2099")
    assert (finding.key, finding.arguments) == ("missing-library", {"libraries": "Fontconfig"})


def test_rare_characters_come_from_the_spare_face() -> None:
    found = covered(fonts.carry("甲镕祎㎡"))
    assert ord("甲") in found["FandolFang-Regular"]
    assert {ord(one) for one in "镕祎㎡"} <= found["NotoSerifCJKsc-Regular"]
    assert ord("甲") not in found["NotoSerifCJKsc-Regular"]


def test_characters_that_share_a_glyph_are_parted() -> None:
    """Fandol draws · and •, 一 and ⼀ alike; a PDF could not say which was written."""
    found = covered(fonts.carry("·•一⼀"))
    assert {one for one in "·•一⼀" if ord(one) in found["FandolFang-Regular"]} == {"·", "一"}
    assert {one for one in "·•一⼀" if ord(one) in found["NotoSerifCJKsc-Regular"]} == {"•", "⼀"}


def test_every_face_has_the_blanks() -> None:
    """The text engine sets a blank in the face before it: without a glyph it would print a box."""
    assert all({0x20, 0x3000} <= points for points in covered(fonts.carry("甲镕 　")).values())


def test_letters_come_from_a_chosen_western_face_but_quotes_do_not() -> None:
    carried = fonts.carry("甲A1“”", (("西文", "DejaVu Serif"),), ("仿宋",))
    assert carried.stacks == (("仿宋", ("DejaVuSerif", "FandolFang-Regular")),)
    found = covered(carried)
    assert {ord("A"), ord("1")} <= found["DejaVuSerif"]
    assert {ord("“"), ord("”")} <= found["FandolFang-Regular"] - found["DejaVuSerif"]


@pytest.mark.parametrize("character", ["😀", "\ue7c8", "\u200b", "\x01", "\U0010ffff"])
def test_a_character_without_a_face_is_refused_by_name_and_place(character: str) -> None:
    refusal = fonts.refused(f"甲{character}", ("第一段", f"第二段有{character}字"), (), "plan/2099")
    assert refusal is not None
    (finding,) = refusal.diagnostics
    assert finding.key == "missing-glyph"
    assert finding.arguments == {"char": character, "code": f"U+{ord(character):04X}", "where": "第二段有〓字"}


def test_what_every_face_has_is_not_refused() -> None:
    assert fonts.refused("甲A1，。“”—…　 \n\t镕祎㎡", (), (), "plan/2099") is None


def test_cut_faces_keep_glyph_numbers_and_share_one_height() -> None:
    """So that a sheet is the same file whether it is made alone or among others, and lines keep their height."""
    for face in (fonts.find("FandolSong"), fonts.find("Noto Serif CJK SC")):
        assert face is not None
        small = TTFont(io.BytesIO(harfbuzz.subset(face.file, face.index, frozenset("甲"))))
        large = TTFont(io.BytesIO(harfbuzz.subset(face.file, face.index, frozenset("甲乙丙丁"))))
        glyph = harfbuzz.glyph(face.file, face.index, "甲")
        assert small.getGlyphID(small.getBestCmap()[ord("甲")]) == glyph
        assert large.getGlyphID(large.getBestCmap()[ord("甲")]) == glyph
        assert (small["hhea"].ascent, small["hhea"].descent, small["hhea"].lineGap) == (880, -120, 0)


def test_fonttools_cuts_where_harfbuzz_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    face = fonts.find("FandolFang")
    assert face is not None
    monkeypatch.setattr(harfbuzz, "can_subset", lambda: False)
    cut = TTFont(io.BytesIO(harfbuzz.subset.__wrapped__(face.file, face.index, frozenset("甲乙"))))
    assert set(cut.getBestCmap()) == {ord("甲"), ord("乙")}
    assert cut.getGlyphID(cut.getBestCmap()[ord("甲")]) == harfbuzz.glyph(face.file, face.index, "甲")


def test_a_plan_is_checked_for_glyphs_character_by_character_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that checking grows with the characters in use, not with the length of the plan."""
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 800))
    asked: list[tuple[str, int, str]] = []

    def glyph(file: str, index: int, character: str) -> int:
        asked.append((file, index, character))
        return harfbuzz.glyph(file, index, character)

    monkeypatch.setattr(fonts, "harfbuzz", SimpleNamespace(glyph=glyph))
    assert fonts.unprintable(text * 5) == ()
    assert len(asked) == len(set(asked))
    assert {character for _, _, character in asked} == set(text)


def test_a_font_that_goes_while_it_is_used_can_still_be_read(tmp_path: Path) -> None:
    """It is opened once for all its characters."""
    face = fonts.find("FandolFang")
    assert face is not None
    fresh = Path(shutil.copy(face.file, tmp_path))
    assert harfbuzz.glyph(str(fresh), face.index, "甲")
    fresh.unlink()
    assert all(harfbuzz.glyph(str(fresh), face.index, character) for character in "乙丙丁")


def test_glyphs_are_picked_alike_the_first_time_and_out_of_a_face_that_was_made_ready() -> None:
    """A face is made ready when it has been picked out of a few times, or by who knows that it will be."""
    face = next(one.face for one in fonts.report().served if one.face)
    data = harfbuzz.subset(face.file, face.index, frozenset("甲乙丙丁戊己庚辛"))
    wanted = [harfbuzz.glyph(face.file, face.index, one) for one in "甲丙戊"]
    first = [harfbuzz.picked(data, wanted) for _ in range(8)]
    harfbuzz.prepare(data)
    assert len({*first, harfbuzz.picked(data, wanted)}) == 1


def test_faces_that_nobody_picks_from_any_more_are_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview that is open all day sees many characters come and go, each time with faces of two megabytes."""
    face = next(one.face for one in fonts.report().served if one.face)
    library = harfbuzz._library()  # noqa: SLF001 - nobody else knows of it
    usual, given_back = library.hb_face_destroy, list[int]()

    def destroy(handle: int) -> None:
        given_back.append(handle)
        usual(handle)

    monkeypatch.setattr(library, "hb_face_destroy", destroy)
    for character in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉":
        data = harfbuzz.subset(face.file, face.index, frozenset(character))
        for _ in range(6):  # often enough for it to be made ready
            harfbuzz.picked(data, [harfbuzz.glyph(face.file, face.index, character)])
    kept = harfbuzz._pickable.cache_info().currsize  # noqa: SLF001 - likewise
    before = len(given_back)
    harfbuzz._pickable.cache_clear()  # noqa: SLF001 - likewise
    gc.collect()
    assert kept < 20
    assert len(given_back) == before + kept


def test_glyphs_picked_out_of_a_cut_face_keep_numbers_widths_and_outlines() -> None:
    """And the bytes do not depend on what else the face was cut for: else a sheet made alone would differ."""
    face = fonts.find("FandolFang")
    assert face is not None
    whole = TTFont(face.file)
    wanted = {harfbuzz.glyph(face.file, face.index, character) for character in "甲乙1．，"}
    small, large = (
        harfbuzz.picked(harfbuzz.subset(face.file, face.index, frozenset(text)), wanted)
        for text in ("甲乙1．，", "甲乙1．，丙丁戊己庚辛")
    )
    assert small == large
    picked = TTFont(io.BytesIO(small))
    for number in wanted:
        ours, its = picked.getGlyphName(number), whole.getGlyphName(number)
        assert picked["hmtx"][ours][0] == whole["hmtx"][its][0]
        drawn, meant = RecordingPen(), RecordingPen()
        picked.getGlyphSet()[ours].draw(drawn)
        whole.getGlyphSet()[its].draw(meant)
        assert drawn.value == meant.value


def report_elsewhere(home: Path, rules: str) -> list[str]:
    """The faces of the roles for somebody whose home is ``home``, who has the same fonts and other rules of Fontconfig."""
    folder = home / "fontconfig"
    folder.mkdir(parents=True)
    folders = sorted({str(Path(face.file).parent) for face in fontconfig.installed()})
    listed = "".join(f"<dir>{one}</dir>" for one in folders)
    settings = f"<fontconfig>{listed}<cachedir>{home}/cache</cachedir>{rules}</fontconfig>"
    (folder / "fonts.conf").write_text(settings, "utf-8")
    program = (
        "from workplan.resources import fonts\n"
        "print(*(one.face.postscript if one.face else '-' for one in fonts.report().served))"
    )
    environment = os.environ | {"HOME": str(home), "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split()


#: Rules that somebody may have: they call every bold face regular, and every face by another family's name.
MISLEADING = """
<match target="scan"><edit name="weight" mode="assign"><const>regular</const></edit></match>
<match target="scan"><edit name="family" mode="prepend"><string>FandolFang</string></edit></match>
"""


@pytest.mark.parametrize("rules", ["", MISLEADING], ids=["none", "misleading"])
def test_faces_are_chosen_by_their_own_names_whatever_fontconfig_is_told(tmp_path: Path, rules: str) -> None:
    """Both bold Fandol faces declare regular weight, so that other rules would print bold 黑体 and 宋体 without a word."""
    own = [one.face.postscript for one in fonts.report().served if one.face]
    assert report_elsewhere(tmp_path / "other", rules) == own


def test_a_face_may_be_asked_for_by_its_full_name() -> None:
    found = [fonts.find(name) for name in ("FandolHei Bold", "fandolhei-bold", "FandolSong Bold")]
    assert [face.postscript for face in found if face] == ["FandolHei-Bold", "FandolHei-Bold", "FandolSong-Bold"]


def test_an_upright_face_serves_before_a_slanted_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As those of Arial and Times New Roman are called, the slanted face comes first in the order of names."""
    upright = fontconfig.Face(("甲",), "a.ttf", 0, 80, "JiaMT", "1.0")
    slanted = fontconfig.Face(("甲",), "b.ttf", 0, 80, "Jia-ItalicMT", "1.0", slanted=True)
    monkeypatch.setattr(fonts, "installed", lambda: (slanted, upright))
    assert fonts.find("甲") == upright


def test_a_file_whose_names_cannot_be_read_keeps_those_of_fontconfig(tmp_path: Path) -> None:
    for content in (b"", b"OTTO", b"OTTO\xff\xff" + b"\xff" * 40, b"ttcf" + b"\xff" * 12, b"no font at all"):
        broken = tmp_path / f"{len(content)}.otf"
        broken.write_bytes(content)
        assert font_names.of(str(broken), 0) is None
    assert font_names.of(str(tmp_path / "none.otf"), 0) is None
