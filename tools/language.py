"""Write the reference of every key, from the model and its words, into docs/language.md and docs/language.zh-CN.md.

What stands in those pages above the line ``BELOW`` is written by hand and stays.
"""

from __future__ import annotations

import json
from pathlib import Path

from workplan.language.model import (
    AssignmentsPart,
    AttachmentStyle,
    Clause,
    Column,
    Disclosure,
    Document,
    DocumentStyle,
    Fonts,
    GivenDue,
    GivenTarget,
    Imprint,
    Item,
    ItemsPart,
    MastheadStyle,
    Merged,
    Notice,
    PlanRules,
    Record,
    Registry,
    Renamed,
    Row,
    Split,
    Style,
    TablePart,
    Unit,
)
from workplan.language.model.progress import Answer, Answered, Progress, Reply
from workplan.language.model.schema import description, example, keys

DOCS = Path(__file__).resolve().parents[1] / "docs"
FILES = {"en": DOCS / "language.md", "zh": DOCS / "language.zh-CN.md"}
#: The line in the pages below which everything is written by this tool.
BELOW = "<!-- Below this line everything is written by tools/language.py. -->\n"
#: In the order of reading: the frame, the parts, what is in them, the registry.
ORDER: tuple[tuple[str, type[Record]], ...] = (
    ("document.yaml", Document),
    ("notice", Notice),
    ("imprint", Imprint),
    ("disclosure", Disclosure),
    ("rules", PlanRules),
    ("style (document.yaml)", DocumentStyle),
    ("style", Style),
    ("fonts", Fonts),
    ("masthead (style)", MastheadStyle),
    ("attachments (style)", AttachmentStyle),
    ("kind: goals, tasks, safeguards, prose, duties", ItemsPart),
    ("items", Item),
    ("clauses", Clause),
    ("due", GivenDue),
    ("targets", GivenTarget),
    ("kind: table", TablePart),
    ("columns", Column),
    ("rows", Row),
    ("kind: assignments", AssignmentsPart),
    ("units.yaml", Registry),
    ("units", Unit),
    ("renamed", Renamed),
    ("merged", Merged),
    ("split", Split),
    ("progress/<date>.yaml", Progress),
    ("units (progress)", Reply),
    ("items (progress)", Answered),
    ("answers", Answer),
)
_WORDS = {
    "en": (
        "All keys",
        "Every key of the files of a plan, in the words in which editors explain it. A key in **bold** is required.",
        ("Key", "What it says", "Example"),
    ),
    "zh": (
        "全部字段",
        "工作要点各个文件的全部字段，与编辑器里的说明相同。**粗体**的字段必须写。",
        ("字段", "说明", "例子"),
    ),
}


def page(language: str) -> str:
    """The whole page in ``zh`` or ``en``: what its file has above the line, and the reference written anew."""
    by_hand, line, _ = FILES[language].read_text(encoding="utf-8").partition(BELOW)
    return by_hand + line + reference(language)


def reference(language: str) -> str:
    """The tables of all keys in ``zh`` or ``en``."""
    title, lead, heads = _WORDS[language]
    lines = [f"## {title}", "", lead]
    for name, record in ORDER:
        lines += ["", f"### `{name}`", "", description(record, "about", language), ""]
        lines += [f"| {' | '.join(heads)} |", "|---|---|---|"]
        needed = {field.alias or key for key, field in record.model_fields.items() if field.is_required()}
        for key in keys(record):
            named = f"**`{key}`**" if key in needed else f"`{key}`"
            shown = json.dumps(example(record, key), ensure_ascii=False).replace("|", "\\|")
            lines.append(f"| {named} | {description(record, key, language).replace('|', chr(92) + '|')} | `{shown}` |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for language, file in FILES.items():
        file.write_text(page(language), encoding="utf-8", newline="\n")
