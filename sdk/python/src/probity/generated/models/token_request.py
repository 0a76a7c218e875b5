from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="TokenRequest")


@_attrs_define
class TokenRequest:
    """A customer token for a browser.

    Attributes:
        lasts (Union[None, Unset, str]): how long, at most 1 hour, which is also the default
        member (Union[None, Unset, str]): for which member; null: for the customer
    """

    lasts: Union[None, Unset, str] = UNSET
    member: Union[None, Unset, str] = UNSET

    def to_dict(self) -> dict[str, Any]:
        lasts: Union[None, Unset, str]
        if isinstance(self.lasts, Unset):
            lasts = UNSET
        else:
            lasts = self.lasts

        member: Union[None, Unset, str]
        if isinstance(self.member, Unset):
            member = UNSET
        else:
            member = self.member

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if lasts is not UNSET:
            field_dict["lasts"] = lasts
        if member is not UNSET:
            field_dict["member"] = member

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_lasts(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        lasts = _parse_lasts(d.pop("lasts", UNSET))

        def _parse_member(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        member = _parse_member(d.pop("member", UNSET))

        token_request = cls(
            lasts=lasts,
            member=member,
        )

        return token_request
