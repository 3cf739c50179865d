"""Made-up plans of every frame that workplan prints, from one page to forty, for ``measure`` to find nothing on."""

from __future__ import annotations

import json
import random
from functools import cache
from typing import Any

from workplan import view
from workplan.compiler import compile_plan
from workplan.render import docx, pdf
from workplan.resources.templates import Templates
from workplan.source import Memory

_LONG = "云州市云溪区对口支援与合作交流工作领导小组办公室"
_SHORT = "云州市云溪区人民政府办公室"
_IMPRINT = {
    "cc": "区委办公室，区人大常委会办公室，区政协办公室，区纪委监委，区人武部，各人民团体，驻区各单位",
    "office": _SHORT,
    "date": "2031-03-10",
}
_SIGNED = {"signature": _SHORT, "date": "2031-03-09"}
_ISSUED = {"issuer": _SHORT, "number": "云溪政办〔2031〕8号", **_SIGNED}
#: What sentences are made of: marks side by side, figures, letters, brackets and long words, as plans have them.
_PIECES = (
    "加快建设现代化产业体系，推动传统产业改造升级",
    "完善“一网通办”、“一网统管”，办好民生实事128件",
    "新增停车泊位1.2万个（其中公共泊位3500个）",
    "对照《云州市“十五五”规划纲要》和《实施意见》（云政发〔2031〕3号）",
    "持续推进5G、AI、IPv6规模部署，覆盖率达到98.5%以上",
    "严格落实安全生产责任制",
    "支持企业上云用数赋智，培育专精特新中小企业",
    "深入开展爱国卫生运动，创建国家卫生镇",
    "健全基本公共服务体系，扩大优质教育资源供给，提高医疗保障水平",
)
_TABLE = {
    "kind": "table",
    "title": "主要指标",
    "columns": ["指标", "单位", "目标"],
    "rows": [{"指标": f"指标{row}", "单位": "个", "目标": row * 10} for row in range(1, 13)],
}


def _sentences(dice: random.Random, count: int) -> str:
    return "".join("；".join(dice.sample(_PIECES, dice.randint(1, 3))) + "。" for _ in range(count))


def _tasks(name: str, sections: int, most: int) -> dict[str, Any]:
    """A part with sections, tasks and sub-measures of all lengths."""
    dice = random.Random(name)  # noqa: S311 - the same plan every time
    if not sections:
        return {"kind": "tasks", "title": "重点任务", "items": [{"title": _PIECES[5], "text": _PIECES[0] + "。"}]}
    units = ("区教育局", "区财政局", "区教育局牵头，区财政局、各街镇配合")
    return {
        "kind": "tasks",
        "title": "重点任务",
        "items": [
            {
                "title": f"{dice.choice(_PIECES)[:12].strip('，。、“”')}",
                "items": [
                    {
                        "title": f"做好第{task}项工作",
                        "text": _sentences(dice, dice.randint(1, most)),
                        "units": dice.choice(units),
                    }
                    for task in range(1, 5)
                ],
            }
            for _ in range(sections)
        ],
    }


def _title(words: str) -> dict[str, Any]:
    return {"title": f"2031年云溪区{words}工作要点"}


#: The frame of each plan, and the number of its sections and of the most sentences in a task.
PLANS: dict[str, tuple[dict[str, Any], int, int]] = {
    "bare": (_title("教育"), 1, 1),
    "one page": ({**_ISSUED, **_title("教育")}, 0, 1),
    "long issuer": ({**_ISSUED, "issuer": _LONG, **_title("对口支援和东西部协作"), "imprint": _IMPRINT}, 4, 3),
    "joint": (
        {
            **_ISSUED,
            "issuer": ["云州市云溪区农业农村局", "云州市云溪区财政局"],
            "signature": ["云州市云溪区农业农村局", "云州市云溪区财政局"],
            **_title("乡村建设"),
            "imprint": _IMPRINT,
            "copy": "000001",
            "secrecy": "机密★1年",
            "urgency": "加急",
        },
        3,
        4,
    ),
    "letter": (
        {**_ISSUED, **_title("养老"), "imprint": {"cc": _IMPRINT["cc"]}, "style": {"form": "letter"}},
        3,
        3,
    ),
    "short letter": ({**_ISSUED, **_title("养老"), "style": {"form": "letter", "grid": "natural"}}, 1, 1),
    "mirrored": ({**_ISSUED, **_title("水务"), "imprint": _IMPRINT, "style": {"mirrored": True}}, 5, 3),
    "without head": (
        {**_title("残联"), "number": "云溪政办〔2031〕8号", "copy": "000001", "secrecy": "机密★1年"},
        1,
        2,
    ),
    "without date": ({**_ISSUED, **_title("体育"), "date": "", "imprint": _IMPRINT}, 2, 3),
    "two mirrored pages": ({**_ISSUED, **_title("水务"), "style": {"mirrored": True}}, 1, 3),
    "table after one line": (
        {
            **_ISSUED,
            **_title("林业"),
            "attachments": [
                {**_TABLE, "rows": [{"指标": f"指标{row}", "单位": "个", "目标": row} for row in range(60)]}
            ],
        },
        0,
        1,
    ),
    "long imprint after one line": (
        {**_ISSUED, **_title("残联"), "imprint": {**_IMPRINT, "cc": _IMPRINT["cc"] * 3, "office": _LONG * 2}},
        0,
        1,
    ),
    "natural with tables": (
        {
            **_ISSUED,
            **_title("绿化"),
            "imprint": _IMPRINT,
            "attachments": [_TABLE, {"kind": "prose", "title": "说明", "text": _PIECES[0] + "。"}],
            "style": {"grid": "natural"},
        },
        6,
        4,
    ),
    "notice": (
        {
            "issuer": _SHORT,
            "number": "云溪政办〔2031〕9号",
            "notice": {
                "title": f"{_SHORT}关于印发《2031年云溪区城市更新工作要点》的通知",
                "to": "各镇人民政府、溪口街道办事处，区政府各部门：",
                "text": "现将《2031年云溪区城市更新工作要点》印发给你们，请认真贯彻执行。",
                **_SIGNED,
                "note": "此件公开发布",
            },
            **_title("城市更新"),
            "imprint": _IMPRINT,
        },
        7,
        3,
    ),
    "forty pages": ({**_ISSUED, **_title("经济社会发展"), "imprint": _IMPRINT, "style": {"seal": False}}, 27, 6),
}
_UNITS = (
    '{"units": [{"name": "区教育局"}, {"name": "区财政局"}, '
    '{"name": "各街镇", "kind": "group", "members": ["溪口街道", "云山镇"]}]}'
)


@cache
def printed(name: str, form: str = "pdf") -> bytes:
    """The official document of one of the plans."""
    return _made(name, *PLANS[name], form)


@cache
def with_rows(count: int, words: int = 0) -> bytes:
    """A plan of one line with a table of so many rows, each with so many words more."""
    rows = [{"指标": f"指标{row}" + _PIECES[0] * words, "单位": "个", "目标": row} for row in range(count)]
    return _made("rows", {**_ISSUED, **_title("林业"), "attachments": [{**_TABLE, "rows": rows}]}, 0, 1, "pdf")


def _made(name: str, frame: dict[str, Any], sections: int, most: int, form: str) -> bytes:
    files = {
        "document.yaml": json.dumps({"date": "", **frame, "parts": ["tasks"]}, ensure_ascii=False),
        "tasks.yaml": json.dumps(_tasks(name, sections, most), ensure_ascii=False),
        "../units.yaml": _UNITS,
    }
    plan = compile_plan(Memory(files)).plan
    assert plan is not None
    official = view.official(plan)
    made: bytes = pdf.official(official, Templates()) if form == "pdf" else docx.official(official, Templates())
    return made
