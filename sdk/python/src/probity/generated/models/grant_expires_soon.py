import datetime
from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    TypeVar,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field
from dateutil.parser import isoparse

if TYPE_CHECKING:
    from ..models.grant_expires_soon_data import GrantExpiresSoonData


T = TypeVar("T", bound="GrantExpiresSoon")


@_attrs_define
class GrantExpiresSoon:
    """Credits will expire, as long before as the contract says.

    Attributes:
        data (GrantExpiresSoonData):
        id (str): its id: the same however often it is told
        timestamp (datetime.datetime): when it happened
        type_ (Literal['grant.expires_soon']):
    """

    data: "GrantExpiresSoonData"
    id: str
    timestamp: datetime.datetime
    type_: Literal["grant.expires_soon"]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        data = self.data.to_dict()

        id = self.id

        timestamp = self.timestamp.isoformat()

        type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "data": data,
                "id": id,
                "timestamp": timestamp,
                "type": type_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.grant_expires_soon_data import GrantExpiresSoonData

        d = dict(src_dict)
        data = GrantExpiresSoonData.from_dict(d.pop("data"))

        id = d.pop("id")

        timestamp = isoparse(d.pop("timestamp"))

        type_ = cast(Literal["grant.expires_soon"], d.pop("type"))
        if type_ != "grant.expires_soon":
            raise ValueError(f"type must match const 'grant.expires_soon', got '{type_}'")

        grant_expires_soon = cls(
            data=data,
            id=id,
            timestamp=timestamp,
            type_=type_,
        )

        grant_expires_soon.additional_properties = d
        return grant_expires_soon

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
