"""Tells every open page of what happens, as Server-Sent Events; rung by the thread that builds."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

#: Pages that may listen at a time, and events that one may be behind.
_LISTENERS, _BEHIND = 32, 16
#: Seconds between two signs of life.
_ALIVE = 15.0


class Bell:
    """Rings for all who listen."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._queues: set[asyncio.Queue[str | None]] = set()
        self._closed = False

    def ring(self, name: str, revision: int) -> None:
        """Tell everybody, from any thread."""
        self._call(f"event: {name}\ndata: {json.dumps({'revision': revision})}\n\n")

    def close(self) -> None:
        """End all streams, from any thread."""
        self._closed = True
        self._call(None)

    def _call(self, said: str | None) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._put, said)

    def _put(self, said: str | None) -> None:
        for queue in self._queues:
            if queue.full():  # a page that is asleep: the latest tells it all
                queue.get_nowait()
            queue.put_nowait(said)

    def stream(self, revision: int) -> AsyncIterator[str] | None:
        """The events for one page, the state that holds now first; None where too many listen."""
        if len(self._queues) >= _LISTENERS or self._closed:
            return None
        self._loop = asyncio.get_running_loop()
        return self._stream(revision)

    async def _stream(self, revision: int) -> AsyncIterator[str]:
        queue: asyncio.Queue[str | None] = asyncio.Queue(_BEHIND)
        self._queues.add(queue)
        try:
            yield f"retry: 1000\nevent: state\ndata: {json.dumps({'revision': revision})}\n\n"
            while not self._closed:
                try:
                    said = await asyncio.wait_for(queue.get(), _ALIVE)
                except TimeoutError:
                    said = ": \n\n"
                if said is None:
                    return
                yield said
        finally:
            self._queues.discard(queue)
