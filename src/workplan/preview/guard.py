"""Who may ask the preview, and what every answer says to the browser.

The server listens on this machine's loopback, which all users of the machine reach, and which any web page can send a browser
to. So the first address carries a key that nobody can guess, a cookie holds another from then on, and a request must name this
very server as its host and come from no other page. Only what is read is answered.
"""

from __future__ import annotations

import secrets
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The longest address that is read, and the most that all headers may have, in bytes.
_LONGEST, _HEADERS = 4096, 16 * 1024
#: Said with every answer: nothing is kept, nothing is loaded from elsewhere, no script or style stands in the page itself.
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
#: From where a browser may say that a request comes: from a page of this server, or from nowhere (an address typed or clicked).
_OURS = ("", "same-origin", "none")
#: The page that takes the key out of the address. A redirection would not do: where it began in another program's page, the
#: strict cookie is not sent along it.
_ONWARDS = (
    '<!doctype html><meta charset="utf-8"><title>workplan</title><meta http-equiv="refresh" content="0;url={}">\n'
)


class Guard:
    """Lets requests to ``port`` through to ``app``; all others are answered here.

    ``key`` is what the first address has to carry, ``stranger`` what a person is told who comes without it.
    """

    def __init__(self, app: ASGIApp, port: int, stranger: str) -> None:
        self.key = secrets.token_urlsafe(32)
        self._app, self._stranger = app, stranger
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        # Cookies belong to a host whatever its port: another preview has another name.
        self._name, self._cookie = f"workplan-{port}", secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # nobody speaks through sockets here
            await send({"type": "websocket.close", "code": 1008})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await (self._refused(scope) or self._app)(scope, receive, with_headers)

    def _refused(self, scope: Scope) -> Response | None:
        """The answer to a request that goes no further; None for one that may be answered."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        host = hosts[0].lower() if len(hosts) == 1 else ""
        if host not in self._hosts:
            return refused("wrong-host", 421)
        if any(origin.lower() != f"http://{host}" for origin in headers.getlist("origin")):
            return refused("other-page", 403)
        if scope["path"] != "/" and headers.get("sec-fetch-site", "") not in _OURS:
            return refused("other-page", 403)
        return self._unread(scope, headers) or self._unknown(scope, headers)

    @staticmethod
    def _unread(scope: Scope, headers: Headers) -> Response | None:
        """The answer to a request that would write, or that is too large; None for any other."""
        if scope["method"] not in ("GET", "HEAD"):
            return refused("read-only", 405, {"allow": "GET, HEAD"})
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > _LONGEST:
            return refused("too-long", 414)
        if sum(len(name) + len(value) for name, value in headers.raw) > _HEADERS:
            return refused("too-long", 431)
        if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
            return refused("too-much", 413)
        return None

    def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        """The way in by the key, and the answer to who has none; None for who is in already."""
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(asked).get("key")
        if scope["path"] == "/" and given is not None and _same(given, self.key):
            return self._welcome([pair for pair in asked if pair[0] != "key"])
        if given is None and _same(self._held(headers), self._cookie):
            return None
        if scope["path"] == "/":
            return Response(f"{self._stranger}\n", 403, media_type="text/plain; charset=utf-8")
        return refused("no-key", 403)

    def _welcome(self, others: list[tuple[str, str]]) -> Response:
        """Put the cookie down and lead on to the address without its key."""
        address = f"/?{urlencode(others)}" if others else "/"
        answer = Response(_ONWARDS.format(escape(address)), media_type="text/html; charset=utf-8")
        answer.set_cookie(self._name, self._cookie, path="/", httponly=True, samesite="strict")
        return answer

    def _held(self, headers: Headers) -> str:
        return cookie_parser(headers.get("cookie", "")).get(self._name, "")


def refused(error: str, status: int, headers: dict[str, str] | None = None) -> JSONResponse:
    """An answer that says in a word what was wrong."""
    return JSONResponse({"version": 1, "error": error}, status, headers)


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())
