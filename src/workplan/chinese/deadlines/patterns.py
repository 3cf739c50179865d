"""The words that deadlines are made of, as regular expressions; figures are half-width and blanks are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workplan.chinese.deadlines.periods import HOLIDAYS
from workplan.chinese.patterns import Pattern

if TYPE_CHECKING:
    from workplan.chinese.deadlines.value import Every

_NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_COUNT = "(?:[0-9]{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_YEAR = "(?:(?:19|20)[0-9]{2}|[一二][〇零一二三四五六七八九]{3})"
_TO = "(?:[—–－―~～-]+|至|到)"
_QUARTER = "[一二三四1-4]"

#: What may stand before the words of a day: by when it is, or that it is meant.
LEAD = Pattern(
    "(?:(?:完成|办结|落实|整改|实施|工作|计划)*(?:时限|期限|时间|节点|进度)(?:要求|安排)?[:：为])?"
    "(?:第[一二三四五六](?:阶段|步|批|期)(?:[:：，,]|(?P<open>[（(]))?)?"
    "(?P<lead>(?:确保|力争|争取|原则上|计划|预计|拟|要|须|应当?|必须|务必|最迟|最晚|不晚于|不迟于|分别|截至|截止|[于在到至])*)"
)
#: Words among them after which a period counts as a whole: by its end.
BY = Pattern("到|至|截止|不晚于|不迟于|最迟|最晚")
FROM = Pattern("[自从]")
FROM_NOW = Pattern(f"(?:[自从]?(?:即日|现在|印发之日|发布之日)起?){_TO}")
TO = Pattern(_TO)

ISO = Pattern(
    r"((?:19|20)[0-9]{2})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|\.([0-9]{1,2})\.([0-9]{1,2}))"
)
YEARS = Pattern(f"(?P<year>{_YEAR})(?:{_TO}(?P<to>{_YEAR}|[0-9]{{2}}))?年度?")
RELATIVE_YEAR = Pattern("(?P<word>[今本当明来次翌后去上前同]年)度?")
RELATIVE = {"今年": 0, "本年": 0, "明年": 1, "来年": 1, "后年": 2, "去年": -1, "上年": -1, "前年": -2}
#: These count from the year that was named before.
FOLLOWING = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1}
PLAN = Pattern(
    '[“"「『]?十(?P<number>[一二三四五六七八九])五[”"」』]?(?:规划)?(?:(?:时期|期间|期)?(?P<end>末期?|结束)|期间|时期|期内)?'
)
MONTHS = Pattern(f"(?P<first>{_NUMBER})(?:月?{_TO}(?P<to>{_NUMBER}))?月份?")
#: Months before the last of a list: 3、6、9月底.
LISTED = Pattern(f"(?:{_NUMBER}[、,，])+(?={_NUMBER}月)")
DAYS = Pattern(f"(?P<first>{_NUMBER})(?:[日号]?{_TO}(?P<to>{_NUMBER}))?[日号]")
TENS = Pattern(f"(?P<first>[上中下])(?:旬?{_TO}?(?P<to>[中下]))?旬")
#: A time of the day, or of the week, changes nothing.
HOUR = Pattern(
    "(?:[（(](?:星期|周)[一二三四五六日天][）)])?(?:(?:上午|下午|中午|晚上?)?[0-9]{1,2}(?:[:：][0-9]{2}|[时点](?:[0-9]{1,2}分|整|半)?)|下班)?"
)
#: The end of a month or quarter, or ten days of a month, that the sentence names before.
ITS_END: dict[str, Pattern] = {
    "month": Pattern("(?:[当该本同]月?)?月[底末]"),
    "quarter": Pattern("(?:[当该本同](?:季度?)?)?季度?[底末]"),
}
ITS_TENS = Pattern("(?:[当该本同]月)?(?P<first>[上中下])(?:旬?[—–－―~～至到-]?(?P<to>[中下]))?旬")
MONTH_END = Pattern("月?[底末]")
MONTH_BEGINNING = Pattern("月?初")
QUARTERS = Pattern(f"(?:第?(?P<to>{_QUARTER})(?:季度)?{_TO})?第?(?P<first>{_QUARTER})季度?")
FIRST_QUARTERS = Pattern("前(?P<count>[两二三2-3])个?季度")
HALF = Pattern("上半年|下半年")
END = Pattern("[底末]")
YEAR_END = Pattern("年?[底末终]")
THIS_YEAR = Pattern("(?P<end>年[底末终]|岁末)|全年|年度?内|年度")
HOLIDAY = Pattern(f'[“"‘「『]?(?P<name>{"|".join(HOLIDAYS)})[”"’」』]?(?:国际)?(?:节日?)?(?:假期|长假|小长假)?')

WITHIN = Pattern("之内|以内|内")
BEFORE = Pattern("之前|以前|前")
BEGINNING = Pattern("起|开始|起始")
ENDING = Pattern("为?止")
COMMA = Pattern("[，,]")

_SPAN_UNIT = "个?(?P<unit>年半|年|月|季度|周|星期|日|天)"
_SINCE = "(?:[自从]?(?:本|该|此)?(?:文|要点|方案|计划|意见|通知|文件|办法|规划)?(?:印发|发布|公布|下发|施行|发文)(?:之日)?(?:起|后|以后))?"
SPAN = Pattern(
    f"{_SINCE}(?P<ahead>今后|未来|用)?(?:{_COUNT}{_TO})?(?P<count>{_COUNT}|半)(?P<several>个)?{_SPAN_UNIT}(?:的?时间)?(?P<within>之内|以内|内)?"
)

EVERY = Pattern("(?:每个?|各|逐|按)(?P<unit>半年|年度?|季度|季|月份?|周|星期|天|日)")
EVERY_UNIT: dict[str, Every] = {
    "半年": "half-year", "年": "year", "季": "quarter", "月": "month", "周": "week", "星": "week", "天": "day", "日": "day",
}  # fmt: skip
#: Where in a quarter, a half year or a month: 末月25日前, 底, 结束后.
_PLACE = f"(?:季?[底末初]|{_NUMBER}(?:[日号]?{_TO}{_NUMBER})?[日号]|[上中下]旬)"
#: The days among them.
DAY_NUMBER = Pattern(f"{_NUMBER}(?=[日号]|{_TO})")
WHERE: dict[Every, Pattern] = {
    "half-year": Pattern("[底末]?"),
    "quarter": Pattern(f"(?:(?:首月|末月|次月|(?:的?第[一二三]|最后一?)个?月)(?:{_PLACE})?|季?[底末初])?(?:结束后)?"),
    "month": Pattern(f"(?:月?{_PLACE}(?:(?:[、，和及与]|{_TO})月?{_PLACE})*)?"),
    "week": Pattern("[一二三四五六日天末]?"),
    "day": Pattern(""),
}
TIMES = Pattern(
    f"(?:各|均|至少|不少于|不低于|原则上)*(?:开展|组织|召开|进行|报送|通报|调度)?(?:至少|不少于|不低于)?{_COUNT}次(?:以上)?"
)

#: Work without an end, or with one that words do not name.
ENDLESS = Pattern(
    "(?:并|且)?(?:长期|持续|常态化?|常年|全程|适时|即时|立即)(?:推进|坚持|开展|实施|加强|深化|抓好|落实|整改|巩固|进行|任务|工作)*|立行立改|即知即改|立知立改"
)
_MANNER = "(?:要|须|应|必须|力争|争取|确保|全部|基本|全面|率先|正式|按期|如期|初步|按时|分别|均|都|各|并|努力)"
_ACT = (
    "(?:投入使用|整改到位|落实到位|取得(?:明显|阶段性|实质性)?(?:成效|实效|进展|突破)|完成|办结|建成|投用|到位|落实|实现|见效|启动|报送|上报|"
    "出台|印发|结束|开工|竣工|验收|完工|交付|上线|运行|开通|开园|开业|完毕|实施|开展|推进|达标|清零|销号|达到|达)"
)
_THING = (
    "(?:方案|任务|建设|整改|编制|工作|目标|验收|改造|主体|工程|项目|立项|招标|设计|试点|总结|评估|制定|修订|全年|阶段性|"
    "[0-9]+(?:\\.[0-9]+)?%(?:以上)?|一半(?:以上)?|过半)"
)
#: That something is to be done by then.
DONE = Pattern(f"(?:{_MANNER}*{_ACT}{_THING}*)+")
CLOSING_BRACKET = Pattern("[）)]")
BETWEEN = Pattern("[，,；;、/]|和|及|与|以及|并")
CLOSE = Pattern("[。；;，,]?")
