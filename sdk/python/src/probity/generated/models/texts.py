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

T = TypeVar("T", bound="Texts")


@_attrs_define
class Texts:
    """The files of a contract.

    Attributes:
        contract (str): the text of contract.yaml
        operations (Union[None, Unset, str]): the text of operations.yaml
        prices (Union[None, Unset, str]): the text of the price map that operations name
    """

    contract: str
    operations: Union[None, Unset, str] = UNSET
    prices: Union[None, Unset, str] = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        contract = self.contract

        operations: Union[None, Unset, str]
        if isinstance(self.operations, Unset):
            operations = UNSET
        else:
            operations = self.operations

        prices: Union[None, Unset, str]
        if isinstance(self.prices, Unset):
            prices = UNSET
        else:
            prices = self.prices

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "contract": contract,
            }
        )
        if operations is not UNSET:
            field_dict["operations"] = operations
        if prices is not UNSET:
            field_dict["prices"] = prices

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        contract = d.pop("contract")

        def _parse_operations(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        operations = _parse_operations(d.pop("operations", UNSET))

        def _parse_prices(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        prices = _parse_prices(d.pop("prices", UNSET))

        texts = cls(
            contract=contract,
            operations=operations,
            prices=prices,
        )

        texts.additional_properties = d
        return texts

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
