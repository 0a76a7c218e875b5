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
    from ..models.wallet_used_data import WalletUsedData


T = TypeVar("T", bound="WalletUsed")


@_attrs_define
class WalletUsed:
    """A share of the credits is used: told once for each share and period.

    Attributes:
        data (WalletUsedData):
        id (str): its id: the same however often it is told
        timestamp (datetime.datetime): when it happened
        type_ (Literal['wallet.used']):
    """

    data: "WalletUsedData"
    id: str
    timestamp: datetime.datetime
    type_: Literal["wallet.used"]
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
        from ..models.wallet_used_data import WalletUsedData

        d = dict(src_dict)
        data = WalletUsedData.from_dict(d.pop("data"))

        id = d.pop("id")

        timestamp = isoparse(d.pop("timestamp"))

        type_ = cast(Literal["wallet.used"], d.pop("type"))
        if type_ != "wallet.used":
            raise ValueError(f"type must match const 'wallet.used', got '{type_}'")

        wallet_used = cls(
            data=data,
            id=id,
            timestamp=timestamp,
            type_=type_,
        )

        wallet_used.additional_properties = d
        return wallet_used

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
