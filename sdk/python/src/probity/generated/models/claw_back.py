from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ClawBack")


@_attrs_define
class ClawBack:
    """A payment was taken back, or unused credits are given back for money. Beside refunds and disputes that the payment
    provider tells of it is the same money: the greater counts, whichever came first.

        Attributes:
            credits_ (Union[None, Unset, str]): how many; null: all that it bought
            reason (Union[None, Unset, str]): why
    """

    credits_: Union[None, Unset, str] = UNSET
    reason: Union[None, Unset, str] = UNSET

    def to_dict(self) -> dict[str, Any]:
        credits_: Union[None, Unset, str]
        if isinstance(self.credits_, Unset):
            credits_ = UNSET
        else:
            credits_ = self.credits_

        reason: Union[None, Unset, str]
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if credits_ is not UNSET:
            field_dict["credits"] = credits_
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_credits_(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        credits_ = _parse_credits_(d.pop("credits", UNSET))

        def _parse_reason(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        reason = _parse_reason(d.pop("reason", UNSET))

        claw_back = cls(
            credits_=credits_,
            reason=reason,
        )

        return claw_back
