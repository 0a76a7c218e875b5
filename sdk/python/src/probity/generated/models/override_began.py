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
    from ..models.override_began_data import OverrideBeganData


T = TypeVar("T", bound="OverrideBegan")


@_attrs_define
class OverrideBegan:
    """Special terms began.

    Attributes:
        data (OverrideBeganData):
        id (str): its id: the same however often it is told
        timestamp (datetime.datetime): when it happened
        type_ (Literal['override.began']):
    """

    data: "OverrideBeganData"
    id: str
    timestamp: datetime.datetime
    type_: Literal["override.began"]
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
        from ..models.override_began_data import OverrideBeganData

        d = dict(src_dict)
        data = OverrideBeganData.from_dict(d.pop("data"))

        id = d.pop("id")

        timestamp = isoparse(d.pop("timestamp"))

        type_ = cast(Literal["override.began"], d.pop("type"))
        if type_ != "override.began":
            raise ValueError(f"type must match const 'override.began', got '{type_}'")

        override_began = cls(
            data=data,
            id=id,
            timestamp=timestamp,
            type_=type_,
        )

        override_began.additional_properties = d
        return override_began

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
