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

from ..models.webhook_delivery_state import (
    WebhookDeliveryState,
    check_webhook_delivery_state,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="WebhookDelivery")


@_attrs_define
class WebhookDelivery:
    """One event on its way to one endpoint.

    Attributes:
        attempts (int): how often it was tried
        changed_at (datetime.datetime): when it last changed
        event (str): the event's id, which is the `webhook-id`
        state (WebhookDeliveryState): where it stands
        type_ (str): its type
        answered (Union[None, Unset, str]): what came of the last try: a status, or why there is none
        customer (Union[None, Unset, str]): whose it is
        next_try (Union[None, Unset, datetime.datetime]): when it is tried next
    """

    attempts: int
    changed_at: datetime.datetime
    event: str
    state: WebhookDeliveryState
    type_: str
    answered: Union[None, Unset, str] = UNSET
    customer: Union[None, Unset, str] = UNSET
    next_try: Union[None, Unset, datetime.datetime] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        attempts = self.attempts

        changed_at = self.changed_at.isoformat()

        event = self.event

        state: str = self.state

        type_ = self.type_

        answered: Union[None, Unset, str]
        if isinstance(self.answered, Unset):
            answered = UNSET
        else:
            answered = self.answered

        customer: Union[None, Unset, str]
        if isinstance(self.customer, Unset):
            customer = UNSET
        else:
            customer = self.customer

        next_try: Union[None, Unset, str]
        if isinstance(self.next_try, Unset):
            next_try = UNSET
        elif isinstance(self.next_try, datetime.datetime):
            next_try = self.next_try.isoformat()
        else:
            next_try = self.next_try

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "attempts": attempts,
                "changed_at": changed_at,
                "event": event,
                "state": state,
                "type": type_,
            }
        )
        if answered is not UNSET:
            field_dict["answered"] = answered
        if customer is not UNSET:
            field_dict["customer"] = customer
        if next_try is not UNSET:
            field_dict["next_try"] = next_try

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        attempts = d.pop("attempts")

        changed_at = isoparse(d.pop("changed_at"))

        event = d.pop("event")

        state = check_webhook_delivery_state(d.pop("state"))

        type_ = d.pop("type")

        def _parse_answered(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        answered = _parse_answered(d.pop("answered", UNSET))

        def _parse_customer(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        customer = _parse_customer(d.pop("customer", UNSET))

        def _parse_next_try(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                next_try_type_0 = isoparse(data)

                return next_try_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        next_try = _parse_next_try(d.pop("next_try", UNSET))

        webhook_delivery = cls(
            attempts=attempts,
            changed_at=changed_at,
            event=event,
            state=state,
            type_=type_,
            answered=answered,
            customer=customer,
            next_try=next_try,
        )

        webhook_delivery.additional_properties = d
        return webhook_delivery

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
