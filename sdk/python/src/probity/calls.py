"""Every call that the typed face makes, as data: what is sent, and how its answer is read.

It does no I/O: the clients do, in a thread or in an event loop. Paths and bodies are the generated
client's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Callable, Generic, Optional, TypeVar, Union

from . import shapes
from .generated import models
from .generated.api.default import (
    get_v1_customers_id_prices,
    get_v1_customers_id_runs,
    get_v1_customers_id_wallet,
    get_v1_runs_id,
    post_v1_check,
    post_v1_customers_id_grants,
    post_v1_customers_id_tokens,
    post_v1_customers_id_top_ups,
    post_v1_quotes,
    post_v1_quotes_quote_confirm,
    post_v1_runs,
    post_v1_runs_id_attempts,
    post_v1_runs_id_extend,
    post_v1_runs_id_refund,
    post_v1_runs_id_release,
    post_v1_runs_id_settle,
    put_v1_customers_id,
)
from .generated.types import UNSET
from .transport import new_key

#: Credits as they are given: a string or a Decimal, or whole ones. Never a float.
Amount = Union[str, Decimal, int]
T = TypeVar("T")


@dataclass(frozen=True)
class Call(Generic[T]):
    """One request, and how its answer is read."""

    request: Mapping[str, Any]
    read: Callable[[Any], T]


def credits(amount: Amount) -> str:
    """An amount as it is sent."""
    if isinstance(amount, bool) or not isinstance(amount, (str, Decimal, int)):
        raise TypeError(f"credits are a string or a Decimal, not {type(amount).__name__}")
    return format(amount, "f") if isinstance(amount, Decimal) else str(amount)


def _body(kind: Any, fields: Mapping[str, Any]) -> Any:
    """The generated body. What is None is left out: absent means the same, and is shorter."""
    sent = {name: value for name, value in fields.items() if value is not None}
    for name in ("max_price", "amount", "credits"):
        if name in sent:
            sent[name] = credits(sent[name])
    return kind.from_dict(sent)


def _shape(kind: type[shapes.T]) -> Callable[[Any], shapes.T]:
    return lambda data: shapes.read(kind, data)


def start(fields: Mapping[str, Any], key: str) -> Call[shapes.Started]:
    """A run is asked for."""
    body = _body(models.RunRequest, fields)
    request = post_v1_runs._get_kwargs(body=body, idempotency_key=key)
    return Call(request, _shape(shapes.Started))


def settle(run: str, report: Mapping[str, Any], key: str) -> Call[shapes.Receipt]:
    """How a run ended."""
    body = _body(models.Report, report)
    request = post_v1_runs_id_settle._get_kwargs(run, body=body, idempotency_key=key)
    return Call(request, _shape(shapes.Receipt))


def release(run: str, key: Optional[str]) -> Call[shapes.Receipt]:
    """A hold is given back."""
    body = _body(models.Nothing, {})
    request = post_v1_runs_id_release._get_kwargs(run, body=body, idempotency_key=key or new_key())
    return Call(request, _shape(shapes.Receipt))


def extend(run: str, length: str) -> Call[shapes.Extended]:
    """More time."""
    body = _body(models.Extension, {"for": length})
    request = post_v1_runs_id_extend._get_kwargs(run, body=body, idempotency_key=new_key())
    return Call(request, _shape(shapes.Extended))


def refund(
    run: str, amount: Optional[Amount], reason: Optional[str], key: Optional[str]
) -> Call[shapes.Receipt]:
    """Credits are given back."""
    body = _body(models.Refund, {"amount": amount, "reason": reason})
    request = post_v1_runs_id_refund._get_kwargs(run, body=body, idempotency_key=key or new_key())
    return Call(request, _shape(shapes.Receipt))


def attempts(run: str, made: Sequence[Mapping[str, Any]]) -> Call[Any]:
    """Calls that are known late."""
    body = _body(models.LateAttempts, {"attempts": list(made)})
    request = post_v1_runs_id_attempts._get_kwargs(run, body=body, idempotency_key=new_key())
    return Call(request, lambda data: data)


def receipt(run: str) -> Call[shapes.Receipt]:
    """The receipt as it stands."""
    return Call(get_v1_runs_id._get_kwargs(run), _shape(shapes.Receipt))


def receipts(customer: str, limit: Optional[int]) -> Call[list[shapes.Receipt]]:
    """The newest receipts of a customer."""
    request = get_v1_customers_id_runs._get_kwargs(customer, limit=limit or UNSET)
    return Call(request, lambda data: [shapes.read(shapes.Receipt, one) for one in data["items"]])


def check(fields: Mapping[str, Any]) -> Call[shapes.Check]:
    """Would it be allowed?"""
    body = _body(models.CheckRequest, fields)
    return Call(post_v1_check._get_kwargs(body=body), _shape(shapes.Check))


def check_all(customer: str, items: Sequence[Mapping[str, Any]]) -> Call[shapes.Checks]:
    """Would these be allowed, one after the other?"""
    body = _body(models.CheckRequest, {"customer": customer, "items": [dict(i) for i in items]})
    return Call(post_v1_check._get_kwargs(body=body), _shape(shapes.Checks))


def quote(fields: Mapping[str, Any], key: Optional[str]) -> Call[shapes.Quote]:
    """A signed price."""
    body = _body(models.QuoteRequest, fields)
    request = post_v1_quotes._get_kwargs(body=body, idempotency_key=key or new_key())
    return Call(request, _shape(shapes.Quote))


def confirm(signed: str, key: Optional[str]) -> Call[shapes.Confirmed]:
    """A quote is agreed to."""
    body = _body(models.Nothing, {})
    request = post_v1_quotes_quote_confirm._get_kwargs(
        signed, body=body, idempotency_key=key or new_key()
    )
    return Call(request, _shape(shapes.Confirmed))


def prices(customer: str) -> Call[list[shapes.Price]]:
    """What every action costs this customer."""
    request = get_v1_customers_id_prices._get_kwargs(customer)
    return Call(request, lambda data: [shapes.read(shapes.Price, one) for one in data["items"]])


def wallet(customer: str) -> Call[shapes.Wallet]:
    """A customer's credits."""
    return Call(get_v1_customers_id_wallet._get_kwargs(customer), _shape(shapes.Wallet))


def token(
    customer: str, member: Optional[str], lasts: Optional[str], key: Optional[str]
) -> Call[shapes.Token]:
    """A customer token."""
    body = _body(models.TokenRequest, {"member": member, "lasts": lasts})
    request = post_v1_customers_id_tokens._get_kwargs(
        customer, body=body, idempotency_key=key or new_key()
    )
    return Call(request, _shape(shapes.Token))


def top_up(
    customer: str,
    payment: str,
    bought: Amount,
    paid: Optional[Mapping[str, str]],
    key: Optional[str],
) -> Call[shapes.Grant]:
    """Credits that were bought."""
    fields = {"payment": payment, "credits": bought, "paid": dict(paid) if paid else None}
    request = post_v1_customers_id_top_ups._get_kwargs(
        customer, body=_body(models.TopUp, fields), idempotency_key=key or new_key()
    )
    return Call(request, _shape(shapes.Grant))


def grant(customer: str, fields: Mapping[str, Any], key: Optional[str]) -> Call[shapes.Grant]:
    """Credits that are given."""
    request = post_v1_customers_id_grants._get_kwargs(
        customer, body=_body(models.GrantRequest, fields), idempotency_key=key or new_key()
    )
    return Call(request, _shape(shapes.Grant))


def customer(id: str, fields: Mapping[str, Any], key: Optional[str]) -> Call[shapes.Customer]:
    """A customer is created or changed."""
    request = put_v1_customers_id._get_kwargs(
        id, body=_body(models.CustomerRequest, fields), idempotency_key=key or new_key()
    )
    return Call(request, _shape(shapes.Customer))
