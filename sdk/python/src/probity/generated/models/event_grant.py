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

from ..models.event_grant_kind import EventGrantKind, check_event_grant_kind
from ..types import UNSET, Unset

T = TypeVar("T", bound="EventGrant")


@_attrs_define
class EventGrant:
    """Credits that came or went.

    Attributes:
        amount (str): how much
        grant (str): which
        kind (EventGrantKind): their kind
        restored (bool): true: they are not bought anew; they had been taken back, and what took them came to nothing
        expires (Union[None, Unset, datetime.datetime]): usable until before this instant; null: for ever
        payment (Union[None, Unset, str]): the payment that bought them
        reason (Union[None, Unset, str]): why
    """

    amount: str
    grant: str
    kind: EventGrantKind
    restored: bool
    expires: Union[None, Unset, datetime.datetime] = UNSET
    payment: Union[None, Unset, str] = UNSET
    reason: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        grant = self.grant

        kind: str = self.kind

        restored = self.restored

        expires: Union[None, Unset, str]
        if isinstance(self.expires, Unset):
            expires = UNSET
        elif isinstance(self.expires, datetime.datetime):
            expires = self.expires.isoformat()
        else:
            expires = self.expires

        payment: Union[None, Unset, str]
        if isinstance(self.payment, Unset):
            payment = UNSET
        else:
            payment = self.payment

        reason: Union[None, Unset, str]
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "amount": amount,
                "grant": grant,
                "kind": kind,
                "restored": restored,
            }
        )
        if expires is not UNSET:
            field_dict["expires"] = expires
        if payment is not UNSET:
            field_dict["payment"] = payment
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = d.pop("amount")

        grant = d.pop("grant")

        kind = check_event_grant_kind(d.pop("kind"))

        restored = d.pop("restored")

        def _parse_expires(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_type_0 = isoparse(data)

                return expires_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        expires = _parse_expires(d.pop("expires", UNSET))

        def _parse_payment(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        payment = _parse_payment(d.pop("payment", UNSET))

        def _parse_reason(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        reason = _parse_reason(d.pop("reason", UNSET))

        event_grant = cls(
            amount=amount,
            grant=grant,
            kind=kind,
            restored=restored,
            expires=expires,
            payment=payment,
            reason=reason,
        )

        event_grant.additional_properties = d
        return event_grant

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
