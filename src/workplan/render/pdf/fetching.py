"""What WeasyPrint may fetch for a document, and what it complains of."""

from __future__ import annotations

import logging
import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from workplan.resources import fonts
    from workplan.resources.templates import Templates

#: What the address of a face begins with.
FONT = "workplan-font:"


class Folders(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the fonts and the files of the template folders, and refuses everything else: no network, no other file."""

    def __init__(self, templates: Templates, carried: Sequence[fonts.SubsetFace]) -> None:
        super().__init__(allowed_protocols=("data",))
        self._folders = tuple(folder.resolve() for folder in templates.folders)
        self._fonts = {f"{FONT}{face.name}": face.data for face in carried}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """What lies at an address; ValueError where it may not be read."""
        if url in self._fonts:
            return URLFetcherResponse(url, self._fonts[url], {"Content-Type": "font/otf"})
        if urlsplit(url).scheme == "file":  # in lower case, however it is written
            # Read here: another reader of addresses might take the same one for another file.
            path = Path(url2pathname(urlsplit(url).path)).resolve()
            if not any(path.is_relative_to(folder) for folder in self._folders):
                message = f"{url} is outside the template folders"
                raise ValueError(message)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
        return super().fetch(url, headers)


class Complaints(logging.Handler):
    """Collects WeasyPrint's errors while it is entered: pictures and style sheets that could not be loaded."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self.messages.append(record.getMessage())

    def __enter__(self) -> Self:
        logging.getLogger("weasyprint").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)
