"""Charging for Django: a decorator for views, sync and async.

    @charge("tailor_document", customer=lambda request: request.user.pk,
            artifact=lambda request: request.resolver_match.kwargs["draft"])
    def tailor(request, draft):
        request.probity_run.attempt(answer)
        return JsonResponse(...)

The way a response ends decides as it does for FastAPI (`probity.fastapi` says how). The client is
made by PROBITY_URL and PROBITY_KEY of the settings or of the environment, or is given: `probity=`.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import threading
from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import Any, Callable, Optional, TypeVar, Union, cast

from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)

from .aio import AsyncProbity, AsyncRun
from .charging import Charge, Response, Said, begins, refusal
from .ending import LEAVING, Ending, of_block
from .errors import ProbityError
from .sync import Probity, Run

F = TypeVar("F", bound=Callable[..., Any])
_BROKEN = Ending("failed", reason="exception")
_lock = threading.Lock()
_clients: dict[type, Any] = {}


def charge(
    action: str,
    *,
    customer: Said,
    key: Said = None,
    probity: Union[Probity, AsyncProbity, None] = None,
    **given: Said,
) -> Callable[[F], F]:
    """Charges a view: the run is `request.probity_run`. Refusals are answered as problems.

    Put it below what signs people in. What is callable is asked with the request.
    """
    charged = Charge(action, customer=customer, key=key, **given)

    def decorate(view: F) -> F:
        if inspect.iscoroutinefunction(view):
            return cast(F, _charged_async(view, charged, probity))
        return cast(F, _charged(view, charged, probity))

    return decorate


def token_view(
    *,
    customer: Said,
    member: Said = None,
    lasts: Optional[str] = None,
    probity: Optional[Probity] = None,
) -> Callable[[HttpRequest], HttpResponse]:
    """A view that gives the browser a customer token: `{token, expires_at}`."""
    whose = Charge("", customer=customer, member=member)

    def token(request: HttpRequest) -> HttpResponse:
        try:
            asked = Charge.asked(whose.said(request))
            face = _client(Probity, probity)
            made = face.token(asked["customer"], member=asked.get("member"), lasts=lasts)
        except ProbityError as error:
            return _refused(error)
        told = {"token": made.token, "expires_at": made.raw["expires_at"]}
        return JsonResponse(told, headers={"cache-control": "no-store"})

    return token


def _client(kind: Any, given: Any) -> Any:
    if given is not None:
        if not isinstance(given, kind):
            raise TypeError(f"a {kind.__name__} is needed here, not a {type(given).__name__}")
        return given
    with _lock:
        if kind not in _clients:
            url = getattr(settings, "PROBITY_URL", None)
            _clients[kind] = kind(url, getattr(settings, "PROBITY_KEY", None))
        return _clients[kind]


def _refused(error: ProbityError) -> HttpResponse:
    status, headers, body = refusal(error)
    return HttpResponse(body, status=status, headers=headers)


def _charged(view: Any, charge: Charge, given: Any) -> Any:
    @functools.wraps(view)
    def charged(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        face: Probity = _client(Probity, given)
        try:
            run = face.run(charge.action, **Charge.asked(charge.said(request)))
            run._enter()
            begins(run)
        except ProbityError as error:
            return _refused(error)
        request.probity_run = run
        run._extend_by_itself()
        run._enter_context()
        try:
            answer: HttpResponseBase = view(request, *args, **named)
        except BaseException as error:
            run._leave(of_block(run._told, error, False))
            if isinstance(error, ProbityError):
                return _refused(error)
            raise
        finally:
            run._leave_context()
        try:
            _end(run, charge.action, request, answer)
        except BaseException as error:
            run._leave(of_block(run._told, error, False))
            raise
        return answer

    return charged


def _charged_async(view: Any, charge: Charge, given: Any) -> Any:
    @functools.wraps(view)
    async def charged(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        face: AsyncProbity = _client(AsyncProbity, given)
        try:
            said = charge.said(request)
            for name, value in said.items():
                if inspect.isawaitable(value):
                    said[name] = await value
            run = face.run(charge.action, **Charge.asked(said))
            await run._enter()
            begins(run)
        except ProbityError as error:
            return _refused(error)
        request.probity_run = run
        run._extend_by_itself()
        run._enter_context()
        try:
            answer: HttpResponseBase = await view(request, *args, **named)
        except BaseException as error:
            # Django cancels the view of whoever has left.
            await _leaving(run, request)(of_block(run._told, error, False))
            if isinstance(error, ProbityError):
                return _refused(error)
            raise
        finally:
            run._leave_context()
        try:
            await _end_async(run, charge.action, request, answer)
        except BaseException as error:
            await _leaving(run, request)(of_block(run._told, error, False))
            raise
        return answer

    return charged


def _leaving(run: AsyncRun, request: HttpRequest) -> Callable[[Optional[Ending]], Awaitable[None]]:
    """Tells the end of a run. Under WSGI a view that is awaited has an event loop of its own, which
    ends with it: what goes on after it does so in a thread."""
    return functools.partial(run._leave, ends_with_loop=isinstance(request, WSGIRequest))


def _end(run: Run, action: str, request: HttpRequest, answer: Any) -> None:
    """Ends a run with its response, now or as that passes."""
    if not isinstance(answer, HttpResponseBase):
        # Django says what is wrong with it.
        run._leave(_BROKEN)
        return
    response = _head(run, action, answer)
    if isinstance(answer, StreamingHttpResponse):
        pieces: Any = answer.streaming_content
        if answer.is_async:
            answer.streaming_content = AsyncStream(pieces, response, _in_thread(run))
        else:
            answer.streaming_content = Stream(pieces, response, run._leave)
    elif _is_unrendered(answer):
        _end_rendered(answer, response, request, run._leave)
    else:
        run._leave(_whole(answer, response, request))


async def _end_async(run: AsyncRun, action: str, request: HttpRequest, answer: Any) -> None:
    """The same, awaited."""
    leave = _leaving(run, request)
    if not isinstance(answer, HttpResponseBase):
        await leave(_BROKEN)
        return
    response = _head(run, action, answer)
    if isinstance(answer, StreamingHttpResponse):
        if not answer.is_async:
            raise TypeError("an async view streams from an async iterator")
        pieces: Any = answer.streaming_content
        answer.streaming_content = AsyncStream(pieces, response, leave)
    elif _is_unrendered(answer):
        # Django renders in a thread.
        _end_rendered(answer, response, request, async_to_sync(leave))
    else:
        await leave(_whole(answer, response, request))


def _whole(answer: Any, response: Response, request: HttpRequest) -> Optional[Ending]:
    response.passes(answer.content, True)
    return response.whole(request.method == "HEAD")


def _is_unrendered(answer: Any) -> bool:
    return not getattr(answer, "is_rendered", True)


def _end_rendered(
    answer: Any,
    response: Response,
    request: HttpRequest,
    leave: Callable[[Optional[Ending]], Any],
) -> None:
    """Ends with a response that is rendered after the view; where that breaks, it has failed."""
    render = answer.render

    def rendering() -> Any:
        # Caches keep the response: nothing of ours stays with it.
        del answer.render
        try:
            return render()
        except BaseException as error:
            leave(response.broken(of_block(None, error, False)))
            raise

    answer.render = rendering
    answer.add_post_render_callback(lambda whole: leave(_whole(whole, response, request)))


def _in_thread(run: Run) -> Callable[[Optional[Ending]], Awaitable[None]]:
    """Ends a run that waits from where nothing may wait."""
    return lambda ending: asyncio.to_thread(run._leave, ending)


def _head(run: Union[Run, AsyncRun], action: str, answer: HttpResponseBase) -> Response:
    response = Response(run, action, answer.status_code)
    told = response.head(list(answer.items()))
    for name in [name for name in answer.headers if name.lower().startswith("probity-")]:
        del answer[name]
    for name, value in told:
        if name.startswith("probity-"):
            answer[name] = value
    return response


class Stream:
    """What is streamed, as it passes; however it ends is told once."""

    def __init__(
        self, pieces: Any, response: Response, leave: Callable[[Optional[Ending]], Any]
    ) -> None:
        self._pieces = iter(pieces)
        self._source = pieces
        self._response = response
        self._leave = leave
        self._is_over = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            piece: bytes = next(self._pieces)
        except StopIteration:
            self._tell(self._response.whole())
            raise
        except BaseException as error:
            self._tell(self._response.broken(of_block(None, error, False)))
            raise
        self._response.passes(piece, False)
        return piece

    def close(self) -> None:
        """The server is done with it: before its end, the customer has left."""
        if not self._is_over:
            self._tell(self._response.left())
        close = getattr(self._source, "close", None)
        if close is not None:
            close()

    def _tell(self, ending: Optional[Ending]) -> None:
        if not self._is_over:
            self._is_over = True
            self._leave(ending)


class AsyncStream:
    """The same, awaited."""

    def __init__(
        self,
        pieces: Any,
        response: Response,
        leave: Callable[[Optional[Ending]], Awaitable[None]],
    ) -> None:
        self._pieces = pieces
        self._response = response
        self._leave = leave

    async def __aiter__(self) -> AsyncIterator[bytes]:
        ending: Optional[Ending] = None
        try:
            async for piece in self._pieces:
                self._response.passes(piece, False)
                yield piece
            ending = self._response.whole()
        except LEAVING:
            ending = self._response.left()
            raise
        except BaseException as error:
            ending = self._response.broken(of_block(None, error, False))
            raise
        finally:
            await self._leave(ending)
