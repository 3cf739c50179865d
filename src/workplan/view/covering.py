"""The covering text that goes out with a task sheet: what it is, until when and to whom it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workplan.view.assignments import Sheet


def text(sheet: Sheet) -> str:
    """The text, a line for each paragraph."""
    number = f"（{sheet.number}）" if sheet.number else ""
    lines = [
        f"{sheet.unit}：",
        f"现将《{sheet.title}》{number}涉及你单位的任务清单发去，共{len(sheet.entries)}项，请认真落实。",
    ]
    if sheet.blanks:
        until = f"请于{sheet.return_by}前" if sheet.return_by else "请"
        back = f"退回{sheet.issuer}" if sheet.issuer else "退回"
        signed = "，经审核、盖章后" if sheet.signed else "，"
        lines.append(
            f"{until}填写各项任务的{'、'.join(sheet.blanks)}{signed}{back}。填写 docx、xlsx 均可，只填一份，请不要改动文件里的其他内容。"
        )
    lines += [line for line in (str(sheet.issuer), str(sheet.date)) if line]
    return "".join(f"{line}\n" for line in lines)
