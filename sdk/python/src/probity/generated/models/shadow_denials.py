from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ShadowDenials")


@_attrs_define
class ShadowDenials:
    """Runs that would be refused for one reason.

    Attributes:
        code (str): the code
        price (str): what they would cost
        runs (int): how many runs
        title (str): its title
    """

    code: str
    price: str
    runs: int
    title: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        price = self.price

        runs = self.runs

        title = self.title

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "price": price,
                "runs": runs,
                "title": title,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        code = d.pop("code")

        price = d.pop("price")

        runs = d.pop("runs")

        title = d.pop("title")

        shadow_denials = cls(
            code=code,
            price=price,
            runs=runs,
            title=title,
        )

        shadow_denials.additional_properties = d
        return shadow_denials

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
