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

from ..models.grant_line_kind import GrantLineKind, check_grant_line_kind
from ..types import UNSET, Unset

T = TypeVar("T", bound="GrantLine")


@_attrs_define
class GrantLine:
    """A grant in the wallet.

    Attributes:
        amount (str): what was given
        available (str): what can be drawn
        effective (datetime.datetime): from when
        grant (str): its id
        held (str): what is set aside
        kind (GrantLineKind): its kind
        expires (Union[None, Unset, datetime.datetime]): until before when; null: for ever
        paid (Union[None, Unset, str]): what was paid for it
    """

    amount: str
    available: str
    effective: datetime.datetime
    grant: str
    held: str
    kind: GrantLineKind
    expires: Union[None, Unset, datetime.datetime] = UNSET
    paid: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        available = self.available

        effective = self.effective.isoformat()

        grant = self.grant

        held = self.held

        kind: str = self.kind

        expires: Union[None, Unset, str]
        if isinstance(self.expires, Unset):
            expires = UNSET
        elif isinstance(self.expires, datetime.datetime):
            expires = self.expires.isoformat()
        else:
            expires = self.expires

        paid: Union[None, Unset, str]
        if isinstance(self.paid, Unset):
            paid = UNSET
        else:
            paid = self.paid

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "amount": amount,
                "available": available,
                "effective": effective,
                "grant": grant,
                "held": held,
                "kind": kind,
            }
        )
        if expires is not UNSET:
            field_dict["expires"] = expires
        if paid is not UNSET:
            field_dict["paid"] = paid

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = d.pop("amount")

        available = d.pop("available")

        effective = isoparse(d.pop("effective"))

        grant = d.pop("grant")

        held = d.pop("held")

        kind = check_grant_line_kind(d.pop("kind"))

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

        def _parse_paid(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        paid = _parse_paid(d.pop("paid", UNSET))

        grant_line = cls(
            amount=amount,
            available=available,
            effective=effective,
            grant=grant,
            held=held,
            kind=kind,
            expires=expires,
            paid=paid,
        )

        grant_line.additional_properties = d
        return grant_line

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
