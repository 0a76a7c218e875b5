from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.margin_customer_books import (
    MarginCustomerBooks,
    check_margin_customer_books,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="MarginCustomer")


@_attrs_define
class MarginCustomer:
    """A customer who costs more than they bring, or costs most.

    Attributes:
        attempts (int): calls that we pay
        books (MarginCustomerBooks): enforced: what was charged; would_be: shadow and announce, what would have been
        customer (str): whose
        ended (int): runs that ended
        silent (int): runs that ended without any call reported: not in `cost` either
        unknown (int): of those: calls whose cost is not known, so not in `cost`
        charged (Union[None, Unset, str]): credits that were charged
        cost (Union[None, Unset, str]): what its calls cost, as far as it is known; null: nothing of it is
        given (Union[None, Unset, str]): of `charged`: gifts, goodwill, credits of plans without a price
        margin (Union[None, Unset, str]): profit as a share of revenue; at most that where `whole` is false
        profit (Union[None, Unset, str]): revenue less overhead less `cost`
        refunded (Union[None, Unset, str]): credits of charges that were given back
        revenue (Union[None, Unset, str]): charged less refunded, of credits that were paid for, at their lowest value
        unclear (Union[None, Unset, str]): of `charged`: from a credit line, so perhaps never paid: not in `revenue`
    """

    attempts: int
    books: MarginCustomerBooks
    customer: str
    ended: int
    silent: int
    unknown: int
    charged: Union[None, Unset, str] = UNSET
    cost: Union[None, Unset, str] = UNSET
    given: Union[None, Unset, str] = UNSET
    margin: Union[None, Unset, str] = UNSET
    profit: Union[None, Unset, str] = UNSET
    refunded: Union[None, Unset, str] = UNSET
    revenue: Union[None, Unset, str] = UNSET
    unclear: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        attempts = self.attempts

        books: str = self.books

        customer = self.customer

        ended = self.ended

        silent = self.silent

        unknown = self.unknown

        charged: Union[None, Unset, str]
        if isinstance(self.charged, Unset):
            charged = UNSET
        else:
            charged = self.charged

        cost: Union[None, Unset, str]
        if isinstance(self.cost, Unset):
            cost = UNSET
        else:
            cost = self.cost

        given: Union[None, Unset, str]
        if isinstance(self.given, Unset):
            given = UNSET
        else:
            given = self.given

        margin: Union[None, Unset, str]
        if isinstance(self.margin, Unset):
            margin = UNSET
        else:
            margin = self.margin

        profit: Union[None, Unset, str]
        if isinstance(self.profit, Unset):
            profit = UNSET
        else:
            profit = self.profit

        refunded: Union[None, Unset, str]
        if isinstance(self.refunded, Unset):
            refunded = UNSET
        else:
            refunded = self.refunded

        revenue: Union[None, Unset, str]
        if isinstance(self.revenue, Unset):
            revenue = UNSET
        else:
            revenue = self.revenue

        unclear: Union[None, Unset, str]
        if isinstance(self.unclear, Unset):
            unclear = UNSET
        else:
            unclear = self.unclear

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "attempts": attempts,
                "books": books,
                "customer": customer,
                "ended": ended,
                "silent": silent,
                "unknown": unknown,
            }
        )
        if charged is not UNSET:
            field_dict["charged"] = charged
        if cost is not UNSET:
            field_dict["cost"] = cost
        if given is not UNSET:
            field_dict["given"] = given
        if margin is not UNSET:
            field_dict["margin"] = margin
        if profit is not UNSET:
            field_dict["profit"] = profit
        if refunded is not UNSET:
            field_dict["refunded"] = refunded
        if revenue is not UNSET:
            field_dict["revenue"] = revenue
        if unclear is not UNSET:
            field_dict["unclear"] = unclear

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        attempts = d.pop("attempts")

        books = check_margin_customer_books(d.pop("books"))

        customer = d.pop("customer")

        ended = d.pop("ended")

        silent = d.pop("silent")

        unknown = d.pop("unknown")

        def _parse_charged(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        charged = _parse_charged(d.pop("charged", UNSET))

        def _parse_cost(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        cost = _parse_cost(d.pop("cost", UNSET))

        def _parse_given(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        given = _parse_given(d.pop("given", UNSET))

        def _parse_margin(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        margin = _parse_margin(d.pop("margin", UNSET))

        def _parse_profit(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        profit = _parse_profit(d.pop("profit", UNSET))

        def _parse_refunded(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        refunded = _parse_refunded(d.pop("refunded", UNSET))

        def _parse_revenue(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        revenue = _parse_revenue(d.pop("revenue", UNSET))

        def _parse_unclear(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        unclear = _parse_unclear(d.pop("unclear", UNSET))

        margin_customer = cls(
            attempts=attempts,
            books=books,
            customer=customer,
            ended=ended,
            silent=silent,
            unknown=unknown,
            charged=charged,
            cost=cost,
            given=given,
            margin=margin,
            profit=profit,
            refunded=refunded,
            revenue=revenue,
            unclear=unclear,
        )

        margin_customer.additional_properties = d
        return margin_customer

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
