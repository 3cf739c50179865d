"""The named styles, font table and settings of the shipped Word templates.

The metrics that the arranging code shares are those of ``workplan.render.docx.metrics``; the style sheets of the PDF say the
same in CSS.
"""

from __future__ import annotations

from dataclasses import dataclass

from workplan.lengths import Em, Mm, Pt, Twips, mm_to_twips, pt_to_twips
from workplan.page import attachment_list
from workplan.page.dimensions import BODY, INDENT, RED_RULE, SEALED_INDENT, SMALL, TITLE
from workplan.render.docx.markup import BUILT_IN
from workplan.render.docx.metrics import (
    CELL_ABOVE,
    CELL_BESIDE,
    CLOSER,
    LEAST_LINE,
    LINE,
    MASTHEAD,
    MASTHEAD_LINE,
    NUMBER_BEFORE,
    NUMBER_LINE,
    PAGE_NUMBER_LINE,
    RULE_SPACE,
    SHEET_LINE,
    SHEET_WIDTH,
    TABLE_LINE,
    TABLE_TYPE,
    WIDENED,
    eighths,
    half_points,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAOSONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"

#: Face, the names under which else it is installed, its classification (PANOSE), family and pitch.
_FONTS = (
    (FANGSONG, "仿宋,FangSong,FandolFang", "02010609030101010101", "modern", "fixed"),
    (KAITI, "楷体,KaiTi,FandolKai", "02010609030101010101", "modern", "fixed"),
    (HEITI, "SimHei,FandolHei", "02010609060101010101", "modern", "fixed"),
    (SONGTI, "SimSun,FandolSong", "02010600030101010101", "auto", "variable"),
    (XIAOBIAOSONG, "方正小标宋_GBK,FZXiaoBiaoSong-B05S", "02010601030101010101", "auto", "variable"),
)

#: 小四, the size of tables and of the task sheet.
SMALLER = Pt(12)


def pt(length: float) -> Twips:
    """Points as Word has them."""
    return pt_to_twips(Pt(length))


def mm(length: float) -> Twips:
    """Millimetres as Word has them."""
    return mm_to_twips(Mm(length))


@dataclass(frozen=True)
class Style:
    """One paragraph style; ``character`` adds the linked character style that sets run-in heads.

    One that Word has itself goes by Word's name for it, or by ``built_in``.
    The indents ``first``, ``left``, ``right`` and ``hanging`` are in 字 of the style's own size.
    """

    key: str
    name: str
    face: str = FANGSONG
    size: Pt = BODY
    line: Twips = LINE
    before: Twips = Twips(0)
    after: Twips = Twips(0)
    align: str = "both"
    first: Em = Em(0)
    left: Em = Em(0)
    right: Em = Em(0)
    hanging: Em = Em(0)
    keep: bool = False
    solid: bool = False
    outline: int | None = None
    color: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    character: bool = False
    built_in: str = ""

    @property
    def word_name(self) -> str:
        """The name in the file."""
        return self.built_in or BUILT_IN.get(self.name, self.name)

    @property
    def closer(self) -> Twips:
        """The space added after each character: the strict grid is for 三号 alone."""
        return CLOSER if self.size == BODY else Twips(0)

    def xml(self) -> str:
        """The style, and the character style linked to it."""
        link = f'<w:link w:val="{self.key}Char"/>' if self.character else ""
        own = "" if self.word_name != self.name else ' w:customStyle="1"'
        head = (
            f'<w:style w:type="paragraph"{own} w:styleId="{self.key}"><w:name w:val="{self.word_name}"/>'
            f'<w:basedOn w:val="Normal"/>{link}<w:uiPriority w:val="1"/><w:qFormat/>'
        )
        made = f"{head}<w:pPr>{self._paragraph()}</w:pPr><w:rPr>{self._run()}</w:rPr></w:style>"
        if not self.character:
            return made
        name = f"{self.word_name.capitalize()} Char" if own == "" else f"{self.name}字符"
        return (
            f'{made}<w:style w:type="character" w:customStyle="1" w:styleId="{self.key}Char">'
            f'<w:name w:val="{name}"/><w:basedOn w:val="DefaultParagraphFont"/><w:link w:val="{self.key}"/>'
            f'<w:uiPriority w:val="1"/><w:qFormat/><w:rPr>{self._run()}</w:rPr></w:style>'
        )

    def _paragraph(self) -> str:
        """Paragraph properties in the order that the schema requires."""
        extra = dict(self.extra)
        parts = [
            "<w:keepNext/>" if self.keep else "",
            "<w:keepLines/>" if self.solid else "",
            extra.get("start", ""),
            extra.get("orphans", '<w:widowControl w:val="0"/>'),
            extra.get("border", ""),
            extra.get("tabs", ""),
            _TOGETHER,
            f'<w:spacing w:before="{self.before}" w:after="{self.after}" w:line="{self.line}" w:lineRule="exact"/>',
            self._indents(),
            extra.get("end", ""),
            f'<w:jc w:val="{self.align}"/>',
            "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>',
        ]
        return "".join(parts)

    def _indents(self) -> str:
        """Indents in hundredths of a 字 (which Word follows when the size changes) and in twips (for other programs)."""
        twips = pt(self.size) + self.closer
        named = (("left", self.left), ("right", self.right), ("firstLine", self.first), ("hanging", self.hanging))
        found = "".join(
            f' w:{name}Chars="{round(value * 100)}" w:{name}="{round(value * twips)}"' for name, value in named if value
        )
        return f"<w:ind{found}/>" if found else ""

    def _run(self) -> str:
        """Run properties: the same face for every script, so that digits and quotes look as they do in the PDF."""
        size = half_points(self.size)
        return (
            f"{rfonts(self.face)}"
            + (f'<w:color w:val="{self.color}"/>' if self.color else "")
            + (f'<w:spacing w:val="{self.closer}"/>' if self.closer else "")
            + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        )


def rfonts(face: str) -> str:
    """One face for all scripts; the hint gives quotes, dashes and ellipses to the East Asian one."""
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{face}" w:eastAsia="{face}" w:hAnsi="{face}" w:cs="{face}"/>'


# No line is composed with room between digits and 字, save those of text on a grid that has it.
_TOGETHER = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
_RULE = (
    f'<w:pBdr><w:bottom w:val="single" w:sz="{eighths(RED_RULE)}" w:space="{RULE_SPACE}" w:color="FF0000"/></w:pBdr>'
)
#: 附件说明: the indents of an entry without a number; those with one are indented when the template is filled.
_FIRST, _TURN = attachment_list.indents("附件：", "", first=True)
_ALONE = (("end", "<w:contextualSpacing/>"),)
_NEW_PAGE = (("start", "<w:pageBreakBefore/>"),)
_TABS = (("tabs", f'<w:tabs><w:tab w:val="right" w:pos="{SHEET_WIDTH}"/></w:tabs>'),)
_BOXED = (
    "<w:pBdr>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="{eighths(Pt(1))}" w:space="6" w:color="auto"/>' for side in ("top", "bottom")
    )
    + "</w:pBdr>"
)
_THIN = eighths(Pt(0.5))
_OVERLINED = (("border", f'<w:pBdr><w:top w:val="single" w:sz="{_THIN}" w:space="7" w:color="auto"/></w:pBdr>'),)
_NO_ORPHANS = (("orphans", "<w:widowControl/>"),)

_OFFICIAL = (
    Style("Status", "稿本标识", HEITI, align="left", keep=True),
    Style("CopyNumber", "份号", align="left", keep=True),
    Style("Secrecy", "密级和紧急程度", HEITI, align="left", keep=True),
    Style(
        "Masthead",
        "发文机关标志",
        XIAOBIAOSONG,
        MASTHEAD,
        line=pt(MASTHEAD * MASTHEAD_LINE),
        align="center",
        keep=True,
        color="FF0000",
    ),
    # Indented by what the line is wider than 156 mm.
    Style(
        key="Number",
        name="发文字号",
        line=NUMBER_LINE,
        before=NUMBER_BEFORE,
        align="center",
        right=Em(0.04),
        keep=True,
        extra=(("border", _RULE),),
    ),
    Style("Title", "标题", XIAOBIAOSONG, TITLE, before=Twips(2 * LINE), after=LINE, align="center", keep=True),
    Style("Subtitle", "副标题", KAITI, after=LINE, align="center", keep=True),
    Style("Speaker", "报告人", KAITI, after=LINE, align="center", keep=True),
    Style("Recipients", "主送机关"),
    Style("BodyText", "正文", first=INDENT),
    Style("Heading1", "一级标题", HEITI, first=INDENT, keep=True, outline=0, character=True),
    Style("Heading2", "二级标题", KAITI, first=INDENT, keep=True, outline=1, character=True),
    Style("Heading3", "三级标题", first=INDENT, keep=True, outline=2, character=True),
    Style("Heading4", "四级标题", first=INDENT, keep=True, outline=3, character=True),
    Style(
        "AttachmentList",
        "附件说明",
        before=LINE,
        left=_TURN,
        hanging=Em(_TURN - _FIRST),
        keep=True,
        solid=True,
        extra=_ALONE,
    ),
    Style("Signature1", "落款", before=Twips(2 * LINE), align="center", keep=True, solid=True, extra=_ALONE),
    Style("IssueDate", "成文日期", align="right", right=SEALED_INDENT, solid=True),
    Style("Note1", "附注", first=INDENT),
    Style("AttachmentLabel", "附件标识", HEITI, align="left", keep=True, extra=_NEW_PAGE),
    Style(
        "AttachmentTitle",
        "附件标题",
        XIAOBIAOSONG,
        TITLE,
        before=LINE,
        after=LINE,
        align="center",
        keep=True,
        outline=0,
    ),
    Style("TableText", "表格文字", FANGSONG, TABLE_TYPE, line=pt(TABLE_LINE), align="left"),
    Style("TableHead", "表头文字", HEITI, TABLE_TYPE, line=pt(TABLE_LINE), align="center", keep=True),
    Style("Imprint", "版记", FANGSONG, SMALL, line=pt(24), align="left", left=Em(1), right=Em(1)),
    Style("ImprintDate", "印发日期", FANGSONG, SMALL, line=pt(24), align="right", right=Em(1)),
    # One 字, and what the line is wider than 156 mm.
    Style("PageNumber", "页码", SONGTI, SMALL, line=PAGE_NUMBER_LINE, align="right", right=Em(1 + WIDENED / pt(SMALL))),
    Style("PageNumberEven", "页码（双页）", SONGTI, SMALL, line=PAGE_NUMBER_LINE, align="left", left=Em(1)),
    Style("Filler", "占位行", FANGSONG, Pt(1), line=LEAST_LINE, align="left"),
)

# The styles of the task sheet, with the sizes, lines and margins of sheet.css.
_SHEET = (
    Style("Status", "稿本标识", HEITI, SMALL, line=pt(20), after=mm(4), align="left"),
    Style("Title", "标题", XIAOBIAOSONG, TITLE, line=pt(30), align="center", keep=True),
    Style("Subtitle", "副标题", FANGSONG, SMALL, line=pt(22), before=mm(2), after=mm(5), align="center", keep=True),
    Style(
        "About",
        "单位情况",
        size=SMALLER,
        line=SHEET_LINE,
        align="left",
        left=Em(7),
        hanging=Em(7),
        extra=(("border", _BOXED),),
    ),
    Style("Heading1", "一级标题", HEITI, Pt(15), line=pt(24), before=mm(6), align="left", keep=True, outline=0),
    Style(
        key="Heading2",
        name="任务标题",
        built_in="heading 2",
        face=HEITI,
        size=Pt(13),
        line=pt(20),
        before=mm(3),
        align="left",
        keep=True,
        outline=1,
        extra=_OVERLINED,
    ),
    Style("OwnRole", "本单位角色", HEITI, SMALLER, line=SHEET_LINE, align="left", left=Em(7), hanging=Em(7), keep=True),
    Style("Fact", "栏目", size=SMALLER, line=SHEET_LINE, align="left", left=Em(7), hanging=Em(7), keep=True),
    Style("FactName", "栏目名", HEITI, SMALLER, line=SHEET_LINE, align="left", character=True),
    Style("BodyText", "正文", size=SMALLER, line=SHEET_LINE, before=mm(1), first=INDENT, extra=_NO_ORPHANS),
    Style("Blank", "填写栏", size=Pt(10.5), line=pt(14), align="left"),
    Style(
        "Explanation", "说明", size=SMALLER, line=SHEET_LINE, before=mm(1), first=INDENT, keep=True, extra=_NO_ORPHANS
    ),
    Style("Possible", "可能涉及", size=SMALLER, line=SHEET_LINE, align="left", left=Em(2), keep=True, solid=True),
    Style("Header1", "页眉文字", size=Pt(9), line=pt(14), align="left", extra=_TABS),
    Style("HeaderUnit", "页眉单位", HEITI, Pt(9), line=pt(14), align="left", character=True),
    Style("PageNumber", "页码", size=Pt(10.5), line=pt(14), align="center"),
    Style("Filler", "占位行", FANGSONG, Pt(1), line=LEAST_LINE, align="left"),
)

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="{_THIN}" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = (
    f'<w:tblCellMar><w:top w:w="{pt(CELL_ABOVE)}" w:type="dxa"/><w:left w:w="{pt(CELL_BESIDE)}" w:type="dxa"/>'
    f'<w:bottom w:w="{pt(CELL_ABOVE)}" w:type="dxa"/><w:right w:w="{pt(CELL_BESIDE)}" w:type="dxa"/></w:tblCellMar>'
)


def word_name(name: str) -> str:
    """The name in the file of a style by the name that it has here."""
    return next((style.word_name for style in (*_OFFICIAL, *_SHEET) if style.name == name), name)


def styles_xml(kind: str) -> str:
    """All styles of one template; Word's own stay hidden, so that the list shows ours alone."""
    ours = "".join(style.xml() for style in (_OFFICIAL if kind == "official" else _SHEET))
    size, line = (BODY, LINE) if kind == "official" else (SMALLER, SHEET_LINE)
    # The PDF of a sheet has no room between digits and 字 either.
    apart = "" if kind == "official" else _TOGETHER
    return f"""<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{rfonts(FANGSONG)}<w:sz w:val="{half_points(size)}"/>\
<w:szCs w:val="{half_points(size)}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>\
<w:pPrDefault/></w:docDefaults>\
<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" \
w:defQFormat="0" w:count="376"/>\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>\
<w:pPr><w:widowControl w:val="0"/>{apart}<w:snapToGrid w:val="0"/><w:spacing w:line="{line}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr></w:style>\
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">\
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>\
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>\
<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>\
<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>\
<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>\
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>\
<w:uiPriority w:val="99"/><w:semiHidden/></w:style>{ours}\
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TemplateTag"><w:name w:val="模板标记"/>\
<w:basedOn w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:spacing w:line="280" w:lineRule="exact"/>\
</w:pPr><w:rPr><w:color w:val="2E74B5"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>\
<w:style w:type="table" w:customStyle="1" w:styleId="RuledTable"><w:name w:val="公文表格"/>\
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="1"/><w:qFormat/><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders>\
{_MARGINS}</w:tblPr></w:style>\
<w:style w:type="table" w:customStyle="1" w:styleId="PlainTable"><w:name w:val="无框表格"/>\
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="1"/><w:qFormat/><w:tblPr><w:tblCellMar>\
<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"""


def fonts_xml() -> bytes:
    """The font table, with other names of each face for programs that lack the first."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:panose1 w:val="{panose}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, others, panose, family, pitch in _FONTS
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {W}>{fonts}</w:fonts>'.encode()


def settings_xml(*, facing: bool) -> str:
    """The settings of a Chinese document; ``facing`` gives odd and even pages footers of their own."""
    odd_even = "<w:evenAndOddHeaders/>" if facing else ""
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return (
        f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>{odd_even}'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f"<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
        f"<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>{mode}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )
