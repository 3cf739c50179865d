"""How a unit's answer to a task stands."""

from __future__ import annotations

from typing import Literal

#: Nothing came, going on, in trouble (which only a person says), done.
Status = Literal["未反馈", "推进中", "有困难", "已完成"]
STATUSES: tuple[Status, ...] = ("未反馈", "推进中", "有困难", "已完成")
