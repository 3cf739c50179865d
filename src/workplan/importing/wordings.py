"""How the parts of a document's frame are worded: what tells a number, a date, a signature, a label from running text."""

from __future__ import annotations

from workplan.chinese.patterns import Pattern
from workplan.importing.marks import bare, mark_at

#: 发文字号.
NUMBER = Pattern(
    r"(?:[一-龥（）()]{1,20})[〔\[［(（【〕][  ]*(?:19|20)[0-9]{2}年?[〕\]］)）】]第?[0-9]{1,4}号|[一-龥]{2,16}(?:公告|令|通告)?(?:19|20)\d\d年第\d{1,4}号"
)
MASTHEAD = Pattern(r"[一-龥（）()、·]{2,60}文件")
DATE = Pattern(
    r"(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日|二[〇○零Ｏ0O一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
NOTE = Pattern(r"[（(].{0,12}(?:公开|此件|联系人|印发至|发至|不公开|传真|登报|有效期|网上).{0,80}[）)]")
LABEL = Pattern(r"附(?:件|表|录)?(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})?(?:[-—－][0-9]{1,2})?[：:.．]?")
#: A label with the title behind it on the same line: 附件1 某某表, 附件1：某某表.
LABELLED = Pattern(
    r"(?P<label>附(?:件|表|录)\s*(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})?(?:[：:.．]|[  　]+|(?<=[0-9])(?=[一-龥])))\s*(?P<title>\S.{1,60})"
)
#: What begins the 附件说明.
LISTED = Pattern(r"附\s*(?:件|表)?\s*[：:]\s*\S.*|附\s*件\s*[1１一][：:.．、]\s*\S.*")
LISTED_NEXT = Pattern(r"(?:附\s*件\s*)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*[.．、：:]\s*\S.*")
COPIES = Pattern(r"抄送(?:单位|机关)?[：:].*")
ISSUED = Pattern(r"(?P<office>.*?)(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:印发|发布|印)?)")
RECIPIENTS = Pattern(r"[^。；]{2,400}[：:]")
STATUS = Pattern(
    r"[（(【](?:征求意见稿|送审稿|讨论稿|草案|试行|暂行|修订|修订稿|代拟稿|意见稿|[^（）()]{2,30}(?:通过|修订|修正|发布))[）)】]"
)
MARKS = (
    ("copy", Pattern(r"[0-9]{6}")),
    ("secrecy", Pattern(r"(?:绝密|机密|秘密)(?:★.{0,8})?")),
    ("urgency", Pattern(r"(?:特急|加急|平急|特提|急件)")),
    ("status", Pattern(r"[（(【]?(?:(?:示例|征求意见|送审|讨论|代拟|修改|报批|审议|样|初)稿|草案)[）)】]?")),
)
#: How an organ that signs is called.
_ORGAN = Pattern(
    r".*(?:政府|委员会|办公厅|办公室|厅|局|部|院|委|办|会|处|中心|署|行|队|社|司|集团|公司|小组|指挥部|学校|大学|党组|党委|支队|总队|分局|银行|国务院|监管局|监管分局)(?:（[^）]*）|\([^)]*\)|（章）)?"
)
#: A date with what stands behind it, somewhere in a line.
DATE_BEGINS = Pattern(r"(?:19|20)\s*\d\s*\d\s*年")
#: Figures and letters in full width, of which Founder's program makes all.
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
#: The registration number that a regulation bears beside its own (统一编号): ZJAC00-2024-0001.
CODE = Pattern(r"[A-Z]{1,6}[0-9A-Z]{0,6}[-—－–][0-9]{4}[-—－–][0-9]{2,6}")
#: A title has at most so many 字 in a line.
_TITLE = 60
_SALUTATIONS = ("各位代表", "同志们", "各位委员")
_LONGEST_ORGAN = 45


def told(text: str) -> str:
    """A text without white space, its figures and letters of the usual width: what the patterns here are held against."""
    return bare(text).translate(_NARROW)


def is_number(text: str) -> bool:
    """Whether a paragraph is a 发文字号 and nothing else."""
    return NUMBER.fullmatch(told(text)) is not None


def is_date(text: str) -> bool:
    """Whether a paragraph is a date and nothing else."""
    return DATE.fullmatch(told(text)) is not None


def is_organ(text: str) -> bool:
    """Whether a paragraph may be the name of who signs: short, no sentence, no numbered one, with the end of an organ's name."""
    words = told(text)
    plain = len(words) <= _LONGEST_ORGAN and not set(words) & set("。；：，:;!？?《》") and mark_at(text) is None
    return plain and _ORGAN.fullmatch(words) is not None


def is_title(text: str) -> bool:
    """Whether a paragraph may be a line of a title: short, no sentence, not numbered, neither a date nor a list of attachments."""
    words = told(text)
    plain = (
        1 < len(words) <= _TITLE and not words.endswith(("。", "；", "：", ":", "，", "、")) and mark_at(text) is None
    )
    return plain and not is_date(text) and LISTED.fullmatch(words) is None


def is_name_part(text: str) -> bool:
    """Whether a short line may be the first half of a signatory's name."""
    words = told(text)
    return len(words) <= _TITLE // 3 and mark_at(text) is None and not set(words) & set("。；：，:;!？?《》（）()")


def is_note(text: str) -> bool:
    """Whether a paragraph is a 附注."""
    return NOTE.fullmatch(told(text)) is not None


def is_salutation(text: str) -> bool:
    """Whether a paragraph names those the document is sent to, colon included."""
    words = told(text)
    named = words.startswith(
        ("各", "市", "省", "区", "县", "国", "局", "机关", "中央", "有关", "相关")
    ) or _ORGAN.fullmatch(words[:-1])
    return (
        RECIPIENTS.fullmatch(words) is not None
        and bool(named)
        and mark_at(text) is None
        and not words.startswith(_SALUTATIONS)
        and not words.endswith(("如下：", "如下:"))
    )
