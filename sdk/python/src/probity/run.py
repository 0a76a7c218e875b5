"""A run: what is told of its work while it goes on, and the steps that begin and end it.

The steps are generators that yield calls and are sent answers, so that they are written once; who
sends the calls is in `sync.py` and `aio.py`. Its end is told once, whatever happens.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Mapping
from contextvars import ContextVar
from contextvars import Token as ContextToken
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Callable, Generic, Literal, Optional, TypeVar

from . import calls, usage
from .calls import Call
from .ending import UNFIT, Ending, left, log, of_block
from .errors import AlreadyRunning, NotTold, ProbityError, Unavailable
from .lease import Lease
from .same import Same
from .shapes import Receipt, Started
from .transport import new_key

T = TypeVar("T")
R = TypeVar("R")
WhenAway = Literal["refuse", "go_on"]
OnAway = Callable[[ProbityError], None]
#: As many attempts as one report may have.
_MOST_ATTEMPTS = 1000
#: So often one key begins a new run.
_MOST_ANEW = 100


@dataclass(frozen=True)
class Answered(Generic[T]):
    """An answer, with what its head tells."""

    value: T
    told_at: Optional[datetime] = None
    is_replayed: bool = False
    #: A try before may have been applied: what is replayed is most likely its answer.
    may_be_ours: bool = False


Steps = Generator[Call[Any], Answered[Any], R]
_current: ContextVar[Optional[BaseRun]] = ContextVar("probity_run", default=None)


class Calling:
    """A call to a model that is being made: it becomes an attempt once, however it ends."""

    def __init__(self, run: BaseRun, **known: Any) -> None:
        self._run = run
        self._known = known
        self._lock = threading.Lock()
        self._is_open = True

    def done(self, answer: Any = None, **known: Any) -> None:
        """It ended with this answer."""
        with self._lock:
            is_open, self._is_open = self._is_open, False
        if is_open:
            self._run._calling.pop(id(self), None)
            self._run._book(usage.attempt(answer, **{**self._known, **known}))

    def unknown(self) -> None:
        """It ended, and nobody knows what it used."""
        self.done(source="none")


class BaseRun:
    """What both kinds of run have: endings and attempts."""

    def __init__(
        self,
        *,
        same: Same,
        fields: Optional[Mapping[str, Any]] = None,
        id: Optional[str] = None,
        key: Optional[str] = None,
        when_away: WhenAway = "refuse",
        on_away: Optional[OnAway] = None,
    ) -> None:
        self._same = same
        self._fields = dict(fields or {})
        self._key = key or new_key()
        self._is_callers_key = key is not None
        self._when_away = when_away
        self._on_away = on_away
        self._told: Optional[Ending] = None
        self._today: Optional[dict[str, Any]] = None
        self._has_begun_to_arrive = False
        self._is_handed_over = False
        self._is_asked_for = False
        self._is_over = False
        self._is_theirs = False
        self._has_ended = False
        self._attempts: list[dict[str, Any]] = []
        self._calling: dict[int, Calling] = {}
        self._lease: Optional[Lease] = None
        self._context: Optional[ContextToken[Optional[BaseRun]]] = None
        #: The id, to hand on to a background job; None where the work goes on without Probity.
        self.id: Optional[str] = id
        #: What it began as; None where it was begun elsewhere.
        self.started: Optional[Started] = None
        #: The receipt, once its end is told.
        self.receipt: Optional[Receipt] = None
        #: Probity was away and `when_away="go_on"`: nothing is charged. Why.
        self.away: Optional[ProbityError] = None
        #: Its end could not be told, or was told otherwise: why.
        self.untold: Optional[ProbityError] = None
        #: The same `key` was used before: this is the run of then, and it was not free, or is under
        #: way (in shadow and announce, where nothing is stopped: its end is not told twice).
        self.replayed = False

    # What is told of the work.

    def delivered(self) -> None:
        """All of it is there. It need not be said in a block that is left without an exception."""
        self._told = Ending("delivered", quantity=self._quantity)

    def partial(self, parts: Optional[int] = None, *, quantity: Optional[int] = None) -> None:
        """Only so many parts, or units, are there."""
        self._told = Ending("partial", parts=parts, quantity=quantity)

    def quantity(self, units: int) -> None:
        """So many units are there."""
        told = self._told or Ending("delivered")
        self._told = Ending(told.outcome, told.parts, units, told.reason)

    def empty(self, reason: Optional[str] = None) -> None:
        """It looked, and found nothing."""
        self._told = Ending("empty", reason=reason)

    def failed(self, reason: Optional[str] = None) -> None:
        """It failed; never charged."""
        self._told = Ending("failed", reason=reason)

    def bad_input(self, reason: Optional[str] = None) -> None:
        """The input turned out not to be workable; never charged."""
        self._told = Ending("bad_input", reason=reason)

    def blocked(self, reason: Optional[str] = None) -> None:
        """A safety rule, or the model, refused; never charged."""
        self._told = Ending("blocked", reason=reason)

    def cancelled(self, reason: Optional[str] = None) -> None:
        """The customer stopped it before anything arrived; never charged."""
        self._told = Ending("cancelled", reason=reason)

    def begun(self) -> None:
        """The result has begun to arrive: who leaves from now on has left something."""
        self._has_begun_to_arrive = True

    def left(self) -> None:
        """The customer left: `cancelled`, or once the result had begun to arrive `abandoned`, or
        what was said before where that is less."""
        self._told = left(self._has_begun_to_arrive, self._told)

    def today(self, charged: Optional[calls.Amount] = None, allowed: Optional[bool] = None) -> None:
        """What your present billing did, for comparison."""
        amount = None if charged is None else calls.credits(charged)
        self._today = {"charged": amount, "allowed": allowed}

    def hand_over(self) -> str:
        """Somebody else goes on with it, by its id: leaving the block does not end it."""
        if self.id is None:
            raise RuntimeError("there is no run to hand over: Probity was away")
        self._is_handed_over = True
        return self.id

    def attempt(
        self,
        answer: Any = None,
        *,
        provider: Optional[str] = None,
        model: Optional[str] = None,
        usage: Optional[Mapping[str, Optional[int]]] = None,
        services: Optional[Mapping[str, int]] = None,
        own_key: bool = False,
    ) -> None:
        """One call to a model or a supplier, for the books of cost.

        `answer` is what OpenAI's, Anthropic's or LiteLLM's client answered, or its `usage`; or
        all is given by name.
        """
        self._book(
            _attempt(
                answer,
                provider=provider,
                model=model,
                usage=usage,
                services=services,
                own_key=own_key,
            )
        )

    # What it is.

    @property
    def reopened(self) -> bool:
        """The customer owns it already: it is free, and ended with its beginning."""
        begun_as = self.started.kind if self.started else None
        outcome = self.receipt.outcome if self.receipt else None
        return "reopened" in (begun_as, outcome)

    @property
    def words(self) -> str:
        """What the customer reads now; empty where Probity is away."""
        told = self.receipt or self.started
        return told.words if told else ""

    @property
    def _quantity(self) -> Optional[int]:
        return self._told.quantity if self._told else None

    @property
    def _is_open(self) -> bool:
        """Is there an end to tell?"""
        is_ours = not self._is_over and not self._is_theirs
        return self.id is not None and is_ours and not self._has_ended

    def _late(self, made: dict[str, Any]) -> None:
        """An attempt that became known after the end."""
        raise NotImplementedError

    def _book(self, made: dict[str, Any]) -> None:
        if self._has_ended:
            self._late(made)
        else:
            self._attempts.append(made)

    def _take(self) -> list[dict[str, Any]]:
        for open_call in list(self._calling.values()):
            open_call.unknown()
        taken, self._attempts = self._attempts, []
        return taken

    def _call(self, **known: Any) -> Calling:
        made = Calling(self, **known)
        self._calling[id(made)] = made
        return made

    def _enter_context(self) -> None:
        self._context = _current.set(self)

    def _leave_context(self) -> None:
        context, self._context = self._context, None
        if context is not None:
            try:
                _current.reset(context)
            except ValueError:
                # It is left in another context than it was entered in, which ends by itself.
                pass

    # Steps.

    def _begin(self) -> Steps[None]:
        if self._is_asked_for:
            return
        self._is_asked_for = True
        try:
            if self.id is None:
                yield from self._start()
            else:
                yield from self._continue(self.id)
        except Unavailable as error:
            if self._when_away != "go_on":
                raise
            log.error("goes on without Probity, uncharged: %s", error.detail)
            self.away = error
            self._tell_away(error)

    def _start(self) -> Steps[None]:
        answered, before = yield from self._ask()
        started: Started = answered.value
        self._is_over = (before or started).status != "held"
        if before is not None:
            is_ours = answered.may_be_ours and not self._same.is_worked_on(started.run)
            self._is_theirs = not self._is_over and not is_ours
            if self._is_theirs and started.mode == "enforce":
                raise AlreadyRunning(started.run, self._key)
            self.receipt = before
            self.replayed = self._is_over or self._is_theirs
        self.started, self.id = started, started.run
        if self._is_open:
            self._same.begins(started.run, self)
        self._lease = Lease(
            started.expires_at, answered.told_at, _now(), self._fields.get("hold_for")
        )

    def _ask(self) -> Steps[tuple[Answered[Started], Optional[Receipt]]]:
        """Asks for it: what was answered, and what became of the run of then if it is a replay. A
        key whose run was free in the end begins a new one."""
        first = self._key
        for n in range(2, _MOST_ANEW + 1):
            answered = yield from self._same.asks(
                self._fields.get("customer"), self._key, calls.start(self._fields, self._key)
            )
            if not (self._is_callers_key and answered.is_replayed):
                return answered, None
            before: Receipt = (yield calls.receipt(answered.value.run)).value
            if not _was_free(before):
                return answered, before
            self._key = f"{first}~{n}"
        detail = f"The key {first} began {_MOST_ANEW - 1} runs: take a new one."
        raise ProbityError(detail, code="idempotency_key_reused", key=first)

    def _continue(self, run: str) -> Steps[None]:
        lease = Lease(None, None, _now())
        try:
            answered = yield calls.extend(run, lease.asks_for)
        except ProbityError as error:
            if error.code != "already_settled":
                raise
            receipt: Receipt = (yield calls.receipt(run)).value
            self.receipt = receipt
            # What ran out of time can still be told: the result may be handed over, free.
            self._is_over = receipt.status != "expired"
        else:
            lease.renewed(answered.value.expires_at, answered.told_at, _now())
            self._lease = lease

    def _end(self, error: Optional[BaseException]) -> Steps[None]:
        yield from self._settle(of_block(self._told, error, self._has_begun_to_arrive))

    def _settle(self, ending: Optional[Ending]) -> Steps[None]:
        """Tells its end; None: it goes on elsewhere."""
        if self._has_ended:
            return
        attempts = self._take()
        self._has_ended = True
        run = self.id
        if run is None:
            return
        self._same.ends(run, self)
        is_told = self._is_over or self._is_theirs
        if is_told or self._is_handed_over or ending is None:
            yield from _book_late(run, attempts)
            if is_told:
                self.receipt = (yield calls.receipt(run)).value
            return
        report: dict[str, Any] = ending.report()
        if self._today:
            report["now"] = self._today
        now, later = attempts[:_MOST_ATTEMPTS], attempts[_MOST_ATTEMPTS:]
        if now:
            report["attempts"] = now
        yield from self._tell(run, report)
        yield from _book_late(run, later)

    def _tell(self, run: str, report: dict[str, Any]) -> Steps[None]:
        key = new_key()
        try:
            self.receipt = (yield calls.settle(run, report, key)).value
        except Unavailable as error:
            raise NotTold(run, report, key, error) from error
        except ProbityError as error:
            if error.code == "already_settled":
                self.receipt = (yield calls.receipt(run)).value
            elif error.code == "invalid_request":
                # A report that does not fit the action is our side's mistake: free.
                yield from self._tell_unfit(run, report)
            raise

    def _tell_unfit(self, run: str, report: dict[str, Any]) -> Steps[None]:
        for fields in ({"attempts": report.get("attempts")}, {}):
            try:
                unfit = {**UNFIT.report(), **fields}
                self.receipt = (yield calls.settle(run, unfit, new_key())).value
                return
            except ProbityError as error:
                if error.code != "invalid_request":
                    return

    # What is done with an end that could not be told.

    def _could_not_tell(self, error: ProbityError, within: Optional[BaseException]) -> bool:
        """Keeps it in sight; True: it is to be raised."""
        self.untold = error
        log.error("the end of %s: %s", self.id, error.detail)
        self._tell_away(error)
        goes_on = self._when_away == "go_on" and isinstance(error, NotTold)
        return within is None and not goes_on

    def _tell_away(self, error: ProbityError) -> None:
        if self._on_away is None:
            return
        try:
            self._on_away(error)
        except Exception:
            # Whoever is told of trouble makes no other.
            log.exception("`on_away` failed")


def current_run() -> Optional[BaseRun]:
    """The run whose block this is in; None outside of any."""
    return _current.get()


def _was_free(receipt: Receipt) -> bool:
    """Did it end without a charge and without a result?"""
    is_over = receipt.status != "held"
    return is_over and not receipt.charged and receipt.outcome not in ("delivered", "partial")


def _book_late(run: str, attempts: list[dict[str, Any]]) -> Steps[None]:
    for at in range(0, len(attempts), _MOST_ATTEMPTS):
        yield calls.attempts(run, attempts[at : at + _MOST_ATTEMPTS])


#: Under another name: `usage` is a parameter where it is used.
_attempt = usage.attempt


def _now() -> float:
    return time.monotonic()
