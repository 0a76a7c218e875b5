"""The client for asyncio, and its runs."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Awaitable, Coroutine, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, Optional, TypeVar

import httpx

from . import calls, shapes
from .calls import Amount, Call
from .ending import WAITS_FOR_AN_END, Ending, left, log
from .errors import ProbityError, Unavailable
from .face import Face, check_fields, quote_fields, read_answer, run_fields
from .run import Answered, BaseRun, Steps, _now
from .sync import Probity
from .transport import AsyncTransport, new_key

if TYPE_CHECKING:
    from typing_extensions import ParamSpec, Self, Unpack

    from .face import RunFields

    P = ParamSpec("P")

T = TypeVar("T")


class AsyncRun(BaseRun):
    """A run, as a block: `async with probity.run(…) as run:`."""

    def __init__(self, face: AsyncProbity, **known: Any) -> None:
        super().__init__(same=face._same, when_away=face._when_away, on_away=face._on_away, **known)
        self._face = face
        self._keeping: Optional[asyncio.Task[None]] = None

    async def __aenter__(self) -> Self:
        await self._enter()
        self._extend_by_itself()
        self._enter_context()
        return self

    async def __aexit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self._leave_context()
        steps = self._end(error)
        if isinstance(error, GeneratorExit):
            # What is being closed may not wait: its end is told beside it.
            self._face._tell_aside(lambda: self._finish(steps, error), lambda: steps)
            return
        # Whoever is cancelled may be so at every wait: the end is told by a task of its own.
        await asyncio.shield(self._face._spawn(self._finish(steps, error)))

    async def end(self) -> Optional[shapes.Receipt]:
        """Tells its end as it was said, `delivered` if nothing was: for runs without a block."""
        await asyncio.shield(self._face._spawn(self._finish(self._end(None), None)))
        return self.receipt

    async def _enter(self) -> None:
        task = self._face._spawn(self._face._drive(self._begin()))
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            self._face._spawn(self._give_back(task))
            raise

    async def _give_back(self, begins: asyncio.Task[None]) -> None:
        """Nobody is there for it any more: what has begun is given back."""
        await asyncio.wait([begins])
        if not begins.cancelled() and begins.exception() is None:
            await self._finish(self._settle(left(False)), None)

    async def _finish(self, steps: Steps[None], within: Optional[BaseException]) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
        try:
            await self._face._drive(steps)
        except ProbityError as error:
            if self._could_not_tell(error, within):
                raise

    def _extend_by_itself(self) -> None:
        if self._is_open and self._lease is not None and self._keeping is None:
            self._keeping = asyncio.get_running_loop().create_task(self._keep())

    async def _leave(self, ending: Optional[Ending], *, ends_with_loop: bool = False) -> None:
        """Tells its end, whoever is cancelled meanwhile; longer than a moment nobody waits for it.
        What cannot be told is logged, and told to `on_away`."""
        steps = self._settle(ending)
        if ends_with_loop:
            if self._keeping is not None:
                self._keeping.cancel()
            telling = threading.Thread(target=self._tell_in_thread, args=(steps,))
            telling.start()
            await asyncio.to_thread(telling.join, WAITS_FOR_AN_END)
        else:
            task = self._face._spawn(self._finish(steps, None))
            await asyncio.wait([task], timeout=WAITS_FOR_AN_END)

    def _tell_in_thread(self, steps: Steps[None]) -> None:
        with self._face._in_thread() as probity:
            try:
                probity._drive(steps)
            except ProbityError as error:
                self._could_not_tell(error, None)

    def _late(self, made: dict[str, Any]) -> None:
        run = self.id
        if run is not None:
            face = self._face
            face._tell_aside(
                lambda: face.attempts(run, [made]), lambda: _once(calls.attempts(run, [made]))
            )

    async def _keep(self) -> None:
        """More time, for as long as the block takes."""
        lease = self._lease
        while lease is not None:
            await asyncio.sleep(lease.next_in(_now()))
            try:
                answered = await self._face._send(calls.extend(str(self.id), lease.asks_for))
            except Unavailable as error:
                log.warning("no more time could be asked for: %s", error.detail)
                if lease.is_over(_now()):
                    return
                continue
            except ProbityError as error:
                log.debug("no more time: %s", error.detail)
                return
            if not lease.renewed(answered.value.expires_at, answered.told_at, _now()):
                return


class AsyncProbity(Face):
    """Probity, for asyncio. The same as `Probity`, awaited."""

    def __init__(
        self,
        url: Optional[str] = None,
        key: Optional[str] = None,
        *,
        transport: Callable[[], httpx.AsyncBaseTransport] = httpx.AsyncHTTPTransport,
        **settings: Any,
    ) -> None:
        super().__init__(url, key, **settings)
        self._client = httpx.AsyncClient(
            transport=AsyncTransport(transport, self._retries), **self._http()
        )
        self.raw.set_async_httpx_client(self._client)
        self._tasks: set[asyncio.Task[Any]] = set()

    async def aclose(self) -> None:
        """Waits until every end is told, and closes its connections."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    # Runs.

    def run(
        self,
        action: Optional[str] = None,
        *,
        customer: str,
        key: Optional[str] = None,
        **given: Unpack[RunFields],
    ) -> AsyncRun:
        """A run as a block: it begins when the block is entered, and ends with it."""
        return AsyncRun(self, fields=run_fields(action, customer, given), key=key)

    async def start(
        self,
        action: Optional[str] = None,
        *,
        customer: str,
        key: Optional[str] = None,
        **given: Unpack[RunFields],
    ) -> AsyncRun:
        """Begins a run now, to hand its `id` on: who goes on with it extends and ends it."""
        run = AsyncRun(self, fields=run_fields(action, customer, given), key=key)
        await run._enter()
        return run

    def continue_run(self, run: str) -> AsyncRun:
        """Goes on with a run that was begun elsewhere, as a block."""
        return AsyncRun(self, id=run)

    def charged(
        self, action: str, *, customer: Any, key: Any = None, **given: Any
    ) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]]:
        """Charges each call of a function. What is callable is asked with the call's arguments."""

        def decorate(function: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
            @functools.wraps(function)
            async def charged(*args: P.args, **named: P.kwargs) -> T:
                asked = {"customer": customer, "key": key, **given}
                for name, value in asked.items():
                    asked[name] = value(*args, **named) if callable(value) else value
                async with self.run(action, **{n: v for n, v in asked.items() if v is not None}):
                    return await function(*args, **named)

            return charged

        return decorate

    async def settle(
        self, run: str, report: Mapping[str, Any], *, key: Optional[str] = None
    ) -> shapes.Receipt:
        """Reports how a run ended, by its id: `{"outcome": "delivered"}`."""
        return (await self._send(calls.settle(run, report, key or new_key()))).value

    async def release(self, run: str, *, key: Optional[str] = None) -> shapes.Receipt:
        """Gives the hold back whole."""
        return (await self._send(calls.release(run, key))).value

    async def refund(
        self,
        run: str,
        amount: Optional[Amount] = None,
        *,
        reason: Optional[str] = None,
        key: Optional[str] = None,
    ) -> shapes.Receipt:
        """Gives back all of what was charged, or so much."""
        return (await self._send(calls.refund(run, amount, reason, key))).value

    async def attempts(self, run: str, made: Sequence[Mapping[str, Any]]) -> None:
        """Books calls that are known late: the books of cost only, for 7 days."""
        await self._send(calls.attempts(run, made))

    async def receipt(self, run: str) -> shapes.Receipt:
        """The receipt as it stands."""
        return (await self._send(calls.receipt(run))).value

    async def receipts(self, customer: str, *, limit: Optional[int] = None) -> list[shapes.Receipt]:
        """A customer's receipts, the newest first."""
        return (await self._send(calls.receipts(customer, limit))).value

    # Prices and wallets.

    async def check(
        self, action: Optional[str] = None, *, customer: str, **given: Unpack[RunFields]
    ) -> shapes.Check:
        """Would it be allowed, and at what price? No effect."""
        return (await self._send(calls.check(check_fields(action, customer, given)))).value

    async def check_all(self, customer: str, items: Sequence[Mapping[str, Any]]) -> shapes.Checks:
        """The same for several, judged one after the other."""
        return (await self._send(calls.check_all(customer, items))).value

    async def quote(
        self, action: str, *, customer: str, key: Optional[str] = None, **given: Unpack[RunFields]
    ) -> shapes.Quote:
        """A signed price for one run."""
        return (await self._send(calls.quote(quote_fields(action, customer, given), key))).value

    async def confirm(self, quote: str, *, key: Optional[str] = None) -> shapes.Confirmed:
        """Agrees to a quote."""
        return (await self._send(calls.confirm(quote, key))).value

    async def prices(self, customer: str) -> list[shapes.Price]:
        """Every action with its price, and what its button says."""
        return (await self._send(calls.prices(customer))).value

    async def wallet(self, customer: str) -> shapes.Wallet:
        """A customer's credits."""
        return (await self._send(calls.wallet(customer))).value

    async def token(
        self,
        customer: str,
        *,
        member: Optional[str] = None,
        lasts: Optional[str] = None,
        key: Optional[str] = None,
    ) -> shapes.Token:
        """A token for the customer's browser."""
        return (await self._send(calls.token(customer, member, lasts, key))).value

    async def top_up(
        self,
        customer: str,
        payment: str,
        credits: Amount,
        *,
        paid: Optional[Mapping[str, str]] = None,
        key: Optional[str] = None,
    ) -> shapes.Grant:
        """Books credits that were bought, once for each payment."""
        return (await self._send(calls.top_up(customer, payment, credits, paid, key))).value

    async def grant(
        self,
        customer: str,
        kind: str,
        amount: Amount,
        *,
        reason: Optional[str] = None,
        expires: Optional[str] = None,
        key: Optional[str] = None,
    ) -> shapes.Grant:
        """Gives credits: `gift` or `goodwill`."""
        fields = {"kind": kind, "amount": amount, "reason": reason, "expires": expires}
        return (await self._send(calls.grant(customer, fields, key))).value

    async def customer(
        self, id: str, *, key: Optional[str] = None, **fields: Any
    ) -> shapes.Customer:
        """Creates or changes a customer: `plan`, `name`, `members`, `renews`, `metadata`."""
        return (await self._send(calls.customer(id, fields, key))).value

    # How it is sent.

    async def _send(self, call: Call[T]) -> Answered[T]:
        return read_answer(call, await self._client.request(**call.request))

    async def _drive(self, steps: Steps[T]) -> T:
        """Takes the steps, one call after the other."""
        try:
            call = next(steps)
            while True:
                try:
                    answered = await self._send(call)
                except ProbityError as error:
                    call = steps.throw(error)
                else:
                    call = steps.send(answered)
        except StopIteration as done:
            result: T = done.value
            return result

    def _spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """A task that goes on whoever waits for it, and that `aclose` waits for."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            # Whoever waits for it is told, too; nobody may.
            log.debug("told aside: %s", task.exception())

    def _tell_aside(
        self, work: Callable[[], Coroutine[Any, Any, Any]], steps: Callable[[], Steps[Any]]
    ) -> None:
        """Tells what nobody waits for: in the loop, or in a thread where there is none."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            threading.Thread(target=self._tell_in_thread, args=(steps(),)).start()
        else:
            self._spawn(work())

    def _in_thread(self) -> Probity:
        """The same for a thread without an event loop."""
        return Probity(self.url, self._key, timeout=self._timeout, retries=self._retries)

    def _tell_in_thread(self, steps: Steps[Any]) -> None:
        with self._in_thread() as probity:
            try:
                probity._drive(steps)
            except ProbityError as error:
                log.error("could not be told: %s", error.detail)


def _once(call: Call[Any]) -> Steps[Any]:
    return (yield call).value
