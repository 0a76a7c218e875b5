import datetime
from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field
from dateutil.parser import isoparse

from ..models.allowance_line_per import AllowanceLinePer, check_allowance_line_per

T = TypeVar("T", bound="AllowanceLine")


@_attrs_define
class AllowanceLine:
    """Free units of an action.

    Attributes:
        per (AllowanceLinePer): per what
        resets_at (datetime.datetime): when they begin anew
        units (int): how many
        used (int): how many are used
    """

    per: AllowanceLinePer
    resets_at: datetime.datetime
    units: int
    used: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        per: str = self.per

        resets_at = self.resets_at.isoformat()

        units = self.units

        used = self.used

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "per": per,
                "resets_at": resets_at,
                "units": units,
                "used": used,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        per = check_allowance_line_per(d.pop("per"))

        resets_at = isoparse(d.pop("resets_at"))

        units = d.pop("units")

        used = d.pop("used")

        allowance_line = cls(
            per=per,
            resets_at=resets_at,
            units=units,
            used=used,
        )

        allowance_line.additional_properties = d
        return allowance_line

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
