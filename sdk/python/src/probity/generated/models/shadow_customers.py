from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.shadow_against import ShadowAgainst
    from ..models.shadow_bill import ShadowBill


T = TypeVar("T", bound="ShadowCustomers")


@_attrs_define
class ShadowCustomers:
    """Everybody's bills, as they would be.

    Attributes:
        against_today (ShadowAgainst): Customers of whom it is known what today's billing charges: for the same runs
            they would pay
        customers (int): how many
        denied (int): would meet a refusal
        doubled (list['ShadowBill']): more than doubled: the most credits
        top (list['ShadowBill']): those who would be charged most
        watched (ShadowAgainst): Customers of whom it is known what today's billing charges: for the same runs they
            would pay
    """

    against_today: "ShadowAgainst"
    customers: int
    denied: int
    doubled: list["ShadowBill"]
    top: list["ShadowBill"]
    watched: "ShadowAgainst"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        against_today = self.against_today.to_dict()

        customers = self.customers

        denied = self.denied

        doubled = []
        for doubled_item_data in self.doubled:
            doubled_item = doubled_item_data.to_dict()
            doubled.append(doubled_item)

        top = []
        for top_item_data in self.top:
            top_item = top_item_data.to_dict()
            top.append(top_item)

        watched = self.watched.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "against_today": against_today,
                "customers": customers,
                "denied": denied,
                "doubled": doubled,
                "top": top,
                "watched": watched,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.shadow_against import ShadowAgainst
        from ..models.shadow_bill import ShadowBill

        d = dict(src_dict)
        against_today = ShadowAgainst.from_dict(d.pop("against_today"))

        customers = d.pop("customers")

        denied = d.pop("denied")

        doubled = []
        _doubled = d.pop("doubled")
        for doubled_item_data in _doubled:
            doubled_item = ShadowBill.from_dict(doubled_item_data)

            doubled.append(doubled_item)

        top = []
        _top = d.pop("top")
        for top_item_data in _top:
            top_item = ShadowBill.from_dict(top_item_data)

            top.append(top_item)

        watched = ShadowAgainst.from_dict(d.pop("watched"))

        shadow_customers = cls(
            against_today=against_today,
            customers=customers,
            denied=denied,
            doubled=doubled,
            top=top,
            watched=watched,
        )

        shadow_customers.additional_properties = d
        return shadow_customers

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
