import datetime
from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field
from dateutil.parser import isoparse

T = TypeVar("T", bound="ShadowDay")


@_attrs_define
class ShadowDay:
    """One day.

    Attributes:
        charged (str): what would be charged
        day (datetime.date): which
        denied (int): would be refused
        runs (int): how many runs
        today (str): what today's billing charged, where it says so
    """

    charged: str
    day: datetime.date
    denied: int
    runs: int
    today: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        charged = self.charged

        day = self.day.isoformat()

        denied = self.denied

        runs = self.runs

        today = self.today

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "charged": charged,
                "day": day,
                "denied": denied,
                "runs": runs,
                "today": today,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        charged = d.pop("charged")

        day = isoparse(d.pop("day")).date()

        denied = d.pop("denied")

        runs = d.pop("runs")

        today = d.pop("today")

        shadow_day = cls(
            charged=charged,
            day=day,
            denied=denied,
            runs=runs,
            today=today,
        )

        shadow_day.additional_properties = d
        return shadow_day

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
