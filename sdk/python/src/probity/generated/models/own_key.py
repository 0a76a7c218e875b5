import datetime
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
from dateutil.parser import isoparse

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.wallet_line import WalletLine


T = TypeVar("T", bound="OwnKey")


@_attrs_define
class OwnKey:
    """What is known of the customer's own AI key: never the key.

    Attributes:
        provider (str): whose key it is
        seq (int): the last entry it wrote
        ends_with (Union[None, Unset, str]): its last letters, to know it again by
        refused (Union[None, Unset, datetime.datetime]): when its provider refused it; runs need another from then on
        stored_at (Union[None, Unset, datetime.datetime]): since when it is kept; null: it is not kept
        wallet (Union['WalletLine', None, Unset]): the wallet at exactly that `seq`
    """

    provider: str
    seq: int
    ends_with: Union[None, Unset, str] = UNSET
    refused: Union[None, Unset, datetime.datetime] = UNSET
    stored_at: Union[None, Unset, datetime.datetime] = UNSET
    wallet: Union["WalletLine", None, Unset] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.wallet_line import WalletLine

        provider = self.provider

        seq = self.seq

        ends_with: Union[None, Unset, str]
        if isinstance(self.ends_with, Unset):
            ends_with = UNSET
        else:
            ends_with = self.ends_with

        refused: Union[None, Unset, str]
        if isinstance(self.refused, Unset):
            refused = UNSET
        elif isinstance(self.refused, datetime.datetime):
            refused = self.refused.isoformat()
        else:
            refused = self.refused

        stored_at: Union[None, Unset, str]
        if isinstance(self.stored_at, Unset):
            stored_at = UNSET
        elif isinstance(self.stored_at, datetime.datetime):
            stored_at = self.stored_at.isoformat()
        else:
            stored_at = self.stored_at

        wallet: Union[None, Unset, dict[str, Any]]
        if isinstance(self.wallet, Unset):
            wallet = UNSET
        elif isinstance(self.wallet, WalletLine):
            wallet = self.wallet.to_dict()
        else:
            wallet = self.wallet

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "provider": provider,
                "seq": seq,
            }
        )
        if ends_with is not UNSET:
            field_dict["ends_with"] = ends_with
        if refused is not UNSET:
            field_dict["refused"] = refused
        if stored_at is not UNSET:
            field_dict["stored_at"] = stored_at
        if wallet is not UNSET:
            field_dict["wallet"] = wallet

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.wallet_line import WalletLine

        d = dict(src_dict)
        provider = d.pop("provider")

        seq = d.pop("seq")

        def _parse_ends_with(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        ends_with = _parse_ends_with(d.pop("ends_with", UNSET))

        def _parse_refused(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                refused_type_0 = isoparse(data)

                return refused_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        refused = _parse_refused(d.pop("refused", UNSET))

        def _parse_stored_at(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                stored_at_type_0 = isoparse(data)

                return stored_at_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        stored_at = _parse_stored_at(d.pop("stored_at", UNSET))

        def _parse_wallet(data: object) -> Union["WalletLine", None, Unset]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                wallet_type_0 = WalletLine.from_dict(data)

                return wallet_type_0
            except:  # noqa: E722
                pass
            return cast(Union["WalletLine", None, Unset], data)

        wallet = _parse_wallet(d.pop("wallet", UNSET))

        own_key = cls(
            provider=provider,
            seq=seq,
            ends_with=ends_with,
            refused=refused,
            stored_at=stored_at,
            wallet=wallet,
        )

        own_key.additional_properties = d
        return own_key

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
