"""What is answered under each address. Nothing here writes, and no address is made into a path."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from workplan.diagnostic import Misuse, Refusal
from workplan.preview import shapes
from workplan.preview.comparing import Faulty
from workplan.resources.messages import LANGUAGES, Catalogue, catalogue, preview_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from workplan.preview.bell import Bell
    from workplan.preview.comparing import Comparing
    from workplan.preview.desk import Desk
    from workplan.preview.document import Shown

_STATIC = Path(__file__).parent / "static"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_LEAST_SCALE, _MOST_SCALE, _STEPS = 0.25, 4.0, 20
#: Digits of the longest number that is read.
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Pages:
    """The answers of one preview."""

    desk: Desk
    comparing: Comparing
    bell: Bell
    language: str

    def app(self) -> Starlette:
        """The application that answers."""
        told: dict[str, Callable[[Request], Mapping[str, Any]]] = {
            "/api/words": self._words,
            "/api/state": lambda request: shapes.state(self.desk, self._catalogue(request), self._beside()),
            "/api/pages/{number}/text": self._text,
            "/api/at": self._at,
            "/api/sheets": lambda _: shapes.sheets(self.desk),
            "/api/sheets/{unit}": self._sheet,
            "/api/tasks": lambda _: shapes.tasks(self.desk),
            "/api/units": lambda _: shapes.units(self.desk),
            "/api/sides": self._sides,
            "/api/diff": self._diff,
            "/api/life": self._life,
        }
        routes = [
            Route("/", self._index),
            Route("/static/{name}", self._static),
            Route("/events", self._events),
            Route("/api/pages/{number}.png", self._picture),
            Route("/api/sheets/{unit}/pages/{number}.png", self._sheet_picture),
            Route("/api/charts/{name}.svg", self._chart),
            *(Route(path, self._json(shape)) for path, shape in told.items()),
        ]
        return Starlette(routes=routes, exception_handlers={HTTPException: _refused})

    def _json(self, shape: Callable[[Request], Mapping[str, Any]]) -> Callable[[Request], Response]:
        """An answer as JSON; what is not there, and what the plan keeps from being made, are told likewise."""

        def answer(request: Request) -> Response:
            words = self._catalogue(request)
            try:
                return JSONResponse(shape(request))
            except KeyError:
                return JSONResponse({"version": 1, "error": "not found"}, 404)
            except Misuse as misuse:
                why = words.text(f"misuse.{misuse.key}", misuse.arguments)
                return JSONResponse({"version": 1, "error": why}, 404)
            except Refusal as refusal:
                why = "\n".join(words.message(one.key, one.arguments) for one in refusal.diagnostics)
                return JSONResponse({"version": 1, "error": why}, 409)

        return answer

    def _catalogue(self, request: Request) -> Catalogue:
        asked = request.query_params.get("lang", "")
        return catalogue(asked if asked in LANGUAGES else self.language)

    def _beside(self) -> list[str]:
        return [name for name in self.comparing.beside() if name != self.desk.source.plan]

    def _words(self, request: Request) -> dict[str, Any]:
        language = self._catalogue(request).language
        return {"version": 1, "lang": language, "words": preview_words(language)}

    def _index(self, _: Request) -> Response:
        return _file("index.html")

    def _static(self, request: Request) -> Response:
        return _file(str(request.path_params["name"]))

    async def _events(self, _: Request) -> Response:
        stream = self.bell.stream(self.desk.now.revision)
        if stream is None:
            return JSONResponse({"version": 1, "error": "too many"}, 503)
        return StreamingResponse(stream, media_type="text/event-stream")

    def _shown(self) -> Shown:
        good = self.desk.now.good
        if good is None:
            raise KeyError
        return good.shown

    def _text(self, request: Request) -> dict[str, Any]:
        shown = self._shown()
        number = _number(request, shown)
        _same(request, shown, number)
        return {"version": 1, "lines": shown.lines(number)}

    def _at(self, request: Request) -> dict[str, Any]:
        line = request.query_params.get("line", "")
        known = line.isascii() and line.isdigit() and len(line) <= _DIGITS
        boxes = self.desk.at(request.query_params.get("file", ""), int(line)) if known else {}
        if not boxes:
            raise KeyError(line)
        return shapes.at(boxes)

    def _picture(self, request: Request) -> Response:
        return self._drawn(request, self._shown)

    def _sheet_picture(self, request: Request) -> Response:
        return self._drawn(request, lambda: self.desk.sheet(str(request.path_params["unit"]))[1])

    def _drawn(self, request: Request, shown: Callable[[], Shown]) -> Response:
        scale = _scale(request.query_params.get("scale", "1"))
        digest = request.query_params.get("digest", "")
        picture = self.desk.pictures.get(digest, scale)
        if picture is None:
            try:
                document = shown()
                number = _number(request, document)
                _same(request, document, number)
                digest = document.leaves[number - 1].digest
                picture = self.desk.pictures.get(digest, scale) or document.opened.picture(number, scale)
            except (KeyError, Refusal):
                return JSONResponse({"version": 1, "error": "not found"}, 404)
            self.desk.pictures.put(digest, scale, picture)
        return Response(picture, media_type="image/png", headers={"etag": f'"{digest}-{scale}"'})

    def _sheet(self, request: Request) -> dict[str, Any]:
        return shapes.sheet(self.desk, str(request.path_params["unit"]))

    def _chart(self, request: Request) -> Response:
        good = self.desk.now.good
        draw = shapes.CHARTS.get(str(request.path_params["name"]))
        if good is None or draw is None:
            return JSONResponse({"version": 1, "error": "not found"}, 404)
        return Response(draw(self.desk.source, good.plan), media_type="image/svg+xml")

    def _sides(self, _: Request) -> dict[str, Any]:
        return {"version": 1, "sides": [{"id": side.id, "label": side.label} for side in self.comparing.sides()]}

    def _diff(self, request: Request) -> dict[str, Any]:
        found = self.comparing.diff(request.query_params.get("old", ""), request.query_params.get("new", ""))
        if isinstance(found, Faulty):
            raise Misuse("preview-faulty", plan=found.side)
        return found

    def _life(self, request: Request) -> dict[str, Any]:
        return self.comparing.life(request.query_params.get("task", ""))


def _file(name: str) -> Response:
    """A file of the page itself, if there is one of exactly that name."""
    found = {path.name: path for path in _STATIC.iterdir() if path.suffix in _TYPES and path.is_file()}.get(name)
    if found is None:
        return JSONResponse({"version": 1, "error": "not found"}, 404)
    return Response(found.read_bytes(), media_type=_TYPES[found.suffix])


def _number(request: Request, shown: Shown) -> int:
    """The page that is asked for; KeyError where there is none."""
    given = str(request.path_params["number"])
    number = int(given) if given.isascii() and given.isdigit() and len(given) <= _DIGITS else 0
    if not 1 <= number <= len(shown.leaves):
        raise KeyError(given)
    return number


def _same(request: Request, shown: Shown, number: int) -> None:
    """KeyError where the page is no longer the one that is asked for."""
    digest = request.query_params.get("digest", "")
    if digest and digest != shown.leaves[number - 1].digest:
        raise KeyError(digest)


def _scale(given: str) -> float:
    """A scale within bounds, in steps, so that nobody asks for a thousand pictures of a page."""
    try:
        scale = float(given)
    except ValueError:
        return 1.0
    if not math.isfinite(scale):
        return 1.0
    return round(min(max(scale, _LEAST_SCALE), _MOST_SCALE) * _STEPS) / _STEPS


def _refused(_: Request, fault: Exception) -> Response:
    code = fault.status_code if isinstance(fault, HTTPException) else 500
    return JSONResponse({"version": 1, "error": "not found"}, code)
