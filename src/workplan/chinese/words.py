"""Chinese words: where a name or title may be parted.

Segmentation is rjieba's (the jieba algorithm and dictionary); names that the plan knows are kept whole.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: What departments are for, as their names have it (退役军人事务局, 市场监督管理总局, 新时代文明实践中心), and what each then is.
_PURPOSES = (
    "退役军人(?:事务|服务)|民族宗教事务|外事|港澳事务|机关事务管理|市场监督管理|药品监督管理|人力资源和社会保障|住房和城乡建设|发展和改革|"
    "工业和信息化|科学技术|自然资源(?:和规划)?|规划和自然资源|交通运输|农业农村|乡村振兴|文化(?:广电)?和旅游|文化(?:广电)?旅游|文化广电新闻出版|"
    "卫生健康|应急管理|医疗保障|生态环境|林业和草原|粮食和物资储备|城市管理(?:和)?(?:综合)?(?:行政)?执法|城市管理|综合行政执法|行政审批(?:服务)?|"
    "政务服务(?:和)?(?:数据|数字化)?管理|地方金融(?:监督)?管理|国有资产监督管理|公共资源交易(?:监督|管理|监督管理)?|大数据(?:发展)?管理|"
    "中医药管理|疾病预防控制|消防救援|投资促进|国防动员|融媒体|新时代文明实践|住房公积金管理|机构编制|社会工作|党群服务|"
    "矛盾纠纷调处化解|社会治安综合治理|党史和文献研究|党史和地方志研究"
)
_DEPARTMENTS = f"(?:{_PURPOSES})(?:总局|局|厅|委(?!员)|中心|支队|大队|总队|院|所|站|室)"
#: Terms of official titles that a general dictionary takes to pieces.
_TERMS = (
    f"{_DEPARTMENTS}|"
    "先进制造业|现代服务业|战略性新兴产业|未来产业|数字经济|数字政府|民营经济|海洋经济|低空经济|县域经济|营商环境|国有资本|国有企业|"
    "农业农村现代化|(?:新型)?农业经营主体|高标准农田|乡村振兴|东西部协作|对口支援|老旧小区|老旧电网|城市更新|城乡融合|基本公共服务|"
    "公共服务|养老服务|社会保障|社会信用|社会治理|社会救助|精神文明建设|生态文明建设|生态环境|安全生产|应急管理|知识产权|"
    "科技创新|高质量发展|高水平|放管服|专精特新|一网通办|互联网|人工智能|大数据|家庭医生|招商引资|新发展格局|新发展理念|新质生产力|今后一个时期|监管分局|政务服务|政务公开|法治政府|"
    "国民经济和社会发展|粤港澳大湾区|京津冀协同发展|长三角(?:一体化|生态绿色一体化)?(?:发展)?(?:示范区)?|长江经济带(?:发展)?|黄河流域|党政领导班子|"
    "融媒体(?:中心)?|新时代文明实践(?:中心|站|所)?|非物质文化遗产|反不正当竞争|反垄断|超长期特别国债|民主生活会|组织生活会|退役军人|"
    "国际消费中心城市|国家中心城市|生活垃圾分类|电信网络(?:新型违法犯罪|诈骗)?|新就业形态(?:劳动者)?|微短剧|"
    "巩固拓展|脱贫攻坚|学习贯彻|宣传贯彻|集体经济(?:组织)?|产业集群|民族团结进步|党风廉政建设|全面从严治党|中国式现代化|共同富裕|"
    "乡村建设|城镇化|新型城镇化|城乡融合发展|基层治理|全面依法治[国省市县区]|全面深化改革|主题教育|专题会议|工作会议|(?:领导小组|联席会议|指挥部|工作专班|委员会)(?:办公室)?|办公室|"
    "(?:重点)?工作(?:要点|方案|计划|任务|总结)|(?:实施|行动|指导|总体)(?:方案|意见|计划|细则)|若干(?:措施|意见|规定)|(?:三|五)年行动(?:计划|方案)?|任务分工"
)
#: Meetings by their number: 第三次会议, 第二次全体会议.
_MEETINGS = "第[一二三四五六七八九十百0-9]{1,4}次(?:全体|全会|常务|专题|联席|工作|扩大)*(?:会议|代表大会|大会)?"
#: Congresses and plenary sessions: 党的二十届四中全会, 党的二十大.
_SESSIONS = "(?:党的)?第?[一二三四五六七八九十]{1,3}届[一二三四五六七八九]中全会|党的[一二三四五六七八九十]{2,3}大"
#: What stays in one piece whatever a dictionary says: titles of works, quotations, numbers with their unit, Latin words.
_WHOLE = re.compile(
    rf"(?:{_SESSIONS})(?:精神)?|{_MEETINGS}|{_TERMS}|"
    r"《[^《》]*》|“[^“”]*”|〈[^〈〉]*〉|〔\d+〕\d*号?|[0-9][0-9.,]*(?:%|年度|年|月份|月|日|号|个|周年|届)?|[A-Za-z][A-Za-z0-9.+-]*"
)
#: What an organ is: its name ends so, and is parted before that where nothing else is possible (精神文明建设|办公室). Two of
#: them are long enough to begin a line (优化营商环境|领导小组办公室).
_ORGAN = re.compile(
    "(?<=[\\u3400-\\u9fff])(?:领导小组|委员会|联席会议|指挥部|工作专班|办公室)(?!办公室|领导小组|联席会议|工作专班)"
)
#: A word of two characters or more without marks, and the number of places that make a phrase of two of them.
_PLAIN = re.compile("[\\u3400-\\u9fff]{2,}")
_OFTEN = 3
#: Marks that belong to the word before them.
_AFTER = "。，、；：！？）》〉”’】〕"
#: Marks that belong to the word after them.
_BEFORE = "（《〈“‘【〔"


def segment(text: str, names: Iterable[str] = (), longest: int = 20) -> tuple[str, ...]:
    """The words of a text in order, marks joined to their words; the words together are the text.

    ``names`` are kept whole, the longest first; a title in 《》 or a name of more than ``longest`` characters, which no line
    of a title holds, is parted into its words.
    """
    from rjieba import cut  # noqa: PLC0415 - loads a dictionary; only titles and names need it

    whole = _whole(names)
    words: list[str] = []
    done = 0
    for match in whole.finditer(text):
        words += cut(text[done : match.start()])
        words += (match[0],) if len(match[0]) <= longest else cut(match[0])
        done = match.end()
    words += cut(text[done:])
    return _with_marks(words)


def longest_whole(text: str, names: Iterable[str] = ()) -> int:
    """The length of the longest piece of a text that ``segment`` keeps whole without asking a dictionary."""
    return max((len(match[0]) for match in _whole(names).finditer(text)), default=0)


def _whole(names: Iterable[str]) -> re.Pattern[str]:
    """What stays whole, the names among it."""
    known = "|".join(re.escape(name) for name in sorted(filter(None, names), key=len, reverse=True))
    return re.compile(f"{known}|{_WHOLE.pattern}" if known else _WHOLE.pattern)


def names_organ(text: str) -> bool:
    """Whether a text has the name of an organ, or what may be one (精神文明建设办公室)."""
    return _ORGAN.search(text) is not None


def parted(text: str, place: int, names: Iterable[str] = ()) -> str:
    """The term or name that a line's end at ``place`` would part, with a stroke there (先进|制造业); "" for none."""
    known = "|".join(re.escape(name) for name in sorted(filter(None, names), key=len, reverse=True))
    terms = f"{known}|{_SESSIONS}|{_MEETINGS}|{_TERMS}" if known else f"{_SESSIONS}|{_MEETINGS}|{_TERMS}"
    for found in re.finditer(terms, text):
        if found.start() < place < found.end():
            return f"{text[found.start() : place]}|{text[place : found.end()]}"
    return ""


def bound(words: Sequence[str], text: str) -> frozenset[int]:
    """The places between words, in characters from the beginning, where both neighbours belong together.

    That is where a text has the two of them in a row again and again, the words themselves aside, which a document repeats on
    its pages; single characters and marks bind nothing. It is also before the word that says what an organ is.
    """
    whole = "".join(words)
    text = text.replace(whole, "")
    organs = {found.start() for found in _ORGAN.finditer(whole)}
    places: list[int] = []
    end = 0
    for one, other in pairwise(words):
        end += len(one)
        both = _PLAIN.fullmatch(one) and _PLAIN.fullmatch(other)
        if end in organs or (both and text.count(one + other) >= _OFTEN):
            places.append(end)
    return frozenset(places)


def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a text in order, each with its part of speech as jieba names it: n, v, vn (a verb as a noun), d and so on."""
    from rjieba import tag  # noqa: PLC0415 - likewise

    return tuple(tag(text))


def _with_marks(words: Iterable[str]) -> tuple[str, ...]:
    joined: list[str] = []
    for word in words:
        if joined and (word[0] in _AFTER or word.isspace() or joined[-1][-1] in _BEFORE):
            joined[-1] += word
        else:
            joined.append(word)
    return tuple(joined)
