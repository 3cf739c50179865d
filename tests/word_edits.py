"""Ways in which a person edits the official document of 2022 in Word, and what of each must come home into the plan."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from repositories import plan_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Lines = list[str]

_COUNTED = re.compile(r"\d+(?=．)")


def counted(lines: Lines) -> Lines:
    """The lines with the numbers of the tasks as they are counted, through all sections."""
    numbers = count(1)
    return [_COUNTED.sub(str(next(numbers)), line, count=1) if _COUNTED.match(line) else line for line in lines]


@dataclass(frozen=True)
class Way:
    """``steps`` in Word; ``said`` turns the lines that are printed before into those of the copy, to the letter.

    ``printed`` are those that the plan prints afterwards: with the tasks counted anew where nothing else is said.
    ``files`` says of each file of the plan that may change whether it changed as it must: of its text before and after.
    """

    steps: Sequence[tuple[str, object]]
    said: Callable[[Lines], Lines] = field(default=lambda lines: lines)
    files: Mapping[str, Callable[[str, str], bool]] = field(default_factory=dict)
    printed: Callable[[Lines], Lines] = counted
    plan: str = "issued"


def _at(lines: Lines, start: str) -> int:
    """Where the one line stands that begins so."""
    (found,) = (at for at, line in enumerate(lines) if line.startswith(start))
    return found


def replaced(*pairs: tuple[str, str]) -> Callable[[Lines], Lines]:
    """Words that stand once in all lines become others; ``|`` parts two lines."""

    def change(lines: Lines) -> Lines:
        text = "|".join(lines)
        for old, new in pairs:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        return text.split("|")

    return change


def _added(behind: str, line: str) -> Callable[[Lines], Lines]:
    return lambda lines: [*lines[: _at(lines, behind) + 1], line, *lines[_at(lines, behind) + 1 :]]


def _moved(start: str, before: str) -> Callable[[Lines], Lines]:
    def change(lines: Lines) -> Lines:
        rest = [line for line in lines if not line.startswith(start)]
        place = _at(rest, before)
        return [*rest[:place], lines[_at(lines, start)], *rest[place:]]

    return change


def _exactly(*pairs: tuple[str, str]) -> Callable[[str, str], bool]:
    """Nothing but these words, each of which stands once in the file, has changed."""

    def check(before: str, after: str) -> bool:
        for old, new in pairs:
            assert before.count(old) == 1, old
            before = before.replace(old, new)
        return before == after

    return check


def _within(start: str, end: str, *lines: str) -> Callable[[str, str], bool]:
    """Nothing changed before ``start`` and from ``end`` on, and these lines are there, however deep."""

    def check(before: str, after: str) -> bool:
        head = before[: before.index(start)]
        tail = before[before.index(end) :] if end else ""
        inside = [line.lstrip(" -") for line in after[len(head) : len(after) - len(tail)].splitlines()]
        return after.startswith(head) and after.endswith(tail) and all(line in inside for line in lines)

    return check


def _grown(*words: str) -> Callable[[str, str], bool]:
    """Every line of before is there in its order, and of the new ones some end with these words."""

    def check(before: str, after: str) -> bool:
        rest = iter(after.splitlines())
        new = [line for line in after.splitlines() if line not in before.splitlines()]
        return all(line in rest for line in before.splitlines()) and all(
            any(line.endswith(one) for line in new) for one in words
        )

    return check


def _item(text: str, name: str) -> str:
    """The lines of a task in its file."""
    start = text.index(f"      - id: {name}\n")
    ends = re.compile(r"^ {2,6}- ", re.MULTILINE)
    following = ends.search(text, start + 1)
    return text[start : following.start() if following else len(text)]


def _without(name: str) -> Callable[[str, str], bool]:
    return lambda before, after: before.replace(_item(before, name), "") == after


def _item_moved(name: str, before_name: str) -> Callable[[str, str], bool]:
    def check(before: str, after: str) -> bool:
        block, place = _item(before, name), f"      - id: {before_name}\n"
        return before.replace(block, "").replace(place, block + place) == after

    return check


_DELETED = "坚持推动消费协作进机关"
_NEW_TASK = "建立人才支援台账。对选派干部人才逐人建立台账，每季度更新一次。"
_NEW_UNITS = "区委组织部、区人力资源和社会保障局"
_JOINED = ("（责任部门：各领导小组成员单位、各相关部门、前方工作机构等）", "12．加大社会消费协作力度。")

#: The twelve ways, and two that are easily taken for others.
WAYS = {
    "retype a sentence": Way(
        steps=[("words", "认真做好新一轮援外干部选派工作"), ("type", "认真做好第十一批援外干部选派和轮换工作")],
        said=replaced(("认真做好新一轮援外干部选派工作", "认真做好第十一批援外干部选派和轮换工作")),
        files={
            "tasks.yaml": _exactly(
                ("认真做好新一轮援外干部选派工作", "认真做好第十一批援外干部选派和轮换工作"),
            )
        },
    ),
    # The first title is retyped up to the end of its bookmark, which does not grow with it.
    "retype a title": Way(
        steps=[
            ("words", "人才支援"),
            ("type", "人才智力支援"),
            ("words", "推动调研互访"),
            ("type", "推动高层互访"),
        ],
        said=replaced(("（二）人才支援", "（二）人才智力支援"), ("推动调研互访", "推动高层互访")),
        files={
            "tasks.yaml": _exactly(
                ("title: 人才支援", "title: 人才智力支援"), ("title: 推动调研互访", "title: 推动高层互访")
            )
        },
    ),
    "add a task": Way(
        steps=[
            ("end", "认真做好新一轮援外干部选派工作"),
            ("press", "InsertPara"),
            ("type", f"5．{_NEW_TASK}（责任部门：{_NEW_UNITS}）"),
        ],
        said=_added("4．", f"5．{_NEW_TASK}（责任部门：{_NEW_UNITS}）"),
        files={"tasks.yaml": _grown("对选派干部人才逐人建立台账，每季度更新一次。", f"units: {_NEW_UNITS}")},
    ),
    "add a paragraph": Way(
        steps=[
            ("end", "推动乡村振兴取得新进展"),
            ("press", "InsertPara"),
            ("type", "各部门要对照目标，逐项抓好落实。"),
        ],
        said=_added("贯彻落实党中央", "各部门要对照目标，逐项抓好落实。"),
        files={"goals.yaml": _grown("各部门要对照目标，逐项抓好落实。")},
    ),
    # The next task is given its new number by hand; the ones behind it keep their old ones.
    "delete one": Way(
        steps=[
            ("paragraph", _DELETED),
            ("press", "Delete"),
            ("before", "2．加大社会消费协作力度"),
            ("press", "Delete"),
            ("type", "1"),
        ],
        said=lambda lines: replaced(("12．加大社会", "11．加大社会"))([line for line in lines if _DELETED not in line]),
        files={"tasks.yaml": _without(_DELETED)},
    ),
    "move one": Way(
        steps=[
            ("paragraph", "组织开展干部人才培训"),
            ("press", "Cut"),
            ("start", "选派援外干部挂职交流"),
            ("press", "Paste"),
        ],
        said=_moved("6．", before="4．"),
        files={"tasks.yaml": _item_moved("组织开展干部人才培训", "选派援外干部挂职交流")},
    ),
    "change units": Way(
        steps=[
            ("behind", "（责任部门：区委组织部）"),
            ("press", "GoLeft"),
            ("type", "、区政府合作交流办"),
            ("words", "区卫生健康委、区政府合作交流办"),
            ("type", "区卫生健康委、区财政局"),
        ],
        said=replaced(
            ("（责任部门：区委组织部）", "（责任部门：区委组织部、区政府合作交流办）"),
            ("区卫生健康委、区政府合作交流办", "区卫生健康委、区财政局"),
        ),
        files={
            "tasks.yaml": _exactly(
                ("units: 区委组织部\n", "units: 区委组织部、区政府合作交流办\n"),
                ("区卫生健康委、区政府合作交流办", "区卫生健康委、区财政局"),
            )
        },
    ),
    "split": Way(
        steps=[("before", "区委书记专题会"), ("press", "InsertPara")],
        said=replaced(("区委书记专题会", "|区委书记专题会")),
        files={"tasks.yaml": _within("      - id: 加强组织领导\n", "      - id: 推动调研互访\n")},
    ),
    # The second half gets a number and a title, so that it becomes an item.
    "split into two items": Way(
        steps=[
            ("before", "做好新一轮援外干部轮换工作"),
            ("press", "InsertPara"),
            ("type", "（四）做好干部轮换。"),
        ],
        said=replaced(("做好新一轮援外干部轮换工作", "|（四）做好干部轮换。做好新一轮援外干部轮换工作")),
        files={"safeguards.yaml": _within("  - id: 抓好队伍建设\n", "", "title: 抓好队伍建设", "title: 做好干部轮换")},
    ),
    # From the annotation of the first up to the title of the second: one task with both texts.
    "join two": Way(
        steps=[("from-to", _JOINED), ("press", "Delete")],
        said=replaced(("|".join(_JOINED), "")),
        files={
            "tasks.yaml": _within(
                f"      - id: {_DELETED}\n",
                "  - id: 劳务协作\n",
                "units: 区委宣传部、区商务委、区投资办、团区委、区妇联、区工商联、各街镇、前方工作机构",
            )
        },
    ),
    # What is typed at the end of a paragraph lies behind its bookmark.
    "go on at the end": Way(
        steps=[("end", "推动乡村振兴取得新进展"), ("type", "各项任务年底前完成。")],
        said=replaced(("推动乡村振兴取得新进展。", "推动乡村振兴取得新进展。各项任务年底前完成。")),
        files={"goals.yaml": _within("  牢牢守住", "")},
    ),
    "change the date": Way(
        steps=[("words", "2022年6月29日"), ("type", "2022年7月4日")],
        said=replaced(("2022年6月29日", "2022年7月4日")),
        files={"document.yaml": _exactly(("date: 2022-06-29", "date: 2022-07-04"))},
    ),
    "change a number given by hand": Way(
        steps=[("words", "（四）用好机制政策"), ("type", "（六）用好机制政策")],
        said=replaced(("（四）用好机制政策", "（六）用好机制政策")),
        files={"safeguards.yaml": _exactly(("number: （四）", "number: （六）"))},
        printed=replaced(("（五）抓好队伍建设", "（七）抓好队伍建设")),
        plan="numbered by hand",
    ),
    "touch nothing": Way(steps=[]),
}


def plans() -> dict[str, dict[str, bytes]]:
    """The files of the plans that the ways are about, by their paths: that of 2022, and one in which a number is given."""
    issued = plan_files()
    path, title = "plan/2022/safeguards.yaml", "    title: 用好机制政策\n"
    text = issued[path].decode()
    assert text.count(title) == 1
    numbered = text.replace(title, f"    number: （四）  # 办公室定的序号\n{title}")
    return {"issued": issued, "numbered by hand": issued | {path: numbered.encode()}}
