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

T = TypeVar("T", bound="WouldBe")


@_attrs_define
class WouldBe:
    """What would be if it were enforced.

    Attributes:
        confirmation (bool): agreement was taken as given
        price (str): the price
        charged (Union[None, Unset, str]): what would be charged; null while it runs
        denial (Union[None, Unset, str]): the code of the refusal, if it would be refused
    """

    confirmation: bool
    price: str
    charged: Union[None, Unset, str] = UNSET
    denial: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        confirmation = self.confirmation

        price = self.price

        charged: Union[None, Unset, str]
        if isinstance(self.charged, Unset):
            charged = UNSET
        else:
            charged = self.charged

        denial: Union[None, Unset, str]
        if isinstance(self.denial, Unset):
            denial = UNSET
        else:
            denial = self.denial

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "confirmation": confirmation,
                "price": price,
            }
        )
        if charged is not UNSET:
            field_dict["charged"] = charged
        if denial is not UNSET:
            field_dict["denial"] = denial

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        confirmation = d.pop("confirmation")

        price = d.pop("price")

        def _parse_charged(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        charged = _parse_charged(d.pop("charged", UNSET))

        def _parse_denial(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        denial = _parse_denial(d.pop("denial", UNSET))

        would_be = cls(
            confirmation=confirmation,
            price=price,
            charged=charged,
            denial=denial,
        )

        would_be.additional_properties = d
        return would_be

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
