import datetime
from collections.abc import Mapping
from typing import (
    TYPE_CHECKING,
    Any,
    TypeVar,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field
from dateutil.parser import isoparse

if TYPE_CHECKING:
    from ..models.wallet_line import WalletLine


T = TypeVar("T", bound="Extended")


@_attrs_define
class Extended:
    """A run has more time.

    Attributes:
        expires_at (datetime.datetime): held until before this instant
        run (str): its id
        seq (int): the last entry it wrote
        wallet (WalletLine): The wallet in one line.
    """

    expires_at: datetime.datetime
    run: str
    seq: int
    wallet: "WalletLine"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        expires_at = self.expires_at.isoformat()

        run = self.run

        seq = self.seq

        wallet = self.wallet.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "expires_at": expires_at,
                "run": run,
                "seq": seq,
                "wallet": wallet,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.wallet_line import WalletLine

        d = dict(src_dict)
        expires_at = isoparse(d.pop("expires_at"))

        run = d.pop("run")

        seq = d.pop("seq")

        wallet = WalletLine.from_dict(d.pop("wallet"))

        extended = cls(
            expires_at=expires_at,
            run=run,
            seq=seq,
            wallet=wallet,
        )

        extended.additional_properties = d
        return extended

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
