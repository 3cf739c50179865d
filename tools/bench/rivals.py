"""The programs that workplan is measured against: ``python rivals.py NAME …`` in a folder that ``prepare`` filled.

They are handed what workplan prints, worded beforehand, so that they do nothing but set it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

#: What is prepared in the folder of a plan.
OFFICIAL, SHEETS, TEMPLATE, FONTS = "official.json", "sheets.json", "plain.docx", "fonts.txt"
_HERE = Path(__file__).parent


def prepare(plan: str) -> None:
    """Write what the rivals set: the paragraphs of the document, the lines of every sheet, and a plain Word template."""
    from docx import Document  # noqa: PLC0415 - the rivals are measured without it

    from workplan import view  # noqa: PLC0415 - likewise
    from workplan.compiler import compile_plan  # noqa: PLC0415 - likewise
    from workplan.resources import fonts  # noqa: PLC0415 - likewise
    from workplan.source import find_plan  # noqa: PLC0415 - likewise

    folder = Path.cwd()
    compiled = compile_plan(find_plan(plan, folder)).plan
    face = fonts.serving("仿宋")
    if compiled is None or face is None:
        raise SystemExit(plan)
    (folder / FONTS).write_text(str(Path(face.file).parent), encoding="utf-8")
    paragraphs = [
        {"role": str(one.role), "face": str(run.face), "text": "".join(part.text for part in one.runs)}
        for one in view.official(compiled).elements
        for run in one.runs[:1]
    ]
    sheets = [
        [
            {"role": str(line.role), "label": str(line.label), "text": str(line.text)}
            for block in sheet.blocks
            for line in block.lines
        ]
        for sheet in view.sheets(compiled, [load.unit for load in view.loads(compiled)])
    ]
    (folder / OFFICIAL).write_text(json.dumps(paragraphs, ensure_ascii=False), encoding="utf-8")
    (folder / SHEETS).write_text(json.dumps(sheets, ensure_ascii=False), encoding="utf-8")
    template = Document()
    for line in ("{%p for one in paragraphs %}", "{{ one.text }}", "{%p endfor %}"):
        template.add_paragraph(line)
    template.save(str(folder / TEMPLATE))


def typst(what: str) -> None:
    """Set the official document, the sheets, or all of them, with fonts loaded once."""
    import typst as engine  # noqa: PLC0415 - only this rival needs it

    faces = engine.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(FONTS).read_text("utf-8")]
    )
    jobs = [("official", json.loads(Path(OFFICIAL).read_text("utf-8")))] if what != "sheets" else []
    jobs += [("sheet", one) for one in json.loads(Path(SHEETS).read_text("utf-8"))] if what != "official" else []
    compilers = {
        name: engine.Compiler(_HERE / f"{name}.typ", font_paths=faces, ignore_system_fonts=True)
        for name in ("official", "sheet")
    }
    Path("typst").mkdir(exist_ok=True)
    for number, (name, content) in enumerate(jobs):
        made = compilers[name].compile(format="pdf", sys_inputs={"content": json.dumps(content, ensure_ascii=False)})
        Path("typst", f"{number}.pdf").write_bytes(made)


def docxtpl() -> None:
    """Fill the plain template with the paragraphs of the document."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 - only this rival needs it

    template = DocxTemplate(TEMPLATE)
    template.render({"paragraphs": json.loads(Path(OFFICIAL).read_text("utf-8"))}, autoescape=True)
    template.save("plain-filled.docx")


def yaml(plan: str) -> None:
    """Load the YAML files of a plan and its registry with PyYAML's C loader, and do nothing with them."""
    import yaml as library  # noqa: PLC0415 - only this rival needs it

    for file in (*Path(plan).glob("*.yaml"), Path(plan).parent / "units.yaml"):
        library.load(file.read_text("utf-8"), Loader=library.CSafeLoader)


if __name__ == "__main__":
    {"prepare": prepare, "typst": typst, "docxtpl": docxtpl, "yaml": yaml}[sys.argv[1]](*sys.argv[2:])
