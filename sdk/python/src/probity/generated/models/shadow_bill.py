from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ShadowBill")


@_attrs_define
class ShadowBill:
    """One customer's bill.

    Attributes:
        charged (str): what would be charged
        customer (str): whose
        denied (int): would be refused
        given_back (str): what would be given back
        runs (int): how many runs
        beside_today (Union[None, Unset, str]): what would be charged for the same runs
        plan (Union[None, Unset, str]): the plan of their last run
        today (Union[None, Unset, str]): what today's billing charged; null: it is not known
    """

    charged: str
    customer: str
    denied: int
    given_back: str
    runs: int
    beside_today: Union[None, Unset, str] = UNSET
    plan: Union[None, Unset, str] = UNSET
    today: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        charged = self.charged

        customer = self.customer

        denied = self.denied

        given_back = self.given_back

        runs = self.runs

        beside_today: Union[None, Unset, str]
        if isinstance(self.beside_today, Unset):
            beside_today = UNSET
        else:
            beside_today = self.beside_today

        plan: Union[None, Unset, str]
        if isinstance(self.plan, Unset):
            plan = UNSET
        else:
            plan = self.plan

        today: Union[None, Unset, str]
        if isinstance(self.today, Unset):
            today = UNSET
        else:
            today = self.today

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "charged": charged,
                "customer": customer,
                "denied": denied,
                "given_back": given_back,
                "runs": runs,
            }
        )
        if beside_today is not UNSET:
            field_dict["beside_today"] = beside_today
        if plan is not UNSET:
            field_dict["plan"] = plan
        if today is not UNSET:
            field_dict["today"] = today

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        charged = d.pop("charged")

        customer = d.pop("customer")

        denied = d.pop("denied")

        given_back = d.pop("given_back")

        runs = d.pop("runs")

        def _parse_beside_today(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        beside_today = _parse_beside_today(d.pop("beside_today", UNSET))

        def _parse_plan(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        plan = _parse_plan(d.pop("plan", UNSET))

        def _parse_today(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        today = _parse_today(d.pop("today", UNSET))

        shadow_bill = cls(
            charged=charged,
            customer=customer,
            denied=denied,
            given_back=given_back,
            runs=runs,
            beside_today=beside_today,
            plan=plan,
            today=today,
        )

        shadow_bill.additional_properties = d
        return shadow_bill

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
