"""An editor as far as the tests need one: it starts the YAML language server and asks it over standard input and output."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

ROOT = Path(__file__).resolve().parents[1]
SERVER = ROOT / ".cache" / "editor" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
_SETTINGS = {"yaml": {"schemaStore": {"enable": False}, "hover": True, "completion": True, "validate": True}}


class Editor:
    """A running language server; what it asks back is answered, what it tells of files is kept."""

    def __init__(self, folder: Path) -> None:
        command = ["node", str(SERVER), "--stdio"]
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._told: dict[str, list[dict[str, Any]]] = {}
        self._count = 0
        self._ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": _SETTINGS}})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.kill()
        self._server.communicate()

    def open(self, path: Path, text: str | None = None) -> list[dict[str, Any]]:
        """Open a file, once, with other text than it has where that is given, and return what the server finds in it."""
        uri = path.as_uri()
        content = path.read_text(encoding="utf-8") if text is None else text
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": content}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while uri not in self._told:
            self._read()
        return self._told[uri]

    def complete(self, path: Path, line: int, character: int) -> dict[str, str]:
        """What could be written at a place, with what is said of it; lines and characters count from 0."""
        found = self._ask("textDocument/completion", _at(path, line, character))
        items = found["items"] if isinstance(found, dict) else found
        return {item["label"]: _said(item.get("documentation", "")) for item in items}

    def hover(self, path: Path, line: int, character: int) -> str:
        """What is said of the words at a place."""
        found = self._ask("textDocument/hover", _at(path, line, character))
        return _said(found["contents"]) if found else ""

    def _ask(self, method: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        self._count += 1
        own = self._count
        self._send({"id": own, "method": method, "params": parameters})
        while True:
            answer = self._read()
            if answer.get("id") == own and "method" not in answer:
                return answer["result"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin is not None
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._server.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self._server.stdout is not None
        length = 0
        while line := self._server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has gone"
        message: dict[str, Any] = json.loads(self._server.stdout.read(length))
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self._told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method == "workspace/configuration":
            wanted = [_SETTINGS.get(item.get("section", ""), {}) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": wanted})
        elif method is not None and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message


def _at(path: Path, line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}


def _said(contents: Any) -> str:  # noqa: ANN401 - a text or a mapping that holds one
    return str(contents["value"] if isinstance(contents, dict) else contents)
