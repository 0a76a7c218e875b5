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

from ..models.grant_kind import GrantKind, check_grant_kind
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.wallet_line import WalletLine


T = TypeVar("T", bound="Grant")


@_attrs_define
class Grant:
    """Credits that were given or bought.

    Attributes:
        amount (str): how many
        grant (str): its id
        kind (GrantKind): its kind
        seq (int): the last entry it wrote
        expires (Union[None, Unset, datetime.datetime]): until before when; null: for ever
        wallet (Union['WalletLine', None, Unset]): the wallet at exactly that `seq`
    """

    amount: str
    grant: str
    kind: GrantKind
    seq: int
    expires: Union[None, Unset, datetime.datetime] = UNSET
    wallet: Union["WalletLine", None, Unset] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.wallet_line import WalletLine

        amount = self.amount

        grant = self.grant

        kind: str = self.kind

        seq = self.seq

        expires: Union[None, Unset, str]
        if isinstance(self.expires, Unset):
            expires = UNSET
        elif isinstance(self.expires, datetime.datetime):
            expires = self.expires.isoformat()
        else:
            expires = self.expires

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
                "amount": amount,
                "grant": grant,
                "kind": kind,
                "seq": seq,
            }
        )
        if expires is not UNSET:
            field_dict["expires"] = expires
        if wallet is not UNSET:
            field_dict["wallet"] = wallet

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.wallet_line import WalletLine

        d = dict(src_dict)
        amount = d.pop("amount")

        grant = d.pop("grant")

        kind = check_grant_kind(d.pop("kind"))

        seq = d.pop("seq")

        def _parse_expires(data: object) -> Union[None, Unset, datetime.datetime]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                expires_type_0 = isoparse(data)

                return expires_type_0
            except:  # noqa: E722
                pass
            return cast(Union[None, Unset, datetime.datetime], data)

        expires = _parse_expires(d.pop("expires", UNSET))

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

        grant = cls(
            amount=amount,
            grant=grant,
            kind=kind,
            seq=seq,
            expires=expires,
            wallet=wallet,
        )

        grant.additional_properties = d
        return grant

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
