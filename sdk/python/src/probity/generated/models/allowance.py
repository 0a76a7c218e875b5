from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
)

from attrs import define as _attrs_define

from ..models.allowance_per import AllowancePer, check_allowance_per

T = TypeVar("T", bound="Allowance")


@_attrs_define
class Allowance:
    """Free units per window.

    Attributes:
        per (AllowancePer): per what
        units (int): how many
    """

    per: AllowancePer
    units: int

    def to_dict(self) -> dict[str, Any]:
        per: str = self.per

        units = self.units

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "per": per,
                "units": units,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        per = check_allowance_per(d.pop("per"))

        units = d.pop("units")

        allowance = cls(
            per=per,
            units=units,
        )

        return allowance
