"""The way to Probity: every write gets its key, what came to nothing is tried again with the same.

An outcome that is not known is found out by the same key. What is refused is raised as an
exception, also for whoever uses the generated client: it only ever sees answers that went well.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
import uuid
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timezone
from email.utils import parsedate_to_datetime
from typing import Any, Callable, Optional
from weakref import WeakKeyDictionary

import httpx

from .errors import ProbityError, Unavailable, of_problem

KEY = "Idempotency-Key"
#: What an answer has among its extensions where a try before it may have been applied.
EARLIER = "probity_earlier"
_WRITES = ("POST", "PUT", "DELETE", "PATCH")
#: Nothing was sent: it cannot have been applied.
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True)
class Retries:
    """How often and how long what came to nothing is tried again."""

    most: int = 5
    #: The first pause, in seconds; each is up to twice the one before, by chance.
    first: float = 0.2
    longest: float = 5.0
    #: The pauses together, in seconds, at the most.
    in_all: float = 30.0


def new_key() -> str:
    """A key that no other call has."""
    return f"py-{uuid.uuid4().hex}"


class Tries:
    """What follows each try of one call: how long to wait for the next, or the end."""

    def __init__(self, retries: Retries, request: httpx.Request) -> None:
        self._retries = retries
        self._n = 0
        self._waited = 0.0
        self._is_write = is_write(request)
        self._unknown = False
        self.key: Optional[str] = request.headers.get(KEY)
        self._has_keys = not request.url.path.endswith("/v1/batch") or _fill_batch(request)

    @property
    def earlier(self) -> bool:
        """May a try before have been applied?"""
        return self._unknown

    def broke(self, error: httpx.TransportError) -> Optional[float]:
        """Seconds to wait after a failure of the transport; None: no more."""
        if not isinstance(error, _UNSENT):
            self._unknown |= self._is_write
        return self._pause(None)

    def answered(self, response: httpx.Response) -> Optional[float]:
        """Seconds to wait after an answer; None: it stands."""
        status = response.status_code
        if status < 400:
            return None
        told = _json(response)
        # What does not say that nothing was applied leaves it open; on the way it is only refused.
        if (status == 408 or status >= 500) and told.get("applied") is not False:
            self._unknown |= self._is_write
        # A denial is an answer: whoever asked says whether to wait for what it is about.
        if response.headers.get("x-should-retry") == "false" or "ways_forward" in told:
            return None
        is_busy: bool = status == 409 and told.get("code") == "idempotency_in_progress"
        if not (is_busy or status in (408, 429) or status >= 500):
            return None
        return self._pause(_retry_after(response))

    def away(self, error: httpx.TransportError) -> Unavailable:
        """What is raised when nothing answered."""
        detail = f"Probity cannot be reached ({type(error).__name__})."
        if self._unknown:
            detail += " Whether anything was applied is not known: the same key finds out."
        applied: Any = "unknown" if self._unknown else False
        return Unavailable(detail, code="unreachable", applied=applied, key=self.key)

    def refused(self, response: httpx.Response) -> ProbityError:
        """What is raised for a refusing answer."""
        return of_problem(
            _json(response), status=response.status_code, key=self.key, unknown=self._unknown
        )

    def _pause(self, asked: Optional[float]) -> Optional[float]:
        retries = self._retries
        backoff = min(retries.first * float(2**self._n), retries.longest)
        pause = backoff * random.uniform(0.5, 1.0)
        if asked is not None:
            pause = asked + pause / 2
        self._n += 1
        self._waited += pause
        if self._n > retries.most or self._waited > retries.in_all or not self._has_keys:
            return None
        return pause


class Transport(httpx.BaseTransport):
    """Tries again, in this thread."""

    def __init__(
        self,
        inner: httpx.BaseTransport,
        retries: Retries,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._inner = inner
        self._retries = retries
        self._sleep = sleep

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        _fill(request)
        tries = Tries(self._retries, request)
        while True:
            try:
                response = self._inner.handle_request(request)
                if not _is_events(response):
                    response.read()
            except httpx.TransportError as error:
                pause = tries.broke(error)
                if pause is None:
                    raise tries.away(error) from error
            else:
                pause = tries.answered(response)
                if pause is None:
                    if response.status_code >= 400:
                        raise tries.refused(response)
                    response.extensions[EARLIER] = tries.earlier
                    return response
            self._sleep(pause)

    def close(self) -> None:
        self._inner.close()


class AsyncTransport(httpx.AsyncBaseTransport):
    """Tries again, in the event loop it is in: connections live in one loop, a client in any."""

    def __init__(
        self,
        inner: Callable[[], httpx.AsyncBaseTransport],
        retries: Retries,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._make = inner
        self._inner: WeakKeyDictionary[Any, httpx.AsyncBaseTransport] = WeakKeyDictionary()
        self._retries = retries
        self._sleep = sleep

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        _fill(request)
        inner = self._of_this_loop()
        tries = Tries(self._retries, request)
        while True:
            try:
                response = await inner.handle_async_request(request)
                if not _is_events(response):
                    await response.aread()
            except httpx.TransportError as error:
                pause = tries.broke(error)
                if pause is None:
                    raise tries.away(error) from error
            else:
                pause = tries.answered(response)
                if pause is None:
                    if response.status_code >= 400:
                        raise tries.refused(response)
                    response.extensions[EARLIER] = tries.earlier
                    return response
            await self._sleep(pause)

    async def aclose(self) -> None:
        await self._of_this_loop().aclose()

    def _of_this_loop(self) -> httpx.AsyncBaseTransport:
        loop = asyncio.get_running_loop()
        if loop not in self._inner:
            self._inner[loop] = self._make()
        return self._inner[loop]


def is_write(request: httpx.Request) -> bool:
    """Asking what would be writes nothing."""
    return request.method in _WRITES and not request.url.path.endswith("/v1/check")


def _fill(request: httpx.Request) -> None:
    if is_write(request) and KEY not in request.headers:
        request.headers[KEY] = new_key()


def _fill_batch(request: httpx.Request) -> bool:
    """Gives a key to each item of a batch that has none; False: it cannot be, and is sent once."""
    try:
        body = json.loads(request.content)
        for item in body["items"]:
            item.setdefault("key", new_key())
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    content = json.dumps(body).encode()
    request._content = content
    request.stream = httpx.ByteStream(content)
    request.headers["Content-Length"] = str(len(content))
    return True


def _is_events(response: httpx.Response) -> bool:
    kind: str = response.headers.get("content-type", "")
    return response.status_code < 400 and kind.startswith("text/event-stream")


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        told = json.loads(response.content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _retry_after(response: httpx.Response) -> Optional[float]:
    told: str = response.headers.get("retry-after", "")
    if told.isascii() and told.isdigit():
        return float(told)
    at = _time(told)
    if at is None:
        return None
    # By the clock of who says it: our own may be wrong.
    now = _time(response.headers.get("date", ""))
    return max(0.0, at - (time.time() if now is None else now))


def _time(date: str) -> Optional[float]:
    try:
        at = parsedate_to_datetime(date)
    except (TypeError, ValueError, IndexError):
        return None
    return at.replace(tzinfo=at.tzinfo or timezone.utc).timestamp()
