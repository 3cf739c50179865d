"""The schemas that the plan's files name in their first line, beside the registry, so that editors need no network."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from workplan.language.model.schema import SCHEMA_FOLDER, files
from workplan.rewrite.newplan.starter import put_new, shown

if TYPE_CHECKING:
    from pathlib import Path


def put_schemas(plans: Path, language: str, here: Path, *, anew: bool = True) -> tuple[str, ...]:
    """Write them, told in ``language``, into the folder of all plans, and return what was written.

    ``anew`` puts them over older ones; otherwise a folder of schemas that is there stays as it is.
    """
    if not anew and os.path.lexists(plans / SCHEMA_FOLDER):
        return ()
    paths = {plans / SCHEMA_FOLDER / name: content for name, content in files(language).items()}
    for path, content in paths.items():
        put_new(path, content, plans)
    return tuple(shown(path, here) for path in paths)
