"""Charging for ASGI applications: the end of the response decides what a run costs.

The run begins where the application asks for it (`begin`; `probity.fastapi` has a dependency); its
last bytes are handed on once its end is told. What the customer leaves is told as left. asyncio
only.
"""

from __future__ import annotations

import asyncio
import inspect
from collections import deque
from collections.abc import Awaitable, MutableMapping
from typing import Any, Callable, Optional

from .aio import AsyncProbity, AsyncRun
from .charging import Charge, Response, begins, refusal
from .ending import STOPPED, Ending, left, log, of_block
from .errors import ProbityError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
_NAME = "probity"


class ProbityMiddleware:
    """Around an application: ends the runs of its requests, and answers refusals."""

    def __init__(self, app: App, probity: AsyncProbity) -> None:
        self.app = app
        self.probity = probity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        passing = Passing(self.probity, scope, receive, send)
        scope[_NAME] = passing
        try:
            await self.app(scope, passing.receive, passing.send)
        except ProbityError as error:
            # Whatever it is about, work is not known to be done: a run that has begun has failed.
            await passing.broke(error)
            if passing.has_answered:
                raise
            await passing.refuse(error)
        except BaseException as error:
            await passing.broke(error)
            raise
        else:
            await passing.is_over()
        finally:
            passing.close()


async def begin(scope: Scope, charge: Charge, request: Any) -> AsyncRun:
    """Begins the run of a request; refused, it raises, and the middleware answers."""
    passing = scope.get(_NAME)
    if not isinstance(passing, Passing):
        raise RuntimeError(
            "a route is charged, and its application has no ProbityMiddleware: "
            "app.add_middleware(ProbityMiddleware, probity=AsyncProbity())"
        )
    said = charge.said(request)
    for name, value in said.items():
        if inspect.isawaitable(value):
            said[name] = await value
    return await passing.begin(charge, Charge.asked(said))


class Passing:
    """One request with its response, as they pass."""

    def __init__(self, probity: AsyncProbity, scope: Scope, receive: Receive, send: Send) -> None:
        self._probity = probity
        self._scope = scope
        self._receive = receive
        self._send = send
        self._client: Optional[Listening] = None
        self._run: Optional[AsyncRun] = None
        self._action = ""
        self._response: Optional[Response] = None
        self._is_told = False
        self.has_answered = False

    async def begin(self, charge: Charge, asked: dict[str, Any]) -> AsyncRun:
        if self._run is not None:
            raise RuntimeError("a request is one run: this one has begun another already")
        run = self._probity.run(charge.action, **asked)
        await run._enter()
        begins(run)
        run._extend_by_itself()
        self._run, self._action = run, charge.action
        self._client = Listening(self._receive)
        return run

    async def receive(self) -> Message:
        """What the client sends, to the application."""
        return await (self._client.receive() if self._client else self._receive())

    async def send(self, message: Message) -> None:
        """What the application answers, to the client."""
        self.has_answered = True
        run = self._run
        if run is None or self._is_told:
            await self._send(message)
        elif message["type"] == "http.response.start":
            await self._send(self._head(run, message))
        elif message["type"] == "http.response.body":
            await self._body(message)
        else:
            await self._send(message)

    def _head(self, run: AsyncRun, message: Message) -> Message:
        self._response = Response(run, self._action, message["status"])
        told = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in message.get("headers", [])]
        head = self._response.head(told)
        headers = [(n.encode("latin-1"), v.encode("latin-1")) for n, v in head]
        return {**message, "headers": headers}

    async def _body(self, message: Message) -> None:
        response, piece = self._response, message.get("body", b"")
        if response is None:
            await self._send(message)
            return
        is_last = not message.get("more_body", False)
        if not self._has_left:
            response.passes(piece, is_last)
        if is_last:
            # Nothing is whole for the customer before it is in the books.
            has_no_body = self._scope.get("method") == "HEAD"
            ending = response.left() if self._has_left else response.whole(has_no_body)
            await self._tell(ending)
        try:
            await self._send(message)
        except OSError:
            if self._client is not None:
                self._client.has_left = True
            raise

    @property
    def _has_left(self) -> bool:
        return self._client is not None and self._client.has_left

    async def is_over(self) -> None:
        """The application returned."""
        if self._run is None or self._is_told:
            return
        if self._response is not None and self._has_left:
            await self._tell(self._response.left())
        elif self._has_left:
            await self._tell(left(False))
        else:
            broken = Ending("failed", reason="truncated")
            await self._tell(self._response.broken(broken) if self._response else broken)

    async def broke(self, error: BaseException) -> None:
        """The application raised."""
        run = self._run
        if run is None or self._is_told:
            return
        if self._has_left:
            await self._tell(self._response.left() if self._response else left(False))
            return
        # Whoever is cut off while we stop has not left.
        is_stopped = isinstance(error, asyncio.CancelledError)
        told = run._told if run._told is not None and run._told.never_charges else None
        ending = told or (STOPPED if is_stopped else of_block(None, error, False))
        await self._tell(self._response.broken(ending) if self._response else ending)

    async def refuse(self, error: ProbityError) -> None:
        """Answers a refusal."""
        status, told, body = refusal(error)
        if status == 503:
            log.error("a request was refused: %s", error.detail)
        headers = [(name.encode(), value.encode()) for name, value in told.items()]
        await self._send({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})

    def close(self) -> None:
        """Nothing more passes."""
        if self._client is not None:
            self._client.close()

    async def _tell(self, ending: Optional[Ending]) -> None:
        run = self._run
        if run is None or self._is_told:
            return
        self._is_told = True
        await run._leave(ending)


class Listening:
    """Hears the client one message ahead, so that it is known when it has left."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._heard: deque[Message] = deque()
        self._is_heard = asyncio.Event()
        self._is_taken = asyncio.Event()
        self.has_left = False
        self._task = asyncio.get_running_loop().create_task(self._listen())

    async def receive(self) -> Message:
        """The next message; that the client has left is told for ever."""
        while not self._heard:
            self._is_heard.clear()
            await self._is_heard.wait()
        if self._heard[0]["type"] == "http.disconnect":
            return self._heard[0]
        message = self._heard.popleft()
        self._is_taken.set()
        return message

    def close(self) -> None:
        """Stops hearing."""
        self._task.cancel()

    async def _listen(self) -> None:
        while not self.has_left:
            message = await self._receive()
            self.has_left = message["type"] == "http.disconnect"
            self._heard.append(message)
            self._is_taken.clear()
            self._is_heard.set()
            if message.get("more_body"):
                # What is uploaded is read as fast as the application takes it, and no faster.
                await self._is_taken.wait()
