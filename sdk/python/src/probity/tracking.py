"""Client libraries whose calls become attempts of a run: what OpenAI's and Anthropic's share.

A copy of the client is watched where all of its resources send; the client itself is left alone.
A call is booked once: with its usage, or as one that nobody knows the usage of.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, Callable, Optional, Protocol, TypeVar

from .ending import log
from .run import BaseRun, Calling, current_run

C = TypeVar("C")


class Protocols(Protocol):
    """What is particular to a library."""

    provider: str

    def asks(self, options: dict[str, Any]) -> bool:
        """Asks for usage where it is not told by itself; True: it is to be taken out again."""

    def sees(self, events: Seen, event: Any) -> bool:
        """Looks at an event of a stream; True: it is only about usage."""


class Seen:
    """What the events of a stream have told."""

    def __init__(self) -> None:
        self.usage: Any = None
        self.model: Optional[str] = None
        self.has_ended = False


def track(run: Optional[BaseRun], client: C, protocol: Protocols) -> C:
    """A copy of the client whose calls are attempts of this run; None: of whichever is current."""
    copy: Any = client.copy()  # type: ignore[attr-defined]
    send = copy.post
    if inspect.iscoroutinefunction(send):
        copy.post = _watch_async(send, run, protocol)
    else:
        copy.post = _watch(send, run, protocol)
    return copy  # type: ignore[no-any-return]


def _watch(send: Any, run: Optional[BaseRun], protocol: Protocols) -> Callable[..., Any]:
    def post(*args: Any, **named: Any) -> Any:
        call, strips = _begins(run, protocol, named)
        try:
            answer = send(*args, **named)
        except Exception as error:
            _failed(call, error)
            raise
        return _answered(call, protocol, answer, strips)

    return post


def _watch_async(send: Any, run: Optional[BaseRun], protocol: Protocols) -> Callable[..., Any]:
    async def post(*args: Any, **named: Any) -> Any:
        call, strips = _begins(run, protocol, named)
        try:
            answer = await send(*args, **named)
        except Exception as error:
            _failed(call, error)
            raise
        return _answered(call, protocol, answer, strips)

    return post


def _begins(
    run: Optional[BaseRun], protocol: Protocols, named: dict[str, Any]
) -> tuple[Optional[Calling], bool]:
    run = run if run is not None else current_run()
    body = named.get("body")
    if run is None or not isinstance(body, Mapping) or "model" not in body:
        return None, False
    body = named["body"] = dict(body)
    asked = body["model"]
    known = {"provider": protocol.provider, "asked": asked if isinstance(asked, str) else None}
    return run._call(**known), protocol.asks(body)


def _failed(call: Optional[Calling], error: Exception) -> None:
    """Providers bill nothing for what they refuse; of everything else it is not known."""
    if call is None:
        return
    if isinstance(getattr(error, "status_code", None), int):
        call.done(usage={"input": 0, "output": 0}, source="none")
    else:
        call.unknown()


def _answered(call: Optional[Calling], protocol: Protocols, answer: Any, strips: bool) -> Any:
    if call is None:
        return answer
    if hasattr(answer, "__aiter__") and hasattr(answer, "response"):
        return AsyncWatched(answer, call, protocol, strips)
    if hasattr(answer, "__iter__") and hasattr(answer, "response"):
        return Watched(answer, call, protocol, strips)
    try:
        # Raw responses are parsed where they are small; what streams raw is not known.
        whole = answer.parse() if hasattr(answer, "http_response") else answer
        if hasattr(whole, "usage"):
            call.done(whole)
        else:
            call.unknown()
    except Exception as error:
        log.debug("the usage of an answer could not be read: %s", type(error).__name__)
        call.unknown()
    return answer


class _Watching:
    """A stream that is watched while it passes; for everything else it is the stream itself."""

    def __init__(self, stream: Any, call: Calling, protocol: Protocols, strips: bool) -> None:
        self._stream = stream
        self._call = call
        self._protocol = protocol
        self._strips = strips
        self._seen = Seen()

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        return type(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _is_shown(self, event: Any) -> bool:
        is_about_usage = self._protocol.sees(self._seen, event)
        if self._seen.has_ended:
            self._over()
        return not (is_about_usage and self._strips)

    def _over(self) -> None:
        seen = self._seen
        if seen.usage is None:
            self._call.unknown()
            return
        source = None if seen.has_ended else "partial"
        self._call.done(seen.usage, model=seen.model, source=source)


class Watched(_Watching):
    """A stream for code that waits."""

    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        try:
            while True:
                event = next(self._stream)
                if self._is_shown(event):
                    return event
        except BaseException:
            self._over()
            raise

    def __enter__(self) -> Any:
        self._stream.__enter__()
        return self

    def __exit__(self, *left: Any) -> Any:
        self._over()
        return self._stream.__exit__(*left)

    def close(self) -> None:
        """Closes it; what was not told by then is not known."""
        self._over()
        self._stream.close()


class AsyncWatched(_Watching):
    """A stream for asyncio."""

    def __aiter__(self) -> Any:
        return self

    async def __anext__(self) -> Any:
        try:
            while True:
                event = await self._stream.__anext__()
                if self._is_shown(event):
                    return event
        except BaseException:
            self._over()
            raise

    async def __aenter__(self) -> Any:
        await self._stream.__aenter__()
        return self

    async def __aexit__(self, *left: Any) -> Any:
        self._over()
        return await self._stream.__aexit__(*left)

    async def close(self) -> None:
        """Closes it; what was not told by then is not known."""
        self._over()
        await self._stream.close()
