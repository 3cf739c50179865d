"""A document with a degree of secrecy (密级) that has a block for publication on the web (信息公开).

What was written prints all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workplan.plan.compiled import Plan

ID = "public-secret"
SEVERITY = Severity.WARNING
SOURCE = "政府信息公开条例 第十四条（依法确定为国家秘密的政府信息，不予公开）"
BAD = """\
# document.yaml
title: 样本
date: ""
parts: [tasks]
secrecy: 机密★1年
disclosure: {index: 000014349/2026-00001}
"""
GOOD = """\
# document.yaml
title: 样本
date: ""
parts: [tasks]
disclosure: {index: 000014349/2026-00001}
"""

_DEGREE = re.compile(r"(?:秘|机|绝)\s*密")
#: A note that says the same of the document: 此件公开发布, 此件主动公开.
_PUBLISHED = re.compile(r"公开发布|主动公开|向社会公开")
_DENIED = re.compile(r"不予|不得|不宜|未经")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """One finding at the block, and one at each note that says that the document is public."""
    document = plan.document
    secrecy = document.secrecy
    degree = _DEGREE.search(str(secrecy)) if secrecy is not None else None
    if secrecy is None or degree is None:
        return
    if document.disclosure is not None:
        yield Diagnostic(ID, document.place("disclosure"), {"degree": degree[0]}, SEVERITY)
    for note in (document.note, document.notice.note if document.notice else None):
        if note is not None and _PUBLISHED.search(str(note)) and not _DENIED.search(str(note)):
            yield Diagnostic(ID, note.span, {"degree": degree[0], "note": str(note)}, SEVERITY, variant="note")
