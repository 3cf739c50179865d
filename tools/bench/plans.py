"""Plans of any size, the same for the same figures: tasks in sections of ten, each with a few units of a long registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: Sizes that are measured: tasks, and units in the registry.
SIZES = {20: 26, 200: 26, 2_000: 150, 10_000: 500}
_PLACES = "东南西北中上下左右前后内外高低长短深浅新旧春夏秋冬山水江河湖海"
_FIELDS = "教育卫生农业商务财政民政水务交通住建文旅科技民宗司法审计统计"
_VERBS = "推进落实完善加强优化健全开展组织拓展深化提升规范"
_THINGS = ("产业协作", "劳务协作", "消费帮扶", "人才支援", "资金项目", "结对帮扶", "乡村振兴", "教育医疗")
#: Every tenth unit is a group whose members the plan leaves open.
_OPEN = 10
#: What a reworded task takes its words from.
_REWORDED = 500_000


def unit(place: int) -> str:
    """The name of one unit of the registry."""
    first, rest = _PLACES[place % len(_PLACES)], place // len(_PLACES)
    second = _PLACES[rest % len(_PLACES)]
    field = _FIELDS[place * 2 % len(_FIELDS) :][:2] if place % 2 else "综合"
    return f"各{first}{second}单位" if place % _OPEN == _OPEN - 1 else f"区{first}{second}{field}局"


def _title(place: int) -> str:
    thing = _THINGS[place * 5 % len(_THINGS)]
    a, b, c = (_PLACES[place // len(_PLACES) ** power % len(_PLACES)] for power in range(3))
    return f"{_VERBS[place % len(_VERBS) // 2 * 2 :][:2]}{c}{b}{a}{thing}"


def _task(place: int, units: int, *, faulty: bool, remark: bool) -> str:
    named = "、".join(dict.fromkeys(unit((place * 7 + step * 31) % units) for step in range(1 + place % 5)))
    comma = "," if faulty else "，"
    ignored = "        # workplan: ignore[half-width-mark]\n" if remark else ""
    return (
        f"      - id: 任务{place + 1}\n"
        f"        title: {_title(place)}\n"
        f"{ignored}"
        f"        text: >\n"
        f"          {_title(place + 11)}{comma}围绕{_THINGS[place % len(_THINGS)]}重点工作，细化分解第{place + 1}项任务，"
        f"明确时间节点和工作标准，形成一级抓一级、层层抓落实的工作格局。\n"
        f"          对照年度目标，{_title(place + 23)}，全年完成不少于{20 + place % 80}个项目，及时总结经验做法。\n"
        f"        units: {{责任单位: {named}}}\n"
    )


def write(  # noqa: PLR0913 - what plans differ in
    folder: Path, tasks: int, units: int, *, faulty: bool = False, remarks: bool = False, year: str = "2022"
) -> Path:
    """Write a plan of a year below ``folder``; gives the folder of the plan. That of 2023 rewords every seventh task.

    ``faulty`` puts a half-width comma into every task, and ``remarks`` a comment that ignores it.
    """
    plan = folder / "plan" / year
    plan.mkdir(parents=True, exist_ok=True)
    lines = [
        f"  - {{name: {name}, kind: group, open: true}}\n" if name.startswith("各") else f"  - {{name: {name}}}\n"
        for name in dict.fromkeys(map(unit, range(units)))
    ]
    (folder / "plan" / "units.yaml").write_text(f"units:\n{''.join(lines)}", encoding="utf-8")
    (plan / "document.yaml").write_text(
        f"issuer: 上海市静安区对口支援工作领导小组办公室\nnumber: 静合组办〔{year}〕1号\ntitle: {year}年对口支援工作要点\n"
        f"parts: [tasks]\nsignature: 静安区对口支援工作领导小组办公室\ndate: {year}-06-29\n",
        encoding="utf-8",
    )
    body = "".join(
        (
            f"  - id: 板块{place // 10 + 1}\n    title: 第{place // 10 + 1}方面工作\n    items:\n"
            if place % 10 == 0
            else ""
        )
        + _task(place + (_REWORDED if year != "2022" and not place % 7 else 0), units, faulty=faulty, remark=remarks)
        for place in range(tasks)
    )
    (plan / "tasks.yaml").write_text(f"kind: tasks\ntitle: 重点任务\nitems:\n{body}", encoding="utf-8")
    return plan
