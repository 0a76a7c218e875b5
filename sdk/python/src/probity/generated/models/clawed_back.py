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
    from ..models.wallet_line import WalletLine


T = TypeVar("T", bound="ClawedBack")


@_attrs_define
class ClawedBack:
    """A payment was taken back.

    Attributes:
        later (str): what is taken as holds end
        seq (int): the last entry it wrote
        taken (str): what was there
        unrecovered (str): what was spent: reported, never a debt
        money_owed (Union[None, Unset, str]): money that the contract promises back
        wallet (Union['WalletLine', None, Unset]): the wallet at exactly that `seq`
    """

    later: str
    seq: int
    taken: str
    unrecovered: str
    money_owed: Union[None, Unset, str] = UNSET
    wallet: Union["WalletLine", None, Unset] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.wallet_line import WalletLine

        later = self.later

        seq = self.seq

        taken = self.taken

        unrecovered = self.unrecovered

        money_owed: Union[None, Unset, str]
        if isinstance(self.money_owed, Unset):
            money_owed = UNSET
        else:
            money_owed = self.money_owed

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
                "later": later,
                "seq": seq,
                "taken": taken,
                "unrecovered": unrecovered,
            }
        )
        if money_owed is not UNSET:
            field_dict["money_owed"] = money_owed
        if wallet is not UNSET:
            field_dict["wallet"] = wallet

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.wallet_line import WalletLine

        d = dict(src_dict)
        later = d.pop("later")

        seq = d.pop("seq")

        taken = d.pop("taken")

        unrecovered = d.pop("unrecovered")

        def _parse_money_owed(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        money_owed = _parse_money_owed(d.pop("money_owed", UNSET))

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

        clawed_back = cls(
            later=later,
            seq=seq,
            taken=taken,
            unrecovered=unrecovered,
            money_owed=money_owed,
            wallet=wallet,
        )

        clawed_back.additional_properties = d
        return clawed_back

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
