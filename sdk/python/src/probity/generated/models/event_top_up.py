from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="EventTopUp")


@_attrs_define
class EventTopUp:
    """A top-up that the customer asked for ahead: charge it, and book it as a top-up.

    Attributes:
        below (str): because less than this can be used
        bought_this_month (str): so many were bought in this month already
        credits_ (str): how many credits
        month_at_most (str): at most so many a month
    """

    below: str
    bought_this_month: str
    credits_: str
    month_at_most: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        below = self.below

        bought_this_month = self.bought_this_month

        credits_ = self.credits_

        month_at_most = self.month_at_most

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "below": below,
                "bought_this_month": bought_this_month,
                "credits": credits_,
                "month_at_most": month_at_most,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        below = d.pop("below")

        bought_this_month = d.pop("bought_this_month")

        credits_ = d.pop("credits")

        month_at_most = d.pop("month_at_most")

        event_top_up = cls(
            below=below,
            bought_this_month=bought_this_month,
            credits_=credits_,
            month_at_most=month_at_most,
        )

        event_top_up.additional_properties = d
        return event_top_up

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
