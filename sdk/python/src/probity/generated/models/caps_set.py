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
    from ..models.caps import Caps
    from ..models.wallet_line import WalletLine


T = TypeVar("T", bound="CapsSet")


@_attrs_define
class CapsSet:
    """Caps were set.

    Attributes:
        caps (Caps): Caps as they stand.
        seq (int): the last entry it wrote
        wallet (Union['WalletLine', None, Unset]): the wallet at exactly that `seq`
    """

    caps: "Caps"
    seq: int
    wallet: Union["WalletLine", None, Unset] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.wallet_line import WalletLine

        caps = self.caps.to_dict()

        seq = self.seq

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
                "caps": caps,
                "seq": seq,
            }
        )
        if wallet is not UNSET:
            field_dict["wallet"] = wallet

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.caps import Caps
        from ..models.wallet_line import WalletLine

        d = dict(src_dict)
        caps = Caps.from_dict(d.pop("caps"))

        seq = d.pop("seq")

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

        caps_set = cls(
            caps=caps,
            seq=seq,
            wallet=wallet,
        )

        caps_set.additional_properties = d
        return caps_set

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
