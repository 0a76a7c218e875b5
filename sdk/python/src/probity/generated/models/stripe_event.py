from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.stripe_event_data import StripeEventData


T = TypeVar("T", bound="StripeEvent")


@_attrs_define
class StripeEvent:
    """An event as Stripe sends it, with all that it has besides.

    Attributes:
        created (int): when it happened, in seconds since 1970
        data (StripeEventData): the object it is about, under `object`
        id (str): the event's id, `evt_…`
        livemode (bool): whether it is about real money
        type_ (str): its type, such as `payment_intent.succeeded`
    """

    created: int
    data: "StripeEventData"
    id: str
    livemode: bool
    type_: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        created = self.created

        data = self.data.to_dict()

        id = self.id

        livemode = self.livemode

        type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "created": created,
                "data": data,
                "id": id,
                "livemode": livemode,
                "type": type_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.stripe_event_data import StripeEventData

        d = dict(src_dict)
        created = d.pop("created")

        data = StripeEventData.from_dict(d.pop("data"))

        id = d.pop("id")

        livemode = d.pop("livemode")

        type_ = d.pop("type")

        stripe_event = cls(
            created=created,
            data=data,
            id=id,
            livemode=livemode,
            type_=type_,
        )

        stripe_event.additional_properties = d
        return stripe_event

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
