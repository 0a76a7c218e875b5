from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.auto_top_up import AutoTopUp
    from ..models.event_caps_members_type_0 import EventCapsMembersType0


T = TypeVar("T", bound="EventCaps")


@_attrs_define
class EventCaps:
    """The customer's own limits.

    Attributes:
        auto_top_up (Union['AutoTopUp', None, Unset]): automatic top-ups
        members (Union['EventCapsMembersType0', None, Unset]): members', a month
        month (Union[None, Unset, str]): a month; left out: the contract's
    """

    auto_top_up: Union["AutoTopUp", None, Unset] = UNSET
    members: Union["EventCapsMembersType0", None, Unset] = UNSET
    month: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.auto_top_up import AutoTopUp
        from ..models.event_caps_members_type_0 import EventCapsMembersType0

        auto_top_up: Union[None, Unset, dict[str, Any]]
        if isinstance(self.auto_top_up, Unset):
            auto_top_up = UNSET
        elif isinstance(self.auto_top_up, AutoTopUp):
            auto_top_up = self.auto_top_up.to_dict()
        else:
            auto_top_up = self.auto_top_up

        members: Union[None, Unset, dict[str, Any]]
        if isinstance(self.members, Unset):
            members = UNSET
        elif isinstance(self.members, EventCapsMembersType0):
            members = self.members.to_dict()
        else:
            members = self.members

        month: Union[None, Unset, str]
        if isinstance(self.month, Unset):
            month = UNSET
        else:
            month = self.month

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if auto_top_up is not UNSET:
            field_dict["auto_top_up"] = auto_top_up
        if members is not UNSET:
            field_dict["members"] = members
        if month is not UNSET:
            field_dict["month"] = month

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.auto_top_up import AutoTopUp
        from ..models.event_caps_members_type_0 import EventCapsMembersType0

        d = dict(src_dict)

        def _parse_auto_top_up(data: object) -> Union["AutoTopUp", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                auto_top_up_type_0 = AutoTopUp.from_dict(data)

                return auto_top_up_type_0
            except:  # noqa: E722
                pass
            return cast(Union["AutoTopUp", None, Unset], data)

        auto_top_up = _parse_auto_top_up(d.pop("auto_top_up", UNSET))

        def _parse_members(data: object) -> Union["EventCapsMembersType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                members_type_0 = EventCapsMembersType0.from_dict(data)

                return members_type_0
            except:  # noqa: E722
                pass
            return cast(Union["EventCapsMembersType0", None, Unset], data)

        members = _parse_members(d.pop("members", UNSET))

        def _parse_month(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        month = _parse_month(d.pop("month", UNSET))

        event_caps = cls(
            auto_top_up=auto_top_up,
            members=members,
            month=month,
        )

        event_caps.additional_properties = d
        return event_caps

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
