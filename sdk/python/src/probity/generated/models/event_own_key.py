from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.event_own_key_now import EventOwnKeyNow, check_event_own_key_now

T = TypeVar("T", bound="EventOwnKey")


@_attrs_define
class EventOwnKey:
    """The customer's own AI key.

    Attributes:
        now (EventOwnKeyNow): what happened to it
        provider (str): for which provider
    """

    now: EventOwnKeyNow
    provider: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        now: str = self.now

        provider = self.provider

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "now": now,
                "provider": provider,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        now = check_event_own_key_now(d.pop("now"))

        provider = d.pop("provider")

        event_own_key = cls(
            now=now,
            provider=provider,
        )

        event_own_key.additional_properties = d
        return event_own_key

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
