"""WeasyPrint is loaded without what it rarely uses, which is still there for whoever asks."""

from __future__ import annotations

import subprocess
import sys

RARE = {"fontTools.subset", "fontTools.ttLib.woff2", "fontTools.varLib.instancer"}
LOADED = """
import sys
from workplan.output.loading import loading
with loading():
    from weasyprint.pdf import fonts
    from weasyprint.text import fonts as faces
"""


def told(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", LOADED + program], capture_output=True, check=True, encoding="utf-8")
    return done.stdout.strip()


def test_what_fonts_rarely_need_is_not_loaded_with_weasyprint() -> None:
    loaded = set(told("print(*sys.modules)").split())
    assert "weasyprint" in loaded
    assert not loaded & {*RARE, "fontTools.varLib"}


def test_everybody_gets_the_real_modules_weasyprint_too() -> None:
    asked = """
import fontTools.subset, fontTools.ttLib.woff2, fontTools.varLib.instancer
assert fonts.subset.Options is fontTools.subset.Options
assert faces.woff2.decompress is fontTools.ttLib.woff2.decompress
try:
    fonts.instantiateVariableFont({}, {})
except Exception as fault:
    print(type(fault).__name__, isinstance(fontTools.subset, type(sys)))
"""
    assert told(asked) == "ValueError True"
    assert told("print(fonts.subset.Options().hinting, fonts.subset.__name__)") == "True fontTools.subset"


def test_what_is_loaded_already_is_taken_as_it_is() -> None:
    before = "import fontTools.subset as real\nimport sys\n"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            before + LOADED + "print(fonts.subset is real, sys.modules['fontTools.subset'] is real)",
        ],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout.strip() == "True True"
