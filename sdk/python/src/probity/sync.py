"""The client for code that waits, and its runs."""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, Optional, TypeVar

import httpx

from . import calls, shapes
from .calls import Amount, Call
from .ending import WAITS_FOR_AN_END, Ending, log
from .errors import ProbityError, Unavailable
from .face import Face, check_fields, quote_fields, read_answer, run_fields
from .run import Answered, BaseRun, Steps, _now
from .transport import Transport, new_key

if TYPE_CHECKING:
    from typing_extensions import ParamSpec, Self, Unpack

    from .face import RunFields

    P = ParamSpec("P")

T = TypeVar("T")


def _aside(does: Callable[..., None], *what: Any) -> None:
    """Does it in a thread; who asked for it waits for it no longer than a moment."""
    thread = threading.Thread(target=does, args=what)
    thread.start()
    thread.join(WAITS_FOR_AN_END)


class Run(BaseRun):
    """A run, as a block: `with probity.run(…) as run:`."""

    def __init__(self, face: Probity, **known: Any) -> None:
        super().__init__(same=face._same, when_away=face._when_away, on_away=face._on_away, **known)
        self._face = face
        self._stop = threading.Event()

    def __enter__(self) -> Self:
        self._enter()
        self._extend_by_itself()
        self._enter_context()
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self._leave_context()
        self._finish(self._end(error), error)

    def end(self) -> Optional[shapes.Receipt]:
        """Tells its end as it was said, `delivered` if nothing was: for runs without a block."""
        self._finish(self._end(None), None)
        return self.receipt

    def _enter(self) -> None:
        self._face._drive(self._begin())

    def _extend_by_itself(self) -> None:
        if self._is_open and self._lease is not None:
            threading.Thread(target=self._keep, name="probity-run", daemon=True).start()

    def _finish(self, steps: Steps[None], within: Optional[BaseException]) -> None:
        self._stop.set()
        try:
            self._face._drive(steps)
        except ProbityError as error:
            if self._could_not_tell(error, within):
                raise

    def _leave(self, ending: Optional[Ending]) -> None:
        """Tells its end; longer than a moment nobody waits for it. What cannot be told is logged,
        and told to `on_away`."""
        _aside(self._tell_aside, self._settle(ending))

    def _tell_aside(self, steps: Steps[None]) -> None:
        try:
            self._finish(steps, None)
        except ProbityError as error:
            # It is in the log, and told to `on_away`.
            log.debug("told aside: %s", error.detail)

    def _late(self, made: dict[str, Any]) -> None:
        if self.id is not None:
            _aside(self._book_aside, self.id, made)

    def _book_aside(self, run: str, made: dict[str, Any]) -> None:
        try:
            self._face.attempts(run, [made])
        except ProbityError as error:
            # A cost that is not known is no reason to break the product's work.
            log.error("a call of %s could not be booked: %s", run, error.detail)
            self._tell_away(error)

    def _keep(self) -> None:
        """More time, for as long as the block takes."""
        lease = self._lease
        while lease is not None and not self._stop.wait(lease.next_in(_now())):
            try:
                answered = self._face._send(calls.extend(str(self.id), lease.asks_for))
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


class Probity(Face):
    """Probity, for code that waits.

    `url` and `key` default to PROBITY_URL and PROBITY_KEY. `when_away="go_on"` lets the work go on
    uncharged while Probity cannot be reached, and says so: in the log, and to `on_away`.
    """

    def __init__(
        self,
        url: Optional[str] = None,
        key: Optional[str] = None,
        *,
        transport: Optional[httpx.BaseTransport] = None,
        **settings: Any,
    ) -> None:
        super().__init__(url, key, **settings)
        inner = transport or httpx.HTTPTransport()
        self._client = httpx.Client(transport=Transport(inner, self._retries), **self._http())
        self.raw.set_httpx_client(self._client)

    def close(self) -> None:
        """Closes its connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Runs.

    def run(
        self,
        action: Optional[str] = None,
        *,
        customer: str,
        key: Optional[str] = None,
        **given: Unpack[RunFields],
    ) -> Run:
        """A run as a block: it begins when the block is entered, and ends with it."""
        return Run(self, fields=run_fields(action, customer, given), key=key)

    def start(
        self,
        action: Optional[str] = None,
        *,
        customer: str,
        key: Optional[str] = None,
        **given: Unpack[RunFields],
    ) -> Run:
        """Begins a run now, to hand its `id` on: who goes on with it extends and ends it."""
        run = Run(self, fields=run_fields(action, customer, given), key=key)
        self._drive(run._begin())
        return run

    def continue_run(self, run: str) -> Run:
        """Goes on with a run that was begun elsewhere, as a block."""
        return Run(self, id=run)

    def charged(
        self, action: str, *, customer: Any, key: Any = None, **given: Any
    ) -> Callable[[Callable[P, T]], Callable[P, T]]:
        """Charges each call of a function. What is callable is asked with the call's arguments."""

        def decorate(function: Callable[P, T]) -> Callable[P, T]:
            @functools.wraps(function)
            def charged(*args: P.args, **named: P.kwargs) -> T:
                asked = {"customer": customer, "key": key, **given}
                for name, value in asked.items():
                    asked[name] = value(*args, **named) if callable(value) else value
                with self.run(action, **{n: v for n, v in asked.items() if v is not None}):
                    return function(*args, **named)

            return charged

        return decorate

    def settle(
        self, run: str, report: Mapping[str, Any], *, key: Optional[str] = None
    ) -> shapes.Receipt:
        """Reports how a run ended, by its id: `{"outcome": "delivered"}`."""
        return self._send(calls.settle(run, report, key or new_key())).value

    def release(self, run: str, *, key: Optional[str] = None) -> shapes.Receipt:
        """Gives the hold back whole."""
        return self._send(calls.release(run, key)).value

    def refund(
        self,
        run: str,
        amount: Optional[Amount] = None,
        *,
        reason: Optional[str] = None,
        key: Optional[str] = None,
    ) -> shapes.Receipt:
        """Gives back all of what was charged, or so much."""
        return self._send(calls.refund(run, amount, reason, key)).value

    def attempts(self, run: str, made: Sequence[Mapping[str, Any]]) -> None:
        """Books calls that are known late: the books of cost only, for 7 days."""
        self._send(calls.attempts(run, made))

    def receipt(self, run: str) -> shapes.Receipt:
        """The receipt as it stands."""
        return self._send(calls.receipt(run)).value

    def receipts(self, customer: str, *, limit: Optional[int] = None) -> list[shapes.Receipt]:
        """A customer's receipts, the newest first."""
        return self._send(calls.receipts(customer, limit)).value

    # Prices and wallets.

    def check(
        self, action: Optional[str] = None, *, customer: str, **given: Unpack[RunFields]
    ) -> shapes.Check:
        """Would it be allowed, and at what price? No effect."""
        return self._send(calls.check(check_fields(action, customer, given))).value

    def check_all(self, customer: str, items: Sequence[Mapping[str, Any]]) -> shapes.Checks:
        """The same for several, judged one after the other."""
        return self._send(calls.check_all(customer, items)).value

    def quote(
        self, action: str, *, customer: str, key: Optional[str] = None, **given: Unpack[RunFields]
    ) -> shapes.Quote:
        """A signed price for one run."""
        return self._send(calls.quote(quote_fields(action, customer, given), key)).value

    def confirm(self, quote: str, *, key: Optional[str] = None) -> shapes.Confirmed:
        """Agrees to a quote."""
        return self._send(calls.confirm(quote, key)).value

    def prices(self, customer: str) -> list[shapes.Price]:
        """Every action with its price, and what its button says."""
        return self._send(calls.prices(customer)).value

    def wallet(self, customer: str) -> shapes.Wallet:
        """A customer's credits."""
        return self._send(calls.wallet(customer)).value

    def token(
        self,
        customer: str,
        *,
        member: Optional[str] = None,
        lasts: Optional[str] = None,
        key: Optional[str] = None,
    ) -> shapes.Token:
        """A token for the customer's browser."""
        return self._send(calls.token(customer, member, lasts, key)).value

    def top_up(
        self,
        customer: str,
        payment: str,
        credits: Amount,
        *,
        paid: Optional[Mapping[str, str]] = None,
        key: Optional[str] = None,
    ) -> shapes.Grant:
        """Books credits that were bought, once for each payment."""
        return self._send(calls.top_up(customer, payment, credits, paid, key)).value

    def grant(
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
        return self._send(calls.grant(customer, fields, key)).value

    def customer(self, id: str, *, key: Optional[str] = None, **fields: Any) -> shapes.Customer:
        """Creates or changes a customer: `plan`, `name`, `members`, `renews`, `metadata`."""
        return self._send(calls.customer(id, fields, key)).value

    # How it is sent.

    def _send(self, call: Call[T]) -> Answered[T]:
        return read_answer(call, self._client.request(**call.request))

    def _drive(self, steps: Steps[T]) -> T:
        """Takes the steps, one call after the other."""
        try:
            call = next(steps)
            while True:
                try:
                    answered = self._send(call)
                except ProbityError as error:
                    call = steps.throw(error)
                else:
                    call = steps.send(answered)
        except StopIteration as done:
            result: T = done.value
            return result
