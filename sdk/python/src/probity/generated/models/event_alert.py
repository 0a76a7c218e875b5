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

from ..models.event_alert_alert import EventAlertAlert, check_event_alert_alert
from ..types import UNSET, Unset

T = TypeVar("T", bound="EventAlert")


@_attrs_define
class EventAlert:
    """Something told before a limit is hit.

    Attributes:
        alert (EventAlertAlert): what about
        words (str): what the customer reads
        amount (Union[None, Unset, str]): the credits it is about
        at (Union[None, Unset, str]): the threshold that was reached: a share, or how long before
        on (Union[None, Unset, datetime.datetime]): the instant it is about
    """

    alert: EventAlertAlert
    words: str
    amount: Union[None, Unset, str] = UNSET
    at: Union[None, Unset, str] = UNSET
    on: Union[None, Unset, datetime.datetime] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        alert: str = self.alert

        words = self.words

        amount: Union[None, Unset, str]
        if isinstance(self.amount, Unset):
            amount = UNSET
        else:
            amount = self.amount

        at: Union[None, Unset, str]
        if isinstance(self.at, Unset):
            at = UNSET
        else:
            at = self.at

        on: Union[None, Unset, str]
        if isinstance(self.on, Unset):
            on = UNSET
        elif isinstance(self.on, datetime.datetime):
            on = self.on.isoformat()
        else:
            on = self.on

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "alert": alert,
                "words": words,
            }
        )
        if amount is not UNSET:
            field_dict["amount"] = amount
        if at is not UNSET:
            field_dict["at"] = at
        if on is not UNSET:
            field_dict["on"] = on

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        alert = check_event_alert_alert(d.pop("alert"))

        words = d.pop("words")

        def _parse_amount(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        amount = _parse_amount(d.pop("amount", UNSET))

        def _parse_at(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        at = _parse_at(d.pop("at", UNSET))

        def _parse_on(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                on_type_0 = isoparse(data)

                return on_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        on = _parse_on(d.pop("on", UNSET))

        event_alert = cls(
            alert=alert,
            words=words,
            amount=amount,
            at=at,
            on=on,
        )

        event_alert.additional_properties = d
        return event_alert

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
