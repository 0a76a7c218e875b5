from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="WalletLine")


@_attrs_define
class WalletLine:
    """The wallet in one line.

    Attributes:
        available (str): balance less held
        balance (str): settled, less what is owed
        held (str): set aside for runs
        owed (str): owed on a credit line
        credit_line (Union[None, Unset, str]): how far below nothing available may go
    """

    available: str
    balance: str
    held: str
    owed: str
    credit_line: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        available = self.available

        balance = self.balance

        held = self.held

        owed = self.owed

        credit_line: Union[None, Unset, str]
        if isinstance(self.credit_line, Unset):
            credit_line = UNSET
        else:
            credit_line = self.credit_line

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "available": available,
                "balance": balance,
                "held": held,
                "owed": owed,
            }
        )
        if credit_line is not UNSET:
            field_dict["credit_line"] = credit_line

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        available = d.pop("available")

        balance = d.pop("balance")

        held = d.pop("held")

        owed = d.pop("owed")

        def _parse_credit_line(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        credit_line = _parse_credit_line(d.pop("credit_line", UNSET))

        wallet_line = cls(
            available=available,
            balance=balance,
            held=held,
            owed=owed,
            credit_line=credit_line,
        )

        wallet_line.additional_properties = d
        return wallet_line

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
