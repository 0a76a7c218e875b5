from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="EventClawBack")


@_attrs_define
class EventClawBack:
    """Credits of a payment that were taken back.

    Attributes:
        payment (str): of which payment
        taken (str): taken now
        unrecovered (str): spent already
    """

    payment: str
    taken: str
    unrecovered: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        payment = self.payment

        taken = self.taken

        unrecovered = self.unrecovered

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "payment": payment,
                "taken": taken,
                "unrecovered": unrecovered,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        payment = d.pop("payment")

        taken = d.pop("taken")

        unrecovered = d.pop("unrecovered")

        event_claw_back = cls(
            payment=payment,
            taken=taken,
            unrecovered=unrecovered,
        )

        event_claw_back.additional_properties = d
        return event_claw_back

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
