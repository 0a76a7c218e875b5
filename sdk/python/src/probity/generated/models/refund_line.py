import datetime
from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field
from dateutil.parser import isoparse

from ..types import UNSET, Unset

T = TypeVar("T", bound="RefundLine")


@_attrs_define
class RefundLine:
    """Charged credits that were given back.

    Attributes:
        amount (str): how much
        at (datetime.datetime): when
        corrected (bool): it was found out that the run ended otherwise
        reason (Union[None, Unset, str]): why
        usable_until (Union[None, Unset, datetime.datetime]): usable until before this; null: for ever
    """

    amount: str
    at: datetime.datetime
    corrected: bool
    reason: Union[None, Unset, str] = UNSET
    usable_until: Union[None, Unset, datetime.datetime] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        at = self.at.isoformat()

        corrected = self.corrected

        reason: Union[None, Unset, str]
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        usable_until: Union[None, Unset, str]
        if isinstance(self.usable_until, Unset):
            usable_until = UNSET
        elif isinstance(self.usable_until, datetime.datetime):
            usable_until = self.usable_until.isoformat()
        else:
            usable_until = self.usable_until

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "amount": amount,
                "at": at,
                "corrected": corrected,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason
        if usable_until is not UNSET:
            field_dict["usable_until"] = usable_until

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = d.pop("amount")

        at = isoparse(d.pop("at"))

        corrected = d.pop("corrected")

        def _parse_reason(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        reason = _parse_reason(d.pop("reason", UNSET))

        def _parse_usable_until(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                usable_until_type_0 = isoparse(data)

                return usable_until_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        usable_until = _parse_usable_until(d.pop("usable_until", UNSET))

        refund_line = cls(
            amount=amount,
            at=at,
            corrected=corrected,
            reason=reason,
            usable_until=usable_until,
        )

        refund_line.additional_properties = d
        return refund_line

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
