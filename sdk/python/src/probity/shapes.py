"""Answers as they are read: amounts are `Decimal`, times are `datetime`, never a float.

Each has `raw`, the whole JSON: fields that are newer than this package stand there. Unknown fields
and words are no errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, Optional, TypeVar, Union, get_args, get_origin, get_type_hints

from dateutil.parser import isoparse

T = TypeVar("T", bound="Shape")


@dataclass(frozen=True)
class Shape:
    """Something that was answered."""

    raw: Mapping[str, Any]


@dataclass(frozen=True)
class WalletLine(Shape):
    """The wallet in an answer, as it was at that `seq`."""

    balance: Decimal
    held: Decimal
    available: Decimal
    owed: Decimal


@dataclass(frozen=True)
class WayForward(Shape):
    """What to do so that the run is allowed. `do` is one of a closed list, `words` say it."""

    do: str
    words: str
    href: Optional[str]
    credits: Optional[Decimal]
    money: Optional[str]
    until: Optional[datetime]
    then: Optional[str]
    to: Optional[str]
    needs: Optional[str]
    plan_price: Optional[str]
    price_there: Optional[Decimal]
    from_: Optional[datetime]
    also: Optional[str]
    asks: Optional[bool]


@dataclass(frozen=True)
class Denial(Shape):
    """Why something would be refused."""

    code: str
    status: int
    words: str
    retry_helps: bool
    needs: Optional[Decimal]
    has: Decimal
    missing: Optional[Decimal]
    resets_at: Optional[datetime]
    ways_forward: list[WayForward]


@dataclass(frozen=True)
class Check(Shape):
    """Would it be allowed, and at what price?"""

    allowed: bool
    action: str
    price: Decimal
    money: Optional[str]
    ask: bool
    reopened: bool
    denial: Optional[Denial]
    words: Optional[str]


@dataclass(frozen=True)
class Checks(Shape):
    """Several checks, judged one after the other."""

    items: list[Check]
    total: Decimal
    fits: int
    ask: bool


@dataclass(frozen=True)
class Quote(Shape):
    """A signed price for one run."""

    quote: str
    price: Decimal
    now: Decimal
    money: Optional[str]
    expires_at: datetime
    sufficient: bool
    denial: Optional[Denial]
    if_: dict[str, Optional[Decimal]]
    warning: Optional[str]
    needs_confirmation: bool


@dataclass(frozen=True)
class Confirmed(Shape):
    """A quote was agreed to."""

    quote: str
    confirmed_at: datetime
    confirmed_by: str


@dataclass(frozen=True)
class Started(Shape):
    """A run that began."""

    run: str
    status: str
    kind: str
    price: Optional[Decimal]
    held: Decimal
    mode: str
    models_allowed: Optional[list[str]]
    expires_at: Optional[datetime]
    outcome: Optional[str]
    words: str
    wallet: WalletLine
    contract: str
    would: Optional[dict[str, Any]]


@dataclass(frozen=True)
class Receipt(Shape):
    """A run explained, also when it cost nothing."""

    run: str
    status: str
    customer: str
    member: Optional[str]
    action: str
    artifact: Optional[str]
    mode: str
    kind: str
    outcome: Optional[str]
    reason: Optional[str]
    rule: Optional[str]
    held: Decimal
    charged: Decimal
    refunded: Decimal
    released: Decimal
    quantity: Optional[int]
    parts: Optional[int]
    parts_total: Optional[int]
    late: bool
    opened_at: datetime
    ended_at: Optional[datetime]
    words: str
    attempts: Optional[list[dict[str, Any]]]
    cost: Optional[Decimal]
    wallet: WalletLine
    contract: str
    would: Optional[dict[str, Any]]


@dataclass(frozen=True)
class Price(Shape):
    """An action with its price, and what its button says."""

    action: str
    name: str
    unit: str
    price: Decimal
    money: Optional[str]
    free: bool
    harsh: bool
    allowed: bool
    denial: Optional[Denial]
    left: Optional[int]
    words: str


@dataclass(frozen=True)
class GrantLine(Shape):
    """Credits in a wallet."""

    grant: str
    kind: str
    amount: Decimal
    available: Decimal
    held: Decimal
    expires: Optional[datetime]


@dataclass(frozen=True)
class AllowanceLine(Shape):
    """Free units of an action."""

    per: str
    units: int
    used: int
    resets_at: datetime


@dataclass(frozen=True)
class Wallet(Shape):
    """A customer's credits."""

    customer: str
    balance: Decimal
    held: Decimal
    available: Decimal
    owed: Decimal
    money: Optional[str]
    grants: list[GrantLine]
    allowances: dict[str, AllowanceLine]
    enough_for: dict[str, int]
    runs_out_on: Optional[datetime]


@dataclass(frozen=True)
class Token(Shape):
    """A customer token, for a browser."""

    token: str
    expires_at: datetime


@dataclass(frozen=True)
class Grant(Shape):
    """Credits that were given or bought."""

    grant: str
    kind: str
    amount: Decimal
    expires: Optional[datetime]
    wallet: Optional[WalletLine]


@dataclass(frozen=True)
class Customer(Shape):
    """Who a customer is."""

    customer: str
    plan: str
    name: Optional[str]
    paused: Optional[str]


@dataclass(frozen=True)
class Extended(Shape):
    """A run has more time."""

    run: str
    expires_at: datetime


def read(kind: type[T], data: Mapping[str, Any]) -> T:
    """The shape of what was answered."""
    values: dict[str, Any] = {"raw": data}
    fields_of: Any = _fields
    for name, hint, default in fields_of(kind):
        found = data.get(name.rstrip("_"))
        values[name] = default if found is None else _value(hint, found)
    return kind(**values)


@cache
def _fields(kind: Any) -> list[tuple[str, Any, Any]]:
    hints = get_type_hints(kind)
    named = [field for field in fields(kind) if field.name != "raw"]
    return [
        (field.name, hints[field.name], None if field.default is MISSING else field.default)
        for field in named
    ]


def _value(hint: Any, found: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Union:
        return None if found is None else _value(inner[0], found)
    if origin is list and isinstance(found, list):
        return [_value(inner[0], item) for item in found]
    if origin is dict and isinstance(found, dict):
        return {name: _value(inner[1], item) for name, item in found.items()}
    if hint is Decimal:
        return read_decimal(found)
    if hint is datetime:
        return read_time(found)
    if isinstance(hint, type) and issubclass(hint, Shape) and isinstance(found, Mapping):
        return read(hint, found)
    return found


def read_decimal(found: Any) -> Optional[Decimal]:
    """An amount of an answer."""
    return Decimal(found) if isinstance(found, str) else None


def read_time(found: Any) -> Optional[datetime]:
    """An instant of an answer."""
    return isoparse(found) if isinstance(found, str) else None
