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

from ..models.confirmed_confirmed_by import (
    ConfirmedConfirmedBy,
    check_confirmed_confirmed_by,
)

if TYPE_CHECKING:
    from ..models.wallet_line import WalletLine


T = TypeVar("T", bound="Confirmed")


@_attrs_define
class Confirmed:
    """A quote was agreed to.

    Attributes:
        confirmed_at (datetime.datetime): when
        confirmed_by (ConfirmedConfirmedBy): by whom
        quote (str): the quote
        seq (int): the last entry it wrote
        wallet (WalletLine): The wallet in one line.
    """

    confirmed_at: datetime.datetime
    confirmed_by: ConfirmedConfirmedBy
    quote: str
    seq: int
    wallet: "WalletLine"
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        confirmed_at = self.confirmed_at.isoformat()

        confirmed_by: str = self.confirmed_by

        quote = self.quote

        seq = self.seq

        wallet = self.wallet.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "confirmed_at": confirmed_at,
                "confirmed_by": confirmed_by,
                "quote": quote,
                "seq": seq,
                "wallet": wallet,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.wallet_line import WalletLine

        d = dict(src_dict)
        confirmed_at = isoparse(d.pop("confirmed_at"))

        confirmed_by = check_confirmed_confirmed_by(d.pop("confirmed_by"))

        quote = d.pop("quote")

        seq = d.pop("seq")

        wallet = WalletLine.from_dict(d.pop("wallet"))

        confirmed = cls(
            confirmed_at=confirmed_at,
            confirmed_by=confirmed_by,
            quote=quote,
            seq=seq,
            wallet=wallet,
        )

        confirmed.additional_properties = d
        return confirmed

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
