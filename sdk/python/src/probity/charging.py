"""What middleware has in common: what a request is charged as, and how its refusal is answered.

It sends nothing, and knows no framework.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Callable, Optional, Union

from .ending import Ending, left, of_status
from .errors import ProbityError, Unavailable
from .run import BaseRun
from .shapes import Receipt
from .verdict import NOW_CHARGED, OUTCOME, PREFIX, read_today, read_verdict, tell_customer

#: Something, or what says it of a request.
Said = Union[Any, Callable[[Any], Any]]
PROBLEM = "application/problem+json"
_RETRY_AFTER = "5"
#: What a client may say itself of the run that its request becomes, where the route does not.
_OF_THE_CLIENT = {
    "key": "idempotency-key",
    "max_price": "probity-max-price",
    "quote": "probity-quote",
    "again": "probity-again",
}
#: What is under way ends soon.
_SOON = "1"


class Unauthenticated(ProbityError):
    """Whose run a request is, is not known."""

    def __init__(self) -> None:
        detail = "Who asks is not known. Sign in, and ask again. Nothing was applied."
        problem = _problem("unauthenticated", "Not authenticated", 401, detail)
        super().__init__(detail, code="unauthenticated", status=401, problem=problem)

    @property
    def is_for_customers(self) -> bool:
        return True


class Repeated(ProbityError):
    """The same key again: its work was done, and is not done again."""

    def __init__(self, run: BaseRun, receipt: Receipt) -> None:
        code = "already_done"
        detail = (
            "This was done before and is not done again: what it brought is yours already. "
            "Take a new key to have it done anew. Nothing was charged. Nothing was applied."
        )
        hidden = {"attempts", "cost"} | (set() if receipt.mode == "announce" else {"would"})
        told = {name: value for name, value in receipt.raw.items() if name not in hidden}
        problem = _problem(code, "Already done", 409, detail)
        problem.update(run=run.id, receipt=told)
        super().__init__(detail, code=code, status=409, problem=problem)


def begins(run: BaseRun) -> None:
    """Raises for a key that was used before, where that is enforced: no work is done for it."""
    is_enforced = run.started is not None and run.started.mode == "enforce"
    if run.replayed and is_enforced and run.receipt is not None:
        raise Repeated(run, run.receipt)


class Charge:
    """What requests of a route are charged as. What is callable is asked with the request."""

    def __init__(self, action: str, *, customer: Said, key: Said = None, **given: Said) -> None:
        self.action = action
        self._said = {"customer": customer, "key": key, **given}

    def said(self, request: Any) -> dict[str, Any]:
        """What it says of a request, above what the client says itself; values may still have to be
        awaited."""
        headers = request.headers
        told = {name: headers.get(header) or None for name, header in _OF_THE_CLIENT.items()}
        said = {name: value for name, value in self._said.items() if value is not None}
        asked = {name: value(request) if callable(value) else value for name, value in said.items()}
        return {**told, **asked}

    @staticmethod
    def asked(said: Mapping[str, Any]) -> dict[str, Any]:
        """What a run is asked for with; raises where nobody is known."""
        if not said.get("customer"):
            raise Unauthenticated
        asked = {name: value for name, value in said.items() if value is not None}
        # Ids of users are often numbers.
        for name in ("customer", "artifact", "member"):
            if isinstance(asked.get(name), int):
                asked[name] = str(asked[name])
        return asked


def refusal(error: ProbityError) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body for whoever asked.

    What is wrong between the product and Probity is not theirs to read: it is billing that is away.
    """
    headers = {"content-type": PROBLEM, "cache-control": "no-store"}
    if error.is_for_customers and not isinstance(error, Unavailable) and error.status:
        if error.code == "idempotency_in_progress":
            headers["retry-after"] = _SOON
        return error.status, headers, json.dumps(error.problem).encode()
    detail = "Billing is away for a moment, so this was not begun. Try again soon."
    problem = _problem("billing_unavailable", "Billing is away", 503, detail)
    problem["applied"] = error.applied
    headers["retry-after"] = _RETRY_AFTER
    return 503, headers, json.dumps(problem).encode()


def _problem(code: str, title: str, status: int, detail: str) -> dict[str, Any]:
    type = f"/problems/{code}"
    return {
        "type": type,
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "applied": False,
    }


class Response:
    """A response that passes: its head, how much of it has passed, and what it comes to."""

    def __init__(self, run: BaseRun, charge: str, status: int) -> None:
        self._run = run
        self._charge = charge
        self._status = status
        self._verdict: Optional[Ending] = None
        self._length: Optional[int] = None
        self._passed = 0

    def head(self, headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """The headers for the customer: what the work said of its end is taken out, and read."""
        kept: list[tuple[str, str]] = []
        ours: dict[str, list[str]] = {}
        for name, value in headers:
            if name.lower().startswith(PREFIX):
                ours.setdefault(name.lower(), []).append(value)
            else:
                kept.append((name, value))
                is_length = name.lower() == "content-length" and value.isascii()
                if is_length and value.isdigit():
                    self._length = int(value)
        if OUTCOME in ours:
            self._verdict = read_verdict(", ".join(ours[OUTCOME]))
        started = self._run.started
        if started is None:
            return kept
        today = read_today(ours.get(NOW_CHARGED, []), self._status, started.mode == "enforce")
        if today is not None:
            self._run._today = today
        ending = Ending("reopened") if self._run.reopened else self._verdict or self._said
        outcome, is_free = (ending.outcome, ending.never_charges) if ending else (None, False)
        return kept + tell_customer(started, self._charge, outcome, is_free)

    @property
    def _said(self) -> Optional[Ending]:
        """What the run was told, where the status does not belie it: errors hand nothing over."""
        told = self._run._told
        if told is None or told.never_charges or self._status < 400:
            return told
        # That nothing was found is often told by a status.
        return told if self._status < 500 and told.outcome == "empty" else None

    def passes(self, piece: bytes, is_last: bool) -> None:
        """Bytes of the body are handed over; the last once the end is told."""
        self._passed += len(piece)
        if piece and not is_last:
            self._run.begun()

    def whole(self, has_no_body: bool = False) -> Optional[Ending]:
        """All of it is there; None: the work goes on elsewhere."""
        told = self._verdict or self._said
        if told is not None:
            return told
        if self._length not in (None, self._passed) and not has_no_body:
            return Ending("failed", reason="wrong_length")
        return of_status(self._status)

    def broken(self, otherwise: Ending) -> Ending:
        """It does not come to its end. What was told before counts only where it is free."""
        told = self._verdict or self._run._told
        if told is not None and told.never_charges:
            return told
        return otherwise

    def left(self) -> Optional[Ending]:
        """The customer left. Leaving never costs more than staying would have."""
        would = self._verdict or self._said or of_status(self._status)
        return would and left(self._run._has_begun_to_arrive, would)
