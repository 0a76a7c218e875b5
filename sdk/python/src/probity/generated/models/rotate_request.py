from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="RotateRequest")


@_attrs_define
class RotateRequest:
    """A new secret for an endpoint.

    Attributes:
        old_lasts (Union[None, Unset, str]): how long the old one signs beside it, at most 7 days; left out: 24 hours
    """

    old_lasts: Union[None, Unset, str] = UNSET

    def to_dict(self) -> dict[str, Any]:
        old_lasts: Union[None, Unset, str]
        if isinstance(self.old_lasts, Unset):
            old_lasts = UNSET
        else:
            old_lasts = self.old_lasts

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if old_lasts is not UNSET:
            field_dict["old_lasts"] = old_lasts

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_old_lasts(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        old_lasts = _parse_old_lasts(d.pop("old_lasts", UNSET))

        rotate_request = cls(
            old_lasts=old_lasts,
        )

        return rotate_request
