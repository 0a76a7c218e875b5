"""What both clients have: settings, the generated client, and how an answer is read.

It sends nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Optional, TypedDict, TypeVar

import httpx

from .calls import Amount, Call
from .errors import Unavailable
from .generated import AuthenticatedClient
from .run import Answered, OnAway, WhenAway
from .same import Same
from .transport import EARLIER, KEY, Retries, is_write

if TYPE_CHECKING:
    from typing import Literal

T = TypeVar("T")


class RunFields(TypedDict, total=False):
    """What a run may be asked for with, besides its action and whose it is."""

    artifact: str
    quantity: int
    model: str
    inputs: Mapping[str, Any]
    quote: str
    max_price: Amount
    confirmed: bool
    again: Literal["redo", "fresh"]
    own_key: bool
    purpose: Literal["production", "experiment"]
    member: str
    hold_for: str
    metadata: Mapping[str, str]


_RUN_FIELDS = frozenset(RunFields.__annotations__)
_NOT_IN_CHECKS = frozenset(("hold_for", "metadata"))
_NOT_IN_QUOTES = _NOT_IN_CHECKS | {"quote", "max_price", "confirmed"}


class Secret(str):
    """A text that is not shown where things are."""

    def __repr__(self) -> str:
        return "'…'"


class Face:
    """Settings of a client."""

    def __init__(
        self,
        url: Optional[str] = None,
        key: Optional[str] = None,
        *,
        timeout: float = 10.0,
        retries: Optional[Retries] = None,
        when_away: WhenAway = "refuse",
        on_away: Optional[OnAway] = None,
    ) -> None:
        url = url or os.environ.get("PROBITY_URL")
        key = key or os.environ.get("PROBITY_KEY")
        if not url or not key:
            raise ValueError(
                "Probity needs `url` and `key`: give them, or set PROBITY_URL and PROBITY_KEY"
            )
        if when_away not in ("refuse", "go_on"):
            raise ValueError('`when_away` is "refuse" or "go_on"')
        self.url = url.rstrip("/")
        self._key = key
        self._timeout = timeout
        self._retries = retries or Retries()
        self._when_away: WhenAway = when_away
        self._on_away = on_away
        self._same = Same()
        #: The generated client, for everything that has no method here; what is refused is raised.
        self.raw = AuthenticatedClient(
            base_url=self.url, token=Secret(key), timeout=httpx.Timeout(timeout)
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}(url={self.url!r})"

    def _http(self) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._key}", "User-Agent": "probity-sdk-python"}
        return {"base_url": self.url, "headers": headers, "timeout": self._timeout}


def run_fields(action: Optional[str], customer: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a run, whose names are all known."""
    return _fields(action, customer, given, _RUN_FIELDS)


def check_fields(action: Optional[str], customer: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a check."""
    return _fields(action, customer, given, _RUN_FIELDS - _NOT_IN_CHECKS)


def quote_fields(action: str, customer: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a quote."""
    return _fields(action, customer, given, _RUN_FIELDS - _NOT_IN_QUOTES)


def _fields(
    action: Optional[str], customer: str, given: Mapping[str, Any], known: frozenset[str]
) -> dict[str, Any]:
    unknown = set(given) - known
    if unknown:
        raise TypeError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    return {"customer": customer, "action": action, **given}


def read_answer(call: Call[T], response: httpx.Response) -> Answered[T]:
    """What an answer says."""
    try:
        # A redirect, or a page of something in between, is no answer of Probity.
        told = response.json() if response.is_success else None
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise _unread(response)
    is_replayed = response.headers.get("probity-replayed") == "true"
    may_be_ours = bool(response.extensions.get(EARLIER))
    return Answered(call.read(told), _date(response), is_replayed, may_be_ours)


def _unread(response: httpx.Response) -> Unavailable:
    status, request = response.status_code, response.request
    writes = is_write(request)
    detail = f"Something between here and Probity answered with status {status}."
    if writes:
        detail += " Whether anything was applied is not known: the same key finds out."
    applied: Any = "unknown" if writes else False
    key = request.headers.get(KEY)
    return Unavailable(detail, code=f"status_{status}", applied=applied, status=status, key=key)


def _date(response: httpx.Response) -> Optional[datetime]:
    try:
        return parsedate_to_datetime(response.headers["date"])
    except (KeyError, TypeError, ValueError):
        return None
