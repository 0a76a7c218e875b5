from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.auto_top_up import AutoTopUp
    from ..models.caps_request_members_type_0 import CapsRequestMembersType0


T = TypeVar("T", bound="CapsRequest")


@_attrs_define
class CapsRequest:
    """The customer's own caps. Left out: unchanged; null: taken away.

    Attributes:
        auto_top_up (Union['AutoTopUp', None, Unset]): automatic top-ups, only if asked for
        members (Union['CapsRequestMembersType0', None, Unset]): each member's most a month
        month (Union[None, Unset, str]): the most a month; null takes the cap away
    """

    auto_top_up: Union["AutoTopUp", None, Unset] = UNSET
    members: Union["CapsRequestMembersType0", None, Unset] = UNSET
    month: Union[None, Unset, str] = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.auto_top_up import AutoTopUp
        from ..models.caps_request_members_type_0 import CapsRequestMembersType0

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
        elif isinstance(self.members, CapsRequestMembersType0):
            members = self.members.to_dict()
        else:
            members = self.members

        month: Union[None, Unset, str]
        if isinstance(self.month, Unset):
            month = UNSET
        else:
            month = self.month

        field_dict: dict[str, Any] = {}

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
        from ..models.caps_request_members_type_0 import CapsRequestMembersType0

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

        def _parse_members(data: object) -> Union["CapsRequestMembersType0", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                members_type_0 = CapsRequestMembersType0.from_dict(data)

                return members_type_0
            except:  # noqa: E722
                pass
            return cast(Union["CapsRequestMembersType0", None, Unset], data)

        members = _parse_members(d.pop("members", UNSET))

        def _parse_month(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        month = _parse_month(d.pop("month", UNSET))

        caps_request = cls(
            auto_top_up=auto_top_up,
            members=members,
            month=month,
        )

        return caps_request
