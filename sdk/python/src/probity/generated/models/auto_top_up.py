from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AutoTopUp")


@_attrs_define
class AutoTopUp:
    """Automatic top-ups: always capped.

    Attributes:
        below (str): when available falls below this
        credits_ (str): buy this much
        month_at_most (str): at most this much a month
    """

    below: str
    credits_: str
    month_at_most: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        below = self.below

        credits_ = self.credits_

        month_at_most = self.month_at_most

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "below": below,
                "credits": credits_,
                "month_at_most": month_at_most,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        below = d.pop("below")

        credits_ = d.pop("credits")

        month_at_most = d.pop("month_at_most")

        auto_top_up = cls(
            below=below,
            credits_=credits_,
            month_at_most=month_at_most,
        )

        auto_top_up.additional_properties = d
        return auto_top_up

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
