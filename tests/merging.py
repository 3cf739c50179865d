"""A project of one made-up plan in git, its built document, and copies of it that were edited in Word and come back."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from edited import Copy
from repositories import commit, git, repository
from workplan import view
from workplan.compiler import compile_plan
from workplan.render import docx
from workplan.resources.templates import Templates
from workplan.source import Directory

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]
    Edit = Callable[[Copy], object]

_DOCUMENT = """\
# 样本：地名、机关、内容均为虚构。
issuer: 云州市云溪区农业农村局   # 发文机关
number: 云溪农〔2031〕8号
notice:
  title: 关于印发《2031年云溪区乡村建设工作要点》的通知
  to: 各镇人民政府：
  text: >
    现印发给你们，请认真贯彻执行。

    执行中的问题，请及时反馈。
  date: 2031-03-09   # 通知的日期
  note: 此件公开发布
title: |
  2031年云溪区乡村建设
  工作要点
preamble: >
  2031年是乡村建设三年行动的
  开局之年。

  现提出如下工作要点。   # 这不是注释
parts:
  - goals
  # 两部分
  - tasks
  - kind: prose
    title: 宣传引导
  - kind: safeguards
    number: "八"
    title: 保障措施
    style: {label: 责任主体}
    items:
      - title: 加强组织领导
        text: 区委农办要发挥统筹作用，定期调度。
        units: 区委农办
  - demands
  - table
closing: '各镇贯彻落实情况，请于年底前报区农业农村局。'
attachments:
  - kind: prose
    title: 良种场名单
    text: 下列良种场已经建成。
    items: [东川良种场, 西坪良种场]
imprint:
  cc: 区委办公室，区政协办公室
  office: 云州市云溪区农业农村局办公室
  date: 2031-03-10
"""
_GOALS = """\
kind: goals
title: "总体目标"
text: "到2031年底，全区乡村面貌\\
  明显改善。"
items:
  - '全年重点完成''四好''指标。'   # 单引号
  - {title: 农村公路, text: 新建农村公路120公里。, targets: {公路: 120公里}}
  - number: ""
    text: |
      自来水普及率达到98.5%。

      户厕改造3000座。
"""
_TASKS = """\
# 重点任务，三个方面
kind: tasks
title: 重点任务
items:
  - title: 规划引领   # 一
    text: 坚持先规划后建设，严守耕地红线。
    items:
      # 村庄规划由自然资源局起草
      - id: 村庄规划
        title: 编制村庄规划
        text: >
          2031年6月底前完成
          36个村的规划编制。
        units: 区自然资源局牵头，区农业农村局、各镇按职责分工负责
        due: 2031年6月底前
        targets: {规划编制: 36个村}

      - id: 项目库
        title: 建立项目库
        units: {牵头单位: 区发展改革委, 配合单位: 区财政局、区水务局}   # 角色
  - title: 基础设施
    items:
      - id: 供水提质
        title: 实施供水提质
        text: 改造管网80公里（责任单位：区水务局），新建水厂两座（区财政局、各镇负责）。
      - {id: 农村公路, title: 提升农村公路, text: 改造路面1200公里以上。, units: 区交通运输局}
      - id: 黑臭水体
        number: 10、
        title: 治理黑臭水体
        text: '二季度末完成排查。'
        units: "区水务局、各镇"
  - title: 富民增收
    items:
      - id: 特色产业
        title: 发展特色产业
        text: 突出茶叶、菌菇、山羊三个产业。
        style: {clauses: 一是}
        clauses:
          - text: 新建生态茶园500亩；
            units: 区农业农村局
          - text: 壮大菌菇；
          - text: 加强价格监测。
      - id: 就业创业
        title: 促进就业创业
        text: 开展技能培训1万人次。
        units: 区人社局
"""
_DEMANDS = (
    "\ufeffkind: prose\n"
    "title: 有关要求   # 带 BOM，行尾是 CRLF\n"
    "items:\n"
    "  - title: 坚持数量服从质量\n"
    "    text: 不搞大拆大建。\n"
    "  - title: 坚持为农民而建\n"
    "    text: >\n"
    "      充分尊重农民意愿，\n"
    "      广泛听取意见。\n"
).replace("\n", "\r\n")
_TABLE = """\
kind: table
title: 主要指标
text: 年度指标如下。
columns: [类别, 指标, 全年]
rows:
  - {类别: 设施, 指标: 农村公路（公里）, 全年: 120}   # 交通局报
  - {类别: 设施, 指标: 户厕（座）}
  - 类别: 民生
    指标: 供水普及率
    全年: 98.5%
  - {类别: 产业, 指标: 生态茶园（亩）, 全年: 500}
"""
_UNITS = """\
units:
  - {name: 云州市云溪区农业农村局, aliases: [区农业农村局]}
  - {name: 区自然资源局}
  - {name: 区发展改革委}
  - {name: 区财政局}
  - {name: 区水务局}
  - {name: 区交通运输局}
  - {name: 区人社局}
  - {name: 区委农办}
  - {name: 各镇, kind: group, members: [东川镇, 西坪镇]}
"""
#: The plan that is edited, by the paths of its files.
PLAN = {
    "plan/units.yaml": _UNITS,
    "plan/2031/document.yaml": _DOCUMENT,
    "plan/2031/goals.yaml": _GOALS,
    "plan/2031/tasks.yaml": _TASKS,
    "plan/2031/demands.yaml": _DEMANDS,
    "plan/2031/table.yaml": _TABLE,
}


def document(plan: Path) -> bytes:
    """The official document of a plan as it is built; the plan must be in order."""
    compiled = compile_plan(Directory(plan))
    assert compiled.plan is not None
    assert compiled.clean, compiled.diagnostics
    return docx.official(view.official(compiled.plan), Templates())


@cache
def _made() -> tuple[Path, bytes]:
    folder = repository(Path(mkdtemp()) / "project")
    commit(folder, {**PLAN, ".gitattributes": "* -text\n"})
    return folder, document(folder / "plan" / "2031")


@dataclass(frozen=True)
class Desk:
    """The project with its plan committed, the document as it was sent out, and the command."""

    folder: Path
    sent: bytes
    run: Run

    @classmethod
    def new(cls, folder: Path, run: Run) -> Desk:
        source, sent = _made()
        shutil.copytree(source, folder)
        return cls(folder, sent, run)

    @property
    def plan(self) -> Path:
        return self.folder / "plan" / "2031"

    def copy(self, edit: Edit, name: str = "稿.docx", *, sent: bytes | None = None, tracked: bool = False) -> Path:
        """A copy that was edited, as a file beside the project."""
        copy = Copy(sent or self.sent, tracked=tracked)
        edit(copy)
        path = self.folder.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(copy.packed())
        return path

    def merge(self, *arguments: str | Path, code: int = 0) -> str:
        """Merge; what the command says."""
        ended = self.run("merge", *arguments)
        assert ended.returncode == code, ended.stdout + ended.stderr
        return ended.stdout + ended.stderr

    def told(self, *arguments: str | Path, code: int = 0) -> dict[str, Any]:
        """Merge; what the command tells other programs."""
        ended = self.run("merge", *arguments, "--format", "json")
        assert ended.returncode == code, ended.stdout + ended.stderr
        told: dict[str, Any] = json.loads(ended.stdout)
        return told

    def changes(self) -> list[str]:
        """The lines of all files that git sees changed: each with its sign, and nothing else."""
        lines = git(self.folder, "diff", "-U0").decode().split("\n")
        return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---") and line]

    def contents(self) -> dict[str, bytes]:
        """The bytes of all files of the project that are git's to follow."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and ".git" not in path.parts)
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files}

    def write(self, name: str, old: str, new: str) -> None:
        """Somebody edits a file of the plan: words that stand there once become others."""
        path = self.plan / name
        text = path.read_bytes().decode()
        assert text.count(old) == 1, old
        path.write_bytes(text.replace(old, new).encode())

    def commit(self) -> None:
        git(self.folder, "commit", "--quiet", "--all", "--message", "修改")
