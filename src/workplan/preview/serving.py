"""The server itself: on the loopback alone, until Ctrl-C."""

from __future__ import annotations

import socket
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn
from watchfiles import watch

from workplan.diagnostic import Misuse
from workplan.output.places import own_templates
from workplan.preview.app import Pages
from workplan.preview.bell import Bell
from workplan.preview.comparing import Comparing
from workplan.preview.desk import Desk
from workplan.preview.guard import Guard

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from workplan.source import Directory

_LOOPBACK = "127.0.0.1"
#: Milliseconds after which files are looked at although nobody gave notice: network drives and containers send none.
_LOOK = 1000
#: Milliseconds in which the notices of one save are taken together.
_SETTLE, _STEP = 60, 20
#: Bytes that a request may have before its end.
_LARGEST = 16 * 1024


class _Server(uvicorn.Server):
    """Ends what listens before it waits for connections to end."""

    def __init__(self, config: uvicorn.Config, bell: Bell) -> None:
        super().__init__(config)
        self._bell = bell

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._bell.close()
        super().handle_exit(sig, frame)


def serve(source: Directory, port: int, *, language: str, refused: str, ready: Callable[[str], None]) -> None:
    """Serve the preview of a plan until Ctrl-C; ``ready`` is called once with the address that lets a browser in.

    Port 0 is any free one. Raises Misuse where the port cannot be had.
    """
    listener = _listener(port)
    port = listener.getsockname()[1]
    bell, stop = Bell(), threading.Event()
    desk = Desk(source, bell.ring)
    guard = Guard(Pages(desk, Comparing(source, threading.Lock()), bell, language).app(), port, refused)
    config = uvicorn.Config(
        guard,
        access_log=False,
        log_level="critical",
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=_LARGEST,
        timeout_graceful_shutdown=1,
    )
    builder = threading.Thread(target=desk.watch, args=(lambda: _wait(source, stop), stop), daemon=True)
    builder.start()
    ready(f"http://{_LOOPBACK}:{port}/?key={guard.key}")
    try:
        with suppress(KeyboardInterrupt):  # the way in which it ends
            _Server(config, bell).run([listener])
    finally:
        stop.set()
        listener.close()
        builder.join(0.2)  # it only reads: nothing is lost if it does not end


def _listener(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two programs share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_LOOPBACK, port))
        listener.listen(128)
    except OSError as fault:
        listener.close()
        raise Misuse("port-taken", port=port, reason=fault.strerror or type(fault).__name__) from fault
    return listener


def _wait(source: Directory, stop: threading.Event) -> None:
    """Return when something near the plan has changed, or when it is time to look all the same."""
    folder = source.folder.resolve()
    templates = own_templates(source)
    places = [place for place in (folder, folder.parent, templates) if place is not None and place.is_dir()]
    if not places:
        stop.wait(_LOOK / 1000)
        return
    try:
        for _ in watch(
            *places,
            debounce=_SETTLE,
            step=_STEP,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            stop_event=stop,
            recursive=False,
            raise_interrupt=False,
        ):
            return
    except (OSError, RuntimeError):  # a folder went away meanwhile
        time.sleep(_STEP / 1000)
