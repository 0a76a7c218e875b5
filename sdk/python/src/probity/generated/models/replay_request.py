import datetime
from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from dateutil.parser import isoparse

from ..types import UNSET, Unset

T = TypeVar("T", bound="ReplayRequest")


@_attrs_define
class ReplayRequest:
    """What is sent again from now on, at most 1000 events at once: one of the fields.

    Attributes:
        after (Union[None, Unset, str]): the same from after this event on: `next_after` of the answer before
        dead (Union[None, Unset, bool]): true: what never arrived and is tried no more
        events (Union[None, Unset, list[str]]): these events, whether they arrived or not
        since (Union[None, Unset, datetime.datetime]): every event the endpoint takes, from this instant on, whether it
            arrived or not, also what happened while it was stopped
    """

    after: Union[None, Unset, str] = UNSET
    dead: Union[None, Unset, bool] = UNSET
    events: Union[None, Unset, list[str]] = UNSET
    since: Union[None, Unset, datetime.datetime] = UNSET

    def to_dict(self) -> dict[str, Any]:
        after: Union[None, Unset, str]
        if isinstance(self.after, Unset):
            after = UNSET
        else:
            after = self.after

        dead: Union[None, Unset, bool]
        if isinstance(self.dead, Unset):
            dead = UNSET
        else:
            dead = self.dead

        events: Union[None, Unset, list[str]]
        if isinstance(self.events, Unset):
            events = UNSET
        elif isinstance(self.events, list):
            events = self.events

        else:
            events = self.events

        since: Union[None, Unset, str]
        if isinstance(self.since, Unset):
            since = UNSET
        elif isinstance(self.since, datetime.datetime):
            since = self.since.isoformat()
        else:
            since = self.since

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if after is not UNSET:
            field_dict["after"] = after
        if dead is not UNSET:
            field_dict["dead"] = dead
        if events is not UNSET:
            field_dict["events"] = events
        if since is not UNSET:
            field_dict["since"] = since

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_after(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        after = _parse_after(d.pop("after", UNSET))

        def _parse_dead(data: object) -> Union[None, Unset, bool]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, bool], data)

        dead = _parse_dead(d.pop("dead", UNSET))

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

        def _parse_since(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                since_type_0 = isoparse(data)

                return since_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        since = _parse_since(d.pop("since", UNSET))

        replay_request = cls(
            after=after,
            dead=dead,
            events=events,
            since=since,
        )

        return replay_request
