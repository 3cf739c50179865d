"""A DOCX is read whole: every character that Word prints, the numbers that it computes, and what it leaves out, each told."""

from __future__ import annotations

import pytest

from issued import (
    STRICT,
    deeds,
    docx,
    only_table,
    outside,
    p,
    part,
    r,
    read,
    rows,
    tbl,
    tc,
    texts,
    tr,
)
from workplan.diagnostic import Misuse
from workplan.importing.piece import Align, Outside, Paragraph, Picture
from workplan.importing.record import Deed, Revisions
from workplan.lengths import Em, Pt


def said(body: str, *, numbering: str = "", styles: str = "", notes: str = "") -> list[str]:
    return texts(read(docx(body, numbering=numbering, styles=styles, notes=notes), "a.docx"))


def level(place: int, text: str, form: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, lists: str = "") -> str:
    given = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{given}{lists}'


def item(text: str, place: int = 0, listed: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{listed}"/></w:numPr>')


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("chineseCounting", "%1、", ["一、", "二、", "三、"]),
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（三）"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、", "叁、"]),
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("decimalZero", "%1", ["01", "02", "03"]),
        ("decimalEnclosedCircleChinese", "%1", ["①", "②", "③"]),
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
        ("ideographTraditional", "%1．", ["甲．", "乙．", "丙．"]),
        ("bullet", "●", ["●", "●", "●"]),
    ],
)
def test_the_numbers_that_word_computes_are_text_in_their_form(form: str, text: str, expected: list[str]) -> None:
    found = read(docx(item("内容") * 3, numbering=numbering(level(0, text, form))), "a.docx")
    assert texts(found) == [number + "内容" for number in expected]
    assert deeds(found, Deed.NUMBERED) == expected
    assert [piece.automatic for piece in found.pieces if isinstance(piece, Paragraph)] == [len(one) for one in expected]


def test_numbers_of_several_levels_restart_below_a_higher_one() -> None:
    body = item("甲") + item("乙", 1) + item("丙", 1) + item("丁") + item("戊", 1)
    given = numbering(level(0, "%1", "chineseCounting"), level(1, "%1.%2"))
    assert said(body, numbering=given) == ["一甲", "一.1乙", "一.2丙", "二丁", "二.1戊"]


def test_a_level_that_never_restarts_goes_on_and_legal_numbering_is_in_figures() -> None:
    body = item("甲") + item("乙", 1) + item("丙") + item("丁", 1)
    never = '<w:lvlRestart w:val="0"/>'
    given = numbering(level(0, "%1、", "chineseCounting"), level(1, "%1.%2", more=never + "<w:isLgl/>"))
    assert said(body, numbering=given) == ["一、甲", "1.1乙", "二、丙", "2.2丁"]


def test_a_list_that_overrides_its_start_begins_there_and_another_goes_on() -> None:
    lists = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
        '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = item("甲") + item("乙", listed=2) + item("丙", listed=2) + item("丁", listed=3)
    assert said(body, numbering=numbering(level(0, "%1."), lists=lists)) == ["1.甲", "7.乙", "8.丙", "9.丁"]


def test_a_style_numbers_its_paragraphs_and_the_ones_based_on_it_and_zero_takes_the_number_away() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
    )
    body = p("甲", '<w:pStyle w:val="A"/>') + p("乙", '<w:pStyle w:val="B"/>')
    body += p("丙", '<w:pStyle w:val="B"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert said(body, numbering=numbering(level(0, "%1.")), styles=styles) == ["1.甲", "2.乙", "丙"]


def test_soft_breaks_tabs_and_hyphens_stand_in_the_text() -> None:
    runs = r("甲") + r("<w:br/>") + r("乙") + r("<w:tab/>") + r("丙") + r("<w:noBreakHyphen/>") + r("<w:cr/>") + r("丁")
    assert said(p(runs)) == ["甲\n乙\t丙-\n丁"]


_SHAPE = "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>"
_SHAPE += "<wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
_SHAPE += (
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict>"
)
_SHAPE += "</mc:Fallback></mc:AlternateContent></w:r>"
_VML = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


@pytest.mark.parametrize("box", [_SHAPE, _VML])
def test_a_text_box_is_read_once_and_said_to_stand_apart(box: str) -> None:
    found = read(docx(p(box.format(p("框中")) + r("正文"))), "a.docx")
    assert texts(found) == ["框中", "正文"]
    assert [piece.looks.boxed for piece in found.pieces if isinstance(piece, Paragraph)] == [True, False]


def test_a_box_within_a_box_a_frame_and_words_set_as_a_picture_are_read() -> None:
    inner = _VML.format(p("内"))
    art = "<w:r><w:pict><v:shape><v:textpath string='红头文件'/></v:shape></w:pict></w:r>"
    body = p(_VML.format(p(inner + r("外")))) + p("框", "<w:framePr w:w='1'/>") + p(art)
    found = read(docx(body), "a.docx")
    assert texts(found) == ["内", "外", "框", "红头文件"]
    assert all(piece.looks.boxed for piece in found.pieces if isinstance(piece, Paragraph))


def test_a_picture_is_told_at_its_place_with_its_name() -> None:
    picture = (
        "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='图 1' descr='公章'/><a:blip/></wp:inline></w:drawing></w:r>"
    )
    found = read(docx(p("甲") + p(picture)), "a.docx")
    assert [(one.name, one.place.block) for one in found.pieces if isinstance(one, Picture)] == [("公章", 2)]
    assert deeds(found, Deed.NOTED) == ["公章"]


def test_cells_merged_both_ways_are_one_cell_each() -> None:
    goes_on, begins = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'
    body = tbl(
        tr(tc("项目", begins), tc("分工", '<w:gridSpan w:val="2"/>'), settings="<w:tblHeader/>"),
        tr(tc("", goes_on), tc("牵头"), tc("配合")),
        tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", '<w:hMerge w:val="continue"/>'), tc("乙")),
    )
    found = only_table(read(docx(body + p("后")), "a.docx"))
    assert rows(found) == [["项目↓2", "分工→2"], ["牵头", "配合"], ["甲→2", "乙"]]
    assert found.headers == 1


def test_columns_left_free_before_a_row_and_after_it_are_empty_cells() -> None:
    short = tr(tc("乙"), settings='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    found = only_table(read(docx(tbl(tr(tc("甲"), tc("乙"), tc("丙")), short)), "a.docx"))
    assert rows(found) == [["甲", "乙", "丙"], ["", "乙", ""]]


def test_a_table_within_a_cell_becomes_lines_of_it_and_is_told() -> None:
    inner = tbl(tr(tc("一"), tc("二")), tr(tc("三"), tc("四")))
    found = read(docx(tbl(tr(tc(p("外") + inner + p("后")), tc("右")))), "a.docx")
    assert rows(only_table(found)) == [["外\n一 二\n三 四\n后", "右"]]
    assert deeds(found, Deed.FLATTENED) == ["一 二\n三 四"]


def _mark(kind: str, more: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{more}</w:fldChar></w:r>'


def _field(instruction: str, shown: str) -> str:
    told = instruction if instruction.startswith("<") else f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return _mark("begin") + told + _mark("separate") + shown + _mark("end")


def test_of_a_field_its_result_is_read_and_not_its_instruction() -> None:
    nested = _field(f"{r('<w:instrText>IF </w:instrText>')}{_field('PAGE', r('3'))}", r("结果"))
    found = read(
        docx(p(r("前") + nested + r("后")) + p('<w:fldSimple w:instr="DATE">' + r("今天") + "</w:fldSimple>")), "a"
    )
    assert texts(found) == ["前结果后", "今天"]
    assert deeds(found, Deed.LEFT_OUT) == ["3"]


def test_a_field_that_never_ends_takes_no_text_away() -> None:
    assert said(p(_mark("begin") + r("甲")) + p("乙")) == ["甲", "乙"]


def test_a_check_box_is_a_box_with_its_mark() -> None:
    box = '<w:ffData><w:checkBox><w:default w:val="{}"/></w:checkBox></w:ffData>'
    on, off = (_mark("begin", box.format(state)) + _mark("end") for state in (1, 0))
    assert said(p(on + r("是") + off + r("否"))) == ["☑是□否"]


def test_a_table_of_contents_that_word_keeps_is_handed_on_as_navigation() -> None:
    begin = _mark("begin") + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>" + _mark("separate")
    body = p(begin + r("一、要求 1")) + p("二、任务 3") + p(_mark("end")) + p("一、要求")
    found = read(docx(body), "a.docx")
    assert texts(found) == ["一、要求"]
    assert outside(found) == [(Outside.NAVIGATION, "一、要求 1"), (Outside.NAVIGATION, "二、任务 3")]


def test_a_footnote_follows_its_paragraph_with_its_mark() -> None:
    mark = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{p("线")}</w:footnote><w:footnote w:id="5">{p(" 注文")}</w:footnote>'
    )
    assert said(p(r("正文") + mark + r("。")) + p("下文"), notes=notes) == ["正文¹。", "¹注文", "下文"]


def test_formulas_ruby_and_symbols_are_text() -> None:
    formula = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    ruby = f"<w:r><w:ruby><w:rt>{r('yī')}</w:rt><w:rubyBase>{r('一')}</w:rubyBase></w:ruby></w:r>"
    found = read(docx(p(r("甲") + formula + ruby + r('<w:sym w:font="Wingdings" w:char="F0FE"/>'))), "a.docx")
    assert texts(found) == ["甲a+b一☑"]
    assert deeds(found, Deed.FLATTENED) == ["a+b"]
    assert deeds(found, Deed.LEFT_OUT) == ["yī"]


def _changed() -> bytes:
    gone = '<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="3">{r("来")}</w:moveFrom>'
    body = p(r("甲") + gone + f'<w:ins w:id="2">{r("新")}</w:ins>' + moved) + p(
        f'<w:moveTo w:id="3">{r("来")}</w:moveTo>'
    )
    return docx(body + p("上", '<w:rPr><w:del w:id="4"/></w:rPr>') + p("下"))


def test_tracked_changes_are_accepted_or_rejected_and_what_goes_is_told() -> None:
    accepted, rejected = (read(_changed(), "a.docx", how) for how in (Revisions.ACCEPT, Revisions.REJECT))
    assert texts(accepted) == ["甲新", "来", "上下"]
    assert deeds(accepted, Deed.DELETED) == ["旧", "来"]
    assert texts(rejected) == ["甲旧来", "上", "下"]
    assert deeds(rejected, Deed.DELETED) == ["新", "来"]


def test_hidden_text_is_left_out_and_told() -> None:
    styles = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    runs = r("甲") + r("密", "<w:vanish/>") + r("式", '<w:rStyle w:val="H"/>') + r("乙", '<w:vanish w:val="0"/>')
    found = read(docx(p(runs), styles=styles), "a.docx")
    assert texts(found) == ["甲乙"]
    assert deeds(found, Deed.LEFT_OUT) == ["密", "式"]


def test_headers_footers_and_page_numbers_are_handed_on_apart() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/>'
    more = {"word/h.xml": part("hdr", p("内部资料")), "word/f.xml": part("ftr", p("— 1 —"))}
    content = docx(
        p("甲") + section + "</w:sectPr>", links={"h": ("header", "h.xml"), "f": ("footer", "f.xml")}, more=more
    )
    found = read(content, "a.docx")
    assert texts(found) == ["甲"]
    assert outside(found) == [(Outside.HEADER, "内部资料"), (Outside.PAGE_NUMBER, "— 1 —")]


def test_the_body_is_found_by_its_relationship_and_in_the_strict_vocabulary() -> None:
    assert texts(read(docx(p("甲"), main="word/document2.xml"), "a.docx")) == ["甲"]
    assert texts(read(docx(p("甲"), word=STRICT), "a.docx")) == ["甲"]


@pytest.mark.parametrize("body", ['<w:altChunk r:id="x"/>', '<w:p><w:subDoc r:id="x"/></w:p>'])
def test_a_document_whose_text_lies_in_another_file_is_refused_with_its_name(body: str) -> None:
    with pytest.raises(Misuse) as refused:
        read(docx(p("甲") + body, links={"x": ("subDocument", "file://elsewhere/part.docx")}), "a.docx")
    assert refused.value.key == "import-outside"


def test_looks_come_from_the_paragraph_then_its_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="heading 2"/><w:pPr><w:jc w:val="center"/></w:pPr>'
        '<w:rPr><w:b/><w:sz w:val="44"/><w:rFonts w:eastAsia="方正小标宋"/></w:rPr></w:style>'
    )
    body = p("题", '<w:pStyle w:val="T"/>') + p("文", '<w:jc w:val="right"/><w:ind w:firstLineChars="200"/>')
    title, text = (piece.looks for piece in read(docx(body, styles=styles), "a").pieces if isinstance(piece, Paragraph))
    assert (title.align, title.size, title.bold, title.face, title.heading) == (
        Align.CENTER,
        Pt(22),
        True,
        "方正小标宋",
        2,
    )
    assert (text.align, text.first, text.bold, text.heading) == (Align.RIGHT, Em(2), False, 0)


def test_radicals_and_private_marks_are_mapped_and_controls_dropped_each_told() -> None:
    found = read(docx(p("⼯作\uf0fe\u200b①￥")), "a.docx")
    assert texts(found) == ["工作☑①￥"]
    assert deeds(found, Deed.MAPPED) == ["⼯", "\uf0fe"]
    assert deeds(found, Deed.DROPPED) == ["\u200b"]
