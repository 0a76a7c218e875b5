from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="WebhookEndpointRequest")


@_attrs_define
class WebhookEndpointRequest:
    """Where events are to be sent, and which.

    Attributes:
        url (str): where: https, a public address, no name or password in it
        description (Union[None, Unset, str]): what it is for
        events (Union[None, Unset, list[str]]): which types; left out or empty: all
    """

    url: str
    description: Union[None, Unset, str] = UNSET
    events: Union[None, Unset, list[str]] = UNSET

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        description: Union[None, Unset, str]
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        events: Union[None, Unset, list[str]]
        if isinstance(self.events, Unset):
            events = UNSET
        elif isinstance(self.events, list):
            events = self.events

        else:
            events = self.events

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "url": url,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description
        if events is not UNSET:
            field_dict["events"] = events

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        url = d.pop("url")

        def _parse_description(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        description = _parse_description(d.pop("description", UNSET))

        def _parse_events(data: object) -> Union[None, Unset, list[str]]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                events_type_0 = cast(list[str], data)

                return events_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, list[str]], data)

        events = _parse_events(d.pop("events", UNSET))

        webhook_endpoint_request = cls(
            url=url,
            description=description,
            events=events,
        )

        return webhook_endpoint_request
