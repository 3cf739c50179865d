"""Plans that are edited at random, with what was done to each task: comparisons are held to it."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from workplan.compiler import compile_plan
from workplan.source import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workplan.plan.compiled import Plan

PLANS = Path(__file__).resolve().parents[1] / "plan"
UNITS = (
    "区教育局",
    "区财政局",
    "区民政局",
    "区司法局",
    "区商务委",
    "区国资委",
    "区科委",
    "团区委",
    "区妇联",
    "区总工会",
)
#: The edits of one task, and the kinds of change that must be told of each.
KINDS = {
    "move": {"moved"},
    "retitle": {"retitled"},
    "reword": {"reworded"},
    "units": {"units"},
    "rework": {"moved", "retitled", "reworded", "units"},
}


def seeded(seed: float) -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(seed)  # noqa: S311 - reproducible on purpose


@dataclass(frozen=True)
class Task:
    """One task; ``name`` is what the test knows it by, in no plan."""

    name: str
    title: str
    text: str
    units: tuple[str, ...]
    section: int
    done: frozenset[str] = frozenset()

    def shape(self, *, ids: bool) -> dict[str, object]:
        """The task as it is written in a part."""
        shape = {"title": self.title, "text": self.text, "units": {"责任单位": "、".join(self.units)}}
        return {"id": self.name, **shape} if ids else dict(shape)


@dataclass(frozen=True)
class Draft:
    """A plan of tasks under sections, in printed order."""

    tasks: tuple[Task, ...]
    sections: tuple[str, ...]
    others: Mapping[str, str] = field(default_factory=dict)

    def plan(self, *, ids: bool = True) -> Plan:
        """The plan compiled, with or without the ids of its tasks."""
        items: list[dict[str, object]] = [
            {
                **({"id": f"板块{place}"} if ids else {}),
                "title": title,
                "items": [task.shape(ids=ids) for task in self.tasks if task.section == place],
            }
            for place, title in enumerate(self.sections)
        ]
        part = {"kind": "tasks", "title": "重点任务", "items": [item for item in items if item["items"]]}
        files = {**self.others, "tasks.yaml": json.dumps(part, ensure_ascii=False)}
        result = compile_plan(Memory(files))
        assert result.plan is not None
        assert result.clean, result.diagnostics
        return result.plan

    def filled(self) -> set[int]:
        """The sections that hold tasks; the others are left out of the plan."""
        return {task.section for task in self.tasks}

    def in_order(self) -> list[Task]:
        """The tasks as they stand in the plan."""
        return sorted(self.tasks, key=lambda task: task.section)


@cache
def real() -> Draft:
    """The tasks of the 2022 plan, the rest of it as it is."""
    files = {path.name: path.read_text(encoding="utf-8") for path in (PLANS / "2022").iterdir()}
    units = (PLANS / "units.yaml").read_text(encoding="utf-8")
    more = "".join(f"  - {{name: {unit}}}\n" for unit in UNITS if f"name: {unit}}}" not in units)
    files["../units.yaml"] = units + more
    part = yaml.safe_load(files["tasks.yaml"])
    tasks = [
        Task(
            name=task["id"],
            title=task["title"],
            text=re.sub(r"\s", "", task["text"]),
            units=_names(task["units"]),
            section=place,
        )
        for place, section in enumerate(part["items"])
        for task in section["items"]
    ]
    return Draft(tuple(tasks), tuple(section["title"] for section in part["items"]), files)


def _names(units: str | dict[str, str]) -> tuple[str, ...]:
    words = units if isinstance(units, str) else next(iter(units.values()))
    return tuple(words.split("、"))


def made_up(count: int, chance: random.Random) -> Draft:
    """So many tasks put together from the phrases of the 2022 plan, so that every phrase stands in many of them."""
    phrases = _phrases()
    tasks = tuple(
        Task(
            name=f"任务{place}",
            title=_title(place, chance),
            text=_text(chance.randint(4, 9), phrases, chance),
            units=tuple(chance.sample(UNITS, chance.randint(1, 4))),
            section=place // 20,
        )
        for place in range(count)
    )
    others = {
        "document.yaml": "title: 工作要点\nparts: [tasks]\nnumber: ''\ndate: ''\n",
        "../units.yaml": json.dumps({"units": [{"name": unit} for unit in UNITS]}, ensure_ascii=False),
    }
    sections = tuple(f"{phrases[place % len(phrases)]}{place}" for place in range((count + 19) // 20))
    return Draft(tasks, sections, others)


@cache
def _phrases() -> tuple[str, ...]:
    """The phrases of the 2022 plan."""
    text = "".join(task.text for task in real().tasks)
    return tuple(dict.fromkeys(phrase for phrase in re.split(r"[^\u4e00-\u9fff]+", text) if 3 < len(phrase) < 16))


def _title(place: int, chance: random.Random) -> str:
    verbs, things = ("推进", "加强", "深化", "完善", "落实", "优化"), ("建设", "改革", "服务", "协作", "机制", "工作")
    middle = chance.choice(_phrases())[:4]
    return f"{chance.choice(verbs)}{middle}{chance.choice(things)}{place % 7}"


def _text(count: int, phrases: tuple[str, ...], chance: random.Random) -> str:
    return "，".join(chance.choice(phrases) for _ in range(count)) + "。"


def reworded(text: str, share: float, chance: random.Random) -> str:
    """The text with a share of its characters replaced, in runs of one to six, by the words of other tasks."""
    phrases = _phrases()
    kept = list(text[:-1])
    free = list(range(len(kept)))
    left = max(1, round(share * len(kept)))
    while left > 0 and free:
        start = chance.choice(free)
        run = [place for place in range(start, min(start + chance.randint(1, 6), start + left)) if place in free]
        words = chance.choice(phrases)
        for place, character in zip(run, words, strict=False):
            kept[place] = character if character != kept[place] else "新"
            free.remove(place)
            left -= 1
    return "".join(kept) + text[-1]


def edited(
    draft: Draft, edits: Iterable[str], share: float, chance: random.Random
) -> tuple[Draft, dict[str, set[str]]]:
    """The draft after the edits, each of another task, and the kinds of change by the tasks' names.

    Edits: add, drop, move (to another section), retitle, reword (``share`` of the characters), units, rework (all of these).
    """
    tasks = list(draft.tasks)
    free = [task.name for task in tasks]
    chance.shuffle(free)
    told: dict[str, set[str]] = {}
    for number, edit in enumerate(edits):
        if edit == "add":
            fresh = Task(
                name=f"新增{number}",
                title=f"开展第{number}次评估督导",
                text=_fresh(number),
                units=(UNITS[number % len(UNITS)],),
                section=0,
            )
            section = chance.randrange(len(draft.sections))
            tasks.insert(chance.randint(0, len(tasks)), replace(fresh, section=section))
            told[fresh.name] = {"added"}
        elif len(free) > 1:
            name = free.pop()
            place = next(place for place, task in enumerate(tasks) if task.name == name)
            told[name] = {"removed"} if edit == "drop" else KINDS[edit]
            tasks[place : place + 1] = [] if edit == "drop" else [_changed(tasks[place], edit, draft, share, chance)]
    after = replace(draft, tasks=tuple(tasks))
    return after, told | {f"板块{place}": {"removed"} for place in draft.filled() - after.filled()}


def _fresh(number: int) -> str:
    """A text that no task has anything of."""
    chance = seeded(number)
    return "".join(chr(chance.randrange(0x5E00, 0x6600)) for _ in range(60)) + "。"


def _changed(task: Task, edit: str, draft: Draft, share: float, chance: random.Random) -> Task:
    if edit in ("move", "rework"):
        others = [place for place in range(len(draft.sections)) if place != task.section]
        task = replace(task, section=chance.choice(others))
    if edit in ("retitle", "rework"):
        task = replace(task, title=f"进一步{task.title[:-2]}有关事项")
    if edit in ("reword", "rework"):
        task = replace(task, text=reworded(task.text, share, chance))
    if edit in ("units", "rework"):
        other = chance.choice([unit for unit in UNITS if unit not in task.units])
        task = replace(task, units=(*task.units[chance.randint(0, 1) :], other))
    return task
