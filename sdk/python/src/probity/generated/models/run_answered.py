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
    from ..models.run_answered_data import RunAnsweredData


T = TypeVar("T", bound="RunAnswered")


@_attrs_define
class RunAnswered:
    """The customer's question about a receipt was answered.

    Attributes:
        data (RunAnsweredData):
        id (str): its id: the same however often it is told
        timestamp (datetime.datetime): when it happened
        type_ (Literal['run.answered']):
    """

    data: "RunAnsweredData"
    id: str
    timestamp: datetime.datetime
    type_: Literal["run.answered"]
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
        from ..models.run_answered_data import RunAnsweredData

        d = dict(src_dict)
        data = RunAnsweredData.from_dict(d.pop("data"))

        id = d.pop("id")

        timestamp = isoparse(d.pop("timestamp"))

        type_ = cast(Literal["run.answered"], d.pop("type"))
        if type_ != "run.answered":
            raise ValueError(f"type must match const 'run.answered', got '{type_}'")

        run_answered = cls(
            data=data,
            id=id,
            timestamp=timestamp,
            type_=type_,
        )

        run_answered.additional_properties = d
        return run_answered

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
