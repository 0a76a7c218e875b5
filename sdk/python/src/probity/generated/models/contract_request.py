from collections.abc import Mapping
from typing import (
    Any,
    TypeVar,
    Union,
    cast,
)

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ContractRequest")


@_attrs_define
class ContractRequest:
    """A version of the contract, a revision of operations, or both. Left out: unchanged.

    Attributes:
        contract (Union[None, Unset, str]): the text of contract.yaml
        expected_operations (Union[None, Unset, int]): the revision of operations that was seen to be the last: where
            another one is, 409 `published_meanwhile`, and nothing is applied
        operations (Union[None, Unset, str]): the text of operations.yaml
        prices (Union[None, Unset, str]): the text of the price map that operations name
        reason (Union[None, Unset, str]): why
    """

    contract: Union[None, Unset, str] = UNSET
    expected_operations: Union[None, Unset, int] = UNSET
    operations: Union[None, Unset, str] = UNSET
    prices: Union[None, Unset, str] = UNSET
    reason: Union[None, Unset, str] = UNSET

    def to_dict(self) -> dict[str, Any]:
        contract: Union[None, Unset, str]
        if isinstance(self.contract, Unset):
            contract = UNSET
        else:
            contract = self.contract

        expected_operations: Union[None, Unset, int]
        if isinstance(self.expected_operations, Unset):
            expected_operations = UNSET
        else:
            expected_operations = self.expected_operations

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

        reason: Union[None, Unset, str]
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if contract is not UNSET:
            field_dict["contract"] = contract
        if expected_operations is not UNSET:
            field_dict["expected_operations"] = expected_operations
        if operations is not UNSET:
            field_dict["operations"] = operations
        if prices is not UNSET:
            field_dict["prices"] = prices
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_contract(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        contract = _parse_contract(d.pop("contract", UNSET))

        def _parse_expected_operations(data: object) -> Union[None, Unset, int]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, int], data)

        expected_operations = _parse_expected_operations(d.pop("expected_operations", UNSET))

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

        def _parse_reason(data: object) -> Union[None, Unset, str]:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(Union[None, Unset, str], data)

        reason = _parse_reason(d.pop("reason", UNSET))

        contract_request = cls(
            contract=contract,
            expected_operations=expected_operations,
            operations=operations,
            prices=prices,
            reason=reason,
        )

        return contract_request
